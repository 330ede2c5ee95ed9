"""Regard: how the person treats her in these words: thanks, praise, unkindness, a trust broken, a correction, laughter. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from someone.mind.recall import content_words
from someone.mind.tidings import words


class Regard(StrEnum):
    """What was said to her, about her or between the two."""

    THANKS = "thanks"
    PRAISE = "praise"
    HELPED = "helped"
    TENDER = "tender"
    SORRY = "sorry"
    UNKIND = "unkind"
    BETRAYED = "betrayed"
    CORRECTED = "corrected"
    OLD_JOKE = "old_joke"
    LAUGHING = "laughing"


_TENDER = words(
    r"love talking (?:to|with) you|glad you're here|glad you exist|i missed you|(?:i|we) (?:really )?love you|like talking (?:to|with) you|happy you're here|means? a lot to me that you"
)
_PRAISE = words(
    r"you're (?:so |really |very |such )?(?:sweet|kind|great|the best|lovely|wonderful|amazing|awesome|a good (?:friend|listener)|funny|clever|smart|a star|brilliant|thoughtful)|"
    r"you are (?:so |really |very |such )?(?:sweet|kind|great|the best|lovely|wonderful|amazing|awesome|a good (?:friend|listener)|funny|clever|smart|a star|brilliant|thoughtful)|"
    r"(?:you have a |what a )good memory|you (?:always )?know what to say|well done|good (?:job|girl|boy|work)|i'm proud of you|you're getting better|i like (?:you|how you)"
)
_HELPED = words(
    r"(?:you|that|it|this|talking to you) (?:really |actually |has |have |already )*help(?:ed|s)(?: me| a lot| so much)?|you remembered|i couldn't have done it without you|"
    r"that was (?:really |very |so )?(?:helpful|useful|good advice)|your (?:advice|idea) (?:was|worked|helped)|(?:exactly|just) what i needed|"
    r"i did what you (?:said|suggested)"
)
_THANKS = words(
    r"(?<!says )(?<!said )thank you(?! (?:card|note|letter|speech|gift|present))|thanks(?!giving)|thank u|thx|i appreciate (?:it|you|that)|i'm grateful"
)
_SORRY = re.compile(
    r"\b(?:i'm|i am|im) (?:so |really |very )?sorry (?:for (?:what i said|shouting|yelling|being|snapping|that|the)|about (?:what i|earlier|yesterday|before|that|last)|"
    r"(?:that )?i (?:was|said|shouted|yelled|snapped|called|hurt|lied|told))|\bi (?:want to )?apologi[sz]e\b|\bi (?:was|have been|'ve been) (?:a bit |a little |so |too )?(?:short|rude|mean|unfair|harsh|unkind|cold) (?:with|to) you\b|\bi didn't mean (?:it|that|what i said)\b|\bforgive me\b"
)
_UNKIND = words(
    r"(?:you're|you are|youre|you r|ur) (?:so |really |such an? |an? |just |fucking |very |totally |completely |absolutely |being )*(?:useless|stupid|dumb|annoying|boring|idiot|pathetic|worthless|terrible|awful|the worst|"
    r"a joke|garbage|trash|fool|crap|shit|horrible|a waste of (?:time|space)|no (?:help|use|good))|shut up|i (?:really |just |fucking )?hate you|you (?:don't|dont|never) understand(?: me| anything)?|"
    r"you (?:really )?suck|(?:fuck|screw) (?:you|off)|go to hell|piss off|stupid (?:ai|bot|machine|thing)|nobody (?:likes|needs) you|you mean nothing to me|i don't care (?:about|what) you"
)
_BETRAYED = re.compile(
    r"\bi (?:\w+ )?(?:told|showed|gave|sold|sent|read)\b.{0,40}\b(?:your secrets?|our (?:secrets?|talks?|conversations?|chats?)|what you (?:told|said to) me|everything you (?:told|said))\b|"
    r"\bi (?:just |only )?(?:lied|was lying|have been lying|tricked|deceived|used) (?:to )?you\b(?! as| for| in| to)|\bi (?:only )?pretended to (?:like|trust|care about) you\b|\bi broke (?:my|the) promise to you\b|"
    r"\bi (?:never|don't) trust(?:ed)? you\b|\bi made (?:all of )?(?:it|that) (?:all )?up to (?:test|fool|trick) you\b"
)
_SAYS_NO = re.compile(
    r"\W*(?:no|nope|wrong)(?:[,.!]+ (?:no[,.!]* )?| )(?:it|that|this|she|he|they|its|it's|that's|thats|not|she's|he's)\b.{0,30}(?:\b(?:was|is|were|not|said|meant|called|lives?)\b|n't|'s|\bon \w+day\b)|"
    r"\W*(?:no|nope|wrong)[,!] (?:my|her|his|the|i)\b.{0,30}(?:\b(?:was|is|were|not|said|meant|called|lives?)\b|n't)|"
    r"\W*(?:no|nope|wrong)[,!] .{1,40}\b(?:is|was|are|were|lives?) .{1,30}\bnot\b|"
    r"\W*actually,? (?:my|her|his|the|it|it's|that|she|she's|he|he's|they)\b.{0,30}\b(?:called|not|on \w+day)\b"
)
_CORRECTED = re.compile(
    r"\b(?:that's|thats|that is|that was) (?:not (?:right|true|correct|so|what i (?:said|told|meant))|wrong|incorrect)(?= *[.,!]|$| i )|"
    r"\byou(?:'ve|'re| have| are)? (?:got|get|getting|had|have|remember(?:ed)?)\b.{0,20}\b(?:wrong|mixed up|confused|backwards)\b|\byou(?:'re|'ve| are| have)? (?:mixed|mixing|misremember\w*|misunderst\w+|misheard)\b|"
    r"\byou(?:'re| are| were) (?:wrong|mistaken)\b|\bi (?:never|didn't) (?:say|said|told you|tell you) (?:that|so)\b|\bi (?:said|told you) \w+,? not \w+"
)
_LAUGHING = re.compile(
    r"\b(?:haha+|hahah\w*|lol|lmao|rofl|hehe+|just (?:joking|kidding)|good joke|tell me a joke|(?:that's|thats|so|how|you're|very|really|too) (?:funny|silly)|hilarious|made me laugh|laughing)\b|😂|🤣|😆|😹"
)
_OLD_JOKE = re.compile(
    r"\bour (?:old |little |own |inside )?(?:joke|running joke)\b|\bthe old joke\b|\bremember (?:when we (?:laughed|joked)|how we laughed|our joke|that joke)\b|"
    r"\b(?:that|the same|the old) joke again\b|\bas we (?:always )?say\b"
)
JOKE_WORDS = 2
"""Words of a shared joke that must stand in what is said, or all of a shorter one."""


def regard(low: str, *, hers: str, jokes: Sequence[str] = ()) -> Regard | None:
    """What these words are to her, the gravest first. ``low``: as ``tidings.lowered`` gives it; ``hers``: what she said just
    before, "" for nothing; a "no" to a question of hers answers it, and corrects nothing; ``jokes``: what they laugh about together.
    """
    if _BETRAYED.search(low):
        return Regard.BETRAYED
    if _UNKIND.search(low):
        return Regard.UNKIND
    if hers and _corrects(low, hers):
        return Regard.CORRECTED
    if _SORRY.search(low):
        return Regard.SORRY
    laughing = _LAUGHING.search(low) is not None
    if _OLD_JOKE.search(low) or _shared(low, jokes, laughing=laughing):
        return Regard.OLD_JOKE
    for pattern, found in _KIND:
        if pattern.search(low):
            return found
    return Regard.LAUGHING if laughing else None


def _corrects(low: str, hers: str) -> bool:
    if not hers.rstrip().endswith("?") and _SAYS_NO.match(low):
        return True
    return _CORRECTED.search(low) is not None


_KIND = (
    (_TENDER, Regard.TENDER),
    (_PRAISE, Regard.PRAISE),
    (_HELPED, Regard.HELPED),
    (_THANKS, Regard.THANKS),
)


def _shared(low: str, jokes: Sequence[str], *, laughing: bool) -> bool:
    """Whether one of their jokes is in these words: two of its words, or one where somebody laughs."""
    if not jokes:
        return False
    said = set(content_words(low))
    for joke in jokes:
        own = set(content_words(joke))
        if own and len(own & said) >= min(len(own), 1 if laughing else JOKE_WORDS):
            return True
    return False
