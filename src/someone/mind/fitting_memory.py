"""Which memory answers a question, by what kind of thing is asked for. Pure.

"Which instrument do I play?" shares one word with "I play the cello on Thursdays": the kind of thing that is asked for
("instrument") never stands in its answer. So the kind is read apart: what is left of the question must stand in the memory,
and the memory must hold something of that kind (a number for "how much", a day for "when", a name for "who"). Whom the
question is about must be whom the memory is about. Precision before recall: where it does not fit, she doesn't know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from someone.mind.facts import KIN
from someone.mind.recall import STOP, Hit, content_words, is_question, people

_NUMBER = (
    r"(?:\d[\d.,:]*(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundred|half|dozen)"
)
_TIME = (
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|"
    rf"november|december|spring|summer|autumn|winter|christmas|easter|today|tomorrow|tonight|yesterday|weekend|noon|midnight|"
    rf"morning|evening|night|(?:last|next|this|every|end of|middle of|beginning of) \w+|\w+ ago|(?:at|the|on|in|since|until) {_NUMBER}|\d{{1,2}}:\d\d|"
    rf"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+tieth"
)
_WORK = (
    r"work(?:s|ed|ing)?|job|teach\w*|taught|study|studies|employed|run(?:s)? an?|drive(?:s)? an?|profession|retired|"
    r"(?:is|was|am|i'm|’m|as) an? (?:\w+ ){0,2}(?:\w+(?:er|or|ist|ian|ant|yer|man|woman)|nurse|pilot|vet|chef|cook|judge|clerk|guide)"
)
_COLOURS = "red blue green yellow orange purple pink black white brown grey gray violet turquoise beige gold silver cream navy teal"
_LANGUAGES = (
    "english german french spanish italian portuguese dutch danish swedish norwegian finnish polish czech russian ukrainian "
    "greek turkish arabic hebrew persian hindi urdu bengali tamil chinese mandarin cantonese japanese korean vietnamese thai "
    "swahili latin irish welsh hungarian romanian croatian serbian icelandic esperanto sign"
)
_INSTRUMENTS = (
    "piano guitar violin viola cello bass drums flute clarinet oboe trumpet trombone saxophone harp accordion ukulele banjo "
    "bassoon tuba sitar lute piccolo keyboard contrabass organ horn recorder mandolin harmonica bagpipes"
)
_SPORTS = (
    "football soccer tennis basketball volleyball handball rugby cricket hockey golf badminton swimming running rowing chess "
    "climbing boxing judo karate fencing skiing cycling yoga dancing"
)


def _any(listed: str) -> str:
    return "|".join(f"{word}s?" for word in listed.split())


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """``asks``: found in the question. ``holds``: must be found in the memory (its case counts where ``cased``).
    ``beside``: words of the question that only name the kind. ``alone``: it is asked for even if no word is left.
    """

    asks: re.Pattern[str]
    holds: re.Pattern[str]
    beside: frozenset[str]
    alone: bool = False


def _kind(asks: str, holds: str, beside: str, *, cased: bool = False, alone: bool = False) -> AnswerKind:
    flags = re.IGNORECASE
    found = re.compile(holds) if cased else re.compile(rf"\b(?:{holds})(?!\w)", flags)
    return AnswerKind(re.compile(rf"\b(?:{asks})\b", flags), found, frozenset(beside.split()), alone)


_NAMED = r"(?<=[\w,'’)] )[A-Z][\w'’-]+|^[A-Z][\w'’-]+ (?:is|was|has|had|gave|said)\b"

_KINDS: tuple[AnswerKind, ...] = (
    _kind(
        r"how old|what age|age of|s age",
        rf"(?:turn\w*|is|was|are|am|i'm|aged?|be|at) (?:only |now |already |almost |nearly )?{_NUMBER}|years? old|born",
        "old age turn years turning",
        alone=True,
    ),
    _kind(
        r"how long|since when",
        rf"since|for (?:\w+ )?(?:years?|months?|weeks?|days?|hours?)|{_NUMBER} (?:years?|months?|weeks?|days?|hours?|minutes?)",
        "long",
    ),
    _kind(r"how (?:many|much|big|tall|far|often)|what (?:size|number|price)", _NUMBER + "|every|once|twice", "many much"),
    _kind(
        r"(?:what|which|whats|what's) (?:is |are |was )?(?:my )?(?:\w+ )?colou?rs?|(?:what|which) colou?r",
        _any(_COLOURS),
        "color colour colours colors",
    ),
    _kind(r"languages?", _any(_LANGUAGES), "language languages"),
    _kind(r"instruments?", _any(_INSTRUMENTS), "instrument instruments", alone=True),
    _kind(r"sports?(?! day)", _any(_SPORTS), "sport sports", alone=True),
    _kind(r"jobs?|for a living|profession|occupation|where .*\bwork|do for work", _WORK, "job jobs living profession work", alone=True),
    _kind(r"did .*\b(?:put|use|add)\b.*\bin(?:to)?\b", "with|put|added|used", "put use add"),
    _kind(r"(?:what|which) \w+ do i (?:drive|own|ride)", r"is|drive|have|own|ride|bought|got", "drive own ride"),
    _kind(r"did .*\beat|have for (?:lunch|dinner|breakfast)", r"ate|eat|had|made|cooked", "eat ate"),
    _kind(r"when|what (?:day|time|month|year|date)|which (?:day|month|year)", _TIME, "day time month year date"),
    _kind(r"who|whos|who's|whose|whom", _NAMED, "", cased=True),
    _kind(r"where|what (?:city|town|street|place)|which (?:city|town|street)", r"(?:in|at|on|to|from|under|near|by|behind|next|inside|into|with|through) \w+|downstairs|upstairs|abroad|home|here", "city town street place"),
)  # fmt: skip

ENOUGH = 0.6
"""The share of what is left of a question (two words: both) that must stand in the memory."""

_FEW = 2
_ASKING = frozenset("whats whos wheres whens hows whose exactly again gonna rn gotta please still".split())  # noqa: SIM905
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?")
_SAME = {"color": "colour", "favorite": "favourite", "neighbor": "neighbour", "pay": "paid", "paid": "paid"}


def word_stem(word: str) -> str:
    """A word without its ending, one spelling for two: enough to compare a question with a memory."""
    word = _SAME.get(word.removesuffix("s"), word)
    if word.endswith(("ied", "ies")) and len(word) > len("lied"):
        word = f"{word[:-3]}y"
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > len("to"):
            word = word.removesuffix(ending)
            break
    return _SAME.get(word, word).rstrip("ey") or word


def kind_of(question: str) -> AnswerKind | None:
    """The kind of thing that this question asks for, or None where it names none."""
    return next((k for k in _KINDS if k.asks.search(question)), None)


def answering(question: str, hits: Sequence[Hit]) -> Hit | None:
    """The memory that answers this question, by its kind; of such that fit alike, the newest. None where nothing fits."""
    kind = kind_of(question)
    if kind is None:
        return None
    beside = {word_stem(word) for word in kind.beside}
    words = (group for group in content_words(question) if group[0] not in _ASKING)
    wanted = [g for g in ({word_stem(w) for w in group} for group in words) if not g & beside]
    about = frozenset(a for a in people(question) | named(question, hits) if not _DAY.fullmatch(a))
    asks_self = not about and _OF_SELF.search(question) is not None
    fitting: list[tuple[float, int, Hit]] = []
    for hit in hits:
        if not _may_answer(hit, kind, about) or (asks_self and tells_of_kin(hit.text)):
            continue
        there = {word_stem(w) for w in re.findall(r"[^\W_]+", hit.text.casefold())} | {
            word_stem(w) for group in content_words(hit.text, 40) for w in group
        }
        share = (
            sum(bool(group & there) for group in wanted) / len(wanted)
            if wanted
            else float(kind.alone and (asks_self or bool(about)))
        )
        if share >= (1.0 if len(wanted) <= _FEW else ENOUGH):
            fitting.append((share, hit.id, hit))
    if not fitting:
        return None
    best = max(share for share, _, _ in fitting)
    return max((f for f in fitting if f[0] >= best - 0.15), key=lambda f: f[1])[2]


_WEAK_WORDS = "favourite new last old time day week today year month name next first best big little"
_WEAK = frozenset(word_stem(word) for word in _WEAK_WORDS.split())
_WEAK_WEIGHT = 0.34
_BEARS, _BEARS_MEANT, _MEANT = 0.6, 0.34, 0.85
"""The weight of a question's words that a memory must hold to bear on it; less where the vectors are close too."""

_CLAUSE = re.compile(r"[.?!;\n]+|,\s")
_ASKING_START = re.compile(
    r"(?i)\W*(?:(?:and|so|but|hey|ok|please|wait|now|argh|remind me|tell me|do you (?:know|remember)|you (?:know|remember)) )*"
    r"(?:who|whose|what|where|when|which|how (?:old|many|much|long|often|tall)|at what|on which|till when|is|does|do|did|was|has)(?:'s|s)?\b"
)


def asking(text: str) -> str:
    """The clause that asks: "booking a train now. what seat do i like" asks for a seat. The whole text where none does."""
    clauses = [c.strip() for c in _CLAUSE.split(text.replace("’", "'")) if c and c.strip()]
    return max((c for c in clauses if _ASKING_START.match(c)), key=len, default=text)


def bearing(question: str, hits: Sequence[Hit], least: int = 1) -> Hit | None:
    """The memory that holds most of what a question is about, ``least`` telling words of it or more; the newest of equals."""
    kind = kind_of(question)
    beside = {word_stem(word) for word in kind.beside} if kind else set[str]()
    words = [{word_stem(w) for w in g} for g in content_words(question) if g[0] not in _ASKING]
    wanted = [(g, _WEAK_WEIGHT if g & _WEAK else 1.0) for g in words if not g & beside]
    whole = sum(weight for _, weight in wanted)
    about = frozenset(a for a in people(question) | named(question, hits) if not _DAY.fullmatch(a))
    asks_self = not about and _OF_SELF.search(question) is not None
    found: list[tuple[float, int, Hit]] = []
    for hit in hits:
        if hit.speaker != "person" or is_question(hit.text) or not about <= people(hit.text, all_words=True):
            continue
        if (kind and kind.holds.search(hit.text) is None) or (asks_self and tells_of_kin(hit.text)):
            continue
        there = {word_stem(w) for g in content_words(hit.text, 60) for w in g}
        share = sum(weight for g, weight in wanted if g & there) / whole if whole else 0.0
        strong = sum(weight == 1.0 and bool(g & there) for g, weight in wanted) >= least
        near = hit.cosine is not None and hit.cosine >= _MEANT
        if strong and share >= (_BEARS_MEANT if near else _BEARS):
            found.append((share, hit.id, hit))
    if not found:
        return None
    best = max(share for share, _, _ in found)
    return max((f for f in found if f[0] >= best - 0.15), key=lambda f: f[1])[2]


def _may_answer(hit: Hit, kind: AnswerKind, about: frozenset[str]) -> bool:
    if hit.speaker != "person" or is_question(hit.text) or kind.holds.search(hit.text) is None:
        return False
    if not about:
        return not _of_others(hit.text) if kind.alone else True
    return about <= people(hit.text, all_words=True)


_OTHERS = re.compile(r"^\W*my (?!(?:new |old |first |own )?(?:job|work|favou?rite|instrument|sport)\b)", re.IGNORECASE)


_OF_SELF = re.compile(r"\b(?:do|did|have|had|am|was|would|will|can) i\b|\bi (?:\w+)|\bmy\b", re.IGNORECASE)
_KIN_OF = re.compile(rf"\bmy (?:[\w'’-]+ ){{0,2}}(?:{KIN})s?\b", re.IGNORECASE)
_KINS = re.compile(rf"\bmy (?:[\w'’-]+ ){{0,2}}(?:{KIN})s?['’]", re.IGNORECASE)
_SELF = re.compile(r"\b(?:i|i['’]\w+|me|we|us|our)\b", re.IGNORECASE)


def tells_of_kin(text: str) -> bool:
    """Whether it tells of someone of the person's and the person has no part in it."""
    return _KINS.search(text) is not None or (_KIN_OF.search(text) is not None and _SELF.search(text) is None)


def _of_others(text: str) -> bool:
    """Whether it speaks of someone of the person's and not of the person."""
    return _OTHERS.match(text) is not None


def named(question: str, hits: Iterable[Hit]) -> frozenset[str]:
    """Words of the question, however they are typed, that are names in a memory ("nora" for Nora)."""
    asked = set(re.findall(r"[^\W_]+", question.casefold())) - STOP
    names = {
        name for hit in hits for name in people(hit.text) if re.search(rf"\b{re.escape(name.capitalize())}\b", hit.text)
    }
    return frozenset(asked & names)
