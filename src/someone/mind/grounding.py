"""Grounding: does what a small model says stand in what it was given? Pure.

A tiny model fills gaps with names, numbers, days and with things the person never said. Each such detail in a sentence
must stand in its context (the earlier lines, the note, what was just said); a sentence with one that does not is not
said. Sentences without such details, which are most of what she says, are untouched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "morning",
        "afternoon",
        "evening",
    ]
)
_NUMBERS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "million",
    ]
)
_KIN = frozenset(
    [
        "mother",
        "mom",
        "mum",
        "father",
        "dad",
        "sister",
        "brother",
        "son",
        "daughter",
        "wife",
        "husband",
        "partner",
        "boyfriend",
        "girlfriend",
        "aunt",
        "uncle",
        "cousin",
        "niece",
        "nephew",
        "grandmother",
        "grandma",
        "grandfather",
        "grandpa",
        "boss",
        "neighbour",
        "neighbor",
        "dog",
        "cat",
    ]
)
_ORDINARY = frozenset(["i", "ai", "ok", "okay", "tv", "i'm", "i'll", "i've", "i'd", "god", "english"])
_CLAIMS = re.compile(r"\byou(?: once|'ve)? (?:told me|mentioned|were telling me)\b", re.IGNORECASE)


_FAREWELL = re.compile(r"\b(?:good ?night|good ?bye|sleep well|see you (?:soon|tomorrow|later))\b", re.IGNORECASE)
"""She takes no leave that the person did not take."""


def details(sentence: str) -> frozenset[str]:
    """The names, numbers, days and kin of a sentence, lower case. A capital at its beginning names nobody."""
    found: set[str] = set()
    begins = True
    for match in re.finditer(r"[.!?]|" + _WORD.pattern, sentence):
        word = match[0]
        if word in ".!?":
            begins = True
            continue
        low = _bare(word)
        if (
            (word[0].isupper() and not begins and low not in _ORDINARY)
            or word[0].isdigit()
            or low in _DAYS
            or low in _NUMBERS
            or low in _KIN
        ):
            found.add(low)
        begins = False
    return frozenset(found)


def grounded(sentence: str, context: Sequence[str], *, remembers: bool) -> bool:
    """Whether every detail stands in the context. ``remembers``: a memory or an earlier line of the person's was
    handed over, so that "you told me" can be true.
    """
    if _CLAIMS.search(sentence) and not remembers:
        return False
    if _FAREWELL.search(sentence) and not any(_FAREWELL.search(text) for text in context):
        return False
    given = {_bare(m[0]) for text in context for m in _WORD.finditer(text)}
    return all(detail in given or _plural_in(detail, given) for detail in details(sentence))


def _plural_in(word: str, given: set[str]) -> bool:
    return f"{word}s" in given or word.removesuffix("s") in given


def _bare(word: str) -> str:
    low = word.casefold().replace("’", "'")
    return low.removesuffix("'s") if low not in _ORDINARY else low
