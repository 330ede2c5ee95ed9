"""Growth: the skills she was not shipped with, and what becomes of them. A pure fold, part of the bond's.

    needed ──► written ──► tried ──► approved ──► used ──► shelved
                  │                     ▲  │                  │
                  └── a new version ────┘  └── taken back     └── taken out again

A version is allowed by its digest: only exactly these files may run, doing only what the person was shown. A new version
leaves the one in use where it is until it is allowed itself. Nothing here is ever deleted, but by forgetting what it was
drawn from.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind.lessons import need
from someone.mind.moments import (
    Entry,
    Heard,
    MomentId,
    Said,
    SkillApproved,
    SkillNeeded,
    SkillShelved,
    SkillTakenBack,
    SkillTried,
    SkillUsed,
    SkillWritten,
)

UNUSED_FOR = timedelta(days=60)
"""A skill that was not used for so long is put on the shelf at night."""
ASKED_KEPT, NEEDS_KEPT = 40, 20
TIMES = 2
"""Wishes of one kind after which she calls it a need."""

State = Literal["written", "approved", "shelved", "off"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Version(_Value):
    """One version. ``id``: the moment that wrote it; ``passed`` and ``failed``: its own examples when last run, -1 before."""

    id: MomentId
    number: int
    digest: str
    scopes: tuple[str, ...] = ()
    evidence: tuple[MomentId, ...] = ()
    at: datetime
    by: str = ""
    approved_at: datetime | None = None
    passed: int = -1
    failed: int = -1


class Grown(_Value):
    """A skill. ``using``: the number of the version in use, 0 for none."""

    name: str
    versions: tuple[Version, ...]
    using: int = 0
    shelved: bool = False
    used: int = 0
    last_used: datetime | None = None

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def allowed(self) -> Version | None:
        """The version that may be used."""
        return next((v for v in self.versions if v.number == self.using), None)

    @property
    def waiting(self) -> Version | None:
        """A version that is newer than the one in use and that the person was not yet asked about, or did not allow."""
        newest = self.newest
        return newest if newest.approved_at is None and newest.number > self.using else None

    @property
    def state(self) -> State:
        if self.using:
            return "shelved" if self.shelved else "approved"
        return "written" if self.waiting is not None else "off"

    @property
    def touched(self) -> datetime:
        """When it was last used, allowed or written."""
        allowed = self.allowed
        times = (self.last_used, allowed.approved_at if allowed else None, self.versions[0].at)
        return max(t for t in times if t is not None)


class Asked(_Value):
    """A wish of the person's of a kind (``key``) that she has no skill for, and where it was said."""

    key: str
    ids: tuple[MomentId, ...]


class Need(_Value):
    """Something that was wanted more than once. ``offered``: she has asked whether to learn it, and asks once only."""

    id: MomentId
    text: str
    evidence: tuple[MomentId, ...]
    offered: bool = False


class Growth(_Value):
    skills: tuple[Grown, ...] = ()
    needs: tuple[Need, ...] = ()
    asked: tuple[Asked, ...] = ()

    def of(self, name: str) -> Grown | None:
        return next((s for s in self.skills if s.name == name), None)

    def written(self, moment: MomentId) -> tuple[Grown, Version] | None:
        """The version that this moment wrote."""
        return next(((s, v) for s in self.skills for v in s.versions if v.id == moment), None)

    @property
    def in_use(self) -> tuple[Grown, ...]:
        return tuple(s for s in self.skills if s.state == "approved")

    def unused(self, now: datetime) -> tuple[Grown, ...]:
        """Those in use that nobody has needed for :data:`UNUSED_FOR`."""
        return tuple(s for s in self.in_use if now - s.touched > UNUSED_FOR)

    def wished(self, text: str) -> tuple[MomentId, ...]:
        """The moments in which the like of this was wished; empty until it was wished :data:`TIMES` times."""
        key = need(text)
        ids = next((a.ids for a in self.asked if key and a.key == key), ())
        return ids if len(ids) >= TIMES else ()

    def needed(self, text: str) -> Need | None:
        """The need that was noticed already and that this is the like of."""
        key = need(text)
        return next((n for n in self.needs if key and need(n.text) == key), None)


def step(growth: Growth, entry: Entry) -> Growth:
    """Growth after one more moment."""
    match entry.moment:
        case Heard(text=text):
            return _asked(growth, need(text), entry.id)
        case Said(by="rule:skill_offer", stood_on=about):
            needs = tuple(n.model_copy(update={"offered": True}) if n.id in about else n for n in growth.needs)
            return growth.model_copy(update={"needs": needs})
        case SkillNeeded(text=text, evidence=evidence):
            needs = (*growth.needs, Need(id=entry.id, text=text, evidence=evidence))
            return growth.model_copy(update={"needs": needs[-NEEDS_KEPT:]})
        case SkillWritten() as written:
            return _written(growth, written, entry)
        case SkillTried() | SkillApproved() | SkillUsed() | SkillShelved() | SkillTakenBack():
            grown = growth.of(entry.moment.name)
            return growth if grown is None else _put(growth, _changed(grown, entry))
        case _:
            return growth


def back_to(grown: Grown) -> int:
    """The version that is in use once the present one is taken back: the one allowed before it, or 0."""
    earlier = [v.number for v in grown.versions if v.approved_at is not None and v.number < grown.using]
    return max(earlier, default=0)


def _asked(growth: Growth, key: str, at: MomentId) -> Growth:
    if not key:
        return growth
    before = next((a.ids for a in growth.asked if a.key == key), ())
    others = tuple(a for a in growth.asked if a.key != key)
    asked = (*others, Asked(key=key, ids=(*before, at)[-4:]))
    return growth.model_copy(update={"asked": asked[-ASKED_KEPT:]})


def _written(growth: Growth, written: SkillWritten, entry: Entry) -> Growth:
    version = Version(
        id=entry.id,
        number=written.version,
        digest=written.digest,
        scopes=written.scopes,
        evidence=written.evidence,
        at=entry.at,
        by=written.by,
    )
    grown = growth.of(written.name)
    if grown is None:
        return growth.model_copy(update={"skills": (*growth.skills, Grown(name=written.name, versions=(version,)))})
    if written.version <= grown.newest.number:
        return growth  # a version is written once
    return _put(growth, grown.model_copy(update={"versions": (*grown.versions, version)}))


def _changed(grown: Grown, entry: Entry) -> Grown:
    match entry.moment:
        case SkillTried(version=number, passed=passed, failed=failed):
            return _version(grown, number, {"passed": passed, "failed": failed})
        case SkillApproved(version=number, digest=digest, scopes=scopes):
            named = next((v for v in grown.versions if v.number == number), None)
            if named is None or named.digest != digest or set(scopes) != set(named.scopes):
                return grown  # an approval holds for exactly what was written
            allowed = _version(grown, number, {"approved_at": entry.at})
            return allowed.model_copy(update={"using": number, "shelved": False})
        case SkillUsed():
            return grown.model_copy(update={"used": grown.used + 1, "last_used": entry.at})
        case SkillShelved(on=on):
            return grown.model_copy(update={"shelved": on, **({} if on else {"last_used": entry.at})})
        case SkillTakenBack(to_version=to):
            may = to == 0 or any(v.number == to and v.approved_at is not None for v in grown.versions)
            return grown.model_copy(update={"using": to}) if may else grown
        case _:
            return grown


def _version(grown: Grown, number: int, update: dict[str, object]) -> Grown:
    versions = tuple(v.model_copy(update=update) if v.number == number else v for v in grown.versions)
    return grown.model_copy(update={"versions": versions})


def _put(growth: Growth, grown: Grown) -> Growth:
    skills = tuple(grown if s.name == grown.name else s for s in growth.skills)
    return growth.model_copy(update={"skills": skills})
