"""The live talk as pipecat processors. The pipeline, in this order, is the whole of it (see session.py):

    Hearing ──TurnFrame──► Answering ──SentenceFrame, ReplyEndFrame──► Speaking

Sound comes in as pipecat's InputAudioRawFrame; an interruption is pipecat's InterruptionFrame.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Protocol

from pipecat.frames.frames import (
    ControlFrame,
    DataFrame,
    Frame,
    InputAudioRawFrame,
    InterruptionFrame,
    SystemFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from someone import parts
from someone.errors import NothingSaid, SomeoneError
from someone.mind.speaking import Delivery, delivery
from someone.mind.speech import Sentences
from someone.senses import listener as hearing
from someone.senses import turn_taking as turns
from someone.senses.listener import Listener
from someone.voice import events
from someone.voice.mouth import Mouth
from someone.voice.playback import Playback

_log = logging.getLogger(__name__)


class House(Protocol):
    """The one thing asked of her home."""

    def turn(
        self, text: str, channel: str, spoken: Callable[[], Awaitable[int]] | None = None
    ) -> AsyncGenerator[parts.Part, None]: ...


@dataclass
class TurnFrame(DataFrame):
    """Something was said to her, by voice or typed. ``ms``: stages until here. Nothing drops it on its way."""

    text: str = ""
    channel: str = "voice"
    ms: dict[str, float] = field(default_factory=dict)
    interruptible: bool = field(default=False, init=False)


@dataclass
class SentenceFrame(DataFrame):
    """A sentence to be spoken. ``counts``: part of the reply, not a notice read out."""

    text: str = ""
    delivery: Delivery = field(default_factory=Delivery)
    counts: bool = True


@dataclass
class ReplyBeginFrame(ControlFrame):
    """A reply begins."""

    playback: Playback = field(default_factory=lambda: Playback(0))


@dataclass
class ReplyEndFrame(ControlFrame):
    """The reply has no more sentences."""


@dataclass
class FloorFrame(SystemFrame):
    """She falls silent for now (``held``), or goes on."""

    held: bool = True


Tell = Callable[[events.Event], Awaitable[None]]


class Hearing(FrameProcessor):
    """Sound to turns. Makes the interruptions too: whoever hears knows first. ``settle`` tells the state that is true
    after a sound that came to nothing.
    """

    def __init__(
        self,
        listener: Callable[[Callable[[hearing.Signal], Awaitable[None]]], Listener],
        tell: Tell,
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__()
        self.listener = listener(self._signal)
        self._tell, self._settle = tell, settle

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            await self.listener.hear(frame.audio)
        else:
            await self.push_frame(frame, direction)

    async def _signal(self, signal: hearing.Signal) -> None:
        match signal:
            case turns.Hold():
                await self.push_frame(FloorFrame(held=True))
            case turns.Release():
                await self._tell(events.Heard("", final=True))
                await self.push_frame(FloorFrame(held=False))
            case turns.Cut():
                await self.push_frame(InterruptionFrame())
            case hearing.Turn(text=text, ms=ms):
                await self._tell(events.Heard(text, final=True))
                await self.push_frame(TurnFrame(text=text, ms=ms))
            case hearing.SoFar(text=text):
                await self._tell(events.Heard(text, final=False))
            case hearing.Speaking():
                await self._tell(events.State("hearing"))
            case hearing.Nothing():
                await self._tell(events.Heard("", final=True))
            case hearing.Deaf(error=error):
                await self._tell(events.Trouble(error.code, error.what, error.safe, error.do))
        if isinstance(signal, hearing.Nothing | hearing.Deaf | turns.Release):
            await self._settle()


class Answering(FrameProcessor):
    """Her turn: what was said in, sentences out as she finds them. An interruption ends it.

    ``silence`` makes her fall silent at once and settles what of the reply was spoken; ``floor`` is told when she takes it.
    """

    def __init__(
        self,
        house: House,
        tell: Tell,
        *,
        silence: Callable[[], Awaitable[None]],
        floor: Callable[[bool], None],
        feeling: str,
    ) -> None:
        super().__init__()
        self._house, self._tell, self._silence, self._floor = house, tell, silence, floor
        self._feeling, self._pace = feeling, 1.0
        self._replies = 0
        self._reply: _Reply | None = None

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InterruptionFrame):
            await self.stop()
            await self.push_frame(frame, direction)
        elif isinstance(frame, TurnFrame):
            await self.stop()
            self._replies += 1
            self._reply = _Reply(frame, Playback(self._replies), began=asyncio.get_running_loop().time())
            self._reply.task = asyncio.ensure_future(self._answer(self._reply))
        else:
            await self.push_frame(frame, direction)

    async def stop(self) -> None:
        """End the turn under way; what was spoken of it is kept."""
        await self._silence()
        reply, self._reply = self._reply, None
        if reply is None or reply.task is None or reply.task.done():
            return
        reply.playback.cut(0.0)  # counts only where nothing had begun to sound
        if not reply.ended:
            reply.task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.shield(reply.task)

    def sounds(self, playback: Playback, at: float) -> None:
        """The first sound of this reply left, at this time of the loop's clock."""
        reply = self._reply
        if reply is not None and reply.playback is playback:
            waited = (at - reply.began) * 1000
            reply.ms["to_sound"] = round(waited, 1)
            if "silence" in reply.ms:
                reply.ms["first_sound"] = round(waited + reply.ms["silence"], 1)

    async def _answer(self, reply: _Reply) -> None:
        frame = reply.frame
        self._floor(True)
        await self._tell(events.State("thinking"))
        await self.push_frame(ReplyBeginFrame(playback=reply.playback))

        async def spoken() -> int:
            await self._end(reply)
            return await reply.playback.spoken()

        try:
            async with aclosing(self._house.turn(frame.text, frame.channel, spoken)) as stream:
                async for part in stream:
                    await self._part(part, reply)
        except NothingSaid:
            pass
        except SomeoneError as e:
            await self._told(e, reply)
        except Exception as e:  # noqa: BLE001 - the boundary of a turn: recorded by its kind alone, and told
            _log.error("a turn met %s", type(e).__name__)
            await self._told(SomeoneError(), reply)
        finally:
            await self._end(reply)
            await self._tell(events.Timing(reply.ms))

    async def _told(self, error: SomeoneError, reply: _Reply) -> None:
        """What failed, shown and spoken; in an utterance of its own where the reply's is over."""
        await self._tell(events.Trouble(error.code, error.what, error.safe, error.do))
        if not reply.ended:
            await self._sentence(f"{error.what} {error.safe}", counts=False)
        elif reply is self._reply:
            self._replies += 1
            self._floor(True)
            await self.push_frame(ReplyBeginFrame(playback=Playback(self._replies)))
            await self._sentence(f"{error.what} {error.safe}", counts=False)
            await self.push_frame(ReplyEndFrame())

    async def _part(self, part: parts.Part, reply: _Reply) -> None:
        match part:
            case parts.Text(text=text):
                cut = Sentences()
                for sentence in (*cut.feed(text), cut.end()):
                    if sentence:
                        await self._sentence(sentence)
            case parts.Feels(feeling=feeling, why=why, pace=pace):
                self._feeling, self._pace = feeling, pace
                await self._tell(events.Feels(feeling, why))
            case parts.Notice(text=text):
                await self._tell(events.Notice(text))
                if reply.frame.channel == "voice":  # whoever talks hands free is not looking
                    await self._sentence(text, counts=False)
            case parts.Trouble(code=code, what=what, safe=safe, do=do):
                await self._tell(events.Trouble(code, what, safe, do))
            case parts.Done(parted=parted, ms=ms):
                reply.ms |= {f"turn.{k}": v for k, v in ms.items()}
                if parted:
                    await self._tell(events.Parted())
            case _:
                pass

    async def _sentence(self, text: str, *, counts: bool = True) -> None:
        await self.push_frame(
            SentenceFrame(text=text, delivery=delivery(self._feeling, text, self._pace), counts=counts)
        )

    async def _end(self, reply: _Reply) -> None:
        if not reply.ended:
            reply.ended = True
            await self.push_frame(ReplyEndFrame())


@dataclass(slots=True)
class _Reply:
    """``ended``: everything was given out."""

    frame: TurnFrame
    playback: Playback
    began: float
    ms: dict[str, float] = field(default_factory=dict)
    ended: bool = False
    task: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.ms = dict(self.frame.ms)


class Speaking(FrameProcessor):
    """Sentences to her mouth."""

    def __init__(self, mouth: Mouth) -> None:
        super().__init__()
        self._mouth = mouth

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        match frame:
            case ReplyBeginFrame(playback=playback):
                self._mouth.begin(playback)
            case SentenceFrame(text=text, delivery=how, counts=counts):
                self._mouth.say(text, how, counts=counts)
            case ReplyEndFrame():
                self._mouth.end()
            case FloorFrame(held=True):
                await self._mouth.hold()
            case FloorFrame():
                self._mouth.release()
            case _:
                await self.push_frame(frame, direction)
