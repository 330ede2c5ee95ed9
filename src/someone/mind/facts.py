"""Lasting things that a person says of their own life, found by rule in their own words. Pure.

Precision before recall: a line that is missed is still in the journal and found by recall; a wrong one would be held
against the person. So only plain present or perfect statements count, never questions, wishes, quotes or "if".
"""

from __future__ import annotations

import re

from someone.mind.recall import ASKS_TO_KEEP, is_question

KIN = (
    "mother|mom|mum|father|dad|sister|brother|son|daughter|wife|husband|partner|girlfriend|boyfriend|fiancée?|friend|"
    "aunt|uncle|cousin|niece|nephew|grandmother|grandma|gran|grandfather|grandpa|granddaughter|grandson|neighbou?r|"
    "boss|colleague|flatmate|roommate|teacher|therapist|doctor|dog|cat|horse|parents|kids|children|twins|stepson|"
    "dentist|vet|landlord|landlady|nurse|physio|coach|tutor|hairdresser|plumber|carer|pet|bird|rabbit|"
    "stepdaughter|stepmother|stepfather|goddaughter|godson|baby|ex|best friend"
)
_NAME = r"[^\W\d_][\w'’-]*"
_LASTING = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"^my (?:\w+ ){{0,3}}(?:{KIN})s?\b.*\b(?:is|are|lives?|works?|has|have|was|died|loves?|likes?|called|turns?|"
        r"got|moved|studies|plays|teaches|hates?|can't|cannot)\b",
        rf"^my (?:\w+ ){{0,3}}(?:{KIN}),? {_NAME}\b",
        r"^my (?:[\w'’-]+ ){1,4}(?:is|are|was) (?:called|named)\b",
        r"^my (?:\w+ ){0,3}(?:birthday|name|job|work|house|flat|street|number|address|favou?rite|anniversary|wedding|"
        r"car|bike|school|class|allergy|hobby|town|village|code|blood type)\b.*\b(?:is|are|was|lies|has)\b",
        r"^i(?:'m| am) (?:a|an|the|from|allergic|married|divorced|widowed|single|retired|vegetarian|vegan|left-handed|"
        r"\d+|deaf|diabetic|pregnant|learning|studying|training)\b",
        r"^i (?:live|work|study|teach|play|collect|grew up|was born|moved|speak|own|have (?:a|an|two|three|four|no|"
        r"\d+|my)|love|hate|like|prefer|drive|sing|paint|bake|keep|volunteer|can't eat|don't eat|never eat)\b",
        r"^i(?:'ve| have) (?:lived|worked|been (?:married|a|an)|had (?:a|an|my))\b",
        rf"^{_NAME} is my (?:\w+ ){{0,3}}(?:{KIN})\b",
    )
)
_NOT = re.compile(
    r"\?|\b(?:if|wish|would|could|might|maybe|used to think|pretend|imagine|dreamed|dreamt|joking|kidding)\b|[\"“”]",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:well|so|and|but|oh|ah|hi|hello|hey|yes|no|yeah|ok|okay|actually|also|anyway)\b[,\s]+", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")

FEWEST_WORDS = 3
TOO_LONG = 200
"""A longer sentence is a story or pasted text, not a statement."""
TOO_MANY = 12
"""Sentences looked at in one utterance; what is longer was pasted, not said."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, trimmed, without the empty ones."""
    return tuple(s.strip() for s in _SENTENCE.split(text) if s.strip())


def lasting(text: str) -> tuple[str, ...]:
    """The sentences of this utterance that state something lasting about the person or their people."""
    found = sentences(text[: TOO_LONG * TOO_MANY * 2])
    if len(found) > TOO_MANY:
        return ()
    return tuple(s for s in map(_bare, found) if _states(s))


def _bare(sentence: str) -> str:
    sentence = ASKS_TO_KEEP.sub("", sentence, count=1)
    while (shorter := _FILLER.sub("", sentence)) != sentence:
        sentence = shorter
    return sentence


def _states(sentence: str) -> bool:
    if (
        len(sentence) > TOO_LONG
        or len(sentence.split()) < FEWEST_WORDS
        or _NOT.search(sentence)
        or is_question(sentence)
    ):
        return False
    plain = sentence.replace("’", "'")
    return any(p.search(plain) for p in _LASTING)
