"""What a reading of the person's words may mean, and how far it is trusted. Pure.

A reading is a guess: the chance of each of the 28 labels of GoEmotions (Demszky et al. 2020), given by a
:class:`someone.ports.Reader`. It is a hint about the *person*, not a fact: it is not kept, it is no evidence of anything,
it never stands above a rule of danger, and what she says of it says that it only sounded so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LABELS: Final = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire",
    "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear", "gratitude", "grief", "joy", "love",
    "nervousness", "optimism", "pride", "realization", "relief", "remorse", "sadness", "surprise", "neutral",
)  # fmt: skip
"""The labels of GoEmotions in the order of its files."""

MORE_LIKELY_THAN_NOT: Final = 0.5
"""The chance of a tone from which she goes by it. Below it she goes by her rules alone."""


class Tone(StrEnum):
    """What several labels have in common for someone who is close to the person."""

    GLAD = "glad"
    SAD = "sad"
    AFRAID = "afraid"
    ANGRY = "angry"
    SORRY = "sorry"
    LAUGHING = "laughing"
    THANKFUL = "thankful"
    LOVING = "loving"


TONES: Final[dict[Tone, tuple[str, ...]]] = {
    Tone.GLAD: ("joy", "excitement", "pride", "relief"),
    Tone.SAD: ("sadness", "grief", "disappointment"),
    Tone.AFRAID: ("fear", "nervousness"),
    Tone.ANGRY: ("anger", "annoyance", "disgust"),
    Tone.SORRY: ("remorse", "embarrassment"),
    Tone.LAUGHING: ("amusement",),
    Tone.THANKFUL: ("gratitude",),
    Tone.LOVING: ("love",),
}
"""Labels that are near each other in GoEmotions' own clustering of its raters' judgments (figure 2 there). The others
(approval, curiosity, neutral ...) say little about how the person is, and no tone is made of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``chances``: one in 0..1 for each of :data:`LABELS`, in that order, near to independent of one another.
    ``labels``: those that a reader would name, the likeliest first; may be empty.
    """

    chances: tuple[float, ...]
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.chances) != len(LABELS) or not all(0.0 <= c <= 1.0 for c in self.chances):
            raise ValueError(f"a reading has a chance in 0..1 for each of {len(LABELS)} labels")

    def chance(self, label: str) -> float:
        """The chance of one label. Raises ValueError for a label that is none."""
        return self.chances[LABELS.index(label)]


def of(**chances: float) -> Reading:
    """A reading by label; those that are not named have no chance. ``of(joy=0.9)``."""
    named = sorted((label for label in chances if chances[label] >= MORE_LIKELY_THAN_NOT), key=lambda x: -chances[x])
    if unknown := set(chances) - set(LABELS):
        raise ValueError(f"not a label: {', '.join(sorted(unknown))}")
    return Reading(tuple(chances.get(label, 0.0) for label in LABELS), tuple(named))


def tone(reading: Reading | None) -> Tone | None:
    """The tone that is more likely than not, or None: most of what people say carries none.

    Most texts carry one label (83 % in GoEmotions), so the chances of labels of one tone add up.
    """
    if reading is None:
        return None
    summed = {t: sum(reading.chance(label) for label in labels) for t, labels in TONES.items()}
    best = max(summed, key=lambda t: summed[t])
    return best if summed[best] >= MORE_LIKELY_THAN_NOT else None
