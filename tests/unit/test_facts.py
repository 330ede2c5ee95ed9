"""Lasting statements, found by rule: few and right rather than many and wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
