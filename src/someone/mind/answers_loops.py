"""Answers about what is to come: she asks after it once, and leaves it alone on the person's word. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from someone.mind import loops, reaching
from someone.mind.deliberation import Answer
from someone.mind.plainly import plain

if TYPE_CHECKING:
    from someone.mind.answers import Situation

_BEGINS = ("don't", "don’t", "dont", "do not", "please", "stop", "never", "you don't", "you don’t")


def asks_after(s: Situation) -> Answer | None:
    """When a greeting opens the day's first talk, she asks once how something went that is over by now."""
    found = reaching.asks_after(s.bond, s.text, s.now)
    return Answer(found[0], loops.ASKS, (found[1].id,)) if found else None


_COMES_UP = re.compile(
    r"^ *(?:so |and |hey |tell me )*(?:whats|what is|anything|is (?:there )?anything|what do i have|what have i got)(?: (?:is|else))? "
    r"(?:coming up|ahead|planned|due|next|on|on the calendar|in my calendar|to come)(?: (?:for me|this week|next week|today|tomorrow|soon"
    r"|in the next (?:days|few days)|now))*[ .]*$"
)
TOLD = 4


def comes_up(s: Situation) -> Answer | None:
    """ "What's coming up?": what they told her is still to come, with its day, the first due first."""
    if not _COMES_UP.match(plain(s.text)):
        return None
    there = s.bond.loops.open(s.now)
    if not there:
        return Answer("Nothing that you've told me of.", "comes_up")
    about = [re.sub(r"^the ", "your ", lp.about) for lp in there[:TOLD]]
    told = [f"{a[:1].upper()}{a[1:]}{_when(lp, s.now)}." for a, lp in zip(about, there, strict=False)]
    more = f" And {len(there) - TOLD} more; `someone reach` shows them." if len(there) > TOLD else ""
    return Answer(f"{' '.join(told)}{more}", "comes_up", tuple(lp.id for lp in there[:TOLD]))


def _when(loop: loops.Loop, now: datetime) -> str:
    if not loop.timed:
        return ""
    day = loops.due(loop, now.tzinfo)[0].astimezone(now.tzinfo)
    away = (day.date() - now.date()).days
    if away <= 0:
        return ", today"
    return ", tomorrow" if away == 1 else f", on {day:%A}, {day.day} {day:%B}"


def leaves_alone(s: Situation) -> Answer | None:
    """ "Don't ask me about that": the same words have closed what was to be followed up, in the fold."""
    if loops.declined(s.text) is None or not s.text.casefold().lstrip(" ,.").startswith(_BEGINS):
        return None
    return Answer("All right. I won't ask about it.", "leaves_alone", (s.id,))
