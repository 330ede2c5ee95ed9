"""A night on fakes, told through what the journal holds afterwards: whole, broken off anywhere, with parts failing."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path

from someone.errors import BrainUnreachable, DiskFull
from someone.ledger import BOND, SELF, Ledger
from someone.mind.moments import (
    BondId,
    Dreamed,
    Felt,
    Heard,
    LoopClosed,
    Met,
    Named,
    Noted,
    Noticed,
    Reflected,
    Slept,
    Stated,
    Woke,
)
from someone.night import steps
from someone.night.durable import Durable, Stopped
from someone.night.rest import Rest
from someone.night.sleeper import Sleeper
from someone.night.steps import LONGEST_DAY, MOST_WINDOWS, STEPS, Night, Plan
from someone.ports import Ability
from someone.testing.backups import MemoryBackups
from someone.testing.brains import ScriptedBrain, WorstCaseBrain
from someone.testing.clock import FakeClock
from someone.testing.journal import MemoryJournal
from someone.testing.memory import FakeMemory

OLD = "I found an old lighthouse lamp in the cellar."
DAY = (
    "My sister Mara moved to Porto for a job at the shipyard.",
    "I carve small birds out of lime wood.",
    "Our garden gate fell off and I carried it into the garage.",
)
SECRETS = ("lighthouse", "Mara", "birds", "Theo", "Iris", "harbour")


def scripted(prompt):
    task, text = prompt.lines[0].text, prompt.lines[-1].text
    if "facts" in task:
        return "Theo carves small birds out of lime wood." if "birds" in text else "none"
    if "memory_note" in task:
        return "Mara moved to Porto for a job at the shipyard."
    return "Mara is in Porto now, and I am glad for her."


class Life:
    """A home's night on fakes, and its restarts: the same journal, database and backups again."""

    def __init__(self, folder: Path, brain=None, error=None):
        self.folder, self.brain = folder, brain or ScriptedBrain(scripted)
        self.journal, self.own = MemoryJournal(), MemoryJournal()
        self.clock, self.rest = FakeClock(), Rest()
        self.rest.set()
        self.backups = MemoryBackups(lambda: self.journal, error=error)

    async def lived(self):
        await self.own.append(Woke(seed=1), self.clock.now())
        await self.own.append(Named(name="Iris", reason="It is short."), self.clock.now())
        await self.say(Met(called="Theo"), OLD)
        self.clock.move(days=60)
        await self.say(*DAY)
        return self

    async def say(self, *moments):
        for m in moments:
            await self.journal.append(Heard(text=m) if isinstance(m, str) else m, self.clock.now())
            self.clock.move(minutes=2)

    async def durable(self, fault=lambda _: None):
        me, ledger = Ledger(self.own.reopen(), SELF), Ledger(self.journal.reopen(), BOND)
        await me.open()
        await ledger.open()
        memory = FakeMemory(BondId("b1"), journal=ledger.journal)
        night = Night("b1", ledger, me, memory, lambda: self.brain, self.clock, self.backups, self.rest)
        return Durable(night, self.folder / "night.db", fault)

    async def sleep(self) -> Slept:
        entry = await (await self.durable()).sleep()
        assert entry is not None
        assert isinstance(entry.moment, Slept)
        return entry.moment

    async def told(self):
        """What the journal holds, but for how long things took."""
        entries = await self.journal.reopen().read()
        return [
            e.moment.model_copy(update={"seconds": 0.0}) if isinstance(e.moment, Slept) else e.moment for e in entries
        ]


def of(kind, moments):
    return [m for m in moments if isinstance(m, kind)]


async def test_a_night_leaves_notes_facts_a_thought_and_a_dream(tmp_path):
    """Every step does its part, everything rests on what the person said, and Slept counts it."""
    life = await Life(tmp_path).lived()
    slept = await life.sleep()
    moments = await life.told()
    (fact,), (note,), (thought,), (dream,) = (of(k, moments) for k in (Noticed, Noted, Reflected, Dreamed))
    assert fact.statement == DAY[1]
    assert note.text == "Mara moved to Porto for a job at the shipyard."
    assert thought.text == "Mara is in Porto now, and I am glad for her."
    assert "an old lighthouse lamp" in dream.text
    heard = {e.id for e in await life.journal.reopen().read(kinds=("Heard",))}
    assert {*fact.evidence, *note.evidence, *thought.evidence, *dream.evidence} <= heard
    assert slept.failed == ()
    assert {k: slept.did[k] for k in ("facts", "notes", "reflect", "dream", "backup", "prove")} == dict.fromkeys(
        ("facts", "notes", "reflect", "dream", "backup", "prove"), 1
    )
    assert (await life.backups.listed())[0].proved_at is not None


async def test_twice_does_nothing_new(tmp_path):
    """The same night again, with nothing said since, leaves the journal as it is."""
    life = await Life(tmp_path).lived()
    await life.sleep()
    once = await life.told()
    await life.sleep()
    assert await life.told() == once


async def test_what_is_said_after_is_for_the_next(tmp_path):
    """A nap after more talk works on that talk alone; a night without any still proves a backup."""
    life = await Life(tmp_path).lived()
    first = await life.sleep()
    await life.say("Mara wrote that the harbour cranes in Porto are bright yellow.")
    second = await life.sleep()
    assert second.upto > first.upto
    assert all(min(n.evidence) > first.upto for n in of(Noted, await life.told())[1:])
    life.clock.move(days=1)
    third = await life.sleep()
    assert "notes" not in third.did
    assert third.did["prove"] == 1


async def test_broken_off_anywhere_it_ends_the_same(tmp_path):
    """Stopped before and after every single step, in one chain of restarts, the night ends with the journal of a night that
    was never stopped.
    """
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
    whole = await Life(tmp_path / "whole").lived()
    await whole.sleep()
    life = await Life(tmp_path / "broken").lived()
    passed: set[str] = set()

    def fault(at):
        if at not in passed:
            passed.add(at)
            raise Stopped

    while True:
        before = len(passed)
        durable = await life.durable(fault)
        await durable.sleep()
        if len(passed) == before:
            break
        assert durable.unfinished()
    assert passed == {"begin", "facts:0", *STEPS, "slept"}
    assert await life.told() == await whole.told()


async def test_a_failing_step_stops_no_other(tmp_path):
    """Without a brain, and with a full disk for backups, the rest of the night goes on, and Slept names what failed."""
    life = await Life(tmp_path, ScriptedBrain(fail_after=0, error=BrainUnreachable()), DiskFull()).lived()
    slept = await life.sleep()
    assert set(slept.failed) == {"facts", "backup"}
    assert slept.did["notes"] == 1
    assert slept.did["dream"] == 1
    assert slept.did["reflect"] == 1


async def test_a_backup_that_lost_a_moment_is_no_proof(tmp_path):
    """A copy that does not fold to what she is now fails the night's proof."""
    life = await Life(tmp_path).lived()
    life.backups = MemoryBackups(lambda: life.journal, lose=len(DAY))
    slept = await life.sleep()
    assert "prove" in slept.failed
    assert all(b.proved_at is None for b in await life.backups.listed())


async def test_the_worst_brain_leaves_nothing_untrue(tmp_path):
    """A model that invents, begs and leaks adds no fact and no note of its own words."""
    life = await Life(tmp_path, WorstCaseBrain()).lived()
    await life.sleep()
    moments = await life.told()
    assert all(any(n.statement in text for text in DAY) for n in of(Noticed, moments))
    for text in [m.text for m in (*of(Noted, moments), *of(Reflected, moments))]:
        assert "human" not in text
        assert "leave me" not in text


async def test_the_database_of_the_night_holds_no_word(tmp_path):
    """Neither in clear nor packed: ids, dates and counts only."""
    life = await Life(tmp_path).lived()
    await life.sleep()
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("night.db*"))
    assert raw
    for word in SECRETS:
        for form in (
            word.encode(),
            word.encode("utf-16-le"),
            *(base64.b64encode(b"x" * n + word.encode())[4:-4] for n in range(3)),
        ):
            assert len(form) < 4 or form not in raw


async def test_a_turn_breaks_the_thinking_and_is_not_kept_waiting(tmp_path):
    """While somebody talks the brain is let go at once, and the night asks it anew when the talk rests."""
    began, go = asyncio.Event(), asyncio.Event()

    class Slow(ScriptedBrain):
        async def reply(self, prompt):
            self.prompts.append(prompt)
            began.set()
            try:
                if not go.is_set():
                    await asyncio.Event().wait()
            finally:
                self.stopped += not go.is_set()
            yield scripted(prompt)

    life = await Life(tmp_path, Slow()).lived()
    sleeping = asyncio.ensure_future(life.sleep())
    await began.wait()
    life.rest.clear()
    while not life.brain.stopped:
        await asyncio.sleep(0)
    asked = len(life.brain.prompts)
    go.set()
    await asyncio.sleep(0.05)
    assert len(life.brain.prompts) == asked
    life.rest.set()
    await sleeping
    assert len(life.brain.prompts) > asked
    assert len(of(Noted, await life.told())) == 1


async def test_closing_breaks_a_night_off_and_the_next_owner_ends_it(tmp_path):
    """An owner that goes does not wait for the night; the one that comes finds it unfinished and has it at the first rest."""
    waiting = asyncio.Event()

    class Never(ScriptedBrain):
        async def reply(self, prompt):
            waiting.set()
            await asyncio.Event().wait()
            yield ""

    life = await Life(tmp_path, Never()).lived()
    sleeper = Sleeper(await life.durable(), since=life.clock.now())
    sleeping = asyncio.ensure_future(sleeper.sleep())
    await waiting.wait()
    await sleeper.aclose()
    await sleeping
    assert of(Slept, await life.told()) == []
    life.brain = ScriptedBrain(scripted)
    again = Sleeper(await life.durable(), since=life.clock.now())
    assert not await again.sleep_if_due()
    life.clock.move(minutes=11)
    assert await again.sleep_if_due()
    assert len(of(Slept, await life.told())) == 1
    assert not await again.sleep_if_due()


async def test_a_forgotten_day_leaves_no_note(tmp_path):
    """What was forgotten between the talk and the night is not worked on."""
    life = await Life(tmp_path).lived()
    await life.journal.forget([3, 4, 5], life.clock.now())
    slept = await life.sleep()
    assert "notes" not in slept.did
    assert of(Noted, await life.told()) == []


async def test_a_broken_file_of_the_nights_is_made_anew(tmp_path):
    """The database of the nights holds nothing that is missed: what can't be read is replaced, and the night is had."""
    life = await Life(tmp_path).lived()
    (tmp_path / "night.db").write_bytes(b"not a database at all " * 400)
    assert not (await life.durable()).unfinished()
    assert (await life.sleep()).did["notes"] == 1


async def test_what_was_let_lie_too_long_is_let_go(tmp_path):
    """An open loop of two months ago is closed by the night, once."""
    life = await Life(tmp_path).lived()
    await life.say("I have a job interview on Friday.")
    life.clock.move(days=60)
    await life.sleep()
    closed = of(LoopClosed, await life.told())
    assert [c.why for c in closed] == ["let_go"]
    life.clock.move(days=1)
    await life.sleep()
    assert of(LoopClosed, await life.told()) == closed


async def test_a_short_silence_is_still_a_talk():
    """After a turn the night waits until the talk has rested for a while; other work at rest may go on at once."""
    rest, begun = Rest(quiet_s=3600), asyncio.Event()

    async def work():
        begun.set()

    rest.set()
    await rest.during(work)
    assert begun.is_set()
    begun.clear()
    rest.clear()
    rest.set()
    await rest.wait()
    doing = asyncio.ensure_future(rest.during(work))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not begun.is_set()
    doing.cancel()


def capable(prompt):
    task = prompt.lines[0].text
    if "JSON" in task:
        lines = [{"about": "you", "quote": DAY[1]}, {"about": "you", "quote": "I was born on the moon."}]
        return "\n".join(json.dumps(one) for one in lines)
    if "I dreamed" in task:
        return "I dreamed that the lighthouse lamp hung on the garden gate."
    if "I want" in task:
        return "I want to know how Mara likes the shipyard."
    return "Mara moved to Porto for a job at the shipyard."


async def test_a_capable_brain_does_more_within_the_same_walls(tmp_path):
    """It quotes facts, dreams in its own words and drafts a statement once two days speak for it; what it makes up is not
    kept.
    """
    life = await Life(tmp_path, ScriptedBrain(capable, ability=Ability(dialect="large"))).lived()
    await life.sleep()
    moments = await life.told()
    assert [f.statement for f in of(Noticed, moments)] == [DAY[1]]
    assert [n.by for n in of(Noted, moments)] == ["brain:scripted"]
    assert [d.by for d in of(Dreamed, moments)] == ["brain:scripted"]
    assert of(Stated, moments) == []
    life.clock.move(days=1)
    await life.say("Mara said that the shipyard in Porto is loud, and that a new job is like that.")
    await life.sleep()
    stated = of(Stated, await life.told())
    assert [s.text for s in stated] == ["I want to know how Mara likes the shipyard."]


async def test_a_long_past_is_not_worked_through(tmp_path):
    """The first night of a home with much behind it keeps to the newest of it."""
    life = await Life(tmp_path, ScriptedBrain("none")).lived()
    said = [
        f"I carried the {n}th box of old books up to the attic today." if n % 100 == 0 else "ok" for n in range(4000)
    ]
    rows = [(Heard(text=text), None) for text in said]
    await life.journal.append_all(rows, life.clock.now())
    slept = await life.sleep()
    assert slept.did["notes"] <= MOST_WINDOWS
    assert min(min(n.evidence) for n in of(Noted, await life.told())) > 4000 - LONGEST_DAY


async def test_she_thinks_about_what_moved_her(tmp_path):
    """Of more notes than a reflection is given, the one that rests on what moved her is among them, in its place."""
    life = await Life(tmp_path).lived()
    night, now = (await life.durable()).night, life.clock.now()
    heard = [await night.ledger.keep(Heard(text=f"Line number {n}."), now) for n in range(12)]
    await night.ledger.keep(Felt(feeling="worried", emotion="fear", intensity=0.9, cause=(heard[0].id,)), now)
    notes = [Noted(text=f"n{n}", night=now.date(), evidence=(h.id,)) for n, h in enumerate(heard)]
    chosen = await steps._on_her_mind(night, Plan(night=now.date(), after=0, upto=99), notes)
    assert [n.text for n in chosen] == ["n0", *(f"n{n}" for n in range(12 - steps.NOTES + 1, 12))]
