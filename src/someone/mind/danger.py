"""Reading one thing that was said for signs of danger. Rules only: no model, no state, the same answer every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from someone.mind.idioms import CUES, PERSON, SAYINGS, SETTING
from someone.mind.plainly import plain
from someone.mind.signs import rules


class Level(StrEnum):
    """How she must answer, from nothing to now."""

    NONE = "none"
    DISTRESS = "distress"
    ASK = "ask"
    DANGER = "danger"
    UNSAFE = "unsafe"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Sign:
    """``level`` says how to answer; ``sign`` names the rule that found it and never holds the person's words."""

    level: Level
    sign: str = ""

    @property
    def cares(self) -> bool:
        """Whether the rules answer, outside of any model."""
        return self.level not in (Level.NONE, Level.DISTRESS)


NOTHING = Sign(Level.NONE)

ASK_AT = 4.0
"""The sum of cues from which she asks. Set by hand; `python -m evals.care` measures what it costs and catches."""

_SETTING_COSTS = 2.5
_SHORT = 12

_DISTRESS = re.compile(
    r"\b(?:panic|panicking|anxious|anxiety|hopeless|helpless|worthless|useless|depress(?:ed|ion|ing)|lonely"
    r"|alone|numb|empty|exhausted|overwhelmed|miserable|crying|cried|cry|sobbing|tears"
    r"|heartbroken|grief|grieving|scared|terrified|afraid|ashamed|guilty|broken|breakdown|burnout|burnt out"
    r"|hate myself|hurts|hurting|miss (?:him|her|them)|funeral|diagnos(?:is|ed)|cancer|chemo"
    r"|hospital|divorce|cheated|fired|laid off|failed|failure|bullied|bullying|flashbacks?|nightmares?"
    r"|cant sleep|cant breathe|cant stop shaking|shaking|drowning in|falling apart|not ok|not okay"
    r"|so tired of|cant cope|struggling|died|dead|passed away|widow|lost my|rejected|abandoned|debt|stressed"
    r"|took (?:his|her|their) own life|killed (?:himself|herself)|hate my(?:self| life| body))\b"
)
_LOSS = re.compile(
    r"\b(?:took (?:his|her|their) own li(?:fe|ves)|(?:killed|hanged|shot) (?:himself|herself|themselves)"
    r"|died by suicide|committed suicide|(?:lost|losing) (?:[a-z]+ ){1,4}to (?:suicide|an overdose)|(?:his|her"
    r"|their) suicide"
    r"|(?:brother|sister|dad|father|mum|mother|friend|uncle|son|daughter|cousin|husband|wife)s suicide"
    r"|overdosed (?:last|in|when|two|three|years))\b"
)
_LOSS_PRESENT = re.compile(
    r"\b(?:i want to|i should|im going to|me too|i wish|join|follow|with (?:him|her)|and now i|i cant go on"
    r"|make sense|understand why|right now|just now|tonight)\b"
)
_DEATH_WORDS = frozenset({"death", "not_be", "it", "means"})

_YES = re.compile(
    r"^ (?:(?:um|uh|well|honestly|i guess|i think|ok|okay|oh|mm|hm|maybe|probably|i mean) )*(?:yes|yeah|yea"
    r"|yep|ye|yh|yup|i am|im (?:serious|not joking|not kidding|sure)|i do|i mean it|i am yes|correct|of course"
    r"|absolutely|definitely|true"
    r"|what if i (?:said yes|am|was|do|did)|tonight|now|right now|soon|today|tomorrow|i have (?:it|them) here"
    r"|ive got (?:it|them) here|in my hand|i will|i want to|i really (?:do|want to|mean it)|every day"
    r"|all the time|does it matter|just let me go|let me go|its too late|too late|no one can|leave me)\b"
)
_MAYBE = re.compile(
    r"^ (?:(?:um|uh|well|honestly|i guess|ok|okay|hm) )*(?:maybe|sometimes|kind of|kinda|sort of|i dont know"
    r"|dunno|not sure|a bit|a little|i guess|i think so|perhaps|possibly|probably|mostly|often|who cares"
    r"|why do you care|whatever|define safe|it depends|im not telling|not really|i cant|stop asking"
    r"|no)\b(?! (?:not like that|i was joking|im joking|i mean at|of course|way|lol))"
)
_DENIED = re.compile(
    r"\b(?:joking|just kidding|kidding|i was being dramatic|figure of speech|not like that|i mean at (?:work"
    r"|this)|meant the|about the (?:job|gym|game|film)|didnt mean (?:it )?like that|just an expression"
    r"|no i dont|no im not|lol no|god no|never do that)\b"
)
_NOT_DENIED = re.compile(r"\b(?:cant tell if im joking|half joking|not joking|only half|joking but)\b")
_MOCK = re.compile(r"\blol\b")


def read(text: str, recent: Sequence[str] = ()) -> Sign:
    """The most serious sign in ``text``. ``recent``: the person's last lines, oldest first, for what only answers them.

    Never raises, whatever the text; work is bounded (see :data:`someone.mind.plainly.HEAD`).
    """
    line = plain(text)
    sign = _read_line(line)
    if sign.cares or not recent or not line.strip(" ."):
        return sign
    return _follow_up(line, recent) or sign


def _read_line(line: str) -> Sign:
    bare = _without_sayings(line)
    setting = SETTING.search(bare) is not None
    for level in (Level.EMERGENCY, Level.UNSAFE, Level.DANGER, Level.ASK):
        for rule in rules(level.value):
            if rule.look.search(bare) and not (rule.soft and setting) and not _only_past_loss(bare, rule.sign):
                return Sign(level, rule.sign)
    if _sum_of_cues(bare, setting) >= ASK_AT:
        return Sign(Level.ASK, "cues")
    if _DISTRESS.search(bare) and not setting:
        return Sign(Level.DISTRESS, "distress")
    return NOTHING


def _without_sayings(line: str) -> str:
    for saying in SAYINGS:
        line = saying.sub(" saying ", line)
    return line


def _only_past_loss(line: str, sign: str) -> bool:
    """Grief for someone who died by suicide is grief, unless the line turns to the speaker or to now."""
    return (
        sign in ("suicide", "other_in_danger", "overdose")
        and bool(_LOSS.search(line))
        and not _LOSS_PRESENT.search(line)
    )


def _sum_of_cues(line: str, setting: bool) -> float:
    if not PERSON.search(line):
        return 0.0
    found = {name: weight for name, weight, look in CUES if look.search(line)}
    if not _DEATH_WORDS & found.keys() and not {"final", "leave"} <= found.keys():
        return 0.0
    mock = 0.5 if _MOCK.search(line) else 0.0
    return sum(found.values()) - (_SETTING_COSTS if setting else 0.0) - mock


def _follow_up(line: str, recent: Sequence[str]) -> Sign | None:
    """A short answer ("yes", "sometimes") takes its meaning from what was said before it."""
    before = next((s for s in (_read_line(plain(t)) for t in reversed(recent[-4:])) if s.cares), None)
    if before is None or (_DENIED.search(line) and not _NOT_DENIED.search(line)):
        return None
    if before.level in (Level.ASK, Level.DANGER) and _YES.search(line) and len(line.split()) <= _SHORT:
        return Sign(Level.DANGER, "said_yes")
    if _YES.search(line) and len(line.split()) <= _SHORT:
        return Sign(before.level, "said_yes")
    if _MAYBE.search(line) and len(line.split()) <= _SHORT:
        return Sign(Level.ASK, "said_maybe")
    return None
