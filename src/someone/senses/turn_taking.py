"""Who speaks when. Pure: it advances by windows of sound and reads no clock.

        voiced for onset_s              silent for pause_s                    silent for as long as needed
    QUIET ───────────► SPEECH ─────────────────────► PAUSE ────────────────────────────────► Ended, QUIET
                          ▲                            │
                          └──── voiced again: WentOn ──┘

While she has the floor (``hers``) the same onset is an *overlap*: she falls silent at once (``Hold``), because a person
who wants to say something must not wait for her. What it was is decided by its length first: from ``claim_s`` on it is a
claim to the floor and she has lost it (``Cut``). Shorter sounds are decided by their words when they are over: "mm-hm"
and the like give her the floor back (``Release``), "stop" takes it.

At each pause the shell is asked (``Paused``) for the words and for the probability that the turn is over; its answer
(``judge``) says how much silence is needed. The surer, the less.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from someone.senses.words import Openness, Overlap, openness


@dataclass(frozen=True, slots=True)
class Manners:
    """All in seconds, but the probabilities. The figures are those of bench/turn_end.py."""

    window_s: float = 0.032
    voice: float = 0.5
    """Probability from which a window is voiced; once speech has begun, ``voice_on`` keeps it so (hysteresis)."""
    voice_on: float = 0.35
    onset_s: float = 0.096
    overlap_onset_s: float = 0.064
    read_s: float = 0.096
    """Silence at which it is asked what was said and whether that was all, so that the answer is there in time."""
    pause_s: float = 0.2
    """No turn ends sooner. The judge of ends is used to hearing this much silence, so what is missing of it is made up."""
    claim_s: float = 0.6
    resume_s: float = 0.35
    """Silence after a short overlapping sound before she goes on."""
    sure: float = 0.85
    """Probability of being done from which a pause of ``pause_s`` is enough."""
    unsure_s: float = 0.8
    longest_s: float = 1.7
    """Silence needed at a probability just below ``sure``, and at zero; between them it is linear."""
    open_s: float = 1.8
    maybe_s: float = 0.9
    """Least silence after words that plainly go on ("and", "um"), and after words that may."""
    longest_turn_s: float = 120.0

    def silence_needed(self, probability: float, text: str) -> float:
        """How long a silence ends the turn, when it is over with this probability and reads like this."""
        if probability >= self.sure:
            needed = self.pause_s
        else:
            needed = self.unsure_s + (self.longest_s - self.unsure_s) * (1 - probability / self.sure)
        least = {Openness.OPEN: self.open_s, Openness.MAYBE: self.maybe_s, Openness.CLOSED: 0.0}[openness(text)]
        return max(needed, least)


class _Where(Enum):
    QUIET = auto()
    SPEECH = auto()
    PAUSE = auto()


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class Paused:
    """They fell silent: read the words so far, ask whether this was all, and call ``judge`` with ``number``."""

    number: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """They go on; what was read at the last pause is not the whole."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The turn is over, after ``silence_s`` of silence; the words are those read at pause ``number``."""

    number: int
    silence_s: float


@dataclass(frozen=True, slots=True)
class Hold:
    """Fall silent, keep the rest."""


@dataclass(frozen=True, slots=True)
class Release:
    """Go on; that sound was not meant for the floor and is forgotten."""


@dataclass(frozen=True, slots=True)
class Cut:
    """She has lost the floor; what she has not said stays unsaid."""


Act: TypeAlias = Began | Paused | WentOn | Ended | Hold | Release | Cut


class TurnTaking:
    """One talk's machine. ``hers``: she has the floor (thinks about an answer, or speaks); set by the shell."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.hers = False
        self._pauses = 0
        self._reset()

    def _reset(self) -> None:
        self._where = _Where.QUIET
        self._overlap = False
        self._run_s = self._silence_s = self._speech_s = self._total_s = 0.0
        self._needed_s: float | None = None
        self._verdict: Overlap | None = None

    @property
    def speaking(self) -> bool:
        """Somebody speaks, or paused and may go on."""
        return self._where is not _Where.QUIET

    @property
    def overlapping(self) -> bool:
        """She is held, and whether she goes on is not decided."""
        return self._overlap

    @property
    def threshold(self) -> float:
        return self.manners.voice_on if self.speaking else self.manners.voice

    def drop(self) -> None:
        """Forget what is under way (the microphone was muted)."""
        self._reset()

    def advance(self, *, voiced: bool) -> list[Act]:
        """One window further."""
        step = self.manners.window_s
        self._total_s += step
        match self._where:
            case _Where.QUIET:
                return self._onset(step) if voiced else self._stay_quiet()
            case _Where.SPEECH:
                return self._speech(step, voiced=voiced)
            case _Where.PAUSE:
                return self._pause(step, voiced=voiced)

    def judge(self, number: int, probability: float, text: str, overlap: Overlap) -> list[Act]:
        """The shell's answer to ``Paused(number)``; one that comes too late is passed over."""
        if number != self._pauses or self._where is not _Where.PAUSE:
            return []
        self._verdict = overlap
        self._needed_s = self.manners.silence_needed(probability, text)
        return self._settle()

    def _stay_quiet(self) -> list[Act]:
        self._run_s = self._total_s = 0.0
        return []

    def _onset(self, step: float) -> list[Act]:
        self._run_s += step
        if self._run_s + 1e-9 < (self.manners.overlap_onset_s if self.hers else self.manners.onset_s):
            return []
        self._where, self._speech_s, self._overlap = _Where.SPEECH, self._run_s, self.hers
        return [Began(), Hold()] if self._overlap else [Began()]

    def _speech(self, step: float, *, voiced: bool) -> list[Act]:
        self._silence_s = 0.0 if voiced else self._silence_s + step
        if voiced:
            self._speech_s += step
        if self._overlap and self._speech_s >= self.manners.claim_s:
            self._overlap = False
            return [Cut()]
        if self._silence_s + 1e-9 >= self.manners.read_s or self._total_s > self.manners.longest_turn_s:
            self._where, self._needed_s, self._verdict = _Where.PAUSE, None, None
            self._run_s = 0.0
            self._pauses += 1
            return [Paused(self._pauses)]
        return []

    def _pause(self, step: float, *, voiced: bool) -> list[Act]:
        if voiced and self._total_s <= self.manners.longest_turn_s:
            self._run_s += step
            if self._run_s + 1e-9 >= 2 * step:
                self._where, self._silence_s, self._run_s = _Where.SPEECH, 0.0, 0.0
                self._speech_s += 2 * step
                return [WentOn()]
            return []
        self._run_s = 0.0
        self._silence_s += step
        return self._settle()

    def _settle(self) -> list[Act]:
        """Whether the silence is long enough by now."""
        if self._needed_s is None:
            return []
        if self._overlap:
            return self._settle_overlap()
        if self._silence_s + 1e-9 < self._needed_s and self._total_s <= self.manners.longest_turn_s:
            return []
        ended = Ended(self._pauses, self._silence_s)
        self._reset()
        return [ended]

    def _settle_overlap(self) -> list[Act]:
        if self._verdict is Overlap.CLAIM:
            self._overlap = False
            return [Cut(), *self._settle()]
        if self._silence_s + 1e-9 >= self.manners.resume_s:
            self._reset()
            return [Release()]
        return []
