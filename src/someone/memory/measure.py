"""How well each moment fits a query, by words and by meaning, before any text is read. What a word or a near vector
touches is computed, and little over whole columns: it has to be quick in a store of a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from someone.mind.recall import AROUND, ASKED, IN_TIME, MEANING, MEANING_AROUND, MEANING_NEAR, WORDS
from someone.mind.times import span

if TYPE_CHECKING:
    from someone.memory.columns import Columns, Items
    from someone.mind.recall import Query

K1, B = 1.2, 0.4
"""BM25 (Robertson & Zaragoza 2009): the usual k1; a low b, as turns are short and of like length. Flat on LoCoMo 1-5
between 0.2 and 0.75."""

Measures = tuple[float, float, float, float, float, float | None]
"""``words, meaning, around, asked, cover, cosine`` of a :class:`someone.mind.recall.Candidate`."""


def measure(
    columns: Columns, query: Query, found: list[np.ndarray], vector: np.ndarray | None, most: int
) -> dict[int, Measures]:
    """The ``most`` best moments by id. ``found``: for each content word, the ids where it stands (ascending)."""
    items = columns.items
    n = len(items)
    if n == 0:
        return {}
    words, cover, near = _words(items, found)
    meaning = around = np.zeros(n, np.float32)
    cosine = np.full(n, np.nan, np.float32)
    if vector is not None and len(columns.vectors):
        with_words = np.flatnonzero(near)
        by_words = items["ids"][with_words[_top(words[with_words], most)]]
        meaning, around, cosine = _meaning(columns, vector, by_words, near)
    in_time = _in_time(items, query)
    near |= in_time
    if query.before is not None:
        near &= items["ids"] < query.before
    rows = np.flatnonzero(near)
    asked = _asked(items, words, meaning, rows)
    score = words[rows] + MEANING * meaning[rows] + MEANING_NEAR * around[rows] + ASKED * asked
    best = _top(score + items["prior"][rows] + IN_TIME * in_time[rows], most)
    rows = rows[best]
    known = [None if np.isnan(c) else c for c in cosine[rows].tolist()]
    kept = (words[rows], meaning[rows], around[rows], asked[best], cover[rows])
    return dict(zip(items["ids"][rows].tolist(), zip(*(k.tolist() for k in kept), known, strict=True), strict=True))


def _top(score: np.ndarray, most: int) -> np.ndarray:
    return np.argpartition(-score, most)[:most] if len(score) > most else np.arange(len(score))


def _words(items: Items, found: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``words`` of :class:`~someone.mind.recall.Candidate`, the idf-weighted share of the words in the moment itself, and a
    mask of the moments that have a word at all, their own or a neighbour's.
    """
    n = len(items)
    total, cover, often = np.zeros(n, np.float32), np.zeros(n, np.float32), np.zeros(n, np.float32)
    weight = square = 0.0
    for ids in found:
        _, rows = items.find(ids)
        idf = float(np.log(1 + (n - len(rows) + 0.5) / (len(rows) + 0.5)))
        weight, square = weight + idf, square + idf * idf
        if not len(rows):
            continue
        cover[rows] += idf
        items.scatter(often, rows, AROUND, np.ones(len(rows), np.float32))
        there = np.flatnonzero(often)
        some, length = often[there], items["around"][there] / items.mean_length
        total[there] += idf * some * (K1 + 1) / (some + K1 * (1 - B + B * length))
        often[there] = 0
    if weight:
        cover, total = np.minimum(cover / weight, 1.0), total * (WORDS / square**0.5)
    return total, cover, total > 0


def _meaning(
    columns: Columns, vector: np.ndarray, also: np.ndarray, near: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``meaning`` of the vectors that were compared (0 elsewhere), its sum over the neighbours, and the cosines (NaN
    where none is known). Those compared and their neighbours are added to the mask ``near``.
    """
    items = columns.items
    n = len(items)
    ids, values, scores = columns.vectors.cosines(vector, also)
    known, rows = items.find(ids)
    cosine, meaning, around = np.full(n, np.nan, np.float32), np.zeros(n, np.float32), np.zeros(n, np.float32)
    cosine[rows], meaning[rows] = values[known], scores[known]
    items.scatter(around, rows, MEANING_AROUND, meaning[rows])
    near[rows] = True
    near |= around != 0
    return meaning, around, cosine


def _asked(items: Items, words: np.ndarray, meaning: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """How well the turn before fits, where it ends by asking."""
    fits = items["asks"] * np.maximum(words + MEANING * meaning, 0)
    return items.gather(fits, {-1: 1.0}, rows)


def _in_time(items: Items, query: Query) -> np.ndarray:
    """A mask of what lies in the time that the query names."""
    named = query.when or span(query.text, query.now)
    if named is None:
        return np.zeros(len(items), bool)
    start, end = (t.timestamp() * 1e6 for t in named)
    return (items["at_us"] >= start) & (items["at_us"] < end)
