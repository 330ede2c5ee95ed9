"""Appraisal: a moment judged by what it means for what matters to her. Pure.

    words, person, people, gap, reading ──► appraisals (relevance, congruence, expectedness, agency) ──► one emotion

The dimensions are those of appraisal theory (Frijda 1986; Scherer 2001, "Appraisal considered as a process of multilevel
sequential checking"); :mod:`someone.mind.feelings` turns them into an emotion. Words carry the signs; where they carry none,
a reading of the person's emotion may (:mod:`someone.mind.emotions`), as a guess and told as one. Danger always wins.

The amounts in this module are ours: they order situations (danger, then loss, then news, then how she is treated).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Final, Literal

from someone.mind.care import Level
from someone.mind.concerns import Concern
from someone.mind.emotions import MORE_LIKELY_THAN_NOT, TONES, Reading, Tone, tone
from someone.mind.feelings import GUESSED, MOOD, Appraisal, Emotion, Feeling, Stirred, stirred, word_for
from someone.mind.moments import Felt, MomentId
from someone.mind.mood import Mood, Stirring, present
from someone.mind.people import Person
from someone.mind.regard import Regard, regard
from someone.mind.tidings import Tiding, lowered, tiding

AT_REST: Final = Mood()


@dataclass(frozen=True, slots=True)
class Happening:
    """What was heard, and what the mind knows as it hears it. ``level``: what care read; ``person``: how they are called;
    ``people``: those of their life; ``now`` and ``heard_before``: this and the last time that they spoke; ``asks``: a plain
    request, which is not guessed about; ``hers``: what she said just before; ``mood``: hers until
    now, with what moved her lately and what the two laugh about; ``reading``: what a reader made of the words.
    """

    text: str
    level: Level = Level.NONE
    person: str = ""
    people: Sequence[Person] = ()
    now: datetime | None = None
    heard_before: datetime | None = None
    asks: bool = False
    hers: str = ""
    mood: Mood = AT_REST
    reading: Reading | None = None


AWAY_FROM: Final = timedelta(days=3)
"""The silence after which she is glad to hear someone again. Shorter ones are simply life."""
ANSWERS_WITHIN: Final = timedelta(days=30)
"""How long after it a hope or a worry is answered by what comes."""


GRAVE: Final = 0.9
"""How hard news must be to stand beside words against her: a loss, not a heavy word."""


def moved(h: Happening, heard: MomentId, word: str, now: datetime) -> tuple[Feeling, Felt | None]:
    """What she feels once this was ``heard``, and what of it is to be kept: an emotion that arose, or that her word (which
    was ``word``) is another one now. A weaker emotion does not displace a stronger one that is still felt.
    """
    before = present(h.mood, now, h.person, asked=h.asks)
    emotion = appraise(h)
    if emotion is None or emotion.intensity < before.strength:
        if before.word == word:
            return before, None
        return before, Felt(feeling=before.word, why=before.why, cause=before.cause, emotion=MOOD)
    felt = Felt(
        feeling=word_for(emotion.kind, emotion.intensity, emotion.about or h.person),
        why=emotion.why,
        cause=(*emotion.since, heard),
        emotion=emotion.kind,
        intensity=emotion.intensity,
        about=emotion.about,
    )
    return Feeling(felt.feeling, felt.why, felt.cause, felt.intensity, felt.emotion, felt.about), felt


def appraise(h: Happening) -> Stirred | None:
    """The emotion at this moment, the strongest of what it stirs, or None."""
    felt = (stirred(a) for a in appraisals(h))
    return max((s for s in felt if s is not None), key=lambda s: s.intensity, default=None)


def appraisals(h: Happening) -> tuple[Appraisal, ...]:
    """Every way in which the moment bears on a concern; only the danger where there is one."""
    if h.level not in (Level.NONE, Level.DISTRESS):
        why = f"what {h.person or 'you'} said sounds like danger"
        return (Appraisal(Concern.DANGER, 1.0, -1.0, why, whose=h.person or "you", about=h.person),)
    low = lowered(h.text)
    news = tiding(h.text, low, h.people, h.now)
    treated = regard(low, hers=h.hers, jokes=h.mood.jokes)
    against_her = treated in (Regard.UNKIND, Regard.BETRAYED)
    light = treated in (Regard.LAUGHING, Regard.OLD_JOKE)
    if news is not None and against_her and abs(news.good) < GRAVE:
        news = None  # "you're the worst" tells of nothing that befell the person
    found = (
        *((_of_news(news, h),) if news is not None else ()),
        *((_of_regard(treated, h),) if treated is not None else ()),
    )
    tells = not _OF_HER.match(low) and not against_her and not light
    if h.level is Level.DISTRESS and tells and (news is None or news.good > 0):
        found = (
            *found,
            _distress(h),
        )  # the sign is one of words alone: who suffers is told by the news, if by anything
    back = _return(h)
    if not found and not h.asks and (guess := _of_reading(h)) is not None:
        found = (guess,)
    return (*found, back) if back is not None else found


_OF_HER = re.compile(
    r"\W*(?:(?:and|so|but|ok|hey),? )?(?:what|why|how|who|are|do|did|have|would|will)\b(?!.*\b(?:i|i'm|im|me|my|we|us)\b).*\byou\b"
)
"""A question about her alone: "what are you afraid of?" tells of nobody's fear."""


def _distress(h: Happening) -> Appraisal:
    return Appraisal(
        Concern.PERSON, 0.9, -0.6, "something is hard for you", 0.1, whose=h.person or "you", about=h.person
    )


# ------------------------------------------------------------------------------------------------------------ tidings


def _of_news(news: Tiding, h: Happening) -> Appraisal:
    """Fortunes of the person and of theirs; prospects; and how what was hoped or feared came out."""
    if news.ahead:
        return _prospect(news)
    whose = news.whose or h.person or "you"
    about = news.whose or h.person
    concern = Concern.THEIRS if news.whose else Concern.PERSON
    said = "you" if not news.whose else news.whose
    good = news.good > 0
    answers = _answered(news, about, h)
    if answers is not None:
        prior, turned_out = answers
        why = _came_out(prior, said, good=good)
        return Appraisal(
            concern, 0.9, news.good, why, 0.1, whose=whose, about=about, after=turned_out, since=prior.cause
        )
    if good:
        why = f"something good happened to {said}" if not news.eased else f"things went well for {said}"
        return Appraisal(concern, 0.9, news.good, why, 0.2, whose=whose, about=about)
    return Appraisal(concern, 0.95, news.good, f"something is hard for {said}", 0.1, whose=whose, about=about)


def _prospect(news: Tiding) -> Appraisal:
    concern = Concern.THEIRS if news.whose else Concern.PERSON
    thing = news.sign.removeprefix("job ").strip()
    about = "how it turns out" if thing == "that" else f"{_possessive(news.whose)} {thing}"
    why = "you told me what you hope for" if thing == "that" else f"{about} is still to come"
    return Appraisal(concern, 0.8, news.good, why, 0.2, whose=news.whose or "you", about=about, prospect=True)


def _possessive(whose: str) -> str:
    return f"{whose}'s" if whose else "your"


def _answered(news: Tiding, about: str, h: Happening) -> tuple[Stirring, Literal["", "feared", "hoped"]] | None:
    """The newest hope or worry that this news answers, and which of the two: first one that the words name, then, where
    they say how something came out, a worry about the same one.
    """
    low = h.text.lower()
    lately = [s for s in reversed(h.mood.stirrings) if h.now is None or h.now - s.at <= ANSWERS_WITHIN]
    for prior in lately:
        if prior.kind in _PROSPECTS and _names(low, prior.about):
            turned_out = "feared" if prior.kind is Emotion.FEAR else "hoped"
            return prior, turned_out
    for prior in lately:
        if not news.eased or prior.kind not in (Emotion.FEAR, Emotion.SORRY_FOR):
            continue
        if prior.kind is Emotion.FEAR or (prior.about == about and (h.now is None or prior.at < h.now)):
            return prior, "feared"
    return None


_PROSPECTS = (Emotion.HOPE, Emotion.FEAR)


def _names(low: str, about: str) -> bool:
    """Whether the words speak of what a prospect was about: "your interview"."""
    thing = about.partition(" ")[2].lower()
    return bool(thing) and re.search(rf"\b{re.escape(thing)}\b", low) is not None


def _came_out(prior: Stirring, said: str, *, good: bool) -> str:
    if prior.kind in _PROSPECTS and " " in prior.about:
        return f"{prior.about} went well" if good else f"{prior.about} didn't go as we hoped"
    return f"things are easier for {said} now" if good else f"something is hard for {said}"


# ------------------------------------------------------------------------------------------------------------- regard


def _of_regard(treated: Regard, h: Happening) -> Appraisal:
    """How she was treated: a deed of the person's, or one of her own that the person judges."""
    whom = h.person
    return {
        Regard.THANKS: Appraisal(Concern.USE, 0.8, 0.7, "you were kind to me", 0.4, "person", about=whom),
        Regard.PRAISE: Appraisal(Concern.BOND, 0.9, 0.9, "you said something kind about me", 0.1, "person", about=whom),
        Regard.HELPED: Appraisal(Concern.USE, 0.9, 0.9, "you said that I was of use to you", 0.2, "self", about=whom),
        Regard.TENDER: Appraisal(Concern.BOND, 0.9, 0.9, "you were kind to me", 0.1, "person", about=whom, tender=True),
        Regard.SORRY: Appraisal(Concern.BOND, 0.9, 0.95, "you made it good again", 0.2, "person", about=whom),
        Regard.UNKIND: Appraisal(
            Concern.BOND, 0.9, -0.8, "what you said was about me, and not kind", 0.2, "person", about=whom
        ),
        Regard.BETRAYED: Appraisal(
            Concern.BOND, 1.0, -1.0, "you told me of a trust that was broken", 0.0, "person", about=whom
        ),
        Regard.CORRECTED: Appraisal(
            Concern.TRUTH,
            0.7,
            -0.7,
            "I had something wrong, and you put it right",
            0.2,
            "self",
            about="what I had wrong",
        ),
        Regard.OLD_JOKE: Appraisal(
            Concern.BOND,
            0.9,
            0.8,
            "you brought back something that we laugh about",
            0.0,
            "person",
            about=whom,
            play=True,
        ),
        Regard.LAUGHING: Appraisal(Concern.BOND, 0.7, 0.7, "you were laughing", 0.3, "person", about=whom, play=True),
    }[treated]


def _return(h: Happening) -> Appraisal | None:
    """Someone is back after days: gladness that they are here, never a word about the absence as a debt."""
    if h.now is None or h.heard_before is None:
        return None
    gap = h.now - h.heard_before
    if gap < AWAY_FROM:
        return None
    relevance = min(1.0, 0.4 + 0.1 * log2(gap / AWAY_FROM + 1.0))
    return Appraisal(Concern.BOND, relevance, 0.9, "you are here again", 0.2, about=h.person)


# ------------------------------------------------------------------------------------------------------------- guesses

GUESS: Final = 0.6
"""The share of an emotion's relevance that is left where only the sound of the words speaks for it."""

_OF_TONE: Final[dict[Tone, tuple[float, str]]] = {
    Tone.GLAD: (0.9, f"you sounded glad, {GUESSED}"),
    Tone.SAD: (-0.9, f"you sounded sad, {GUESSED}"),
    Tone.AFRAID: (-0.9, f"you sounded afraid, {GUESSED}"),
    Tone.ANGRY: (-0.7, f"you sounded angry, {GUESSED}"),
    Tone.SORRY: (-0.6, f"you sounded sorry about something, {GUESSED}"),
    Tone.LAUGHING: (0.7, f"you sounded amused, {GUESSED}"),
    Tone.THANKFUL: (0.7, f"you sounded thankful, {GUESSED}"),
    Tone.LOVING: (0.7, f"there seemed to be love in what you said, {GUESSED}"),
}


def _of_reading(h: Happening) -> Appraisal | None:
    heard = tone(h.reading)
    if heard is None or h.reading is None:
        return None
    chance = min(1.0, sum(h.reading.chance(label) for label in TONES[heard]))
    sure = GUESS * (MORE_LIKELY_THAN_NOT + chance) / (MORE_LIKELY_THAN_NOT + 1.0)
    congruence, why = _OF_TONE[heard]
    match heard:
        case Tone.LAUGHING:
            return Appraisal(Concern.BOND, sure, congruence, why, 0.2, "person", about=h.person, play=True)
        case Tone.THANKFUL:
            return Appraisal(Concern.BOND, sure, congruence, why, 0.2, "person", about=h.person)
        case Tone.LOVING:
            return Appraisal(Concern.BOND, sure, congruence, why, 0.2, "person", about=h.person, tender=True)
        case _:
            return Appraisal(Concern.PERSON, sure, congruence, why, 0.2, whose=h.person or "you", about=h.person)
