"""Which memory answers a question, by the kind of thing that is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.fitting_memory import answering, asking, bearing
from someone.mind.moments import BondId, MomentId
from someone.mind.recall import Hit

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def hits(*texts, speaker="person"):
    return [
        Hit(BondId("b"), MomentId(i), NOW - timedelta(days=30 - i), speaker, text, 1.0)
        for i, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("memory", "question"),
    [
        ("I play the cello on Thursdays.", "which instrument do I play?"),
        ("I work as a nurse on the night shift.", "what's my job?"),
        ("I paid 80 euros for the concert tickets.", "how much did I pay for the concert tickets?"),
        ("I want to learn Portuguese this winter.", "what language did I want to learn"),
        ("My uncle Bertil was a lighthouse keeper.", "what was my uncle's job?"),
        ("My daughter Nora started school in September.", "when did nora start school"),
        ("My goddaughter Jess turns seven on Saturday.", "How old is Jess turning?"),
        ("I owe Petra forty euros.", "how much do I owe Petra?"),
        ("My favourite colour is dark green.", "whats my favourite color"),
        ("I've been learning the accordion since March.", "how long have I been learning the accordion?"),
        ("I'm 34.", "how old am I?"),
        ("I run every Sunday by the canal.", "where do I run on Sundays?"),
    ],
)
def test_the_kind_finds_its_memory(memory, question):
    """The word for the kind need not stand in the answer."""
    assert answering(question, hits("I had soup.", memory)) is not None


@pytest.mark.parametrize(
    ("memory", "question"),
    [
        ("My sister Mara lives in Oslo.", "where does my brother live?"),
        ("My sister Mara lives in Oslo.", "how old is Mara?"),
        ("My exam is on Monday.", "when is my wedding?"),
        ("I have two cats.", "how old are my cats?"),
        ("My car is red.", "what colour is my front door?"),
        ("My mother works in a bank.", "what's my job?"),
        ("I lent my drill to Farid.", "when did I buy my drill?"),
        ("Where do I run on Sundays?", "where do I run on Sundays?"),
        ("My daughter Nora started school in September.", "when did I start school?"),
        ("My mother's birthday is on the 3rd of May.", "when is my birthday?"),
        ("I'm 34.", "how old is he?"),
        ("I pay 700 for the flat.", "how much do I pay for the gym?"),
    ],
)
def test_what_only_lies_near_is_no_answer(memory, question):
    """Another person, another thing, another kind of answer, or a mere question: then she doesn't know."""
    assert answering(question, hits(memory)) is None


def test_the_newer_of_two_holds():
    """Of two that fit alike, the one told last is the answer; what she said herself is none."""
    found = answering("where do I work?", hits("I work in a hotel.", "I work in a bakery now."))
    assert found is not None
    assert "bakery" in found.text
    assert answering("where do I work?", hits("You work in a hotel.", speaker="her")) is None


@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=4))
def test_no_text_breaks_it(question, texts):
    """Whatever is asked and remembered, it is one of the hits or none."""
    there = hits(*texts)
    assert answering(question, there) in (None, *there)


def test_the_clause_that_asks_is_found():
    """What stands around a question is not looked for."""
    assert asking("booking a train now. what seat do i like") == "what seat do i like"
    assert asking("which wrist did i break last winter? the form is asking me") == "which wrist did i break last winter"
    assert asking("it rains") == "it rains"


def test_most_of_a_question_finds_its_memory_and_half_of_it_does_not():
    """Words that say little ("favourite") do not make a memory bear on a question; another person never does."""
    assert bearing("what seat do I like", hits("I like a window seat on trains.")) is not None
    assert bearing("what is my favourite film", hits("My favourite soup is lentil.")) is None
    assert bearing("where did my brother study", hits("My sister studied in Graz.")) is None
    assert bearing("who visited my aunt", hits("My aunt was visited by nobody.")) is None
    assert bearing("what is in Paris", hits("I was in Paris in May."), least=2) is None
