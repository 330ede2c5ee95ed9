"""What becomes of her skills: written, tried, allowed, used, taken back. Joins the fold, the folders and the sandbox.

The journal leads: a version counts when ``SkillWritten`` stands in it, and it runs when ``SkillApproved`` names its
digest and the files that lie there still have it. What lies there and no moment speaks of is swept away at a start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from someone.errors import SkillChanged, SkillError, SkillRefused, SkillStopped, SkillUnknown, SomeoneError
from someone.ledger import Ledger
from someone.mind import growth as growths
from someone.mind import skill_text
from someone.mind.bond import Bond
from someone.mind.growth import Grown, Growth, Version
from someone.mind.moments import (
    BondId,
    Moment,
    MomentId,
    SkillApproved,
    SkillShelved,
    SkillTakenBack,
    SkillTried,
    SkillUsed,
    SkillWritten,
)
from someone.mind.quoting import second_person
from someone.mind.recall import Hit, Query
from someone.mind.skill_text import Example, Skill
from someone.mind.skill_writing import turned
from someone.mind.walls import admit
from someone.ports import Clock, Grants, Memory, Skills

REMEMBERED = 5
"""Memories that a skill is given at one call."""
SKILL_KINDS = ("SkillTried", "SkillApproved", "SkillUsed", "SkillShelved", "SkillTakenBack")


@dataclass(frozen=True, slots=True)
class Used:
    """What a skill gave, and the memories that it was shown. ``tainted``: one of them came from a file."""

    text: str
    stood_on: tuple[MomentId, ...] = ()
    tainted: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """How a skill's own examples came out; ``wrong`` says of the first that did not."""

    passed: int
    failed: int
    wrong: str = ""


@dataclass(slots=True)
class Growing:
    """One bond's skills."""

    bond: BondId
    ledger: Ledger[Bond]
    memory: Memory
    clock: Clock
    skills: Skills
    _read: dict[str, Skill] = field(default_factory=dict[str, Skill])
    _running: set[asyncio.Task[str]] = field(default_factory=set["asyncio.Task[str]"])

    @property
    def growth(self) -> Growth:
        return self.ledger.state.growth

    async def open(self) -> None:
        """Sweep away what no moment speaks of: what a forgetting, or a writing that broke off, left behind."""
        known = {(s.name, v.number) for s in self.growth.skills for v in s.versions}
        for name, version in await self.skills.kept():
            if (name, version) not in known:
                await self.skills.erase(name, version)
        for grown in self.growth.skills:
            if grown.allowed is not None and not await self._lies_there(grown.name):
                with suppress(SkillUnknown):  # a home brought back without its skills: the doctor says what is missing
                    await self.skills.place(grown.name, grown.using)

    async def _lies_there(self, name: str) -> bool:
        try:
            return bool(await self.skills.placed(name))
        except SkillRefused:
            return True  # something does, and it is not what was allowed: that is for the person to see

    # ------------------------------------------------------------------------------------------------ written and tried

    async def write(self, files: Mapping[str, bytes], *, evidence: tuple[MomentId, ...] = (), by: str) -> Version:
        """Take in a version, and run its examples. It may do nothing yet. Raises SkillRefused."""
        skill = skill_text.read(files)
        before = self.growth.of(skill.name)
        digest = skill_text.digest(files)
        if before is not None and before.newest.digest == digest:
            await self.skills.keep(skill.name, before.newest.number, files)  # known, and perhaps lost from the disk
            return before.newest
        number = before.newest.number + 1 if before else 1
        await self.skills.keep(skill.name, number, files)
        moment = SkillWritten(
            name=skill.name, version=number, digest=digest, scopes=skill.scopes, evidence=evidence, by=by
        )
        try:
            await self._keep(moment)
        except SomeoneError:
            await self.skills.erase(skill.name, number)
            raise
        if before is None or not before.using:
            await self.skills.place(skill.name, number)
        if skill.examples:
            tried = await self.tried(skill)
            await self._keep(SkillTried(name=skill.name, version=number, passed=tried.passed, failed=tried.failed))
        return self.known(skill.name).newest

    async def tried(self, skill: Skill) -> Tried:
        """Run a skill's own examples. They get what they name themselves, never a real memory."""
        passed, wrong = 0, ""
        for example in skill.examples:
            try:
                grants = _example_grants(skill, example)
                said = await self.stoppable(self.skills.run(skill.code, example.given, grants))
            except SkillStopped:
                raise
            except SkillError as error:
                said = f"({error.code})"
            if said.strip() == example.gives.strip():
                passed += 1
            else:
                wrong = wrong or f"given {example.given!r} it gave {said!r}, not {example.gives!r}"
        return Tried(passed, len(skill.examples) - passed, wrong)

    async def install(self, path: str) -> Grown:
        """Take in a folder or a ZIP that the person gives. Raises SkillRefused."""
        files = await self.skills.look_in(path)
        name = skill_text.read(files).name
        await self.write(files, by="given")
        return self.known(name)

    # --------------------------------------------------------------------------------------------- allowed or taken back

    async def approve(self, name: str, digest: str = "") -> Grown:
        """The person allows what waits, or what lies there changed by hand. ``digest``: of what the person was shown.

        Raises SkillUnknown, SkillChanged where it is not what was shown.
        """
        grown = self.known(name)
        files = await self.skills.placed(grown.name)
        by_hand = bool(files) and skill_text.digest(files) not in {v.digest for v in grown.versions}
        if by_hand and skill_text.read(files).name != grown.name:
            raise SkillRefused("Its SKILL.md has another name than its folder.")
        meant = skill_text.digest(files) if by_hand else (grown.waiting or grown.newest).digest
        if digest and digest != meant:
            raise SkillChanged("What lies there is not what you were shown.")
        version = await self.write(files, by="person") if by_hand else (grown.waiting or grown.newest)
        await self.allow(grown.name, version)
        return self.known(grown.name)

    async def allow(self, name: str, version: Version) -> None:
        """Exactly this version may do exactly what it asks for."""
        approved = SkillApproved(name=name, version=version.number, digest=version.digest, scopes=version.scopes)
        await self._keep(approved)
        await self.skills.place(name, version.number)

    async def take_back(self, name: str = "") -> Grown:
        """The version before is in use again, or none. "" for the skill that was allowed last. Raises SkillUnknown."""
        grown = self.known(name) if name else self.last_allowed()
        if grown is None or not grown.using:
            raise SkillUnknown("I use no such skill, so there is nothing to take back.")
        back = growths.back_to(grown)
        await self._keep(SkillTakenBack(name=grown.name, to_version=back))
        await self.skills.place(grown.name, back or grown.using)
        return self.known(grown.name)

    async def shelve(self, name: str, on: bool = True) -> Grown:
        grown = self.known(name)
        await self._keep(SkillShelved(name=grown.name, on=on))
        return self.known(grown.name)

    def last_allowed(self) -> Grown | None:
        """The skill in use that was allowed last."""
        used = [(v.approved_at, s) for s in self.growth.skills if (v := s.allowed) and v.approved_at is not None]
        return max(used, key=lambda pair: pair[0])[1] if used else None

    # ---------------------------------------------------------------------------------------------------------------- used

    async def card(self, grown: Grown) -> Skill:
        """The skill as it lies there, its digest the one allowed. Raises SkillChanged."""
        allowed = grown.allowed
        files = await self.skills.placed(grown.name)
        digest = skill_text.digest(files)
        if allowed is None or digest != allowed.digest:
            raise SkillChanged(f"The files of my skill “{grown.name}” are not the ones you allowed, so I don't use it.")
        if digest not in self._read:
            self._read[digest] = skill_text.read(files)
        return self._read[digest]

    async def phrases(self, grown: Grown, version: Version) -> tuple[str, ...]:
        """What calls for this version, as it was written: what was changed since calls for nothing. Empty where its
        files can't be read, which is said when it is shown.
        """
        try:
            return (await self.kept(grown.name, version)).say
        except SkillError:
            return ()

    async def use(self, grown: Grown, text: str, to: MomentId) -> Used:
        """What an allowed skill makes of these words. Kept as ``SkillUsed`` however it ends.

        Raises SkillChanged, SkillBroke, SkillTooMuch, SkillStopped.
        """
        outcome = "stopped"
        try:
            skill = await self.card(grown)
            used = await self._run(grown, skill, text) if skill.code else Used(skill.instructions)
            outcome = "ok" if used.text.strip() else "not_mine"
        except SomeoneError as error:
            outcome = error.code
            raise
        else:
            return used
        finally:
            if outcome != "not_mine":
                keeping = self._keep(SkillUsed(name=grown.name, version=grown.using, to=to, outcome=outcome))
                await asyncio.shield(asyncio.ensure_future(keeping))

    @property
    def running(self) -> bool:
        return bool(self._running)

    def stop(self) -> None:
        """End what runs now, at once."""
        for task in tuple(self._running):
            task.cancel()

    async def stoppable(self, work: Coroutine[None, None, str]) -> str:
        """Do this so that :meth:`stop` ends it. Raises SkillStopped then, and what the work raises."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise  # the whole turn was interrupted, not this alone
            raise SkillStopped from None
        finally:
            task.cancel()
            self._running.discard(task)

    async def _run(self, grown: Grown, skill: Skill, text: str) -> Used:
        seen: list[MomentId] = []
        tainted: list[bool] = []
        allowed = grown.allowed
        grants = self._grants(allowed.scopes if allowed else (), seen, tainted)
        said = await self.stoppable(self.skills.run(skill.code, text, grants))
        return Used(said, tuple(dict.fromkeys(seen)), any(tainted))

    def _grants(self, scopes: Sequence[str], seen: list[MomentId], tainted: list[bool]) -> Grants:
        async def today() -> str:
            return self.clock.now().date().isoformat()

        async def remembered(query: str) -> list[str]:
            hits = admit(self.bond, await self.memory.recall(Query(query, self.clock.now(), limit=REMEMBERED)))
            held = [h for h in hits if h.id not in self.ledger.state.knowing.disowned and h.speaker != "her"]
            seen.extend(h.id for h in held)
            tainted.extend(bool(h.source) for h in held)
            return [_to_the_person(h) for h in held]

        every: Grants = {"today": today, "remembered": remembered}
        return {name: every[name] for name in scopes if name in every}

    # ---------------------------------------------------------------------------------------------------------- at night

    async def practise(self) -> int:
        """Run the examples of every skill in use; how many were run. Kept only where it came out otherwise than before."""
        run = 0
        for grown in self.growth.in_use:
            version = grown.allowed
            if version is None:
                continue
            try:
                skill = await self.card(grown)
            except SkillError:
                continue  # it doesn't run, and says so when it is wanted
            tried = await self.tried(skill) if skill.examples else Tried(-1, -1)
            run += bool(skill.examples)
            if (tried.passed, tried.failed) != (version.passed, version.failed):
                moment = SkillTried(name=grown.name, version=version.number, passed=tried.passed, failed=tried.failed)
                await self._keep(moment)
        return run

    async def at_night(self) -> int:
        """Practise, and put away what nobody needs; how many were practised."""
        await self.shelve_unused()
        return await self.practise()

    async def shelve_unused(self) -> int:
        """Put what nobody has needed for sixty days on the shelf; how many."""
        unused = self.growth.unused(self.clock.now())
        for grown in unused:
            await self._keep(SkillShelved(name=grown.name, on=True, why="unused"))
        return len(unused)

    # -------------------------------------------------------------------------------------------------------- forgotten

    async def forgetting(self, gone: set[MomentId]) -> set[MomentId]:
        """The other moments of the skills of which every version is about to be forgotten: their names are content too."""
        names = {s.name for s in self.growth.skills if s.versions and all(v.id in gone for v in s.versions)}
        if not names:
            return set()
        entries = await self.ledger.journal.read(kinds=SKILL_KINDS)
        return {e.id for e in entries if getattr(e.moment, "name", None) in names}

    def known(self, name: str) -> Grown:
        """By its name, or by words of it. Raises SkillUnknown."""
        wanted = "-".join(name.casefold().split())
        found = self.growth.of(wanted)
        near = [s for s in self.growth.skills if wanted and wanted in s.name]
        if found is None and len(near) == 1:
            found = near[0]
        if found is None:
            raise SkillUnknown
        return found

    async def kept(self, name: str, version: Version) -> Skill:
        """A version as it was written. Raises SkillUnknown, SkillChanged."""
        if version.digest not in self._read:
            files = await self.skills.version(name, version.number)
            if skill_text.digest(files) != version.digest:
                raise SkillChanged
            self._read[version.digest] = skill_text.read(files)
        return self._read[version.digest]

    async def _keep(self, moment: Moment) -> None:
        await self.ledger.keep(moment, self.clock.now())


def _to_the_person(hit: Hit) -> str:
    """A memory as she would say it: "my sister" is "your sister". What came from a file stays as it stands."""
    if hit.source or hit.speaker != "person":
        return hit.text
    return second_person(hit.text) or turned(hit.text)


def _example_grants(skill: Skill, example: Example) -> Grants:
    async def today() -> str:
        return example.today

    async def remembered(query: str) -> list[str]:  # noqa: ARG001 - an example names what is found
        return list(example.remembered)

    every: Grants = {"today": today, "remembered": remembered}
    return {name: every[name] for name in skill.scopes if name in every}
