"""Who she was and is, as the page shows it: days with their mood, statements of her self, nights, dreams, skills. Pure.

A view over entries of the bond's journal, as :mod:`someone.knowledge` is one over what she knows of the person. A dream
counts as told once a reply of hers stood on it; the others are only counted, for she tells a dream when asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from someone.mind.moments import (
    Dreamed,
    Entry,
    Felt,
    Heard,
    Pinned,
    Reflected,
    Said,
    SkillApproved,
    SkillShelved,
    SkillTakenBack,
    SkillUsed,
    SkillWritten,
    Slept,
    Stated,
    Withdrawn,
)
from someone.views import (
    BecomingDay,
    BecomingView,
    FeltView,
    MoodView,
    NightTextView,
    NightView,
    SkillView,
    StatementView,
)

KINDS = (
    "Felt",
    "Stated",
    "Pinned",
    "Withdrawn",
    "Reflected",
    "Dreamed",
    "Slept",
    "SkillWritten",
    "SkillApproved",
    "SkillUsed",
    "SkillShelved",
    "SkillTakenBack",
)
"""The kinds of moments that the view is made of; with them, ``Heard`` and ``Said`` of the days it shows."""

MOST_FELT = 6
"""What moved her on one day, at most this many, the strongest: a day has room for no more."""


def becoming(
    entries: Sequence[Entry], talk: Sequence[Entry], *, name: str, since: datetime, now: datetime, days: int
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
        days=tuple(_days(entries, talk, first, now)),
        statements=tuple(statements(entries)),
        reflections=tuple(
            _text(e) for e in entries if isinstance(e.moment, Reflected) and e.moment.night >= first - timedelta(days=1)
        ),
        dreams=tuple(d for d in dreams if d.id in told),
        dreams_untold=sum(d.id not in told for d in dreams),
        skills=tuple(skills(entries)),
        nights=tuple(n for n in nights(entries) if n.night >= first - timedelta(days=1)),
    )


def statements(entries: Iterable[Entry]) -> list[StatementView]:
    """Every statement of her self that was ever made and is not forgotten, in the order written."""
    found: dict[int, StatementView] = {}

    def end(which: int | None, **how: object) -> None:
        if which in found and found[which].until is None:
            found[which] = found[which].model_copy(update=how)

    for entry in entries:
        match entry.moment:
            case Stated() as s:
                end(s.replaces, until=entry.at, ended="replaced")
                found[entry.id] = StatementView(
                    id=entry.id,
                    aspect=s.aspect,
                    text=s.text,
                    since=entry.at,
                    replaces=s.replaces,
                    evidence=s.evidence,
                    by=s.by,
                )
            case Withdrawn(statement=which, why=why):
                end(which, until=entry.at, ended=why)
            case Pinned(statement=which, on=on) if which in found:
                found[which] = found[which].model_copy(update={"pinned": on})
            case _:
                pass
    return list(found.values())


def nights(entries: Iterable[Entry]) -> list[NightView]:
    """Nights, oldest first."""
    return [
        NightView(id=e.id, night=s.night, did=s.did, failed=s.failed, seconds=s.seconds)
        for e in entries
        if isinstance(s := e.moment, Slept)
    ]


def skills(entries: Iterable[Entry]) -> list[SkillView]:
    """Skills by the order in which they were first written."""
    found: dict[str, SkillView] = {}
    for entry in entries:
        moment = entry.moment
        if isinstance(moment, SkillWritten):
            before = found.get(moment.name)
            found[moment.name] = SkillView(
                name=moment.name,
                about="",
                version=moment.version,
                versions=moment.version,
                state="written",
                asks=moment.scopes,
                used=before.used if before else 0,
                since=before.since if before else entry.at,
                evidence=moment.evidence,
            )
        elif isinstance(moment, SkillApproved | SkillUsed | SkillShelved | SkillTakenBack) and moment.name in found:
            found[moment.name] = found[moment.name].model_copy(update=_skill_update(found[moment.name], entry))
    return list(found.values())


def _skill_update(skill: SkillView, entry: Entry) -> dict[str, object]:
    match entry.moment:
        case SkillApproved(version=version, scopes=scopes):
            return {"state": "approved", "version": version, "allowed": scopes}
        case SkillUsed():
            return {"used": skill.used + 1, "last_used": entry.at}
        case SkillShelved(on=on):
            return {"state": "shelved" if on else "approved"}
        case SkillTakenBack(to_version=version):
            return {"state": "approved" if version else "off", "version": version or skill.version}
        case _:
            return {}


def _text(entry: Entry) -> NightTextView:
    moment = entry.moment
    assert isinstance(moment, Reflected | Dreamed)
    return NightTextView(id=entry.id, night=moment.night, text=moment.text, evidence=moment.evidence)


def _days(entries: Sequence[Entry], talk: Sequence[Entry], first: date, now: datetime) -> list[BecomingDay]:
    lines: dict[date, int] = {}
    for e in talk:
        if isinstance(e.moment, Heard):
            lines[_day(e.at, now)] = lines.get(_day(e.at, now), 0) + 1
    felt: dict[date, list[Entry]] = {}
    course = _Course()
    for e in entries:
        if isinstance(e.moment, Felt):
            if _day(e.at, now) >= first:
                felt.setdefault(_day(e.at, now), []).append(e)
            else:
                course.take(e)
    out: list[BecomingDay] = []
    for n in range((_day(now, now) - first).days + 1):
        day = first + timedelta(days=n)
        begins = datetime.combine(day, time(), now.tzinfo)
        seen = [course.at(begins).pleasure]
        for e in felt.get(day, ()):
            seen.append(course.at(e.at).pleasure)
            course.take(e)
            seen.append(course.at(e.at).pleasure)
        mood = course.at(min(now, begins + timedelta(days=1)))
        seen.append(mood.pleasure)
        strongest = sorted(felt.get(day, ()), key=_strength, reverse=True)[:MOST_FELT]
        out.append(
            BecomingDay(
                day=day,
                lines=lines.get(day, 0),
                mood=mood,
                low=min(seen),
                high=max(seen),
                felt=tuple(_felt(e) for e in sorted(strongest, key=lambda e: e.id)),
            )
        )
    return out


def _strength(entry: Entry) -> float:
    return entry.moment.intensity if isinstance(entry.moment, Felt) else 0.0


def _felt(entry: Entry) -> FeltView:
    felt = entry.moment
    assert isinstance(felt, Felt)
    return FeltView(
        id=entry.id,
        at=entry.at,
        feeling=felt.feeling,
        why=felt.why,
        emotion=felt.emotion,
        intensity=felt.intensity,
        about=felt.about,
        cause=felt.cause,
    )


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()


_PULL = {"happy": 0.5, "warm": 0.4, "playful": 0.45, "glad": 0.45, "worried": -0.4, "sad": -0.5, "quiet": -0.25}
_REST = 0.15


class _Course:
    """The mood along the days: each feeling pulls at it, and it settles."""

    def __init__(self) -> None:
        self.value, self.stir, self.when = _REST, 0.0, None

    def at(self, now: datetime) -> MoodView:
        hours = 0.0 if self.when is None else max(0.0, (now - self.when).total_seconds() / 3600)
        left = 0.5 ** (hours / 18)
        p = _REST + (self.value - _REST) * left
        word = "warm" if p > _REST + 0.1 else "calm" if p > 0 else "quiet"
        return MoodView(pleasure=p, arousal=self.stir * left, dominance=0.0, word=word)

    def take(self, entry: Entry) -> None:
        assert isinstance(entry.moment, Felt)
        mood = self.at(entry.at)
        pull = next((v for w, v in _PULL.items() if w in entry.moment.feeling), 0.0)
        strength = entry.moment.intensity or 0.3
        self.value = mood.pleasure + (pull - mood.pleasure) * 0.5 * strength
        self.stir = mood.arousal + (1 - mood.arousal) * 0.4 * strength
        self.when = entry.at
