"""Ages in plain words, and the stretches of time that sentences speak of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.times import span, tag

NOW = datetime(2026, 3, 18, 14, 0, tzinfo=timezone(timedelta(hours=1)))  # a Wednesday


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(minutes=-1), "earlier"),
        (timedelta(days=-400), "earlier"),
        (timedelta(0), "just now"),
        (timedelta(minutes=4), "just now"),
        (timedelta(hours=3), "today"),
        (timedelta(hours=15), "yesterday"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=2), "last Monday"),
        (timedelta(days=6), "last Thursday"),
        (timedelta(days=7), "last week"),
        (timedelta(days=13), "last week"),
        (timedelta(days=14), "two weeks ago"),
        (timedelta(days=27), "three weeks ago"),
        (timedelta(days=28), "last month"),
        (timedelta(days=62), "two months ago"),
        (timedelta(days=364), "eleven months ago"),
        (timedelta(days=366), "last year"),
        (timedelta(days=800), "two years ago"),
        (timedelta(days=366 * 20), "20 years ago"),
    ],
)
def test_tags(back: timedelta, said: str) -> None:
    """Each age has the words that her memory lines use; a set-back clock gives "earlier", never nonsense."""
    assert tag(NOW - back, NOW) == said


def test_days_are_those_of_the_persons_zone() -> None:
    """23:30 UTC is already the next day in Berlin: said there today, and in London yesterday."""
    at = datetime(2026, 1, 10, 23, 30, tzinfo=UTC)
    morning = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
    assert tag(at, morning.astimezone(ZoneInfo("Europe/Berlin"))) == "today"
    assert tag(at, morning.astimezone(ZoneInfo("Europe/London"))) == "yesterday"


def test_an_hour_told_twice_is_no_trip_in_time() -> None:
    """When summer time ends, 02:10 after 02:50 is twenty minutes later, not forty earlier."""
    zone = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 10, 25, 2, 50, tzinfo=zone, fold=0)
    assert tag(at, datetime(2026, 10, 25, 2, 10, tzinfo=zone, fold=1)) == "today"


def test_naive_times_are_refused() -> None:
    """A time without a zone is a mistake of the caller and is said to be one."""
    with pytest.raises(ValueError, match="zone"):
        tag(datetime(2026, 1, 1), NOW)
    with pytest.raises(ValueError, match="zone"):
        span("yesterday", datetime(2026, 1, 1))


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2400, 1, 1), timezones=st.just(UTC)))
def test_property_any_age_has_words(at: datetime) -> None:
    """Every time gives a short plain tag; only times to come are "earlier"."""
    words = tag(at, NOW)
    assert 0 < len(words) < 20
    assert (words == "earlier") == (at > NOW)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("what did I do yesterday?", "2026-03-17T00", "2026-03-18T00"),
        ("the day before yesterday", "2026-03-16T00", "2026-03-17T00"),
        ("how was I last week", "2026-03-09T00", "2026-03-16T00"),
        ("this week", "2026-03-16T00", "2026-03-23T00"),
        ("last weekend", "2026-03-14T00", "2026-03-16T00"),
        ("what happened last October?", "2025-10-01T00", "2025-11-01T00"),
        ("last March", "2025-03-01T00", "2025-04-01T00"),
        ("in March", "2026-03-01T00", "2026-04-01T00"),
        ("in June 2023", "2023-06-01T00", "2023-07-01T00"),
        ("in 2023", "2023-01-01T00", "2024-01-01T00"),
        ("what did I say on Monday", "2026-03-16T00", "2026-03-17T00"),
        ("last Wednesday", "2026-03-11T00", "2026-03-12T00"),
        ("two days ago", "2026-03-16T00", "2026-03-17T00"),
        ("a couple of weeks ago", "2026-03-01T00", "2026-03-08T00"),
        ("three months ago", "2025-12-01T00", "2026-01-01T00"),
        ("this morning", "2026-03-18T00", "2026-03-18T12"),
        ("last night", "2026-03-17T17", "2026-03-18T06"),
        ("on 7 May 2023", "2023-05-07T00", "2023-05-08T00"),
        ("on May 7", "2025-05-07T00", "2025-05-08T00"),
        ("on August 23rd, 2022", "2022-08-23T00", "2022-08-24T00"),
        ("2024-02-29", "2024-02-29T00", "2024-03-01T00"),
        ("last summer", "2025-06-01T00", "2025-09-01T00"),
        ("in the winter", "2025-12-01T00", "2026-03-01T00"),
        ("last month", "2026-02-01T00", "2026-03-01T00"),
        ("last year", "2025-01-01T00", "2026-01-01T00"),
    ],
)
def test_spans(text: str, start: str, end: str) -> None:
    """Each expression resolves to its stretch, in the zone of now."""
    found = span(text, NOW)
    assert found is not None
    assert [t.isoformat()[:13] for t in found] == [start, end]
    assert all(t.utcoffset() == NOW.utcoffset() for t in found)


@pytest.mark.parametrize(
    "text",
    ["", "my sister", "may I ask you something", "on Mondays I swim", "9999 years ago", "march on", "2023 steps"],
)
def test_what_names_no_time(text: str) -> None:
    """Words that only look like a time ("may I", "march on", a habit) give none."""
    assert span(text, NOW) is None


PIECES = ["31", "0", "99", "9999", "june", "may", "2020", "1900", "ago", "years", "last", "in", "on", "monday", ",",
          "months", "a", "few", "couple of", "week", "feb", "29", "-", "2024-13-45", "night", "of"]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)))
def test_property_a_span_is_forward_or_none(text: str) -> None:
    """Any text gives None or a stretch that begins before it ends; impossible dates are no error."""
    found = span(text, NOW)
    assert found is None or found[0] < found[1]
