"""Dreams: two memories that lie far apart, in time and in meaning, joined into one image. Pure; chance is the night's seed.

It is a template over the person's own words, so that it can hold nothing that was not said. It is told only when asked
for, and called a dream. What was said near a sign of danger is never dreamed of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from someone.mind import care
from someone.mind.fact_words import KIN
from someone.mind.facts import pasted
from someone.mind.moments import Cared, Entry, Heard, MomentId
from someone.mind.recall import content_words, is_question
from someone.mind.tasks import DANGER

TRIES = 50
"""Memories of the day for which a far one is looked for."""

_SMALL = (
    "is|was|were|are|has|had|in|on|at|and|with|to|for|from|of|that|which|who|again|today|yesterday|now|but|because|by|near|"
    "behind|under|over|when|while|where|as|so|before|after|into|about|it|i|we|he|she|they|came|went|fell|broke|will|can"
)
_THING = re.compile(
    rf"\b(?P<whose>[Mm]y|[Oo]ur|[Tt]he|[Aa]n?)\s+"
    rf"(?P<what>(?:(?!(?:{_SMALL})\b)[a-z][a-z'’-]+\s+){{0,2}}?(?!(?:{_SMALL})\b)[a-z][a-z-]{{2,}}(?<!ed)(?<!ly))"
    rf"(?=\s+(?:{_SMALL})\b|\s*[,.;!?]|\s*$)",
)
"""A thing as it is written: no capitals, so no names; ended by a small word or a stop."""
_DULL = frozenset(
    [
        "thing",
        "things",
        "lot",
        "bit",
        "time",
        "times",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "year",
        "years",
        "way",
        "kind",
        "sort",
        "moment",
        "minute",
        "minutes",
        "hour",
        "hours",
        "while",
        "point",
        "idea",
        "question",
        "answer",
        "problem",
        "reason",
        "case",
        "fact",
        "morning",
        "evening",
        "afternoon",
        "night",
        "weekend",
        "same",
        "other",
        "one",
        "most",
        "best",
        "worst",
        "first",
        "last",
        "next",
        "past",
        "end",
        "rest",
        "few",
        "whole",
        "middle",
        "half",
        "chance",
        "word",
        "words",
        "life",
        "truth",
        "matter",
        "mood",
        "feeling",
        "call",
        "try",
        "hell",
        "hospital",
        "funeral",
        "death",
        "accident",
        "ambulance",
        "cancer",
        "tumour",
        "tumor",
        "doctor",
        "pain",
        "grave",
        "knife",
        "gun",
        "pills",
        "blood",
        "surgery",
        "divorce",
        "fight",
        "argument",
        "suicide",
        "war",
        "fire",
        "crash",
    ]
)
_KIN = re.compile(rf"(?:{KIN})s?(?:'s)?")
_IMAGES = (
    "I dreamed of {a}, and behind it was {b}.",
    "I dreamed that a door led from {a} straight to {b}.",
    "I dreamed of {a} and {b} side by side, as if they had always been in one place.",
    "I dreamed of {a}. When I looked again it was {b}.",
    "I dreamed of {a}, very small, on a shelf next to {b}.",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two memories and what was seen of each, in words to her person ("your grey boat")."""

    ids: tuple[MomentId, MomentId]
    images: tuple[str, str]


def thing(text: str) -> str:
    """The first thing in a sentence that can be seen, as one says it to the person; "" where there is none."""
    for found in _THING.finditer(text):
        words = found["what"].lower().split()
        if any(w in _DULL or _KIN.fullmatch(w) for w in words):
            continue
        whose = {"my": "your", "our": "your"}.get(found["whose"].lower(), found["whose"].lower())
        return f"{whose} {' '.join(words)}"
    return ""


def pick(entries: Sequence[Entry], recent_after: int, night: date, salt: str) -> Pair | None:
    """One memory of the time since moment ``recent_after`` and one from far before it (or the farthest there is), about
    nothing in common. ``entries``: oldest first. The same night and ``salt`` pick the same; None where nothing fits.
    """
    dark = [e.at for e in entries if isinstance(e.moment, Cared)]
    seen = [
        (e, image, frozenset(w[0] for w in content_words(e.moment.text)))
        for e in entries
        if isinstance(e.moment, Heard)
        and not pasted(e.moment.text)
        and not is_question(e.moment.text)
        and not any(abs(e.at - at) <= DANGER for at in dark)
        and (image := thing(e.moment.text))
    ]
    recent = [s for s in seen if s[0].id > recent_after] or seen[-1:]
    start = _chance(night, salt, "new") % max(1, len(recent))
    for new in (*recent[start:], *recent[:start])[:TRIES]:
        if not _calm(new[0]):
            continue
        far = [s for s in seen if s[0].at < new[0].at and s[1] != new[1] and not s[2] & new[2]]
        oldest = far[: (len(far) + 1) // 2]
        begin = _chance(night, salt, "old") % max(1, len(oldest))
        for old in (*oldest[begin:], *oldest[:begin])[:TRIES]:
            if _calm(old[0]):
                return Pair((old[0].id, new[0].id), (old[1], new[1]))
    return None


def _calm(entry: Entry) -> bool:
    """Whether its words are no sign of danger; asked of few, since it takes a moment."""
    return isinstance(entry.moment, Heard) and not care.read(entry.moment.text, ()).cares


def image(pair: Pair, night: date, salt: str) -> str:
    """The dream in words."""
    form = _IMAGES[_chance(night, salt, "form") % len(_IMAGES)]
    return form.format(a=pair.images[0], b=pair.images[1])


def _chance(night: date, salt: str, what: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{night}/{salt}/{what}".encode()).digest()[:6], "big")
