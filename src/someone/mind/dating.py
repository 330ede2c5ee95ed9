"""When what a person says holds or happened: resolved against when it was said, and against what is known. Pure.

:mod:`someone.mind.times` reads calendar words ("last October"); here are the words that lean on something else: "since
2009", "for three years", "until March", "two days before her birthday", "the week we moved". Every time is aware; spans
are ``[start, end)`` in the zone of ``now``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from someone.mind.recall import content_words, stem
from someone.mind.times import Span, span

_DAY = timedelta(days=1)
_NUMBERS = {
    w: n
    for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
} | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": 3, "several": 4, "twenty": 20, "thirty": 30,
     "forty": 40, "fifty": 50, "sixty": 60}  # fmt: skip
_COUNT = r"(?P<count>\d{1,3}|a couple of|couple of|a few|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    re.compile(rf"\b(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?,?(?: (?P<year>(?:19|20)\d\d))?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b,?(?: (?P<year>(?:19|20)\d\d))?", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """From when until when a statement holds, as far as it says so. ``ends``: it says that something is over."""

    since: datetime | None = None
    until: datetime | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something dated that other times lean on: ``words`` it goes by, and when it was. ``yearly``: a birthday."""

    words: str
    when: Span
    yearly: bool = False


_SINCE = re.compile(r"\bsince (?P<rest>.{2,40})", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to) (?P<rest>.{2,40})", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom (?P<one>(?:19|20)\d\d) (?:to|until|till) (?P<two>(?:19|20)\d\d)\b", re.IGNORECASE)
_FOR = re.compile(
    rf"\b(?:'ve|'s|have|has) (?:\w+ ){{1,8}}?for (?:about |over |almost |nearly )?{_COUNT} {_UNIT}\b", re.IGNORECASE
)
_ENDS = re.compile(
    r"n't\b.{1,60}\bany ?more\b|\b(?:no longer|not .{1,40} any ?more|quit|gave up|stopped|left my|lost my (?:job|home|house)|"
    r"broke up|split up|sold (?:my|the|our)|retired)\b",
    re.IGNORECASE,
)
_USED_TO = re.compile(r"\bused to\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:lived|worked|studied|was|were|taught|played|had)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:'ve|'s|have|has|haven't|hasn't|am|'m|is|are|live|lives|work|works)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")


def held(statement: str, said: datetime) -> Held:
    """From when until when this statement, said at ``said``, holds."""
    spoken = span(statement, said)
    if (m := _FROM_TO.search(statement)) is not None:
        return Held(_year(said, int(m["one"])), _year(said, int(m["two"]) + 1))
    if _ENDS.search(statement):
        return Held(until=spoken[0] if spoken else said, ends=True)
    if (m := _UNTIL.search(statement)) is not None and (to := _spoken(m["rest"], said)) is not None:
        return Held(until=to[1])
    if (m := _SINCE.search(statement)) is not None and (begun := _spoken(m["rest"], said)) is not None:
        return Held(since=begun[0])
    if (m := _FOR.search(statement)) is not None:
        return Held(since=_back(said, m["count"], m["unit"]))
    if _USED_TO.search(statement):
        return Held(until=said) if spoken is None else Held(spoken[0], spoken[1])
    if spoken is None:
        return Held(until=said) if _PAST.search(statement) and not _NOW.search(statement) else Held()
    past = (
        _PAST.search(statement) and not _NOW.search(statement) and not re.search(r"\bborn\b", statement, re.IGNORECASE)
    )
    return Held(spoken[0], spoken[1] if past else None)


def _spoken(words: str, said: datetime) -> Span | None:
    found = span(words, said) or span(f"in {words}", said) or span(f"on {words}", said)
    if found is None and (m := _YEAR.search(words)):
        return _year(said, int(m["year"])), _year(said, int(m["year"]) + 1)
    return found


def _year(now: datetime, year: int) -> datetime:
    return now.replace(year=year, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _back(now: datetime, count: str, unit: str) -> datetime:
    return now - _number(count) * _DAYS[unit.lower()] * _DAY


def date_in(text: str) -> tuple[int | None, int, int] | None:
    """A day of the year in ``text``, as (year or None, month, day): "the 4th of May", "May 14th", "1962-05-04"."""
    for pattern in _DATE:
        m = pattern.search(text)
        if m is None:
            continue
        month = int(m["month"]) if m["month"].isdecimal() else 1 + _MONTHS.index(m["month"][:3].lower())
        year = int(m["year"]) if m["year"] else None
        try:
            datetime(year or 2024, month, int(m["day"]))  # noqa: DTZ001 - only whether there is such a day
        except ValueError:
            continue
        return year, month, int(m["day"])
    return None


def birthday_span(date: tuple[int | None, int, int], now: datetime) -> Span:
    """The latest birthday that has begun by the end of ``now``'s day; 29 February is kept on the 1st of March."""
    _, month, day = date
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def of(year: int) -> datetime:
        try:
            return midnight.replace(year=year, month=month, day=day)
        except ValueError:
            return midnight.replace(year=year, month=3, day=1)

    start = of(now.year)
    if start > now:
        start = of(now.year - 1)
    return start, start + _DAY


_LEANS = re.compile(
    rf"\b(?:(?:{_COUNT} {_UNIT}|(?P<near>right|just|shortly)) )?(?P<side>before|after) (?P<what>[^.?!,]{{3,60}})",
    re.IGNORECASE,
)
_THE_TIME = re.compile(
    r"\b(?:the|that) (?P<unit>day|week|weekend|month|year|summer|time)(?: that| when)? (?P<what>(?:we|i|she|he|they|my|our)"
    r" [^.?!,]{3,60})",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:on|at|around|during|for) (?P<what>(?:my|our|her|his|their|the|[A-Z]\w+'s) [^.?!,]{3,40})")
_ALIKE = (
    frozenset({"mov", "move", "moved", "moving"}), frozenset({"wedd", "wedding", "married", "marri", "marry"}),
    frozenset({"funeral", "died", "di", "die", "death", "passed", "pass"}), frozenset({"birth", "born", "baby", "bab"}),
    frozenset({"divorc", "divorced", "divorce"}), frozenset({"operation", "surgery", "surger", "operat"}),
    frozenset({"job", "started", "start", "work", "working"}), frozenset({"graduat", "graduated", "graduation"}),
    frozenset({"birthday", "birthda"}),
)  # fmt: skip


_LOOK_AT = 2000
"""Characters looked at: a time stands in what was asked, not in a pasted page."""


def leans(text: str) -> bool:
    """Whether :func:`leaning` could find anything at all: few texts do, and to gather what is known takes long."""
    return any(pattern.search(text[:_LOOK_AT]) for pattern, _ in _LEANING)


def leaning(text: str, anchors: Sequence[Anchor]) -> Span | None:
    """The time that ``text`` names by something known: "two days before her birthday", "the week we moved".

    None where it names none, or nothing known fits. ``anchors`` with words in common are tried; the newest of the best
    counts.
    """
    for pattern, resolve in _LEANING:
        for m in pattern.finditer(text[:_LOOK_AT]):
            anchor = _meant(m["what"], anchors)
            if anchor is not None:
                return resolve(m, anchor.when)
    return None


def _meant(what: str, anchors: Sequence[Anchor]) -> Anchor | None:
    wanted = _stems(what)
    scored = [(len(wanted & _stems(a.words)), a.when[0], i) for i, a in enumerate(anchors)]
    best = max(scored, default=(0, None, 0))
    return anchors[best[2]] if best[0] else None


def _stems(text: str) -> frozenset[str]:
    out: set[str] = set()
    for group in content_words(text):
        for word in group:
            bare = stem(word)
            out |= next((g for g in _ALIKE if bare in g or word in g), frozenset({bare}))
    return frozenset(out)


def share(question: str, statement: str) -> float:
    """The share (0..1) of a question's content words that stand in a statement, by any of their forms."""
    there = _stems(statement)
    groups = [_stems(" ".join(group)) for group in content_words(question)]
    return sum(1 for g in groups if g & there) / max(1, len(groups))


def _beside(m: re.Match[str], when: Span) -> Span:
    """ "Two days before": that day; "a month after": as wide as the unit is vague; without a count, the two weeks beside."""
    before = m["side"].lower() == "before"
    if not m["count"]:
        return (when[0] - 14 * _DAY, when[0]) if before else (when[1], when[1] + 14 * _DAY)
    unit = _DAYS[m["unit"].lower()]
    shift = _number(m["count"]) * unit * _DAY
    start = when[0] - shift if before else when[0] + shift
    slack = (unit // 4) * _DAY
    return start - slack, start + _DAY + slack


def _around(m: re.Match[str], when: Span) -> Span:
    unit = m["unit"].lower()
    start = when[0]
    if unit in ("week", "weekend"):
        monday = start - start.weekday() * _DAY
        return monday, max(monday + 7 * _DAY, when[1])
    if unit == "month":
        first = start.replace(day=1)
        return first, max((first + 32 * _DAY).replace(day=1), when[1])
    if unit == "year":
        return _year(start, start.year), _year(start, start.year + 1)
    return when


def _just(_m: re.Match[str], when: Span) -> Span:
    return when


_LEANING = ((_LEANS, _beside), (_THE_TIME, _around), (_AT, _just))
