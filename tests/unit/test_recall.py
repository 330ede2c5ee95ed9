"""Weighing candidates, and telling what surely bears on a query: the labelled pairs that the thresholds stand on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.moments import BondId, Entry, Heard, MomentId, Said
from someone.mind.recall import (
    Candidate,
    Hit,
    Query,
    answers,
    certainty,
    content_words,
    embedded_part,
    fuse,
    hands_on,
    is_question,
    stem,
    sure,
)
from someone.testing.memory import FakeMemory

NOW = datetime(2026, 3, 18, 14, tzinfo=UTC)
BOND = BondId("theo")


def candidate(number: int, text: str = "hm", words: float = 1.0, **more: object) -> Candidate:
    given = {"at": NOW - timedelta(days=60), "speaker": "person"} | more
    return Candidate(bond=BOND, id=MomentId(number), text=text, words=words, **given)  # type: ignore[arg-type]


def order(text: str, *candidates: Candidate) -> list[int]:
    return [h.id for h in fuse(Query(text, NOW), candidates)]


def test_more_of_words_and_meaning_stands_first() -> None:
    """Each signal lifts its candidate; among equals the newer stands first."""
    assert order("x", candidate(1), candidate(2, words=2.0)) == [2, 1]
    assert order("x", candidate(1, meaning=1.0), candidate(2)) == [1, 2]
    assert order("x", candidate(1, around=1.0), candidate(2)) == [1, 2]
    assert order("x", candidate(1), candidate(2)) == [2, 1]


def test_who_spoke_counts() -> None:
    """The person's word stands before hers, a statement before a question, one named in the query before another."""
    assert order("x", candidate(1), candidate(2, speaker="her")) == [1, 2]
    assert order("x", candidate(1, "It rains."), candidate(2, "Does it rain?")) == [1, 2]
    assert order("what did Mara's dog eat", candidate(1, "Mara: a shoe"), candidate(2, "Theo: a shoe")) == [1, 2]


def test_time_counts() -> None:
    """What lies in the named time stands first, then what was told soon after it; else the newer, mildly."""
    inside = candidate(1, at=datetime(2025, 10, 10, tzinfo=UTC))
    after = candidate(2, at=datetime(2025, 11, 5, tzinfo=UTC))
    other = candidate(3, at=datetime(2026, 1, 5, tzinfo=UTC))
    assert order("what happened last October?", other, after, inside) == [1, 2, 3]
    assert order("what happened?", inside, other) == [3, 1]
    assert order("what happened?", candidate(1, words=1.5), candidate(2, at=NOW)) == [1, 2]


def test_what_a_turn_does_counts() -> None:
    """Who says more stands first; who passes the talk on, after; the answer to a question that fits, before."""
    long = "I took the old boat out past the lighthouse with my brother"
    assert order("x", candidate(1, long), candidate(2, "I took it")) == [1, 2]
    assert order("x", candidate(1, "The boat is out."), candidate(2, "The boat is out. Are you in?")) == [1, 2]
    assert order("x", candidate(1, asked=3.0), candidate(2)) == [1, 2]
    assert order("how many cats?", candidate(1, "I have two cats"), candidate(2, "I have big cats")) == [1, 2]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I moved. And you?", True),
        ('He asked "why?"', True),
        ("Look at this? [photo: a dog on a beach]", True),
        ("Why? Because I like it.", False),
        ("[why?]", False),
        ("", False),
    ],
)
def test_a_turn_that_hands_on(text: str, asks: bool) -> None:
    """It ends by asking; quotes and what is attached in brackets don't count."""
    assert hands_on(text) is asks


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("When did you move?", "I moved last spring", True),
        ("What year was that?", "In 2019", True),
        ("When did you move?", "I moved to Oslo", False),
        ("How many dogs does she have?", "She has three dogs", True),
        ("How old is he?", "He is quite old", False),
        ("Where do you live?", "I have lived here since 2019", False),
    ],
)
def test_the_kind_of_answer(question: str, text: str, holds: bool) -> None:
    """A time for "when", a number for "how many"; other questions have no kind that words tell."""
    assert answers(question, text) is holds


def said(text: str, score: float, cover: float = 0.5) -> Hit:
    return Hit(BOND, MomentId(1), NOW, "person", text, score, cover)


def test_certainty_falls_where_the_words_are_another_ones() -> None:
    """What is asked of Mara and stands in Theo's words is less sure than what stands in hers; more words, surer."""
    query = Query("what did Mara paint?", NOW)
    hers, his = said("Mara: I painted the sea", 5), said("Theo: I painted the sea", 5)
    low = (said("Mara: hello there", 1, 0.1), said("Theo: hello there", 1, 0.1))
    assert certainty(query, (hers, *low)) > certainty(query, (his, *low))
    assert certainty(query, (said("x", 1, 0.9),)) > certainty(query, (said("x", 1, 0.2),)) > certainty(query, ())


@given(st.lists(st.floats(-5, 5), max_size=30), st.integers(-1, 40))
def test_property_fuse_keeps_order_and_limit(words: list[float], limit: int) -> None:
    """At most ``limit`` hits, each once, scores never rising."""
    hits = fuse(Query("x", NOW, limit=limit), [candidate(i, words=w) for i, w in enumerate(words)])
    assert len(hits) == min(len(words), max(0, limit))
    assert all(a.score >= b.score for a, b in pairwise(hits))


def test_content_words() -> None:
    """Asking words fall away, each word comes once, kin come with their other names, long texts are cut to the rare."""
    assert content_words("What's my sister called, again?") == [("sister",)]
    assert content_words("Oslo OSLO oslo") == [("oslo",)]
    assert content_words("my mum")[0] == ("mum", "mama", "mom", "mommy", "mother", "mummy")
    assert content_words("breaking")[0] == ("breaking", "break", "broke", "broken")
    assert content_words("what is it that you said to me?") == []
    assert len(content_words(" ".join(f"word{i}" for i in range(99)))) == 12
    assert content_words('\0 " * ( ) AND') == []


def test_what_is_embedded_of_a_query() -> None:
    """A short text whole, a long one by its content words, never more than asked for, never a NUL."""
    assert embedded_part("What's my sister called?") == "What's my sister called?"
    assert len(embedded_part("well you know I was at the " * 20 + "aquarium").split()) <= 16
    assert "\0" not in embedded_part("a\0b")
    assert len(embedded_part("x" * 1_000_000)) <= 40


@pytest.mark.parametrize(("one", "other"), [("sisters", "sister"), ("walked", "walking"), ("stories", "story")])
def test_stems_meet(one: str, other: str) -> None:
    """Forms of a word meet in one stem."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What's my sister called?", True),
        ("what is my sister called", True),
        ("Do you know? Really?", True),
        ("My sister Mara is here. Do you mind?", False),
        ("My sister lives in Oslo.", False),
        ("I asked her what she wants.", False),
        ("", False),
        ("...", False),
    ],
)
def test_questions_are_told_from_statements(text: str, asks: bool) -> None:
    """Only a text that does nothing but ask is a question."""
    assert is_question(text) is asks


# What she has been told, and what is asked: the index of the one memory that surely answers, or None. The first block
# of questions is answered, the second is about something or someone else.
TOLD = (
    "My sister Mara lives in Oslo with her two cats.",
    "My mother is seventy and still swims every morning.",
    "I'm allergic to peanuts, so I always read labels.",
    "My boss Henrik moved the deadline to Friday.",
    "We named the dog Biscuit because of her colour.",
    "I play the cello in a small orchestra on Thursdays.",
    "My grandpa built boats in Bergen.",
    "I broke my wrist skiing when I was twelve.",
    "Priya is getting married in September.",
    "I quit smoking two years ago.",
    "My favourite soup is my dad's leek soup.",
    "The landlord wants to raise the rent.",
    "I'm learning Portuguese for our trip to Lisbon.",
    "My son Jonas starts school in August.",
    "I have a job interview at the museum on Tuesday.",
    "My car broke down on the motorway.",
    "My wife Elena is a nurse at the children's hospital.",
    "I grew up on a farm near Turku.",
    "I paint watercolours on Sunday mornings.",
    "My neighbour Agnes brings me plums every autumn.",
)
ASKED: tuple[tuple[str, int | None], ...] = (
    ("what's my sister called?", 0),
    ("where does my sister live?", 0),
    ("how old is my mom?", 1),
    ("does my mum still swim?", 1),
    ("what am I allergic to?", 2),
    ("who is my boss?", 3),
    ("what's the dog's name?", 4),
    ("what is my dog called", 4),
    ("which instrument do I play in the orchestra?", 5),
    ("what did my grandfather build?", 6),
    ("how did I break my wrist?", 7),
    ("when is Priya getting married?", 8),
    ("when did I quit smoking?", 9),
    ("what's my favourite soup?", 10),
    ("what does the landlord want?", 11),
    ("why am I learning Portuguese?", 12),
    ("what is my son's name?", 13),
    ("when is my interview at the museum?", 14),
    ("where did my car break down?", 15),
    ("what's my wife's name?", 16),
    ("where did I grow up?", 17),
    ("when do I paint?", 18),
    ("what does my neighbor Agnes bring?", 19),
    ("what's my brother called?", None),
    ("where does my cousin live?", None),
    ("how old is my uncle?", None),
    ("how old is my father?", 10),  # no answer, yet about him: it may be mentioned
    ("what's my daughter's name?", None),
    ("who is my dentist?", None),
    ("what's my favourite colour of all?", None),
    ("what's the hamster's name?", None),
    ("when is Sofia getting married?", None),
    ("which instrument does my aunt play?", None),
    ("what did my uncle build?", None),
    ("why am I learning Japanese?", None),
    ("how did I break my ankle?", None),
    ("when did I quit drinking?", None),
    ("when is my appointment at the clinic?", None),
    ("what's my husband's name?", None),
    ("what does my neighbour Karl bring?", None),
    ("what does my brother's dog eat?", None),
    ("tell me about the solar eclipse", None),
    ("how are you today?", None),
    ("I feel a bit tired", None),
    ("what's the capital of Peru?", None),
    ("did Henrik's daughter graduate?", None),
    ("hello", None),
    ("", None),
)


@pytest.mark.parametrize(("asked", "answer"), ASKED, ids=[a[0] or "nothing" for a in ASKED])
async def test_the_labelled_pairs(asked: str, answer: int | None) -> None:
    """By words alone: the first sure hit is the memory that answers, and where none does there is no sure hit."""
    memory = FakeMemory(BOND)
    for number, text in enumerate(TOLD):
        await memory.index(Entry(MomentId(number + 1), NOW - timedelta(days=number), Heard(text=text)))
    query = Query(asked, NOW)
    found = sure(query, await memory.recall(query))
    assert [h.id - 1 for h in found][:1] == ([] if answer is None else [answer])


async def test_her_words_and_questions_are_never_evidence() -> None:
    """What she said, and the person's own question, are never sure, however well they fit."""
    memory = FakeMemory(BOND)
    await memory.index(Entry(MomentId(1), NOW, Said(text="Your sister Mara lives in Oslo.")))
    await memory.index(Entry(MomentId(2), NOW, Heard(text="what's my sister called?")))
    query = Query("what's my sister called?", NOW)
    hits = await memory.recall(query)
    assert len(hits) == 2
    assert sure(query, hits) == ()


def test_meaning_helps_a_partial_cover_but_not_alone() -> None:
    """A high cosine carries a hit that shares some rare words, never one that shares none."""

    def hit(cover: float, cosine: float | None) -> Hit:
        return Hit(BOND, MomentId(1), NOW, "person", "We moved to the coast.", 3.0, cover, cosine)

    query = Query("how is the new flat by the coast?", NOW)
    assert sure(query, [hit(0.45, 0.9)])
    assert not sure(query, [hit(0.45, 0.78)])
    assert not sure(query, [hit(0.45, None)])
    assert not sure(query, [hit(0.0, 0.95)])
    assert sure(query, [hit(0.7, None)])


def test_at_most_two_are_sure() -> None:
    """A small brain is never handed more than two memories, the best first."""
    hits = [Hit(BOND, MomentId(i), NOW, "person", "The coast is windy.", 9.0 - i, 1.0) for i in range(5)]
    assert [h.id for h in sure(Query("coast", NOW), hits)] == [0, 1]
