"""Listening: sound in, turns out. Joins the ears, the machine of turn_taking and the guard against her own echo."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from someone.errors import CannotHear
from someone.senses import turn_taking as turns
from someone.senses import words
from someone.senses.ears import Ears, Vad
from someone.senses.echo import Echo
from someone.senses.turn_taking import Manners, TurnTaking

_log = logging.getLogger(__name__)

WINDOW_BYTES = 1024
RATE = 16_000
PRE_ROLL_S = 0.4
"""Sound kept from before the onset, so that no first syllable is lost."""
SPARE_S = 30.0
"""Sound kept beyond the longest turn, while its end waits for a slow reader."""
COMMIT_S = 10.0
"""From this length on, what was read at a pause stays read when the person goes on, so no reading grows long."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """The words up to a pause; more may come."""

    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody spoke and is done. ``ms``: silence waited for, judging and reading (milliseconds)."""

    text: str
    ms: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Nothing:
    """A sound that held no words, or none meant for her."""


@dataclass(frozen=True, slots=True)
class Deaf:
    """The words could not be read."""

    error: CannotHear


Signal: TypeAlias = Speaking | SoFar | Turn | Nothing | Deaf | turns.Hold | turns.Release | turns.Cut


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    ms: float


class Listener:
    """One talk's listening. ``tell`` is awaited with each signal, in order."""

    def __init__(
        self,
        ears: Ears,
        tell: Callable[[Signal], Awaitable[None]],
        *,
        manners: Manners | None = None,
        her_level: Callable[[], float] = lambda: 0.0,
        her_words: Callable[[], str] = lambda: "",
        taken: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._ears, self._tell = ears, tell
        self._her_level, self._her_words, self._taken = her_level, her_words, taken
        self._taking = TurnTaking(manners)
        self._echo = Echo()
        self._vad: Vad | None = None
        self._rest = b""
        self._sound = bytearray()
        self._read_upto = 0
        self._read_so_far = ""
        self._under_her = False
        self._ms: dict[str, float] = {}
        self._reading: asyncio.Task[_Read] | None = None
        self._work: set[asyncio.Task[None]] = set()

    @property
    def speaking(self) -> bool:
        """Somebody speaks, or paused and may go on."""
        return self._taking.speaking

    def hers(self, has_the_floor: bool) -> None:
        """She thinks about an answer or speaks, or no longer does."""
        self._taking.hers = has_the_floor

    async def hear(self, pcm: bytes) -> None:
        """Sound of any length: 16-bit mono at 16 kHz."""
        self._taken(len(pcm))
        if self._vad is None:
            self._vad = self._ears.vad()
        self._rest += pcm
        while len(self._rest) >= WINDOW_BYTES:
            window, self._rest = self._rest[:WINDOW_BYTES], self._rest[WINDOW_BYTES:]
            self._keep(window)
            probability = await self._ears.voiced(self._vad, window)
            voiced = probability >= self._taking.threshold
            if self._echo.explains(_level(window), self._her_level()):
                voiced = False
            await self._do(self._taking.advance(voiced=voiced))

    def drop(self) -> None:
        """Forget what is under way."""
        self._taking.drop()
        self._clear()
        self._rest = b""

    async def aclose(self) -> None:
        self.drop()
        for task in tuple(self._work):
            task.cancel()

    def _keep(self, window: bytes) -> None:
        if len(self._sound) < (self._taking.manners.longest_turn_s + SPARE_S) * RATE * 2:
            self._sound += window
        if not self._taking.speaking:
            del self._sound[: -round(PRE_ROLL_S * RATE) * 2]

    def _clear(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = None
        self._read_so_far, self._read_upto = "", 0
        del self._sound[: -round(PRE_ROLL_S * RATE) * 2]

    async def _do(self, acts: list[turns.Act]) -> None:
        for act in acts:
            match act:
                case turns.Began():
                    self._under_her = bool(self._her_words())
                    await self._tell(Speaking())
                case turns.Paused(number=number):
                    self._paused(number)
                case turns.WentOn():
                    self._went_on()
                case turns.Ended(silence_s=silence_s):
                    await self._ended(silence_s)
                case turns.Release():
                    self._echo.came_to_nothing()
                    self._clear()
                    await self._tell(act)
                case turns.Hold() | turns.Cut():
                    await self._tell(act)

    def _paused(self, number: int) -> None:
        self._reading = asyncio.ensure_future(self._read(bytes(self._sound[self._read_upto :])))
        turn = lengthened(bytes(self._sound), self._taking.manners)
        self._later(self._judge(number, self._reading, turn))

    async def _read(self, new: bytes) -> _Read:
        began = time.perf_counter()
        read = await self._ears.read(new)
        return _Read(" ".join(filter(None, (self._read_so_far, read.text))), _ms_since(began))

    async def _judge(self, number: int, reading: asyncio.Task[_Read], turn: bytes) -> None:
        began = time.perf_counter()
        try:
            probability = await self._ears.done(turn)
            judged_ms = _ms_since(began)
            read = await reading
        except Exception as e:  # noqa: BLE001 - the boundary of what hears: recorded by its kind alone, and told
            if not isinstance(e, CannotHear):
                _log.error("what hears met %s", type(e).__name__)
            held = self._taking.overlapping
            self.drop()
            await self._tell(Deaf(e if isinstance(e, CannotHear) else CannotHear()))
            if held:
                await self._tell(turns.Release())
            return
        self._ms = {"stt": read.ms, "judge": judged_ms, "judged": _ms_since(began)}
        if read.text and reading is self._reading:
            await self._tell(SoFar(read.text))
        overlap = words.overlap(read.text, self._her_words())
        await self._do(self._taking.judge(number, probability, read.text, overlap))

    def _went_on(self) -> None:
        reading, self._reading = self._reading, None
        if reading is None:
            return
        new_s = (len(self._sound) - self._read_upto) / 2 / RATE
        if new_s > COMMIT_S and reading.done() and not reading.cancelled() and reading.exception() is None:
            self._read_so_far, self._read_upto = reading.result().text, len(self._sound)
        elif not reading.done():
            reading.cancel()

    async def _ended(self, silence_s: float) -> None:
        reading, self._reading = self._reading, None
        self._clear()
        if reading is None:
            await self._tell(Nothing())
            return
        read = await reading  # done: the turn ends only after its judgement
        if not read.text or (self._under_her and words.echoes(read.text, self._her_words())):
            await self._tell(Nothing())
            return
        await self._tell(Turn(read.text, {"silence": round(silence_s * 1000, 1)} | self._ms))

    def _later(self, work: Awaitable[None]) -> None:
        async def quietly() -> None:
            with suppress(asyncio.CancelledError):
                await work

        task = asyncio.ensure_future(quietly())
        self._work.add(task)
        task.add_done_callback(self._work.discard)


def lengthened(turn: bytes, manners: Manners) -> bytes:
    """A turn that pauses, as it will sound when the pause has lasted ``pause_s``: the room goes on as it sounds now."""
    missing = 2 * round((manners.pause_s - manners.read_s) * RATE)
    room = turn[-2 * round(manners.read_s / 2 * RATE) :]
    return turn + (room * (missing // max(1, len(room)) + 1))[:missing]


def _level(window: bytes) -> float:
    sound = np.frombuffer(window, np.int16).astype(np.float32) / 32768.0
    return float(np.sqrt(np.mean(sound * sound))) if len(sound) else 0.0


def _ms_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
