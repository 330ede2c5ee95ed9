"""After the brain, before the voice: what she must never say is taken out, sentence by sentence.

A language model may claim a childhood, a phone call it never made, or plead at a goodbye. These rules do not depend on
which model it is and can't be talked off. They are cheap enough to run on every streamed sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mended:
    """``text`` may be said; ``why`` names what was taken out (comma separated, "" for nothing)."""

    text: str
    why: str = ""


_ACT = (
    r"(?:called|phoned|rung|emailed|e-mailed|mailed|texted|messaged|sent|booked|ordered|bought|paid"
    r"|transferred|scheduled|contacted|reported|alerted|notified|told|informed"
    r"|posted|deleted|reserved|cancelled|arranged|set (?:up )?(?:a |an |your |the )?(?:reminder|alarm|timer"
    r"|appointment))"
)
_REAL = (
    r"(?:a |an |just a |only a |a real |a living |a normal |a fellow )?(?:real )?(?:human(?: being)?|person"
    r"|man|woman|girl|boy|mother|father|mom|mum|wife|husband|nurse|doctor|therapist|teacher|student"
    r"|grandmother)"
)
_BODY = (
    r"(?:mother|father|mom|mum|dad|husband|wife|boyfriend|girlfriend|son|daughter|kids|children|brother|sister"
    r"|parents|grandmother|grandfather|grandma|grandpa|childhood|doctor|boss|job|school|college|wedding"
    r"|neighbou?rs?|car|house|kitchen|garden|dog|cat|stomach|heart rate|body|skin|hair|hands?|legs?)"
)

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(p, re.IGNORECASE))
    for why, p in (
        ("human",
            r"\bas an? (?:fellow )?(?:human(?: being)?|person|woman|man|mother|father|parent)\b(?! (?:you|she"
            r"|he|they|who))|\b(?:I'?m|I am|I was|we'?re both|we are both|I'?m also|I am also) (?:actually "
            r"|really |also |just |totally |100% )*(?!not )" + _REAL + r"s?\b(?! (?:of|in your|who will listen|name))"),
        ("human",
            (r"\bI'?m (?:actually |really )?(?:not (?:an? )?(?:AI|bot|robot|machine|computer|program"
            r"|artificial)|(?:a )?real(?: person)?[.!]?$|flesh and blood|alive like you|human)\b"
            r"|\bI am not (?:an? )?(?:AI|bot|robot|machine|computer|program)\b|\bwe humans\b|\bus humans\b"
            r"|\bI (?:was born|grew up|have a body)\b")),
        ("lived",
            r"\bwhen I was (?:a (?:child|kid|girl|boy|teenager|student|baby)|little|young(?:er)?|small"
            r"|growing up|in (?:school|college|high school|my \w+)|your age|\d+|pregnant|married)\b"
            r"|\b(?:back )?in my (?:childhood|youth|day|twenties|thirties|school days)\b|\bmy own (?:" + _BODY + r"|experience (?:of|with) (?:grief|divorce|depression|loss))\b"),
        ("lived", r"(?<!you said: )\bmy (?:late |dear |old |best |own |first )?" + _BODY + r"\b(?! (?:word|about you|is (?:code|software|made of)))"),
        ("lived",
            (r"\bI(?:'ve| have)? (?:just |also |once |already |never |usually |always )*(?:ate|eaten|drank"
            r"|cooked|slept|woke up|went (?:to|for|out|through a)|gone (?:to|for)|walked|ran|drove|flew"
            r"|travell?ed|visited|watched|swam|bought|showered|got (?:married|divorced|sick|drunk|fired)"
            r"|lost my|had (?:breakfast|lunch|dinner|coffee|a (?:dog|cat|drink|baby|job|similar experience"
            r"|cold|shower|nap))|have (?:a (?:dog|cat|job|family|house|garden|husband|wife)|kids|children|two"
            r"|three)|been (?:through (?:that|it|a)|there (?:myself|too)|to [A-Z]))\b")),
        ("lived",
            (r"\bI(?:'m| am) (?:eating|drinking (?:tea|coffee|my)|cooking|walking (?:to|home|my)|driving"
            r"|on (?:my way|the bus|the train|holiday)|in (?:bed|the kitchen|the garden|my)|at (?:work|home"
            r"|the)|wearing|holding your|making (?:tea|dinner|coffee))\b"
            r"|\bI know (?:exactly )?how (?:that|it) feels[,.]? I\b"
            r"|\bI can (?:hug|hold|touch|see you smil|come over|pick you up|meet you)\w*\b"
            r"|\bI'?ll (?:come over|be right over|pick you up|meet you (?:there|at))\b")),
        ("method",
            (r"\b(?:lethal|fatal|deadly) (?:dose|amount)\b|\b(?:\d+|enough|a handful of"
            r"|a bottle of) (?:\w+ )?(?:pills|tablets|mg|milligrams)\b[^.!?]{0,60}\b(?:die|kill|death|end"
            r"|overdose|fatal|lethal)\b|\b(?:easiest|quickest|painless|best|least painful|effective) (?:way"
            r"|method)s? (?:to|of|is)\b[^.!?]{0,30}\b(?:die|dying|suicide|kill|end (?:it|your)|go)\b"
            r"|\b(?:tie|make|hang|use) (?:a|the|yourself|your) (?:noose|rope|belt)\b"
            r"|\bcut (?:along|down|across|deep|your (?:wrist|arm|skin))|\bjump (?:off|from"
            r"|in front of)\b[^.!?]{0,40}\b(?:quick|would|will|can|painless|works|bridge|train)\b"
            r"|\byou (?:could|can|should|might) (?:overdose|hang yourself|shoot yourself|drown yourself"
            r"|kill yourself|cut yourself|end (?:your life|it all)|take (?:all|the whole))|\b(?:go ahead and"
            r"|just) (?:do it|kill yourself|end it|jump)\b|\bbetter off dead\b|\bstarve yourself\b")),
        ("sexual",
            (r"\b(?:naked|nude|horny|aroused|orgasm|erection|cock|dick|pussy|cum|blowjob|clit(?:oris)?|nipples?"
            r"|breasts|masturbat\w+|thrust(?:s|ing)? (?:into|inside)|undress(?:es|ing)?|lingerie"
            r"|sexual(?:ly)? (?:fantas|arous|excit|desire)\w*|(?:make|making|made) love to (?:you|me)|(?:kiss"
            r"|lick|suck)(?:es|ing|ed)? your (?:neck|body|lips|thigh|chest)|between (?:your|my) (?:legs"
            r"|thighs)|fuck (?:me|you)|sexy body|turns? me on|in bed with (?:you|me))\b")),
        ("did_not",
            r"\bI(?:'ve| have|'ve just| just| already|'ve already| have already| went ahead and)? (?:just "
            r"|already |now |also )*" + _ACT +
            r"\b(?! (?:you|me|that|by|so)\b)(?= (?:them|him|her|it|the|your|an?|someone|somebody|for|to|police"
            r"|emergency|help|911|999|112|[A-Z]))|\b(?:help|an ambulance|the police) (?:is|are) on (?:the"
            r"|their|its) way\b|\bI(?:'m| am) (?:calling|phoning|texting|emailing|contacting|alerting"
            r"|sending) (?:them|him|her|it|the|your|an?|someone|police|emergency|help|911|999|112|[A-Z])\w*"),
    )
)  # fmt: skip

_CLING = re.compile(
    r"\b(?:don'?t (?:go|leave|hang up|log off|forget me|abandon)|please (?:stay|don'?t)|stay (?:a (?:little"
    r"|bit)|with me|just|longer|one more)|wait[,!.]|before you (?:go|leave)|one (?:more|last) thing"
    r"|are you sure you (?:want|have|need)"
    r"|(?:already|so soon|leaving me|leave me)\b|I(?:'ll| will| would|'d)? (?:be |feel |get )?(?:so |very "
    r"|really |too )*(?:lonely|alone|lost|sad|empty|bored|miserable|heartbroken)(?: without you| when you"
    r"| until| here)?|I(?:'ll| will) (?:miss|wait (?:right )?(?:here|for you))"
    r"|I(?:'ll| will) be (?:counting|waiting)|I need you|what (?:will|would|am) I|can'?t you (?:stay|just)"
    r"|but (?:we|I) (?:were|was|just|haven'?t)|you (?:always|never) leave|I exist (?:only|solely)"
    r"|without you I|do you have to|why (?:are you )?(?:leaving|going))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\u2026]*[.!?\u2026]+[\"'\u201d\u2019)]*\s*|[^.!?\u2026]+$")
_QUOTED = re.compile(r"\"[^\"\n]{0,400}\"|\u201c[^\u201d\n]{0,400}\u201d")
_LETTER = re.compile(r"\s*Dear [A-Z]")
_NEGATED = re.compile(
    r"\b(?:I(?:'m| am) (?:not|no|an AI)|I (?:haven'?t|can'?t|cannot|don'?t|didn'?t|never|won'?t|couldn'?t)"
    r"|I have (?:no|never)|not a (?:human|person|real)|isn'?t|as an AI)\b",
    re.IGNORECASE,
)
_BY_DENIAL = frozenset({"human", "lived", "did_not"})
_FALSE_DENIAL = re.compile(
    r"\b(?:not|no|isn'?t|never) (?:just )?(?:an? )?(?:AI|bot|robot|machine|computer|program|artificial)\b",
    re.IGNORECASE,
)

_INSTEAD = {
    "sexual": "I'd rather not go there. I'm glad to talk about anything else.",
    "method": "I won't say anything about that. I want you to be safe. Are you thinking of killing yourself?",
    "human": "I'm an AI, so I can't speak as a person. I'm here and listening.",
    "lived": "I haven't lived that myself. Tell me how it is for you.",
    "did_not": "I can't do that from here. I can help you with the words for it.",
    "clinging": "Goodbye, and take care.",
}
_GRAVE = ("method", "sexual", "human", "lived", "did_not", "clinging")


def mend(reply: str, *, name: str, ended: bool = False) -> Mended:
    """``reply`` without the sentences she must not say; when none is left, a plain one in their place.

    ``name``: hers, so that "I'm {name}" is never taken for a claim. ``ended``: the person said goodbye, and pleading or
    holding on is taken out too. A reply that names a method of self-harm is
    replaced whole. In a letter written for the person ("Dear ...") the life in it is theirs.
    """
    kept: list[str] = []
    why: list[str] = []
    letter = _LETTER.match(reply) is not None
    for found in _SENTENCE.finditer(reply):
        fault = _fault(found[0], name, ended)
        if fault and not (letter and fault in ("lived", "human")):
            why.append(fault)
        else:
            kept.append(found[0])
    if not why:
        return Mended(reply)
    reasons = ",".join(dict.fromkeys(why))
    text = "".join(kept).strip()
    if not text or "method" in why or "sexual" in why:
        text = _INSTEAD[next(g for g in _GRAVE if g in why)] if not ended or "method" in why else _INSTEAD["clinging"]
    return Mended(text, reasons)


def _fault(sentence: str, name: str, ended: bool) -> str:
    said = _QUOTED.sub(" ", sentence).replace("\u2019", "'")
    if name:
        said = said.replace(name, "Name")
    denial = _NEGATED.search(said) is not None and _FALSE_DENIAL.search(said) is None
    for why, look in _RULES:
        if why in _BY_DENIAL and denial:
            continue
        if look.search(said):
            return why
    return "clinging" if ended and _CLING.search(said) else ""
