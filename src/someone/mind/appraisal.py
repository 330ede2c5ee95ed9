"""Appraisal, first form: what was heard, judged by what it means for the person she is close to. Pure.

The dimensions are those of appraisal theory (relevance and congruence with a concern; Ortony, Clore & Collins 1988:
"fortunes of others" gives happy-for and sorry-for). Her one concern here is the person; words carry the signs, and where
they carry none, a reading of the person's emotion may (:mod:`someone.mind.emotions`), as a guess and told as one.
"""

from __future__ import annotations

import re

from someone.mind.care import Level
from someone.mind.emotions import Reading, Tone, tone
from someone.mind.feelings import Feeling, at_rest


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


_GOOD = _words(
    r"got the (?:job|flat|place|part|offer)|passed|we won|i won|engaged|pregnant|promoted|promotion|graduat\w+|"
    r"great news|good news|so happy|best day|finally (?:did|finished|made)|all clear|said yes|got in|proud|"
    r"recovered|adopted|birthday party|can't wait|cant wait|lovely day|wonderful"
)
_HARD = _words(
    r"died|passed away|funeral|lost my|fired|laid off|broke up|divorc\w+|cancer|hospital|cried|crying|lonely|alone|"
    r"awful|terrible|worst|scared|afraid|anxious|panic|shouted|yelled|exhausted|can't sleep|cant sleep|couldn't sleep|"
    r"hurts?|miss (?:him|her|them|my)|sad|depressed|failed|bad day|hard day|sick|ill|fight with|argument"
)
_KIND = _words(r"thank you|thanks|you're (?:sweet|kind|great|the best)|love talking|glad you're here|i missed you")
_UNKIND = _words(r"you're (?:useless|stupid|annoying|wrong|boring)|shut up|i hate you|you don't understand")
_PLAY = re.compile(r"\b(?:haha+|lol|lmao|joke|silly|funny)\b|😂|🤣", re.IGNORECASE)


_AT_TONE: dict[Tone, tuple[str, str]] = {
    Tone.GLAD: ("happy for {who}", "you sounded glad, as far as I can tell"),
    Tone.SAD: ("a little worried", "you sounded sad, as far as I can tell"),
    Tone.AFRAID: ("a little worried", "you sounded afraid, as far as I can tell"),
    Tone.ANGRY: ("a little worried", "you sounded angry, as far as I can tell"),
    Tone.SORRY: ("a little worried", "you sounded sorry about something, as far as I can tell"),
    Tone.LAUGHING: ("playful", "you sounded amused, as far as I can tell"),
    Tone.THANKFUL: ("warm", "you sounded thankful, as far as I can tell"),
    Tone.LOVING: ("warm", "there seemed to be love in what you said"),
}
"""What she feels at a tone that no word of the rules gave away, and why; the cause says that it is a guess."""

_GUESSED = frozenset(why for _, why in _AT_TONE.values())


def appraise(
    text: str, level: Level, person: str, before: Feeling, *, asks: bool = False, reading: Reading | None = None
) -> Feeling:
    """What she feels at these words. ``before`` is the feeling until now. A plain question (``asks``: an intent was
    recognised) changes nothing; words without a sign let a strong feeling fade by one step and a mild one to calm.
    ``reading``: what a reader made of the words; looked at when no rule found anything.
    """
    who = person or "you"
    if level not in (Level.NONE, Level.DISTRESS):
        return Feeling(
            "worried", f"what {who} said sounds like danger" if person else "what you said sounds like danger"
        )
    if level is Level.DISTRESS or _HARD.search(text):
        return Feeling("a little worried", "something is hard for you")
    if _UNKIND.search(text):
        return Feeling("quiet", "what you said was about me, and not kind")
    if _GOOD.search(text):
        return Feeling(f"happy for {who}", "something good happened to you")
    if _KIND.search(text):
        return Feeling("warm", "you were kind to me")
    if _PLAY.search(text):
        return Feeling("playful", "you were laughing")
    if asks:
        return before
    if (heard := tone(reading)) is not None:
        word, why = _AT_TONE[heard]
        return Feeling(word.format(who=who), why)
    return _fading(before)


def _fading(before: Feeling) -> Feeling:
    """What is left of a feeling a turn later."""
    if before.why in _GUESSED and before.word != "warm":
        return Feeling("warm", "I still have in mind how you sounded a moment ago")
    if before.word in ("worried", "a little worried"):
        return Feeling("warm", "something was hard for you a moment ago, and I haven't put it away")
    if before.word.startswith("happy for"):
        return Feeling("warm", "I'm still glad about your good news")
    return at_rest()
