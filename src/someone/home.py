"""An open home: everything a door may ask of her. The terminal, the socket and the page call these and nothing below.

Built by ``bootstrap``; one process at a time owns a home (``owner.py``), and :class:`House` is what both sides of the
socket offer, so a command works the same whether it owns the home or reaches the owner.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from someone import becoming as becomings
from someone import knowledge, moved, skills_shown, statements
from someone import turn as turns
from someone.errors import SkillUnknown, SomeoneError
from someone.export import export
from someone.growing import Growing
from someone.ledger import Ledger
from someone.mind import care
from someone.mind.clocks import went_back
from someone.mind.growth import Grown
from someone.mind.moments import (
    Brought,
    Corrected,
    Entry,
    Forgotten,
    Heard,
    Met,
    Moment,
    MomentId,
    Named,
    PersonMerged,
    Pinned,
    Reached,
    Said,
    Shared,
    Stated,
    Withdrawn,
)
from someone.mind.naming import GivenName, NoNameLeft, choose, lowered
from someone.mind.naming_words import mentioned_names
from someone.mind.past import Counts, Record
from someone.mind.recall import Query, sure
from someone.mind.selfhood import Self
from someone.night.rest import Rest
from someone.night.sleeper import Sleeper
from someone.parts import Done, Part
from someone.ports import Brain
from someone.reaching import Reaching, look_out
from someone.turn import Talk, Utterance
from someone.views import (
    BecomingView,
    BrainView,
    DayView,
    Exported,
    FactView,
    FeelingsView,
    Finding,
    HeldView,
    LoopView,
    MomentView,
    NameView,
    NightView,
    PersonView,
    ReachedView,
    ReplayView,
    SkillTextView,
    SkillView,
    SleepView,
    StatementView,
    TrialView,
    Who,
    Why,
    night_view,
    view,
)

_RECORDS: TypeAdapter[list[Record]] = TypeAdapter(list[Record])


NEWEST = 20_000
"""Moments looked at for the calendar of days."""
CAME = "I came with this myself, by rule, for this is what you told me."
NEAR = 0.5
"""Share of a question's rare words from which a moment is shown as near to it."""


class House(Protocol):
    """What a door may ask. Every call may raise SomeoneError."""

    def turn(
        self, text: str, channel: str, spoken: Callable[[], Awaitable[int]] | None = None
    ) -> AsyncGenerator[Part, None]: ...

    async def who(self) -> Who: ...

    async def journal(self, limit: int) -> list[MomentView]: ...

    async def why(self, text: str) -> Why: ...

    async def find(self, text: str) -> list[MomentView]: ...

    async def forget(self, ids: list[int]) -> int: ...

    async def bring(self, records: Sequence[Record], again: bool = False) -> Counts: ...

    async def brought_from(self, source: str) -> list[int]: ...

    async def memory(self, text: str, person: str, since: str, until: str) -> list[FactView]: ...

    async def people(self) -> list[PersonView]: ...

    async def person(self, who: str) -> list[PersonView]: ...

    async def days(self, limit: int) -> list[DayView]: ...

    async def feelings(self, limit: int) -> FeelingsView: ...

    async def behind(self, fact: str) -> list[MomentView]: ...

    async def moments(self, ids: list[int]) -> list[MomentView]: ...

    async def becoming(self, days: int) -> BecomingView: ...

    async def nights(self, limit: int) -> list[NightView]: ...

    async def correct(self, fact: str, text: str) -> list[FactView]: ...

    async def merge(self, one: str, other: str) -> PersonView: ...

    async def skills(self) -> list[SkillView]: ...

    async def skill(self, name: str) -> SkillTextView: ...

    async def install_skill(self, path: str) -> SkillView: ...

    async def approve_skill(self, name: str, digest: str = "") -> SkillView: ...

    async def take_back_skill(self, name: str) -> SkillView: ...

    async def shelve_skill(self, name: str, on: bool = True) -> SkillView: ...

    async def statements(self, at: str) -> list[StatementView]: ...

    async def pin(self, statement: int, on: bool) -> StatementView: ...

    async def take_back(self, statement: int) -> StatementView: ...
    async def loops(self) -> list[LoopView]: ...

    async def let_go(self, loop: int) -> LoopView: ...

    async def reached(self, limit: int) -> list[ReachedView]: ...

    async def waiting(self, channel: str) -> list[ReachedView]: ...

    async def export(self, folder: str) -> Exported: ...

    async def replay(self) -> list[ReplayView]: ...

    async def rename(self) -> NameView: ...

    async def doctor(self) -> list[Finding]: ...

    async def brains(self) -> list[BrainView]: ...

    async def try_brain(self, spec: str, url: str) -> TrialView: ...

    async def use_brain(self, spec: str, url: str) -> BrainView: ...

    async def sleep(self) -> list[NightView]: ...

    async def asleep(self) -> SleepView: ...


@dataclass(slots=True)
class Brains:
    """How brains are listed, built and remembered; handed in by bootstrap, which alone builds adapters."""

    build: Callable[[str, str], Brain]
    listed: Callable[[], Awaitable[Sequence[BrainView]]]
    trial: Callable[[Brain], Awaitable[TrialView]]
    remember: Callable[[str, str], None]


@dataclass(slots=True)
class Home:
    """One bond's home, open in this process."""

    folder: Path
    me: Ledger[Self]
    talk: Talk
    names: tuple[GivenName, ...]
    check: Callable[[], Awaitable[list[Finding]]]
    brains_there: Brains
    sleeper: Sleeper
    reaching: Reaching
    _tasks: set[asyncio.Task[None]] = field(default_factory=set["asyncio.Task[None]"])
    _resting: Rest = field(default_factory=Rest)
    _following: asyncio.Task[None] | None = None
    _talks: bool = False

    def start(self, *, talks: bool) -> None:
        """Before a talk: load what the first turn needs and bring the memory index up to date, while nobody waits."""
        self._resting.set()
        self._talks = talks
        if talks:
            self._later(self._warm())
            self.sleeper.watch()
            self._later(look_out(self.reaching, self._resting.wait))

    async def aclose(self) -> None:
        await self.sleeper.aclose()
        for task in tuple(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self.talk.indexing is not None:
            await self.talk.indexing
        with suppress(SomeoneError):
            await self.talk.ledger.snapshot()
            await self.me.snapshot()
        await self.talk.brain.aclose()
        if self.talk.skilled is not None:
            await self.talk.skilled.growing.skills.aclose()
        await self.talk.ledger.journal.aclose()
        await self.me.journal.aclose()

    async def turn(
        self, text: str, channel: str, spoken: Callable[[], Awaitable[int]] | None = None
    ) -> AsyncGenerator[Part, None]:
        """One turn, through turn.py. ``spoken``: see Utterance."""
        self._resting.clear()
        stream = turns.turn(Utterance(text, channel, spoken), self.talk)
        try:
            async for part in stream:
                yield part
                if isinstance(part, Done):
                    break
        finally:
            await stream.aclose()
            self._resting.set()

    async def who(self) -> Who:
        me, bond = self.me.state, self.talk.ledger.state
        feeling = moved.now_feels(bond, self.talk.clock.now())
        return Who(
            name=me.name,
            reason=me.reason,
            runners_up=me.runners_up,
            woke_at=me.woke_at or self.talk.clock.now(),
            called=bond.called,
            moments=await self.talk.ledger.journal.count(),
            feeling=feeling.word,
            feeling_why=feeling.why,
            brain=self.talk.brain.name,
            held=tuple(HeldView(id=h.id, at=h.at, text=h.text) for h in bond.held),
        )

    async def journal(self, limit: int) -> list[MomentView]:
        """The newest moments, oldest of them first."""
        entries = await self.talk.ledger.journal.read(limit=limit, newest_first=True)
        return [view(e) for e in reversed(entries)]

    async def why(self, text: str) -> Why:
        """Behind a reply of hers that holds these words (the last reply, for no words), or behind a belief."""
        if moved.asks_for_it(text):
            return await self._why_feeling()
        said = await self.talk.ledger.journal.read(kinds=("Said", "Reached"), newest_first=True)
        wanted = " ".join(text.casefold().split())
        reply = next((e for e in said if wanted in " ".join(_said(e).casefold().split())), None)
        if reply is not None and isinstance(reply.moment, Said):
            ids = (*((reply.moment.to,) if reply.moment.to else ()), *reply.moment.stood_on)
            return Why(about=view(reply), stood_on=await self._with_evidence(ids), how=_how(reply.moment))
        if reply is not None and isinstance(reply.moment, Reached):
            told = await self.talk.ledger.journal.get(reply.moment.evidence)
            return Why(about=view(reply), stood_on=tuple(view(e) for e in told), how=CAME)
        if (fact := knowledge.believed(self.talk.ledger.state.knowing, text)) is not None:
            told = tuple(await self.behind(fact.id))
            return Why(about=None, stood_on=told, how=f"I hold that “{fact.statement}”, for this is what you told me.")
        if (own := statements.said(self.talk.ledger.state.becoming, text)) is not None:
            told = await self._with_evidence((own.id,))
            return Why(about=None, stood_on=told, how="I say that of myself, for these moments speak for it.")
        query = Query(text, self.talk.clock.now())
        hits = await self.talk.memory.recall(query)
        believed = sure(query, hits) or tuple(h for h in hits if h.cover >= NEAR)[:3]
        entries = await self.talk.ledger.journal.get([h.id for h in believed])
        how = "I said nothing like that; these are the moments nearest to it." if entries else "I hold nothing on that."
        return Why(about=None, stood_on=tuple(view(e) for e in entries), how=how)

    async def _why_feeling(self) -> Why:
        bond, now = self.talk.ledger.state, self.talk.clock.now()
        return moved.why(bond, now, await self.talk.ledger.journal.get(moved.now_feels(bond, now).cause))

    async def feelings(self, limit: int) -> FeelingsView:
        """How she feels, and the last so many things that moved her."""
        felt = await self.talk.ledger.journal.read(kinds=("Felt",), limit=limit, newest_first=True)
        return moved.feelings(self.talk.ledger.state, felt, self.talk.clock.now())

    async def _with_evidence(self, ids: Sequence[MomentId]) -> tuple[MomentView, ...]:
        """These moments, and beside a statement of hers or something shared those that it rests on."""
        entries = await self.talk.ledger.journal.get(ids)
        own = [i for e in entries if isinstance(e.moment, Stated | Shared) for i in e.moment.evidence]
        return tuple(view(e) for e in (await self.talk.ledger.journal.get([*ids, *own]) if own else entries))

    async def find(self, text: str) -> list[MomentView]:
        """Every moment in which these words stand, oldest first."""
        wanted = text.casefold()
        entries = await self.talk.ledger.journal.read(kinds=("Heard", "Said", "Met", "Brought"))
        return [view(e) for e in entries if wanted in _words(e).casefold()]

    async def forget(self, ids: list[int]) -> int:
        """Empty these moments and what is derived from them; how many are gone."""
        before = await self.talk.ledger.journal.read(kinds=("Forgotten",))
        await turns.forget(tuple(MomentId(i) for i in ids), self.talk)
        return len(await self.talk.ledger.journal.read(kinds=("Forgotten",))) - len(before)

    async def bring(self, records: Sequence[Record], again: bool = False) -> Counts:
        """Keep a batch of the past, one transaction; findable by words when this returns, by meaning a while later.

        What was kept before is passed over. What was forgotten stays so, but with ``again``.
        """
        batch = _RECORDS.validate_python(records)
        counts = await self._bring([(r.moment, r.key) for r in batch], again=again)
        if self._talks and counts.fresh:
            self._follow_up()
        return counts

    async def _bring(self, moments: list[tuple[Moment, str | None]], *, again: bool) -> Counts:
        ledger = self.talk.ledger
        before = await ledger.journal.count()
        entries = await ledger.keep_all(moments, self.talk.clock.now())
        fresh = {e.id: e for e in entries if e.id > before}
        await self.talk.memory.index_all(tuple(fresh.values()))
        gone = [
            (moment, f"{key}:{entry.id}")
            for (moment, key), entry in zip(moments, entries, strict=True)
            if isinstance(entry.moment, Forgotten)
        ]
        counts = Counts(fresh=len(fresh), known=len(entries) - len(fresh) - len(gone), forgotten=len(gone))
        if not gone or not again:
            return counts
        return counts.model_copy(update={"forgotten": 0}).plus(await self._bring([*gone], again=True))

    def _follow_up(self) -> None:
        """Give vectors to what was brought while the owner is awake; one at a time."""
        if self._following is None or self._following.done():
            self._following = self._later(self._catch_up())

    async def brought_from(self, source: str) -> list[int]:
        """The numbers of what was brought from this source: its kind ("mail") or its origin (a file's or chat's name)."""
        wanted = source.casefold().strip()
        entries = await self.talk.ledger.journal.read(kinds=("Brought",))
        return [e.id for e in entries if isinstance(e.moment, Brought) and wanted in _origins(e.moment)]

    async def memory(self, text: str, person: str, since: str, until: str) -> list[FactView]:
        """What she knows that fits: words, a person, the time when it was told. See :func:`knowledge.facts`."""
        known, now = self.talk.ledger.state.knowing, self.talk.clock.now()
        return knowledge.facts(known, now, text=text, person=person, since=since, until=until)

    async def people(self) -> list[PersonView]:
        return knowledge.people(self.talk.ledger.state.knowing)

    async def person(self, who: str) -> list[PersonView]:
        """Everyone of this name, with what is known of them."""
        return knowledge.person(self.talk.ledger.state.knowing, who)

    async def days(self, limit: int) -> list[DayView]:
        """The last days of talk, the newest first."""
        newest = await self.talk.ledger.journal.read(kinds=("Heard", "Felt"), limit=NEWEST, newest_first=True)
        return knowledge.days(self.talk.ledger.state.knowing, newest[::-1], self.talk.clock.now(), limit)

    async def behind(self, fact: str) -> list[MomentView]:
        """The moments that a fact rests on: for "why do you think so?", and what forgetting it would empty."""
        return [view(e) for e in await self._behind(fact)]

    async def moments(self, ids: list[int]) -> list[MomentView]:
        """These moments, as far as there are any, oldest first."""
        return [view(e) for e in await self.talk.ledger.journal.get(ids)]

    async def becoming(self, days: int) -> BecomingView:
        """Who she was and is: the last days with their mood, her self, her nights. See :mod:`someone.becoming`."""
        journal, me, now = self.talk.ledger.journal, self.me.state, self.talk.clock.now()
        entries = await journal.read(kinds=becomings.KINDS)
        talk = await journal.read(kinds=("Heard", "Said"), limit=NEWEST, newest_first=True)
        skills = await self.skills() if self.talk.skilled is not None else []
        view = partial(becomings.becoming, self.talk.ledger.state, entries, talk[::-1], name=me.name, skills=skills)
        return await asyncio.to_thread(view, since=me.woke_at or now, now=now, days=days)

    async def nights(self, limit: int) -> list[NightView]:
        """The last nights, the newest first."""
        slept = await self.talk.ledger.journal.read(kinds=("Slept",), limit=limit, newest_first=True)
        return [v for e in slept if (v := night_view(e)) is not None]

    async def _behind(self, fact: str) -> list[Entry]:
        found = knowledge.fact(self.talk.ledger.state.knowing, fact)
        entries = await self.talk.ledger.journal.get(found.evidence)
        corrected = [i for e in entries if isinstance(e.moment, Corrected) for i in e.moment.evidence]
        return await self.talk.ledger.journal.get(sorted({*(e.id for e in entries), *corrected}))

    async def correct(self, fact: str, text: str) -> list[FactView]:
        """On the person's word: this is wrong, and that is right ("" for nothing in its place). What stands there now."""
        async with self.talk.busy:
            found = knowledge.fact(self.talk.ledger.state.knowing, fact)
            corrected = Corrected(fact=found.id, text=text.strip(), evidence=found.evidence)
            entry = await self.talk.ledger.keep(corrected, self.talk.clock.now())
        known = self.talk.ledger.state.knowing
        return [knowledge.fact_view(known, f) for f in known.facts if entry.id in f.evidence]

    async def merge(self, one: str, other: str) -> PersonView:
        """On the person's word: these two are one."""
        async with self.talk.busy:
            kept, gone = knowledge.two_people(self.talk.ledger.state.knowing, one, other)
            await self.talk.ledger.keep(PersonMerged(kept=kept.key, gone=gone.key), self.talk.clock.now())
        return knowledge.person(self.talk.ledger.state.knowing, kept.key)[0]

    async def skills(self) -> list[SkillView]:
        """Her skills: those in use, those that wait for the person's word, those on the shelf."""
        return await skills_shown.listed(self._growing)

    async def skill(self, name: str) -> SkillTextView:
        """A skill's files, to read before it is allowed."""
        return await skills_shown.show(self._growing, name)

    async def install_skill(self, path: str) -> SkillView:
        """Take in a skill's folder or ZIP. It may do nothing until it is allowed."""
        return await self._shown(self._growing.install(path))

    async def approve_skill(self, name: str, digest: str = "") -> SkillView:
        """The person allows a skill; with the ``digest`` of what they were shown, exactly that."""
        async with self.talk.busy:
            return await self._shown(self._growing.approve(name, digest))

    async def take_back_skill(self, name: str) -> SkillView:
        async with self.talk.busy:
            return await self._shown(self._growing.take_back(name))

    async def shelve_skill(self, name: str, on: bool = True) -> SkillView:
        return await self._shown(self._growing.shelve(name, on))

    async def _shown(self, work: Awaitable[Grown]) -> SkillView:
        return await skills_shown.view(self._growing, (await work).name)

    @property
    def _growing(self) -> Growing:
        if self.talk.skilled is None:
            raise SkillUnknown
        return self.talk.skilled.growing

    async def statements(self, at: str) -> list[StatementView]:
        """What she is ("" for now, "all" with what ended), or was on a day: see :func:`statements.held`."""
        return statements.held(self.talk.ledger.state.becoming, self.talk.clock.now(), at)

    async def pin(self, statement: int, on: bool) -> StatementView:
        """On the person's word: this statement stays, or is free to change again."""
        return await self._on_statement(statement, lambda i: Pinned(statement=i, on=on))

    async def take_back(self, statement: int) -> StatementView:
        """On the person's word: this is not what she is."""
        return await self._on_statement(statement, lambda i: Withdrawn(statement=i))

    async def _on_statement(self, statement: int, moment: Callable[[MomentId], Moment]) -> StatementView:
        async with self.talk.busy:
            found = statements.current(self.talk.ledger.state.becoming, statement)
            await self.talk.ledger.keep(moment(found.id), self.talk.clock.now())
        return statements.of(self.talk.ledger.state.becoming, found.id)

    async def loops(self) -> list[LoopView]:
        """What is to come and she may ask about, the first due first."""
        return self.reaching.loops()

    async def let_go(self, loop: int) -> LoopView:
        """On the person's word: not to be asked about."""
        return await self.reaching.let_go(loop)

    async def reached(self, limit: int) -> list[ReachedView]:
        """When she came unasked, the newest first."""
        return await self.reaching.reached(limit)

    async def waiting(self, channel: str) -> list[ReachedView]:
        """What she came with and nobody has answered, for a door that can show it. See :class:`Reaching`."""
        return await self.reaching.waiting(channel)

    async def export(self, folder: str) -> Exported:
        """Everything, as JSON Lines and as Markdown."""
        own = await self.me.journal.read()
        bond = await self.talk.ledger.journal.read()
        name = self.me.state.name
        skills = await skills_shown.every_file(self._growing) if self.talk.skilled is not None else {}
        called = self.talk.ledger.state.called
        files = await asyncio.to_thread(export, Path(folder), name, called, own, bond, skills)
        return Exported(files=tuple(str(f) for f in files), moments=len(own) + len(bond))

    async def replay(self) -> list[ReplayView]:
        found = [await self.me.replay(), await self.talk.ledger.replay()]
        return [ReplayView(fold=r.fold, moments=r.moments, same=r.same) for r in found]

    async def rename(self) -> NameView:
        """She chooses again; no name she has offered comes back."""
        me, bond = self.me.state, self.talk.ledger.state
        known = lowered(self.names)
        people = [p for h in bond.held for p in mentioned_names(h.text, known)]
        mentioned = [*people, *([bond.called] if bond.called else [])]
        try:
            naming = choose(self.names, mentioned=mentioned, wish=bond.voice, seed=me.seed, avoid=me.offered)
        except NoNameLeft:
            raise SomeoneError(
                "I have no more names to offer.", safe=f"I'm still {me.name}.", do="Keep it, or start anew."
            ) from None
        named = Named(name=naming.name, reason=naming.reason, runners_up=naming.runners_up)
        await self.me.keep(named, self.talk.clock.now())
        return NameView(name=named.name, reason=named.reason, runners_up=named.runners_up)

    async def doctor(self) -> list[Finding]:
        findings = await self.check()
        if self.talk.skilled is not None:
            findings = [*findings, await skills_shown.check(self._growing)]
        last = await self.talk.ledger.journal.last()
        if warning := went_back(last.at if last else None, self.talk.clock.now()):
            do = "Check the date and time settings of this machine."
            findings = [*findings, Finding(part="clock", ok=False, says=warning, do=do)]
        replayed = await self.replay()
        same = all(r.same for r in replayed)
        says = f"{sum(r.moments for r in replayed)} moments fold to exactly what I am now."
        findings.append(Finding(part="replay", ok=same, says=says if same else "The replay differs from the snapshot."))
        return findings

    async def brains(self) -> list[BrainView]:
        return list(await self.brains_there.listed())

    async def try_brain(self, spec: str, url: str) -> TrialView:
        if not spec or spec == self.talk.brain.name:
            return await self.brains_there.trial(self.talk.brain)
        brain = self.brains_there.build(spec, url)
        try:
            return await self.brains_there.trial(brain)
        finally:
            await brain.aclose()

    async def use_brain(self, spec: str, url: str) -> BrainView:
        """Switch, after the brain has answered once; the old one stays if it does not."""
        brain = self.brains_there.build(spec, url)
        try:
            await brain.warm()
        except SomeoneError:
            await brain.aclose()
            raise
        async with self.talk.busy:
            old, self.talk.brain = self.talk.brain, brain
        await old.aclose()
        self.brains_there.remember(spec, url)
        return BrainView(spec=spec, url=url, in_use=True, local=brain.ability.local)

    async def sleep(self) -> list[NightView]:
        """A night now, unless it was had and nothing was said since; the newest night."""
        await self.sleeper.sleep()
        return await self.nights(1)

    async def asleep(self) -> SleepView:
        """Where the night under way is."""
        at = self.sleeper.progress
        return SleepView(step=at.step, done=at.done, of=at.of)

    async def _warm(self) -> None:
        await asyncio.to_thread(care.read, "hello", ())  # its patterns are compiled at their first use
        with suppress(SomeoneError):  # a brain that is not there is told at the first turn, in words
            await self.talk.brain.warm()
        await self.talk.memory.recall(Query("hello", self.talk.clock.now(), limit=1))  # loads what a first recall needs
        self._follow_up()

    async def _catch_up(self) -> None:
        left = 1
        while left:
            await self._resting.wait()
            left = await self.talk.memory.catch_up(limit=32)

    def _later(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _said(entry: Entry) -> str:
    return entry.moment.text if isinstance(entry.moment, Said | Reached) else ""


def _words(entry: Entry) -> str:
    match entry.moment:
        case Heard(text=text) | Said(text=text):
            return text
        case Met(called=called, about=about):
            return f"{called} {about}"
        case Brought(author=author, text=text):
            return f"{author}: {text}"
        case _:
            return ""


def _origins(moment: Brought) -> tuple[str, ...]:
    """The names under which a source may be meant."""
    source, origin = moment.source.casefold(), moment.origin.casefold()
    return (source, origin, f"{source}: {origin}", f"{source}:{origin}")


def _how(said: Said) -> str:
    if said.by.startswith("rule:"):
        return f"This was said by rule ({said.by[5:].replace('_', ' ')}), not by a model."
    return f"The words are the model's ({said.by.removeprefix('brain:')}); they stood on these moments."
