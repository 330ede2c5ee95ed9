"""What she knows of a person's life: dated facts and the people in it, as a pure fold over the bond's journal.

Facts come from what the person said (:mod:`someone.mind.facts`), so nothing is stored twice: a release with better
rules knows better at its next start, and what is forgotten is unknown at once. ``Noticed`` adds what a brain found later,
with its evidence; ``Corrected`` is the person's own word against a fact.

A fact has two times: when it was said, and from when until when it holds. It is never overwritten: what follows it in
the same matter (:mod:`someone.mind.matters`) ends it, and :func:`timeline` tells what held when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from someone.mind import dating, people
from someone.mind.dating import Anchor
from someone.mind.fact_words import KIN
from someone.mind.facts import NAME, lasting, tidy
from someone.mind.matters import HAPPENED, TIMELESS, plain_words, settles
from someone.mind.moments import Corrected, Entry, Heard, Met, MomentId, Noticed, PersonMerged
from someone.mind.people import Person
from someone.mind.times import Span, span

YOU = "you"
"""The subject of a fact about the person."""

MOST = 3000
"""Facts kept; beyond that the oldest are let go of (their moments stay in the journal)."""


class Fact(BaseModel):
    """Something lasting, in the person's words.

    ``id``: the first moment it rests on, and which of its statements (".2" for the second). ``subject``: "you" or the key
    of one of the people. ``matter``: what it settles ("home", "birthday", "favourite tea"), "" where many may hold at once.
    ``value``: the place, day or thing, lower case, to tell whether two settle it alike. ``valid_from`` and ``valid_to``: as
    far as it was said; ``happened``: these bound an event, not a state. ``ends``: it says that something is over.
    ``told_at``: when it was said last. ``wrong``: the person said that it is not so.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    subject: str
    matter: str = ""
    value: str = ""
    statement: str
    said_at: datetime
    told_at: datetime
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    happened: bool = False
    ends: bool = False
    wrong: bool = False
    by: str = ""
    evidence: tuple[MomentId, ...] = ()


class Knowing(BaseModel):
    """All facts, in the order in which they were said, and all people, in the order in which they came up."""

    model_config = ConfigDict(frozen=True)

    facts: tuple[Fact, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def current(self) -> tuple[Fact, ...]:
        """What holds as far as she knows, the last told last."""
        over = {s.fact.id for s in self._settled() if s.until is not None}
        held = (f for f in self.facts if not f.wrong and not f.ends and f.id not in over)
        return tuple(sorted(held, key=lambda f: f.told_at))

    @property
    def disowned(self) -> frozenset[MomentId]:
        """Moments whose facts the person has since called wrong: they are not given as answers."""
        wrong = frozenset(i for f in self.facts if f.wrong for i in f.evidence)
        return wrong - frozenset(i for f in self.facts if not f.wrong for i in f.evidence) if wrong else wrong

    def standing(self) -> dict[str, Standing]:
        """Every fact of a single matter in its place in time, by its id."""
        return {s.fact.id: s for s in self._settled()}

    def _settled(self) -> list[Standing]:
        by_matter: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            if fact.matter:
                by_matter.setdefault((fact.subject, fact.matter), []).append(fact)
        return [s for (subject, matter), own in by_matter.items() for s in timeline(own, subject, matter)]

    def person(self, key: str) -> Person | None:
        return next((p for p in self.people if p.key == key), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact in its place in time: it is known to hold from ``since`` until ``until`` (None: still)."""

    fact: Fact
    since: datetime
    until: datetime | None


def step(knowing: Knowing, entry: Entry) -> Knowing:
    """What is known after one more moment."""
    match entry.moment:
        case Heard(text=text):
            return _heard(knowing, entry, text)
        case Met(about=about) if about:
            return _heard(knowing, entry, about, asked_for=True)
        case Noticed() as noticed:
            return _noticed(knowing, entry, noticed)
        case Corrected(fact=fact, text=text):
            return _corrected(knowing, entry, fact, text)
        case PersonMerged(kept=kept, gone=gone):
            return _merged(knowing, kept, gone)
        case _:
            return knowing


def _heard(knowing: Knowing, entry: Entry, text: str, *, asked_for: bool = False) -> Knowing:
    """``asked_for``: an answer to the question about someone who matters; it is kept whatever its form."""
    met = people.meet(knowing.people, text, entry.at, entry.id)
    known = _merged_in_passing(knowing, met)
    facts = known.facts
    names = {word for p in met for n in p.names for word in (n.lower(), n.lower().split()[0])}
    about = YOU
    for n, statement in enumerate(lasting(text, names) or ((text,) if asked_for else ())):
        about = subject_of(statement, met, about)
        facts = _added(facts, _fact(statement, about, entry, n))
    if facts is knowing.facts and met is knowing.people:
        return knowing
    return Knowing(facts=facts[-MOST:], people=met)


def _fact(statement: str, subject: str, entry: Entry, n: int) -> Fact:
    plain = tidy(statement)
    matter, value = settles(plain)
    held = dating.Held() if matter in TIMELESS else dating.held(plain, entry.at)
    return Fact(
        id=f"{entry.id}" if n == 0 else f"{entry.id}.{n + 1}",
        subject=subject,
        matter=matter,
        value=value,
        statement=statement.rstrip(),
        said_at=entry.at,
        told_at=entry.at,
        valid_from=held.since,
        valid_to=held.until,
        happened=not matter and HAPPENED.search(plain) is not None,
        ends=held.ends,
        evidence=(entry.id,),
    )


def _added(facts: tuple[Fact, ...], new: Fact) -> tuple[Fact, ...]:
    """With one more; said again, the same fact only gains a moment, unless something else held in between."""
    words = plain_words(new.statement)
    same = next((f for f in reversed(facts) if f.subject == new.subject and plain_words(f.statement) == words), None)
    if same is None or same.wrong:
        return (*facts, new)
    if new.matter and not new.ends:
        holds_now = now_holds(facts, new.subject, new.matter)
        if holds_now is None or (holds_now.fact.id != same.id and holds_now.fact.value != same.value):
            return (*facts, new)
    if new.evidence[0] in same.evidence:
        return facts
    again = same.model_copy(update={"evidence": (*same.evidence, *new.evidence), "told_at": new.told_at})
    return tuple(again if f.id == same.id else f for f in facts)


def _noticed(knowing: Knowing, entry: Entry, noticed: Noticed) -> Knowing:
    """What a brain found: only with evidence, once, and about somebody who is known."""
    if not noticed.evidence:
        return knowing
    subject = YOU
    if noticed.subject.lower() not in ("", YOU, "me"):
        found = people.named(knowing.people, noticed.subject)
        if len(found) != 1:
            return knowing
        subject = found[0].key
    fact = _fact(noticed.statement, subject, entry, 0).model_copy(
        update={"evidence": noticed.evidence, "by": noticed.by}
        | ({"valid_from": noticed.valid_from} if noticed.valid_from else {})
        | ({"valid_to": noticed.valid_to} if noticed.valid_to else {})
    )
    if any(
        f.subject == subject and f.value and (f.matter, f.value) == (fact.matter, fact.value) for f in knowing.facts
    ):
        return knowing
    return knowing.model_copy(update={"facts": _added(knowing.facts, fact)[-MOST:]})


def _corrected(knowing: Knowing, entry: Entry, wrong: str, text: str) -> Knowing:
    """The old one is marked as wrong and stays; what is right stands in its place, from the time that it had."""
    old = next((f for f in knowing.facts if f.id == wrong), None)
    if old is None or old.wrong:
        return knowing
    facts = tuple(f.model_copy(update={"wrong": True}) if f is old else f for f in knowing.facts)
    met = knowing.people
    if text.strip():
        met = people.meet(met, text, entry.at, entry.id)
        right = _fact(text.strip(), old.subject, entry, 0)
        kept = {"matter": right.matter or old.matter, "value": right.value or plain_words(text)}
        if right.valid_from is None and right.valid_to is None:
            kept |= {"valid_from": old.valid_from, "valid_to": old.valid_to, "happened": old.happened}
        facts = (*facts, right.model_copy(update=kept))
    return Knowing(facts=facts[-MOST:], people=met)


def _merged(knowing: Knowing, kept: str, gone: str) -> Knowing:
    met = people.merge(knowing.people, kept, gone)
    if met is knowing.people:
        return knowing
    facts = tuple(f.model_copy(update={"subject": kept}) if f.subject == gone else f for f in knowing.facts)
    return Knowing(facts=facts, people=met)


def _merged_in_passing(knowing: Knowing, met: tuple[Person, ...]) -> Knowing:
    """Facts follow their people when a sentence said that two of these are one."""
    left = {p.key for p in met}
    for gone in (p for p in knowing.people if p.key not in left):
        heir = next((p for p in met if set(gone.names) & set(p.names)), None)
        if heir is not None:
            facts = tuple(
                f.model_copy(update={"subject": heir.key}) if f.subject == gone.key else f for f in knowing.facts
            )
            knowing = knowing.model_copy(update={"facts": facts})
    return knowing


_I = re.IGNORECASE
_ON_KIN = re.compile(rf"^(?:my|our) (?:[\w'-]+ ){{0,3}}?(?:{KIN})\b", _I)
_ON_NAME = re.compile(rf"^(?P<name>{NAME}(?: {NAME}){{0,2}})", _I)
_ON_WHO_WAS = re.compile(r"^(?:she|he|they|her|his|their)(?:'s|'re)?\b", _I)


def subject_of(statement: str, met: Sequence[Person], before: str) -> str:
    """Whom a statement is about: the person, one of the people, or (by "she") whoever the one before was about."""
    plain = tidy(statement)
    if _ON_WHO_WAS.match(plain):
        return before
    if _ON_KIN.match(plain):
        for who in people.met_in(plain):
            person = people.find(met, who)
            if person is not None:
                return person.key
        return YOU
    name = _ON_NAME.match(plain)
    if name is not None and not re.match(r"(?:my|our|i|we)\b", plain, _I):
        found = people.named(met, name["name"]) or people.named(met, name["name"].split()[0])
        related = people.met_in(plain)
        if len(found) > 1 and related:
            found = tuple(p for p in found if people.agree(p.relation, related[0].relation))[:1]
        if len(found) == 1:
            return found[0].key
    return YOU


_LONG_AGO = timedelta(days=36525)
_INSTANT = timedelta(microseconds=1)
NEWS = timedelta(days=366)
"""A change told within a year of itself is news ("I moved to York last week"): what was told before it is over."""


def timeline(facts: Sequence[Fact], subject: str, matter: str) -> tuple[Standing, ...]:
    """What held in one matter, oldest first. The same, in whatever order the facts are given.

    A fact is known to hold from ``valid_from``, else from when it was said; what is only known to be over comes before
    all else. It ends with what it says of its end, or when the next different one begins.
    """
    own = [f for f in facts if f.subject == subject and f.matter == matter and not f.wrong]
    news = [f for f in own if f.valid_from and not f.ends and f.said_at - f.valid_from <= NEWS]

    def since(fact: Fact) -> datetime:
        """As said; but what was said without a date before news of a change held before that change."""
        begins = _since(fact)
        if fact.valid_from is not None or fact.valid_to is not None:
            return begins
        changed = (n.valid_from for n in news if n.said_at > fact.said_at and n.value != fact.value and n.valid_from)
        return min((begins, *(c - _INSTANT for c in changed)))

    states = sorted((f for f in own if not f.ends or f.matter == "work"), key=lambda f: (since(f), f.said_at, f.id))
    closers = sorted(((f.valid_to or f.said_at), f.value) for f in own if f.ends)
    out: list[Standing] = []
    for i, fact in enumerate(states):
        begins = since(fact)
        later = (since(n) for n in states[i + 1 :] if n.value != fact.value and since(n) > begins)
        closed = (
            at for at, value in closers if at >= begins and (value == fact.value or not value or matter == "work")
        )
        stated = () if fact.valid_to is None or fact.ends else (fact.valid_to,)
        ends = min((*later, *closed, *stated) if not fact.ends else tuple(later), default=None)
        out.append(Standing(fact, begins, ends))
    return tuple(_newest_of_equals(out))


def _since(fact: Fact) -> datetime:
    if fact.ends:
        return fact.valid_to or fact.said_at
    if fact.valid_from is not None:
        return fact.valid_from
    return fact.said_at if fact.valid_to is None else min(fact.said_at, fact.valid_to) - _LONG_AGO


def _newest_of_equals(standings: list[Standing]) -> list[Standing]:
    """Two that are said to hold from the same instant can't both: the one said last is over nothing but the other."""
    out: list[Standing] = []
    for s in standings:
        if out and out[-1].since == s.since and out[-1].fact.value != s.fact.value and out[-1].until == s.until:
            out[-1] = Standing(out[-1].fact, out[-1].since, s.since)
        out.append(s)
    return out


def holds(standings: Sequence[Standing], when: Span) -> tuple[Standing, ...]:
    """Those of a timeline that held within ``when``, oldest first; never one of which only the end is known."""
    dated = (s for s in standings if s.fact.valid_from is not None or s.fact.valid_to is None)
    return tuple(s for s in dated if s.since < when[1] and (s.until is None or s.until > when[0]))


def now_holds(facts: Sequence[Fact], subject: str, matter: str) -> Standing | None:
    """What settles a matter as far as she knows now, or None."""
    open_ended = [s for s in timeline(facts, subject, matter) if s.until is None]
    return open_ended[-1] if open_ended else None


def anchors(knowing: Knowing, now: datetime) -> tuple[Anchor, ...]:
    """What other times may lean on: dated events, in the zone of ``now``, and birthdays."""
    out: list[Anchor] = []
    by_key = {p.key: p for p in reversed(knowing.people)}
    for fact in knowing.facts:
        if fact.wrong:
            continue
        who = by_key.get(fact.subject)
        names = f"{' '.join(who.names)} {who.relation}" if who else "my"
        words = f"{names} {fact.statement}"
        if fact.matter == "birthday":
            date = dating.date_in(fact.statement)
            if date is not None:
                out.append(Anchor(f"{names} birthday", dating.birthday_span(date, now), yearly=True))
        elif fact.happened or HAPPENED.search(fact.statement):
            when = span(fact.statement, fact.said_at.astimezone(now.tzinfo))
            if when is not None:
                out.append(Anchor(words, when))
    return tuple(sorted(out, key=lambda a: a.when[0]))


def time_meant(text: str, knowing: Knowing, now: datetime) -> Span | None:
    """The time that ``text`` speaks of: by something known first ("the week we moved"), else by the calendar."""
    known = dating.leaning(text, anchors(knowing, now)) if dating.leans(text) else None
    return known or span(text, now)
