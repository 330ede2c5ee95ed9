"""What the turns of one bond work with, and the forgetting that empties all that was drawn from a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from someone.ledger import Ledger
from someone.mind.bond import Bond
from someone.mind.helplines import Helpline
from someone.mind.moments import DERIVED, BondId, Entry, Moment, MomentId, Said, rests_on
from someone.mind.selfhood import Self
from someone.ports import Brain, Clock, Memory, Reader
from someone.skilled import Skilled


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a sense took in: the words and the door they came through."""

    text: str
    channel: str = "terminal"
    spoken: Callable[[], Awaitable[int]] | None = None
    """For a voice, which gives out faster than it speaks: waits until the reply has been spoken or cut, and answers
    how many characters of it were really spoken. Asked once, when the last word was given out or at an interruption."""


@dataclass(slots=True)
class Talk:
    """All that the turns of one bond work with. Built by bootstrap."""

    bond: BondId
    ledger: Ledger[Bond]
    memory: Memory
    brain: Brain
    clock: Clock
    helpline: Helpline
    me: Ledger[Self]
    longest: int = 20_000
    reader: Reader | None = None
    """Guesses the person's emotion; without one her rules alone tell it."""
    skilled: Skilled | None = None
    """Her skills; without them she has the ones she came with."""
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    indexing: asyncio.Future[None] | None = None

    async def keep(self, moment: Moment) -> Entry:
        return await self.ledger.keep(moment, self.clock.now())

    def keep_soon(self, moment: Moment) -> asyncio.Future[Entry]:
        """Keep a moment in its order without waiting for the disk; the turn waits for it before it is over."""
        return asyncio.ensure_future(self.keep(moment))


@dataclass(frozen=True, slots=True)
class Taken:
    """What was heard: ``entry`` is on the disk; ``recent`` the person's last few lines before it; ``damaged``: some was unreadable;
    ``clock``: what to say of a clock that went backwards, or nothing; ``before``: when they were heard last.
    """

    entry: Entry
    text: str
    recent: tuple[str, ...]
    damaged: bool
    clock: str = ""
    before: datetime | None = None
    spoken: Callable[[], Awaitable[int]] | None = None


class Watch:
    """Milliseconds since the turn began, by stage. Reads the processor's clock; nothing is decided by it."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.ms: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        self.ms[stage] = round((time.perf_counter() - self._began) * 1000, 2)

    def once(self, stage: str) -> None:
        if stage not in self.ms:
            self.lap(stage)


async def forget(ids: tuple[MomentId, ...], talk: Talk) -> Entry:
    """Empty these moments, every reply that stood on them or answered them, and all else that was drawn from them."""
    gone = set(ids)
    for entry in await talk.ledger.journal.read(kinds=DERIVED):  # in order: what is drawn from the derived comes later
        if entry.id in gone or gone & set(rests_on(entry.moment)):
            gone.add(entry.id)
            said = entry.moment
            if isinstance(said, Said) and said.by == "rule:forget_asked" and said.to is not None:
                gone.add(said.to)  # the question named what is to be forgotten
    if talk.skilled is not None:
        gone |= await talk.skilled.growing.forgetting(gone)
    entry = await talk.ledger.forget(tuple(sorted(gone)), talk.clock.now())
    if talk.skilled is not None:
        await talk.skilled.growing.open()  # the files of what no moment speaks of any more
    return entry
