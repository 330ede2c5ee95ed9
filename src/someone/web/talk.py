"""``/talk``: what the page says and does, handed to the session; the frames are read one at a time, in order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from starlette.websockets import WebSocket

from someone.errors import SomeoneError
from someone.views import ReachedView
from someone.voice.events import Trouble
from someone.web import wire
from someone.web.seat import Line, Seat, Session

log = logging.getLogger("someone.web")

BYTES_A_SECOND = 32_000
BURST_S = 10.0
"""Seconds of sound that may come at once, after a stall; a steady flow faster than sound is no microphone."""
LONGEST_QUEUE = 8
"""Typed turns under way or waiting."""


class Flow:
    """Refuses sound that comes faster than anyone speaks. ``now``: monotonic seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._free = BURST_S * BYTES_A_SECOND
        self._last = now()

    def take(self, size: int) -> None:
        """Raises Malformed when it is too much."""
        now = self._now()
        self._free = min(BURST_S * BYTES_A_SECOND, self._free + (now - self._last) * BYTES_A_SECOND * 1.25) - size
        self._last = now
        if self._free < 0:
            raise wire.Malformed(wire.REFUSED, "faster than sound")


UNASKED_S = 60.0
"""Seconds between two looks for what she comes with by herself."""

Waiting = Callable[[], Awaitable[Sequence[ReachedView]]]


async def talk(socket: WebSocket, seat: Seat, waiting: Waiting) -> None:
    """One page's talk, from its first frame to its last. ``waiting``: what she comes with by herself."""
    await socket.accept()
    line = Line(socket)
    try:
        session = await seat.take(line)
    except Exception as fault:  # noqa: BLE001 - the boundary of a start: told to the page, which tries again
        error = _told(fault)
        await line.send(wire.encode(Trouble(error.code, error.what, error.safe, error.do)))
        await line.close(wire.TRY_LATER, error.code)
        return
    conversation = Conversation(line, session)
    unasked = asyncio.ensure_future(_unasked(line, waiting))
    try:
        await conversation.listen(socket)
    except wire.Malformed as fault:
        await line.close(fault.code, fault.reason)
    finally:
        line.open = False
        unasked.cancel()
        conversation.drop()
        await seat.leave(line, for_good=conversation.left)


async def _unasked(line: Line, waiting: Waiting) -> None:
    """Tell the page what she comes with, each once; what came before it was open stands in the journal it loads."""
    told: set[int] = set()
    while line.open:
        try:
            for came in await waiting():
                if came.id not in told:
                    told.add(came.id)
                    await line.send(wire.unasked(came.id, came.text))
        except SomeoneError:
            pass  # the next look is soon, and a fault that lasts is told at the next turn
        await asyncio.sleep(UNASKED_S)


class Conversation:
    """The commands of one page, obeyed. ``left``: it said that it will not come back."""

    def __init__(self, line: Line, session: Session) -> None:
        self._line = line
        self._session = session
        self._flow = Flow()
        self._turns: set[asyncio.Task[None]] = set()
        self.left = False

    async def listen(self, socket: WebSocket) -> None:
        """Until the page goes. Raises Malformed for a frame that is none of ours."""
        while not self.left:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if (frame := message.get("bytes")) is not None:
                self._flow.take(len(frame))
                await self._answered(self._session.hear(wire.sound(frame)))
            else:
                await self._obey(wire.decode(message.get("text") or ""))

    def drop(self) -> None:
        """Leave no turn behind that nobody listens to."""
        for task in self._turns:
            task.cancel()

    async def _obey(self, command: wire.Command) -> None:
        match command:
            case wire.Say(text=text):
                self._say(text)
            case wire.Interrupt():
                await self._answered(self._session.interrupt())
            case wire.Stop():
                self.drop()
                await self._answered(self._session.interrupt())
            case wire.Mute(on=on):
                await self._answered(self._session.mute(on))
            case wire.Played(utterance=utterance, seconds=seconds):
                await self._answered(self._session.played(utterance, seconds))
            case wire.Leave():
                self.left = True

    def _say(self, text: str) -> None:
        if len(self._turns) >= LONGEST_QUEUE:
            raise wire.Malformed(wire.TRY_LATER, "too many at once")
        task = asyncio.ensure_future(self._answered(self._session.say(text)))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    async def _answered(self, call: Coroutine[Any, Any, None]) -> None:
        """The boundary of a command: whatever fails behind it is told to the page, and the talk goes on."""
        try:
            await call
        except Exception as fault:  # noqa: BLE001 - the named boundary
            error = _told(fault)
            await self._line.send(wire.encode(Trouble(error.code, error.what, error.safe, error.do)))


def _told(fault: Exception) -> SomeoneError:
    """What the page is told of a fault. One that nobody foresaw is logged by its kind alone: the rest may hold content."""
    if isinstance(fault, SomeoneError):
        return fault
    log.error("%s behind the page", type(fault).__name__)
    return SomeoneError()
