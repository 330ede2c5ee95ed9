"""What she says of herself, as the page and the terminal show it. Pure, over the fold."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from someone.errors import InputError, SomeoneError
from someone.mind.moments import MomentId
from someone.mind.statements import Becoming, Statement
from someone.mind.times import span
from someone.views import StatementView

ALL = "all"


def held(becoming: Becoming, now: datetime, at: str = "") -> list[StatementView]:
    """The statements that hold ("" for now), held at the end of a day (a date, or words like "last month"), or all.

    Oldest first. Raises InputError for a day that can't be read.
    """
    wanted = at.strip()
    if wanted.casefold() == ALL:
        return [_view(s) for s in becoming.statements]
    return [_view(s) for s in (becoming.at(_end_of_day(wanted, now)) if wanted else becoming.current)]


def of(becoming: Becoming, statement: MomentId) -> StatementView:
    """One of them, as it now stands. Raises SomeoneError."""
    return _view(_found(becoming, statement))


def current(becoming: Becoming, statement: int) -> Statement:
    """The one of this number, which still holds. Raises SomeoneError."""
    found = _found(becoming, statement)
    if found.until is not None:
        raise SomeoneError(
            "That is not what I am any more.", safe="Nothing was changed.", do="`someone self` lists what I am now."
        )
    return found


def said(becoming: Becoming, text: str) -> Statement | None:
    """The current statement that is asked about: its number ("#12"), or words that all stand in it; the newest of several."""
    wanted = text.strip()
    if wanted.startswith("#"):
        return next((s for s in becoming.current if str(s.id) == wanted[1:]), None)
    words = wanted.casefold().rstrip(".?!").split()
    return next((s for s in reversed(becoming.current) if words and all(w in s.text.casefold() for w in words)), None)


def _found(becoming: Becoming, statement: int) -> Statement:
    found = becoming.get(statement)
    if found is None:
        raise SomeoneError(
            f"I have said nothing of myself with the number {statement}.",
            safe="Nothing was changed.",
            do="`someone self` lists it with the numbers.",
        )
    return found


def _end_of_day(said: str, now: datetime) -> datetime:
    if said.casefold() == "last month":
        return now - timedelta(days=30)
    try:
        day = datetime.fromisoformat(said).date()
    except ValueError:
        meant = span(said, now) or span(f"on {said}", now) or span(f"in {said}", now)
        if meant is None:
            raise InputError(
                f"I can't tell what day '{said}' is.",
                safe="Nothing was changed.",
                do="Give a day like 2026-03-14, or words like 'last month'.",
            ) from None
        return min(meant[1], now)
    return min(now, datetime.combine(day, time.max, tzinfo=now.tzinfo))


def _view(s: Statement) -> StatementView:
    return StatementView(
        id=s.id,
        aspect=s.aspect,
        text=s.text,
        since=s.since,
        until=s.until,
        ended=s.ended,
        replaces=s.replaces,
        pinned=s.pinned,
        evidence=s.evidence,
        by=s.by,
    )
