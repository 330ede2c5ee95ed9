"""The index's columns in memory: who said what when (numbers only, no text), and the vectors, as numpy arrays.

They are read from the bond's file at the first recall and brought up to date at each later one, by the tables' ``seq``:
what was forgotten leaves them before anything is looked up. What is new is appended in place, so that a turn after
years of talk costs what a turn on the first day does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from someone.mind.recall import AROUND, HANDS_ON, HER_WORDS, LONG, LONGER, TALK_GAP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

REACH = max(abs(k) for k in AROUND)
EXACT = 20_000
"""Up to so many vectors each is compared; beyond, the nearest by sign bits are chosen first, a tenth of so many, and
those are compared exactly: at 100,000 that takes 2 ms where comparing all takes 40, and 2,000 chosen ones are more than
ten times what a recall weighs."""

FEW = 10
"""As many vectors' weight at the origin is mixed into the centre, so that the first few are not all their own centre."""


def count_words(text: str) -> int:
    """Words of a text as BM25 counts its length."""
    return len(re.findall(r"[^\W_]+", text))


def pack(vector: np.ndarray) -> bytes:
    """A unit vector as its scale (float32) and int8 steps: ``4 + dim`` bytes, cosine error under 0.005."""
    top = float(np.abs(vector).max()) or 1.0
    steps = np.rint(vector * (127 / top)).astype(np.int8)
    return np.float32(top / 127).tobytes() + steps.tobytes()


class Table:
    """Columns of one length, in ascending order of their first, the ids. Room doubles, so that a row more is cheap."""

    def __init__(self, **columns: np.ndarray) -> None:
        """``columns``: empty arrays that give each column its type and, for wide ones, the shape of a row."""
        self._room = {name: column[:0] for name, column in columns.items()}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> np.ndarray:
        return self._room[name][: self._count]

    def add(self, ids: np.ndarray, **rest: np.ndarray) -> int:
        """Take in rows; returns the first row that is new or has moved."""
        start, end = self._count, self._count + len(ids)
        behind = start and len(ids) and int(ids.min()) < int(self["ids"][-1])
        for name, column in {"ids": ids, **rest}.items():
            if end > len(self._room[name]):
                room = np.empty((max(end, 2 * start, 64), *column.shape[1:]), self._room[name].dtype)
                room[:start] = self[name]
                self._room[name] = room
            self._room[name][start:end] = column
        self._count = end
        order = np.argsort(self["ids"][start:], kind="stable") + start
        if behind:
            start, order = 0, np.argsort(self["ids"], kind="stable")
        if (np.diff(order) != 1).any():
            for name in self._room:
                self._room[name][start:end] = self._room[name][order]
        return start

    def keep(self, rows: np.ndarray) -> None:
        """Leave all rows out but these (a mask)."""
        for name in self._room:
            self._room[name] = self[name][rows]
        self._count = int(rows.sum())

    def find(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of these ids are here (a mask), and the rows of those that are."""
        if not self._count:
            return np.zeros(len(ids), bool), np.empty(0, np.int64)
        rows = np.minimum(np.searchsorted(self["ids"], ids), self._count - 1)
        here = self["ids"][rows] == ids
        return here, rows[here]


class Items(Table):
    """One row a findable moment.

    ``place``: on a line where talks stand :data:`REACH` apart, so that no kernel joins two. ``around``: the words of a
    turn and its neighbours, weighted as :data:`AROUND`. ``prior``: what counts for a turn whatever is asked.
    """

    def __init__(self) -> None:
        small, whole, real = np.empty(0, np.int8), np.empty(0, np.int64), np.empty(0, np.float32)
        super().__init__(
            ids=whole, at_us=whole, speaker=small, asks=small, words=real, place=whole, around=real, prior=real
        )
        self.seq = 0
        self.mean_length = 1.0

    def take(self, rows: np.ndarray) -> None:
        """Take in rows of (seq, id, at_us, speaker, words, asks)."""
        self.seq = int(rows[-1, 0])
        _, ids, at_us, speaker, words, asks = rows.T
        blank = np.zeros(len(rows))
        prior = LONGER * np.log1p(np.minimum(words, LONG)) + HANDS_ON * asks + HER_WORDS * (speaker == 0)
        columns = {"speaker": speaker, "words": words, "asks": asks, "place": blank, "around": blank, "prior": prior}
        self._arrange(self.add(ids, at_us=at_us, **columns))

    def leave(self, gone: np.ndarray) -> None:
        self.keep(~np.isin(self["ids"], gone))
        self._arrange(0)

    def _arrange(self, start: int) -> None:
        """Places from row ``start`` on, and the lengths that they change."""
        n = len(self)
        at, place = self["at_us"], self["place"]
        before = max(0, start - 1)
        breaks = np.abs(np.diff(at[before:], prepend=at[before : before + 1])) > TALK_GAP.total_seconds() * 1e6
        first = int(place[before]) if start else 0
        place[before:] = first + np.arange(n - before) + REACH * np.cumsum(breaks)
        rows = np.arange(max(0, start - REACH), n)
        self["around"][rows] = self.gather(self["words"], AROUND, rows)
        self.mean_length = float(self["around"].mean()) if n else 1.0

    def gather(self, values: np.ndarray, kernel: Mapping[int, float], rows: np.ndarray) -> np.ndarray:
        """For each of ``rows``: the sum of the values of the turns around it, each times the kernel's weight."""
        out = np.zeros(len(rows), np.float32)
        place = self["place"]
        for offset, weight in kernel.items():
            there = np.clip(rows + offset, 0, len(self) - 1)
            out += weight * values[there] * (place[there] - place[rows] == offset)
        return out

    def scatter(self, into: np.ndarray, rows: np.ndarray, kernel: Mapping[int, float], values: np.ndarray) -> None:
        """Add the values of ``rows`` to the turns around them: :meth:`gather` where few rows have a value."""
        place = self["place"]
        for offset, weight in kernel.items():
            there = rows - offset
            inside = (there >= 0) & (there < len(self))
            inside[inside] = place[rows[inside]] - place[there[inside]] == offset
            into[there[inside]] += weight * values[inside]


class Vectors(Table):
    """The vectors as int8 rows; while there are few, also as floats (the first ``_ready`` rows) that are ready to multiply."""

    def __init__(self, dim: int, exact: int) -> None:
        self._wide = (dim + 63) // 64
        bits = {f"bits{i}": np.empty(0, np.uint64) for i in range(self._wide)}
        real = np.empty(0, np.float32)
        super().__init__(ids=np.empty(0, np.int64), scale=real, lean=real, steps=np.empty((0, dim), np.int8), **bits)
        self.seq = 0
        self.dim = dim
        self._exact = exact
        self._chosen = max(1, exact // 10)
        self._floats = np.empty((0, dim), np.float32)
        self._ready = 0
        self._sum = np.zeros(dim)
        self._centre = np.zeros(dim, np.float32)
        self._centred = 0

    def take(self, seqs_ids: np.ndarray, blobs: list[bytes]) -> None:
        self.seq = int(seqs_ids[-1, 0])
        fit = [i for i, blob in enumerate(blobs) if len(blob) == self.dim + 4]
        if not fit:
            return
        raw = np.frombuffer(b"".join(blobs[i] for i in fit), np.uint8).reshape(len(fit), self.dim + 4)
        scale, steps = raw[:, :4].copy().view(np.float32)[:, 0], raw[:, 4:].view(np.int8)
        self._sum += scale @ steps.astype(np.float32)
        blank = {name: np.zeros(len(fit)) for name in self._room if name not in ("ids", "scale", "steps")}
        start = self.add(seqs_ids[fit, 1], scale=scale, steps=steps, **blank)
        self._ready = min(self._ready, start)
        self._measure(start)

    def leave(self, gone: np.ndarray) -> None:
        out = np.isin(self["ids"], gone)
        self._sum -= self._unpacked(np.flatnonzero(out)).sum(axis=0)
        self.keep(~out)
        self._ready = 0

    def _measure(self, start: int) -> None:
        """Where the rows from ``start`` on stand about the centre, which moves with the mean until there are more than
        ``exact``: by then it has settled.
        """
        n = len(self)
        if start <= self._exact and (self._centred < 0.8 * n or n > self._exact):
            self._centred, start = n, 0
            self._centre = (self._sum / (n + FEW)).astype(np.float32)
        for i in range(start, n, 16_384):
            some = slice(i, min(n, i + 16_384))
            vectors = self._unpacked(some)
            self["lean"][some] = np.vecdot(vectors, self._centre)
            if n > self._exact:
                for column, bits in enumerate(self._signs(vectors).T):
                    self[f"bits{column}"][some] = bits

    def _unpacked(self, rows: np.ndarray | slice) -> np.ndarray:
        return self["steps"][rows] * self["scale"][rows, None]

    def _as_floats(self) -> np.ndarray:
        """All vectors as floats. Room doubles, as in the table: a talk adds a row at a time, and to unpack 10,000 takes
        longer than to compare them.
        """
        n = len(self)
        if n > len(self._floats):
            room = np.empty((min(max(n, 2 * len(self._floats), 64), self._exact), self.dim), np.float32)
            room[: self._ready] = self._floats[: self._ready]
            self._floats = room
        self._floats[self._ready : n] = self._unpacked(slice(self._ready, n))
        self._ready = n
        return self._floats[:n]

    def _signs(self, vectors: np.ndarray) -> np.ndarray:
        """Sign bits about the centre: e5's vectors all lean one way, raw signs would say little."""
        bits = np.packbits(vectors > self._centre, axis=-1)
        wide = np.zeros((*bits.shape[:-1], self._wide * 8), np.uint8)
        wide[..., : bits.shape[-1]] = bits
        return wide.view(np.uint64)

    def cosines(self, query: np.ndarray, also: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(ids, cosines, meaning) of all; or of the nearest by sign bits and of the ids ``also``.

        ``meaning``: cosines about the centre as standard scores, of all or of an even sample of all. A plain cosine
        mostly measures how far a text leans to where all texts lean (Ethayarajh 2019); without the common part, as Mu
        & Viswanath 2018 found for words, recall@10 on LoCoMo 1-5 rises by 0.008, for multi-hop questions by 0.03.
        """
        n = len(self)
        if n <= self._exact:
            cosine = np.vecdot(self._as_floats(), query)
            about = self._about(cosine, slice(0, n), query)
            return self["ids"], cosine, (about - about.mean()) / (about.std() or 1.0)
        self._floats, self._ready = self._floats[:0].copy(), 0  # there are too many by now
        apart = np.zeros(n, np.uint16)
        for column, asked in enumerate(self._signs(query)):
            apart += np.bitwise_count(self[f"bits{column}"] ^ asked)
        far = int(np.searchsorted(np.cumsum(np.bincount(apart)), self._chosen))
        near = apart < far
        near[np.flatnonzero(apart == far)[np.count_nonzero(near) - self._chosen :]] = True
        near[self.find(also)[1]] = True
        rows = np.flatnonzero(near)
        few = np.arange(0, n, max(1, n // self._chosen))
        sample = self._about(self._cosines(few, query), few, query)
        cosine = self._cosines(rows, query)
        return self["ids"][rows], cosine, (self._about(cosine, rows, query) - sample.mean()) / (sample.std() or 1.0)

    def _cosines(self, rows: np.ndarray, query: np.ndarray) -> np.ndarray:
        # Not "@": that wakes a second thread for a millisecond's work, and waits for it where all cores are busy.
        return np.vecdot(self["steps"][rows].astype(np.float32), query) * self["scale"][rows]

    def _about(self, cosine: np.ndarray, rows: np.ndarray | slice, query: np.ndarray) -> np.ndarray:
        """What the cosine about the centre ``c`` is, but for a factor: (v - c)(q - c) / |v - c|, for unit vectors v."""
        lean, square = self["lean"][rows], float(self._centre @ self._centre)
        return (cosine - lean - float(query @ self._centre) + square) / np.sqrt(np.maximum(1 - 2 * lean + square, 1e-3))


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
            self.items.leave(ids)
            self.vectors.leave(ids)
        rows = connection.exec_driver_sql(
            "SELECT seq, id, at_us, speaker, words, asks FROM memory_items WHERE seq > ? ORDER BY seq",
            (self.items.seq,),
        ).fetchall()
        if rows:
            self.items.take(np.array([tuple(row) for row in rows], np.int64))
        if self.vectors.dim:
            self._refresh_vectors(connection)

    def _refresh_vectors(self, connection: Connection) -> None:
        while True:
            rows = connection.exec_driver_sql(
                "SELECT seq, id, vector FROM memory_vectors WHERE seq > ? ORDER BY seq LIMIT 50000",
                (self.vectors.seq,),
            ).fetchall()
            if not rows:
                return
            self.vectors.take(np.array([(row[0], row[1]) for row in rows], np.int64), [row[2] for row in rows])
