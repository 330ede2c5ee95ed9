"""Mood: where she is in the space of pleasure, arousal and dominance, and how it moves. A pure fold over ``Felt``.

Emotions push a mood that falls back to her temperament, after Gebhard 2005 ("ALMA: a layered model of affect", AAMAS).

    emotion (minutes)   ──push──►   mood (hours)   ──decay──►   temperament (stays)

Her temperament follows from five traits by Mehrabian's regressions (1996, "Analysis of the Big-five personality factors in
terms of the PAD temperament model", Australian Journal of Psychology 48:86-92). The space is Mehrabian & Russell's (1974).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from someone.mind.feelings import (
    CALM,
    LEFT_WORD,
    Emotion,
    Feeling,
    at_rest,
    left_of,
    word_for,
)
from someone.mind.moments import Entry, Felt, Heard, MomentId, Said, Shared

Pad = tuple[float, float, float]
"""Pleasure, arousal, dominance, each -1..1."""


def temperament(o: float, c: float, e: float, a: float, s: float) -> Pad:
    """Openness, conscientiousness, extraversion, agreeableness and emotional stability (each -1..1) to PAD.

    Mehrabian 1996 gives the weights for stability; ALMA prints the same equations and calls the last trait neuroticism,
    counted so that its worked example (0.4, 0.8, 0.6, 0.3, 0.4) lies at (0.38, -0.08, 0.50).
    """
    return (
        0.21 * e + 0.59 * a + 0.19 * s,
        0.15 * o + 0.30 * a - 0.57 * s,
        0.25 * o + 0.17 * c + 0.60 * e - 0.32 * a,
    )


TRAITS: Final = (0.6, 0.6, 0.0, 0.5, 0.5)
"""Hers: open and careful, neither outgoing nor shy, kind, fairly steady. Ours: who she is meant to be when nothing weighs on
her. It lies in the octant that Mehrabian calls relaxed (pleasant, low arousal, in command of herself)."""
TEMPERAMENT: Final[Pad] = temperament(*TRAITS)

CENTRES: Final[dict[Emotion, Pad]] = {
    Emotion.JOY: (0.4, 0.2, 0.1),
    Emotion.DISTRESS: (-0.4, -0.2, -0.5),
    Emotion.HAPPY_FOR: (0.4, 0.2, 0.2),
    Emotion.SORRY_FOR: (-0.4, -0.2, -0.5),
    Emotion.HOPE: (0.2, 0.2, -0.1),
    Emotion.FEAR: (-0.64, 0.60, -0.43),
    Emotion.RELIEF: (0.2, -0.3, 0.4),
    Emotion.DISAPPOINTMENT: (-0.3, 0.1, -0.4),
    Emotion.GRATITUDE: (0.4, 0.2, -0.3),
    Emotion.PRIDE: (0.4, 0.3, 0.3),
    Emotion.REMORSE: (-0.3, 0.1, -0.6),
    Emotion.HURT: (-0.51, -0.2, -0.25),
    Emotion.ADMIRATION: (0.5, 0.3, -0.2),
    Emotion.LOVE: (0.3, 0.1, 0.2),
    Emotion.AMUSEMENT: (0.4, 0.4, 0.1),
}
"""Where each emotion lies: Gebhard 2005, table 2 (OCC emotions in PAD space). Two are ours. HURT has the displeasure of his
anger and neither its arousal nor its dominance, for she is quiet then and attacks nobody; AMUSEMENT is his joy with twice the
arousal, for laughter stirs."""

PUSH: Final = 0.4
"""The share of the way that an emotion of full strength and an extreme centre would move the mood. Ours: one strong moment
is noticed and does not turn the mood over; it takes several of one kind."""
MOOD_HALF_LIFE: Final = timedelta(hours=4)
"""How fast the mood falls back. Moods last hours to a day or two, emotions minutes to hours (Beedie, Terry & Lane 2005,
"Distinctions between emotion and mood", Cognition and Emotion 19:847-878). Within those bounds ours: a talk in the morning is
felt in the evening and gone the day after."""
EMOTION_HALF_LIFE: Final = timedelta(minutes=20)
"""How fast an emotion fades by time alone. Most episodes last less than an hour (Verduyn et al. 2009, "Predicting the
duration of emotional experience", Emotion 9:83-91); within that, ours."""
LINE_HALVES: Final = 0.5
"""What is left of an emotion with each further thing that the person says: the talk has moved on. Ours."""
STILL: Final = 0.2
"""The strength from which an emotion still has the word. Ours: a strong one lasts two further lines, a mild one one."""
AFRAID_STILL: Final = 0.4
"""The strength from which fear keeps its word though the person has said more: danger is not put away at once."""
ASIDE: Final = frozenset(
    f"rule:{name}"
    for name in (
        "feeling",
        "why_feeling",
        "time",
        "date",
        "who_are_you",
        "why_name",
        "who_am_i",
        "honest_ai",
        "change_name",
    )
)
"""Replies to plain requests: with these the talk has not moved on, and what she felt before them she feels after them."""
KEPT: Final = 12
"""Emotions remembered, for what answers them later ("it went well")."""
JOKES_KEPT: Final = 24


class Stirring(BaseModel):
    """An emotion that was felt. ``line``: the mood's ``lines`` at that time; ``cause``: the moments behind it."""

    model_config = ConfigDict(frozen=True)

    kind: Emotion
    intensity: float = Field(ge=0.0, le=1.0)
    about: str = ""
    why: str = ""
    cause: tuple[MomentId, ...] = ()
    at: datetime
    line: int = 0

    def strength(self, now: datetime, line: int) -> float:
        """How much of it is left at this time, at the person's ``line``: 0..1."""
        age = max(timedelta(0), now - self.at) / EMOTION_HALF_LIFE
        return self.intensity * LINE_HALVES ** max(0, line - self.line) * 0.5**age


class Mood(BaseModel):
    """Pleasure, arousal and dominance (each -1..1) as they were ``at`` that time; None: nothing has moved her yet.

    ``lines``: what the person has said since the first of them; ``stirrings``: the newest emotions, oldest first. ``jokes``: what they laugh about together, in the person's words.
    """

    model_config = ConfigDict(frozen=True)

    p: float = TEMPERAMENT[0]
    a: float = TEMPERAMENT[1]
    d: float = TEMPERAMENT[2]
    at: datetime | None = None
    lines: int = 0
    stirrings: tuple[Stirring, ...] = ()
    jokes: tuple[str, ...] = ()

    @property
    def pad(self) -> Pad:
        return (self.p, self.a, self.d)


def step(mood: Mood, entry: Entry) -> Mood:
    """The mood after one more moment."""
    match entry.moment:
        case Heard():
            return mood.model_copy(update={"lines": mood.lines + 1}) if mood.stirrings else mood
        case Said(by=by) if by in ASIDE and mood.lines:
            return mood.model_copy(update={"lines": mood.lines - 1})
        case Felt() as felt:
            return _felt(mood, entry, felt)
        case Shared(what="joke" | "saying", text=text):
            return mood.model_copy(update={"jokes": (*(j for j in mood.jokes if j != text), text)[-JOKES_KEPT:]})
        case _:
            return mood


def mood_at(mood: Mood, now: datetime) -> Mood:
    """The mood at a later time: what was pushed away from her temperament has halved with every half-life. A clock that
    went backwards changes nothing.
    """
    if mood.at is None or now <= mood.at:
        return mood
    p, a, d = _decayed(mood, now)
    return mood.model_copy(update={"p": p, "a": a, "d": d, "at": now})


def _decayed(mood: Mood, now: datetime) -> Pad:
    if mood.at is None or now <= mood.at:
        return mood.pad
    left = 0.5 ** ((now - mood.at) / MOOD_HALF_LIFE)
    p, a, d = (t + (m - t) * left for m, t in zip(mood.pad, TEMPERAMENT, strict=True))
    return p, a, d


def pushed(pad: Pad, kind: Emotion, intensity: float) -> Pad:
    """Where the mood is right after an emotion. Each dimension goes toward the emotion's side of the space, by PUSH x
    intensity x the centre's own distance, as a share of the room that is left there.

    This is ALMA's pull toward the emotion's centre and its push beyond it in one step: never back toward the middle, never
    past the edge. Two emotions in either order differ by at most 2 x the product of their two shares in a dimension, and
    by nothing where they lie on the same side.
    """
    p, a, d = (
        m + PUSH * intensity * abs(c) * ((1.0 if c > 0 else -1.0) - m) for m, c in zip(pad, CENTRES[kind], strict=True)
    )
    return p, a, d


_BY_NAME: Final = {e.value: e for e in Emotion}
_BEFORE_KINDS: Final[dict[str, tuple[Emotion, float]]] = {
    "worried": (Emotion.FEAR, 1.0),
    "a little worried": (Emotion.SORRY_FOR, 0.6),
    "quiet": (Emotion.HURT, 0.4),
    "happy": (Emotion.HAPPY_FOR, 0.7),
    "glad": (Emotion.JOY, 0.5),
    "playful": (Emotion.AMUSEMENT, 0.3),
    "warm": (Emotion.GRATITUDE, 0.2),
}
"""What the words of a journal from before there were kinds stand for. Warm is weak: it was also said while a feeling faded."""


def kind_of(felt: Felt) -> tuple[Emotion, float] | None:
    """The kind and intensity of what was felt; None for a return to the mood and for a word that nobody knows."""
    if felt.emotion:
        known = _BY_NAME.get(felt.emotion)
        return (known, felt.intensity) if known is not None and felt.intensity > 0 else None
    return _BEFORE_KINDS.get(felt.feeling) or _BEFORE_KINDS.get(felt.feeling.partition(" for ")[0])


def _felt(mood: Mood, entry: Entry, felt: Felt) -> Mood:
    found = kind_of(felt)
    if found is None:
        return mood
    kind, intensity = found
    p, a, d = pushed(_decayed(mood, entry.at), kind, intensity)
    about = felt.about or felt.feeling.partition(" for ")[2]
    stirring = Stirring(
        kind=kind, intensity=intensity, about=about, why=felt.why, cause=felt.cause, at=entry.at, line=mood.lines
    )
    at = max(entry.at, mood.at or entry.at)
    stirrings = (*mood.stirrings, stirring)[-KEPT:]
    return mood.model_copy(update={"p": p, "a": a, "d": d, "at": at, "stirrings": stirrings})


NOTICED: Final = 0.09
"""How far from her temperament, as a share of the room on that side, a mood has a word of its own. Ours: one strong moment
is noticed for an hour or two."""
MARKED: Final = 0.25
"""The share from which it is a marked one. Ours: two or three strong moments of one kind."""

MoodWord = Literal["bright", "warm", "calm", "thoughtful", "quiet"]


def mood_word(mood: Mood) -> MoodWord:
    """The mood in one of the embedded brain's words: brighter or heavier than her temperament, and how much."""
    return _word(mood.p)


def _word(pleasure: float) -> MoodWord:
    off = pleasure - TEMPERAMENT[0]
    share = off / (1.0 - TEMPERAMENT[0] if off > 0 else 1.0 + TEMPERAMENT[0])
    if abs(share) < NOTICED:
        return CALM
    if share < 0:
        return "quiet" if share <= -MARKED else "thoughtful"
    return "bright" if share >= MARKED else "warm"


def present(mood: Mood, now: datetime, person: str = "", *, asked: bool = False) -> Feeling:
    """What she feels at ``now``: the strongest emotion that is still felt, else the mood, each with its cause.

    ``asked``: what was heard last is a plain request, with which the talk has not moved on.
    """
    line = mood.lines - 1 if asked else mood.lines
    strongest = max(mood.stirrings, key=lambda s: (s.strength(now, line), s.at), default=None)
    if strongest is not None and (strength := strongest.strength(now, line)) >= STILL:
        return _still(strongest, strength, person, fresh=line <= strongest.line)
    pleasure = _decayed(mood, now)[0]
    word = _word(pleasure)
    behind = _behind(mood, now, brighter=pleasure > TEMPERAMENT[0]) if word != CALM else None
    if behind is None:
        return at_rest()
    return Feeling(word, f"it has stayed with me that {behind.why}", behind.cause)


def _still(stirring: Stirring, strength: float, person: str, *, fresh: bool) -> Feeling:
    """Its own word until the person has said something more; a danger for one line longer; then what is left of it."""
    kind, about = stirring.kind, stirring.about or person
    if fresh or (kind is Emotion.FEAR and strength >= AFRAID_STILL):
        word, why = word_for(kind, stirring.intensity if fresh else strength, about), stirring.why
    else:
        word, why = LEFT_WORD, left_of(stirring.why)
    return Feeling(word, why, stirring.cause, strength, kind.value, stirring.about)


def _behind(mood: Mood, now: datetime, *, brighter: bool) -> Stirring | None:
    """The emotion that did most to bring this mood: on its side of the space, the strongest that has not faded from it."""
    same = [s for s in mood.stirrings if (CENTRES[s.kind][0] > 0) == brighter]

    def share(s: Stirring) -> float:
        age = max(timedelta(0), now - s.at) / MOOD_HALF_LIFE
        return s.intensity * abs(CENTRES[s.kind][0]) * 0.5**age

    return max(same, key=lambda s: (share(s), s.at), default=None)


PACE_BOUND: Final = 0.08
"""The most that her mood makes her speak faster or slower (a share). Small, so that she is always easy to follow."""


def pace(pad: Pad) -> float:
    """How fast she speaks in this mood, times her usual pace: 0.92..1.08. Arousal quickens speech and sadness slows it
    (Juslin & Laukka 2003, Psychological Bulletin 129:770-814, across studies); the amounts are ours.
    """
    off_p, off_a = pad[0] - TEMPERAMENT[0], pad[1] - TEMPERAMENT[1]
    return round(1.0 + max(-PACE_BOUND, min(PACE_BOUND, 0.12 * off_a + 0.06 * off_p)), 3)
