"""A small model's inventions are caught; what it was given may be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.grounding import details, grounded

CONTEXT = (
    "You are Iris, Theo's companion, an AI.",
    'I remember: (last Tuesday) Theo said: "My sister Mara has 3 cats."',
)


@pytest.mark.parametrize(
    "sentence",
    ["Your sister Mara has 3 cats.", "That sounds hard, Theo.", "What happened?", "I'm glad.", "Was it on Tuesday?"],
)
def test_what_stands_in_the_context_may_be_said(sentence):
    """Names, numbers, days and kin of the context, and sentences without any."""
    assert grounded(sentence, CONTEXT, remembers=True)


@pytest.mark.parametrize(
    "sentence",
    ["Your brother called.", "She lives in Oslo.", "It was on Friday.", "You have 4 cats.", "Say hello to Bernadette."],
)
def test_what_stands_nowhere_may_not(sentence):
    """An invented person, place, day or number is a fault, however well it reads."""
    assert not grounded(sentence, CONTEXT, remembers=True)


def test_you_told_me_needs_a_memory():
    """Without a memory she can't say that something was told."""
    assert not grounded("You told me it's lovely.", CONTEXT, remembers=False)
    assert grounded("You told me it's lovely.", CONTEXT, remembers=True)


@given(st.text(max_size=200))
def test_a_sentence_is_grounded_in_itself(text):
    """Every detail of a text stands in that text."""
    assert grounded(text, [text], remembers=True), details(text)
