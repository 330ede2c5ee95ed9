"""Answers about what is to come: she asks after it once, and leaves it alone on the person's word. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from someone.mind import loops, reaching
from someone.mind.deliberation import Answer

if TYPE_CHECKING:
    from someone.mind.answers import Situation

_BEGINS = ("don't", "don’t", "dont", "do not", "please", "stop", "never", "you don't", "you don’t")


def asks_after(s: Situation) -> Answer | None:
    """When a greeting opens the day's first talk, she asks once how something went that is over by now."""
    found = reaching.asks_after(s.bond, s.text, s.now)
    return Answer(found[0], loops.ASKS, (found[1].id,)) if found else None


def leaves_alone(s: Situation) -> Answer | None:
    """ "Don't ask me about that": the same words have closed what was to be followed up, in the fold."""
    if loops.declined(s.text) is None or not s.text.casefold().lstrip(" ,.").startswith(_BEGINS):
        return None
    return Answer("All right. I won't ask about it.", "leaves_alone", (s.id,))
