"""The steps of a night, in order. Each may be run again after a kill, and then leaves what one run would have left:
what it keeps has a key of the night, a window's moments are kept together or not at all, and a backup is made once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from someone.errors import BrainError, JournalDamaged
from someone.ledger import BOND, Ledger
from someone.mind import becoming, dreams, feelings, reaching, sharing, tasks
from someone.mind.bond import Bond
from someone.mind.moments import (
    Dreamed,
    Entry,
    Heard,
    LoopClosed,
    Moment,
    Noted,
    Noticed,
    Reflected,
    Shared,
    Stated,
    Withdrawn,
)
from someone.mind.reaching import Limits
from someone.mind.selfhood import Self
from someone.mind.statements import Aspect
from someone.night.rest import Rest
from someone.ports import Backups, Brain, Clock, Journal, Memory

M = TypeVar("M", bound=BaseModel)

FAR = 20_000
"""Of the person's lines, how many a dream may come from."""
LATELY = 20_000
WEEKS = timedelta(days=60)
"""What her self is seen from: the newest moments of the last weeks."""
NOTES_FOR_SELF = 40
LONGEST_DAY, MOST_WINDOWS = 3000, 120
"""Moments and pieces of talk that one night works on at most, the newest: the first night of a home with years behind it
does not think of all of them. What the rules know of the rest, they know without it.
"""
ASPECTS: tuple[Aspect, ...] = ("fear", "learned", "want", "am")
"""In the order in which a sentence is tried: "I'm afraid ..." is a fear."""
NOTES = 8
"""Of the night's notes, how many a reflection is given."""
MOVED = 20
"""Of the moments that moved her, how many are looked at for what she thinks about."""
CHUNK = 500
"""Moments folded at once while a backup is proved; between two chunks a turn may come."""


async def nothing() -> int:
    return 0


class Plan(BaseModel):
    """What a night works on: moments ``after`` .. ``upto``, the talk in it in ``windows`` pieces. Numbers only."""

    model_config = ConfigDict(frozen=True)

    night: date
    after: int
    upto: int
    windows: int = 0


@dataclass(slots=True)
class Night:
    """All that a night works with. Built by bootstrap."""

    bond: str
    ledger: Ledger[Bond]
    me: Ledger[Self]
    memory: Memory
    brain: Callable[[], Brain]
    clock: Clock
    backups: Backups
    rest: Rest = field(default_factory=Rest)
    limits: Callable[[], Limits] = Limits
    """Within which she may reach out, as the person has set them now."""
    practise: Callable[[], Awaitable[int]] = nothing
    """Tries her skills again; how many."""

    cut: tuple[tuple[date, int, int, int], tuple[tasks.Window, ...]] | None = None
    """The last plan's talk in pieces, so that it is cut once a night."""

    @property
    def person(self) -> str:
        return self.ledger.state.called

    @property
    def name(self) -> str:
        return self.me.state.name

    async def ask(self, task: str, text: str) -> str:
        """A brain's answer to a background task. A turn that begins stops it, and it is asked anew afterwards."""
        brain = self.brain()
        small = brain.ability.dialect == "small"
        prompt = tasks.ask(task, text, small=small, person=self.person, name=self.name)

        async def reply() -> str:
            pieces: Any = brain.reply(prompt)
            async with aclosing(pieces):
                return "".join([piece async for piece in pieces])

        return await self.rest.during(reply)

    @property
    def by(self) -> str:
        return f"brain:{self.brain().name}"

    async def keep(self, plan: Plan, moments: Sequence[tuple[Moment, str]]) -> int:
        """Keep these, all or none, under keys of the night; how many there are."""
        if moments:
            keyed = [(moment, f"night:{plan.night}:{plan.after}:{key}") for moment, key in moments]
            await self.ledger.keep_all(keyed, self.clock.now())
        return len(moments)


async def begin(night: Night, when: date, after: int) -> Plan:
    """What there is to work on."""
    last = await night.ledger.journal.last()
    upto = last.id if last else 0
    plan = Plan(night=when, after=max(after, upto - LONGEST_DAY), upto=upto)
    return plan.model_copy(update={"windows": len(await _windows(night, plan))})


async def _entries(night: Night, plan: Plan, *kinds: str) -> list[Entry]:
    entries = await night.ledger.journal.read(after=plan.after, kinds=kinds)
    return [e for e in entries if e.id <= plan.upto]


async def _windows(night: Night, plan: Plan) -> tuple[tasks.Window, ...]:
    """The talk in pieces; cut anew when something was forgotten since."""
    forgot = await night.ledger.journal.read(kinds=("Forgot",), limit=1, newest_first=True)
    known = (plan.night, plan.after, plan.upto, forgot[0].id if forgot else 0)
    if night.cut is None or night.cut[0] != known:
        entries = await _entries(night, plan, "Heard", "Said", "Cared")
        pieces = await asyncio.to_thread(tasks.windows, entries, night.person, night.name)
        night.cut = known, pieces[-MOST_WINDOWS:]
    return night.cut[1]


async def window(night: Night, plan: Plan, number: int, *, asks: bool = True) -> dict[str, int]:
    """Facts and a note from one piece of talk. What was forgotten meanwhile is passed over. ``asks``: of a brain; without
    one there are no more facts than the rules found already, and the note is the person's own sentence.
    """
    there = await _windows(night, plan)
    if number >= len(there):
        return {}
    piece = there[number]
    if done := [m for m in await _since(night, plan, Noticed, Noted) if set(m.evidence) <= set(piece.evidence)]:
        noted = sum(isinstance(m, Noted) for m in done)
        return {"facts": len(done) - noted, "notes": noted}
    found, note = await _told(night, piece) if asks else ((), "")
    by = night.by
    if not note:
        note, by = tasks.plain_note(piece, night.person), "rule:quote"
    facts: list[tuple[Moment, str]] = [
        (Noticed(subject=f.subject, statement=f.statement, evidence=(f.evidence,), by=night.by), f"facts:{number}:{i}")
        for i, f in enumerate(found)
    ]
    notes = [(Noted(text=note, night=plan.night, evidence=piece.evidence, by=by), f"notes:{number}:0")] if note else []
    await night.keep(plan, [*facts, *notes])
    return {"facts": len(facts), "notes": len(notes)}


async def _told(night: Night, piece: tasks.Window) -> tuple[tuple[tasks.Found, ...], str]:
    """What a brain finds in a piece of talk, as far as it is believed."""
    small = night.brain().ability.dialect == "small"
    text = piece.text(night.person, small=small)
    known = [f.statement for f in night.ledger.state.knowing.facts]
    found = tasks.facts(await night.ask("facts", text), piece, night.person, known, small=small)
    return found, tasks.note(await night.ask("memory_note", text), piece, night.person)


async def _since(night: Night, plan: Plan, *kinds: type[M]) -> list[M]:
    """What this night has kept of these kinds so far: a step that runs again does not work anew on what is there."""
    entries = await night.ledger.journal.read(after=plan.upto, kinds=[k.__name__ for k in kinds])
    return [e.moment for e in entries if isinstance(e.moment, kinds)]


async def reflect(night: Night, plan: Plan) -> int:
    """What the day meant: from the night's notes, by the brain where it holds, else in plain words."""
    if await _since(night, plan, Reflected):
        return 1
    notes = await _since(night, plan, Noted)
    moment = await _reflected(night, plan, await _on_her_mind(night, plan, notes)) if notes else None
    moment = moment or await _plainly_reflected(night, plan)
    return await night.keep(plan, [(moment, "reflect:0")] if moment else [])


async def _on_her_mind(night: Night, plan: Plan, notes: Sequence[Noted]) -> list[Noted]:
    """What she thinks about: the notes of what moved her most, then the newest; at most NOTES, in their order."""
    felt = await night.ledger.journal.read(after=plan.after, kinds=("Felt",))
    moved = feelings.on_her_mind(felt, night.clock.now(), MOVED)
    place = {moment: n for n, moment in enumerate(moved)}
    ranked = sorted(range(len(notes)), key=lambda i: (min(place.get(m, MOVED) for m in notes[i].evidence), -i))
    return [notes[i] for i in sorted(ranked[:NOTES])]


async def _reflected(night: Night, plan: Plan, notes: Sequence[Noted]) -> Reflected | None:
    given = [n.text for n in notes]
    try:
        answer = await night.ask("day_reflection", "\n".join(given))
    except BrainError:
        return None  # plain words need no brain
    text = tasks.reflection(answer, given, night.person, night.name)
    evidence = tuple(dict.fromkeys(i for n in notes for i in n.evidence))
    return Reflected(text=text, night=plan.night, evidence=evidence, by=night.by) if text else None


async def _plainly_reflected(night: Night, plan: Plan) -> Reflected | None:
    heard = {i for w in await _windows(night, plan) for i in w.evidence}
    people = [p for p in night.ledger.state.knowing.people if heard & set(p.seen)][-3:]
    text = tasks.plain_reflection(night.person, [p.called for p in people])
    evidence = tuple(sorted({i for p in people for i in p.seen if i in heard}))
    return Reflected(text=text, night=plan.night, evidence=evidence, by="rule:people") if text else None


async def own_self(night: Night, plan: Plan) -> int:
    """Statements of her self, and what is shared between the two, as the mind proposes them; a capable brain may draft one
    where the rules have none.
    """
    if done := [m for m in await _since(night, plan, Stated, Withdrawn, Shared) if not _by_person(m)]:
        return len(done)
    state, now = night.ledger.state, night.clock.now()
    newest = await night.ledger.journal.read(without=("Brought",), limit=LATELY, newest_first=True)
    lately = [e for e in reversed(newest) if e.id <= plan.upto and now - e.at < WEEKS]
    stated: list[Moment] = [*await asyncio.to_thread(becoming.propose, state, lately, now)]
    if not any(isinstance(m, Stated) for m in stated) and (drafted := await _drafted(night, now)) is not None:
        stated.append(drafted)
    moments = [*stated, *await asyncio.to_thread(sharing.shared, lately, state)]
    return await night.keep(plan, [(m, f"self:{i}") for i, m in enumerate(moments)])


async def _drafted(night: Night, now: datetime) -> Stated | None:
    """A statement that a capable brain drafts from the notes of the last weeks, if it passes the gate."""
    if night.brain().ability.dialect == "small":
        return None
    entries = await night.ledger.journal.read(kinds=("Noted",), limit=NOTES_FOR_SELF, newest_first=True)
    notes = [e.moment for e in reversed(entries) if isinstance(e.moment, Noted)]
    if not notes:
        return None
    given = [n.text for n in notes]
    text = tasks.first(await night.ask("self_note", "\n".join(given)))
    aspect: Aspect | None = next((a for a in ASPECTS if becoming.OPENS[a].match(text)), None)
    if aspect is None:
        return None
    behind = await night.ledger.journal.get(tuple(dict.fromkeys(i for n in notes for i in n.evidence)))
    evidence = becoming.evidence_for(text, behind)
    if not evidence:
        return None  # nothing that the person said speaks of it
    told = [e for e in behind if e.id in evidence]
    days = len({e.at.astimezone(now.tzinfo).date() for e in told})
    draft = Stated(aspect=aspect, text=text, evidence=evidence, by=night.by)
    said = [e.moment.text for e in told if isinstance(e.moment, Heard)]
    return becoming.admit_statement(night.ledger.state, draft, days, now, told=said)


def _by_person(moment: Moment) -> bool:
    return isinstance(moment, Withdrawn) and moment.why == "person"


async def dream(night: Night, plan: Plan) -> int:
    """One dream, if two memories lie far enough apart."""
    newest = await night.ledger.journal.read(kinds=("Heard", "Cared"), limit=FAR, newest_first=True)
    entries = [e for e in reversed(newest) if e.id <= plan.upto]
    recent = plan.after
    pair = await asyncio.to_thread(dreams.pick, entries, recent, plan.night, night.bond)
    if pair is None:
        return 0
    text, by = await _imagined(night, pair), night.by
    if not text:
        text, by = dreams.image(pair, plan.night, night.bond), "rule:image"
    moment = Dreamed(text=text, night=plan.night, evidence=pair.ids, by=by)
    return await night.keep(plan, [(moment, "dream:0")])


async def _imagined(night: Night, pair: dreams.Pair) -> str:
    """The image of a capable brain, if it holds nothing but the two memories; "" else."""
    if night.brain().ability.dialect == "small":
        return ""
    told = [e.moment.text for e in await night.ledger.journal.get(pair.ids) if isinstance(e.moment, Heard)]
    try:
        return tasks.dreamt(await night.ask("dream", "\n".join(told)), told, night.name)
    except BrainError:
        return ""


async def loops(night: Night, plan: Plan) -> int:
    """Open loops that nothing comes of any more are let go."""
    if done := [m for m in await _since(night, plan, LoopClosed) if m.why == "let_go"]:
        return len(done)
    held, now = night.ledger.state.loops, night.clock.now()
    still = {lp.id for lp in held.open(now)}
    closed = [LoopClosed(loop=lp.id, why="let_go") for lp in held.loops if not lp.closed and lp.id not in still]
    return await night.keep(plan, [(c, f"loops:{c.loop}") for c in closed])


async def reach(night: Night, _plan: Plan) -> int:
    """How much there is worth coming with once the quiet hours are over; whether she does is decided then."""
    limits = night.limits()
    return sum(1 for _ in reaching.wishes(night.ledger.state, limits, reaching.awake(limits.quiet, night.clock.now())))


async def practise(night: Night, _plan: Plan) -> int:
    return await night.practise()


async def snapshot(night: Night, _plan: Plan) -> int:
    """The folds as they are now, so that a start is quick and a backup holds them."""
    await night.ledger.snapshot()
    await night.me.snapshot()
    return 1


async def backup(night: Night, plan: Plan) -> int:
    await night.backups.make(plan.night, night.ledger.upto)
    return 1


async def prove(night: Night, plan: Plan) -> int:
    """Restore the night's backup on trial: every page whole, no moment missing, and it folds to what she is."""
    made = next((b for b in await night.backups.listed() if b.night == plan.night), None)
    if made is None:
        return 0  # that none could be made is told by its own step
    trial = await night.backups.trial(made)
    try:
        if trial.broken or await trial.journal.count() < made.upto:
            raise JournalDamaged("The backup is not whole.")
        if not await _same(night, trial.journal):
            raise JournalDamaged("The backup does not fold to what she is now.")
    finally:
        await trial.aclose()
    await night.backups.proved(made, night.clock.now())
    return 1


async def _same(night: Night, copy: Journal) -> bool:
    """Whether the copy, with what came after it, folds to the state in use."""
    count, state, upto = await copy.count(), BOND.initial, 0
    while upto < count:
        await night.rest.quiet()
        entries = await copy.read(after=upto, limit=CHUNK)
        if not entries:
            return False
        state, upto = await asyncio.to_thread(_fold, state, entries), entries[-1].id
    while True:
        entries = await night.ledger.journal.read(after=upto)
        state, upto = _fold(state, entries), entries[-1].id if entries else upto
        if night.ledger.upto <= upto:
            return state == night.ledger.state


def _fold(state: Bond, entries: Sequence[Entry]) -> Bond:
    for entry in entries:
        state = BOND.step(state, entry)
    return state


async def rotate(night: Night, _plan: Plan) -> int:
    forgot = await night.ledger.journal.read(kinds=("Forgot",), limit=1, newest_first=True)
    return await night.backups.rotate(forgot[0].id if forgot else 0)


async def vectors(night: Night, _plan: Plan) -> int:
    """Vectors for what has none yet, a few at a time."""
    done, left = 0, 1
    while left:
        await night.rest.quiet()
        before = left
        left = await night.memory.catch_up(limit=32)
        done += 1
        if left >= before > 1:
            break  # no embedder, or nothing more can be done now
    return done


Step = Callable[[Night, Plan], Awaitable[int]]

STEPS: dict[str, Step] = {
    "reflect": reflect,
    "self": own_self,
    "dream": dream,
    "loops": loops,
    "reach": reach,
    "practise": practise,
    "snapshot": snapshot,
    "backup": backup,
    "prove": prove,
    "rotate": rotate,
    "vectors": vectors,
}
"""What follows the windows of talk, in this order."""
