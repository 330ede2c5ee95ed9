"""A voice session without models: it takes loud enough sound for the next line of a script, and hums her replies."""

from __future__ import annotations

import asyncio
import math
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import Protocol

from someone import parts
from someone.errors import SomeoneError
from someone.voice.events import (
    Audio,
    Event,
    Feels,
    Flush,
    Heard,
    Notice,
    Parted,
    Said,
    State,
    Timing,
    Trouble,
)

RATE = 24_000
CHUNK_S = 0.1
A_LETTER_S = 0.05
LOUD = 1500
"""Peak from which sound counts as speech."""
QUIET_S = 0.4
"""Seconds of quiet that end a turn."""


class _House(Protocol):
    def turn(self, text: str, channel: str) -> AsyncGenerator[parts.Part, None]: ...


class FakeVoiceSession:
    """The seam of ``VoiceSession``. ``script``: what it understands, one line for each stretch of sound;
    ``pace``: how much faster than real time the humming goes out.
    """

    def __init__(
        self,
        house: _House,
        *,
        send: Callable[[Event], Awaitable[None]],
        script: Iterable[str] = (),
        pace: float = 1.0,
    ) -> None:
        self._house, self._send, self._pace = house, send, pace
        self._script = iter(script)
        self._loud = False
        self._quiet = 0.0
        self._muted = False
        self._utterance = 0
        self._turn: asyncio.Task[None] | None = None
        self.heard_bytes = 0
        self.spoken: dict[int, float] = {}
        self.closed = False

    async def start(self) -> None:
        await self._send(State("listening"))

    async def hear(self, pcm: bytes) -> None:
        if self._muted:
            return
        self.heard_bytes += len(pcm)
        samples = array("h", pcm)
        if max(map(abs, samples)) >= LOUD:
            self._quiet = 0.0
            if not self._loud:
                self._loud = True
                await self.interrupt()
                await self._send(State("hearing"))
            return
        self._quiet += len(samples) / 16_000
        if self._loud and self._quiet >= QUIET_S:
            self._loud = False
            text = next(self._script, "")
            if text:
                await self._send(Heard(text, final=False))
                await self.interrupt()
                self._turn = asyncio.ensure_future(self._take(text))
            else:
                await self._send(State("listening"))

    async def say(self, text: str) -> None:
        await self.interrupt()
        self._turn = asyncio.ensure_future(self._take(text))

    async def interrupt(self) -> None:
        task, self._turn = self._turn, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.wait((task,))
            await self._send(Flush(self._utterance))
            await self._send(State("listening"))

    async def mute(self, on: bool) -> None:
        self._muted = on

    async def played(self, utterance: int, seconds: float) -> None:
        self.spoken[utterance] = seconds

    async def aclose(self) -> None:
        await self.interrupt()
        self.closed = True

    async def _take(self, text: str) -> None:
        self._utterance += 1
        await self._send(Heard(text, final=True))
        await self._send(State("thinking"))
        try:
            await self._speak(text)
        except SomeoneError as error:
            await self._send(Trouble(error.code, error.what, error.safe, error.do))
        await self._send(State("listening"))

    async def _speak(self, text: str) -> None:
        begin, index = 0.0, 0
        async with aclosing(self._house.turn(text, "voice")) as stream:
            async for part in stream:
                match part:
                    case parts.Text(text=words):
                        if not index:
                            await self._send(State("speaking"))
                        await self._send(Said(words, self._utterance, begin))
                        for piece in _hum(len(words) * A_LETTER_S):
                            await self._send(Audio(piece, self._utterance, index))
                            index += 1
                            begin += len(piece) / 2 / RATE
                            await asyncio.sleep(CHUNK_S / self._pace)
                    case parts.Feels(feeling=feeling, why=why):
                        await self._send(Feels(feeling, why))
                    case parts.Notice(text=notice):
                        await self._send(Notice(notice))
                    case parts.Trouble(code=code, what=what, safe=safe, do=do):
                        await self._send(Trouble(code, what, safe, do))
                    case parts.Done(ms=ms, parted=parted):
                        await self._send(Timing(ms))
                        if parted:
                            await self._send(Parted())
                    case _:
                        pass


def _hum(seconds: float) -> list[bytes]:
    """A soft tone that swells with every syllable, in pieces of 100 ms."""
    total = int(seconds * RATE)
    samples = array(
        "h",
        (
            int(6000 * abs(math.sin(math.pi * 2.2 * i / RATE)) * math.sin(2 * math.pi * 196 * i / RATE))
            for i in range(total)
        ),
    )
    step = int(CHUNK_S * RATE)
    return [samples[i : i + step].tobytes() for i in range(0, total, step)]
