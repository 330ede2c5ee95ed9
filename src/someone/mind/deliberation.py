"""Deliberation: is there an answer by rule, or what is a brain handed, in the dialect that it was trained on. Pure.

The small dialect, also the training format (laid out by rate of change so that the prefix stays cached):

    system     You are {name}, {person}'s companion, an AI. Short, kind, true.
    user / assistant   ... the last few exchanges ...
    system     I feel {feeling}.
               I remember: (last Tuesday) Theo said: "..."      (zero to two such lines)
    user       ... what was just said ...

The large dialect has the same shape with a fuller persona, the date and more memories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from someone.mind import brought
from someone.mind.bond import Bond, SpokenLine
from someone.mind.moments import Moment, MomentId
from someone.mind.quoting import memory_line
from someone.mind.recall import Hit
from someone.mind.selfhood import Self
from someone.mind.statements import shaping

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Line:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Lines in order: persona first, the note right before what was just said, which is last."""

    lines: tuple[Line, ...]
    max_tokens: int = 80
    temperature: float = 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that need no brain. ``rule`` names why; ``stood_on`` the moments they rest on; ``parts`` ends the talk;
    ``forgets`` the moments to empty before they are said; ``meets`` what the person wants to be called from now on;
    ``keeps`` what is to be kept once they were said.
    """

    text: str
    rule: str
    stood_on: tuple[MomentId, ...] = ()
    parts: bool = False
    forgets: tuple[MomentId, ...] = ()
    meets: str = ""
    keeps: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A brain phrases the reply. ``stood_on``: the memories that it was handed. ``lead``: what is said by rule before it,
    and ``led_by`` the moment that this rests on.
    """

    prompt: Prompt
    stood_on: tuple[MomentId, ...] = ()
    lead: str = ""
    led_by: MomentId | None = None


WINDOW = 6
"""The small prompt holds between one and two windows of earlier lines and lets go of a whole window at once, so that
the cached prefix lives for three exchanges at a time instead of breaking on every turn."""

SMALL_MEMORIES = 2
LARGE_MEMORIES = 8


def persona(name: str, person: str) -> str:
    """The first line of the small dialect."""
    who = f"{person}'s companion" if person else "a companion"
    return f"You are {name}, {who}, an AI. Short, kind, true."


def note(feeling: str, memories: Sequence[str]) -> str:
    """The note right before the last user line."""
    return "\n".join([f"I feel {feeling}.", *(f"I remember: {m}" for m in memories)])


def dialect(
    name: str, person: str, earlier: Sequence[Line], feeling: str, memories: Sequence[str], text: str
) -> Prompt:
    """The whole small dialect. Both the running product and training lay out with this one function, so that what was
    trained is what is asked.
    """
    return Prompt(
        (Line("system", persona(name, person)), *earlier, Line("system", note(feeling, memories)), Line("user", text)),
        max_tokens=64,
    )


def small_prompt(me: Self, bond: Bond, text: str, feeling: str, memories: Sequence[Hit], now: datetime) -> Prompt:
    """The prompt for the embedded brain: at most two memories, and only such as recall is sure of."""
    lines = [memory_line(h, bond.called, now) for h in memories[:SMALL_MEMORIES]]
    earlier = [Line(s.role, s.text) for s in window(bond.talk, bond.talk_lines)]
    return dialect(me.name, bond.called, earlier, feeling, lines, text)


def upcoming(me: Self, bond: Bond) -> Prompt:
    """What the next small prompt of this talk will begin with, whatever is said next: for a brain to read ahead."""
    earlier = (Line(s.role, s.text) for s in window(bond.talk, bond.talk_lines))
    return Prompt((Line("system", persona(me.name, bond.called)), *earlier), max_tokens=0)


def large_prompt(me: Self, bond: Bond, text: str, feeling: str, memories: Sequence[Hit], now: datetime) -> Prompt:
    """The prompt for a capable brain: the whole talk at hand, dated memories, and how to use them honestly."""
    who = bond.called or "the person"
    about = "\n".join(
        (
            persona(me.name, bond.called),
            f"You chose your own name: {me.reason}" if me.reason else "",
            "You are software on this person's own machine. You have no body and no past but the journal you keep.",
            " ".join(("What holds of you, in your own words:", *own)) if (own := shaping(bond.becoming)) else "",
            f"Never claim to be human. Never invent anything about {who}; when you don't know, say so and ask.",
            "Answer in one to three plain spoken sentences, without lists, headings or emojis.",
            f"{who} has other people in their life; be glad of them. Let every goodbye be easy.",
        )
    )
    remembered = [
        brought.line(h, now) if h.source else memory_line(h, bond.called, now) for h in memories[:LARGE_MEMORIES]
    ]
    today = f"It is {now:%A, %d %B %Y, %H:%M}."
    return Prompt(
        (
            Line("system", about),
            *(Line(s.role, s.text) for s in bond.talk),
            Line("system", f"{today}\n{note(feeling, remembered)}"),
            Line("user", text),
        ),
        max_tokens=400,
        temperature=0.7,
    )


def window(talk: Sequence[SpokenLine], total: int) -> tuple[SpokenLine, ...]:
    """The last lines of a talk of ``total`` lines so far, from a start that moves in steps of WINDOW.

    ``talk`` holds the newest of them. Between WINDOW and 2 * WINDOW - 1 lines come back once there are as many.
    """
    start = max(0, (total // WINDOW - 1) * WINDOW)
    wanted = total - start
    return tuple(talk[max(0, len(talk) - wanted) :])
