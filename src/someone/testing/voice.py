"""A voice without a model: a hum, as long as the words."""

from __future__ import annotations

import numpy as np

from someone.errors import CannotSpeak
from someone.mind.speaking import Delivery, readable
from someone.voice.events import RATE


class FakeVoice:
    """Implements Voice. A word takes ``word_s`` seconds; ``said`` holds every sentence; ``error`` is raised by each."""

    def __init__(self, word_s: float = 0.05, *, error: CannotSpeak | None = None) -> None:
        self.word_s, self.error = word_s, error
        self.said: list[tuple[str, Delivery]] = []

    async def warm(self) -> None:
        pass

    async def speak(self, text: str, delivery: Delivery) -> bytes:
        if self.error is not None:
            raise self.error
        self.said.append((text, delivery))
        words = readable(text).split()
        at = np.arange(round(len(words) * self.word_s / delivery.pace * RATE)) / RATE
        return (np.sin(2 * np.pi * 330 * at) * 0.3 * delivery.loudness * 32767).astype("<i2").tobytes()

    async def aclose(self) -> None:
        pass
