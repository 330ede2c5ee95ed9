"""What she knows of a person, as the page and the terminal show it: facts, people and days. Pure, over the fold.

Facts are named by their id ("12", or "12.2" for a second statement in the same moment), people by any of their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from someone.errors import InputError, SomeoneError
from someone.mind import people as folk
from someone.mind.feelings import MOOD
from someone.mind.knowing import YOU, Fact, Knowing, time_meant
from someone.mind.moments import Entry, Felt, Heard
from someone.mind.people import Person
from someone.views import DayView, FactView, PersonView


def facts(
    known: Knowing, now: datetime, *, text: str = "", person: str = "", since: str = "", until: str = ""
) -> list[FactView]:
    """The facts that fit, the last told first. ``text``: words that must all stand in it; ``since`` and ``until``: days
    on which it was told, as a date or in words ("last October", "the week we moved").

    Raises InputError for a time that can't be read, SomeoneError for a person who is not known.
    """
    whom = {p.key for p in _all_named(known, person)} if person.strip() else set[str]()
    words = text.casefold().split()
    first = _time(known, since, now)[0] if since.strip() else None
    last = _time(known, until, now)[1] if until.strip() else None
    views = _views(known, known.facts)
    found = [
        v
        for v in views
        if (not whom or v.person in whom)
        and all(w in f"{v.statement} {v.about}".casefold() for w in words)
        and (first is None or v.told_at >= first)
        and (last is None or v.told_at < last)
    ]
    return sorted(found, key=lambda v: v.told_at, reverse=True)


def people(known: Knowing) -> list[PersonView]:
    """Everyone, those who came up last first."""
    return [_person(known, p, ()) for p in sorted(known.people, key=lambda p: p.last_at, reverse=True)]


def person(known: Knowing, name: str) -> list[PersonView]:
    """Everyone who goes by this name, with what is known of them. Raises SomeoneError where nobody does."""
    return [
        _person(known, p, tuple(_views(known, (f for f in known.facts if f.subject == p.key))))
        for p in _all_named(known, name)
    ]


def days(known: Knowing, entries: Sequence[Entry], now: datetime, limit: int) -> list[DayView]:
    """The last days of talk in the zone of ``now``, the newest first, with what mattered in each."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.at.astimezone(now.tzinfo).date(), []).append(entry)
    newest = sorted(by_day.items(), key=lambda item: item[0], reverse=True)[: max(0, limit)]
    views = _views(known, known.facts)
    out: list[DayView] = []
    for _, of_day in newest:
        ids = {int(e.id) for e in of_day}
        felt = (e.moment.feeling for e in of_day if isinstance(e.moment, Felt) and e.moment.emotion != MOOD)
        out.append(
            DayView(
                day=of_day[0].at.astimezone(now.tzinfo).date(),
                lines=sum(isinstance(e.moment, Heard) for e in of_day),
                first=min(ids),
                feelings=tuple(dict.fromkeys(felt)),
                people=tuple(p.called for p in known.people if ids & {*p.seen, *p.met}),
                facts=tuple(v for v in views if not v.wrong and ids & set(v.evidence)),
            )
        )
    return out


def fact(known: Knowing, wanted: str) -> Fact:
    """The fact of this id. Raises SomeoneError."""
    bare = wanted.strip().removeprefix("#")
    found = next((f for f in known.facts if f.id == bare), None)
    if found is None:
        raise SomeoneError(
            f"I hold no fact with the number {bare or '(none)'}.",
            safe="Nothing was changed.",
            do="`someone memory` lists them with their numbers.",
        )
    return found


def believed(known: Knowing, text: str) -> Fact | None:
    """The fact that is asked about, by its number ("#12") or by words that all stand in it; the last told of several."""
    wanted = text.strip()
    if wanted.startswith("#"):
        return next((f for f in known.facts if f.id == wanted[1:]), None)
    words = wanted.casefold().split()
    said = [f for f in known.facts if words and all(w in f.statement.casefold() for w in words)]
    return max(said, key=lambda f: (not f.wrong, f.told_at), default=None)


def fact_view(known: Knowing, wanted: Fact) -> FactView:
    return next(v for v in _views(known, known.facts) if v.id == wanted.id)


def two_people(known: Knowing, one: str, other: str) -> tuple[Person, Person]:
    """The two that are to be one, the longer known first. Raises SomeoneError where a name means nobody or several."""
    first, second = _one(known, one), _one(known, other)
    if first.key == second.key:
        raise SomeoneError(
            f"{first.called} is one person already.",
            safe="Nothing was changed.",
            do="`someone memory people` shows all.",
        )
    return (first, second) if first.first_at <= second.first_at else (second, first)


def _one(known: Knowing, name: str) -> Person:
    found = _all_named(known, name)
    if len(found) != 1:
        said = ", ".join(f"'{p.relation} {p.called}'" for p in found)
        raise SomeoneError(f"Several people are called {name}.", safe="Nothing was changed.", do=f"Say which: {said}.")
    return found[0]


def _all_named(known: Knowing, name: str) -> tuple[Person, ...]:
    by_key = known.person(name.strip())
    found = (by_key,) if by_key is not None else folk.named(known.people, name)
    if not found:
        raise SomeoneError(
            f"I know nobody called {name}.", safe="Nothing was changed.", do="`someone memory people` shows who I know."
        )
    return found


def _time(known: Knowing, said: str, now: datetime) -> tuple[datetime, datetime]:
    meant = time_meant(said, known, now) or time_meant(f"in {said}", known, now) or time_meant(f"on {said}", known, now)
    if meant is None:
        raise InputError(
            f"I can't tell what time '{said}' is.",
            safe="Nothing was changed.",
            do="Give a day like 2026-03-14, or words like 'last October'.",
        )
    return meant


def _views(known: Knowing, which: Iterable[Fact]) -> list[FactView]:
    standing = known.standing()
    names = {p.key: p.called for p in known.people}
    out: list[FactView] = []
    for f in which:
        place = standing.get(f.id)
        until = place.until if place is not None else f.valid_to
        over = f.ends or (not f.happened and until is not None)
        out.append(
            FactView(
                id=f.id,
                about=names.get(f.subject, YOU),
                person=f.subject if f.subject in names else "",
                statement=f.statement,
                matter=f.matter,
                told_at=f.told_at,
                since=f.valid_from,
                until=until,
                current=not over and not f.wrong,
                wrong=f.wrong,
                happened=f.happened,
                by=f.by,
                evidence=f.evidence,
            )
        )
    return out


def _person(known: Knowing, who: Person, about: tuple[FactView, ...]) -> PersonView:
    birthday = [f for f in known.facts if f.subject == who.key and f.matter == "birthday" and not f.wrong]
    return PersonView(
        key=who.key,
        name=who.called,
        names=who.names,
        relation=who.relation,
        birthday=birthday[-1].statement if birthday else "",
        first_at=who.first_at,
        last_at=who.last_at,
        times=who.times,
        seen=who.seen,
        facts=about,
    )
