"""What a live talk tells its door (the page), in the order in which it happens. Frozen values, content only.

An *utterance* is one reply of hers, numbered from 1 within a session. Its audio comes in chunks numbered from 0; the
page plays them in order without gaps and reports how far it has come with ``VoiceSession.played``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

RATE = 24_000
"""Samples a second of her voice."""


@dataclass(frozen=True, slots=True)
class Audio:
    """A piece of her voice: 16-bit little-endian mono samples, at most 0.1 s of them."""

    pcm: bytes
    utterance: int
    index: int
    rate: int = RATE


@dataclass(frozen=True, slots=True)
class Flush:
    """Drop what is queued of this utterance and fall silent now. If she goes on, the same audio comes again under new
    indices; ``at_s`` is the position (seconds of this utterance) from which it would.
    """

    utterance: int
    at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """What she is doing: waiting for words, hearing them, thinking, or speaking."""

    state: Literal["listening", "hearing", "thinking", "speaking"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the person said. ``final`` False: so far, and it may change."""

    text: str
    final: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of hers as it begins to play, ``begin_s`` seconds into the audio of its utterance."""

    text: str
    utterance: int
    begin_s: float


@dataclass(frozen=True, slots=True)
class Feels:
    """Her feeling changed; ``why`` fits "because {why}"."""

    feeling: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """To be shown beside the talk (that she is an AI)."""

    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something failed: what happened, what is safe, what to do. ``code`` is of someone.errors."""

    code: str
    what: str
    safe: str
    do: str


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the stages of one turn; ``first_sound`` from the end of speech to the first sound of the reply."""

    stages: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Parted:
    """It was a goodbye: the talk is over, once what was sent has been played."""


Event: TypeAlias = Audio | Flush | State | Heard | Said | Feels | Notice | Trouble | Timing | Parted
