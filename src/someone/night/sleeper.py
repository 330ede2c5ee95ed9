"""When she sleeps: by herself at night or after too long a day, and on the person's word."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from someone.errors import SomeoneError
from someone.mind.moments import Entry
from someone.mind.nights import due
from someone.night.durable import Durable, Progress

_log = logging.getLogger("someone.night")
LOOK_S = 60.0
"""Seconds between two looks at the clock."""


@dataclass(slots=True)
class Sleeper:
    """The nights of one home."""

    durable: Durable
    since: datetime
    _sleeping: asyncio.Task[Entry | None] | None = None
    _watching: asyncio.Task[None] | None = None

    @property
    def asleep(self) -> bool:
        return self._sleeping is not None and not self._sleeping.done()

    @property
    def progress(self) -> Progress:
        """Where the night is; nothing of nothing while there is none."""
        return self.durable.progress if self.asleep else Progress()

    def watch(self) -> None:
        """Sleep by herself from now on, whenever it is time. Call it once, in an owner that talks."""
        self._watching = asyncio.ensure_future(self._watch())

    async def sleep(self) -> Entry | None:
        """A night now, or the rest of the one under way; goes on should the caller not wait for it."""
        if not self.asleep:
            self._sleeping = asyncio.ensure_future(self.durable.sleep())
        assert self._sleeping is not None
        return await asyncio.shield(self._sleeping)

    async def sleep_if_due(self) -> bool:
        """Sleep if it is time; whether it was."""
        night = self.durable.night
        state, now = night.ledger.state, night.clock.now()
        if not night.rest.is_set():
            return False
        unfinished = await asyncio.to_thread(self.durable.unfinished)
        if not due(state.nights, now, _local(state.heard_at, now), self.since, unfinished=unfinished):
            return False
        await self.sleep()
        return True

    async def aclose(self) -> None:
        """Break off what is under way; the next owner takes it up."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        if self._sleeping is not None and not self._sleeping.done():
            await self.durable.stop()
            await asyncio.wait((self._sleeping,))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.sleep_if_due()
            except Exception as error:  # noqa: BLE001 - the boundary: a night that can't be had must not end the nights
                _log.warning("night: %s", error.code if isinstance(error, SomeoneError) else type(error).__name__)


def _local(at: datetime | None, now: datetime) -> datetime | None:
    return at.astimezone(now.tzinfo) if at is not None else None
