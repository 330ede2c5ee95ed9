"""How well each moment fits a query, by words and by meaning, before any text is read. What a word or a near vector
touches is computed, and little over whole columns: it has to be quick in a store of a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from someone.mind.recall import AROUND, ASKED, IN_TIME, MEANING, MEANING_AROUND, MEANING_NEAR
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
    words, cover, touched = _words(items, found)
    meaning = around = np.zeros(n, np.float32)
    cosine = np.full(n, np.nan, np.float32)
    if vector is not None and len(columns.vectors):
        by_words = items["ids"][touched[_top(words[touched], most)]]
        meaning, around, cosine, near = _meaning(columns, vector, by_words)
        touched = np.union1d(touched, near)
    touched = _timely(items, query, touched)
    if query.before is not None:
        touched = touched[items["ids"][touched] < query.before]
    asked = _asked(items, words, meaning, touched)
    score = words[touched] + MEANING * meaning[touched] + MEANING_NEAR * around[touched] + ASKED * asked
    score += items["prior"][touched] + _time(items, query, touched)
    best = _top(score, most)
    rows = touched[best]
    known = [None if np.isnan(c) else c for c in cosine[rows].tolist()]
    kept = (words[rows], meaning[rows], around[rows], asked[best], cover[rows])
    return dict(zip(items["ids"][rows].tolist(), zip(*(k.tolist() for k in kept), known, strict=True), strict=True))


def _top(score: np.ndarray, most: int) -> np.ndarray:
    return np.argpartition(-score, most)[:most] if len(score) > most else np.arange(len(score))


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() or 1.0)


def _words(items: Items, found: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """BM25 over each moment and its neighbours (z), the idf-weighted share of the words in the moment itself, and the
    rows of the moments that have a word at all, their own or a neighbour's.
    """
    n = len(items)
    total, cover, often = np.zeros(n, np.float32), np.zeros(n, np.float32), np.zeros(n, np.float32)
    weight = 0.0
    for ids in found:
        rows = items.rows_of(ids)
        idf = float(np.log(1 + (n - len(rows) + 0.5) / (len(rows) + 0.5)))
        weight += idf
        if not len(rows):
            continue
        cover[rows] += idf
        items.scatter(often, rows, AROUND, np.ones(len(rows), np.float32))
        there = np.flatnonzero(often)
        some, length = often[there], items["around"][there] / items.mean_length
        total[there] += idf * some * (K1 + 1) / (some + K1 * (1 - B + B * length))
        often[there] = 0
    if weight:
        cover = np.minimum(cover / weight, 1.0)
    return _standard(total), cover, np.flatnonzero(total)


def _meaning(
    columns: Columns, vector: np.ndarray, also: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """``meaning`` of the vectors that were compared (0 elsewhere), its sum over the neighbours as z, the cosines (NaN
    where none is known), and the rows of those compared and of their neighbours.
    """
    items = columns.items
    n = len(items)
    ids, values, scores = columns.vectors.cosines(vector, also)
    known = np.isin(ids, items["ids"], assume_unique=True)
    rows = items.rows_of(ids)
    cosine, meaning, around = np.full(n, np.nan, np.float32), np.zeros(n, np.float32), np.zeros(n, np.float32)
    cosine[rows], meaning[rows] = values[known], scores[known]
    items.scatter(around, rows, MEANING_AROUND, meaning[rows])
    near = around != 0
    near[rows] = True
    return meaning, _standard(around), cosine, np.flatnonzero(near)


def _asked(items: Items, words: np.ndarray, meaning: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """How well the turn before fits, where it ends by asking."""
    fits = items["asks"] * np.maximum(words + MEANING * meaning, 0)
    return items.gather(fits, {-1: 1.0}, rows)


def _timely(items: Items, query: Query, rows: np.ndarray) -> np.ndarray:
    """``rows``, with those that lie in the time that the query names."""
    named = span(query.text, query.now)
    if named is None:
        return rows
    start, end = (t.timestamp() * 1e6 for t in named)
    return np.union1d(rows, np.flatnonzero((items["at_us"] >= start) & (items["at_us"] < end)))


def _time(items: Items, query: Query, rows: np.ndarray) -> np.ndarray | float:
    """A first lift for what lies in the time that the query names, so that it is among those weighed in full."""
    named = span(query.text, query.now)
    if named is None:
        return 0.0
    start, end = (t.timestamp() * 1e6 for t in named)
    return IN_TIME * ((items["at_us"][rows] >= start) & (items["at_us"][rows] < end))
