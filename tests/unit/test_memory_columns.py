"""The index's columns: growing them piece by piece gives what building them at once gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.memory.columns import Items, Vectors, pack
from someone.mind.recall import AROUND

MINUTE = 60_000_000

moments = st.lists(
    st.tuples(st.integers(0, 600), st.integers(0, 1), st.integers(0, 60), st.integers(0, 1)), min_size=1, max_size=30
)
"""(minutes, speaker, words, asks) of moments."""


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def rows_of(made: list[tuple[int, int, int, int]], order: list[int]) -> np.ndarray:
    rows = [(n + 1, i + 1, made[i][0] * MINUTE, *made[i][1:]) for n, i in enumerate(order)]
    return np.array(rows, np.int64)


@given(moments, st.data())
def test_property_items_grow_in_any_order(made: list[tuple[int, int, int, int]], data: st.DataObject) -> None:
    """In any order, in any pieces, with some forgotten between: the columns are those of one build in order of id."""
    order = data.draw(st.permutations(range(len(made))))
    cut = data.draw(st.integers(0, len(made)))
    gone = data.draw(st.sets(st.sampled_from(order)))
    rows, grown, built = rows_of(made, order), Items(), Items()
    for piece in (rows[:cut], rows[cut:]):
        if len(piece):
            grown.take(piece)
    grown.leave(np.array(sorted(gone), np.int64) + 1)
    kept = [i for i in range(len(made)) if i not in gone]
    if not kept:
        assert len(grown) == 0
        return
    built.take(rows_of(made, kept))
    for name in ("ids", "at_us", "speaker", "words", "asks", "around", "prior"):
        assert grown[name].tolist() == pytest.approx(built[name].tolist()), name
    assert np.diff(grown["place"]).tolist() == np.diff(built["place"]).tolist()
    assert grown.mean_length == pytest.approx(built.mean_length)


@given(moments, st.data())
def test_property_gather_and_scatter_agree(made: list[tuple[int, int, int, int]], data: st.DataObject) -> None:
    """What each turn gathers from around it is what the others scatter to it, and none crosses a long silence."""
    items = Items()
    items.take(rows_of(made, list(range(len(made)))))
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, len(made) - 1)))), np.int64)
    values = np.zeros(len(items), np.float32)
    values[rows] = np.arange(1, len(rows) + 1)
    scattered = np.zeros(len(items), np.float32)
    items.scatter(scattered, rows, AROUND, values[rows])
    assert scattered == pytest.approx(items.gather(values, AROUND, np.arange(len(items))))
    times = items["at_us"]
    talks = np.cumsum(np.abs(np.diff(times, prepend=times[:1])) > 60 * MINUTE)
    for talk in set(talks):
        alone = np.where(talks == talk, values, 0)
        assert items.gather(values, AROUND, np.flatnonzero(talks == talk)) == pytest.approx(
            items.gather(alone, AROUND, np.flatnonzero(talks == talk))
        )


def test_an_older_past_that_comes_later_is_no_neighbour() -> None:
    """What is brought from years ago stands after today's talk in the journal, and is not taken for its next turn."""
    items = Items()
    items.take(rows_of([(500_000, 1, 3, 0), (100, 1, 5, 0), (101, 1, 7, 0)], [0, 1, 2]))
    ones = np.ones(3, np.float32)
    assert items.gather(ones, {1: 1.0}, np.arange(3)).tolist() == [0, 1, 0]


def leaning(count: int, seed: int = 3, dim: int = 64) -> np.ndarray:
    """Unit vectors that all lean one way, as an embedder's do."""
    made = np.random.default_rng(seed).standard_normal((count, dim)) / np.sqrt(dim) + 1.5 * np.eye(dim)[0]
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def taken(vectors: np.ndarray, exact: int, pieces: int = 1) -> Vectors:
    table = Vectors(vectors.shape[1], exact)
    numbers = np.arange(1, len(vectors) + 1)
    for some in np.array_split(np.arange(len(vectors)), pieces):
        table.take(np.stack([numbers[some], numbers[some]], axis=1), [pack(v) for v in vectors[some]])
    return table


def test_meaning_is_the_cosine_about_the_mean() -> None:
    """The scores order as cosines do once the mean is taken off, and the cosines that come with them are the plain ones."""
    vectors, query = leaning(400), leaning(1, seed=9)[0]
    ids, cosine, meaning = taken(vectors, 1000).cosines(query, np.empty(0, np.int64))
    assert ids.tolist() == list(range(1, 401))
    assert cosine == pytest.approx(vectors @ query, abs=0.02)
    mean = vectors.mean(axis=0)
    about = (vectors - mean) @ (query - mean) / np.linalg.norm(vectors - mean, axis=1)
    assert np.corrcoef(meaning, about)[0, 1] > 0.99
    assert (meaning.mean(), meaning.std()) == pytest.approx((0, 1), abs=0.001)


@pytest.mark.parametrize("pieces", [1, 2, 40])
def test_beyond_the_exact_size_the_nearest_are_among_those_compared(pieces: int) -> None:
    """However the vectors came, the nearest are found by their bits; those asked for besides are compared too."""
    vectors = leaning(400)
    table = taken(vectors, 300, pieces)
    for row in (0, 150, 299, 300, 399):
        ids, cosine, meaning = table.cosines(vectors[row], np.array([7]))
        assert ids[np.argmax(meaning)] == row + 1
        assert cosine[np.argmax(meaning)] == pytest.approx(1, abs=0.02)
        assert 7 in ids
        assert len(ids) <= 31
    table.leave(np.array([151]))
    assert 151 not in table.cosines(vectors[150], np.array([151]))[0]


@given(st.permutations(range(12)), st.lists(st.integers(0, 12), max_size=4), st.sets(st.integers(1, 12)))
def test_property_asking_between_changes_no_answer(order: list[int], asked: list[int], gone: set[int]) -> None:
    """Vectors that come in any order and pieces, with questions between and some forgotten: the cosines are their own."""
    made = unit(np.random.default_rng(3).standard_normal((12, 16)).astype(np.float32))
    vectors, query = Vectors(16, 100), made[0]
    cuts = sorted({0, 12, *asked})
    for piece in (order[a:b] for a, b in pairwise(cuts)):
        vectors.take(np.array([(n + 1, i + 1) for n, i in enumerate(piece)], np.int64), [pack(made[i]) for i in piece])
        vectors.cosines(query, np.empty(0, np.int64))
    vectors.leave(np.array(sorted(gone), np.int64))
    kept = [i for i in range(12) if i + 1 not in gone]
    if not kept:
        return
    ids, cosines, _ = vectors.cosines(query, np.empty(0, np.int64))
    assert ids.tolist() == [i + 1 for i in kept]
    assert cosines == pytest.approx(made[kept] @ query, abs=0.02)


def test_one_vector_is_no_error() -> None:
    """The first vector of a store has nothing to stand out from."""
    one = leaning(1)
    ids, _, meaning = taken(one, 10).cosines(one[0], np.empty(0, np.int64))
    assert (ids.tolist(), meaning.tolist()) == ([1], [0])
