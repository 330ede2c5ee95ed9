"""One live talk: sound and typed words in, events out. What a door (the page) holds for each connection.

await session.start()                    loads what is needed, on threads
await session.hear(pcm)                  16-bit mono at 16 kHz, pieces of any length
await session.say("Good morning")        typed; answered in voice as well
await session.played(utterance, 1.2)     how far the listening end has come
await session.interrupt()                she falls silent and stops thinking
await session.mute(on=True)              her ears are closed
await session.aclose()                   what was spoken is kept; nothing is left running
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from someone.errors import CannotSpeak, SomeoneError, VoiceError
from someone.senses.ears import Ears
from someone.senses.listener import Listener, Signal
from someone.senses.turn_taking import Manners
from someone.voice import events
from someone.voice.events import Event, State
from someone.voice.mouth import Mouth
from someone.voice.playback import Playback
from someone.voice.tts import Voice

if TYPE_CHECKING:
    from pipecat.frames.frames import ErrorFrame
    from pipecat.pipeline.worker import PipelineWorker
    from pipecat.workers.runner import WorkerRunner

    from someone.voice.processors import Answering, Hearing, House

_log = logging.getLogger(__name__)

RATE_IN = 16_000
BACKLOG_S = 4.0
"""Sound that may wait to be heard; when the machine falls further behind, the newest is dropped rather than answered
minutes late."""
CLOSING_S = 5.0
GAP_S = 5.0
"""A microphone sends without a pause. After so long without sound the page was gone or the machine slept, and what was
half heard then is no beginning of what comes now."""


class VoiceSession:
    """``send`` gets every event, in order, from one task. ``ears`` and ``voice`` are shared by the talks of an owner.
    ``now``: seconds that also pass while the machine sleeps.
    """

    def __init__(
        self,
        house: House,
        *,
        send: Callable[[Event], Awaitable[None]],
        ears: Ears,
        voice: Voice,
        manners: Manners | None = None,
        feeling: str = "",
        now: Callable[[], float] | None = None,
    ) -> None:
        self._house, self._send = house, send
        self._now = now or _seconds_also_asleep
        self._sound_at = self._now()
        self._ears, self._voice, self._manners, self._feeling = ears, voice, manners, feeling
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._state = ""
        self._hers = self._muted = self._closed = False
        self._waiting_bytes = 0
        self._half = b""
        self._mouth: Mouth | None = None
        self._hearing: Hearing | None = None
        self._answering: Answering | None = None
        self._worker: PipelineWorker | None = None
        self._runner: WorkerRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Be ready to hear and speak. What can't be loaded is told (Trouble), and the rest works: a typed talk needs
        neither ears nor voice.
        """
        self._tasks.append(asyncio.ensure_future(self._deliver()))
        hears = await self._warmed(self._ears.warm)
        await self._warmed(self._voice.warm)
        await asyncio.to_thread(_import_pipecat)
        if self._closed:  # the page went away while all this was loading
            return
        await self._start_pipeline()
        self._muted = self._muted or not hears
        await self._set("listening")

    async def hear(self, pcm: bytes) -> None:
        pcm = self._half + pcm
        pcm, self._half = pcm[: len(pcm) // 2 * 2], pcm[len(pcm) // 2 * 2 :]
        if self._worker is None or self._muted or self._closed:
            return
        await self._after_a_gap()
        if not pcm or self._waiting_bytes > BACKLOG_S * RATE_IN * 2:
            return
        from pipecat.frames.frames import InputAudioRawFrame

        self._waiting_bytes += len(pcm)
        await self._worker.queue_frame(InputAudioRawFrame(audio=pcm, sample_rate=RATE_IN, num_channels=1))

    async def _after_a_gap(self) -> None:
        before, self._sound_at = self._sound_at, self._now()
        if self._sound_at - before < GAP_S or self._hearing is None or not self._hearing.listener.speaking:
            return
        self._hearing.listener.drop()
        if self._mouth is not None:
            self._mouth.release()
        await self._tell(events.Heard("", final=True))
        await self._settle()

    async def say(self, text: str) -> None:
        if self._worker is None or self._closed:
            return
        from someone.voice.processors import TurnFrame

        await self._tell(events.Heard(text, final=True))
        await self._worker.queue_frame(TurnFrame(text=text, channel="page"))

    async def played(self, utterance: int, seconds: float) -> None:
        if self._mouth is not None:
            self._mouth.played(utterance, seconds)

    async def interrupt(self) -> None:
        if self._worker is None or self._closed:
            return
        from pipecat.frames.frames import InterruptionFrame

        await self._worker.queue_frame(InterruptionFrame())

    async def mute(self, on: bool) -> None:
        self._muted, self._half = on, b""
        if on and self._hearing is not None:
            self._hearing.listener.drop()
            if self._mouth is not None:
                self._mouth.release()
            await self._settle()

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._answering is not None:
            await self._answering.stop()
        if self._mouth is not None:
            await self._mouth.aclose()
        if self._hearing is not None:
            await self._hearing.listener.aclose()
        if self._runner is not None:
            await self._runner.cancel()
        self._events.put_nowait(None)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSING_S)
        for task in self._tasks:
            task.cancel()

    async def _warmed(self, warm: Callable[[], Awaitable[None]]) -> bool:
        try:
            await warm()
        except SomeoneError as e:
            await self._tell(events.Trouble(e.code, e.what, e.safe, e.do))
            return False
        return True

    async def _start_pipeline(self) -> None:
        from pipecat.pipeline.pipeline import Pipeline
        from pipecat.pipeline.worker import PipelineParams, PipelineWorker
        from pipecat.workers.runner import WorkerRunner

        from someone.voice.processors import Answering, Hearing, Speaking

        now = asyncio.get_running_loop().time
        self._mouth = mouth = Mouth(
            self._voice, self._tell, now=now, first=self._first, over=self._over, failed=self._voiceless
        )
        self._hearing = Hearing(self._listener, self._tell, self._settle)
        self._answering = Answering(
            self._house, self._tell, silence=self._silence, floor=self._floor, feeling=self._feeling
        )
        self._worker = PipelineWorker(
            Pipeline([self._hearing, self._answering, Speaking(mouth)]),
            params=PipelineParams(audio_in_sample_rate=RATE_IN, audio_out_sample_rate=events.RATE),
            idle_timeout_secs=None,
            cancel_on_idle_timeout=False,
            enable_rtvi=False,
            enable_turn_tracking=False,
            check_dangling_tasks=False,
        )
        started = asyncio.Event()

        @self._worker.event_handler("on_pipeline_started")
        async def _(*_: object) -> None:
            started.set()

        @self._worker.event_handler("on_pipeline_error")
        async def _(_: object, frame: ErrorFrame) -> None:
            await self._broken(frame)

        self._runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
        await self._runner.add_workers(self._worker)
        self._tasks.append(asyncio.ensure_future(self._runner.run()))
        await started.wait()

    def _listener(self, tell: Callable[[Signal], Awaitable[None]]) -> Listener:
        mouth = self._mouth
        assert mouth is not None

        return Listener(
            self._ears, tell, manners=self._manners, her_level=mouth.level, her_words=mouth.words, taken=self._taken
        )

    async def _silence(self) -> None:
        """She falls silent, and the floor is nobody's, also where she had not begun to speak."""
        if self._mouth is not None:
            await self._mouth.cut()
        if self._hers:
            await self._over()

    def _taken(self, size: int) -> None:
        self._waiting_bytes -= size

    def _floor(self, hers: bool) -> None:
        self._hers = hers
        if self._hearing is not None:
            self._hearing.listener.hers(hers)

    async def _first(self, playback: Playback) -> None:
        if self._answering is not None:
            self._answering.sounds(playback, asyncio.get_running_loop().time())

    async def _over(self) -> None:
        self._floor(False)
        await self._settle()

    async def _voiceless(self, error: CannotSpeak) -> None:
        await self._tell(events.Trouble(error.code, error.what, error.safe, error.do))

    async def _broken(self, frame: ErrorFrame) -> None:
        """The boundary of the pipeline: what a processor did not expect is recorded, without content, and told."""
        kind = type(frame.exception).__name__ if frame.exception else "ErrorFrame"
        _log.error("the voice pipeline met %s in %s", kind, frame.processor)
        error = VoiceError("Something in my voice or hearing broke.")
        await self._tell(events.Trouble(error.code, error.what, error.safe, error.do))

    async def _settle(self) -> None:
        """The state that is true when nothing else is going on."""
        if self._hers:
            await self._set("speaking" if self._mouth is not None and self._mouth.sounding else "thinking")
            return
        await self._set("hearing" if self._hearing is not None and self._hearing.listener.speaking else "listening")

    async def _set(self, state: str) -> None:
        await self._tell(State(state))  # type: ignore[arg-type]

    async def _tell(self, event: Event) -> None:
        if isinstance(event, State):
            if event.state == self._state:
                return
            self._state = event.state
        self._events.put_nowait(event)

    async def _deliver(self) -> None:
        while (event := await self._events.get()) is not None:
            with suppress(ConnectionError):
                await self._send(event)


def _seconds_also_asleep() -> float:
    """Monotonic seconds, with those that a suspended machine slept where the system counts them (Linux: boot time)."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def _import_pipecat() -> None:
    """About a second, once per process, off the event loop."""
    import someone.voice.processors  # noqa: F401
