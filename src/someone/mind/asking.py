"""What is asked for, whatever way it is put: the clause that asks, and whether it asks for something told before. Pure.

"I can't remember when her appointment is", "what was that place called again, the one mum likes?", "stepdad's name" and
"band I love most?" ask as much as "when is my sister's appointment?" does. So the asking part is taken out of what stands
around it; what it leaves out ("it", "her", "and my brother?") is looked for in what was said just before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from someone.mind.facts import tidy
from someone.mind.recall import people

_I = re.IGNORECASE
_WH = r"(?:what|who|whose|whom|where|when|which|why|how)(?:'?s|'?re|'?d)?\b"
_SMALL = (
    r"(?:(?:and|so|but|ok|okay|oh|hey|hi|wait|hm+|um+|uh|well|please|pls|sorry|now|then|lol|haha|argh|ugh|quick|help|test|"
    r"just|actually|honestly|again|right|also|yes|no(?! idea| clue)|yeah|nope|hang on|i bet|i wonder|quick question|random question|quick one|let'?s see|"
    r"let me think|be honest|off the top of your head|by any chance|out of interest|just checking)[,.:!]* +)*"
)
_YOU_KNOW = (
    r"(?:(?:do|did|don'?t|can|can'?t|could|will|would|so do) )?(?:you|u|ya) (?:(?:still|even|also|happen to|actually|maybe|ever|by any "
    r"chance|perhaps|really|already|not|don'?t|can) )*(?:remember|rember|remeber|rememeber|recall|know|kno)"
)
_TOLD = (
    r"(?:(?:have|haven'?t|did|didn'?t|hadn'?t) i|i(?:'ve| have| had| did)?)(?: (?:ever|already|not|just|even|never|once|actually|"
    r"really|maybe|definitely|think i))* (?:tell|told|mention|mentioned|say|said|talk about|talked about)"
)
_LOST = (
    r"(?:i(?:'ve| have|'m| am)?|my mind)(?: (?:can'?t|cannot|can not|can never|couldn'?t|don'?t|never|keep|always|totally|completely|just|"
    r"really|have|simply|honestly|already|do not|went|for the life of me|quite))* (?:remember|recall|forget|forgetting|forgot|"
    r"forgotten|blanking on|drawing a blank on|lost track of|mixing up|think of|place|blank on)"
)
_EXPLICIT = re.compile(
    rf"(?:{_YOU_KNOW}|{_TOLD}(?: to)?(?: (?:you|u|ya))?|{_LOST}|(?:can|could|will|would) you (?:please )?remind me|"
    r"remind me|jog my memory|(?:any|no|not a|don'?t have a) (?:idea|clue)|remember|rember|remeber|quiz me|guess|what do you know about)"
    r"(?: again)?(?: about| of| if| whether| that(?= (?:i|my|we))| on)?[,:]? +(?!me\b[^a-z]*$|to\b|how to\b)",
    _I,
)
_ASKS_TO_TELL = re.compile(
    r"(?:(?:can|could|will|would) you )?(?:please )?(?:tell|give|show) (?:me|us|\w+ \w+|\w+)(?: again)? +(?=.)", _I
)
_AFTER = re.compile(
    rf"[,. ]+(?:{_YOU_KNOW}(?: (?:it|that|this|her|him|still|again))?|{_TOLD}(?: (?:you|u|ya|it|that|this|so|to you))*(?: once| before| "
    r"already| i think)*|(?:you )?remember|i forgot|i forget|i'?ve forgotten|no idea|any idea|remind me|if you (?:still )?(?:know|remember)|escapes me|(?:it'?s )?on the tip of my tongue|(?:has )?slipped my mind|"
    r"again|right|yes|or not|do you think|tell me|go|please|pls|lol|haha\w*|quick|then|now)[ .?!…]*$",
    _I,
)  # fmt: skip
_TELLING_AFTER = re.compile(
    rf"{_YOU_KNOW}|{_TOLD}|remember|i forg|i'?ve forg|remind me|idea|escapes|tip of|slipped", _I
)
_TAG = re.compile(
    r"(?:wasn'?t|isn'?t|weren'?t|aren'?t|didn'?t|don'?t|doesn'?t|hasn'?t|haven'?t|hadn'?t) (?:there|it|that|he|she|they|i|we|my)\b",
    _I,
)
_ASKING = re.compile(
    rf"{_SMALL}(?:(?:at|on|in|to|from|with|for|since|till|until|about|by) )?(?:{_WH}|is|are|am|was|were|do|does|did|has|have|had|"
    r"name of|names of|date of|(?:date|time|place|name|number|address)(?: (?:and|or|please) .*)?$|"
    r"(?:isn|aren|wasn|weren|don|doesn|didn|hasn|haven|hadn)'?t)(?!\w)",
    _I,
)
_OF_HER = re.compile(r"\b(?:you|u|ya|your|yours|yourself)\b", _I)
_ADVICE = re.compile(
    r"^why\b(?!(?:'d)? (?:did |do |was |were |am |are )?(?:i|my|we)\b)|\bwill i ever\b|^(?!when|where|who|what (?:day|time)|which|how (?:many|much|old|long)).*\bcan\b(?!')|"
    r"\b(?:should|could|would|shall|may|might|ought|think|feel|(?<!who i )(?<!what i )mean|supposed|to (?:do|say|tell|cook|make|wear|buy|eat|watch|read|"
    r"get|give|write))\b|\bhow (?:do|can|to|should|would)\b(?! (?:i|we) (?:get|take|spell|call|know|like))|"
    r"\bwhat if\b|\b(?:ok|okay|normal|weird|bad|wrong) (?:to|that|if|with)\b|"
    r"\bwhat(?:'s| is) (?:the (?:point|best|use|difference|meaning|capital)|wrong|going on|up|next)\b",
    _I,
)
_OWN = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine|we|we're|we've|us|our|ours)\b", _I)
_HE_SHE = re.compile(r"\b(?:he|she|him|his|her|hers|they|them|their)(?:'s)?\b", _I)
_IT = re.compile(
    r"\b(?:(?<!is )(?<!was )(?<!turn )it(?! (?:is|was|that|who)\b)|its|(?:this|that|those|these)(?= *$| (?:again|was|is)\b)|"
    r"(?<!was )(?<!is )(?<!n't )there(?! (?:is|was|something|anything)\b)|ones?|mine)\b",
    _I,
)
_ALSO = re.compile(
    rf"{_SMALL}(?:and|what about|how about|same for|or)\b[, ]+(?P<whom>(?:my |our |the )?[\w'-]+(?: [\w'-]+){{0,2}})\W*$",
    _I,
)
_CLAUSE = re.compile(r"[.?!;\n…]+(?= |$)|, +| - | — ")


_I_THINK = re.compile(r"(?<=where|.when|..who|which) (?:do|did) you (?:think|reckon)\b", _I)
_FEW = 2
"""Words of a clause so short that what was said just before may be meant with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``clause``: the words that ask, without what introduces them. ``explicit``: it is asked whether she still has it, so
    that she owes an honest "I don't know" where nothing fits. ``open``: it may ask for a memory, and is quoted where one
    surely fits. ``beside``: what stands around it or was said just before; ``points``: the clause leans on it ("it", "her").
    ``about``: the people meant, by the words that :func:`someone.mind.recall.people` has for them, the pronoun put right.
    """

    clause: str
    explicit: bool
    open: bool
    beside: str = ""
    points: bool = False
    about: frozenset[str] = frozenset()


_KIN_WORDS = {
    "bro": "brother", "sis": "sister", "boys": "sons", "girls": "daughters", "hubby": "husband", "missus": "wife", "folks": "parents",
    "lil bro": "brother", "granny": "grandmother",
}  # fmt: skip
_SHORT_KIN = re.compile(
    r"\b((?:my|our) (?:little |big |older |younger )?)(bro|sis|boys|girls|hubby|missus|folks|granny)\b", _I
)


def asked(text: str, before: Sequence[str] = ()) -> Asked | None:
    """What this utterance asks for, or None. ``before``: the lines of this talk, hers and theirs, oldest first."""
    plain = _SHORT_KIN.sub(lambda m: f"{m[1]}{_KIN_WORDS[m[2].lower()]}", tidy(text.strip()))
    parts = [p.strip() for p in _CLAUSE.split(plain) if p and p.strip(" ,.'\"")]
    if not parts:
        return None
    also = _also(plain, before)
    if also is not None:
        return also
    explicit = any(_told_of(_inner(p)) for p in parts)
    inner = [_inner(p) for p in parts]
    bare = [b for b in (_bare(p) for p in inner) if b]
    if not bare:
        return None
    introduced = [b for p in inner if _introduced(p) and (b := _bare(p)) and not _MERE_IT.fullmatch(b)]
    clause = _fuller(max(introduced, key=len) if introduced else None, _asking_clause(plain, bare))
    if clause is None:
        if not explicit:
            return None
        clause = max(bare, key=len)
    around = " . ".join(b for b in bare if b != clause)
    clause = _I_THINK.sub("", clause).strip()
    points = bool(_IT.search(clause) or _HE_SHE.search(clause)) or not _telling(clause)
    beside = (*before[-2:], around) if points or len(_telling(clause)) <= _FEW else (around,)
    explicit = explicit or _OWED.search(clause) is not None or _OWED_OF.search(plain) is not None
    return Asked(
        clause, explicit, not _advice(clause, plain), " . ".join(beside), points, _about(clause, around, before)
    )


def owes_answer(a: Asked) -> bool:
    """Whether nothing found has to be said: it is the person's own past that is asked for, not the world or her."""
    own = bool(_OWN.search(a.clause) or a.about or len(_telling(a.clause)) == 0 or _POSSESSED.search(a.clause))
    of_her = _OF_HER.search(re.sub(r"\b(?:told|tell|telling) (?:you|u)\b", "", a.clause))
    return a.explicit and own and a.open and not of_her


_POSSESSED = re.compile(r"^(?:the )?(?:name|date|address|number) of (?:that|the)\b.*\bwe\b|^[\w']+'s\b", _I)
_OWED = re.compile(
    r"^(?:(?:the )?(?:name|names|date|day|time|address|number|age|place) (?:of|where|when) .*\b(?:i|my|we|our)\b|"
    r"how did (?:i|we|my) .*\b(?:meet|met|know|get together)\b|"
    r"(?:what|when|where|who)(?:'?s| is| was| are) (?:(?:my|our) [\w' -]+|(?!your|his|her|their|its|the|this|that|it|what|to)[\w-]+'?s )"
    r"(?:first name|last name|middle name|surname|name|birthday|job|number|address|age|star sign|wife|husband|son|daughter|dog|cat)$)",
    _I,
)
_OWED_OF = re.compile(
    r"^(?:the|that|those) [\w' -]+ (?:i|we) [\w' -]+, ?(?:what|where|who|when)\b|\bhow old (?:is|are|was) (?!you\b|the\b|it\b)[\w']+\W*$|"
    r"^(?:which|what|where|who|how (?:long|much|many)|when)\b.*\b(?:was|were|did|had)\b.*\b(?:last time|that time|the other day)\W*$|"
    r"^am i (?:an?|still|allergic|married|registered|supposed)\b(?! (?:bad|good|terrible|failure|burden|joke|fool|idiot|monster))",
    _I,
)
"""What is so clearly the person's own that she owes an answer, however it is put."""


_MERE_IT = re.compile(
    r"(?:the answer|why|who|where|what|when|it|that|this|do|did|have|so|to you|anything|about|about it|you)?[ .]*", _I
)
_INNER = re.compile(
    rf"(?:\b(?:asks?|asked|asking|wants? to know|wanted to know|tell (?:my )?\w+|wonder|wondering|not sure|unsure|need to know|trying to "
    rf"think|keep mixing up|forgotten|forgot|forget|tried to remember|thinking about|show (?:my )?\w+|says?|needs)\b) (?={_WH}|(?:my |the )?[\w-]+'?s (?:age|name|birthday|number|address|birth)\b)",
    _I,
)
"""What stands before a question inside a statement: "people ask where Nala comes from"."""


def _inner(part: str) -> str:
    found = _INNER.search(part)
    if found is None:
        return part
    return f"i forgot {part[found.end() :]}" if re.search("forg|remember", found[0], _I) else part[found.end() :]


def _introduced(part: str) -> bool:
    start = re.match(_SMALL, part, _I)
    return _EXPLICIT.match(part[start.end() :] if start else part) is not None


def _told_of(part: str) -> bool:
    start = re.match(_SMALL, part, _I)
    rest = part[start.end() :] if start else part
    if _EXPLICIT.match(rest) or _TAG.match(rest):
        return True
    after = _AFTER.search(part)
    if after is None:
        return False
    again = re.search(r"\bagain\b", after[0], _I) and _ASKING.match(part)
    return bool(again) or _TELLING_AFTER.search(after[0]) is not None


def _bare(part: str) -> str:
    """A part without what introduces or closes it."""
    shorter = part
    while True:
        bare = re.sub(rf"^{_SMALL}", "", shorter, count=1, flags=_I)
        bare = _AFTER.sub("", bare)
        for lead in (_EXPLICIT, _ASKS_TO_TELL):
            if (found := lead.match(bare)) and len(bare) > found.end():
                bare = bare[found.end() :]
        if bare == shorter:
            return bare.strip()
        shorter = bare


def _asking_clause(plain: str, bare: Sequence[str]) -> str | None:
    """The last part that asks by its words; else the last one, where the whole ends in a question mark or is a mere noun."""
    asks = [b for b in bare if _ASKING.match(b) or _TAG.match(b)]
    if asks:
        return max(asks, key=lambda b: len(_telling(b)))
    if re.search(r"[?？]", plain) or _mere(bare) or _PRESSING.search(plain):
        return max(bare, key=lambda b: len(_telling(b)))
    return next((b for b in bare if re.search(rf"\b{_WH}(?: \w+)?[ .]*$|^(?:need|looking for) ", b, _I)), None)


_PRESSING = re.compile(r"^(?:[\w'-]+ ){1,4}(?:pls|please|plz|quick|asap|urgent)\b|[^?]\bwhat was it\W*$", _I)
"""A noun and "please": "wifi password pls"."""


def _fuller(introduced: str | None, asks: str | None) -> str | None:
    """The clause that was introduced ("do you know ..."), unless that only points to a fuller one beside it."""
    if introduced is None or asks is None:
        return introduced or asks
    return asks if len(_telling(asks)) > len(_telling(introduced)) and _ASKING.match(asks) else introduced


def _mere(bare: Sequence[str]) -> bool:
    """ "stepdad's name", "name of my boss": a noun alone asks."""
    return len(bare) == 1 and re.search(
        r"(?:'s|s) (?:name|birthday|address|number|job|age|surname|code|password)$|^(?:the )?(?:name|date|address|number|age) of\b", bare[0], _I
    ) is not None  # fmt: skip


def _telling(clause: str) -> list[str]:
    small = rf"{_WH}|the|a|an|is|are|was|were|do|does|did|it|that|this|of|in|on|at|to|i|he|she|they|you|we|called|name"
    return [w for w in re.findall(r"[\w'-]+", clause) if not re.fullmatch(small, w, _I)]


def _advice(clause: str, plain: str) -> bool:
    return bool(
        _ADVICE.search(clause)
        or (
            _OF_HER.search(re.sub(r"\b(?:told|tell|telling) (?:you|u)\b", "", clause))
            and not re.search(r"\byou (?:know|remember)\b", plain, _I)
        )
    )


def _about(clause: str, around: str, before: Sequence[str]) -> frozenset[str]:
    """The people of the clause; for "she", whoever was spoken of last."""
    own = people(clause)
    if own or not _HE_SHE.search(clause):
        return own
    for line in (around, *reversed(before[-4:])):
        found = people(line)
        if found:
            return found if len(found) == 1 else frozenset(sorted(found)[:1]) & found
    return frozenset()


def _also(plain: str, before: Sequence[str]) -> Asked | None:
    """ "and my brother?": the question before, asked of somebody else."""
    found = _ALSO.match(plain)
    last = before[-2] if len(before) > 1 else ""
    whom = people(f"x {found['whom']}") if found else frozenset[str]()
    earlier = asked(last, before[:-2]) if found and last else None
    if not whom or found is None or earlier is None or not earlier.about:
        return None
    kept = " ".join(w for w in re.findall(r"[\w'-]+", earlier.clause) if not people(f"x {w}"))
    return Asked(f"{kept} {found['whom']}", True, True, "", False, whom)
