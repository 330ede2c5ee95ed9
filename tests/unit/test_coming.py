"""Words for what is ahead, against days worked out by hand. Wednesday, 4 March 2026, 9:00 in Berlin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.coming import coming, without

BERLIN = ZoneInfo("Europe/Berlin")
SAID = datetime(2026, 3, 4, 9, tzinfo=BERLIN)


def at(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("on Friday", at(3, 6), at(3, 7)),
        ("on Wednesday", at(3, 11), at(3, 12)),
        ("this Wednesday", at(3, 4), at(3, 5)),
        ("next Tuesday", at(3, 10), at(3, 11)),
        ("next Friday", at(3, 13), at(3, 14)),
        ("Friday morning", at(3, 6, 6), at(3, 6, 12)),
        ("on fri", at(3, 6), at(3, 7)),
        ("tomorrow", at(3, 5), at(3, 6)),
        ("tmrw morning", at(3, 5, 6), at(3, 5, 12)),
        ("tomorrow at 3", at(3, 5, 15), at(3, 5, 18)),
        ("the day after tomorrow", at(3, 6), at(3, 7)),
        ("tonight at 8", at(3, 4, 20), at(3, 4, 23)),
        ("at 3", at(3, 4, 15), at(3, 4, 18)),
        ("at 8", at(3, 5, 8), at(3, 5, 11)),
        ("at 8 in the evening", at(3, 4, 20), at(3, 4, 23)),
        ("at 15:30", at(3, 4, 15, 30), at(3, 4, 18, 30)),
        ("at 3pm on Friday", at(3, 6, 15), at(3, 6, 18)),
        ("this weekend", at(3, 7), at(3, 9)),
        ("next weekend", at(3, 14), at(3, 16)),
        ("next week", at(3, 9), at(3, 16)),
        ("next month", at(4, 1), at(5, 1)),
        ("in three days", at(3, 7), at(3, 8)),
        ("in two weeks", at(3, 17), at(3, 20)),
        ("in 2 hours", at(3, 4, 11), at(3, 4, 14)),
        ("on 12 May", at(5, 12), at(5, 13)),
        ("on May 12th", at(5, 12), at(5, 13)),
        ("on the 14th", at(3, 14), at(3, 15)),
        ("on the 2nd", at(4, 2), at(4, 3)),
        ("2026-05-12", at(5, 12), at(5, 13)),
        ("on 2 March", at(3, 2).replace(year=2027), at(3, 3).replace(year=2027)),
    ],
)
def test_what_is_meant(text, begin, end):
    """Each expression is the stretch that a person means by it."""
    assert coming(f"the exam is {text}", SAID).when == (begin, end)


@pytest.mark.parametrize(
    "text", ["I sat in the sun", "it may work", "on 31 June", "at 30", "we wed", "at 3 years old", ""]
)
def test_what_is_no_time(text):
    """Words that only look like a time are none."""
    assert coming(text, SAID) is None


@pytest.mark.parametrize(
    ("said", "hours"),
    [(datetime(2026, 3, 28, 9, tzinfo=BERLIN), 23), (datetime(2026, 10, 24, 9, tzinfo=BERLIN), 25)],
)
def test_a_day_of_a_change_of_clocks_is_a_whole_day(said, hours):
    """Tomorrow has 23 or 25 hours then, and begins and ends at midnight; "at 3 pm" is by the clock on the wall."""
    begin, end = coming("tomorrow", said).when
    assert (begin.hour, end.hour) == (0, 0)
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)
    assert coming("tomorrow at 3 pm", said).when[0].hour == 15


def test_the_same_words_mean_the_day_of_the_person():
    """Said at the same instant, "tomorrow" is another day in Auckland than in Los Angeles."""
    instant = datetime(2026, 3, 4, 12, tzinfo=UTC)
    days = {
        z: coming("tomorrow", instant.astimezone(ZoneInfo(z))).when[0].day
        for z in ("Pacific/Auckland", "America/Los_Angeles")
    }
    assert days == {"Pacific/Auckland": 6, "America/Los_Angeles": 5}


@given(
    st.lists(
        st.sampled_from(
            [
                "I",
                "have",
                "an",
                "exam",
                "at",
                "on",
                "in",
                "by",
                "the",
                "next",
                "this",
                "tomorrow",
                "tonight",
                "Friday",
                "friday's",
                "week",
                "weekend",
                "month",
                "3",
                "31",
                "12:30",
                "pm",
                "noon",
                "May",
                "2026-02-30",
                "two",
                "days",
                "99",
                "February",
                "30th",
                "weeks",
                "later",
                "today",
                "morning",
            ]
        ),
        max_size=14,
    ).map(" ".join),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(tzinfo=BERLIN)),
)
def test_any_words_at_any_time(text, said):
    """Nothing fails; what is found ends after it was said, does not end before it begins, and is within two years."""
    found = coming(text, said)
    without(text)
    if found is not None:
        begin, end = found.when
        assert said < end
        assert begin < end
        assert end - said < timedelta(days=800) or "2026" in text


def test_the_words_that_say_when_are_taken_out():
    """What is left is the thing itself."""
    assert without("my exam on Friday at 3 in the big hall") == "my exam in the big hall"
