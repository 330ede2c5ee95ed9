"""Text to the numbers of the pieces it is made of, as XLM-RoBERTa was trained with: SentencePiece's unigram model.

Of all ways to cut a text into known pieces the likeliest is taken, the sum of the pieces' log-probabilities being
greatest (Kudo 2018, "Subword Regularization"; found by Viterbi's algorithm). A piece is known by a 64-bit hash of its
characters: a quarter of a million Python strings would take 35 MB and far longer to make.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from someone.memory.e5_file import Tokens

SPACE = "\u2581"
"""What stands for a space, and before the first word; a piece has it at its beginning or nowhere."""

UNKNOWN = 10.0
"""An unknown character is this much less likely than the least likely piece (SentencePiece's ``kUnkPenalty``)."""

_FIRST = -64
"""In UTF-8 a byte that goes on with a character is, with its sign, less than this."""

_SPACES = re.compile("  +")
_FACTOR = 0x9E3779B97F4A7C15
"""Odd, and no small numbers' sums of its powers are alike: 2^64 by the golden ratio (Knuth, TAOCP 3, 6.4)."""


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)


class Pieces:
    """Raises ValueError for a vocabulary that can't be one."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        first = np.frombuffer(tokens.text, np.int8) >= _FIRST
        counted = np.concatenate([[0], np.cumsum(first, dtype=np.int32)], dtype=np.int32)
        ends = counted[tokens.ends]
        begins = np.concatenate([[0], ends[:-1]])
        lengths = ends - begins
        if not len(lengths) or lengths.min() < 0:
            raise ValueError("the pieces are damaged")
        self._longest = int(lengths.max())
        self._factors = np.array([pow(_FACTOR, n, 1 << 64) for n in range(1, self._longest + 1)], np.uint64)
        points = _points(tokens.text.decode())
        hashes = np.zeros(len(lengths), np.uint64)
        for n in range(self._longest):
            longer = np.flatnonzero(lengths > n)
            hashes[longer] += (points[begins[longer] + n] + np.uint64(1)) * self._factors[n]
        known = np.flatnonzero(lengths > 0)
        known = known[known != tokens.unknown]
        order = known[np.argsort(hashes[known], kind="stable")]
        self._hashes, self._ids = hashes[order], order.astype(np.int32)
        self._unknown = float(tokens.scores.min()) - UNKNOWN

    def ids(self, text: str) -> list[int]:
        """The pieces of a text, without the marks of its beginning and end."""
        text = _SPACES.sub(" ", text.translate(self._tokens.characters))
        text = (text if text.startswith(" ") else f" {text}").replace(" ", SPACE)
        begins, ends, ids = self._found(_points(text))
        return self._likeliest(len(text), begins, ends, ids)

    def _found(self, points: np.ndarray) -> tuple[list[int], list[int], np.ndarray]:
        """All pieces that stand in a text: where each begins and ends, and its number, by beginning, then length."""
        count = len(points)
        marks = np.flatnonzero(points == ord(SPACE))
        at = np.arange(count)
        room = np.append(marks, count)[np.searchsorted(marks, at, side="right")] - at  # to the next word
        hashes = np.zeros(count, np.uint64)
        begins, lengths, keys = list[np.ndarray](), list[np.ndarray](), list[np.ndarray]()
        for n in range(min(self._longest, int(room.max()))):
            hashes[: count - n] += (points[n:] + np.uint64(1)) * self._factors[n]
            fits = np.flatnonzero(room > n)
            begins.append(fits)
            lengths.append(np.full(len(fits), n + 1))
            keys.append(hashes[fits])
        begin, length, key = np.concatenate(begins), np.concatenate(lengths), np.concatenate(keys)
        place = np.minimum(np.searchsorted(self._hashes, key), len(self._hashes) - 1)
        known = np.flatnonzero(self._hashes[place] == key)
        known = known[np.argsort(begin[known], kind="stable")]
        return begin[known].tolist(), (begin + length)[known].tolist(), self._ids[place[known]]

    def _likeliest(self, count: int, begins: list[int], ends: list[int], ids: np.ndarray) -> list[int]:
        scores, numbers = self._tokens.scores[ids].tolist(), ids.tolist()
        best = [-np.inf] * (count + 1)
        best[0] = 0.0
        last = [(0, 0)] * (count + 1)  # the piece that ends here, and where it begins
        piece = 0
        for at in range(count):
            so_far = best[at]
            while piece < len(begins) and begins[piece] == at:
                end, score = ends[piece], so_far + scores[piece]
                if score > best[end]:
                    best[end], last[end] = score, (numbers[piece], at)
                piece += 1
            if so_far + self._unknown > best[at + 1]:
                best[at + 1], last[at + 1] = so_far + self._unknown, (self._tokens.unknown, at)
        out, at = list[int](), count
        while at:
            number, at = last[at]
            out.append(number)
        return out[::-1]
