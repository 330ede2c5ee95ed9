"""Which memory answers what was asked, however the two are worded. Pure.

Each word of the question weighs what it tells: a rare noun all, a light verb ("get", "want") or a measure word little, the
asking words nothing. A memory fits when it holds enough of that weight (the same word, a form of it, a word for the same
thing, a slip of the keys), tells of whom is meant, and holds the kind of thing that is asked for. "When did I ...?" is
answered by any telling of it, for each is given back with when it was told. Of those that fit alike the newest holds; so
does a newer one that says of the same thing that it is different now.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from someone.mind.asking import Asked
from someone.mind.fact_words import KIN
from someone.mind.fitting_memory import kind_of, named, tells_of_kin, word_stem
from someone.mind.grounding import details
from someone.mind.recall import Hit, content_words, is_question, people
from someone.mind.same_words import ASKING, DAYS, LIGHT, SAME

LIGHT_WEIGHT, OTHER_WEIGHT, BESIDE_WEIGHT = 0.35, 0.7, 0.5
"""What a light word weighs; a telling one that stands beside what is asked of ("the essay" is, in "when is the essay due");
and all that stands beside the question together. A telling word weighs 1."""

ENOUGH, ENOUGH_OF_SOMEONE, SURELY, SURELY_OF_SOMEONE = 0.55, 0.45, 0.66, 0.5
"""The share of the weight that a memory must hold: where a memory is asked for; where it tells of the one who is meant; and
the same where the words alone don't show that a memory is asked for. Chosen on the development half of evals/data/freer_probes."""

NEARER = 0.35
"""What it weighs that the meaning is near too, where no telling word is missing: a bike is not a car, however near."""

NEAR, FAR, STANDS_OUT = 0.8, 0.79, 0.04
"""Cosines (e5) of what is near, of what is not, and how far the near stands above its neighbours. See recall.MEANT for the
ranges: near misses reach 0.847, so a cosine alone never answers."""

ALIKE = 0.15
"""Shares that differ by no more fit alike: the newest holds."""

OTHERWISE = 0.8
"""What another word for the same counts of the word itself: the very word is meant before it."""

_ONLY_OF_THEM = 0.5
"""The share of a memory that tells of whom is meant, and holds the kind of thing asked for, where no other word is asked by."""

SLIP, SLIP_FROM = 0.84, 5
"""Two words of so many letters or more, alike to this ratio (difflib), are one word with a slip of the keys in it."""

_NOTHING: frozenset[int] = frozenset()
_CHANGED = re.compile(
    r"\b(?:now|any ?more|no longer|changed?|instead|sold|left|got|swapped|put back|after all|moved|switched|new|not (?:the|on|at|in) .+|but|turned out|in the end|"
    r"haven'?t|don'?t|didn'?t|stopped|quit|too (?:expensive|far|late|small|busy)|fell through|cancel\w*|postponed|only|again)\b",
    re.IGNORECASE,
)
_TIME_ASKED = re.compile(
    r"\b(?:when|how long|since when|what (?:day|date|month|year|time)|which (?:day|month|year)|last time)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:is|are|does|do|will|going|next|do i have)\b(?!.*\b(?:did|was|were|since|have been|has been)\b)",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\bdid (?:i|we) (?:last )?(?P<verb>buy|sell|lend|borrow|lose|find|give|return|meet|leave|break|fix|paint|start|stop|quit)\b",
    re.IGNORECASE,
)
"""What turns into something else by another verb: bought is not lent."""

_SO_FAR = re.compile(r"\b(?:how long|since when|how long ago|last time)\b", re.IGNORECASE)
_SAID_OF = re.compile(r"\b(?:said|say|told|tell|mentioned|mention)(?: you)? (?:about|of)\b", re.IGNORECASE)
_NAME_ASKED = re.compile(r"\b(?:name|names|called|named)\b", re.IGNORECASE)
_ON_CONDITION = re.compile(r"\b(?:when|if|after|before|whenever|while)\b", re.IGNORECASE)
_PEOPLE_ASKED = re.compile(r"\bwho(?:se|m)?(?:'?s)?\b", re.IGNORECASE)
_SOMEONE = re.compile(
    r"(?<=[\w,'’)] )(?!I\b|I'|I’)[A-Z][\w'’-]+|^[A-Z][\w'’-]+(?:,| (?:is|was|has|had|gave|said|can|and))|"
    r"\b(?i:my|the|a|an|our) (?i:[\w-]+ )?(?i:mother|mum|mom|father|dad|sister|brother|son|daughter|wife|husband|partner|aunt|uncle|cousin|"
    r"niece|nephew|boss|neighbou?r|friend|doctor|roommate|flatmate|colleague|teacher|grand\w+|girlfriend|boyfriend)\b"
)
_KIN = re.compile(rf"\b(?:{KIN})s?\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:i|i'm|i've|my|me|mine|we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sought:
    """The weighed words of a question, those beside it, the people meant, and whether a time or a person is asked for."""

    words: tuple[tuple[frozenset[str], float], ...]
    optional: frozenset[str]
    beside: tuple[frozenset[str], ...]
    about: frozenset[str]
    kind: object


def found(a: Asked, hits: Sequence[Hit], *, sure: bool = False, lately: frozenset[int] = _NOTHING) -> Hit | None:
    """The memory that answers, or None. ``sure``: nothing but the fit says that a memory is asked for, so it must be close;
    so must what was said in this talk (``lately``), which mostly leads up to the question.
    """
    usable = [h for h in hits if h.speaker == "person" and not h.source and not is_question(h.text)]
    if a.points:  # what it points to was said just now, and is no answer
        usable = [h for h in usable if h.id not in lately]
    about = _meant_ones(a, usable)
    if (
        sure
        and not about
        and not _SELF.search(a.clause)
        and not a.points
        and not kind_only(a.clause)
        and not any(w == 1.0 for _, w in _weighed(a, about)[0])
    ):
        return None  # "What is love?" is asked of the world
    near = _near(usable)
    fitting: list[tuple[float, Hit]] = []
    for hit in usable:
        meant = hit.id in near and hit.id not in lately
        share = _fit(a, about, hit, meant=meant)
        enough = SURELY if hit.id in lately else _enough(bool(about), sure)
        if share is not None and share >= enough:
            fitting.append((share, hit))
    if not fitting:
        return None
    best = max(share for share, _ in fitting)
    chosen = max((h for share, h in fitting if share >= best - ALIKE), key=lambda h: (h.at, h.id))
    return _newer(chosen, a, about, usable)


def _enough(of_someone: bool, sure: bool) -> float:
    if sure:
        return SURELY_OF_SOMEONE if of_someone else SURELY
    return ENOUGH_OF_SOMEONE if of_someone else ENOUGH


def _near(hits: Sequence[Hit]) -> frozenset[int]:
    """Those whose meaning stands out: near to the question, and clearly nearer than what was found beside them."""
    cosines = sorted(h.cosine for h in hits if h.cosine is not None)
    if not cosines:
        return frozenset()
    middle = cosines[(len(cosines) - 1) // 2] if len(cosines) > 1 else FAR
    return frozenset(
        h.id for h in hits if h.cosine is not None and h.cosine >= NEAR and h.cosine - min(middle, FAR) >= STANDS_OUT
    )


def _fit(a: Asked, about: frozenset[str], hit: Hit, *, meant: bool = False) -> float | None:
    """The share of the question's weight that this memory holds, or None where it can't be the answer."""
    there = _stems(hit.text)
    if not _may_answer(a, about, hit) or not _does(a, there):
        return None
    weighed, optional = _weighed(a, about)
    if not any(weight == 1.0 for _, weight in weighed) and kind_only(a.clause):
        weighed = [(g, LIGHT_WEIGHT if _light(g) else 1.0) for g in _groups(a.beside) if not g & ASKING]
        optional = []
    strong = [bool(_in(group, there)) for group, weight in weighed if weight == 1.0]
    joined = any(_in(group, there) for group in _groups(a.beside) if not group & LIGHT)
    if (strong and not any(strong)) or (a.points and not strong and not about and not joined):
        return None
    got = sum(weight * _in(group, there) for group, weight in weighed)
    need = sum(weight for _, weight in weighed)
    extra = sum(LIGHT_WEIGHT for group in optional if _in(group, there)) + BESIDE_WEIGHT * joined
    extra += NEARER * (meant and all(strong))
    if about and not strong and (not got if _asks_kind(a) else need + extra <= 0 and _SAID_OF.search(a.clause)):
        return _ONLY_OF_THEM
    lone = len(weighed) + len(optional) > 1 and got + extra < LIGHT_WEIGHT * 1.5
    if need + extra <= 0 or (lone and not (strong or about or joined or meant)):
        return None
    return (got + extra) / (need + extra)


def _may_answer(a: Asked, about: frozenset[str], hit: Hit) -> bool:
    """Whether it tells of those who are meant, of the person where none is, and holds the kind of thing asked for."""
    if not about <= people(hit.text, all_words=True) or not _holds_kind(a, hit):
        return False
    of_self = not about and _SELF.search(a.clause) and not _PEOPLE_ASKED.search(a.clause) and not _KIN.search(a.clause)
    return not (of_self and tells_of_kin(hit.text))


def _weighed(a: Asked, about: frozenset[str]) -> tuple[list[tuple[frozenset[str], float]], list[frozenset[str]]]:
    """The question's words with their weights, and those that only name the kind: they help and aren't needed."""
    kind = kind_of(_head(a))
    naming = {word_stem(w) for w in kind.beside} if kind else set[str]()
    weighed: list[tuple[frozenset[str], float]] = []
    optional: list[frozenset[str]] = []
    keys = _keys(a.clause) - about
    head = {w for group in _groups(_head(a)) for w in group}
    for group in _groups(a.clause):
        if group & about or group & ASKING:
            continue
        if group & naming or group & DAYS or not group & head:
            optional.append(group)
        else:
            weighed.append(
                (group, LIGHT_WEIGHT if _light(group) else 1.0 if not keys or group & keys else OTHER_WEIGHT)
            )
    return weighed, optional


def _keys(clause: str) -> frozenset[str]:
    """What is asked of: the first telling word after each "my", "the", "that"."""
    found: set[str] = set()
    for match in _OF_WHAT.finditer(clause):
        words = [g for g in _groups(match["words"]) if not _light(g) and not g & DAYS]
        found |= words[0] if words else frozenset()
    return frozenset(found)


_OF_WHAT = re.compile(r"\b(?:my|our|the|that|those|an?) (?!\w+ of\b)(?P<words>[\w'-]+(?: [\w'-]+)?)", re.IGNORECASE)


def kind_only(clause: str) -> bool:
    """ "School play. date and time please": what is asked of stands beside."""
    return (
        re.fullmatch(
            r"(?:date|time|place|name|number|address|when|where|who|and|or|please|\W)+", clause.strip(), re.IGNORECASE
        )
        is not None
    )


def _does(a: Asked, there: frozenset[str]) -> bool:
    """Whether what was done is what is asked for: "when did I buy the drill?" is not answered by its lending."""
    did = _DID.search(_head(a))
    if did is None:
        return True
    verb = _groups(did["verb"])
    return not verb or any(_in(group, there) for group in verb)


def _head(a: Asked) -> str:
    """The clause up to where another begins: "what does Mei want to be when she grows up" asks no time."""
    return re.split(r"(?<=\w) (?:when|if|because|while|after|before)\b", a.clause, maxsplit=1)[0]


def _asks_kind(a: Asked) -> bool:
    return kind_of(_head(a)) is not None or _NAME_ASKED.search(a.clause) is not None


def _light(group: frozenset[str]) -> bool:
    return bool(group & LIGHT) or any(len(w) >= SLIP_FROM and sorted(w) == sorted(t) for w in group for t in LIGHT)


def _holds_kind(a: Asked, hit: Hit) -> bool:
    head = _head(a)
    if _PEOPLE_ASKED.search(head) or _NAME_ASKED.search(head):
        return _SOMEONE.search(hit.text) is not None
    kind = kind_of(head)
    if kind is None or kind.holds.search(hit.text):
        return True
    if _TIME_ASKED.search(head) is None:
        return False
    return _SO_FAR.search(head) is not None or not _TO_COME.search(head) or _ON_CONDITION.search(hit.text) is not None


def newer(best: Hit, a: Asked, hits: Sequence[Hit]) -> Hit:
    """A newer memory of the same thing that says it is different now; else the best."""
    usable = [h for h in hits if h.speaker == "person" and not h.source and not is_question(h.text)]
    return _newer(best, a, _meant_ones(a, usable), usable)


def _meant_ones(a: Asked, hits: Sequence[Hit]) -> frozenset[str]:
    """The people of the question, those too whose names are typed without a capital or with an s ("figaros age")."""
    return a.about | named(a.clause, hits) | named(re.sub(r"(?<=\w\w)'?s\b", "", a.clause), hits)


def _newer(best: Hit, a: Asked, about: frozenset[str], hits: Sequence[Hit]) -> Hit:
    topic = [g for g, w in _weighed(a, about)[0] if w == 1.0 or g & about]
    was = _content(best.text)
    frame = was - {word_stem(w) for w in details(f"x {best.text}")}
    later = [
        h
        for h in hits
        if h.at > best.at
        and (_CHANGED.search(h.text) or (frame and frame <= _content(h.text)))
        and about <= people(h.text, all_words=True)
        and (was & _content(h.text) or any(_in(g, _stems(h.text)) for g in topic))
        and (about or not tells_of_kin(h.text) or tells_of_kin(best.text))
        and _holds_kind(a, h)
    ]
    return max(later, key=lambda h: (h.at, h.id), default=best)


def _groups(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word_stem(w) for w in group) for group in content_words(text, 40))


def _content(text: str) -> frozenset[str]:
    return frozenset(w for group in _groups(text) for w in group if not group & LIGHT)


def _stems(text: str) -> frozenset[str]:
    words = {word_stem(w) for w in re.findall(r"[^\W_]+", text.casefold())}
    return frozenset(words | {w for group in _groups(text) for w in group})


def _in(group: frozenset[str], there: frozenset[str]) -> float:
    """Whether one of these words stands there: 1; a word for the same, or the word as it was meant: a little less."""
    if group & there:
        return 1.0
    if any(same & group and same & there for same in SAME):
        return OTHERWISE
    if any(_part(w, t) for w in group for t in there):
        return OTHERWISE
    slips = (
        _slip(w, t) for w in group if len(w) >= SLIP_FROM for t in there if len(t) >= SLIP_FROM - 1 and t[0] == w[0]
    )
    return OTHERWISE if any(slips) else 0.0


def _part(one: str, two: str) -> bool:
    """ "Fish" and "goldfish": one is the end of the other."""
    short, long = sorted((one, two), key=len)
    return len(short) >= _WHOLE_WORD and len(long) - len(short) > 1 and long.endswith(short)


_WHOLE_WORD = 4


def _slip(one: str, two: str) -> bool:
    if sorted(one) == sorted(two):
        return True
    return abs(len(one) - len(two)) <= 1 and SequenceMatcher(None, one, two).ratio() >= SLIP
