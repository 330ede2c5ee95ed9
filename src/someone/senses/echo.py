"""Her own voice in the microphone. The page cancels echo; this guards where that leaves some. Pure.

While she plays, the level of the microphone over the level of what she plays is how much of her comes back. It is learnt
from the last seconds of her speech but not from the newest ones, so that a person who speaks over her is not learnt as
echo. Levels are root mean squares, 0 to 1.
"""

from __future__ import annotations

from collections import deque

AUDIBLE = 0.01
"""Below this level she is as good as silent."""
MARGIN = 1.6
"""A voice counts when it is this many times louder than her echo could be."""
SUSPECT, LASTING = 2, 300
"""This many sounds that came to nothing, within so many windows (10 s) of her speech, are held to have been her echo."""
_KEPT, _NEWEST, _LEAST = 90, 14, 12
"""Windows of 32 ms: learnt from, left out, and needed before anything is held to be echo."""


class Echo:
    """How much of her comes back."""

    def __init__(self) -> None:
        self._ratios: deque[float] = deque(maxlen=_KEPT + _NEWEST)
        self._windows = 0
        self._nothings: deque[int] = deque(maxlen=SUSPECT)
        self._suspected = 0.0

    def explains(self, mic: float, hers: float) -> bool:
        """Whether a microphone window of this level is nothing but her echo, ``hers`` being the loudest that she played
        within the last half second.
        """
        if hers < AUDIBLE:
            return False
        self._ratios.append(mic / hers)
        self._windows += 1
        return mic < MARGIN * self.gain() * hers

    def came_to_nothing(self) -> None:
        """A sound stopped her and held no words for her. One is a murmur; the second so soon is taken for her own voice,
        before enough of it could be learnt in peace.
        """
        self._nothings.append(self._windows)
        if len(self._nothings) == SUSPECT and self._windows - self._nothings[0] < LASTING:
            self._suspected = max(list(self._ratios)[-_NEWEST:], default=0.0)

    def gain(self) -> float:
        """Loudest echo that is usual: the 90th percentile of what is learnt, 0 while too little is."""
        learnt = sorted(list(self._ratios)[:-_NEWEST])
        if len(learnt) >= _KEPT // 2:
            self._suspected = 0.0
        usual = learnt[int(0.9 * (len(learnt) - 1))] if len(learnt) >= _LEAST else 0.0
        return max(usual, self._suspected)
