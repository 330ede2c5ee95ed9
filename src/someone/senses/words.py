"""What the words of a sound tell about the floor. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum, auto

_WORD = re.compile(r"[\w']+")
_FILLER = re.compile(r"u+h*m+|u+h+|e+r+m*|a+h*m+|a+h+|h+m+|m+")
_PRONOUN = r"(?:i|you|he|she|we|they|it)"
_LEADS = r"^(?:so |and |but |well |you know |i mean |look |basically )*"
"""What a sentence may begin with, before it begins."""
_OPEN = frozenset(
    [
        "and",
        "but",
        "or",
        "because",
        "if",
        "when",
        "while",
        "which",
        "who",
        "whose",
        "than",
        "as",
        "like",
        "the",
        "a",
        "an",
        "my",
        "your",
        "our",
        "their",
        "of",
        "to",
        "at",
        "for",
        "with",
        "from",
        "by",
        "into",
        "i",
        "i'm",
        "i've",
        "i'd",
        "we",
        "we're",
        "they",
        "they're",
        "he",
        "he's",
        "she",
        "she's",
        "it's",
        "was",
        "were",
        "very",
        "quite",
        "wondering",
        "whether",
        "unless",
        "although",
        "until",
        "every",
        "i'll",
        "you'll",
        "he'll",
        "she'll",
        "we'll",
        "they'll",
        "you'd",
        "he'd",
        "she'd",
        "we'd",
        "they'd",
    ]
)
"""Words with which an English sentence is hardly ever over. Words that often end one as well ("on", "so", "that", "is")
are left out."""
_CLAIMS = frozenset(
    ["stop", "wait", "no", "hold", "hang", "pause", "quiet", "sorry", "excuse", "enough", "shush", "hush", "listen"]
)
_SHORT, _NEARLY_ALL = 3, 0.8


_ASKS = re.compile(r"(?:so |and |but )*(?:what|who|whom|where|which|how|why)\b")
"""A question with one of these words first may end with what else would be open ("what are you listening to?")."""
_OPEN_ENDS = tuple(
    re.compile(p)
    for p in (
        r"\b(?:told|tell) \w+ that(?: (?:i|we|he|she|they|it))?$",
        r"\b(?:think|thought|believe|hope|feel|felt|said|says|heard|know|knew|means?) that (?:i|we|he|she|they)$",
        r"\b(?:want|wanted|like|love|need|meant|have|had|going) to (?:ask|tell) (?:you|him|her|them)$",
        r"\b(?:the|my|your|his|her|our|their) \w+ (?:is|are|was|were)$",
        r"^(?:so )?(?:i|he|she|we|they|it|there) (?:is|are|was|were|am|have|has|had)$",
        r"\b(?:used|try|trying|tried|going|want|wanted|need|needed|able|have|had) to$",
        r"\b(?:kind|sort|lot|couple|instead|because) of$",
        # somebody with an adverb, and nothing done yet
        r"\b(?:we|they) (?:all|both)$",
        rf"\b{_PRONOUN} (?:just|always|never|still|also|only|often|usually|already|almost|probably|even)$",
        # a quality of nothing yet
        r"\b(?:a|an|another) (?:new|big|small|good|bad|nice|great|whole|very|really|different|young|old)$",
        r"\b(?:was|were|is|are|am|been|i'm|it's|you're|we're|they're|he's|she's) (?:really|so|very|such|quite|almost)$",
        # a clause with somebody in it who does nothing yet
        r"\b(?:when|if|because|while|although|unless|whether) (?:the|my|your|his|her|our|their|a|an) \w+$",
        # "to" is heard as "too"
        r"\b(?:ask|tell|want|need|remind|get|allow|expect|force)(?:s|ed|ing)? (?:me|you|him|her|us|them) too$",
    )
)
_MAYBE_ENDS = tuple(
    re.compile(p)
    for p in (
        _LEADS + r"(?:if|when(?:ever)?|al?though|while|unless|as soon as|(?:the last|every) time)(?: [\w']+){1,7}$",
        # something is named, and nothing said of it
        _LEADS + r"(?:the|my|his|her) (?:best|worst|hardest|only|first|last|favou?rite|funny|strange|other) \w+"
        r"(?: (?:of|in|about) (?:the|my|it|this|that)(?: \w+)?)?$",
        r"^(?!(?:yes|no|yeah|of course)\b).*\b(?:i|you|he|she|we|they|it) (?:should|would|could|must|might|can|will)$",
        r"\b(?:a bit|a little|about|around|almost|nearly|(?<!think )(?<!hope )(?<!guess )so|such|even|just|(?<!not )really"
        r"|actually|that)$",
    )
)


class Openness(Enum):
    """Whether words so far ask to be gone on with."""

    CLOSED = auto()
    MAYBE = auto()
    OPEN = auto()


class Overlap(Enum):
    """What a short sound made while she had the floor was."""

    BACK_CHANNEL = auto()
    CLAIM = auto()
    ECHO = auto()


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


def openness(text: str) -> Openness:
    """Whether the words plainly go on. Intonation is judged elsewhere; this reads what a language makes certain: nobody
    ends a turn with "and", with a filler, or with "she told me that". And the reader of speech sets no full stop after
    what sounded unfinished to it.
    """
    if re.search(r"(?:\.\.\.|…|[-–—,])\s*$", text):
        return Openness.OPEN
    said = words(text)
    if not said or _FILLER.fullmatch(said[-1]):
        return Openness.OPEN if said else Openness.CLOSED
    if len(said) > 1 and not re.search(r"[.?!][\"'”’]*\s*$", text):
        return Openness.OPEN
    spoken, asked = " ".join(said), bool(_ASKS.match(" ".join(said)))
    if any(p.search(spoken) for p in _OPEN_ENDS) or (len(said) > 1 and said[-1] in _OPEN):
        return Openness.MAYBE if asked else Openness.OPEN
    return Openness.MAYBE if any(p.search(spoken) for p in _MAYBE_ENDS) else Openness.CLOSED


def overlap(text: str, hers: str) -> Overlap:
    """What a sound shorter than a claim was, by its words. ``hers``: what she was saying around then."""
    said = words(text)
    if echoes(text, hers):
        return Overlap.ECHO
    if len(said) > _SHORT or _CLAIMS & set(said):
        return Overlap.CLAIM
    return Overlap.BACK_CHANNEL


def echoes(text: str, hers: str) -> bool:
    """Whether these are her own words, come back through the microphone: nearly all of them, in her order. A single word
    is never held to be: it is as likely an answer.
    """
    said, given = words(text), words(hers)
    if len(said) <= 1 or not given:
        return False
    blocks = SequenceMatcher(None, said, given, autojunk=False).get_matching_blocks()
    same = sum(b.size for b in blocks)
    longest = max(b.size for b in blocks)
    return same / len(said) >= _NEARLY_ALL and longest >= min(_SHORT, len(said))
