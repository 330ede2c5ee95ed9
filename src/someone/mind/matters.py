"""What a statement settles: the matters of which there is one at a time, and how each is said. Pure.

"I live in Leeds" and "I moved to York" settle the same matter, "home"; "I have a dog" settles none, for many may hold.
"""

from __future__ import annotations

import re

from someone.mind import dating
from someone.mind.fact_words import THING
from someone.mind.facts import tidy

_I = re.IGNORECASE
_PLACE_ENDS = (
    r"in (?:the )?(?:spring|summer|autumn|fall|winter|\d|jan|feb|mar|apr|may|ju|aug|sep|oct|nov|dec)|since|for|until|till|"
    r"from|on|last|this|now|with|when|because|two|three|four|a (?:week|month|year|few|couple)|after|before|again|and|but|"
    r"any ?more|yesterday|today|back in|\d"
)
_PLACE = rf"(?P<value>(?:the |a |an )?[^,.;!]{{2,60}}?)(?= (?:{_PLACE_ENDS})\b|[,.;!]|$)"
_AGE = (
    r"\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|\w+teen|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve"
)
_WHOSE_AGE = (
    r"i'm|i am|my .{2,40}(?: is| are|'s)|(?:s?he|they)(?:'s| is)|[A-Z]\w+(?:'s| is)|i turned|.{2,40} turn(?:s|ed)"
)
MATTERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (matter, re.compile(pattern, _I))
    for matter, pattern in (
        ("birthday", r"\bbirthday(?: is| was|'s|:)? (?:on )?(?P<value>.+)"),
        ("birthday", r"\bborn on (?P<value>.+)"),
        ("age", rf"^(?:{_WHOSE_AGE}) (?:now |already )?(?P<value>{_AGE})"
                r"(?= ?(?:$|[.,!;]|and\b|now\b|years? old|in\b|this\b|last\b|on\b|yesterday\b|today\b))"),
        ("home", rf"\b(?:live[sd]?|living)(?: (?:alone|together|with .{{2,30}}?))? (?!in this\b|here\b)(?:in|at|near|on|above|by) {_PLACE}"),
        ("home", rf"\bmoved (?:back |house |away )?to (?!a new (?:team|desk|department)){_PLACE}"),
        ("work", rf"\bwork(?:s|ed|ing)? (?:as|at|for|in) {_PLACE}"),
        ("work", rf"\b(?:start(?:ed|s)|got) (?:a new job|my new job|a job|work|working|at)(?: (?:at|as|in|for))?(?: {_PLACE})?"),
        ("work", r"\b(?P<value>(?:quit|left|lost) (?:my|his|her) job|(?:is|am|'m|'s) (?:now )?retired|retired|unemployed)\b"),
        ("name", r"\b(?:my|our) (?!.*favou?rite)[\w' -]{2,40}? (?:is|are|was) (?:called|named) (?P<value>[^,.;!]+)"),
        ("name", r"^my (?:full |real )?name is (?P<value>[^,.;!]+)"),
        ("married or not", r"^(?:i'm|i am|i|we|i've been) (?:got |are |happily |newly )?(?P<value>married|divorced|engaged|widowed|single|separated|a widow(?:er)?)\b"),
        ("school", rf"\b(?:stud(?:y|ies|ied|ying)(?! for my)|go(?:es)? to (?=.*(?:school|college|uni))|at (?:uni|university|college)(?: in)?) {_PLACE}"),
    )
)  # fmt: skip
"""What of there is one at a time, and how it is said. The last one told settles it; what was before ends then."""
_OF_ONES_OWN = re.compile(
    rf"^(?:my|our|.{{2,30}}'s) (?P<matter>{THING}|(?:first|middle|last|maiden) name)(?: is| are| was|'s) (?P<value>.+)",
    _I,
)
HAPPENED = re.compile(
    r"\b(?:died|passed away|(?:was|were) (?:born|diagnosed|adopted|fired|laid off|promoted)|got |had |moved|bought|sold|"
    r"adopted|graduated|retired|lost|quit|started|stopped|broke|split up|turned|met my|joined|inherited|emigrated|"
    r"converted|gave up|left)\b",
    _I,
)
_TIME_WORDS = re.compile(
    r"\b(?:last|this|in|on|since|since the|two|three|a few) (?:week|month|year|spring|summer|autumn|winter|\w+day|jan\w*|"
    r"feb\w*|march|april|may|june|july|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|\d{4})\b|\b(?:now|again|yesterday|today)\b",
    _I,
)


TIMELESS = frozenset({"birthday", "anniversary", "name day", "name", "due date"})
"""Matters whose dates say what is so, not from when on."""


def settles(plain: str) -> tuple[str, str]:
    """The matter that a statement settles and how ("home", "leeds"); ("", "") where many may hold at once."""
    own = _OF_ONES_OWN.match(plain)
    if own is not None and "name" not in own["matter"].lower().split()[:1]:
        return own["matter"].lower().replace("favorite", "favourite").strip(), _date(own["value"])
    for matter, pattern in MATTERS:
        found = pattern.search(plain)
        if found is not None:
            return matter, _date(found["value"]) if matter in TIMELESS else _value(found["value"] or found[0])
    return "", ""


def _date(said: str) -> str:
    date = dating.date_in(said)
    return "-".join(str(n) for n in date if n) if date else plain_words(said)


def _value(said: str) -> str:
    return plain_words(_TIME_WORDS.sub("", said))


def plain_words(said: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", " ", tidy(said).lower()).split())
