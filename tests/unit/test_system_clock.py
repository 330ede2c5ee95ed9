"""The machine's clock: aware, of now, and in a zone that knows when its clocks change."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from someone.bootstrap import SystemClock


@pytest.fixture
def zone(monkeypatch):
    """Sets the zone of this process, as a person's system does, and sets it back."""

    def to(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield to
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "UTC",
        ":Europe/Berlin",
        "EST5EDT,M3.2.0,M11.1.0",
        "Nowhere/Nothing",
        "/etc/x",
    ],
)
def test_it_is_now_in_the_zone_of_the_system(zone, name):
    """Named zones, an offset that is only described and nonsense alike: the instant is right, and so is the offset."""
    zone(name)
    now = SystemClock().now()
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
    assert now.utcoffset() == datetime.now().astimezone().utcoffset()


def test_a_day_of_the_other_half_of_the_year_has_its_own_offset(zone):
    """What was said at half past midnight in summer was said on that day, asked in winter too."""
    zone("Europe/Berlin")
    tz = SystemClock().now().tzinfo
    said = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert said.astimezone(tz).date().day == 2
    assert datetime(2026, 1, 1, 22, 30, tzinfo=UTC).astimezone(tz).date().day == 1
