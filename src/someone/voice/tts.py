"""Text to speech: hibari-tts, 24 kHz. One voice is in its wheel; others are files that the person had fetched."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

import numpy as np

from someone.errors import CannotSpeak
from someone.mind.speaking import Delivery, readable
from someone.voice.events import RATE

if TYPE_CHECKING:
    from hibari import Hibari

QUIET = 0.004
"""Below this the ends of a sentence are silence; it is taken off, and the delivery's own pause put in its place."""
GAIN = 2.0
"""hibari peaks near 0.35; twice that leaves room for a louder delivery."""


_NO = re.compile(r"\b([Nn]o)\.(?=[\"'”’)]*(?:\s|$))")
"""hibari reads "no." as "number" everywhere; with its sounds given it does not."""


class Voice(Protocol):
    """What speaks. ``speak`` gives 16-bit mono samples at 24 kHz."""

    async def warm(self) -> None:
        """Load what is needed. Safe to call twice. Raises CannotSpeak."""
        ...

    async def speak(self, text: str, delivery: Delivery) -> bytes:
        """One sentence as sound; empty where nothing in it can be spoken. Raises CannotSpeak."""
        ...


class HibariVoice:
    """About 0.01 s of work a second of sound, on a thread of its own."""

    def __init__(self, name: str = "heart") -> None:
        self._name = name
        self._pool = ThreadPoolExecutor(1, "tts")
        self._hibari: Hibari | None = None

    async def warm(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, self._load)

    async def speak(self, text: str, delivery: Delivery) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._speak, text, delivery)

    async def aclose(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> Hibari:
        if self._hibari is None:
            try:
                self._hibari = _loaded(self._name)
                self._hibari("I am here.", seed=0)  # the first call is the slow one
            except (ImportError, OSError, RuntimeError, ValueError) as e:
                raise CannotSpeak from e
        return self._hibari

    def _speak(self, text: str, delivery: Delivery) -> bytes:
        words = readable(text)
        if not words:
            return b""
        try:
            sound = self._load()(_NO.sub(r"[\1](/nˈO/).", words), speed=delivery.pace, seed=0)
        except (RuntimeError, ValueError, KeyError, IndexError) as e:
            raise CannotSpeak from e
        sound = trimmed(sound) * (GAIN * delivery.loudness)
        pause = np.zeros(round(delivery.pause_s * RATE), np.float32)
        samples = np.clip(np.concatenate([sound, pause]), -1.0, 1.0)
        return (samples * 32767).astype("<i2").tobytes()


def _loaded(name: str) -> Hibari:
    """Never fetches: a voice that is not on this machine is the one that always is."""
    from hibari import Hibari
    from hibari.voices import VOICES, voice_path

    if name not in VOICES:
        name = "heart"
    try:
        path = voice_path(name, download_missing=False)
    except FileNotFoundError:
        name, path = "heart", voice_path("heart")
    return Hibari(voice=name, model=path)


def fetch(name: str) -> None:
    """Bring another voice onto this machine, because the person asked for it; nothing else ever opens a connection.

    Blocking, about 8 MB from huggingface.co; what comes is checked against the sum in hibari's wheel. Raises CannotSpeak.
    """
    from hibari.voices import VOICES, voice_path

    if name not in VOICES:
        raise CannotSpeak(f"There is no voice called {name!r}.", do=f"Choose one of {', '.join(VOICES)}.")
    try:
        voice_path(name)
    except (OSError, RuntimeError) as e:
        raise CannotSpeak(
            "I couldn't fetch that voice.", safe="I keep the one I have.", do="Try again when there is a network."
        ) from e


def trimmed(sound: np.ndarray) -> np.ndarray:
    """Without the silence at its ends, but for 10 ms before and 40 ms after."""
    loud = np.flatnonzero(np.abs(sound) > QUIET)
    if not len(loud):
        return sound[:0]
    return sound[max(0, int(loud[0]) - RATE // 100) : int(loud[-1]) + RATE // 25]
