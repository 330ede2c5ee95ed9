"""The bond as a fold: pure, bounded, and the same however it is cut in two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from someone.mind.bond import HELD_KEPT, LINES_KEPT, Bond, step
from someone.mind.moments import Cared, Disclosed, Entry, Felt, Forgotten, Heard, Met, MomentId, Parted, Said

START = datetime(2026, 3, 4, 9, tzinfo=UTC)

words = st.sampled_from(["hello", "My sister Mara lives in Oslo", "I live in Leeds", "bye", "😀", "I have a dog"])
moments = st.one_of(
    words.map(lambda t: Heard(text=t)),
    words.map(lambda t: Said(text=t, by="brain:x")),
    st.builds(Met, called=st.sampled_from(["", "Theo"]), about=words),
    st.just(Felt(feeling="warm", cause=(MomentId(1),))),
    st.just(Parted()),
    st.just(Disclosed(text="I'm an AI.")),
    st.just(Cared(level="danger", sign="x", to=MomentId(1))),
    st.just(Forgotten(was="Heard")),
)
lives = st.lists(st.tuples(moments, st.integers(-3600, 7200)), max_size=80)


def entries(life):
    at, out = START, []
    for number, (moment, seconds) in enumerate(life, 1):
        at += timedelta(seconds=seconds)
        out.append(Entry(MomentId(number), at, moment))
    return out


@given(lives, st.integers(0, 80))
def test_a_snapshot_in_the_middle_changes_nothing(life, cut):
    """Folding on from a state that went through JSON gives what folding the whole gives."""
    whole = entries(life)
    middle = reduce(step, whole[:cut], Bond())
    again = Bond.model_validate_json(middle.model_dump_json())
    assert reduce(step, whole[cut:], again) == reduce(step, whole, Bond())


@given(lives)
def test_the_state_stays_small(life):
    """However long a life, what is at hand is bounded."""
    bond = reduce(step, entries(life * 3), Bond())
    assert len(bond.talk) <= LINES_KEPT
    assert len(bond.held) <= HELD_KEPT


def fold(*timed):
    return reduce(
        step, [Entry(MomentId(i), START + timedelta(minutes=m), x) for i, (m, x) in enumerate(timed, 1)], Bond()
    )


def test_a_goodbye_or_an_hour_of_silence_begins_a_new_talk():
    """What was said before is then memory, not the present talk."""
    assert [s.text for s in fold((0, Heard(text="a")), (1, Parted()), (2, Heard(text="b"))).talk] == ["b"]
    assert [s.text for s in fold((0, Heard(text="a")), (90, Heard(text="b"))).talk] == ["b"]
    assert [s.text for s in fold((0, Heard(text="a")), (30, Heard(text="b"))).talk] == ["a", "b"]


def test_only_what_the_person_says_is_held_about_the_person():
    """Her own words are no evidence."""
    assert fold((0, Said(text="I live in Leeds"))).held == ()
    assert [h.text for h in fold((0, Heard(text="I live in Leeds"))).held] == ["I live in Leeds"]


def test_a_repeated_statement_is_held_once_with_its_newest_date():
    """Saying a thing again does not make it two things."""
    held = fold((0, Heard(text="I live in Leeds")), (10, Heard(text="I live in Leeds"))).held
    assert [h.id for h in held] == [2]
