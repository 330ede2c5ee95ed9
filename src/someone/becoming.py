"""Who she was and is, as the page shows it: days with their mood, statements of her self, nights, dreams, skills. Pure.

A view over entries of the bond's journal, as :mod:`someone.knowledge` is one over what she knows of the person. A dream
counts as told once a reply of hers stood on it; the others are only counted, for she tells a dream when asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import fmean

from someone import moved, statements
from someone.mind import mood as moods
from someone.mind.bond import Bond
from someone.mind.moments import (
    Dreamed,
    Entry,
    Felt,
    Heard,
    Reflected,
    Said,
)
from someone.mind.mood import Mood
from someone.views import (
    BecomingDay,
    BecomingView,
    FeltView,
    MoodView,
    NightTextView,
    SkillView,
    night_view,
)

KINDS = (
    "Felt",
    "Reflected",
    "Dreamed",
    "Slept",
)
"""The kinds of moments that the view is made of; with them, ``Heard`` and ``Said`` of the days it shows."""

MOST_FELT = 6
"""What moved her on one day, at most this many, the strongest: a day has room for no more."""

HOUR = timedelta(hours=1)
AFTER = timedelta(hours=3)
"""How long after the last thing that moved her a day's mood is looked at: most of it has faded by then."""


def becoming(
    bond: Bond,
    entries: Sequence[Entry],
    talk: Sequence[Entry],
    *,
    name: str,
    since: datetime,
    now: datetime,
    days: int,
    skills: Sequence[SkillView] = (),
) -> BecomingView:
    """The view of the last ``days`` days in the zone of ``now``. ``entries``: all of :data:`KINDS`, in order; ``talk``:
    what was heard and said, in order, as far back as there is. Statements, skills and told dreams are of her whole life:
    what she is now may have begun long ago.
    """
    since = min([since, *(e.at for e in entries[:1])])  # a clock set back in between leaves her no younger
    told = {i for e in talk if isinstance(e.moment, Said) for i in e.moment.stood_on}
    dreams = [_text(e) for e in entries if isinstance(e.moment, Dreamed)]
    first = max(_day(since, now), _day(now, now) - timedelta(days=max(1, days) - 1))
    return BecomingView(
        name=name,
        since=since,
        days=tuple(_days(entries, talk, first, now, bond.called)),
        statements=tuple(statements.held(bond.becoming, now, statements.ALL)),
        reflections=tuple(
            _text(e) for e in entries if isinstance(e.moment, Reflected) and e.moment.night >= first - timedelta(days=1)
        ),
        dreams=tuple(d for d in dreams if d.id in told),
        dreams_untold=sum(d.id not in told for d in dreams),
        skills=tuple(skills),
        nights=tuple(n for e in entries if (n := night_view(e)) is not None and n.night >= first - timedelta(days=1)),
    )


def _text(entry: Entry) -> NightTextView:
    moment = entry.moment
    assert isinstance(moment, Reflected | Dreamed)
    return NightTextView(id=entry.id, night=moment.night, text=moment.text, evidence=moment.evidence)


def _days(
    entries: Sequence[Entry], talk: Sequence[Entry], first: date, now: datetime, called: str
) -> list[BecomingDay]:
    lines = Counter(_day(e.at, now) for e in talk if isinstance(e.moment, Heard))
    felt: dict[date, list[Entry]] = {}
    mood = Mood()
    for e in entries:
        if not isinstance(e.moment, Felt):
            continue
        if _day(e.at, now) >= first:
            felt.setdefault(_day(e.at, now), []).append(e)
        else:
            mood = moods.step(mood, e)
    out: list[BecomingDay] = []
    for n in range((_day(now, now) - first).days + 1):
        day = first + timedelta(days=n)
        begins = datetime.combine(day, time(), now.tzinfo)
        mood, course = _course(mood, felt.get(day, ()), begins, min(now, begins + timedelta(days=1)))
        strongest = sorted(filter(_strength, felt.get(day, ())), key=_strength, reverse=True)[:MOST_FELT]
        out.append(
            BecomingDay(
                day=day,
                lines=lines[day],
                mood=_mean(course),
                low=min(m.p for m in course),
                high=max(m.p for m in course),
                felt=tuple(_felt(e, called) for e in sorted(strongest, key=lambda e: e.id)),
            )
        )
    return out


def _course(mood: Mood, felt: Sequence[Entry], begins: datetime, ends: datetime) -> tuple[Mood, list[Mood]]:
    """The mood at the day's end, and its course while there was something to feel: hour by hour from what moved her first
    until AFTER what moved her last. Of a still day, on which it only settles, the beginning, the middle and the end.
    """
    start, last = (felt[0].at, min(ends, felt[-1].at + AFTER)) if felt else (begins, ends)
    every = HOUR if felt else max(HOUR, (ends - begins) / 2)
    looks = [start + n * every for n in range(max(0, int((last - start) / every)) + 1)]
    course: list[Mood] = []
    for at, entry in sorted([*((look, None) for look in looks), *((e.at, e) for e in felt)], key=lambda s: s[0]):
        course.append(moods.mood_at(mood, at))
        if entry is not None:
            mood = moods.step(mood, entry)
            course.append(mood)
    return mood, course


def _mean(course: Sequence[Mood]) -> MoodView:
    p, a, d = (fmean(values) for values in zip(*(m.pad for m in course), strict=True))
    return moved.mood_view(Mood(p=p, a=a, d=d))


def _strength(entry: Entry) -> float:
    found = moods.kind_of(entry.moment) if isinstance(entry.moment, Felt) else None
    return found[1] if found is not None else 0.0


def _felt(entry: Entry, called: str) -> FeltView:
    felt = moved.felt_view(entry, called)
    return felt.model_copy(update={"feeling": felt.feeling.replace(f"for {called}", "for you")}) if called else felt


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
