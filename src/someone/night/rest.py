"""Rest: whether anybody talks right now. A turn breaks it; the night works only while it lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class Rest:
    """Set while nobody talks, as an ``asyncio.Event``; and what is done in it can be broken off."""

    def __init__(self) -> None:
        self._rests, self._broken = asyncio.Event(), asyncio.Event()
        self._broken.set()

    def set(self) -> None:
        self._rests.set()
        self._broken.clear()

    def clear(self) -> None:
        self._rests.clear()
        self._broken.set()

    def is_set(self) -> bool:
        return self._rests.is_set()

    async def wait(self) -> None:
        await self._rests.wait()

    async def during(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do ``work`` at rest: whenever a turn begins it is cancelled, and begun anew when the turn is over."""
        while True:
            await self.wait()
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
