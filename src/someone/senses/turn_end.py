"""Whether somebody who has fallen silent is done: Smart Turn v3.2, from pipecat's wheel."""

from __future__ import annotations

import numpy as np
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3

from someone.senses.vad import RATE


class SmartTurn(LocalSmartTurnAnalyzerV3):
    """The model alone. It listens to intonation and rhythm, not to words. Blocking: about 40 ms."""

    def __init__(self) -> None:
        super().__init__(sample_rate=RATE, cpu_count=1)
        self.set_sample_rate(RATE)

    def probability(self, pcm: bytes) -> float:
        """That the speaker is done, 0 to 1. ``pcm``: the turn so far (16-bit mono, 16 kHz); its last 8 s count."""
        sound = np.frombuffer(pcm[-8 * RATE * 2 :], np.int16).astype(np.float32) / 32768.0
        return float(self._predict_endpoint(sound)["probability"])
