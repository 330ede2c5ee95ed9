"""Whether a window of sound holds a voice: Silero VAD, from pipecat's wheel."""

from __future__ import annotations

import numpy as np
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADState

RATE = 16_000
WINDOW = 512
"""Samples that the model judges at once: 32 ms."""
WINDOW_BYTES = WINDOW * 2
WINDOW_S = WINDOW / RATE
_MAYBE, _SETTLED = 0.3, 60
"""The probability that may be a voice, and the windows without one after which nobody is in the middle of a turn."""


class Silero(SileroVADAnalyzer):
    """The model alone, without pipecat's own bookkeeping: what a window means is decided in turn_taking.

    Holds state from one window to the next, so one talk needs one of its own. Blocking: about 0.3 ms a window.
    """

    def __init__(self) -> None:
        super().__init__(sample_rate=RATE)
        self.set_sample_rate(RATE)
        self._since_voice = _SETTLED

    def probability(self, window: bytes) -> float:
        """That ``window`` (512 samples, 16-bit mono at 16 kHz) holds a voice, 0 to 1."""
        probability = float(np.asarray(self.voice_confidence(window)).item())
        self._since_voice = 0 if probability >= _MAYBE else self._since_voice + 1
        # The model clears its memory only while this says QUIET; amid the pauses of a turn it must not.
        self._vad_state = VADState.QUIET if self._since_voice >= _SETTLED else VADState.SPEAKING
        return probability
