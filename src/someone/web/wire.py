"""What travels over ``/talk``. Pure.

    page → her   binary   her ears: 16 kHz mono int16 little endian, at most 32 KiB a frame
                 text     {"do": "say", "text": ...} · {"do": "interrupt"} · {"do": "stop"} · {"do": "leave"}
                          {"do": "mute", "on": true} · {"do": "played", "utterance": 3, "seconds": 1.25}
    her → page   binary   her voice: utterance and index (two uint32 little endian), then 24 kHz mono int16
                 text     {"event": "Heard", "text": ..., "final": true} and so on, one for each event of a voice session,
                          {"event": "Taken"}: another tab has the talk now
                 and {"event": "Unasked", "id": 12, "text": ...}: she comes with something by herself

What is not one of these closes the connection with a code of RFC 6455 and changes nothing.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from someone.voice.events import Audio, Event

LONGEST_TEXT = 128 * 1024
"""Bytes of one text frame; longer words than a turn takes in are told by the turn, in words."""
LONGEST_SOUND = 32 * 1024
"""Bytes of one sound frame: one second of 16 kHz int16."""

TAKEN, NOT_LET_IN, AWAY = 4001, 4003, 4004
"""Close codes of our own: another tab took over; the pass is not known; nobody is awake here."""
NOT_UNDERSTOOD, REFUSED, TOO_BIG, TRY_LATER = 1007, 1008, 1009, 1013
"""Close codes of RFC 6455 and its registry: bad data, against the rules, too big, try again later."""

_HEAD = struct.Struct("<II")


class Malformed(Exception):
    """A frame that is not one of ours; the connection is closed with ``code``."""

    def __init__(self, code: int, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Stop speaking, go on listening."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Halt everything that is under way."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The page ends the talk; nothing will be resumed."""


@dataclass(frozen=True, slots=True)
class Mute:
    on: bool


@dataclass(frozen=True, slots=True)
class Played:
    """``seconds`` of this utterance have sounded at the person's end."""

    utterance: int
    seconds: float


Command: TypeAlias = Say | Interrupt | Stop | Leave | Mute | Played


def encode(event: Event) -> str | bytes:
    """The event as a frame."""
    if isinstance(event, Audio):
        return _HEAD.pack(event.utterance, event.index) + event.pcm
    return json.dumps({"event": type(event).__name__} | asdict(event))


def unasked(moment: int, text: str) -> str:
    """She comes with something by herself; ``moment``: its number, so that a page shows it once."""
    return json.dumps({"event": "Unasked", "id": moment, "text": text})


def decode(text: str) -> Command:
    """The command in a text frame. Raises Malformed."""
    if len(text) > LONGEST_TEXT:
        raise Malformed(TOO_BIG, "too long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed(NOT_UNDERSTOOD, "not JSON") from None
    if not isinstance(data, dict):
        raise Malformed(NOT_UNDERSTOOD, "not an object")
    match data:
        case {"do": "say", "text": str(said), **rest} if not rest:
            return Say(said)
        case {"do": "mute", "on": bool(on), **rest} if not rest:
            return Mute(on)
        case {"do": "played", "utterance": utterance, "seconds": seconds, **rest} if not rest:
            return Played(_count(utterance), _seconds(seconds))
        case {"do": str(do), **rest} if not rest and do in _PLAIN:
            return _PLAIN[do]()
    raise Malformed(REFUSED, "not a command")


_PLAIN: dict[str, type[Interrupt | Stop | Leave]] = {"interrupt": Interrupt, "stop": Stop, "leave": Leave}


def sound(frame: bytes) -> bytes:
    """The samples of a sound frame. Raises Malformed."""
    if len(frame) > LONGEST_SOUND:
        raise Malformed(TOO_BIG, "too long")
    if not frame or len(frame) % 2:
        raise Malformed(NOT_UNDERSTOOD, "not 16-bit samples")
    return frame


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**32:
        raise Malformed(REFUSED, "not a count")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise Malformed(REFUSED, "not a time")
    return float(value)
