"""Rest: whether anybody talks right now. A turn breaks it; the night works only while it lasts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


QUIET_S = 30.0
"""Seconds after a turn for which a talk may well go on: work by the brain would cost its next turn the cached prompt."""


class Rest:
    """Set while nobody talks, as an ``asyncio.Event``; and what is done in it can be broken off. ``quiet_s``: how long after
    a turn it is not yet quiet.
    """

    def __init__(self, quiet_s: float = 0.0) -> None:
        self._rests, self._broken = asyncio.Event(), asyncio.Event()
        self._broken.set()
        self._quiet_s, self._quiet_from = quiet_s, 0.0

    def set(self) -> None:
        if self._broken.is_set() and self._quiet_from:
            self._quiet_from = time.monotonic() + self._quiet_s
        self._rests.set()
        self._broken.clear()

    def clear(self) -> None:
        self._rests.clear()
        self._broken.set()
        self._quiet_from = time.monotonic() + self._quiet_s

    def is_set(self) -> bool:
        return self._rests.is_set()

    async def wait(self) -> None:
        await self._rests.wait()

    async def quiet(self) -> None:
        """Wait until nobody talks and the last turn is a while ago."""
        await self.wait()
        while (left := self._quiet_from - time.monotonic()) > 0 or not self.is_set():
            await asyncio.sleep(max(left, 0.0))
            await self.wait()

    async def during(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do ``work`` in quiet: whenever a turn begins it is cancelled, and begun anew when the turn is over."""
        while True:
            await self.quiet()
            doing, breaking = asyncio.ensure_future(work()), asyncio.ensure_future(self._broken.wait())
            try:
                await asyncio.wait((doing, breaking), return_when=asyncio.FIRST_COMPLETED)
                if doing.done():
                    return doing.result()
            finally:
                breaking.cancel()
                if not doing.done():
                    doing.cancel()
                    await asyncio.wait((doing,))
