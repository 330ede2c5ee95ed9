"""Exact answers: the person's own words, turned to the second person and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.moments import BondId, MomentId
from someone.mind.quoting import best_sentence, exact, memory_line, second_person
from someone.mind.recall import Hit

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def hit(text, days=1):
    return Hit(BondId("b"), MomentId(1), NOW - timedelta(days=days), "person", text, 1.0)


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("My sister Mara lives in Oslo", "Your sister Mara lives in Oslo"),
        ("I'm allergic to nuts", "You're allergic to nuts"),
        ("i was born in 1962", "You were born in 1962"),
        ("Well, I am a nurse and my shift starts at 6", "You are a nurse and your shift starts at 6"),
        ("Mara gave me her bike, so it's mine now", "Mara gave you her bike, so it's yours now"),
        ("I’ve lived here since May", "You've lived here since May"),
        ("The doctor said I should rest myself", "The doctor said you should rest yourself"),
    ],
)
def test_pronouns_turn_and_everything_else_stands(said, turned):
    """Only I, me, my and their kin change; names, numbers and places stand as they were said."""
    assert second_person(said) == turned


@pytest.mark.parametrize("said", ["We moved to Leeds", 'He said "I love you"', "I told you about our garden"])
def test_what_can_t_be_turned_safely_is_not(said):
    """ "We" and "you" and reported speech would change their sense, so they are left to be quoted."""
    assert second_person(said) is None


@given(st.text(max_size=300))
def test_turning_never_touches_a_number(text):
    """Whatever is turned holds exactly the digits that were said, in their order."""
    turned = second_person(text)
    if turned is not None:
        assert re.findall(r"\d+", turned) == re.findall(r"\d+", text)


def test_the_sentence_that_answers_is_the_one_given_back():
    """Out of a longer memory the sentence that shares the question's words comes back, not the rest."""
    memory = "It rained all day. My sister Mara lives in Oslo. I had soup."
    assert best_sentence(memory, "Where does Mara live?") == "My sister Mara lives in Oslo."


def test_an_exact_answer_says_when_it_was_told():
    """The evidence is part of the answer."""
    assert exact(hit("My code is 4417"), "what's my code?", NOW) == "Your code is 4417. You told me yesterday."


def test_a_long_memory_is_shortened_at_a_word():
    """A story is quoted up to a word's end and marked as going on."""
    answer = exact(hit("we " + "walked and walked " * 40), "where did we walk?", NOW)
    assert answer.endswith("…”")
    assert len(answer) < 300


def test_the_memory_line_is_the_dialect_s():
    """The form that the embedded brain was trained on, to the letter."""
    assert (
        memory_line(hit("My sister lives in Oslo."), "Theo", NOW) == '(yesterday) Theo said: "My sister lives in Oslo."'
    )
