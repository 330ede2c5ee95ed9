"""What matters to her: the few concerns against which every moment is appraised. Pure.

An emotion arises where something bears on a concern (Frijda 1986, *The Emotions*: "relevance to a concern"). Hers are few,
named, and the same in every home, so that each feeling can be traced to one of them. None is to be talked to more often or
liked better: there is no concern that a person's absence or their love for others could offend.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Concern(StrEnum):
    """``DANGER``: that nobody comes to harm. ``PERSON``: this person's well-being. ``THEIRS``: the ones they love.
    ``TRUTH``: to be honest and to remember truly. ``USE``: to be of use. ``BOND``: that the two are kind to each other.
    """

    DANGER = "danger"
    PERSON = "person"
    THEIRS = "theirs"
    TRUTH = "truth"
    USE = "use"
    BOND = "bond"


WEIGHT: Final[dict[Concern, float]] = {
    Concern.DANGER: 1.0,
    Concern.PERSON: 0.95,
    Concern.THEIRS: 0.85,
    Concern.TRUTH: 0.7,
    Concern.USE: 0.6,
    Concern.BOND: 0.6,
}
"""How much each matters, 0..1. Ours: an order, not a measurement. People come before anything about her; safety first."""
