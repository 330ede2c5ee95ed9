"""How well each moment fits a query, by words and by meaning: whole columns at a time, before any text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from someone.memory.columns import spread
from someone.mind.recall import AROUND, IN_TIME, MEANING, MEANING_AROUND, MEANING_NEAR
from someone.mind.times import span

if TYPE_CHECKING:
    from someone.memory.columns import Columns, Items
    from someone.mind.recall import Query

K1, B = 1.2, 0.4
"""BM25 (Robertson & Zaragoza 2009): the usual k1; a low b, as turns are short and of like length. Flat on LoCoMo 1-5
between 0.2 and 0.75."""

Measures = tuple[float, float, float, float, float | None]
"""``words, meaning, around, cover, cosine`` of a :class:`someone.mind.recall.Candidate`."""


def measure(
    columns: Columns, query: Query, found: list[np.ndarray], vector: np.ndarray | None, most: int
) -> dict[int, Measures]:
    """The ``most`` best moments by id. ``found``: for each content word, the ids where it stands (ascending)."""
    items = columns.items
    n = len(items.ids)
    if n == 0:
        return {}
    words, cover = _words(items, found)
    score = words.copy()
    zeros = np.zeros(n, np.float32)
    meaning, around, cosine = zeros, zeros, None
    if vector is not None and len(columns.vectors.ids):
        by_words = items.ids[_top(words, most)]
        meaning, around, cosine = _meaning(columns, vector, by_words)
        score += MEANING * meaning + MEANING_NEAR * around
    score += _time(items, query)
    allowed = cover > 0 if cosine is None else np.ones(n, bool)
    if cosine is None:
        allowed |= words > 0
    if query.before is not None:
        allowed &= items.ids < query.before
    score[~allowed] = -np.inf
    best = _top(score, most)
    best = best[score[best] > -np.inf]
    known: list[float | None] = [None] * len(best)
    if cosine is not None:
        known = [None if np.isnan(c) else c for c in cosine[best].tolist()]
    kept = (words[best].tolist(), meaning[best].tolist(), around[best].tolist(), cover[best].tolist(), known)
    return dict(zip(items.ids[best].tolist(), zip(*kept, strict=True), strict=True))


def _top(score: np.ndarray, most: int) -> np.ndarray:
    return np.argpartition(-score, most)[:most] if len(score) > most else np.arange(len(score))


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / (values.std() or 1.0)


def _words(items: Items, found: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """BM25 over each moment and its neighbours (z), and the idf-weighted share of the words in the moment itself."""
    n = len(items.ids)
    total = np.zeros(n, np.float32)
    cover = np.zeros(n, np.float32)
    weight = 0.0
    for ids in found:
        rows = items.rows_of(ids)
        idf = float(np.log(1 + (n - len(rows) + 0.5) / (len(rows) + 0.5)))
        weight += idf
        if not len(rows):
            continue
        cover[rows] += idf
        line = np.zeros(items.line, np.float32)
        line[items.place[rows]] = 1
        often = spread(line, AROUND)[items.place]
        there = np.flatnonzero(often)
        some = often[there]
        total[there] += idf * some * (K1 + 1) / (some + K1 * (1 - B + B * items.length[there]))
    return _standard(total), np.minimum(cover / weight, 1.0) if weight else cover


def _meaning(columns: Columns, vector: np.ndarray, also: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cosines as z, their sum over the neighbours as z, and as they are (NaN where none is known)."""
    items = columns.items
    ids, values, mean, deviation = columns.vectors.cosines(vector, also)
    order = np.argsort(ids, kind="stable")
    ids, values = ids[order], values[order]
    known = np.isin(ids, items.ids, assume_unique=True)
    rows = items.rows_of(ids[known])
    cosine = np.full(len(items.ids), np.nan, np.float32)
    cosine[rows] = values[known]
    meaning = np.zeros(len(items.ids), np.float32)
    meaning[rows] = (values[known] - mean) / deviation
    line = np.zeros(items.line, np.float32)
    line[items.place] = meaning
    return meaning, _standard(spread(line, MEANING_AROUND)[items.place]), cosine


def _time(items: Items, query: Query) -> np.ndarray | float:
    """A first lift for what lies in the time that the query names, so that it is among those weighed in full."""
    named = span(query.text, query.now)
    if named is None:
        return 0.0
    start, end = (t.timestamp() * 1e6 for t in named)
    return IN_TIME * ((items.at_us >= start) & (items.at_us < end))
