"""One voice at a time: whose page has the talk, and the voice session behind it.

The newest page wins; the one before is told so. When a connection drops she falls silent, so that nothing counts as
said that nobody could hear, and the session waits a while for the page to come back to the same conversation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from someone.voice.events import Event, State
from someone.web import wire

PATIENCE_S = 10.0
"""A page that takes no frame for so long is gone."""


class Session(Protocol):
    """The part of ``VoiceSession`` that a page drives."""

    async def start(self) -> None: ...

    async def hear(self, pcm: bytes) -> None: ...

    async def say(self, text: str) -> None: ...

    async def interrupt(self) -> None: ...

    async def mute(self, on: bool) -> None: ...

    async def played(self, utterance: int, seconds: float) -> None: ...

    async def aclose(self) -> None: ...


Sender = Callable[[Event], Awaitable[None]]


class Line:
    """One page's open WebSocket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._one = asyncio.Lock()
        self.open = True

    async def send(self, frame: str | bytes) -> None:
        """Give the page a frame, or find that it is gone."""
        async with self._one:
            if not self.open:
                return
            try:
                async with asyncio.timeout(PATIENCE_S):
                    if isinstance(frame, str):
                        await self._socket.send_text(frame)
                    else:
                        await self._socket.send_bytes(frame)
            except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
                self.open = False

    async def close(self, code: int, reason: str = "") -> None:
        async with self._one:
            if self.open:
                self.open = False
                with suppress(RuntimeError, WebSocketDisconnect, OSError):
                    await self._socket.close(code, reason)


class Seat:
    """Where the one page sits. ``linger_s``: seconds that a session waits for a page to come back."""

    def __init__(self, build: Callable[[Sender], Awaitable[Session]], linger_s: float = 120.0) -> None:
        self._build = build
        self._linger_s = linger_s
        self._line: Line | None = None
        self._session: Session | None = None
        self._change = asyncio.Lock()
        self._going: asyncio.Task[None] | None = None

    async def take(self, line: Line) -> Session:
        """The session, now for this page. Raises whatever starting the first one raises."""
        async with self._change:
            self._stay()
            former, self._line = self._line, None
            if former is not None:
                await former.send('{"event": "Taken"}')
                await former.close(wire.TAKEN, "taken over")
            self._line = line
            if self._session is not None:
                await self._session.interrupt()
                await self._session.mute(on=False)
                await line.send(wire.encode(State("listening")))
                return self._session
            try:
                session = await self._build(self._tell)
                await session.start()
            except BaseException:
                self._line = None
                raise
            self._session = session
            return session

    async def leave(self, line: Line, *, for_good: bool = False) -> None:
        """The page is gone. Nothing happens when another has the talk already."""
        async with self._change:
            if self._line is not line:
                return
            self._line = None
            if self._session is None:
                return
            await self._session.interrupt()
            self._going = asyncio.ensure_future(self._end_after(0 if for_good else self._linger_s))

    async def aclose(self) -> None:
        async with self._change:
            self._stay()
            line, self._line = self._line, None
            if line is not None:
                await line.close(1012, "she is going")
            await self._end()

    async def _tell(self, event: Event) -> None:
        if self._line is not None:
            await self._line.send(wire.encode(event))

    def _stay(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None

    async def _end_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._change:
            self._going = None
            await self._end()

    async def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.aclose()
