"""Her mouth: sentences in, paced sound out. One utterance at a time; it can be held, released and cut at any instant.

Sound leaves at most ``LEAD_S`` ahead of what is heard, so that little has to be taken back when somebody speaks. Where
the listening end tells how far it has come (``played``), that is the position; till then it is reckoned from the clock.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np

from someone.errors import CannotSpeak
from someone.mind.speaking import Delivery
from someone.voice.events import RATE, Audio, Event, Flush, Said, State
from someone.voice.playback import Playback
from someone.voice.tts import Voice

_log = logging.getLogger(__name__)

A_MOMENT_S = 0.001
"""What is left to play is over when it is less than this: below it lies what rounding leaves, which no wait takes away."""
LEAD_S = 0.35
CHUNK_S = 0.08
BACK_S = 0.4
"""After a hold she takes up again at the quietest place within this time before it."""
_BYTES_S = RATE * 2


@dataclass(slots=True)
class _Utterance:
    """``sound`` is all that was made so far; ``sent`` of its bytes have left; position ``at_s`` was reached at ``when``;
    ``held_s`` is how far she had come when she was held, which is further than where she would take up again.
    """

    playback: Playback
    sound: bytearray = field(default_factory=bytearray)
    sent: int = 0
    index: int = 0
    at_s: float = 0.0
    held_s: float = 0.0
    when: float = 0.0
    captions: int = 0
    complete: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    delivery: Delivery
    counts: bool


class Mouth:
    """``tell`` takes the events; ``now`` is a monotonic clock in seconds; ``first`` is called as the first sound of an
    utterance leaves, ``over`` when one is over, whole or cut.
    """

    def __init__(
        self,
        voice: Voice,
        tell: Callable[[Event], Awaitable[None]],
        *,
        now: Callable[[], float],
        first: Callable[[Playback], Awaitable[None]],
        over: Callable[[], Awaitable[None]],
        failed: Callable[[CannotSpeak], Awaitable[None]],
    ) -> None:
        self._voice, self._tell, self._now = voice, tell, now
        self._first, self._over, self._failed = first, over, failed
        self._current: _Utterance | None = None
        self._running: list[asyncio.Task[None]] = []
        self._sentences: asyncio.Queue[_Sentence | None] = asyncio.Queue()
        self._more = asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()

    def begin(self, playback: Playback) -> None:
        """A new utterance; one under way must be over or cut. One that was cut before it began never begins."""
        self._stop()
        self._sentences = asyncio.Queue()
        if playback.over.is_set():
            return
        self._current = utterance = _Utterance(playback)
        self._running = [
            asyncio.ensure_future(self._make(utterance, self._sentences)),
            asyncio.ensure_future(self._send(utterance)),
        ]

    def say(self, text: str, delivery: Delivery, *, counts: bool = True) -> None:
        """The next sentence of the utterance."""
        self._sentences.put_nowait(_Sentence(text, delivery, counts))

    def end(self) -> None:
        """The utterance has no more sentences."""
        self._sentences.put_nowait(None)

    async def hold(self) -> None:
        """Fall silent, ready to go on."""
        self._free.clear()
        if (utterance := self._current) is None or not utterance.sent:
            return
        utterance.held_s = self._position(utterance)
        back = quietest(utterance.sound, utterance.held_s)
        utterance.at_s, utterance.sent = back, round(back * RATE) * 2
        await self._tell(Flush(utterance.playback.utterance, back))

    def release(self) -> None:
        """Go on."""
        if self._current is not None:
            self._current.when = self._now()
        self._free.set()

    async def cut(self) -> None:
        """Fall silent for good; what was not played is unsaid."""
        utterance, self._current = self._current, None
        held = not self._free.is_set()
        self._free.set()
        if utterance is None:
            return
        position = utterance.held_s if held else self._position(utterance)
        self._cancel()
        utterance.playback.cut(position)
        if utterance.index and not held:
            await self._tell(Flush(utterance.playback.utterance, position))
        await self._over()

    def played(self, utterance: int, seconds: float) -> None:
        """The listening end has come this far in that utterance."""
        current = self._current
        if current is None or current.playback.utterance != utterance or not self._free.is_set():
            return
        current.at_s, current.when = min(max(seconds, 0.0), current.sent / _BYTES_S), self._now()

    @property
    def sounding(self) -> bool:
        """Some of the utterance has left, and it is not over."""
        return self._current is not None and self._current.index > 0

    def level(self) -> float:
        """Root mean square of the loudest 50 ms that she played within the last half second; 0 when silent."""
        if (utterance := self._current) is None or not utterance.sent or not self._free.is_set():
            return 0.0
        end = round(self._position(utterance) * RATE)
        sound = _samples(utterance.sound, max(0, end - RATE // 2), end + RATE // 10)
        step = RATE // 20
        return max((_rms(sound[i : i + step]) for i in range(0, len(sound), step)), default=0.0)

    def words(self) -> str:
        """What she is saying, or has just said."""
        if (utterance := self._current) is None or not utterance.sent:
            return ""
        return utterance.playback.near(self._position(utterance))

    async def aclose(self) -> None:
        await self.cut()
        self._stop()

    async def _make(self, utterance: _Utterance, sentences: asyncio.Queue[_Sentence | None]) -> None:
        told = False
        while (sentence := await sentences.get()) is not None:
            try:
                sound = await self._voice.speak(sentence.text, sentence.delivery)
            except Exception as e:  # noqa: BLE001 - the boundary of a voice: a sentence without sound is told, and she goes on
                sound = b""
                if not told:
                    told = True
                    _log.error("the voice met %s", type(e).__name__)
                    await self._failed(e if isinstance(e, CannotSpeak) else CannotSpeak())
            utterance.sound += sound
            utterance.playback.add(sentence.text, len(sound) / _BYTES_S, counts=sentence.counts)
            self._more.set()
        utterance.complete = True
        self._more.set()

    async def _send(self, utterance: _Utterance) -> None:
        while True:
            await self._free.wait()
            await self._captions(utterance)
            if utterance.sent < len(utterance.sound):
                ahead = utterance.sent / _BYTES_S - self._position(utterance)
                if ahead >= LEAD_S:
                    await asyncio.sleep(min(CHUNK_S, ahead - LEAD_S + CHUNK_S / 2))
                else:
                    await self._chunk(utterance)
            elif utterance.complete:
                left = utterance.sent / _BYTES_S - self._position(utterance)
                if left < A_MOMENT_S:
                    break
                await asyncio.sleep(min(CHUNK_S, left))
            else:
                self._more.clear()
                await self._more.wait()
        utterance.playback.finish()
        self._current = None
        await self._over()

    async def _chunk(self, utterance: _Utterance) -> None:
        position = self._position(utterance)
        utterance.at_s, utterance.when = position, self._now()
        size = round(CHUNK_S * RATE) * 2
        pcm = bytes(utterance.sound[utterance.sent : utterance.sent + size])
        if utterance.index == 0:
            await self._first(utterance.playback)
        utterance.sent += len(pcm)
        utterance.index += 1
        await self._tell(State("speaking"))
        await self._tell(Audio(pcm, utterance.playback.utterance, utterance.index - 1))

    async def _captions(self, utterance: _Utterance) -> None:
        """Each sentence is told as it is about to sound; one without sound, at once after the one before it."""
        pieces = utterance.playback.pieces
        while utterance.captions < len(pieces):
            piece = pieces[utterance.captions]
            if piece.begin_s > self._position(utterance) + CHUNK_S and piece.end_s > piece.begin_s:
                return
            utterance.captions += 1
            await self._tell(Said(piece.text, utterance.playback.utterance, piece.begin_s))

    def _position(self, utterance: _Utterance) -> float:
        """Seconds of the utterance heard by now, never more than was sent."""
        if not utterance.sent:
            return 0.0
        return min(utterance.sent / _BYTES_S, utterance.at_s + max(0.0, self._now() - utterance.when))

    def _cancel(self) -> None:
        for task in self._running:
            task.cancel()
        self._running = []

    def _stop(self) -> None:
        self._cancel()
        self._current = None


def quietest(sound: bytearray, before_s: float) -> float:
    """The quietest place within BACK_S before this position, where one can take up again (seconds)."""
    end = round(before_s * RATE)
    begin = max(0, end - round(BACK_S * RATE))
    samples, step = _samples(sound, begin, end), RATE // 100
    if len(samples) < 2 * step:
        return begin / RATE
    levels = [_rms(samples[i : i + step]) for i in range(0, len(samples) - step + 1, step)]
    return (begin + int(np.argmin(levels)) * step) / RATE


def _samples(sound: bytearray, begin: int, end: int) -> np.ndarray:
    return np.frombuffer(bytes(sound[begin * 2 : end * 2]), "<i2").astype(np.float32) / 32768.0


def _rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples * samples))) if len(samples) else 0.0
