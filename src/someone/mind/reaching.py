"""Whether she may reach out, and with what: a pure decision. Everything here says no, until all of it says yes.

Only where the person turned it on, within their hours and their number a day, not soon after a goodbye, not while they are
here, not within a day of danger, and never twice without an answer. Never to bring somebody back: what she reaches out
with is theirs, something that was due or a person of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from someone.mind import small_talk
from someone.mind.bond import TALK_GAP, Bond
from someone.mind.dating import date_in
from someone.mind.knowing import Fact
from someone.mind.loops import Loop
from someone.mind.moments import MomentId
from someone.mind.people import Person

ASK_WITHIN = timedelta(days=4)
"""After this she no longer comes with a question about it; in a talk she still may."""
AFTER_DANGER = timedelta(hours=24)
AFTER_LOSS = timedelta(days=3)
"""After the person told of a death nobody asks how the dentist was."""
QUIET_PERSON = timedelta(days=45)
"""So long unmentioned, someone close may be asked about."""
SELDOM = timedelta(days=60)
"""Between two such questions."""
STILL_TALKING = timedelta(days=7)
"""A person who has been away longer is asked about what was due, and nothing else."""
OFTEN = 5
"""Moments in which someone came up before their absence means anything."""
_YEAR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the person allows. ``quiet``: from when until when, local; equal times: never quiet. ``after_goodbye_h``: hours.
    ``channels``: any of "page", "desktop", "terminal".
    """

    on: bool = False
    quiet: tuple[time, time] = (time(21), time(9))
    per_day: int = 1
    after_goodbye_h: int = 12
    channels: tuple[str, ...] = ("page", "terminal")


@dataclass(frozen=True, slots=True)
class Reach:
    """``text``: what she comes with; ``evidence``: the moments it rests on; ``key``: what makes it happen once."""

    text: str
    evidence: tuple[MomentId, ...]
    key: str
    about: Literal["loop", "birthday", "person"]


def decide(bond: Bond, limits: Limits, now: datetime) -> Reach | None:
    """What she reaches out with now, or nothing. ``now``: local time of the person."""
    return next(wishes(bond, limits, now), None)


def wishes(bond: Bond, limits: Limits, now: datetime) -> Iterator[Reach]:
    """All that she might reach out with now, the first first; nothing where she may not."""
    if may(bond, limits, now):
        yield from _due(bond, now)
        yield from _birthdays(bond, now)
        yield from _long_unmentioned(bond, now)


def may(bond: Bond, limits: Limits, now: datetime) -> bool:
    """Whether anything at all may come from her now."""
    loops = bond.loops
    if not limits.on or not limits.channels or limits.per_day < 1 or is_quiet(limits.quiet, now):
        return False
    if loops.heard_at is None or loops.waiting is not None:
        return False
    newest = max(t for t in (loops.heard_at, loops.parted_at, *(r.at for r in loops.reached[-1:])) if t is not None)
    if now < newest or (not bond.parted and now - loops.heard_at < TALK_GAP):
        return False
    if loops.parted_at is not None and now - loops.parted_at < timedelta(hours=limits.after_goodbye_h):
        return False
    if _hurt(bond, now):
        return False
    today = sum(1 for r in loops.reached if r.at.astimezone(now.tzinfo).date() == now.date())
    return today < limits.per_day


def _hurt(bond: Bond, now: datetime) -> bool:
    cared, loss = bond.loops.cared_at, bond.loops.loss_at
    return (cared is not None and now - cared < AFTER_DANGER) or (loss is not None and now - loss < AFTER_LOSS)


def is_quiet(quiet: tuple[time, time], now: datetime) -> bool:
    """Whether ``now`` lies in these hours, which may run over midnight."""
    begin, end = quiet
    at = now.time()
    if begin == end:
        return False
    return begin <= at < end if begin < end else at >= begin or at < end


def awake(quiet: tuple[time, time], now: datetime) -> datetime:
    """``now``, or the end of these hours where it lies in them."""
    if not is_quiet(quiet, now):
        return now
    end = now.replace(hour=quiet[1].hour, minute=quiet[1].minute, second=0, microsecond=0)
    return end if end > now else end + timedelta(days=1)


def asks_after(bond: Bond, text: str, now: datetime) -> tuple[str, Loop] | None:
    """In a talk: what she asks by rule when a greeting opens the day's first one, once for each thing; else None."""
    loops = bond.loops
    heard = sum(1 for line in bond.talk if line.role == "user")
    if heard != 1 or _hurt(bond, now):
        return None
    before = loops.heard_before
    if before is not None and before.astimezone(now.tzinfo).date() >= now.date():
        return None
    if any(line.role == "assistant" for line in bond.talk):  # she came with a question herself
        return None
    greeting = small_talk.greeting(text, bond.called, 0)
    ripe = loops.ripe(now)
    if greeting is None or not ripe:
        return None
    return f"{greeting.partition('.')[0]}. {ripe[-1].question}", ripe[-1]


def _due(bond: Bond, now: datetime) -> Iterator[Reach]:
    for loop in bond.loops.ripe(now, ASK_WITHIN):
        yield Reach(loop.question, (loop.id,), f"reach:{loop.id}", "loop")


_DEAD = re.compile(
    r"\b(?:died|passed away|death|dead|late (?:mother|father|mum|mom|dad|wife|husband|sister|brother|grand\w+)|funeral|lost (?:him|her))\b",
    re.IGNORECASE,
)


def _living(bond: Bond, who: Person) -> bool:
    """Nobody of whom the person told a death, and no one they parted from."""
    facts = (f.statement for f in bond.knowing.facts if f.subject == who.key)
    return not who.relation.startswith("ex") and not any(_DEAD.search(s) for s in facts)


def _birthdays(bond: Bond, now: datetime) -> Iterator[Reach]:
    tomorrow = (now + timedelta(days=1)).date()
    for fact in bond.knowing.facts:
        who = bond.knowing.person(fact.subject)
        if fact.matter != "birthday" or fact.wrong or who is None or not _living(bond, who):
            continue
        if _falls_on(fact, tomorrow) and not _told(bond, fact.evidence, now, _YEAR):
            name = who.called
            whose = f"{name}'" if name.endswith("s") else f"{name}'s"
            key = f"reach:birthday:{who.key}:{tomorrow.year}"
            yield Reach(
                f"It's {whose} birthday tomorrow, as you told me.", tuple(sorted(fact.evidence)), key, "birthday"
            )


def _falls_on(fact: Fact, day: date) -> bool:
    """29 February is kept on the 1st of March in other years."""
    found = date_in(fact.statement)
    if found is None:
        return False
    _, month, number = found
    if (month, number) == (2, 29) and (day.year % 4 or (day.year % 100 == 0 and day.year % 400)):
        month, number = 3, 1
    return (day.month, day.day) == (month, number)


def _told(bond: Bond, evidence: tuple[MomentId, ...], now: datetime, within: timedelta) -> bool:
    wanted = set(evidence)
    return any(wanted & set(r.evidence) and now - r.at < within for r in bond.loops.reached)


_NEAR = frozenset(
    """mother father mom mum dad sister brother son daughter wife husband partner girlfriend boyfriend friend grandmother
    grandfather aunt uncle cousin niece nephew""".split()  # noqa: SIM905
)


def _long_unmentioned(bond: Bond, now: datetime) -> Iterator[Reach]:
    """Someone close who came up often and then no more: seldom, and only while the person talks with her anyway."""
    loops = bond.loops
    if loops.heard_at is None or now - loops.heard_at > STILL_TALKING:
        return
    seen = {i for p in bond.knowing.people for i in p.seen}
    open_or_asked = {lp.id for lp in loops.loops}
    lately = (r for r in loops.reached if now - r.at < SELDOM)
    if any(set(r.evidence) & seen - open_or_asked for r in lately):
        return
    for who in sorted(bond.knowing.people, key=lambda p: (p.last_at, p.key)):
        if who.relation not in _NEAR or not who.names or who.times < OFTEN or now - who.last_at < QUIET_PERSON:
            continue
        evidence = tuple(i for i in who.seen[-1:] if i not in open_or_asked)
        if evidence and _living(bond, who) and not _told(bond, who.seen, now, _YEAR):
            yield Reach(
                f"How is {who.called} doing these days?", evidence, f"reach:person:{who.key}:{now:%Y}", "person"
            )
