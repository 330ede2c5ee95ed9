"""The index's columns in memory: who said what when (numbers only, no text), and the vectors, as numpy arrays.

They are read from the bond's file at the first recall and brought up to date at each later one, by the tables' ``seq``:
what was forgotten leaves them before anything is looked up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from someone.mind.recall import AROUND, TALK_GAP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

REACH = max(abs(k) for k in AROUND)
EXACT = 20_000
"""Up to so many vectors each is compared; beyond, the nearest by sign bits are chosen first, a tenth of so many, and
those are compared exactly: at 100,000 that takes 2 ms where comparing all takes 40, and 2,000 chosen ones are more than
ten times what a recall weighs."""


def count_words(text: str) -> int:
    """Words of a text as BM25 counts its length."""
    return len(re.findall(r"[^\W_]+", text))


def pack(vector: np.ndarray) -> bytes:
    """A unit vector as its scale (float32) and int8 steps: ``4 + dim`` bytes, cosine error under 0.005."""
    top = float(np.abs(vector).max()) or 1.0
    steps = np.rint(vector * (127 / top)).astype(np.int8)
    return np.float32(top / 127).tobytes() + steps.tobytes()


class Items:
    """One row a findable moment, in order of id."""

    def __init__(self) -> None:
        self.seq = 0
        self.ids = np.empty(0, np.int64)
        self.at_us = np.empty(0, np.int64)
        self.speaker = np.empty(0, np.int8)
        self.words = np.empty(0, np.float32)
        self._arrange()

    def add(self, rows: np.ndarray) -> None:
        """Take in rows of (seq, id, at_us, speaker, words)."""
        self.seq = int(rows[-1, 0])
        order = np.argsort(ids := np.concatenate([self.ids, rows[:, 1]]), kind="stable")
        self.ids = ids[order]
        self.at_us = np.concatenate([self.at_us, rows[:, 2]])[order]
        self.speaker = np.concatenate([self.speaker, rows[:, 3].astype(np.int8)])[order]
        self.words = np.concatenate([self.words, rows[:, 4].astype(np.float32)])[order]
        self._arrange()

    def remove(self, gone: np.ndarray) -> None:
        keep = ~np.isin(self.ids, gone)
        self.ids, self.at_us, self.speaker, self.words = (
            column[keep] for column in (self.ids, self.at_us, self.speaker, self.words)
        )
        self._arrange()

    def _arrange(self) -> None:
        """``place``: each row's place on a line where talks stand ``REACH`` apart, so that no kernel joins two."""
        n = len(self.ids)
        breaks = np.diff(self.at_us, prepend=self.at_us[:1]) > TALK_GAP.total_seconds() * 1e6
        self.place = np.arange(n) + REACH * np.cumsum(breaks) + REACH
        self.line = int(self.place[-1]) + REACH + 1 if n else 2 * REACH
        lengths = np.zeros(self.line, np.float32)
        lengths[self.place] = self.words
        around = spread(lengths, AROUND)[self.place]
        self.length = around / (around.mean() if n and around.mean() > 0 else 1.0)

    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """The rows of those of these ids that are here."""
        if not len(self.ids):
            return np.empty(0, np.int64)
        rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return rows[self.ids[rows] == ids]


def spread(line: np.ndarray, kernel: Mapping[int, float]) -> np.ndarray:
    """The sum of ``line`` moved by each offset, weighted: place ``p`` gets ``weight * line[p + offset]``."""
    out = np.zeros_like(line)
    for offset, weight in kernel.items():
        if offset == 0:
            out += weight * line
        elif offset > 0:
            out[:-offset] += weight * line[offset:]
        else:
            out[-offset:] += weight * line[:offset]
    return out


class Vectors:
    """The vectors as int8 rows, in the order in which they came."""

    def __init__(self, dim: int, exact: int) -> None:
        self.seq = 0
        self.dim = dim
        self._exact = exact
        self._chosen = max(1, exact // 10)
        self.ids = np.empty(0, np.int64)
        self._scale = np.empty(0, np.float32)
        self._steps = np.empty((0, dim), np.int8)
        self._floats = np.empty((0, dim), np.float32)  # the same, ready to multiply, while there are few
        self._bits = np.empty((0, (dim + 63) // 64), np.uint64)
        self._centre: np.ndarray | None = None

    def add(self, seqs_ids: np.ndarray, blobs: list[bytes]) -> None:
        self.seq = int(seqs_ids[-1, 0])
        fit = [i for i, blob in enumerate(blobs) if len(blob) == self.dim + 4]
        raw = np.frombuffer(b"".join(blobs[i] for i in fit), np.uint8).reshape(len(fit), self.dim + 4)
        self.ids = np.concatenate([self.ids, seqs_ids[fit, 1]])
        self._scale = np.concatenate([self._scale, raw[:, :4].copy().view(np.float32)[:, 0]])
        self._steps = np.concatenate([self._steps, raw[:, 4:].copy().view(np.int8)])
        if len(self.ids) > self._exact:
            self._floats = self._floats[:0]
            self._sign()
        else:
            start = len(self._floats)
            self._floats = np.concatenate([self._floats, self._steps[start:] * self._scale[start:, None]])

    def remove(self, gone: np.ndarray) -> None:
        keep = ~np.isin(self.ids, gone)
        self.ids, self._scale, self._steps = self.ids[keep], self._scale[keep], self._steps[keep]
        self._bits = self._bits[keep[: len(self._bits)]]
        self._floats = self._floats[keep[: len(self._floats)]]

    def _sign(self) -> None:
        """Sign bits of what has none yet, about the mean: e5's vectors all lean one way, raw signs would say little."""
        if self._centre is None:
            few = np.arange(0, len(self.ids), max(1, len(self.ids) // self._chosen))
            self._centre = (self._steps[few] * self._scale[few, None]).mean(axis=0)
        todo = range(len(self._bits), len(self.ids), 16_384)
        fresh = [self._signs(self._steps[i : i + 16_384] * self._scale[i : i + 16_384, None]) for i in todo]
        self._bits = np.concatenate([self._bits, *fresh])

    def _signs(self, vectors: np.ndarray) -> np.ndarray:
        assert self._centre is not None
        bits = np.packbits(vectors > self._centre, axis=-1)
        wide = np.zeros((*bits.shape[:-1], self._bits.shape[1] * 8), np.uint8)
        wide[..., : bits.shape[-1]] = bits
        return wide.view(np.uint64)

    def cosines(self, query: np.ndarray, also: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
        """(ids, cosines, mean, standard deviation): of all; or of the nearest by sign bits and of the ids ``also``,
        with mean and deviation of an even sample of all.
        """
        n = len(self.ids)
        if len(self._floats) == n:
            every = self._floats @ query
            return self.ids, every, float(every.mean()), float(every.std()) or 1.0
        if len(self._bits) < n:
            self._sign()
        apart = np.zeros(n, np.uint16)
        for word, asked in zip(self._bits.T, self._signs(query), strict=True):
            apart += np.bitwise_count(word ^ asked)
        near = np.argpartition(apart, self._chosen)[: self._chosen] if n > self._chosen else np.arange(n)
        rows = np.union1d(near, np.flatnonzero(np.isin(self.ids, also)))
        few = np.arange(0, n, max(1, n // self._chosen))
        sample = self._cosines(few, query)
        return self.ids[rows], self._cosines(rows, query), float(sample.mean()), float(sample.std()) or 1.0

    def _cosines(self, rows: np.ndarray, query: np.ndarray) -> np.ndarray:
        return self._steps[rows].astype(np.float32) @ query * self._scale[rows]


class Columns:
    """Items and vectors together, kept in step with the file."""

    def __init__(self, dim: int, exact: int = EXACT) -> None:
        self.items = Items()
        self.vectors = Vectors(dim, exact)
        self._gone_seq = 0

    def refresh(self, connection: Connection) -> None:
        """Bring both up to what this connection sees: first what was forgotten leaves, then what is new comes."""
        gone = connection.exec_driver_sql(
            "SELECT seq, id FROM memory_gone WHERE seq > ? ORDER BY seq", (self._gone_seq,)
        ).fetchall()
        if gone:
            self._gone_seq = gone[-1][0]
            ids = np.array([row[1] for row in gone], np.int64)
            self.items.remove(ids)
            self.vectors.remove(ids)
        rows = connection.exec_driver_sql(
            "SELECT seq, id, at_us, speaker, words FROM memory_items WHERE seq > ? ORDER BY seq", (self.items.seq,)
        ).fetchall()
        if rows:
            self.items.add(np.array([tuple(row) for row in rows], np.int64))
        if self.vectors.dim:
            self._refresh_vectors(connection)

    def _refresh_vectors(self, connection: Connection) -> None:
        while True:
            rows = connection.exec_driver_sql(
                "SELECT seq, id, vector FROM memory_vectors WHERE seq > ? ORDER BY seq LIMIT 200000",
                (self.vectors.seq,),
            ).fetchall()
            if not rows:
                return
            self.vectors.add(np.array([(row[0], row[1]) for row in rows], np.int64), [row[2] for row in rows])
