"""Recall: what to look for, how the signals of a candidate are fused, and what is surely relevant. Pure.

The store finds candidates and measures each (:class:`Candidate`); here they are weighed. The measures don't grow with
the store, so that weights found in a short past hold in a long one. The weights were chosen on the first five conversations of
LoCoMo by ``python -m evals.recall``, whose results are kept in docs/results; the thresholds of :func:`sure` on the
labelled pairs of tests/unit/test_recall.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from someone.mind import times

if TYPE_CHECKING:
    from someone.mind.moments import BondId, MomentId


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. ``text`` is what was just said; ``now`` its time (aware); ``before`` leaves out moments with
    this id and later (what is being said now); ``limit`` how many hits at most; ``when``: the time that the text speaks
    of, where more than the calendar tells it ("the week we moved"); None: as the text says.
    """

    text: str
    now: datetime
    before: MomentId | None = None
    limit: int = 10
    when: times.Span | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A found memory. ``speaker`` is ``"person"`` or ``"her"``; ``score`` is the fused score (higher is better);
    ``cover`` the share (0..1) of the query's rare words that stand in it; ``cosine`` of the vectors, None where the
    moment has no vector yet. ``source`` is set where it was brought in from a file ("mail", "whatsapp" ...): then
    ``speaker`` is its author (``"person"`` if they wrote it), ``at`` its own date, and it is content only.
    """

    bond: BondId
    id: MomentId
    at: datetime
    speaker: str
    text: str
    score: float
    cover: float = 0.0
    cosine: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment that may be meant, as the store measured it.

    ``words``: BM25 over the moment and its neighbours in the same talk (:data:`AROUND`), over the length of the query's
    vector of idf, times :data:`WORDS`: about 0 to 15. ``meaning``: the cosine with the query about the store's mean, as
    a standard score over the store; ``around``: the neighbours' ``meaning``, summed; ``asked``: how well the turn before fits (``words`` and
    weighted ``meaning``, not below 0), where that one ends by asking; ``cover`` and ``cosine`` as in :class:`Hit`.
    """

    bond: BondId
    id: MomentId
    at: datetime
    speaker: str
    text: str
    words: float
    meaning: float = 0.0
    around: float = 0.0
    asked: float = 0.0
    cover: float = 0.0
    cosine: float | None = None
    source: str = ""


AROUND = {-2: 0.4, -1: 0.8, 0: 1.0, 1: 0.5, 2: 0.2}
"""How much a word said some turns away counts for a turn: an answer shares its words with the question before it.
On LoCoMo 1-5, BM25 over single turns finds 62.9 % of the evidence in ten hits, over plain windows of three 72.8 %,
over this kernel 77.6 %."""

MEANING_AROUND = {-2: 0.3, -1: 0.7, 1: 0.5, 2: 0.25}
"""The same for cosines; the turn itself is left out, it has its own weight."""

TALK_GAP = timedelta(hours=1)
"""A longer silence ends a talk: turns beyond it are not neighbours."""

WORDS = 6.0
"""Brings ``words`` to about the size of standard scores. As standard scores they would grow with the store: a rare word
stands out the more, the more moments there are without it, and nothing else would count in a long past."""

MEANING, MEANING_NEAR = 1.1, 0.2
"""Weights of ``meaning`` and ``around`` beside ``words`` at 1. These and the next five were fitted as a listwise logistic
regression (a question's evidence against the fifty best other turns) on four of LoCoMo 1-5 at a time and tried on the
fifth: five fits agree, and find as much in the unseen one as the values here do. These are rounded, and drawn toward 0
where that costs nothing: all lie on a flat top."""

LONGER, LONG = 0.9, 40
"""For each factor of e in a turn's length, up to ``LONG`` words: who says more, tells more. BM25 holds length against a
turn as if its words were thinned out; in talk the short turns are the empty ones ("that's great")."""

HANDS_ON, ASKED = -1.2, 0.2
"""For a turn that ends by asking: it passes the talk on. What is looked for mostly stands in the next one, which gets a
share of what fits in the question."""

ANSWERS = 1.5
"""For a turn that holds the kind of thing that is asked for: a time to "when", a number to "how many"."""

NAMED = 1.0
"""For a turn said by someone whom the query names ("Mara: ...")."""

HER_WORDS = -0.7
"""For what she said herself: it is context, the person's words are the evidence. By judgement."""

A_QUESTION = -0.4
"""For the person's own questions, which ask for what is looked for and don't hold it. By judgement."""

RECENT, RECENT_FOR = 0.2, timedelta(days=30)
"""Mild: 0.2 for now, half of it after a month (hyperbolic, as forgetting curves are: Wixted & Ebbesen 1991)."""

IN_TIME, TOLD_AFTER, TOLD_WITHIN = 3.0, 1.5, timedelta(days=10)
"""For a moment within the time that the query names, and for one soon after it, when the tale of it is told."""

STOP = frozenset(
    """a an the and or but if of to in on at by for with about as into from up down out off over is are was were be been
    being am do does did doing done have has had having i me my mine myself we us our ours you your yours he him his she
    her hers it its they them their theirs this that these those what which who whom whose when where why how so than
    then too very can could will would shall should may might must not no nor don t s ll re ve d m didn doesn isn wasn
    weren won wouldn couldn shouldn aren ain let just there here also any some all both each such only own same
    called call name named tell told remember know think say said mention mentioned ever again yes yeah ok okay oh hi
    now currently nowadays hey hello please thanks really like get got going go thing things something anything""".split()  # noqa: SIM905
)
"""Words that ask or join and hold nothing to look for, the asking ones ("called", "remember") included."""

_KIN = (
    frozenset({"mother", "mom", "mum", "mama", "mommy", "mummy"}),
    frozenset({"father", "dad", "daddy", "papa"}),
    frozenset({"grandmother", "grandma", "gran", "granny", "nana"}),
    frozenset({"grandfather", "grandpa", "granddad", "grandad"}),
    frozenset({"sister"}), frozenset({"brother"}), frozenset({"son"}), frozenset({"daughter"}),
    frozenset({"husband"}), frozenset({"wife"}), frozenset({"partner"}), frozenset({"boyfriend"}),
    frozenset({"girlfriend"}), frozenset({"aunt", "auntie"}), frozenset({"uncle"}), frozenset({"cousin"}),
    frozenset({"niece"}), frozenset({"nephew"}), frozenset({"boss", "manager"}), frozenset({"neighbour", "neighbor"}),
    frozenset({"friend"}), frozenset({"doctor"}), frozenset({"therapist"}), frozenset({"teacher"}),
    frozenset({"dog", "puppy"}), frozenset({"cat", "kitten"}),
)  # fmt: skip
"""Those who matter, one set of words for each: a memory of a sister says nothing about a brother."""

_NONE: frozenset[str] = frozenset()
_FORMS: tuple[frozenset[str], ...] = tuple(
    frozenset(forms.split("/"))
    for forms in """begin/began/begun bite/bit/bitten break/broke/broken bring/brought build/built buy/bought
    catch/caught choose/chose/chosen come/came dream/dreamt drink/drank/drunk drive/drove/driven eat/ate/eaten
    fall/fell/fallen feel/felt fight/fought find/found fly/flew/flown forget/forgot/forgotten give/gave/given
    grow/grew/grown hear/heard hide/hid/hidden keep/kept know/knew/known lead/led learn/learnt leave/left lend/lent
    lose/lost make/made meet/met pay/paid ride/rode/ridden run/ran see/saw/seen sell/sold send/sent shake/shook
    sing/sang/sung sleep/slept speak/spoke/spoken spend/spent steal/stole/stolen swim/swam/swum take/took/taken
    teach/taught think/thought throw/threw/thrown wake/woke/woken wear/wore/worn win/won write/wrote/written
    child/children person/people wife/wives man/men woman/women foot/feet tooth/teeth""".split()  # noqa: SIM905
)
"""Forms of one word that no stemmer joins."""

_WORD = re.compile(r"[^\W_]+")
_QUESTION_MARKS = ("?", "\u061f", "\uff1f")
_ATTACHED = re.compile(r"(?:\s*\[[^\]]*\])*[\s\"')]*$")
_WHEN = re.compile(
    r"\b(?:when|how long|how (?:recently|soon)|(?:what|which) (?:date|day|week|month|year|time|season))\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow (?:many|much|often|old|tall|far|big|large)\b", re.IGNORECASE)
_A_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last|next|ago|weeks?|weekend|months?|years?|morning|night|since|soon|recently"
    r"|just|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|\d+)\b",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|few|couple|several|many"
    r"|dozens?|hundreds?|thousands?)\b",
    re.IGNORECASE,
)
_NAME_PREFIX = re.compile(r"\s*([^\W\d_][\w'\u2019-]{0,30})(?: [^\W\d_][\w'\u2019-]{0,30})?: ")
_ASKS = re.compile(
    r"(?:so |and |but |hey |oh )?(?:what|who|whose|when|where|why|how|which|do|does|did|is|are|was|were|can|could|will"
    r"|would|should|have|has|what\Ws|who\Ws|where\Ws|when\Ws|how\Ws)\b",
    re.IGNORECASE,
)
_LOOK_AT = 4000
_MOST_WORDS = 12


def content_words(text: str, most: int = _MOST_WORDS) -> list[tuple[str, ...]]:
    """What to look for in ``text``: each content word once, lower case, with the other words for the same person
    ("mum", "mom") and its irregular forms ("broke"), at most ``most`` of them: the longer ones, which are the rarer,
    in the order of the text.
    """
    found: dict[str, None] = {}
    for match in _WORD.finditer(text[:_LOOK_AT].lower()):
        word = match[0]
        if word not in STOP and not (len(word) == 1 and word.isascii()):
            found[word] = None
    words = list(found)
    if len(words) > most:
        kept = set(sorted(words, key=len, reverse=True)[:most])
        words = [w for w in words if w in kept]
    return [(w, *sorted((_same_person(w) | _forms(w)) - {w})) for w in words]


def _same_person(word: str) -> frozenset[str]:
    bare = word.removesuffix("s") if len(word) > len("son") else word
    return next((group for group in _KIN if word in group or bare in group), _NONE)


def _forms(word: str) -> frozenset[str]:
    bare = word.removesuffix("ing").removesuffix("s") if len(word) > len("sing") else word
    return next((forms for forms in _FORMS if word in forms or bare in forms), _NONE)


def stem(word: str) -> str:
    """A word without its plural, -ing or -ed: enough to match words without an index."""
    for end in ("'s", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(end) and len(word) - len(end) >= len("the"):
            return word[: -len(end)]
    return word


def embedded_part(text: str, most: int = 16) -> str:
    """What of ``text`` is embedded as a query. An embedder takes longer with every token, and recall has to be quick: of a
    text longer than ``most`` words only its content words are taken, at most ``most``.
    """
    words = text[:_LOOK_AT].replace("\0", " ").split()
    if len(words) > most:
        words = [w for w in words if w.strip(".,!?;:'\"").lower() not in STOP][:most]
    return " ".join(w[:40] for w in words).encode("utf-8", "replace").decode("utf-8")


def fuse(query: Query, candidates: Iterable[Candidate]) -> list[Hit]:
    """Weigh the candidates; the best ``query.limit`` as hits, best first, the newer first among equals."""
    span, kind = query.when or times.span(query.text, query.now), _kind_of_answer(query.text)
    asked = {
        m[0].removesuffix("'s").removesuffix("\u2019s")
        for m in re.finditer(r"[\w'\u2019-]+", query.text[:_LOOK_AT].lower())
    }
    hits: list[Hit] = []
    for c in candidates:
        score = _score(query, c, span, asked)
        if kind is not None and kind.search(c.text[:_LOOK_AT]):
            score += ANSWERS
        hits.append(Hit(c.bond, c.id, c.at, c.speaker, c.text, score, c.cover, c.cosine, c.source))
    return sorted(hits, key=lambda h: (-h.score, -h.id))[: max(0, query.limit)]


def _score(query: Query, c: Candidate, span: times.Span | None, asked: set[str]) -> float:
    score = c.words + MEANING * c.meaning + MEANING_NEAR * c.around + ASKED * c.asked
    score += LONGER * math.log(1 + min(LONG, len(c.text[:_LOOK_AT].split())))
    if said_by(c.text) in asked:
        score += NAMED
    if c.speaker == "her":
        score += HER_WORDS
    elif is_question(c.text):
        score += A_QUESTION
    if hands_on(c.text):
        score += HANDS_ON
    age = max(timedelta(0), query.now - c.at)
    score += RECENT * (RECENT_FOR / (RECENT_FOR + age))
    if span is not None:
        score += _in_time(c.at, span)
    return score


def answers(question: str, text: str) -> bool:
    """Whether ``text`` holds a time where a time is asked for, or a number where a number is."""
    kind = _kind_of_answer(question)
    return kind is not None and kind.search(text[:_LOOK_AT]) is not None


def _kind_of_answer(question: str) -> re.Pattern[str] | None:
    if _WHEN.search(question[:_LOOK_AT]):
        return _A_TIME
    return _A_NUMBER if _HOW_MANY.search(question[:_LOOK_AT]) else None


def hands_on(text: str) -> bool:
    """Whether a turn ends by asking, what is attached to it in brackets aside."""
    return _ATTACHED.sub("", text[-_LOOK_AT:]).endswith(_QUESTION_MARKS)


def said_by(text: str) -> str:
    """The first name of whoever said it, lower case, where a text begins with it ("Mara: ..."); else ""."""
    prefix = _NAME_PREFIX.match(text)
    return prefix[1].lower() if prefix else ""


def _in_time(at: datetime, span: times.Span) -> float:
    if span[0] <= at < span[1]:
        return IN_TIME
    return TOLD_AFTER if span[1] <= at < span[1] + TOLD_WITHIN else 0.0


ASKS_TO_KEEP = re.compile(
    r"\s*(?:please |hey |oh |and )*(?:(?:can|could|will|would) you )?(?:please )?"
    r"(?:remember|note|keep in mind|don['’]?t forget)(?: for me)?(?: that|:|,) ",
    re.IGNORECASE,
)
"""What opens a request to keep something. What follows is told, not asked."""


def is_question(text: str) -> bool:
    """True for a text that only asks: it ends in a question mark or begins as a question, and states nothing before.

    "My sister Mara is here. Do you mind?" states something and is no mere question.
    """
    if ASKS_TO_KEEP.match(text):
        return False
    sentences = [s for s in re.split(r"(?<=[.!?\u061f\uff1f])\s+", text.strip()[:_LOOK_AT]) if s.strip(" .!")]
    if not sentences:
        return False
    return all(s.rstrip("\"' )").endswith(_QUESTION_MARKS) or _ASKS.match(s) for s in sentences)


COVER, COVER_WITH_MEANING, COVER_OF_A_PERSON, MEANT = 0.6, 0.34, 0.4, 0.85
"""Surely relevant: this much of the query's idf stands in it; or less, with a cosine (e5) of at least ``MEANT``; or
less, where it is about the very people whom the query is about ("how old is my mom?": "My mother is seventy").
Chosen on the labelled pairs of tests/unit/test_recall.py: there e5 puts the answers at 0.80-0.90, near misses ("break
my ankle" beside a broken wrist) at up to 0.847 and unrelated sentences at 0.74-0.83, so a cosine alone proves
nothing."""

MOST_SURE = 2


def sure(query: Query, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits (0 to 2, best first) that surely bear on the query: only these are handed to a small brain or quoted.

    Never what she said or what was brought in from a file, never a mere question, and whoever the query is about must stand in it.
    """
    about = people(query.text)
    found: list[Hit] = []
    for hit in hits:
        if (
            hit.source
            or hit.speaker != "person"
            or is_question(hit.text)
            or not about <= people(hit.text, all_words=True)
        ):
            continue
        near = hit.cosine is not None and hit.cosine >= MEANT
        enough = COVER_WITH_MEANING if near else COVER_OF_A_PERSON if about else COVER
        if hit.cover >= enough:
            found.append(hit)
        if len(found) == MOST_SURE:
            break
    return tuple(found)


def certainty(query: Query, hits: Sequence[Hit]) -> float:
    """How surely the hits (some fifty, best first) hold an answer: higher is surer; for a threshold, not for a person.

    The cover of the best three; and, where the query names someone who speaks among the hits, how far what that one
    said stands above what others said (means of the best three). Asked of the wrong person, the best hits are another's.
    """
    cover = max((h.cover for h in hits[:3]), default=0.0)
    asked = {word.lower() for word in _WORD.findall(query.text[:_LOOK_AT])}
    own = [h.score - NAMED for h in hits if said_by(h.text) in asked]
    others = [h.score for h in hits if said_by(h.text) and said_by(h.text) not in asked]
    if not own or not others:
        return cover
    return cover + sum(own[:3]) / len(own[:3]) - sum(others[:3]) / len(others[:3])


def people(text: str, *, all_words: bool = False) -> frozenset[str]:
    """Whom a text is about: kin by one word for each set, and names (capitals inside a sentence); or all its words."""
    people: set[str] = set()
    inside = False
    for match in re.finditer(r"[^\W_]+|[.!?\n]", text[:_LOOK_AT]):
        word = match[0]
        if not word[0].isalnum():
            inside = False
            continue
        kin = _same_person(word.lower())
        if kin:
            people.add(min(kin))
        elif all_words or (inside and word[0].isupper() and len(word) > 1 and word.lower() not in STOP | _NO_NAMES):
            people.add(word.lower())
        inside = True
    return frozenset(people)


_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ai""".split()  # noqa: SIM905
)
