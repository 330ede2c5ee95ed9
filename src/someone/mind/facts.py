"""Lasting things that a person says of their own life, found by rule in their own words. Pure.

Precision before recall: a line that is missed is still in the journal and found by recall; a wrong one would be held
against the person. So only plain statements count: never questions, wishes, quotes, jokes, "if", what somebody else
said, pasted text, or what is over by tomorrow. ``python -m evals.facts`` measures both on labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from someone.mind.fact_words import (
    AGE,
    ILLNESS,
    KIN,
    LASTING_ADJECTIVE,
    NUMBER,
    ONCE,
    OWN,
    PASSING_NOUN,
    PEOPLES,
    THING,
    TITLE,
    VERB,
)
from someone.mind.recall import ASKS_TO_KEEP, is_question

NAME = (
    r"(?-i:(?!(?:There|Here|It|That|This|These|He|She|They|What|Who|His|Her|My|Our|I|We|You|The|Today|Now|God|Christmas|"
    r"Easter|Is|Are|And|But)\b)[A-ZÀ-ÖØ-Þ](?:['’][A-ZÀ-Þ])?[a-zß-öø-ÿ][\w-]*)"
)
"""A name as it is written: with a capital."""
NAMES = rf"(?:{TITLE} )?{NAME}(?: {NAME}){{0,2}}"

_BE = (
    rf"(?:(?:now |also |still |both |all |really |just )*(?:(?:a|an) (?!{PASSING_NOUN})|(?:{LASTING_ADJECTIVE})\b|{AGE}|"
    rf"the (?:eldest|youngest|oldest|only|owner|head of|captain|middle|mother of|father of)\b|my (?!problem|life|fault)|"
    rf"(?-i:{TITLE}) |{PEOPLES}))"
)
_HOW_IT_IS = r"(?: (?:is|are|was|were)|'s|'re)"
_WHOSE = rf"(?:my|our) (?:(?!favou?rite)[\w'-]+ ){{0,3}}?(?:{KIN})s?"
_OF_THEIRS = rf"(?:'s? (?:{KIN}|{THING}|middle name|real name)s?)?"


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


_OF_ONESELF = _patterns(
    rf"^i(?:'m| am) {_BE}",
    rf"^i(?:'ve| have) got (?:(?:a|an|no|{NUMBER}) (?!{PASSING_NOUN}){OWN}|twin|(?:{ILLNESS})\b)",
    rf"^(?:i|we)(?: was| were) (?:a|an) (?!{PASSING_NOUN})",
    rf"^(?:i|we) {VERB}",
    rf"^(?:i|we)'ve (?=been|lived|worked|played|known|never|had)(?:(?:been|had) (?!to\b|enough)(?:(?:a|an) "
    rf"(?!{PASSING_NOUN})|married|sober|single|together|divorced|vegan|vegetarian|clean|retired|widowed|with|"
    r"working (?:as|at|for|in)|living|teaching)|lived|worked|played (?:for|in)|known \w+ (?:for|since)|"
    r"never (?:been (?:married|abroad|to)|had|lived|learn|smoked|driven|flown|drunk|met))",
)
_OF_ONES_OWN = _patterns(
    rf"^{_WHOSE}{_OF_THEIRS}(?:,? {NAMES},?)?{_HOW_IT_IS} {_BE}",
    rf"^{_WHOSE}{_OF_THEIRS}(?:,? {NAMES},?)?{_HOW_IT_IS} {NAMES}[.!]?$",
    rf"^{_WHOSE}{_OF_THEIRS}(?:,? {NAMES},?)?(?: and i)? {VERB}",
    rf"^{_WHOSE}'?s? (?:{THING})(?: is| was|'s) (?!\w+ing (?:me|my)\b)",
    rf"^{_WHOSE}s?,? {NAMES}[.!]?$",
    rf"^{_WHOSE},? {NAMES}'s (?:{THING})(?: is| was) ",
    rf"^(?:my|our) (?:\w+ ){{0,2}}?{THING}(?: is| are| was|'s| lies) (?!(?:\w+ly )?(?:\w+ing (?:me|my)\b|slow|late|"
    r"down|here|dead|broken|cold|full|great|good|bad|fine|over|boring|hard|a (?:mess|joke|nightmare|disaster)))",
    r"^my (?:[\w'’-]+ ){1,4}(?:is|are|was) (?:called|named) ",
)
_OF_THE_NAMED = _patterns(
    rf"^{NAMES}(?: is| was|'s) (?:my|our) (?:\w+ ){{0,3}}?(?:{KIN})\b",
    rf"^{NAMES} and {NAMES} are (?:my|our) (?:\w+ ){{0,3}}?(?:{KIN})s?\b",
)
_OF_THE_KNOWN = re.compile(rf"^(?P<who>she|he|they|{NAMES})(?:(?:'s| is| are| was| were) {_BE}| {VERB})", re.IGNORECASE)
_BIRTHDAY_OF = re.compile(rf"^(?P<who>{NAMES}|her|his|their)(?:'s)? (?:{THING})(?: is| was|'s) ", re.IGNORECASE)

_NOT = re.compile(
    r"\?|\b(?:if|wish|would|wouldn't|could|couldn't|should|might|may be|maybe|perhaps|probably|(?-i:will)|won't|i'll|i'd|"
    r"going to|gonna|want to|hope|used to think|pretend|imagine|suppose|supposing|let's say|dream(?:s|ed|t)|"
    r"in (?:my|the|a|this|that) (?:dream|book|game|film|movie|novel|story|show|song|series|play)|my character|"
    r"apparently|supposedly|literally|basically|almost|nearly|"
    r"feel like|as though)\b|[\"“”«»*{}<>|]",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:says?|said|thinks?|told me|claims?|reads|wrote|texted)\b", re.IGNORECASE)
_OF_THEM = re.compile(rf"^(?:i|i'm|i've|we|we're|we've|my|our|{NAMES}(?:'s)?) ", re.IGNORECASE)
_PASSING = re.compile(
    r"\b(?:today|tonight|tomorrow|right now|just now|at the moment|this (?:morning|afternoon|evening)|again|on (?:my|his|"
    r"her|their|our) way|finally|all (?:day|night|morning)|for the weekend|in a (?:minute|moment|second)|soon|too much|"
    r"too late|enough)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(ONCE, re.IGNORECASE)
_JOKE = re.compile(
    r"\b(?:just |only |i'm |im )?(?:kidding|joking)\b|\bjk\b|\bnot really lol\b|\bpsych\b|\bapril fool", re.IGNORECASE
)
_LAUGHS = re.compile(r"\b(?:a?(?:ha){2,}h?|he(?:he)+|lo+l|lmf?ao|rofl)\b|[😂🤣😜😝🙃]", re.IGNORECASE)
_CLAIMS = re.compile(r"^(?:i(?:'m| am)|i (?:have|love|hate)|my \w+(?: is|'s)) ", re.IGNORECASE)
_PASTED = re.compile(
    r"^\s*>|^(?:from|to|subject|date|sent|cc|re|fwd)\s*:|^dear (?:sir|madam|all|customer|\w+ or)|https?://|```|"
    r"^\[?\d{1,2}[:/.]\d\d|^\s*[-*•] .+\n\s*[-*•] .+\n\s*[-*•] |</?\w+>",
    re.IGNORECASE | re.MULTILINE,
)
_FILLER = re.compile(
    r"^(?:well|so|and|but|oh|ah|hi|hello|hey|yes|no|nope|yeah|yep|ok|okay|actually|also|anyway|you know|by the way|btw|"
    r"honestly|fun fact|a(?:ha){1,3}|lo+l|since you ask)\b[,:.!\s]+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bProf\.)\s+|\n+")
_CLAUSE = re.compile(
    r"(?:[,;] (?:and |but |so )?| (?:and|but|while) )(?=(?:i|we|she|he|my|our|im|ive|shes|hes|today|yesterday)\b)",
    re.IGNORECASE,
)
_CHAT = {
    "im": "i'm", "ive": "i've", "dont": "don't", "doesnt": "doesn't", "cant": "can't", "havent": "haven't",
    "hasnt": "hasn't", "shes": "she's", "hes": "he's", "wont": "won't", "id": "i'd", "wouldnt": "wouldn't",
    "couldnt": "couldn't",
}  # fmt: skip
_CHAT_WORD = re.compile(rf"\b(?:{'|'.join(_CHAT)})\b", re.IGNORECASE)

FEWEST_WORDS = 3
FEWEST_BEFORE_AND = 3
"""Fewer words before an "and" are one subject of two people ("My brother and I"), not a statement of their own."""
TOO_LONG = 200
"""A longer sentence is a story or pasted text, not a statement."""
TOO_MANY = 12
"""Sentences looked at in one utterance; what is longer was pasted, not said."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, trimmed, without the empty ones."""
    return tuple(s.strip() for s in _SENTENCE.split(text) if s.strip())


def lasting(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The statements in this utterance about the person or their people that last, each a piece of ``text``.

    ``known``: names of the people known so far, lower case; what is said of them by name counts too, and what follows
    a statement about someone with "she" or "he".
    """
    head = text[: TOO_LONG * TOO_MANY * 2]
    if pasted(text):
        return ()
    found = sentences(head)
    out: list[str] = []
    before = False
    for clause in (c for s in found for c in _clauses(_bare(s))):
        before = _states(clause, known, before)
        if before:
            out.append(clause)
    return tuple(out)


def pasted(text: str) -> bool:
    """Whether this is text from elsewhere, or a joke, and so nothing that the person tells of themself."""
    head = text[: TOO_LONG * TOO_MANY * 2]
    return len(sentences(head)) > TOO_MANY or _PASTED.search(head) is not None or _JOKE.search(head) is not None


def could_last(sentence: str) -> bool:
    """Whether a sentence about the person or their people may be held for long, whatever its pattern: nothing passing,
    wished, asked, quoted, joked or reported. The word of a brain that it lasts is needed on top.
    """
    plain = tidy(_bare(sentence))
    words = plain.split(maxsplit=FEWEST_WORDS)
    if len(words) < FEWEST_WORDS or len(plain) > TOO_LONG or not _OF_THEM.match(plain):
        return False
    if _NOT.search(plain) or _REPORTS.search(plain) or is_question(plain) or _JOKE.search(plain):
        return False
    return not _LAUGHS.search(plain) and (not _PASSING.search(plain) or bool(_ONCE.search(plain)))


def tidy(sentence: str) -> str:
    """The sentence with plain apostrophes and chat spellings written out, for matching only."""
    plain = sentence.replace("’", "'").replace("`", "'")
    return _CHAT_WORD.sub(lambda m: _CHAT[m[0].lower()], plain)


def _bare(sentence: str) -> str:
    sentence = ASKS_TO_KEEP.sub("", sentence, count=1)
    while (shorter := _FILLER.sub("", sentence)) != sentence:
        sentence = shorter
    return sentence


def _clauses(sentence: str) -> list[str]:
    """ "My wife is Ana and we live in Porto": two statements. What depends on a condition or a quote stays whole."""
    joints = list(_CLAUSE.finditer(sentence))
    if not joints or _NOT.search(tidy(sentence)):
        return [sentence]
    parts: list[str] = []
    start = 0
    for found in joints:
        if _REPORTS.search(sentence, start, found.start()):
            break  # what follows may be what somebody else said
        if len(sentence[start : found.start()].split()) >= FEWEST_BEFORE_AND:
            parts.append(sentence[start : found.start()])
            start = found.end()
    return [p.strip() for p in (*parts, sentence[start:])]


def _states(clause: str, known: Collection[str], after_one: bool) -> bool:
    words = clause.split(maxsplit=FEWEST_WORDS)
    if len(clause) > TOO_LONG or len(words) < FEWEST_WORDS - ("'" in words[0] or "’" in words[0] if words else 0):
        return False
    plain = tidy(clause)
    first = plain.split(maxsplit=1)[0].lower()
    patterns = _OF_ONESELF if first in _ONESELF else _OF_ONES_OWN if first in ("my", "our") else _OF_THE_NAMED
    if not any(p.search(plain) for p in patterns) and not _of_someone(plain, known, after_one):
        return False
    if (
        _NOT.search(plain)
        or _REPORTS.search(plain)
        or is_question(plain)
        or (_PASSING.search(plain) and not _ONCE.search(plain))
    ):
        return False
    return not (_LAUGHS.search(plain) and _CLAIMS.match(plain))


_ONESELF = frozenset({"i", "i'm", "i've", "we", "we're", "we've"})


def _of_someone(plain: str, known: Collection[str], after_one: bool) -> bool:
    for pattern in (_OF_THE_KNOWN, _BIRTHDAY_OF):
        found = pattern.match(plain)
        if found is None:
            continue
        who = found["who"].lower().removesuffix("'s")
        if who in ("she", "he", "they", "her", "his", "their"):
            return after_one
        if who in known or who.split()[0] in known:
            return True
    return False
