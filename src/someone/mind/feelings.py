"""Feelings: which emotion an appraisal gives, how strong, about whom, and in which word. Pure.

The rules are those of Ortony, Clore & Collins 1988 (*The Cognitive Structure of Emotions*): fortunes of others, prospects
and how they turn out, one's own and others' deeds. What is felt, with the moments that caused it, is journaled as ``Felt``,
so "why do you feel that?" has a true answer. The words are ones that the embedded brain was trained with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from someone.mind.concerns import WEIGHT, Concern
from someone.mind.moments import Entry, Felt, MomentId

CALM: Final = "calm"
"""Her word at rest."""
MOOD: Final = "mood"
"""The ``emotion`` of a ``Felt`` that only says that an emotion is over and the mood has the word again."""
FELT_FROM: Final = 0.12
"""The intensity below which nothing is felt. Ours: the least of the situations that are appraised lies above it."""
EXPECTED_TAKES: Final = 0.4
"""The share of an emotion's strength that full expectedness takes away. That the unexpected is felt more is Ortony et al.'s
(1988, ch. 4, a global variable of intensity); the amount is ours."""


class Emotion(StrEnum):
    """The kinds, named as by Ortony, Clore & Collins; ``HURT`` is their anger without any blame, ``SORRY_FOR`` their pity,
    ``AMUSEMENT`` is not theirs: shared laughter.
    """

    JOY = "joy"
    DISTRESS = "distress"
    HAPPY_FOR = "happy_for"
    SORRY_FOR = "sorry_for"
    HOPE = "hope"
    FEAR = "fear"
    RELIEF = "relief"
    DISAPPOINTMENT = "disappointment"
    GRATITUDE = "gratitude"
    PRIDE = "pride"
    REMORSE = "remorse"
    HURT = "hurt"
    ADMIRATION = "admiration"
    LOVE = "love"
    AMUSEMENT = "amusement"


Agency = Literal["self", "person", "other", "circumstance"]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A moment seen from one concern. ``relevance`` 0..1; ``congruence`` -1 (against it) .. 1 (for it); ``expectedness``
    0..1; ``agency``: whose doing it is. ``whose``: whose fortune it is, "" for hers. ``prospect``: still to come.
    ``after``: the prospect that it answers. ``play``: laughter. ``tender``: said with love. ``about``: whom or what, in the
    person's words. ``why`` fits "because {why}". ``since``: earlier moments that it answers.
    """

    concern: Concern
    relevance: float
    congruence: float
    why: str
    expectedness: float = 0.0
    agency: Agency = "circumstance"
    whose: str = ""
    about: str = ""
    prospect: bool = False
    after: Literal["", "feared", "hoped"] = ""
    play: bool = False
    tender: bool = False
    since: tuple[MomentId, ...] = ()

    @property
    def intensity(self) -> float:
        """How strongly it is felt, 0..1."""
        expected = 1.0 - EXPECTED_TAKES * self.expectedness
        return min(1.0, WEIGHT[self.concern] * self.relevance * abs(self.congruence) * expected)


@dataclass(frozen=True, slots=True)
class Stirred:
    """One emotion: what it is, how strong (0..1), about whom or what, why, and which earlier moments belong to it."""

    kind: Emotion
    intensity: float
    about: str
    why: str
    since: tuple[MomentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeling:
    """``word`` fits "I feel {word}."; ``why`` fits "because {why}."; ``cause``: the moments behind it; ``strength`` 0..1
    is how much of an emotion is in it now, 0 where it is the mood's; ``kind`` and ``about`` are of that emotion.
    """

    word: str
    why: str
    cause: tuple[MomentId, ...] = ()
    strength: float = 0.0
    kind: str = MOOD
    about: str = ""


def at_rest() -> Feeling:
    return Feeling(CALM, "nothing is pressing on me")


def stirred(appraisal: Appraisal) -> Stirred | None:
    """The emotion that an appraisal gives, or None where it is too faint to be felt."""
    intensity = appraisal.intensity
    if intensity < FELT_FROM:
        return None
    return Stirred(_kind(appraisal), intensity, appraisal.about, appraisal.why, appraisal.since)


def _kind(a: Appraisal) -> Emotion:
    good = a.congruence > 0
    if a.concern is Concern.DANGER:
        return Emotion.FEAR
    if a.play:
        return Emotion.AMUSEMENT
    if a.prospect:
        return Emotion.HOPE if good else Emotion.FEAR
    if a.after == "feared" and good:
        return Emotion.RELIEF
    if a.after == "hoped" and not good:
        return Emotion.DISAPPOINTMENT
    if a.whose:
        return Emotion.HAPPY_FOR if good else Emotion.SORRY_FOR
    return _at_a_deed(a, good=good)


def _at_a_deed(a: Appraisal, *, good: bool) -> Emotion:
    """What somebody did, or, where it is nobody's doing, what simply is."""
    match a.agency, good:
        case "self", True:
            return Emotion.PRIDE
        case "self", False:
            return Emotion.REMORSE
        case "person", True:
            return Emotion.LOVE if a.tender else Emotion.GRATITUDE
        case "other", True:
            return Emotion.ADMIRATION
        case (("person" | "other"), False):
            return Emotion.HURT
        case _, True:
            return Emotion.JOY
        case _:
            return Emotion.DISTRESS


WORDS: Final[dict[Emotion, str]] = {
    Emotion.JOY: "glad",
    Emotion.DISTRESS: "a little sad",
    Emotion.HAPPY_FOR: "happy for {about}",
    Emotion.SORRY_FOR: "a little worried",
    Emotion.HOPE: "hopeful",
    Emotion.FEAR: "a little worried",
    Emotion.RELIEF: "relieved",
    Emotion.DISAPPOINTMENT: "a little sad",
    Emotion.GRATITUDE: "warm",
    Emotion.PRIDE: "glad",
    Emotion.REMORSE: "careful",
    Emotion.HURT: "quiet",
    Emotion.ADMIRATION: "proud",
    Emotion.LOVE: "warm",
    Emotion.AMUSEMENT: "playful",
}
"""The word for each in the embedded brain's dialect: all stand in the feelings that it was trained with."""

VERY_AFRAID: Final = 0.8
"""The strength from which fear is "worried" and no longer "a little"; only danger reaches it."""

NAMES: Final[dict[Emotion, str]] = {
    Emotion.JOY: "gladness",
    Emotion.DISTRESS: "sadness",
    Emotion.HAPPY_FOR: "gladness for {about}",
    Emotion.SORRY_FOR: "concern for {about}",
    Emotion.HOPE: "hope for {about}",
    Emotion.FEAR: "worry about {about}",
    Emotion.RELIEF: "relief",
    Emotion.DISAPPOINTMENT: "disappointment",
    Emotion.GRATITUDE: "thankfulness",
    Emotion.PRIDE: "gladness to be of use",
    Emotion.REMORSE: "being sorry",
    Emotion.HURT: "being hurt",
    Emotion.ADMIRATION: "admiration",
    Emotion.LOVE: "fondness",
    Emotion.AMUSEMENT: "amusement",
}
"""The emotion's name for a person who asks."""

GUESSED: Final = "as far as I can tell"
"""Stands in every cause that is a guess from how the words sounded."""
LEFT_WORD: Final = "warm"
"""Her word while an emotion is fading: near to the person, whatever it was."""


def left_of(why: str) -> str:
    """The cause of an emotion while it fades; of a guess, still as one."""
    return "I still have in mind how you sounded a moment ago" if GUESSED in why else f"I still have in mind that {why}"


def word_for(kind: Emotion, strength: float, about: str) -> str:
    """The word for an emotion of this strength. ``about``: a name, or "you"."""
    if kind is Emotion.FEAR and strength >= VERY_AFRAID:
        return "worried"
    return WORDS[kind].format(about=about or "you")


def name_of(kind: str, about: str, person: str = "") -> str:
    """What the emotion is called, "" for none. ``about`` the person themself is told as "you"."""
    if kind not in NAMES:
        return ""
    whom = "you" if not about or about == person else about
    return NAMES[Emotion(kind)].format(about=whom)


ON_HER_MIND_HALF_LIFE: Final = timedelta(days=1)
"""How fast a moment leaves her mind: after a night's sleep half of it is left. Ours: a night looks mostly at its own day."""


def on_her_mind(entries: Sequence[Entry], now: datetime, n: int = 5) -> tuple[MomentId, ...]:
    """The moments that move her most at ``now``: what she thinks about at night. Best first, at most ``n``.

    ``entries``: the journal's ``Felt`` (others are passed over). Each gives its intensity, halved with every day of its
    age, to the moments that caused it; of equals the newer comes first.
    """
    weight: dict[MomentId, float] = {}
    for entry in entries:
        felt = entry.moment
        if not isinstance(felt, Felt) or felt.emotion == MOOD:
            continue
        age = max(timedelta(0), now - entry.at) / ON_HER_MIND_HALF_LIFE
        for moment in felt.cause:
            weight[moment] = weight.get(moment, 0.0) + felt.intensity * 0.5**age
    ordered = sorted(weight, key=lambda m: (-weight[m], -m))
    return tuple(ordered[: max(0, n)])
