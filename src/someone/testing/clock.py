"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""A Wednesday."""


class FakeClock:
    """Implements ports.Clock. ``move`` takes the same arguments as timedelta; negative moves are allowed."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)
