"""A clock that went backwards is told, never obeyed: what happened stays in the order in which it happened. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

GRACE = timedelta(minutes=2)
"""How far a clock may stand back, as when it is set, before anything is said about it."""


def went_back(last: datetime | None, now: datetime) -> str:
    """What to say when ``now`` stands before the last moment, or nothing."""
    if last is None or last - now <= GRACE:
        return ""
    then = last.astimezone(now.tzinfo)
    return (
        f"The clock of this machine went backwards: it says {now:%d %B %Y %H:%M}, and my last moment is of "
        f"{then:%d %B %Y %H:%M}. I keep things in the order they happened."
    )
