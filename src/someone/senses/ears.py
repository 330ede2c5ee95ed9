"""The parts that hear, loaded once per owner and used by one talk at a time. Nothing here blocks the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from someone.errors import CannotHear

if TYPE_CHECKING:
    from someone.senses.stt import Reading, Whisper
    from someone.senses.turn_end import SmartTurn


class Vad(Protocol):
    """Blocking, but too short to matter on a thread of its own."""

    def probability(self, window: bytes) -> float: ...


class Ears(Protocol):
    """What a listener needs. All sound is 16-bit mono at 16 kHz."""

    async def warm(self) -> None:
        """Load what is needed. Safe to call twice. Raises CannotHear."""
        ...

    async def voiced(self, vad: Vad, window: bytes) -> float:
        """The probability that 512 samples hold a voice."""
        ...

    def vad(self) -> Vad:
        """A fresh voice detector for one talk; call after ``warm``."""
        ...

    async def done(self, pcm: bytes) -> float:
        """The probability that somebody who said this and fell silent is done."""
        ...

    async def read(self, pcm: bytes) -> Reading:
        """What was said."""
        ...


class LocalEars:
    """Silero, Smart Turn and Whisper on this machine, each on a thread of its own."""

    def __init__(self, threads: int = 2, model: str = "") -> None:
        self._threads, self._model = threads, model
        self._watching = ThreadPoolExecutor(1, "vad")
        self._judging = ThreadPoolExecutor(1, "turn-end")
        self._reading = ThreadPoolExecutor(1, "stt")
        self._loading: asyncio.Future[None] | None = None
        self._turn: SmartTurn | None = None
        self._whisper: Whisper | None = None

    async def warm(self) -> None:
        if self._loading is None or (self._loading.done() and self._loading.exception() is not None):
            self._loading = asyncio.ensure_future(asyncio.to_thread(self._load))
        await asyncio.shield(self._loading)

    def vad(self) -> Vad:
        from someone.senses.vad import Silero

        return Silero()

    async def voiced(self, vad: Vad, window: bytes) -> float:
        return await asyncio.get_running_loop().run_in_executor(self._watching, vad.probability, window)

    async def done(self, pcm: bytes) -> float:
        if self._turn is None:
            raise CannotHear
        return await asyncio.get_running_loop().run_in_executor(self._judging, self._turn.probability, pcm)

    async def read(self, pcm: bytes) -> Reading:
        if self._whisper is None:
            raise CannotHear
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading, self._whisper.read, pcm)
        except (RuntimeError, ValueError) as e:
            raise CannotHear(
                "I could not make out the words.", safe="Nothing was kept of it.", do="Say it again."
            ) from e

    async def aclose(self) -> None:
        for pool in (self._watching, self._judging, self._reading):
            pool.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> None:
        try:
            from someone.senses.stt import Whisper
            from someone.senses.turn_end import SmartTurn

            self._turn, self._whisper = SmartTurn(), Whisper(self._threads, self._model)
            silence = bytes(2 * 16_000)
            self._turn.probability(silence)  # the first call of each is the slow one
            self._whisper.read(silence)
        except (ImportError, OSError, RuntimeError, ValueError) as e:
            raise CannotHear from e
