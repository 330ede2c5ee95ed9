"""What the nights leave behind, as a fold; when a night is due; and what she says of one when asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from someone.mind.moments import Dreamed, Entry, MomentId, Slept

NOON = timedelta(hours=12)
"""A night is named for the evening on which it begins: noon parts one from the next."""
BEGINS = 3
"""The local hour from which a night begins by itself; before it, people still talk."""
IDLE = timedelta(minutes=10)
"""Quiet that must have lasted before it begins."""
TOO_LONG_AWAKE = timedelta(hours=20)
"""After so long without a night one begins at the next quiet time: a laptop that was closed at three catches up."""


class Nights(BaseModel):
    """The last night and the last dream. ``did`` and ``failed`` as in ``Slept``; ``upto``: the last moment looked at."""

    model_config = ConfigDict(frozen=True)

    slept: MomentId | None = None
    slept_at: datetime | None = None
    night: date | None = None
    upto: int = 0
    did: dict[str, int] = {}
    failed: tuple[str, ...] = ()
    dream: MomentId | None = None
    dream_night: date | None = None
    dream_text: str = ""


def step(nights: Nights, entry: Entry) -> Nights:
    """The nights after one more moment."""
    match entry.moment:
        case Slept(night=night, upto=upto, did=did, failed=failed):
            return nights.model_copy(
                update={
                    "slept": entry.id,
                    "slept_at": entry.at,
                    "night": night,
                    "upto": max(upto, nights.upto),
                    "did": did,
                    "failed": failed,
                }
            )
        case Dreamed(night=night, text=text):
            return nights.model_copy(update={"dream": entry.id, "dream_night": night, "dream_text": text})
        case _:
            return nights


def evening(now: datetime) -> date:
    """The night that ``now`` (the person's local time) belongs to."""
    return (now - NOON).date()


def due(nights: Nights, now: datetime, heard_at: datetime | None, since: datetime, *, unfinished: bool = False) -> bool:
    """Whether a night should begin by itself. ``now``: local; ``heard_at``: when the person spoke last; ``since``: when
    this owner began; ``unfinished``: a night broke off. Nothing is due while there is talk, or when all is told already.
    """
    quiet_since = max(since, heard_at) if heard_at is not None else since
    if now - quiet_since < IDLE:
        return False
    if unfinished:
        return True
    if nights.slept_at is None:
        return heard_at is not None and (_is_night(now) or now - heard_at > TOO_LONG_AWAKE)
    if now - nights.slept_at > TOO_LONG_AWAKE:
        return True
    return _is_night(now) and nights.night != evening(now)  # a night of the future is of a clock that was wrong


def _is_night(now: datetime) -> bool:
    return BEGINS <= now.hour < 2 * BEGINS


_START = r"^(?:(?:so|and|hey|hi|hello|good morning|tell me|ok|okay|well)[ ,.!]+)*"
_END = r"(?: (?:last night|tonight|at night|in the night|while i slept|when i slept|then|well|about me|of me|today|again))*[ ?.!]*$"
_DREAMT = re.compile(
    rf"{_START}(?:did you (?:have a |have any )?dreams?(?: anything| something)?|have you (?:been dreaming|dreamed|dreamt)"
    rf"|what did you dream(?: of| about)?|what (?:was|were) your dreams?(?: about)?|any dreams|(?:tell me )?your (?:last )?dream"
    rf"|what have you (?:dreamed|dreamt)(?: of| about)?|tell me (?:about )?(?:your |a |the )?(?:last )?dream){_END}",
    re.IGNORECASE,
)
_SLEPT = re.compile(
    rf"{_START}(?:did you sleep|how did you sleep|have you slept|what did you do (?:last night|at night|in the night|overnight"
    rf"|while i (?:slept|was asleep|was away))|what happened (?:last night|at night|in the night|overnight)"
    rf"|what do you do (?:at night|when i sleep|while i sleep)|how was your night|did anything happen (?:last night|overnight))"
    rf"{_END}",
    re.IGNORECASE,
)

NO_DREAM = "No dream that I know of."
NO_NIGHT = "Not yet. My first night here is still to come."


class Told(NamedTuple):
    """What is said of the nights: the words, the rule's name, and the moment it stands on."""

    text: str
    rule: str
    stood_on: tuple[MomentId, ...] = ()


def told(nights: Nights, text: str) -> Told | None:
    """The answer to a question about the night or a dream, or None where ``text`` asks for neither."""
    asked = text.strip().replace("’", "'")
    if _DREAMT.match(asked):
        if nights.dream is None:
            return Told(NO_DREAM, "dream")
        said = f"Yes, if you can call it that: two things you told me ran together. {nights.dream_text}"
        return Told(said, "dream", (nights.dream,))
    if _SLEPT.match(asked):
        if nights.slept is None:
            return Told(NO_NIGHT, "night")
        did = account(nights.did, nights.failed, dreamt=False)
        return Told(f"I don't sleep as you do, but I take the night to sort things. {did}", "night", (nights.slept,))
    return None


_COUNTED = (
    ("notes", "kept {} of our talks", "one note", "notes"),
    ("facts", "learned {} about your life", "one thing", "things"),
    ("reflect", "thought about what the day meant", "", ""),
    ("self", "saw {} about myself", "one thing", "things"),
    ("loops", "let {} rest", "one open question", "open questions"),
    ("practise", "practised {}", "one skill", "skills"),
)


def account(did: Mapping[str, int], failed: tuple[str, ...] = (), *, dreamt: bool = True) -> str:
    """A night in plain words."""
    parts = [_part(form, did.get(name, 0), one, many) for name, form, one, many in _COUNTED if did.get(name, 0)]
    if dreamt and did.get("dream"):
        parts.append("dreamed")
    said = f"I {_listed(parts)}." if parts else "There was nothing new to keep."
    if did.get("prove"):
        said += " One backup was made, and restored as a proof."
    if failed:
        said += f" {_TROUBLE}"
    return said


_TROUBLE = "Something did not work; the next night tries again, and `someone doctor` looks into it."


def _part(form: str, count: int, one: str, many: str) -> str:
    return form.format(one if count == 1 else f"{count} {many}")


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
