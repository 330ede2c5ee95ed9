"""Exact answers: the person's own words given back to them in the second person, with when they said them. Pure.

Nothing is paraphrased: pronouns turn, everything else stands as it was said, so a name, a day or a number can't change.
Where turning the pronouns could change the sense ("we", "you", reported speech), the words are quoted as they are.
"""

from __future__ import annotations

import re
from datetime import datetime

from someone.mind.facts import sentences
from someone.mind.recall import ASKS_TO_KEEP, Hit, content_words, stem
from someone.mind.times import tag

LONGEST = 220
"""Characters of a memory that are given back in one answer."""

_TURNS = (
    (r"i am", "you are"),
    (r"i'm", "you're"),
    (r"i was", "you were"),
    (r"i wasn't", "you weren't"),
    (r"was i", "were you"),
    (r"am i", "are you"),
    (r"i've", "you've"),
    (r"i'd", "you'd"),
    (r"i'll", "you'll"),
    (r"i", "you"),
    (r"am", "are"),
    (r"my", "your"),
    (r"me", "you"),
    (r"mine", "yours"),
    (r"myself", "yourself"),
)
_TURN = re.compile(r"\b(?:" + "|".join(source for source, _ in _TURNS) + r")\b(?!['’-])", re.IGNORECASE)
_UNTURNABLE = re.compile(r"\b(?:we|we're|we've|us|our|ours|you|your|yours|you're)\b|[\"“”]", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:he|she|it|they|her|his|its|their|that)(?:['’]s)?\b", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:well|so|and|but|oh|ah|hi|hello|hey|yes|no|yeah|ok|okay|by the way|actually)\b[,\s]+", re.IGNORECASE
)


def second_person(sentence: str) -> str | None:
    """The sentence turned to "you", or None where turning could change its sense.

    >>> second_person("My sister Mara lives in Oslo and I'm visiting her.")
    "Your sister Mara lives in Oslo and you're visiting her."
    """
    plain = _FILLER.sub("", ASKS_TO_KEEP.sub("", sentence.strip().replace("’", "'"), count=1))
    if not plain or _UNTURNABLE.search(plain):
        return None
    turned = _TURN.sub(lambda m: dict(_TURNS)[m.group().lower()], plain)
    return turned[0].upper() + turned[1:]


def best_sentence(memory: str, question: str) -> str:
    """The sentence of a memory that shares most content words with the question, the first of equals; with the next one
    where that goes on about the same thing ("I got a kitten. Her name is Pepper.").
    """
    asked = _stems(question)
    found = sentences(memory) or (memory,)
    best = max(range(len(found)), key=lambda i: len(asked & _stems(found[i])))
    goes_on = best + 1 < len(found) and _GOES_ON.match(found[best + 1]) and not found[best + 1].endswith("?")
    together = " ".join(found[best : best + 2])
    return together if goes_on and len(together) <= LONGEST else found[best]


def exact(hit: Hit, question: str, now: datetime) -> str:
    """An answer that is this memory, given back exactly, and says when it was told."""
    return given_back(best_sentence(hit.text, question), hit.at, now)


def given_back(sentence: str, at: datetime, now: datetime) -> str:
    """A sentence that was told at ``at``, given back exactly, with when that was."""
    when = tag(at.astimezone(now.tzinfo), now)
    turned = second_person(sentence) if len(sentence) <= LONGEST else None
    if turned is not None:
        return f"{closed(turned)} You told me {when}."
    shown = sentence if len(sentence) <= LONGEST else sentence[: sentence.rfind(" ", 0, LONGEST)] + " …"
    return f"You told me {when}: “{shown}”"


def memory_line(hit: Hit, person: str, now: datetime) -> str:
    """A memory as the brain's dialect has it: ``(last Tuesday) Theo said: "..."``."""
    who = (person or "They") if hit.speaker == "person" else "I"
    text = " ".join(hit.text.split())
    shown = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f'({tag(hit.at.astimezone(now.tzinfo), now)}) {who} said: "{shown}"'


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for group in content_words(text) for word in group)


def closed(sentence: str) -> str:
    """The sentence with a mark at its end; a question of the person's becomes a statement."""
    bare = sentence.rstrip()
    return bare if bare.endswith((".", "!", "…")) else bare.rstrip("?,;:") + "."
