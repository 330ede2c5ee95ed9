"""When something is to come: the stretch of time that "on Friday at 3" or "in two weeks" speaks of. Pure.

:mod:`someone.mind.times` reads words for the past; the same "on Friday" means another day of what is ahead. Days are
those of the zone of ``said``: pass the time in the person's own zone. Spans are ``[start, end)``, aware.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from someone.mind.times import Span

_DAY = timedelta(days=1)
_LASTS = timedelta(hours=3)
"""How long something is taken to last of which only the hour is known: an exam, an operation, a dinner."""
_WEEK = 7
_SATURDAY = 5
_NOON = 12
_FIRST_HOUR = 7
"""A bare "at 3" is the afternoon; from this hour on it is the morning."""
_LOOK_AT = 1000

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ahead:
    """``words`` as they stand in the text; ``when``: the stretch they mean."""

    words: str
    when: Span


def coming(text: str, said: datetime) -> Ahead | None:
    """What of the time from ``said`` on ``text`` names, or None. The more exact of two words wins ("tomorrow at 3")."""
    head = text[:_LOOK_AT].replace("’", "'")
    for pattern, resolve in _RULES:
        found = pattern.search(head)
        if found is None:
            continue
        try:
            day = resolve(found, said)
        except (OverflowError, ValueError):  # a day that no calendar has: "31 June"
            continue
        if day is not None and day[1] > said:
            when = _at_the_hour(head, day) or day
            return Ahead(found[0], when if when[1] > said else day)
    return _today_at(head, said)


def without(text: str) -> str:
    """``text`` without the words that say when, single-spaced."""
    bare = _HOUR.sub(" ", text.replace("’", "'"))
    for pattern, _ in _RULES:
        bare = pattern.sub(" ", bare)
    return " ".join(bare.split())


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _days(start: datetime, count: int = 1) -> Span:
    return start, start + count * _DAY


def _hour(found: re.Match[str]) -> time | None:
    """The hour that is named, on a clock of 24; "3" is 15:00, "9" is 9:00."""
    if found["word"]:
        return time(_NOON) if found["word"].lower() == "noon" else None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower().replace(".", "")
    if found["part"]:
        half = "am" if found["part"].lower() == "morning" else "pm"
    if half == "pm" and hour < _NOON:
        hour += _NOON
    elif half == "am" and hour == _NOON:
        hour = 0
    elif not half and 0 < hour < _FIRST_HOUR and len(found["hour"]) == 1:
        hour += _NOON
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _at_the_hour(head: str, day: Span) -> Span | None:
    """The hour within a day that was named; None where no hour stands there, or more than a day was meant."""
    found = _HOUR.search(head)
    hour = _hour(found) if found is not None else None
    if hour is None or day[1] - day[0] > _DAY + timedelta(hours=2):  # the longest day of a change of clocks
        return None
    later = _NOON if day[0].hour >= _NOON > hour.hour else 0  # "tonight at 8"
    start = _midnight(day[0]).replace(hour=hour.hour + later, minute=hour.minute)
    return start, start + _LASTS


def _today_at(head: str, said: datetime) -> Ahead | None:
    """A bare "at 3": today, or tomorrow where that hour is past."""
    found = _HOUR.search(head)
    hour = _hour(found) if found is not None else None
    if found is None or hour is None:
        return None
    start = _midnight(said).replace(hour=hour.hour, minute=hour.minute)
    start = start if start > said else start + _DAY
    return Ahead(found[0], (start, start + _LASTS))


def _part(start: int, end: int, days: int = 0) -> Callable[[re.Match[str], datetime], Span]:
    def resolve(_: re.Match[str], said: datetime) -> Span:
        day = _midnight(said) + days * _DAY
        return day + timedelta(hours=start), day + timedelta(hours=end)

    return resolve


def _on(days: int, count: int = 1) -> Callable[[re.Match[str], datetime], Span]:
    return lambda _, said: _days(_midnight(said) + days * _DAY, count)


_PARTS = {"morning": (6, 12), "lunchtime": (12, 14), "afternoon": (12, 18), "evening": (17, 23), "night": (18, 24)}


def _within(day: datetime, part: str | None) -> Span:
    hours = _PARTS.get((part or "").lower())
    return _days(day) if hours is None else (day + timedelta(hours=hours[0]), day + timedelta(hours=hours[1]))


def _tomorrow(found: re.Match[str], said: datetime) -> Span:
    return _within(_midnight(said) + _DAY, found["part"])


def _weekday(found: re.Match[str], said: datetime) -> Span:
    """ "Friday": the next one to come, never today; "this Friday" may be today; "next Friday" is in the next calendar week."""
    today = _midnight(said)
    index = _WEEKDAYS.index(found["weekday"][:3].lower())
    ahead = (index - today.weekday()) % _WEEK
    which = (found["which"] or "").lower().strip()
    if which == "next":
        ahead = _WEEK - today.weekday() + index
    elif which != "this":
        ahead = ahead or _WEEK
    return _within(today + ahead * _DAY, found["part"])


def _weekend(found: re.Match[str], said: datetime) -> Span:
    today = _midnight(said)
    saturday = today + (_SATURDAY - today.weekday()) * _DAY
    next_one = (found["which"] or "").lower() == "next"
    return _days(saturday + next_one * _WEEK * _DAY, 2)


def _next_unit(found: re.Match[str], said: datetime) -> Span:
    today = _midnight(said)
    later = found["which"].lower() in ("next", "the coming", "coming")
    if found["unit"].lower() == "week":
        monday = today - today.weekday() * _DAY
        return _days(monday + later * _WEEK * _DAY, _WEEK)
    first = today.replace(day=1)
    for _ in range(later):
        first = (first + 32 * _DAY).replace(day=1)
    return first, (first + 32 * _DAY).replace(day=1)


def _in_some(found: re.Match[str], said: datetime) -> Span:
    """ "In three days": that day; "in two weeks" and "in a month": a few days around it."""
    word = found["count"].lower()
    count = int(word) if word.isdecimal() else _COUNTS[word]
    unit = found["unit"].lower()
    if unit == "hour":
        start = said + timedelta(hours=count)
        return start, start + _LASTS
    today = _midnight(said)
    if unit == "day":
        return _days(today + count * _DAY)
    if unit in ("week", "fortnight"):
        return _days(today + count * (_WEEK if unit == "week" else 2 * _WEEK) * _DAY - _DAY, 3)
    return _days(today + (count * 30 - 3) * _DAY, 7)


def _date(found: re.Match[str], said: datetime) -> Span:
    """ "4 May": the next one to come."""
    month = 1 + _MONTHS.index(found["month"][:3].lower())
    year = int(found["year"]) if found["year"] else said.year
    day = _midnight(said).replace(year=year, month=month, day=int(found["day"]))
    if not found["year"] and day + _DAY <= said:
        day = day.replace(year=year + 1)
    return _days(day)


def _in_month(found: re.Match[str], said: datetime) -> Span:
    """ "In May": the rest of this one, or the next to come."""
    month = 1 + _MONTHS.index(found["month"][:3].lower())
    first = _midnight(said).replace(year=said.year + (month < said.month), month=month, day=1)
    return first, (first + 32 * _DAY).replace(day=1)


def _day_of_month(found: re.Match[str], said: datetime) -> Span:
    """ "On the 14th": of this month, or of the next."""
    today, number = _midnight(said), int(found["day"])
    this = today.replace(day=number)
    return _days(this if this >= today else (today.replace(day=1) + 32 * _DAY).replace(day=number))


def _iso(found: re.Match[str], said: datetime) -> Span:
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    return _days(_midnight(said).replace(year=year, month=month, day=day))


_M = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_W = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_SHORT = (
    r"(?:on|by|this|next|till|until) (?P<which>this |next )?(?P<weekday>mon|tues?|weds?|thurs?|fri|sat|sun)(?P<part>)"
)
_PART = r"(?: (?P<part>morning|lunchtime|afternoon|evening|night))?"
_TOMORROW = r"(?:tomorrow|tommorow|tomorow|tmrw?|tomoz|2moro)"
_BY = r"(?:(?:on|by|for|at|until|till|from|since|before) )?"
_COUNT = (
    r"(?P<count>\d{1,2}|a couple of|couple of|a few|few|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
)
_HOUR = re.compile(
    r"\b(?:at|from|around|about|by) (?:(?P<word>noon)\b|(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?"
    r"(?: ?(?P<half>[ap]\.?m\b\.?)| ?o'?clock)?)(?![\d%]| (?:the|years?|weeks?|days?|months?|people|of us)\b)"
    r"(?: sharp| in the (?P<part>morning|afternoon|evening))?",
    re.IGNORECASE,
)


def _rule(
    pattern: str, resolve: Callable[[re.Match[str], datetime], Span | None]
) -> tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Span | None]]:
    return re.compile(rf"\b{pattern}(?:'s)?(?!\w)", re.IGNORECASE | re.ASCII), resolve


_RULES = (
    _rule(rf"{_BY}(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _rule(rf"{_BY}(?:the )?{_D} (?:of )?{_M}(?:,? (?P<year>20\d\d))?", _date),
    _rule(rf"{_BY}{_M} (?:the )?{_D}(?:,? (?P<year>20\d\d))?(?! (?:people|times))", _date),
    _rule(rf"{_BY}the day after {_TOMORROW}", _on(2)),
    _rule(rf"{_BY}{_TOMORROW}{_PART}", _tomorrow),
    _rule(r"(?:tonight|(?:later )?this evening)", _part(17, 23)),
    _rule(r"(?:later )?this afternoon", _part(12, 18)),
    _rule(r"(?:later )?this morning", _part(6, 12)),
    _rule(rf"(?:{_BY}(?:(?P<which>this|next|the coming|coming|the) )?){_W}{_PART}(?! (?:before|i was|it was))", _weekday),
    _rule(_SHORT, _weekday),
    _rule(rf"{_BY}(?:(?P<which>this|next|the coming|coming|the) )?weekend", _weekend),
    _rule(rf"{_BY}(?:later )?(?P<which>next|the coming|coming|this) (?P<unit>week|month)", _next_unit),
    _rule(rf"(?:in|by|until|early|late|end of) {_M}(?! \d)", _in_month),
    _rule(rf"(?:in|within) {_COUNT} (?P<unit>hour|day|week|fortnight|month)s?(?:'s? time)?", _in_some),
    _rule(r"(?:on|by|until) the (?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
    _rule(rf"{_BY}(?:later )?today", _on(0)),
)  # fmt: skip
