"""A bond: what she and one person are in the middle of. A pure fold over the bond's journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind import closeness, growth, knowing, loops, mood, nights, statements
from someone.mind.closeness import Closeness
from someone.mind.growth import Growth
from someone.mind.knowing import Knowing
from someone.mind.loops import Loops, Reaching
from someone.mind.moments import (
    Cared,
    Corrected,
    Disclosed,
    Entry,
    Felt,
    Forgotten,
    Heard,
    Met,
    MomentId,
    Noticed,
    Parted,
    PersonMerged,
    Said,
)
from someone.mind.mood import Mood
from someone.mind.nights import Nights
from someone.mind.statements import Becoming

FOLD = "bond"
VERSION = 6

TALK_GAP = timedelta(hours=1)
"""Silence after which the next words begin a new talk."""
LINES_KEPT = 40
"""Lines of the present talk that a prompt may draw on; older ones come back through recall. When there are more, half
go at once, so that a brain's cached prefix lives on for many turns."""
HELD_KEPT = 60
"""Lasting statements shown at once; :attr:`Bond.knowing` has them all."""


class SpokenLine(BaseModel):
    model_config = ConfigDict(frozen=True)

    role: Literal["user", "assistant"]
    text: str
    id: MomentId


class Held(BaseModel):
    """A lasting thing that the person said of their life, in their words."""

    model_config = ConfigDict(frozen=True)

    id: MomentId
    at: datetime
    text: str


class Bond(BaseModel):
    """``talk``: the newest of the present talk's lines, oldest first; ``talk_lines``: how many it has had in all. ``cared_times``: signs of danger answered in this talk."""

    model_config = ConfigDict(frozen=True)

    called: str = ""
    voice: Literal["woman", "man", "choose"] = "choose"
    knowing: Knowing = Knowing()
    nights: Nights = Nights()
    loops: Loops = Loops()
    growth: Growth = Growth()
    mood: Mood = Mood()
    becoming: Becoming = Becoming()
    closeness: Closeness = Closeness()
    talk: tuple[SpokenLine, ...] = ()
    talk_lines: int = 0
    talk_started: datetime | None = None
    heard_at: datetime | None = None
    parted: bool = False
    disclosed_at: datetime | None = None
    cared_times: int = 0
    cared_at: datetime | None = None
    feeling: str = "calm"
    feeling_why: str = ""
    feeling_cause: tuple[MomentId, ...] = ()
    last_said: MomentId | None = None
    last_by: str = ""
    last_stood_on: tuple[MomentId, ...] = ()

    @property
    def held(self) -> tuple[Held, ...]:
        """What holds of the person's life as far as she knows, the last told last."""
        current = self.knowing.current[-HELD_KEPT:]
        return tuple(Held(id=f.evidence[-1], at=f.told_at, text=f.statement) for f in current)


def step(bond: Bond, entry: Entry) -> Bond:
    """The bond after one more moment: its own fields, then the parts that are folds of their own."""
    after = _step(bond, entry)
    parts = {
        "mood": mood.step(bond.mood, entry),
        "loops": loops.step(bond.loops, entry, after.knowing.people),
        "nights": nights.step(bond.nights, entry),
        "becoming": statements.step(bond.becoming, entry),
        "growth": growth.step(bond.growth, entry),
        "closeness": closeness.step(bond.closeness, entry, bond.knowing, after.knowing),
    }
    changed = {name: part for name, part in parts.items() if part is not getattr(bond, name)}
    return after.model_copy(update=changed) if changed else after


def _step(bond: Bond, entry: Entry) -> Bond:
    match entry.moment:
        case Heard(text=text):
            return _heard(bond, entry, text)
        case Said() as said:
            spoken = SpokenLine(role="assistant", text=said.text, id=entry.id)
            return bond.model_copy(
                update={
                    "talk": _grown(bond.talk, spoken) if said.text else bond.talk,
                    "talk_lines": bond.talk_lines + bool(said.text),
                    "last_said": entry.id,
                    "last_by": said.by,
                    "last_stood_on": said.stood_on,
                }
            )
        case Felt(feeling=feeling, why=why, cause=cause):
            return bond.model_copy(update={"feeling": feeling, "feeling_why": why, "feeling_cause": cause})
        case Met(called=called, voice=voice):
            known = knowing.step(bond.knowing, entry)
            return bond.model_copy(update={"called": called, "voice": voice, "knowing": known})
        case Noticed() | Corrected() | PersonMerged():
            return bond.model_copy(update={"knowing": knowing.step(bond.knowing, entry)})
        case Disclosed():
            return bond.model_copy(update={"disclosed_at": entry.at})
        case Cared():
            return bond.model_copy(update={"cared_times": bond.cared_times + 1, "cared_at": entry.at})
        case Parted():
            return bond.model_copy(update={"parted": True})
        case Forgotten(was="Heard" | "Said"):
            return bond.model_copy(update={"heard_at": bond.heard_at or entry.at})
        case _:
            return bond


def starts_anew(bond: Bond, at: datetime) -> bool:
    """Whether words heard at this time begin a new talk: after a goodbye, a long silence, or for the first time."""
    return bond.parted or bond.heard_at is None or at - bond.heard_at > TALK_GAP


def _heard(bond: Bond, entry: Entry, text: str) -> Bond:
    anew = starts_anew(bond, entry.at)
    earlier = () if anew else bond.talk
    unasked = _unasked(bond.loops.waiting, entry.at)
    for line in unasked:
        earlier = _grown(earlier, line)
    spoken = SpokenLine(role="user", text=text, id=entry.id)
    return bond.model_copy(
        update={
            "talk": _grown(earlier, spoken),
            "talk_lines": len(unasked) + (1 if anew else bond.talk_lines + 1),
            "talk_started": entry.at if anew else bond.talk_started,
            "heard_at": entry.at,
            "parted": False,
            "cared_times": 0 if anew else bond.cared_times,
            "knowing": knowing.step(bond.knowing, entry),
        }
    )


def _unasked(waiting: Reaching | None, at: datetime) -> tuple[SpokenLine, ...]:
    """What she came with herself stands before the person's first words after it, so that their answer has a question."""
    if waiting is None or not waiting.text or at - waiting.at > loops.WAITS:
        return ()
    return (SpokenLine(role="assistant", text=waiting.text, id=waiting.id),)


def _grown(talk: tuple[SpokenLine, ...], line: SpokenLine) -> tuple[SpokenLine, ...]:
    longer = (*talk, line)
    return longer if len(longer) <= LINES_KEPT else longer[-LINES_KEPT // 2 :]
