"""WhatsApp's "export chat": a text file whose dates are written as the phone of the one who exported it writes them.

The order of day, month and year is decided over the whole file: the order under which the most lines are dates, the
fewest go back in time and the years are likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise
from typing import Literal

from someone.memory.past.reading import Reading, Source, lines
from someone.mind.past import Record, key_of, records

_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
_STAMP = re.compile(
    r"(?P<open>\[)?(?P<a>\d{1,4})[./-] ?(?P<b>\d{1,2})[./-] ?(?P<c>\d{1,4})\.?,?\s+(?:um |kl\.? ?|à |a las |alle |às )?"
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"(?(open)\]\s*|\s+[-–]\s+)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WRITER = re.compile(r"(?P<who>[^:\n]{1,80}?): ?(?P<text>.*)", re.DOTALL)
_NO_WORDS = re.compile(
    r"<[^<>]{2,40}>|.{0,60}\b(?:omitted|weggelassen|ausgeschlossen|omitido|omis|omesso|verwijderd|attached|angehängt|adjunto)\)?>?"
    r"|(?:this message was deleted|you deleted this message|diese nachricht wurde gelöscht|null)\.?",
    re.IGNORECASE,
)
_YOU = frozenset({"you", "du", "ich", "tú", "vous", "tu", "jij", "você"})
_FIRST_YEAR = 2009  # WhatsApp's own

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")


def looks_like(head: str) -> bool:
    """Whether a text begins as such a chat does: a stamp in one of its first lines and, among them, a writer."""
    found = [m for line in head.splitlines()[:40] if (m := _STAMP.match(line.strip(_MARKS)))]
    return any(_WRITER.match(m["rest"].strip(_MARKS)) for m in found)


def read(source: Source, reading: Reading) -> Iterator[Record]:
    """The messages in the order of the file. Lines of the app itself and what holds no words are counted as skipped."""
    survey = _survey(source)
    order, sure = order_of(survey.dates, dotted=survey.dotted, halves=survey.halves)
    if not sure:
        shape = {"dmy": "the day first", "mdy": "the month first", "ymd": "the year first"}[order]
        reading.note(f"The dates in {source.name} can be read in more than one way. I took {shape}.")
    me = _me(survey.writers, reading)
    if survey.writers and not me:
        names = ", ".join(sorted(survey.writers)[:8])
        reading.note(f"I could not tell which writer of {source.name} is you: {names}. Say it with --me NAME.")
    minute, seen = None, dict[str, int]()
    for message in _messages(source, reading):
        if not message.text.strip() or _NO_WORDS.fullmatch(message.text.strip()):
            reading.skip("messages without words (pictures, sounds, deleted ones)")
            continue
        at = message.at(order)
        if at is None:
            reading.skip("dates that are none (kept without a date)")
        elif at != minute:
            minute, seen = at, {}
        again = key_of((message.who, message.text))
        seen[again] = seen.get(again, 0) + 1
        yield from records(
            "whatsapp",
            message.text,
            origin=source.name,
            author=message.who,
            mine=message.who in me,
            said_at=at.astimezone() if at else None,
            ids=(str(seen[again]),),
        )


@dataclass(slots=True)
class _Message:
    stamp: re.Match[str]
    who: str
    text: str

    def at(self, order: Order) -> datetime | None:
        """The local time, by this order or, where that is no date, by another."""
        found = (_date(_numbers(self.stamp), o) for o in (order, *ORDERS))
        day = next((d for d in found if d), None)
        if day is None:
            return None
        hour, minute, second = int(self.stamp["h"]), int(self.stamp["m"]), int(self.stamp["s"] or 0)
        if (half := (self.stamp["half"] or "")[:1].lower()) and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        try:
            return datetime(*day, hour, minute, second)
        except ValueError:
            return None


def _messages(source: Source, reading: Reading) -> Iterator[_Message]:
    message: _Message | None = None
    for raw in lines(source, reading):
        line = raw.strip(_MARKS)
        stamp = _STAMP.match(line)
        if stamp is None:
            if message is not None:
                message.text += "\n" + line
            elif line.strip():
                reading.skip("lines before the first message")
            continue
        if message is not None:
            yield message
        writer = _WRITER.match(stamp["rest"].strip(_MARKS))
        if writer is None:
            reading.skip("notices of the app")
            message = None
            continue
        message = _Message(stamp, writer["who"].strip(_MARKS + " ~"), writer["text"].strip(_MARKS))
    if message is not None:
        yield message


Numbers = tuple[str, str, str]


@dataclass(slots=True)
class _Survey:
    dates: list[Numbers]
    writers: set[str]
    dotted: bool
    halves: bool


def _survey(source: Source, most: int = 200_000) -> _Survey:
    """The dates (each day once as they follow) and the writers of at most so many messages."""
    survey = _Survey([], set(), False, False)
    for message in islice(_messages(source, Reading()), most):
        numbers = _numbers(message.stamp)
        if not survey.dates or survey.dates[-1] != numbers:
            survey.dates.append(numbers)
        survey.writers.add(message.who)
        survey.halves |= bool(message.stamp["half"])
        survey.dotted |= "." in message.stamp[0][: message.stamp.start("h")]
    return survey


def order_of(dates: list[Numbers], *, dotted: bool = False, halves: bool = False) -> tuple[Order, bool]:
    """The order of day, month and year in these dates (as they follow in the file), and whether another fits as well.

    Where two fit alike, dots speak for the day first and hours of a half day for the month first, else the day is first.
    """
    prior: Order = "mdy" if halves and not dotted else "dmy"
    fits = {order: _misfit(dates, order) for order in ORDERS}
    best = min(ORDERS, key=lambda order: (fits[order], order != prior))
    alone = all(fits[order] > fits[best] for order in ORDERS if order != best)
    return best, alone or not dates


def _misfit(dates: list[Numbers], order: Order) -> tuple[int, int, int]:
    """How badly an order fits: what is no date; unlikely years; steps back in time."""
    days = [_date(numbers, order) for numbers in dates]
    real = [day for day in days if day]
    odd = sum(day[0] < _FIRST_YEAR for day in real)
    back = sum(later < earlier for earlier, later in pairwise(real))
    return len(days) - len(real), odd, back


def _date(numbers: Numbers, order: Order) -> tuple[int, int, int] | None:
    named = dict(zip(order, numbers, strict=True))
    if len(named["d"]) > 2 or len(named["m"]) > 2 or len(named["y"]) not in (2, 4):
        return None
    year, month, day = (int(named[part]) for part in "ymd")
    year += 2000 if len(named["y"]) == 2 else 0
    try:
        datetime(year, month, day)
    except ValueError:
        return None
    return year, month, day


def _numbers(stamp: re.Match[str]) -> Numbers:
    return stamp["a"], stamp["b"], stamp["c"]


def _me(writers: set[str], reading: Reading) -> set[str]:
    """The writer who is the person: named by them, "You", or the only one who bears what they are called."""
    named = {w for w in writers if reading.is_me(w) or w.casefold() in _YOU}
    if named or not reading.called:
        return named
    called = reading.called.casefold()
    alike = {w for w in writers if w.casefold() == called or w.casefold().split()[:1] == [called]}
    return alike if len(alike) == 1 else set()
