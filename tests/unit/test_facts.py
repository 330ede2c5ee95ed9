"""Lasting statements, found by rule: few and right rather than many and wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.facts import LINES, read, score
from someone.mind.facts import lasting


@pytest.mark.parametrize(
    "said",
    [
        "My sister Mara lives in Oslo.",
        "well, my boss is called Henrik",
        "I'm allergic to shellfish",
        "I live in Leeds",
        "I have two kids",
        "My birthday is on the 4th of May",
        "Mara is my sister",
        "i’m a nurse",
    ],
)
def test_what_lasts_is_held(said):
    """Plain statements about the person's life and people are held in the person's words."""
    assert lasting(said)


@pytest.mark.parametrize(
    "said",
    [
        "what's my sister called?",
        'my sister said "I live in Oslo"',
        "if I lived in Oslo I'd be happy",
        "I wish my dad was here",
        "I'm tired",
        "hello",
        "maybe my boss is leaving",
        "I have to go",
    ],
)
def test_what_does_not_last_is_not(said):
    """Questions, wishes, quotes, moods and small talk are nobody's facts."""
    assert not lasting(said)


def test_pasted_text_holds_no_facts():
    """A long text with many sentences was pasted, not said of oneself."""
    assert lasting("I live in Leeds. " * 40) == ()


@given(st.text(max_size=500))
def test_any_text_is_survived(text):
    """Every statement found is a piece of what was said."""
    for statement in lasting(text):
        assert statement in text


@pytest.mark.parametrize(("is_one", "line"), read(LINES / "dev.txt"))
def test_the_labelled_lines(is_one, line):
    """Many kinds of speakers: what lasts is found, small talk, wishes, jokes, quotes and pasted text are not."""
    assert bool(lasting(line)) == is_one


def test_lines_that_no_rule_was_tuned_on():
    """On lines that were kept apart, hardly anything wrong is held, and most of what lasts."""
    scored = score(read(LINES / "apart.txt"))
    assert scored["precision"] >= 0.95
    assert scored["recall"] >= 0.85


@pytest.mark.parametrize(
    "pasted",
    [
        "> I live in Berlin\n> I work as a chef",
        "From: Anna\nSubject: hello\nI live in Berlin and I have two kids.",
        "Dear Sir or Madam, I am a widow from Lagos.",
        "see https://example.org. I live in Berlin.",
        "[12:30] Anna: hi\nI live in Berlin.",
        "- I live in Berlin\n- I work as a chef\n- I have two kids",
        "I live in Berlin. just kidding",
    ],
)
def test_what_was_pasted_or_joked_is_nobodys_fact(pasted):
    """Mail, quotes, lists, links and jokes hold no facts about the person, whatever stands in them."""
    assert lasting(pasted) == ()


def test_two_statements_in_one_sentence_are_two():
    """Each is kept alone, in the person's words; what depends on an "if" stays out whole."""
    assert lasting("my wife is called Ana and we live in Porto") == ("my wife is called Ana", "we live in Porto")
    assert lasting("if my wife agrees, we live in Porto and I work as a chef") == ()


def test_what_is_said_of_someone_known_counts():
    """A known name, or "she" after a statement about someone; a stranger's name does not."""
    assert lasting("Mara moved to Bergen.", {"mara"})
    assert not lasting("Napoleon moved to Elba.", {"mara"})
    assert lasting("My sister is a vet. She lives in Oslo.") == ("My sister is a vet.", "She lives in Oslo.")
    assert not lasting("She lives in Oslo.")
