"""What she says of herself, as a pure fold: "I am", "I want", "I fear", "I've learned", each with its evidence and date.

Whatever a journal holds, these hold of the fold: no two current statements contradict each other, at most
:data:`MOST` are current, and a pinned one stays until the person takes it back. Nothing is overwritten: a statement that
ended is kept with when and why, so that who she was can be shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind.moments import Entry, MomentId, Pinned, Stated, Withdrawn
from someone.mind.recall import STOP, stem

Aspect = Literal["am", "want", "fear", "learned"]
Ended = Literal["", "person", "contradicted", "faded", "replaced"]

MOST = 12
"""Current statements: as many as one can hold in mind at a reading. The oldest unpinned one gives way."""
ENDED_KEPT = 400
"""Statements of the past that are kept at hand, the newest; years of them. The journal has them all."""


class Statement(BaseModel):
    """``id``: the moment that states it. ``until``: when it stopped holding and ``ended`` why; None and "" while it holds.

    ``replaces``: the statement in whose place it stands.
    """

    model_config = ConfigDict(frozen=True)

    id: MomentId
    aspect: Aspect
    text: str
    since: datetime
    evidence: tuple[MomentId, ...] = ()
    by: str = ""
    replaces: MomentId | None = None
    pinned: bool = False
    until: datetime | None = None
    ended: Ended = ""


class Becoming(BaseModel):
    """All statements, in the order in which they were written."""

    model_config = ConfigDict(frozen=True)

    statements: tuple[Statement, ...] = ()

    @property
    def current(self) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.until is None)

    def at(self, when: datetime) -> tuple[Statement, ...]:
        """What held at this time, oldest first."""
        return tuple(s for s in self.statements if s.since <= when and (s.until is None or s.until > when))

    def get(self, statement: int) -> Statement | None:
        return next((s for s in self.statements if s.id == statement), None)


def step(becoming: Becoming, entry: Entry) -> Becoming:
    """What she is after one more moment."""
    match entry.moment:
        case Stated() as stated:
            return _stated(becoming, entry, stated)
        case Pinned(statement=statement, on=on):
            return _with(becoming, {statement: {"pinned": on}})
        case Withdrawn(statement=statement, why=why):
            return _withdrawn(becoming, entry, statement, why)
        case _:
            return becoming


def _stated(becoming: Becoming, entry: Entry, stated: Stated) -> Becoming:
    """With one more. It is passed over where a pinned one would have to give way to it."""
    gone: dict[MomentId, Ended] = {}
    for held in becoming.current:
        if held.id == stated.replaces:
            gone[held.id] = "replaced"
        elif clash(held, stated):
            gone[held.id] = "contradicted"
    if any(held.pinned for held in becoming.current if held.id in gone):
        return becoming
    left = [held for held in becoming.current if held.id not in gone]
    if len(left) >= MOST:
        oldest = next((held for held in left if not held.pinned), None)
        if oldest is None:
            return becoming
        gone[oldest.id] = "faded"
    ended = _with(becoming, {i: {"until": entry.at, "ended": why, "pinned": False} for i, why in gone.items()})
    new = Statement(
        id=entry.id,
        aspect=stated.aspect,
        text=stated.text,
        since=entry.at,
        evidence=stated.evidence,
        by=stated.by,
        replaces=stated.replaces,
    )
    return Becoming(statements=_few((*ended.statements, new)))


def _withdrawn(becoming: Becoming, entry: Entry, statement: MomentId, why: Ended) -> Becoming:
    held = becoming.get(statement)
    if held is None or held.until is not None or (held.pinned and why != "person"):
        return becoming
    return _with(becoming, {statement: {"until": entry.at, "ended": why, "pinned": False}})


def _with(becoming: Becoming, changes: dict[MomentId, dict[str, object]]) -> Becoming:
    """With these changes, by id; what has ended changes no more."""
    return Becoming(
        statements=tuple(
            s.model_copy(update=changes[s.id]) if s.id in changes and s.until is None else s
            for s in becoming.statements
        )
    )


def _few(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    over = sum(s.until is not None for s in statements) - ENDED_KEPT
    if over <= 0:
        return statements
    kept: list[Statement] = []
    for s in statements:
        if s.until is not None and over > 0:
            over -= 1
        else:
            kept.append(s)
    return tuple(kept)


# ------------------------------------------------------------------------------------------------ same and contrary

_AXES: dict[str, tuple[str, str]] = {
    "feeling": (
        "glad happy like likes liked love loves enjoy enjoys easy easier good better best well fond hopeful lighter light calm "
        "brave proud safe welcome welcomes trust trusts",
        "sad unhappy dislike dislikes hate hates hard harder bad worse worst heavy heavier weigh weighs weighing uneasy careful worried "
        "difficult tired dread dreads ashamed distrust tense painful unsafe",
    ),
    "amount": ("more most longer bigger closer growing", "less fewer least shorter smaller further shrinking"),
    "often": ("often always usually frequently mostly", "rarely seldom hardly"),
    "place": ("alone apart", "together"),
    "loud": ("quiet silent slow", "loud lively fast"),
}
_SIGN: dict[str, tuple[str, int]] = {
    word: (axis, sign) for axis, sides in _AXES.items() for sign, words in zip((1, -1), sides, strict=True) for word in words.split()
}  # fmt: skip
_NOT = frozenset(["not", "never", "no", "longer", "nothing", "without", "stop", "stopped", "neither", "nor"])
_OPENS = frozenset("want fear learned am afraid wish".split())  # noqa: SIM905
_WEAK = frozenset(
    """hope know hear talk talks talking speak tell telling come comes go goes going way
    make makes seem seems feel feels much little very quite still somewhat time times one new often someone something
    getting keep keeps find finds be being would rather""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NEAR = 0.75
"""Share of the smaller of two topics from which both speak of one thing."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a statement is about (stems), and which way it says it: the sign of each axis that stands in it, ``plainly``
    -1 where it is denied as a whole.
    """

    topic: frozenset[str]
    axes: dict[str, int]
    plainly: int


def sense(text: str) -> Sense:
    """The topic and direction of a statement, from plain word lists. Pure and rough: what it knows no word for, it calls
    neutral, and then nothing contradicts it but its own denial.
    """
    topic: set[str] = set()
    weak: set[str] = set()
    axes: dict[str, int] = {}
    mixed: set[str] = set()
    plainly, denied = 1, False
    for match in _WORD.finditer(text.replace("’", "'").lower()):
        word = match[0]
        if word in _NOT or word.endswith("n't"):
            denied, plainly = True, -1
            continue
        bare = word.removesuffix("'s")
        if bare in _SIGN:
            axis, sign = _SIGN[bare]
            if denied:  # a denial turns the one word that it stands before
                sign, denied, plainly = -sign, False, 1
            if axes.setdefault(axis, sign) != sign:
                mixed.add(axis)
        elif "'" not in bare and bare not in STOP and bare not in _OPENS:
            (weak if bare in _WEAK else topic).add(stem(bare))
    return Sense(frozenset(topic or weak), {a: s for a, s in axes.items() if a not in mixed}, plainly)


def same_topic(one: Sense, other: Sense) -> bool:
    """Whether one of them speaks of nearly nothing but what the other speaks of."""
    least = min(len(one.topic), len(other.topic))
    return least > 0 and len(one.topic & other.topic) / least >= NEAR


def same_words(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())


def contradicts(one: str, other: str) -> bool:
    """Whether two statements of one aspect can't both hold: one topic, opposite ways.

    >>> contradicts("I want more quiet evenings.", "I want fewer quiet evenings.")
    True
    >>> contradicts("I am glad when you talk about Mara.", "I am glad when you talk about Ben.")
    False
    """
    a, b = sense(one), sense(other)
    if a.topic != b.topic and not same_topic(a, b):
        return False
    if shared := a.axes.keys() & b.axes.keys():
        return (
            sum(a.axes[x] != b.axes[x] for x in shared) % 2 == 1
        )  # "fewer loud ones" is no contrary of "more quiet ones"
    return a.topic == b.topic and a.plainly != b.plainly


def clash(held: Statement, stated: Stated | Statement) -> bool:
    """Whether the two can't both be current: contrary in one aspect, or wanted and feared alike."""
    if held.aspect == stated.aspect:
        return contradicts(held.text, stated.text)
    if {held.aspect, stated.aspect} != {"want", "fear"}:
        return False
    a, b = sense(held.text), sense(stated.text)
    return bool(a.topic) and a.topic == b.topic and a.axes == b.axes and a.plainly == b.plainly


def alike(held: Statement, text: str, aspect: Aspect) -> bool:
    """Whether a statement says again, in these or other words, what is held already."""
    if same_words(held.text, text):
        return True
    a, b = sense(held.text), sense(text)
    return held.aspect == aspect and same_topic(a, b) and not contradicts(held.text, text)


def shaping(becoming: Becoming, most: int = 3) -> tuple[str, ...]:
    """What of her a brain is told before it speaks: the newest wish, the newest fear, and what she is."""
    wanted = [next((s for s in reversed(becoming.current) if s.aspect == a), None) for a in ("am", "want", "fear")]
    return tuple(s.text for s in wanted if s is not None)[:most]
