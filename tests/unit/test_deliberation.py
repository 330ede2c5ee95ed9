"""The dialect, exactly as the embedded brain was trained on it, and a prefix that stays cached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from someone.mind.bond import Bond, SpokenLine
from someone.mind.deliberation import WINDOW, large_prompt, note, persona, small_prompt, window
from someone.mind.moments import BondId, MomentId
from someone.mind.recall import Hit
from someone.mind.selfhood import Self

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
ME = Self(name="Iris", reason="It is short.")


def spoken(n):
    return tuple(
        SpokenLine(role="user" if i % 2 == 0 else "assistant", text=f"line {i}", id=MomentId(i)) for i in range(n)
    )


def hits(n):
    return [Hit(BondId("b"), MomentId(i), NOW - timedelta(days=i + 1), "person", f"fact {i}", 1.0) for i in range(n)]


def test_the_small_prompt_is_the_dialect_to_the_letter():
    """Persona, earlier lines, the note right before what was said, and the words last."""
    bond = Bond(called="Theo", talk=spoken(2), talk_lines=2)
    prompt = small_prompt(ME, bond, "hello", "calm", hits(1), NOW)
    assert [(line.role, line.text) for line in prompt.lines] == [
        ("system", "You are Iris, Theo's companion, an AI. Short, kind, true."),
        ("user", "line 0"),
        ("assistant", "line 1"),
        ("system", 'I feel calm.\nI remember: (yesterday) Theo said: "fact 0"'),
        ("user", "hello"),
    ]


def test_without_a_known_person_she_is_a_companion():
    """The first line reads "a companion" when nobody said what to call them."""
    assert persona("Iris", "") == "You are Iris, a companion, an AI. Short, kind, true."
    assert note("calm", []) == "I feel calm."


def test_the_small_brain_gets_at_most_two_memories_and_the_large_at_most_eight():
    """The mind decides what is handed over; a tiny model can't judge."""
    bond = Bond(called="Theo")
    small = small_prompt(ME, bond, "hi", "calm", hits(9), NOW).lines[-2].text
    large = large_prompt(ME, bond, "hi", "calm", hits(9), NOW).lines[-2].text
    assert small.count("I remember:") == 2
    assert large.count("I remember:") == 8


@given(st.integers(0, 200))
def test_the_window_moves_in_steps(total):
    """Its start is a multiple of WINDOW, it holds under two windows, and it always ends with the newest line."""
    shown = window(spoken(total), total)
    assert len(shown) < 2 * WINDOW
    if total:
        assert shown[-1].text == f"line {total - 1}"
        assert shown[0].id % WINDOW == 0
    if total >= WINDOW:
        assert len(shown) >= WINDOW


def test_the_prefix_lives_for_a_whole_window():
    """Between two steps each prompt begins with the whole of the one before it: nothing is read twice."""
    kept = [window(spoken(n), n) for n in range(WINDOW, 2 * WINDOW)]
    for shorter, longer in pairwise(kept):
        assert longer[: len(shorter)] == shorter
