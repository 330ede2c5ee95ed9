"""When: a moment's age in plain words, and the stretch of time that a sentence speaks of. Pure.

Both work on calendar days of the zone of ``now``: a word at 23:50 was said "yesterday" ten minutes later. Pass ``now``
in the person's own zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Span = tuple[datetime, datetime]

_JUST_NOW = timedelta(minutes=5)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WEEK = 7
_MONTH = 30.44
_YEAR = 365.25
_DAY = timedelta(days=1)
_RECENT = ("today", "yesterday")


def tag(at: datetime, now: datetime) -> str:
    """How long ago ``at`` was, as one says it: "today", "last Tuesday", "two weeks ago", "last year".

    Both aware; days are those of ``now``'s zone. A time after ``now`` (the clock was set back) is "earlier".
    Raises ValueError for a naive time.
    """
    _aware(at, now)
    local = at.astimezone(now.tzinfo)
    age = now.astimezone(UTC) - at.astimezone(UTC)
    if age < timedelta(0):
        return "earlier"
    if age < _JUST_NOW:
        return "just now"
    days = (now.date() - local.date()).days
    if days < len(_RECENT):
        return _RECENT[days]
    if days < _WEEK:
        return f"last {_WEEKDAYS[local.weekday()]}"
    return _weeks_or_more(days)


def _weeks_or_more(days: int) -> str:
    """Ages from a week up, rounded down to whole weeks, mean months and mean years (days / 30.44, days / 365.25)."""
    if days < 4 * _WEEK:
        return _ago(days // _WEEK, "week")
    if days < int(_YEAR):
        return _ago(min(11, max(1, int(days / _MONTH))), "month")
    return _ago(max(1, int(days / _YEAR)), "year")


def _ago(count: int, unit: str) -> str:
    if count == 1:
        return f"last {unit}"
    return f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {unit}s ago"


def span(text: str, now: datetime) -> Span | None:
    """The stretch of time ``[start, end)`` that ``text`` speaks of, in ``now``'s zone; None where it names none.

    The first of the rules that fits wins, the more exact before the vaguer. Only the past and today are meant: a
    month or a weekday is the latest one that has begun. Raises ValueError for a naive ``now``.
    """
    _aware(now)
    head = text[:_LOOK_AT]
    for pattern, resolve in _RULES:
        found = pattern.search(head)
        if found is None:
            continue
        try:
            return resolve(found, now)
        except (OverflowError, ValueError):  # a day that no calendar has ("31 June", "9999 years ago")
            continue
    return None


_LOOK_AT = 2000
"""Characters looked at: time expressions stand in what was asked, not in a pasted page."""


def _aware(*times: datetime) -> None:
    if any(t.utcoffset() is None for t in times):
        raise ValueError("a time without a zone: pass aware datetimes")


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _days(start: datetime, count: int = 1) -> Span:
    return start, start + count * _DAY


def _hours(day: datetime, start: int, end: int) -> Span:
    return day + timedelta(hours=start), day + timedelta(hours=end)


def _month(year: int, month: int) -> tuple[int, int]:
    """A month counted past the ends of its year, as (year, 1..12)."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def _months(now: datetime, year: int, month: int, count: int = 1) -> Span:
    first = _midnight(now).replace(day=1)
    year, month = _month(year, month)
    to_year, to_month = _month(year, month + count)
    return first.replace(year=year, month=month), first.replace(year=to_year, month=to_month)


def _number(word: str) -> int:
    word = word.lower()
    if word.isdecimal():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS.index(word)
    return {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4}[word.removeprefix("a ").removesuffix(" of")]


def _since_ago(found: re.Match[str], now: datetime) -> Span:
    """ "Two weeks ago": a stretch around that day, as wide as the unit is vague."""
    count, unit = _number(found["count"]), found["unit"].lower()
    today = _midnight(now)
    if unit == "hour":
        return now - timedelta(hours=count + 1), now
    if unit == "day":
        return _days(today - count * _DAY)
    if unit == "week":
        return _days(today - (7 * count + 3) * _DAY, 7)
    if unit == "month":
        return _months(now, now.year, now.month - count)
    return _months(now, now.year - count, 1, 12)


def _relative_unit(found: re.Match[str], now: datetime) -> Span:
    """ "Last week", "this month": whole calendar units; weeks start on Monday."""
    back, unit = (0 if found["which"].lower() == "this" else 1), found["unit"].lower()
    today = _midnight(now)
    monday = today - today.weekday() * _DAY
    if unit == "week":
        return _days(monday - 7 * back * _DAY, 7)
    if unit == "weekend":
        return _days(monday + (5 - 7 * back) * _DAY, 2)
    if unit == "month":
        return _months(now, now.year, now.month - back)
    return _months(now, now.year - back, 1, 12)


def _weekday(found: re.Match[str], now: datetime) -> Span:
    """ "On Monday": the latest one before today; "last Monday" the same, as her own memory lines say it."""
    today = _midnight(now)
    back = (today.weekday() - _index(found["weekday"], _WEEKDAYS)) % 7 or 7
    return _days(today - back * _DAY)


def _index(name: str, names: tuple[str, ...]) -> int:
    return next(i for i, known in enumerate(names) if known.lower().startswith(name.lower()[:3]))


def _named_month(found: re.Match[str], now: datetime) -> Span:
    """ "In March", "last October": the latest that has begun; "last" never means the running month."""
    month = _index(found["month"], _MONTHS) + 1
    running = month == now.month and "last" in found[0].lower()
    return _months(now, now.year - (month > now.month or running), month)


def _month_of_year(found: re.Match[str], now: datetime) -> Span:
    return _months(now, int(found["year"]), _index(found["month"], _MONTHS) + 1)


def _date(found: re.Match[str], now: datetime) -> Span:
    month, year = _index(found["month"], _MONTHS) + 1, found["year"]
    day = _midnight(now).replace(year=int(year or now.year), month=month, day=int(found["day"]))
    if not year and day > now:
        day = day.replace(year=now.year - 1)
    return _days(day)


def _season(found: re.Match[str], now: datetime) -> Span:
    """ "Last summer": seasons of the northern year in whole months (December-February is winter)."""
    name = found["season"].lower()
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    year = now.year if first <= now.month else now.year - 1
    return _months(now, year, first, 3)


def _iso(found: re.Match[str], now: datetime) -> Span:
    return _days(_midnight(now).replace(year=int(found["year"]), month=int(found["month"]), day=int(found["day"])))


def _day_part(start: int, end: int, back: int = 0) -> Callable[[re.Match[str], datetime], Span]:
    return lambda _found, now: _hours(_midnight(now) - back * _DAY, start, end)


def _back(days: int, count: int = 1) -> Callable[[re.Match[str], datetime], Span]:
    return lambda _found, now: _days(_midnight(now) - days * _DAY, count)


_M = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_Y = r"(?P<year>(?:19|20)\d\d)"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_W = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_N = r"(?P<count>\d{1,4}|an?|(?:a )?(?:couple|few)(?: of)?|several|" + "|".join(_NUMBERS[1:]) + r")"
_IN = r"(?:in|last|during|since|this|by|around|early|late|mid|of|back in)"


def _rule(
    pattern: str, resolve: Callable[[re.Match[str], datetime], Span]
) -> tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Span]]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE | re.ASCII), resolve


_RULES = (
    _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _rule(rf"{_D} (?:of )?{_M},? {_Y}", _date),
    _rule(rf"{_M} {_D},? {_Y}", _date),
    _rule(rf"{_M},? {_Y}", _month_of_year),
    _rule(rf"{_D} (?:of )?{_M}(?P<year>)", _date),
    _rule(rf"{_M} {_D}(?P<year>)", _date),
    _rule(r"day before yesterday", _back(2)),
    _rule(r"yesterday", _back(1)),
    _rule(r"this morning", _day_part(0, 12)),
    _rule(r"this afternoon", _day_part(12, 18)),
    _rule(r"(?:this evening|tonight)", _day_part(17, 24)),
    _rule(r"last night", _day_part(17, 30, back=1)),
    _rule(rf"{_N} (?P<unit>hour|day|week|month|year)s? (?:ago|back|earlier)", _since_ago),
    _rule(r"(?P<which>last|this|past|previous) (?P<unit>weekend|week|month|year)", _relative_unit),
    _rule(rf"(?:on|last|this|this past) {_W}", _weekday),
    _rule(rf"{_IN} {_M}", _named_month),
    _rule(r"(?:in|last|this|during|over) (?:the )?(?P<season>spring|summer|autumn|fall|winter)", _season),
    _rule(rf"(?:in|since|during|of|by|back in) {_Y}", lambda found, now: _months(now, int(found["year"]), 1, 12)),
    _rule(r"the other day", _back(7, 7)),
    _rule(r"today", _back(0)),
)
