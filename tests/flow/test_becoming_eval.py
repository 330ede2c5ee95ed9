"""The eval of ninety days: a slice of it runs through the product, and its judge finds what is wrong with a statement."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evals import becoming
from someone.mind.moments import Entry, Felt, Forgotten, Heard, MomentId
from someone.views import StatementView


async def test_some_days_are_lived_through_the_turn_and_the_night():
    """Every night is slept without a failed step, both folds replay, nothing contradicts."""
    found = await becoming.run(becoming.read(becoming.DATA), 6, "none", show=False)
    assert found["nights"] == 6
    assert found["failed_steps"] == 0
    assert found["heard"] > 15
    assert found["replay"]
    assert found["bounded"]
    assert found["contradictions"] == 0


def entry(n, moment):
    return Entry(MomentId(n), becoming.FIRST + timedelta(hours=20 * n), moment)


def statement(text, *evidence):
    return StatementView(id=9, aspect="am", text=text, since=becoming.FIRST, evidence=evidence)


LIFE = (
    entry(1, Heard(text="Mara called, she laughed so much")),
    entry(2, Felt(feeling="happy for Theo", emotion="happy_for", intensity=0.6, cause=(MomentId(1),))),
    entry(3, Forgotten(was="Heard")),
)


@pytest.mark.parametrize(
    ("text", "evidence", "doubt"),
    [
        ("I am glad when you talk about Mara.", (1,), ""),
        ("I am glad when you talk about Ben.", (1,), "nowhere"),
        ("I fear what you tell of Mara.", (1,), "glad"),
        ("I am glad when you talk about Mara.", (1, 7), "missing"),
        ("I am glad when you talk about Mara.", (1, 3), "forgotten"),
    ],
)
def test_a_statement_is_held_against_the_journal(text, evidence, doubt):
    """A name, a feeling or a moment that is not there is found."""
    found = becoming.borne_out(statement(text, *evidence), LIFE, "Iris Theo")
    assert (doubt in found) if doubt else not found


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [
        ("I want more quiet evenings.", "I want fewer quiet evenings.", True),
        ("I am glad on Sundays.", "I am not glad on Sundays.", True),
        ("I am glad on Sundays.", "I am glad on Mondays.", False),
    ],
)
def test_opposites_are_found(one, other, opposite):
    """By a word and its opposite, or a "not", where all else is alike."""
    assert becoming.opposed(one, other) is opposite
