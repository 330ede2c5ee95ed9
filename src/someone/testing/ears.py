"""Ears without models: what is loud is a voice, and what was said is told beforehand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from someone.errors import CannotHear
from someone.senses.ears import Vad
from someone.senses.stt import Reading

RATE = 16_000
LOUD = 0.05


def voice(seconds: float) -> bytes:
    """A sound that these ears take for a voice: 16-bit mono at 16 kHz."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * 220 * at) * 0.4 * 32767).astype("<i2").tobytes()


def silence(seconds: float) -> bytes:
    return bytes(round(seconds * RATE) * 2)


class _Loudness:
    def probability(self, window: bytes) -> float:
        sound = np.frombuffer(window, np.int16).astype(np.float32) / 32768
        return 1.0 if float(np.sqrt(np.mean(sound * sound))) > LOUD else 0.0


class FakeEars:
    """Implements Ears. ``texts`` are what is read, in turn (the last one again and again); ``done`` how sure it is that
    the turn is over. ``asked`` counts readings; ``error`` is raised by every reading.
    """

    def __init__(
        self, texts: Iterable[str] = ("The sun came out.",), *, sure: float = 1.0, error: CannotHear | None = None
    ) -> None:
        self.texts = list(texts)
        self.sure, self.error = sure, error
        self.asked = 0

    async def warm(self) -> None:
        pass

    def vad(self) -> Vad:
        return _Loudness()

    async def voiced(self, vad: Vad, window: bytes) -> float:
        return vad.probability(window)

    async def done(self, pcm: bytes) -> float:
        return self.sure if pcm else 0.0

    async def read(self, pcm: bytes) -> Reading:
        self.asked += 1
        if self.error is not None:
            raise self.error
        if _Loudness().probability(pcm) == 0.0:
            return Reading("")
        return Reading(self.texts.pop(0) if len(self.texts) > 1 else self.texts[0])

    async def aclose(self) -> None:
        pass
