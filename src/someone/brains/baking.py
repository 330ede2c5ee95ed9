"""Baking a voice adapter into the weights it speaks through: one file, which is read and spoken faster than the two.

A low-rank adapter (LoRA, Hu et al. 2021) adds ``scale * B @ A`` to a weight, ``scale = alpha / rank``; put on while the
model runs, it costs two more products for each of them. Here the sum is made once and kept as Q8_0. Four bits would be
faster still, but they round most of the adapter away, for it is smaller than their steps: ``docs/models/embedded.md``
has the figures.

The container is GGUF version 3 (ggml's ``docs/gguf.md``), the block formats are those of ggml's ``ggml-common.h``: 32
values of a row to a block, half-precision scales in front, little-endian. Metadata (tokenizer, chat template, sizes) is
copied byte for byte but for ``general.file_type``, which names the format of most tensors.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import shutil
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import numpy.typing as npt

RECIPE = "q8_0-1"
"""The format of what is baked, and a count of the changes to this code that change its result."""

F32, F16, Q4_1, Q8_0 = 0, 1, 3, 8
"""Tensor types (``enum ggml_type``) that are understood here."""

BLOCK = 32
"""Values in a block of Q4_1 or Q8_0."""

MOSTLY_Q8_0 = 7
"""What ``general.file_type`` says of the result (``enum llama_ftype``)."""

SPARE = 256 * 1024**2
"""Bytes of the disk that are left free: a faster voice is not worth a full disk."""

KEPT_DAYS = 90
"""A baked file that was not used for so long is removed when another one is made."""

_SIZES = {F32: (1, 4), F16: (1, 2), Q4_1: (BLOCK, 20), Q8_0: (BLOCK, 34)}
"""Tensor type to (values in a block, bytes of a block)."""

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_VERSION = 3

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


class NotBakedError(Exception):
    """There is no baked file, for the reason given: a plain half sentence that may be shown."""


# Reading the container ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tensor:
    """``dims`` as in the file, the length of a row first; ``at``: bytes from the start of the data."""

    name: str
    dims: tuple[int, ...]
    kind: int
    at: int

    @property
    def size(self) -> int:
        """Length in bytes."""
        values, length = _SIZES[self.kind]
        return math.prod(self.dims) // values * length


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A GGUF file, mapped. ``head``: its metadata as it lies there, ``count`` entries; ``numbers``: the plain numbers
    in it, and ``places``: where in ``head`` each lies.
    """

    raw: Bytes
    head: bytes
    count: int
    numbers: Mapping[str, float]
    places: Mapping[str, int]
    tensors: Mapping[str, Tensor]
    start: int
    alignment: int

    def data(self, tensor: Tensor) -> Bytes:
        begin = self.start + tensor.at
        return self.raw[begin : begin + tensor.size]

    def values(self, name: str) -> Floats:
        """The values of a tensor, rows first."""
        tensor = self.tensors[name]
        return unpack(self.data(tensor), tensor.kind, tensor.dims[::-1])


def read(path: Path) -> Container:
    """Map a GGUF file. Raises NotBakedError for one that is damaged, or of a version or type not known here."""
    try:
        return _read(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError, KeyError, OverflowError, struct.error) as e:
        raise NotBakedError(f"{path.name} can't be read as a model") from e


@dataclass(slots=True)
class _Cursor:
    raw: memoryview
    at: int = 0

    def take(self, form: str) -> Any:
        (value,) = struct.unpack_from(f"<{form}", self.raw, self.at)
        self.at += struct.calcsize(f"<{form}")
        return value

    def text(self) -> str:
        length = self.take("Q")
        self.at += length
        return bytes(self.raw[self.at - length : self.at]).decode("utf8")

    def skip(self, kind: int) -> None:
        """Pass over one metadata value of this type."""
        if kind == _STRING:
            length = self.take("Q")
            self.at += length
        elif kind == _ARRAY:
            of, count = self.take("I"), self.take("Q")
            if of in _SCALARS:
                self.at += count * struct.calcsize(f"<{_SCALARS[of]}")
            else:
                for _ in range(count):
                    self.skip(of)
        else:
            self.at += struct.calcsize(f"<{_SCALARS[kind]}")


def _read(raw: Bytes) -> Container:
    cursor = _Cursor(raw.data)
    if cursor.take("4s") != b"GGUF" or cursor.take("I") != _VERSION:
        raise ValueError("not this format")
    tensors, count = cursor.take("Q"), cursor.take("Q")
    begin, numbers, places = cursor.at, dict[str, float](), dict[str, int]()
    for _ in range(count):
        name, kind = cursor.text(), cursor.take("I")
        if kind in _SCALARS:
            places[name] = cursor.at - begin
            numbers[name] = cursor.take(_SCALARS[kind])
        else:
            cursor.skip(kind)
    head = bytes(cursor.raw[begin : cursor.at])
    found = dict[str, Tensor]()
    for _ in range(tensors):
        name, rank = cursor.text(), cursor.take("I")
        dims = tuple(cursor.take("Q") for _ in range(rank))
        found[name] = Tensor(name, dims, cursor.take("I"), cursor.take("Q"))
    alignment = int(numbers.get("general.alignment", 32))
    start = _padded(cursor.at, alignment)
    if any(start + t.at + t.size > len(raw) for t in found.values()):
        raise ValueError("cut short")
    return Container(raw, head, count, numbers, places, found, start, alignment)


def _padded(size: int, alignment: int) -> int:
    return -(-size // alignment) * alignment


# The block formats ----------------------------------------------------------------------------------------------------


def unpack(data: Bytes, kind: int, shape: tuple[int, ...]) -> Floats:
    """Bytes of a tensor to its values, of this ``shape`` (rows first)."""
    if kind in (F32, F16):
        return data.view(np.float32 if kind == F32 else np.float16).reshape(shape).astype(np.float32)
    blocks = data.reshape(-1, _SIZES[kind][1])
    scale = _wide(blocks[:, :2])
    if kind == Q8_0:
        return (blocks[:, 2:].view(np.int8) * scale).reshape(shape)
    low, fours = _wide(blocks[:, 2:4]), blocks[:, 4:]
    return (np.concatenate((fours & 15, fours >> 4), axis=1) * scale + low).reshape(shape)


def pack(values: Floats) -> Bytes:
    """Values to the bytes of a Q8_0 tensor: each block divided by a 127th of its largest, and rounded."""
    blocks = values.reshape(-1, BLOCK)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(127)
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    eights = np.rint(blocks * inverse).astype(np.int8)
    return np.concatenate((scale.astype("<f2").view(np.uint8), eights.view(np.uint8)), axis=1).reshape(-1)


def _wide(two_bytes: Bytes) -> Floats:
    return np.ascontiguousarray(two_bytes).view("<f2").astype(np.float32)


# Baking ---------------------------------------------------------------------------------------------------------------


def bake(base: Path, voice: Path, out: BinaryIO, *, stop: Callable[[], bool] = lambda: False) -> str:
    """Write ``base`` with ``voice`` in it to ``out``; returns the SHA-256 of what was written.

    ``stop`` is asked before each tensor (about 10 ms apart). Raises NotBakedError, OSError.
    """
    weights, adapter = read(base), read(voice)
    pairs = _pairs(weights, adapter)
    kinds = {name: Q8_0 if name in pairs else tensor.kind for name, tensor in weights.tensors.items()}
    digest = hashlib.sha256()

    def write(data: bytes | memoryview) -> None:
        digest.update(data)
        out.write(data)

    write(_front(weights, kinds))
    for tensor in weights.tensors.values():
        if stop():
            raise NotBakedError("it was stopped before it was done")
        data = (
            pack(weights.values(tensor.name) + pairs[tensor.name]()) if tensor.name in pairs else weights.data(tensor)
        )
        write(data.data)
        write(bytes(_padded(data.nbytes, weights.alignment) - data.nbytes))
    return digest.hexdigest()


def _pairs(weights: Container, adapter: Container) -> dict[str, Callable[[], Floats]]:
    """For each weight that the adapter changes, what makes the change. Raises NotBakedError where the two don't fit."""
    alpha = adapter.numbers.get("adapter.lora.alpha", 0.0)
    pairs = dict[str, Callable[[], Floats]]()
    for name in adapter.tensors:
        stem, _, half = name.rpartition(".")
        if half == "lora_b":
            continue
        a, b = adapter.tensors[name], adapter.tensors.get(f"{stem}.lora_b")
        target = weights.tensors.get(stem)
        if half != "lora_a" or b is None or target is None or target.dims != (a.dims[0], b.dims[1]):
            raise NotBakedError("the voice was made for other weights")
        if a.dims[1] != b.dims[0] or target.dims[0] % BLOCK:
            raise NotBakedError("the voice was made for other weights")
        scale = np.float32(alpha / a.dims[1] if alpha else 1.0)
        pairs[stem] = lambda a=a.name, b=b.name, scale=scale: scale * (adapter.values(b) @ adapter.values(a))
    return pairs


def _front(weights: Container, kinds: Mapping[str, int]) -> bytes:
    """All of the file before the data: the metadata, and where each tensor lies."""
    head = bytearray(weights.head)
    if (place := weights.places.get("general.file_type")) is not None:
        struct.pack_into("<I", head, place, MOSTLY_Q8_0)
    front, at = bytearray(struct.pack("<4sIQQ", b"GGUF", _VERSION, len(kinds), weights.count)) + head, 0
    for old in weights.tensors.values():
        new = Tensor(old.name, old.dims, kinds[old.name], at)
        name = new.name.encode()
        front += struct.pack("<Q", len(name)) + name + struct.pack(f"<I{len(new.dims)}Q", len(new.dims), *new.dims)
        front += struct.pack("<IQ", new.kind, new.at)
        at += _padded(new.size, weights.alignment)
    return bytes(front).ljust(_padded(len(front), weights.alignment), b"\0")


# The cache ------------------------------------------------------------------------------------------------------------


def usual_cache() -> Path:
    """The folder for what can be made again, as the system names it."""
    from platformdirs import user_cache_path

    return user_cache_path("someone")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another without reading it: its length, and when it was written."""

    size: int
    written_ns: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Label:
    """What lies beside a baked file: what it was made of, and what it has to be."""

    recipe: str
    base: Stamp
    voice_sha256: str
    baked: Stamp
    sha256: str

    def write(self, path: Path) -> None:
        made = path.with_suffix(f".{os.getpid()}.tmp")
        made.write_text(json.dumps(asdict(self)), encoding="utf8")
        made.replace(path)

    @classmethod
    def read(cls, path: Path) -> Label | None:
        try:
            d = json.loads(path.read_text(encoding="utf8"))
            return cls(d["recipe"], Stamp(**d["base"]), d["voice_sha256"], Stamp(**d["baked"]), d["sha256"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


def find(cache: Path, base: Path, voice_sha256: str, *, recipe: str = RECIPE) -> Path | None:
    """The file that was baked here of these two with this recipe, whole, or None. Some milliseconds.

    A file whose length and time are those on its label is taken as it is; one of another time is read through, and
    what is not what was baked is removed.
    """
    try:
        wanted = (recipe, Stamp.of(base), voice_sha256)
        for path in cache.glob("voice-*.json"):
            label = Label.read(path)
            if label and (label.recipe, label.base, label.voice_sha256) == wanted and _whole(path, label):
                return path.with_suffix(".gguf")
    except OSError:
        return None
    return None


def _whole(path: Path, label: Label) -> bool:
    file = path.with_suffix(".gguf")
    with contextlib.suppress(OSError):
        stamp = Stamp.of(file)
        if stamp == label.baked or (stamp.size == label.baked.size and sha256(file) == label.sha256):
            os.utime(path)  # used today
            return True
    discard(file)
    return False


def discard(baked: Path) -> None:
    """Remove a baked file and its label, as far as they can be removed."""
    for path in (baked.with_suffix(".json"), baked):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def make(
    cache: Path,
    base: Path,
    voice: Path,
    *,
    stop: Callable[[], bool] = lambda: False,
    recipe: str = RECIPE,
    spare: int = SPARE,
) -> Path:
    """Bake into the cache: beside its place, then renamed, then labelled. Takes seconds (``stop`` as in :func:`bake`).

    Raises NotBakedError, and leaves nothing then; so also where less than ``spare`` bytes would stay free.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        _tidy(cache)
        if shutil.disk_usage(cache).free < 2 * base.stat().st_size + spare:
            raise NotBakedError(f"there is too little room in {cache}")
        stamp, voice_sha256 = Stamp.of(base), sha256(voice)
        key = hashlib.sha256(f"{sha256(base)} {voice_sha256} {recipe}".encode()).hexdigest()[:16]
        place = cache / f"voice-{key}.gguf"
        with _beside(place) as (file, made):
            digest = bake(base, voice, file, stop=stop)
            file.flush()
            os.fsync(file.fileno())
            discard(place)
            made.replace(place)
        Label(recipe, stamp, voice_sha256, Stamp.of(place), digest).write(place.with_suffix(".json"))
    except OSError as e:
        raise NotBakedError(f"{cache} can't be written: {e.strerror or 'no reason given'}") from e
    return place


@contextlib.contextmanager
def _beside(place: Path) -> Iterator[tuple[BinaryIO, Path]]:
    made = place.with_suffix(f".{os.getpid()}.tmp")
    try:
        with made.open("wb") as file:
            yield cast("BinaryIO", file), made
    finally:
        made.unlink(missing_ok=True)


def _tidy(cache: Path) -> None:
    """Remove what a killed process left half made, and what was baked and not used for long."""
    now = time.time()
    for path in (*cache.glob("voice-*.tmp"), *cache.glob("voice-*.json")):
        days = (now - path.stat().st_mtime) / 86400
        if path.suffix == ".tmp" and days > 1:
            path.unlink(missing_ok=True)
        elif path.suffix == ".json" and days > KEPT_DAYS:
            discard(path.with_suffix(".gguf"))


def sha256(path: Path) -> str:
    """Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
