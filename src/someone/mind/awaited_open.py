"""What is to come without a word for it that the rules know: read from how the sentence is built. Pure.

"I get my braces off on Tuesday", "I hand in my notice tomorrow", "our daughter starts school on Monday". Such a sentence says
who, that it is theirs, and when; what is everyday is left out by its noun. Where no plain question can be made of its
words, she gives the sentence back and asks how it went.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from someone.mind.fact_words import KIN

_I = re.IGNORECASE

EVERYDAY = frozenset(
    """work shift day days off time plan plans nothing something thing things stuff lunch dinner breakfast coffee tea drink drinks
    class classes lesson school football soccer yoga gym practice training headache cold fever idea question feeling fun
    guest guests people friends free night evening morning afternoon weekend homework errands chores shopping laundry cleaning
    meeting meetings call calls soup food pizza wine beer bath shower nap sleep rest chance choice bit lot few some one dog cat kid
    kids show series episode season programme program game match film movie book song payday bus train alarm bed workout run
    walk snack meal takeaway weather house room garden job life way mind mood part week month year hour minute break holiday package
    parcel delivery birthday boss colleague shop store phone car team hangover look place""".split()  # noqa: SIM905
)
"""Nouns of which nobody asks the next day how it went."""

_STOP = (
    r"to|with|for|of|at|in|on|about|from|and|but|so|because|that|which|who|when|where|if|by|before|after|until|off|out|up|down|is|"
    r"are|was|were|has|have|will|as|than|then|i|we|he|she|they|it|again|too|now|there|here|back|over|away|first|coming|scheduled|booked|planned|due"
)
_DET = r"(?P<det>my|our|an?|another|the)"
_NP = rf"(?P<np>(?!(?:{_STOP})\b)[^\W\d][\w'-]*(?: (?!(?:{_STOP})\b)[^\W\d][\w'-]*){{0,3}})"
_HAVE = re.compile(
    r"(?:\b(?:i|we)(?:'ve got|'ve| have got| have|'m having| am having|'re having| are having| see|'m seeing| get|'m getting|'re getting| are getting|"
    r"'ll have|'ll get|'ll see| pick up|'m picking up|'re picking up|'ve got to give| have to give|'m giving| give)|^(?:got|having|getting)) "
    rf"{_DET} {_NP}",
    _I,
)
_OURS = re.compile(
    rf"^(?:(?:so|and|but|well|oh|ok)[,]? )*(?P<det>my|our) {_NP} (?:is|are|'s|starts?|begins?|leaves?|comes?|opens?|takes place|happens)\b",
    _I,
)
_WEIGHTY = (
    r"ask(?:ing)? for|propos(?:e|ing) to|tell(?:ing)?|hand(?:ing)? in|clos(?:e|ing) on|sign(?:ing)?|defend(?:ing)?|audition(?:ing)? for|"
    r"perform(?:ing)?(?: at| in)?|speak(?:ing)? (?:at|in front of|to)|present(?:ing)?|sing(?:ing)? (?:at|in)|testify(?:ing)?(?: at| in)?|retir(?:e|ing)(?: from)?|"
    r"graduat(?:e|ing)(?: from)?|scatter(?:ing)?|bury(?:ing)?|say(?:ing)? goodbye to|go(?:ing)? back to|com(?:e|ing) out to|break(?:ing)? up with|"
    r"apologi[sz](?:e|ing) to|adopt(?:ing)?|launch(?:ing)?|publish(?:ing)?|open(?:ing)?|run(?:ning)?|quit(?:ting)?|start(?:ing)?|finish(?:ing)?|"
    r"compet(?:e|ing)(?: at| in)?|pitch(?:ing)?(?: to)?|meet(?:ing)?|sell(?:ing)?|buy(?:ing)?|sit(?:ting)?|visit(?:ing)?|see(?:ing)?|face|facing|"
    r"go(?:ing)? (?:in for|to (?:court|hospital|the hospital|the bank|the police))|mov(?:e|ing)(?: in| out)(?: with)?|leav(?:e|ing) for|com(?:e|ing) off"
)
_WILL = r"(?:'ll| will|'m going to| am going to|'re going to|'m gonna|'m| am|'re| are| finally| have to| need to|'ve got to| must| plan to| want to)"
_DOES = re.compile(
    rf"\b(?:i|we)(?:{_WILL})?(?: finally| really)? (?P<verb>{_WEIGHTY})\b(?: (?:(?P<det>my|our|an?|the|his|her|their|another) {_NP}|(?P<name>(?-i:[A-Z][\w-]+))))?",
    _I,
)
_ALONE = re.compile(
    r"\b(?:retir|graduat|perform|testify|mov\w+ (?:in|out)|hospital|court|bank|police|clos\w+ on|scatter|bury|goodbye|break|com\w+ out)",
    _I,
)
"""What weighs enough without a thing to name."""
_THEY_DECIDE = re.compile(
    r"^(?:they|he|she|the [\w-]+)(?:'re| are|'s| is|'ll| will)? (?:deciding|decide|announcing|announce|coming by|coming round) ",
    _I,
)
_NEAR = (
    r"mother|father|mom|mum|dad|sister|brother|son|daughter|wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|friend|"
    r"grandmother|grandfather|grandma|grandpa|granny|nan|gran|aunt|uncle|cousin|niece|nephew|kid|baby|granddaughter|grandson|twin"
)
_CLOSE_ONE = re.compile(
    rf"^(?:(?:so|and|but|well|oh)[,]? )*(?P<who>(?:my|our) (?:best |little |big |older |younger |oldest |youngest )?(?:{_NEAR}))(?: (?P<name>(?-i:[A-Z][\w-]+)))? "
    r"(?:has|is having|gets?|is getting|starts?|is starting|goes in|goes to (?:court|hospital)|flies|is flying|leaves|is leaving|moves|is moving|sees|takes|is taking|"
    r"faces|performs|graduates|comes home|gives|is giving|marries|turns)\b(?P<rest>.*)$",
    _I,
)
_TODAYISH = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", _I)
_HOUR = re.compile(r"\bat \d", _I)


def open_ended(bare: str, sentence: str, when: str) -> tuple[str, str] | None:
    """The thing, and the question after it, or None. ``bare``: a clause without the words that say when (``when``)."""
    for find in _FINDERS:
        found = find(bare, sentence, when)
        if found is not None:
            return found
    return None


def _thing(m: re.Match[str]) -> str | None:
    """The noun as one says it to the person; None for what is everyday."""
    words = [w for w in m["np"].split() if not (w.lower().endswith("ed") and w != m["np"].split()[0])]
    if not words or any(w.lower().removesuffix("'s") in EVERYDAY for w in words[-1:]) or words[0].lower() in EVERYDAY:
        return None
    det = m["det"].lower()
    return f"{'your' if det in ('my', 'our') else det if det in ('his', 'her', 'their') else 'the'} {' '.join(words)}"


def _has(bare: str, _sentence: str, when: str) -> tuple[str, str] | None:
    m = _HAVE.search(bare)
    if m is None or (_TODAYISH.search(when) and not _HOUR.search(_sentence)):
        return None
    thing = _thing(m)
    return (thing, f"How did it go with {thing}?") if thing else None


def _ours(bare: str, _sentence: str, when: str) -> tuple[str, str] | None:
    m = _OURS.search(bare)
    if m is None or _TODAYISH.search(when) or re.search(rf"\b(?:{KIN})$", m["np"], _I):
        return None
    thing = _thing(m)
    return (thing, f"How did it go with {thing}?") if thing else None


def _does(bare: str, sentence: str, _when: str) -> tuple[str, str] | None:
    m = _DOES.search(bare)
    if m is None:
        return None
    if m["name"]:
        return m["name"], f"How did it go with {m['name']}?"
    thing = _thing(m) if m["np"] else None
    if thing is not None and m["det"].lower() not in ("his", "her", "their"):
        return thing, f"How did it go with {thing}?"
    return _given_back(sentence) if thing is not None or _ALONE.search(m["verb"]) else None


def _decided(bare: str, sentence: str, _when: str) -> tuple[str, str] | None:
    return _given_back(sentence) if _THEY_DECIDE.search(bare) else None


def _close_one(bare: str, _sentence: str, _when: str) -> tuple[str, str] | None:
    m = _CLOSE_ONE.search(bare)
    if m is None or any(w.lower().strip(".!") in EVERYDAY - {"school", "job"} for w in m["rest"].split()[-1:]):
        return None
    who = m["name"] or re.sub(r"^(?:my|our)", "your", m["who"], flags=_I)
    return who, f"How did it go with {who}?"


LONGEST = 90
"""Characters of a sentence that is given back."""


def _given_back(sentence: str) -> tuple[str, str] | None:
    said = sentence.strip().rstrip(".! ")
    if len(said) > LONGEST:
        return None
    return f"“{said}”", f"You told me: “{said}.” How did it go?"


_FINDERS: tuple[Callable[[str, str, str], tuple[str, str] | None], ...] = (_close_one, _does, _has, _ours, _decided)
