"""Asking in one's own way: the clause that asks, whom it means, and which memory answers it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.asking import asked, owes_answer
from someone.mind.finding import found
from someone.mind.moments import BondId, MomentId
from someone.mind.recall import Hit

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def told(*texts: str) -> list[Hit]:
    """These memories, the last of them the newest."""
    return [
        Hit(BondId("b"), MomentId(n + 1), NOW - timedelta(days=len(texts) - n), "person", text, 0.0, 0.0, None, "")
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("do you remember where my brother lives", "where my brother lives"),
        ("i can't remember when her appointment is", "when her appointment is"),
        ("what did I study, do you know?", "what did I study"),
        ("my ex called today. you know her name?", "her name"),
        ("people in the park ask where nala comes from", "where nala comes from"),
    ],
)
def test_the_asking_clause_is_taken_out_of_what_stands_around_it(said: str, clause: str) -> None:
    """However a question is wrapped, the same words ask."""
    a = asked(said)
    assert a is not None
    assert a.clause == clause


@pytest.mark.parametrize("said", ["i feel so alone", "I had a nice walk", "thanks for listening", "we won!"])
def test_a_statement_asks_for_nothing(said: str) -> None:
    """Small talk is no request for a memory."""
    assert asked(said) is None


@pytest.mark.parametrize("said", ["do you know any good jokes?", "how do I tell my sister?", "should I quit my job"])
def test_no_answer_from_memory_is_owed_for_advice_or_the_world(said: str) -> None:
    """ "You haven't told me" would be odd where nothing of the person's past is asked for."""
    a = asked(said)
    assert a is None or not owes_answer(a)


def test_a_pronoun_means_who_was_spoken_of_last() -> None:
    """ "His name" after talk of the boss asks for the boss's name, and another's is no answer."""
    a = asked("you know his name?", ("my boss is annoying", "What did he do?"))
    assert a is not None
    hits = told("My boss at the café is called Ottavio.", "My uncle is called Bo.")
    assert found(a, hits) is hits[0]


def test_a_follow_up_asks_the_same_of_somebody_else() -> None:
    """ "And my sister?" repeats the question before."""
    a = asked("and my sister?", ("what does my brother do?", "Your brother is a beekeeper."))
    assert a is not None
    hits = told("My brother Anton is a beekeeper.", "My sister Vera is a judge.")
    assert a.about == {"sister"}
    assert found(a, hits[:1]) is None


@pytest.mark.parametrize(
    ("said", "memory"),
    [
        ("where did i park the car", "I parked the bike behind the station."),
        ("when's my sister's birthday", "My brother's birthday is on the 8th of May."),
        ("when did I buy my drill?", "I lent my drill to Farid."),
        ("how much did i pay for the fridge", "I paid 900 for the sofa."),
        ("what's my dog called", "My cat is called Plum."),
    ],
)
def test_a_near_miss_is_no_answer(said: str, memory: str) -> None:
    """Another thing, person or deed is not what was asked for."""
    a = asked(said)
    assert a is not None
    assert found(a, told(memory)) is None


@pytest.mark.parametrize(
    ("said", "memory"),
    [
        ("what's the physio called again", "My physio is called Bram and he is very strict."),
        ("did I tell you who I live with", "My roommate is called Ji-woo."),
        ("fav colour of me?", "My favourite colour is dark red."),
        ("wifi pasword pls", "My wifi password is maple77tree."),
        ("library says I still have the book. when did I give it back??", "I gave the book back to the library."),
    ],
)
def test_free_phrasing_finds_its_memory(said: str, memory: str) -> None:
    """Other words, slips, no question mark: the memory is found."""
    a = asked(said)
    assert a is not None
    hits = told(memory, "I like the window seat.")
    assert found(a, hits) is hits[0]


def test_a_newer_word_of_the_same_thing_holds() -> None:
    """What was said to be different now replaces what fits the question better."""
    a = asked("so where are we going in june")
    assert a is not None
    hits = told("We are going to Malta in June.", "Malta was too expensive. We go to Slovenia.")
    assert found(a, hits) is hits[1]


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_read_without_a_fault(text: str, before: list[str]) -> None:
    """No input breaks the reading or the finding."""
    a = asked(text, before)
    if a is not None:
        found(a, told(*before))
        owes_answer(a)
