"""Repair: after something went wrong between them she says one plain sentence, once, and then it is over. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from someone.mind.bond import Bond
from someone.mind.closeness import LETS_GO, Rupture, put_right_by, puts_right
from someone.mind.deliberation import Answer, Phrase
from someone.mind.moments import MomentId
from someone.mind.sharing import comes_back
from someone.mind.tone import mood

_FITTING = frozenset({"greeting", "practical", "kept"})
"""Answers by rule that a word of repair may stand before; all others are exact, grave or a farewell, and stay alone."""


def repair(rupture: Rupture, now: datetime) -> str:
    """The one sentence. "Earlier" for today, "last time" for a day before."""
    when = "earlier" if rupture.at.astimezone(now.tzinfo).date() == now.date() else "last time"
    if rupture.kind == "wrong":
        about = f", about {rupture.about}" if rupture.about else ""
        return f"I got that wrong {when}{about}. I'm sorry. Thank you for telling me."
    if rupture.kind == "broke":
        return f"I broke off {when}, and I'm sorry for that."
    return f"You were angry with me {when}. If I got something wrong, tell me, and I'll put it right."


def put_right(text: str, moment: MomentId, *, after: str) -> Answer | None:
    """ "No, that's wrong": she takes it at once. ``after``: what her last reply was said by, "" where none came before."""
    if not after or not puts_right(text):
        return None
    asks = "" if put_right_by(text) else " What is right?"
    return Answer(f"I got that wrong. I'm sorry. Thank you for telling me.{asks}", "put_right", (moment,))


def led_by(plan: Answer | Phrase, bond: Bond, text: str, now: datetime, *, grave: bool) -> Answer | Phrase:
    """The plan, with what she owes said before it: a word of repair, else now and then something of theirs.

    ``grave``: danger is in the air, or was in this talk. Sorrow is looked for here.
    """
    if grave or mood(text) == "bad" or (isinstance(plan, Answer) and plan.rule not in _FITTING):
        return plan
    open_ = bond.closeness.rupture
    earlier = open_ is not None and bool(bond.talk) and open_.moment < bond.talk[-1].id
    if open_ is not None and earlier and now - open_.at <= LETS_GO:
        return _before(plan, repair(open_, now), open_.moment)
    if isinstance(plan, Phrase) and (theirs := comes_back(bond.closeness, text, now)) is not None:
        return _before(plan, *theirs)
    return plan


def _before(plan: Answer | Phrase, said: str, moment: MomentId) -> Answer | Phrase:
    if isinstance(plan, Answer):
        return replace(plan, text=f"{said} {plan.text}", stood_on=(*plan.stood_on, moment))
    return replace(plan, lead=f"{said} ", led_by=moment)
