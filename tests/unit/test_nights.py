"""Nights: when one is due, what is left of it, what she says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from someone.mind import bond as bonds
from someone.mind import nights
from someone.mind.moments import Dreamed, Entry, Heard, MomentId, Slept
from someone.mind.nights import Nights, account, due, evening, told

NOW = datetime(2026, 11, 26, 3, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)


def test_a_night_is_named_for_its_evening():
    """Three in the morning and ten the evening before are one night; a nap at two begins the next."""
    assert evening(NOW) == evening(NOW - timedelta(hours=5)) == date(2026, 11, 25)
    assert evening(datetime(2026, 11, 26, 14, 0, tzinfo=UTC)) == date(2026, 11, 26)


def test_the_night_is_of_the_persons_own_time_zone():
    """The same instant is another night on the other side of the earth."""
    assert evening(NOW.astimezone(timezone(timedelta(hours=12)))) == date(2026, 11, 26)


SLEPT = Nights(slept=MomentId(9), slept_at=NOW - timedelta(hours=10), night=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("why", "state", "now", "heard", "unfinished", "expected"),
    [
        ("at three, quiet for hours", SLEPT, NOW, NOW - timedelta(hours=4), False, True),
        ("at three, but somebody talks", SLEPT, NOW, NOW - timedelta(minutes=9), False, False),
        ("in the evening", SLEPT, NOW - timedelta(hours=5), LONG_AGO, False, False),
        ("this night was had", SLEPT.model_copy(update={"night": date(2026, 11, 25)}), NOW, LONG_AGO, False, False),
        (
            "asleep at three, awake at noon: caught up",
            SLEPT.model_copy(update={"slept_at": NOW - timedelta(hours=15)}),
            NOW + timedelta(hours=9),
            NOW + timedelta(hours=8),
            False,
            True,
        ),
        ("broken off, quiet", SLEPT, NOW + timedelta(hours=9), NOW, True, True),
        ("broken off, but somebody talks", SLEPT, NOW, NOW - timedelta(minutes=1), True, False),
        (
            "after a clock that was years ahead",
            SLEPT.model_copy(update={"night": date(2036, 1, 1)}),
            NOW,
            LONG_AGO,
            False,
            True,
        ),
        ("nobody has said anything yet", Nights(), NOW, None, False, False),
        ("the first night", Nights(), NOW, NOW - timedelta(hours=6), False, True),
        ("the first day, noon", Nights(), NOW + timedelta(hours=9), NOW + timedelta(hours=7), False, False),
    ],
)
def test_when_a_night_is_due(why, state, now, heard, unfinished, expected):
    """At night once, when it is quiet; after too long a day at the next quiet time; never into a talk."""
    assert due(state, now, heard, LONG_AGO, unfinished=unfinished) is expected, why


def test_an_owner_that_just_began_waits():
    """Ten quiet minutes count from the start too: nobody is kept waiting by a night that begins under their hands."""
    assert not due(SLEPT, NOW, LONG_AGO, NOW - timedelta(minutes=1), unfinished=True)


def a_night(did, failed=()):
    return Slept(night=date(2026, 11, 25), upto=MomentId(4), did=did, failed=failed)


def test_the_bond_holds_the_last_night_and_dream():
    """What the answer needs is in the fold; nothing else of the night is."""
    state = bonds.Bond()
    dream = Dreamed(text="I dreamed of rain.", night=date(2026, 11, 25), evidence=(MomentId(1), MomentId(2)))
    for n, moment in enumerate((Heard(text="hi"), Heard(text="ho"), dream, a_night({"notes": 1})), start=1):
        state = bonds.step(state, Entry(MomentId(n), NOW, moment))
    assert (state.nights.dream, state.nights.slept, state.nights.upto) == (3, 4, 4)
    answer = told(state.nights, "What did you dream about last night?")
    assert "I dreamed of rain." in answer.text
    assert answer.stood_on == (3,)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("did you dream?", "dream"),
        ("So, did you have any dreams last night?", "dream"),
        ("What did you dream about?", "dream"),
        ("tell me your dream", "dream"),
        ("Good morning! Did you sleep?", "night"),
        ("what did you do last night", "night"),
        ("what happened at night?", "night"),
        ("I had a dream about you", None),
        ("what did I do last night", None),
        ("did you know my sister dreams a lot?", None),
        ("what is your dream job", None),
        ("how did you sleep through all those years of school, dad asked me", None),
    ],
)
def test_the_night_is_told_only_when_asked(text, rule):
    """Her night and her dreams are told by rule, to a question about them and to nothing else."""
    answer = told(Nights(), text)
    assert (answer.rule if answer else None) == rule


def test_with_no_night_and_no_dream_she_says_so():
    """Nothing is made up where nothing was."""
    assert told(Nights(), "did you dream?").text == nights.NO_DREAM
    assert told(Nights(), "did you sleep?").text == nights.NO_NIGHT


def test_a_dream_is_called_one():
    """What is told of it can't be taken for something that was lived."""
    said = told(Nights(dream=MomentId(3), dream_text="I dreamed of rain."), "any dreams?").text
    assert "two things you told me" in said


@pytest.mark.parametrize(
    ("did", "failed", "said"),
    [
        ({}, (), "There was nothing new to keep."),
        ({"notes": 1}, (), "I kept one note of our talks."),
        ({"notes": 3, "facts": 2}, (), "I kept 3 notes of our talks and learned 2 things about your life."),
        ({"notes": 3, "prove": 1}, (), "I kept 3 notes of our talks. One backup was made, and restored as a proof."),
        ({}, ("backup",), "There was nothing new to keep. Something did not work;"),
    ],
)
def test_a_night_in_plain_words(did, failed, said):
    """The account counts what came of it, and does not hide what failed."""
    assert account(did, failed).startswith(said)
