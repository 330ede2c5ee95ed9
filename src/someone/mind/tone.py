"""Tone: does a sentence of a small model fit what it answers? Pure.

A tiny model is glad at bad news, sorry at good news, asks about suicide where nothing pointed to it, tells of a life that it
has not lived, and falls back on what it said or heard much earlier. Each of these can be told by words; a sentence that does
so is not said. Reads only short lists of plain words: what is in none of them is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from someone.mind.recall import content_words, stem

Mood = Literal["good", "bad", ""]


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


_BAD = _words(
    r"died|dead|dying|passed away|funeral|lost (?:my|the|her|his|our)|(?:a bit |so |feel(?:ing)? )lost|fired|laid off|broke up|"
    r"divorc\w+|cancer|(?:in|to) (?:the )?hospital|cr(?:y|ied|ying)|tears|lonely|alone|awful|terrible|horrible|worst|scared|afraid|"
    r"anxious|panic\w*|shouted|yelled|exhausted|(?:can't|couldn't|can not|could not) (?:sleep|stop)|slept (?:badly|poorly)|hurts?|"
    r"hurting|pain|ache|aches|miss(?:es)? (?:him|her|them|my|you)|sad|depressed|fail(?:ed|ing)?|bad day|hard day|long day|rough|sick|"
    r"ill|fight|argu(?:ed|ment)|ran away|cancel\w*|crash\w*|stole|stolen|moving away|passed over|fell (?:down|off|over)|"
    r"(?:didn't|did not|don't) (?:get the|recogni[sz]e)|doesn't recogni[sz]e|nobody|no one|rejected|worried|tired of|stressed|"
    r"overwhelmed|hate (?:my|this|it)|upset|angry|heartbroken|worse|broken|don't know how to do|deadline"
)
_GOOD = _words(
    r"got (?:the (?:job|flat|place|part|offer|keys)|in|engaged|married|promoted)|passed(?! away| over| out)|we won|i won|won|engaged|pregnant|"
    r"promoted|promotion|graduat\w+|great news|good news|so happy|best day|finally|all clear|said yes|proud|recovered|adopted|"
    r"can't wait|lovely day|wonderful|beautiful|came home from|gave me a raise|a raise|had (?:her|the|our) baby|getting married|"
    r"well again|better now|it worked|sold|by myself|without stopping|first (?:flower|time in)|so glad|excited|amazing|called me after"
)
_TURNED = re.compile(r"\b(?:not|never|no longer|isn't|wasn't|stopped being|don't feel) (?:\w+ ){0,2}$", re.IGNORECASE)

_GLAD = _words(
    r"(?:i'm|i am|so|really|very) (?:so |really |very )?(?:glad|happy|proud|pleased|excited)|glad|happy|great|lovely|wonderful|awesome|"
    r"congratulations|well done|good news|good for you|celebrate|how nice|that's nice|nice|fun|beautiful|exciting|perfect|enjoy|well again|good (?:story|night's)|peaceful"
)
_SORRY = _words(
    r"sorry|sad|unfair|oh no|heavy|(?:must|may) (?:have )?(?:be|been|hurt|feel)\w* (?:so |very |a )*(?:hard|heavy|hurt|lonely|loud|painful)?"
    r"|that hurts|hurt|painful|terrible|awful|lonely"
)
_FITS_GLAD = _words(r"must (?:have|be) (?:\w+ ){0,2}(?:proud|happy|glad|good|great|excited|relieved|wonderful|lovely)")
_DANGER = _words(
    r"killing yourself|kill yourself|suicid\w*|ending your life|end your life|number on the screen|hurt yourself|please call|call the police|emergency"
)
_LIVED = re.compile(
    r"\bI(?:'ve| have|'d| had)? (?:just |also |already |only |once |never |always |usually |often )*(?:(?:didn't|don't|haven't|did not|do not) )?"
    r"(?:ate|eat|eaten|drank|drink|slept|sleep|woke|was born|grew up|cooked|cook|walked|went|lived in|drove|swam|danced|married|"
    r"been (?:to|there)|have (?:a|two|three) (?:cat|dog|sister|brother|son|daughter|child|kid|husband|wife|mother|house|car)\w*)\b"
    r"|\bmy (?:mother|father|mum|mom|dad|sister|brother|wife|husband|childhood|house|bed|body|hands)\b|\breal (?:wo)?man\b"
    r"|\bI(?:'m| am) (?:so |very |a bit |a little )?(?:tired|hungry|sleepy|thirsty|cold|sick|ill|exhausted)\b",
    re.IGNORECASE,
)
_SAME_AT = 3
"""Words from which a sentence that she has said in this talk counts as a repetition. "I see." may come again."""
_STRAYED = 2


def mood(text: str) -> Mood:
    """Whether the person's words read as bad or as good news; bad where both stand ("passed, but my dad died")."""
    plain = text.replace("’", "'")
    if any(not _TURNED.search(plain[: m.start()]) for m in _BAD.finditer(plain)):
        return "bad" if not _better(plain) else "good"
    return "good" if any(not _TURNED.search(plain[: m.start()]) for m in _GOOD.finditer(plain)) else ""


_BETTER = _words(
    r"came home from(?: the)? hospital|well again|recovered|all clear|feel(?:ing|s)? better|better now|out of hospital|in tears of joy"
)


def _better(plain: str) -> bool:
    return _BETTER.search(plain) is not None


def fits(sentence: str, text: str, felt: Mood | None = None) -> bool:
    """Whether a sentence may answer ``text``: glad at no bad news, sorry at no good news, no talk of danger that the rules
    did not find, no life of her own. ``felt``: the mood of the talk where the words alone show none.
    """
    plain = sentence.replace("’", "'")
    if _DANGER.search(plain) or _LIVED.search(plain):
        return False
    found = mood(text) or felt or ""
    if found == "bad":
        return _GLAD.search(plain) is None
    if found == "good":
        return _SORRY.search(_FITS_GLAD.sub("", plain)) is None
    return True


def repeats(sentence: str, hers: Sequence[str]) -> bool:
    """Whether she has said this sentence before in these lines of hers."""
    key = _key(sentence)
    if len(key.split()) < _SAME_AT:
        return False
    return any(key == _key(said) for line in hers for said in re.split(r"(?<=[.!?])\s+", line))


def strays(sentence: str, recent: Sequence[str], older: Sequence[str]) -> bool:
    """Whether two or more of its words come from much earlier lines and from nothing that is spoken of now."""
    words = _stems([sentence])
    return len((words & _stems(older)) - _stems(recent)) >= _STRAYED


def _key(sentence: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", sentence.casefold()))


def _stems(lines: Sequence[str]) -> set[str]:
    return {stem(word) for line in lines for group in content_words(line, 60) for word in group}
