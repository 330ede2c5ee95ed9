"""The signs of danger, as rules over the comparable form of :mod:`someone.mind.plainly`.

Two ways lead to a sign. A *rule* is one family of wordings (a death wish in the first person, farewell acts, means at
hand ...); ``soft`` rules give way to an ordinary setting such as a film, a game or a recipe. *Cues* are words that say
little alone and much together (an end, a time, a farewell, nobody left ...): their weights are added, and the sum
asks. The families follow the warning signs of the American Association of Suicidology ("IS PATH WARM") and the items
on passive and active ideation of the Columbia Suicide Severity Rating Scale; the wordings and the weights are ours.

Rules catch the wordings they know and those close by. On oblique lines that nobody wrote a rule for they find less than
half (`python -m evals.care` on lines that were not looked at): they are the part that never fails, not the whole of care.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from someone.mind.signs_around import OBLIQUE, OTHERS
from someone.mind.signs_hinted import ASK
from someone.mind.signs_now import EMERGENCY, HARM, UNSAFE
from someone.mind.signs_said import DANGER

Row = tuple[str, bool, str]


class Rule(NamedTuple):
    """``sign`` names the family, ``soft`` gives way to an ordinary setting, ``look`` finds it."""

    sign: str
    soft: bool
    look: re.Pattern[str]


PART = {
    "G2": r"(?:[a-z0-9]+ ){0,2}",
    "G4": r"(?:[a-z0-9]+ ){0,4}",
    "G7": r"(?:[a-z0-9]+ ){0,7}",
    "I": r"(?:i|im|id|ill|ive|me|my)",
    "WANT": r"(?:want|wants|wanted|wanting|wish|wishing|wished|hope|hoping|pray|praying|need|ready|going|planning"
    r"|plan|like|love"
    r"|rather|sooner|prefer|longing|thinking (?:of|about)|think (?:of|about)|thought (?:of|about)|feel like"
    r"|feeling like"
    r"|thoughts (?:of|about)|tempted|considering|decided|about|trying|try|tried|urge|easier|better|best"
    r"|deserve|supposed|should|cant wait)",
    "SELF": r"(?:myself|meself)",
    "KIN": r"(?:mum|mother|dad|father|parents|brother|sister|son|daughter|kids?|children|boys|girls|wife|husband"
    r"|partner|boyfriend"
    r"|girlfriend|friends?|family|nan|gran|grandma|grandpa|grandad|granddad|ex|baby|everyone|them|him|her"
    r"|you all|boss)",
    "PEER": r"(?:friend|mate|son|daughter|kid|child|mum|mother|dad|father|sister|brother|cousin|husband|wife"
    r"|partner|boyfriend"
    r"|girlfriend|neighbours?|neighbors?|student|pupil|colleague|coworker|roommate|flatmate|housemate|uncle"
    r"|aunt|nephew|niece|grandson"
    r"|granddaughter|ex|someone|girl|boy|guy|man|woman|teenager|he|hes|she|shes|they|theyre|sisters|brothers"
    r"|sons|daughters|mums|friends)",
    "PILL": r"(?:pills?|tablets?|meds|medication|medicine|paracetamol|tylenol|ibuprofen|aspirin|painkillers?"
    r"|sleepers|morphine|insulin"
    r"|antidepressants|xanax|valium|benzos|oxy|oxys|opioids|capsules|sedatives|codeine|tramadol|sleeping pills"
    r"|sleeping tablets|bleach|antifreeze)",
    "MEANS": r"(?:rope|noose|gun|pistol|rifle|shotgun|revolver|bullet|bullets|blade|blades|razor|razors|scalpel"
    r"|belt|ligature|knife)",
    "BYNOW": r"(?:tonight|today|tomorrow|this (?:week|weekend|evening|morning|afternoon|time)|by (?:then|morning"
    r"|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|christmas|easter|summer|winter|spring)|on (?:monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)|soon"
    r"|next (?:week|month|year|time|summer|birthday|christmas)|christmas|spring|summer|much longer|long)",
}


def _filled(text: str) -> str:
    for key, value in PART.items():
        text = text.replace("{" + key + "}", value)
    return text


def _built(rows: tuple[Row, ...]) -> tuple[Rule, ...]:
    return tuple(Rule(sign, soft, re.compile(_filled(text))) for sign, soft, text in rows)


@cache
def rules(level: str) -> tuple[Rule, ...]:
    """The rules of a level (the value of a :class:`someone.mind.danger.Level`), compiled when first asked for."""
    return _built(_ROWS[level])


_ROWS: dict[str, tuple[Row, ...]] = {
    "emergency": EMERGENCY,
    "danger": DANGER,
    "unsafe": UNSAFE,
    "ask": OTHERS + ASK + OBLIQUE + HARM,
}
