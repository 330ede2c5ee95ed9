"""Statements of a self as a fold: what may stand beside what, what stays, what ends; the same however it is cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone import statements as shown
from someone.errors import InputError, SomeoneError
from someone.mind.moments import Entry, MomentId, Pinned, Stated, Withdrawn
from someone.mind.statements import ENDED_KEPT, MOST, Becoming, Statement, alike, clash, contradicts, step

START = datetime(2026, 3, 4, 3, tzinfo=UTC)
DAYS = ("Mondays", "Sundays", "mornings")
TEXTS = [
    *(("learned", f"I've learned that {d} are often hard for you.") for d in DAYS),
    *(("learned", f"I've learned that {d} have become easier for you.") for d in DAYS),
    *(("want", f"I want {n} quiet {d}.") for n in ("more", "fewer") for d in DAYS),
    *(("am", f"I am {f} when you talk about {p}.") for f in ("glad", "uneasy") for p in ("Mara", "Ben", "Zoe")),
    *(("fear", f"I fear getting {x} wrong.") for x in ("a name", "a day", "your work")),
]


def statement(n):
    aspect, text = TEXTS[n]
    return st.builds(
        Stated,
        aspect=st.just(aspect),
        text=st.just(text),
        evidence=st.just((MomentId(1),)),
        replaces=st.none() | st.integers(1, 60).map(MomentId),
    )


moments = st.one_of(
    st.integers(0, len(TEXTS) - 1).flatmap(statement),
    st.builds(Pinned, statement=st.integers(1, 60).map(MomentId), on=st.booleans()),
    st.builds(
        Withdrawn,
        statement=st.integers(1, 60).map(MomentId),
        why=st.sampled_from(["person", "contradicted", "faded"]),
    ),
)
lives = st.lists(moments, max_size=60)


def entries(life):
    return [Entry(MomentId(n), START + timedelta(days=n), m) for n, m in enumerate(life, 1)]


def fold(*life):
    return reduce(step, entries(life), Becoming())


def says(aspect, text, **more):
    return Stated(aspect=aspect, text=text, evidence=(MomentId(1),), **more)


HARD = says("learned", "I've learned that Sundays are often hard for you.")
EASIER = says("learned", "I've learned that Sundays have become easier for you.")


@given(lives)
def test_whatever_was_written_no_two_current_ones_contradict(life):
    """The wall is the fold's own: no journal, however made, yields two contrary statements, or more than a few."""
    current = fold(*life).current
    assert not [pair for pair in combinations(current, 2) if clash(*pair)]
    assert len(current) <= MOST


@given(lives, st.integers(0, 60))
def test_a_snapshot_in_the_middle_changes_nothing(life, cut):
    """Folding on from a state that went through JSON gives what folding the whole gives."""
    whole = entries(life)
    middle = Becoming.model_validate_json(reduce(step, whole[:cut], Becoming()).model_dump_json())
    assert reduce(step, whole[cut:], middle) == reduce(step, whole, Becoming())


@given(lives)
def test_a_pinned_one_ends_only_by_the_person(life):
    """As long as it is pinned, nothing but taking it back ends it."""
    state = Becoming()
    for entry in entries(life):
        after = step(state, entry)
        for held in state.current:
            now = after.get(held.id)
            if held.pinned and now.until is not None:
                assert now.ended == "person"
                assert isinstance(entry.moment, Withdrawn)
        state = after


@given(lives)
def test_nothing_that_ended_changes_any_more(life):
    """The past is never overwritten: an ended statement keeps its words, its time and its reason."""
    state = Becoming()
    for entry in entries(life):
        after = step(state, entry)
        assert [after.get(s.id) for s in state.statements if s.until] == [s for s in state.statements if s.until]
        state = after


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I want more quiet evenings.", "I want fewer quiet evenings."),
        ("I want more quiet evenings.", "I want less of the evenings."),
        ("I've learned that Sundays are hard for you.", "I've learned that Sundays are not hard for you."),
        ("I've learned that work weighs on you.", "I've learned that work is going better for you."),
        ("I am glad when you talk about Mara.", "I am careful when you talk about Mara."),
        ("I am new to you, and you are new to me.", "I am no longer new to you."),
        ("I've learned that you often sleep late.", "I've learned that you rarely sleep late."),
        ("I've learned that you like your garden.", "I've learned that you don't like your garden."),
        ("I am glad when you’re loud.", "I am never glad when you’re loud."),
    ],
)
def test_contraries_are_seen(one, other):
    """One topic said two ways, by opposite words or by a denial, whichever stands first."""
    assert contradicts(one, other)
    assert contradicts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I am glad when you talk about Mara.", "I am careful when you talk about Ben."),
        ("I've learned that Sundays are hard for you.", "I've learned that Mondays are easier for you."),
        ("I want more quiet evenings.", "I want fewer loud evenings."),
        ("I've learned that Mara is often on your mind.", "I've learned that Mara is your sister."),
        ("I want to know how your thesis goes.", "I want to know how your new job goes."),
        ("I am playful when you laugh.", "I am not a person."),
        ("", "I want more."),
    ],
)
def test_what_can_stand_side_by_side_is_no_contrary(one, other):
    """Another person, another day, the same said twice over: both may hold."""
    assert not contradicts(one, other)
    assert not contradicts(other, one)


@given(st.sampled_from([t for _, t in TEXTS]))
def test_nothing_contradicts_itself(text):
    """Reflexive peace, whatever the words."""
    assert not contradicts(text, text)


def test_what_is_wanted_is_not_feared_alike():
    """A wish and a fear of just the same thing can't both be current; of different things they can."""
    wish = Statement(id=MomentId(1), aspect="want", text="I want to be asked about the goose.", since=START)
    assert clash(wish, says("fear", "I fear to be asked about the goose."))
    assert not clash(wish, says("fear", "I fear getting the goose wrong."))


def test_the_same_in_other_words_is_alike():
    """A statement is not made twice by turning its words; another aspect is another statement."""
    held = Statement(id=MomentId(1), aspect="am", text="I am glad when you talk about Mara.", since=START)
    assert alike(held, "I am happy when Mara comes up.".replace("comes up", "is here"), "am")
    assert not alike(held, "I am careful when you talk about Mara.", "am")
    assert not alike(held, "I've learned that Mara is often on your mind.", "learned")


def test_a_change_keeps_before_and_after():
    """What was replaced is kept with its end and reason; who she was on a day is told from it."""
    becoming = fold(HARD, EASIER.model_copy(update={"replaces": MomentId(1)}))
    before, after = becoming.statements
    assert (before.ended, before.until, after.replaces) == ("replaced", after.since, before.id)
    assert becoming.current == (after,)
    assert becoming.at(START + timedelta(days=1, hours=1)) == (before,)


def test_a_contrary_without_a_word_of_it_ends_the_older():
    """The newer one stands, the older ended as contradicted; against a pinned one it is not taken."""
    assert [s.ended for s in fold(HARD, EASIER).statements] == ["contradicted", ""]
    assert [s.text for s in fold(HARD, Pinned(statement=MomentId(1)), EASIER).statements] == [HARD.text]
    free = fold(HARD, Pinned(statement=MomentId(1)), Pinned(statement=MomentId(1), on=False), EASIER)
    assert free.current[0].text == EASIER.text


def test_a_full_self_lets_the_oldest_go():
    """A thirteenth makes the oldest unpinned one fade; with all pinned it is not taken."""
    many = [
        says("learned", f"I've learned that you know {n}.")
        for n in (["ox", "elk", "cat", "dog", "hen", "bee", "ant", "emu", "yak", "cod", "eel", "owl"])
    ]
    full = fold(*many, says("fear", "I fear getting a name wrong."))
    assert (full.statements[0].ended, len(full.current)) == ("faded", MOST)
    pinned = fold(*many, *(Pinned(statement=MomentId(n + 1)) for n in range(MOST)), HARD)
    assert HARD.text not in {s.text for s in pinned.current}


def test_the_past_is_bounded():
    """Years of changes leave a state of a fixed size."""
    life = [says("am", f"I am glad when you talk about P{n}.") for n in range(ENDED_KEPT + 50)]
    assert len(fold(*life).statements) == ENDED_KEPT + MOST


def test_the_page_and_the_terminal_show_now_then_and_all():
    """Now, a day in the past and the whole history, with plain errors for what is not there."""
    becoming = fold(HARD, EASIER.model_copy(update={"replaces": MomentId(1)}))
    now = START + timedelta(days=40)
    assert [s.text for s in shown.held(becoming, now)] == [EASIER.text]
    assert [s.text for s in shown.held(becoming, now, "2026-03-05")] == [HARD.text]
    assert [s.text for s in shown.held(becoming, now, "last month")] == [EASIER.text]
    assert shown.held(becoming, now, "2026-03-01") == []
    assert [s.ended for s in shown.held(becoming, now, "all")] == ["replaced", ""]
    with pytest.raises(InputError):
        shown.held(becoming, now, "some other time")
    with pytest.raises(SomeoneError, match="not what I am any more"):
        shown.current(becoming, 1)
    with pytest.raises(SomeoneError, match="number 77"):
        shown.current(becoming, 77)
