"""Reaching out: what the mind decides is kept, then shown. Never the other way round, so that nothing is shown twice.

A page asks for :meth:`Reaching.waiting` every minute, the terminal at its start; the owner looks out while nobody talks
(:func:`look_out`) and may tell the desktop. Whoever comes first keeps it; the key makes it once for all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from someone.errors import SomeoneError
from someone.mind.bond import Bond
from someone.mind.loops import WAITS, Loop, due
from someone.mind.moments import Entry, LoopClosed, Moment, MomentId, Reached
from someone.mind.reaching import Limits, wishes
from someone.ports import Clock, Journal, Notifier
from someone.views import LoopView, ReachedView

EVERY_S = 300.0
"""Seconds between two looks of an owner whom nobody talks with."""


class Kept(Protocol):
    """A bond's journal with its fold: the part of the ledger that is needed here."""

    journal: Journal

    @property
    def state(self) -> Bond: ...

    async def keep(self, moment: Moment, at: datetime, *, key: str | None = None) -> Entry: ...


@dataclass(slots=True)
class Reaching:
    """``limits``: what the person allows at this moment; ``show_words``: whether a notification may say them."""

    ledger: Kept
    clock: Clock
    busy: asyncio.Lock
    limits: Callable[[], Limits]
    show_words: Callable[[], bool]
    notifier: Notifier
    name: Callable[[], str]

    async def reach(self, channel: str) -> Entry | None:
        """Decide, and keep what comes of it; None where nothing does, or another was first."""
        async with self.busy:
            now, limits = self.clock.now(), self.limits()
            if channel not in limits.channels:
                return None
            for wish in wishes(self.ledger.state, limits, now):
                before = await self.ledger.journal.last()
                reached = Reached(text=wish.text, evidence=wish.evidence, channel=channel)
                entry = await self.ledger.keep(reached, now, key=wish.key)
                if before is None or entry.id > before.id:
                    return entry
            return None

    async def waiting(self, channel: str) -> list[ReachedView]:
        """What waits for the person at this door, decided now where nothing does. Showing it again changes nothing."""
        await self.reach(channel)
        waits = self.ledger.state.loops.waiting
        if (
            waits is None
            or not waits.text
            or channel not in self.limits().channels
            or self.clock.now() - waits.at > WAITS
        ):
            return []
        return [ReachedView(id=waits.id, at=waits.at, text=waits.text, channel=channel, waits=True)]

    async def look(self) -> bool:
        """One look of the owner's: whether the desktop was told of something new."""
        if "desktop" not in self.limits().channels or not self.notifier.available():
            return False
        entry = await self.reach("desktop")
        if entry is None or not isinstance(entry.moment, Reached):
            return False
        name = self.name()
        asks = entry.moment.text.endswith("?")
        hidden = f"{name} has {'a question' if asks else 'a word'} for you."
        return await self.notifier.show(name, entry.moment.text if self.show_words() else hidden)

    def loops(self) -> list[LoopView]:
        """What is open, the first due first."""
        now = self.clock.now()
        bond = self.ledger.state
        return [_loop_view(bond, loop, now) for loop in bond.loops.open(now)]

    async def let_go(self, loop: int) -> LoopView:
        """Not to be asked about. Raises SomeoneError for a number that is not open."""
        async with self.busy:
            found = next((lp for lp in self.loops() if lp.id == loop), None)
            if found is None:
                raise SomeoneError(
                    f"There is nothing open with the number {loop}.",
                    safe="Nothing was changed.",
                    do="`someone reach` lists what is open with its numbers.",
                )
            await self.ledger.keep(LoopClosed(loop=MomentId(loop), why="let_go"), self.clock.now())
        return found.model_copy(update={"closed": "let_go"})

    async def reached(self, limit: int) -> list[ReachedView]:
        """When she reached out and with what, the newest first."""
        entries = await self.ledger.journal.read(kinds=("Reached",), limit=limit, newest_first=True)
        waits = self.ledger.state.loops.waiting
        return [_reached_view(e, waits is not None and waits.id == e.id) for e in entries]


async def look_out(reaching: Reaching, resting: Callable[[], Awaitable[object]], every_s: float = EVERY_S) -> None:
    """Look every few minutes, as long as the owner lives and nobody talks. A failed look is followed by the next one."""
    while True:
        await asyncio.sleep(every_s)
        await resting()
        try:
            await reaching.look()
        except SomeoneError:
            continue  # a full disk or a broken setting: it is told at the next turn, in words


def _loop_view(bond: Bond, loop: Loop, now: datetime) -> LoopView:
    begins, over = due(loop, now.tzinfo)
    names = (bond.knowing.person(key) for key in loop.people)
    return LoopView(
        id=loop.id,
        about=loop.about,
        question=loop.question,
        text=loop.text,
        said_at=loop.said_at,
        due=begins,
        over=over,
        people=tuple(p.called for p in names if p is not None),
        closed=loop.closed,
    )


def _reached_view(entry: Entry, waits: bool) -> ReachedView:
    moment = entry.moment
    assert isinstance(moment, Reached)
    return ReachedView(
        id=entry.id, at=entry.at, text=moment.text, channel=moment.channel, waits=waits, evidence=moment.evidence
    )
