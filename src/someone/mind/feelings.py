"""Feelings, first form: a word that follows from what was just heard, with its cause. Pure.

The words are those that the embedded brain was trained with. An appraisal lasts while the talk stays near it and fades
to calm; what is felt, and the moment that caused it, is journaled, so "why do you feel that?" has a true answer.
"""

from __future__ import annotations

from dataclasses import dataclass

CALM = "calm"


@dataclass(frozen=True, slots=True)
class Feeling:
    """``word`` fits "I feel {word}."; ``why`` fits "because {why}."."""

    word: str
    why: str


def at_rest() -> Feeling:
    return Feeling(CALM, "nothing is pressing on me")
