"""Open loops: what was said to come and not yet told of. A pure fold, and a part of the bond's.

A loop opens by the person's own words (:mod:`someone.mind.awaited`). It closes once: they told how it went, she asked,
they want it left alone, or it has grown old. Nothing of it is kept but what they said, so forgetting that takes it along.

When something is due is worked out in the zone of who asks (:func:`due`), not here: a journal holds UTC alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind.awaited import awaited
from someone.mind.coming import coming
from someone.mind.moments import Cared, Entry, Forgotten, Heard, LoopClosed, MomentId, Parted, Reached, Said
from someone.mind.people import Person, mentioned
from someone.mind.recall import content_words, is_question, stem
from someone.mind.times import Span

ASKS = "asks_after"
"""The rule by which she asks after a loop in a talk."""
LET_GO = timedelta(days=14)
"""So long after it was due a loop that nobody told of is let go."""
UNTIMED = timedelta(days=7)
"""What is waited for without a day is due after this."""
WAITS = timedelta(days=7)
"""So long what she reached out with waits to be seen."""
LATELY = timedelta(days=3)
"""Within this "it went well" speaks of what was due."""
MOST = 200
REACHED_KEPT = 400
_ANY_ZONE = timedelta(hours=14)
"""A day begins somewhere on earth up to this long before it does in UTC."""

Closed = Literal["", "answered", "asked", "let_go", "person", "again"]


class Loop(BaseModel):
    """``id``: what the person said; ``about``: the thing ("your driving test"); ``question``: how she asks after it; ``text``:
    the sentence; ``timed``: it says when; ``people``: keys of who comes up in it. ``closed``: why it is over, "" while open;
    "again": told anew, so that the later telling stands.
    """

    model_config = ConfigDict(frozen=True)

    id: MomentId
    said_at: datetime
    about: str
    question: str
    text: str
    timed: bool = True
    people: tuple[str, ...] = ()
    closed: Closed = ""
    closed_at: datetime | None = None


class Reaching(BaseModel):
    """She reached out. ``id`` 0 where it was forgotten since: that it happened still counts against the day."""

    model_config = ConfigDict(frozen=True)

    id: MomentId
    at: datetime
    text: str = ""
    evidence: tuple[MomentId, ...] = ()


class Loops(BaseModel):
    """All loops in the order in which they opened, and what decides whether she may reach out. ``waiting``: what she
    reached out with and nobody answered; ``heard_before``: when the person spoke last before their latest words.
    """

    model_config = ConfigDict(frozen=True)

    loops: tuple[Loop, ...] = ()
    reached: tuple[Reaching, ...] = ()
    waiting: Reaching | None = None
    heard_at: datetime | None = None
    heard_before: datetime | None = None
    parted_at: datetime | None = None
    cared_at: datetime | None = None
    loss_at: datetime | None = None
    """When the person last told of a death."""

    def open(self, now: datetime) -> tuple[Loop, ...]:
        """Those that are open, the first due first; not what is long over."""
        there = (lp for lp in self.loops if not lp.closed and due(lp, now.tzinfo)[1] + LET_GO > now)
        return tuple(sorted(there, key=lambda lp: (due(lp, now.tzinfo)[1], lp.id)))

    def ripe(self, now: datetime, within: timedelta = LET_GO) -> tuple[Loop, ...]:
        """Those whose time is over, by no more than ``within``: one may ask how it was."""
        there = ((due(lp, now.tzinfo)[1], lp) for lp in self.open(now))
        return tuple(lp for end, lp in there if end <= now < end + within)


def due(loop: Loop, zone: tzinfo | None) -> Span:
    """When it is, in this zone."""
    said = loop.said_at.astimezone(zone)
    ahead = coming(loop.text, said) if loop.timed else None
    if ahead is not None:
        return ahead.when
    begins = said if loop.timed else said + UNTIMED
    return begins, begins + timedelta(days=1)


def step(loops: Loops, entry: Entry, people: Sequence[Person] = ()) -> Loops:
    """The loops after one more moment. ``people``: who is known after it."""
    match entry.moment:
        case Heard(text=text):
            return _heard(loops, entry, text, people)
        case Said(by=by, stood_on=stood_on) if by == f"rule:{ASKS}":
            return _closing(loops, stood_on, "asked", entry.at)
        case LoopClosed(loop=loop, why=why):
            return _closing(loops, (loop,), why, entry.at)
        case Reached(text=text, evidence=evidence):
            reaching = Reaching(id=entry.id, at=entry.at, text=text, evidence=evidence)
            asked = _closing(loops, evidence if text.endswith("?") else (), "asked", entry.at)
            return asked.model_copy(update={"reached": _last(asked.reached, reaching), "waiting": reaching})
        case Forgotten(was="Reached"):
            gone = Reaching(id=MomentId(0), at=entry.at)
            return loops.model_copy(update={"reached": _last(loops.reached, gone), "waiting": gone})
        case Cared(to=to):
            kept = tuple(lp for lp in loops.loops if lp.id != to)
            return loops.model_copy(update={"loops": kept, "cared_at": entry.at})
        case Parted():
            return loops.model_copy(update={"parted_at": entry.at})
        case Forgotten(was="Heard"):
            return loops.model_copy(update={"heard_at": entry.at, "heard_before": loops.heard_at})
        case _:
            return loops


def _last(reached: tuple[Reaching, ...], one: Reaching) -> tuple[Reaching, ...]:
    return (*reached, one)[-REACHED_KEPT:]


def _heard(loops: Loops, entry: Entry, text: str, people: Sequence[Person]) -> Loops:
    now = {"heard_at": entry.at, "heard_before": loops.heard_at, "waiting": None}
    loops = loops.model_copy(update=now)
    if _LOSS.search(text[:2000]) and not _LIFELESS.search(text[:2000]) and not is_question(text):
        loops = _mourned(loops, entry.at)
    if (what := declined(text)) is not None:
        return _left_alone(loops, what, entry.at)
    new = awaited(text, entry.at, people)
    if any(not lp.closed for lp in loops.loops):
        loops = _answered(loops, text, entry.at, new.about if new else "")
    if new is None:
        return loops
    loop = Loop(
        id=entry.id,
        said_at=entry.at,
        about=new.about,
        question=new.question,
        text=new.text,
        timed=new.timed,
        people=tuple(p.key for p in mentioned(people, new.text)),
    )
    return loops.model_copy(update={"loops": (*loops.loops, loop)[-MOST:]})


def _mourned(loops: Loops, at: datetime) -> Loops:
    """Nobody is asked how it went with someone who may have died: all that is about people is closed."""
    about_people = [lp.id for lp in loops.loops if lp.people or "'s " in lp.about or lp.about.startswith(_WITH_SOMEONE)]
    return _closing(loops, about_people, "answered", at).model_copy(update={"loss_at": at})


def _closing(loops: Loops, ids: Sequence[MomentId], why: Closed, at: datetime) -> Loops:
    closed = tuple(
        lp.model_copy(update={"closed": why, "closed_at": at}) if lp.id in ids and not lp.closed else lp
        for lp in loops.loops
    )
    return loops if closed == loops.loops else loops.model_copy(update={"loops": closed})


_I = re.IGNORECASE
_OUTCOME = re.compile(
    r"\b(?:went|was|were|wasn't|weren't|did|didn't|got|passed|failed|came|over|done|finished|told|said|had|saw|met|called|"
    r"rang|phoned|talked|spoke|visited|wrote|aced|nailed|survived|accepted|rejected|offered|won|lost|finally|negative|positive|"
    r"clear|benign|moved|arrived|made it|'ve|haven't|started|turned out|approved|denied|gave|took)\b|'ve\b",
    _I,
)
_HOW_IT_WAS = re.compile(
    r"\b(?:it|that|everything|all)(?: all)? (?:went|turned out)\b|\bi(?: just| have|'ve)? (?:passed|failed|got the (?:job|flat|place|part)|got it|"
    r"got in|made it|nailed it|aced it|survived|did it|blew it|messed (?:it )?up)\b|\bi didn't (?:pass|get (?:it|in|the job))\b|"
    r"\bthey (?:hired|took|rejected|offered|want|turned me down|said (?:yes|no))\b|\b(?:all|the) clear\b",
    _I,
)
_OFF = re.compile(
    r"\b(?:cancel\w*|called off|postponed|moved to|rescheduled|put off|(?:isn't|not) happening|fell through|died|passed away)\b",
    _I,
)
_LEAVE_IT = re.compile(
    r"\b(?:please )?(?:don't|do not|dont|never|stop|you (?:don't|do not) (?:need|have) to) (?:ever )?(?:ask(?:ing)?|remind(?:ing)?|"
    r"bring(?:ing)? up|mention(?:ing)?)(?: me)?(?: again| anymore| any more)?(?: (?:about|of|on|how))?(?P<what>[^.!?]{0,80})",
    _I,
)
_THAT = re.compile(r"^(?: ?(?:that|it|this|again|anymore|any more|please|up|ok|okay|now|for now|,))*$", _I)
_ALL = re.compile(
    r"\b(?:anything|any of (?:it|that|this)|everything|my (?:plans|life|day|things)|things|stuff|questions)\b", _I
)
_LOSS = re.compile(
    r"\b(?:died|passed away|passed on|is dead|are dead|is gone forever|(?:was|were) killed|stillborn|miscarr\w+|put (?:him|her|\w+) to sleep|"
    r"lost (?:my|our) (?:mum|mom|mother|dad|father|wife|husband|son|daughter|child|baby|sister|brother|gran\w*|nan|friend|best friend|dog|cat))\b",
    _I,
)
_LIFELESS = re.compile(
    r"\b(?:phone|laptop|battery|car|engine|plants?|fern|cactus|computer|tv|wifi|router|kettle|joke|line|conversation|character|hero)\b"
    r"[^.!?]{0,20}\b(?:died|is dead|are dead)\b",
    _I,
)
_WITH_SOMEONE = ("seeing ", "talking to ", "writing to ", "word from ")
_DULL = frozenset(
    ["new", "big", "first", "next", "talk", "see", "seeing", "writ", "talking", "writing", "word", "your"]
)


def declined(text: str) -> str | None:
    """What she is asked to leave alone: "" for what was spoken of last, "*" for all, else the words; None: nothing."""
    found = _LEAVE_IT.search(text[:600].replace("’", "'"))
    if found is None or text.rstrip().endswith("?"):
        return None
    what = found["what"].strip()
    if _ALL.search(what):
        return "*"
    return "" if _THAT.match(what) else what


def _left_alone(loops: Loops, what: str, at: datetime) -> Loops:
    there = [lp for lp in loops.loops if not lp.closed]
    if what == "*":
        ids = [lp.id for lp in there]
    elif what:
        wanted = _stems(what)
        ids = [lp.id for lp in there if wanted & _stems(lp.about)]
    else:
        ids = [lp.id for lp in there[-1:]]
    return _closing(loops, ids, "person", at)


def _answered(loops: Loops, text: str, at: datetime, anew: str) -> Loops:
    """Loops that these words tell the end of. ``anew``: what they open, in the place of the same told before."""
    plain = text[:2000].replace("’", "'")
    said = _stems(plain)
    again = [lp.id for lp in loops.loops if not lp.closed and anew and _stems(lp.about) == _stems(anew)]
    loops = _closing(loops, again, "again", at)
    if is_question(plain):
        return loops
    off, outcome = _OFF.search(plain) is not None, _OUTCOME.search(plain) is not None
    over: list[MomentId] = []
    before = loops.heard_before
    asked = any(lp.closed == "asked" and lp.closed_at and before and lp.closed_at >= before for lp in loops.loops)
    if not asked and _HOW_IT_WAS.search(plain):  # else it answers what she asked
        just = [
            lp.id for lp in loops.loops if not lp.closed and _has_begun(lp, at) and at < due(lp, at.tzinfo)[1] + LATELY
        ]
        over += just if len(just) == 1 else []  # "it went well": what else can be meant
    for lp in loops.loops:
        wanted = _stems(lp.about)
        if lp.closed or not wanted or not wanted & said:
            continue
        if off or (outcome and _has_begun(lp, at)):
            over.append(lp.id)
    return _closing(loops, over, "answered", at)


def _has_begun(loop: Loop, at: datetime) -> bool:
    """Whether it may be over where the person is; what was said minutes ago is not."""
    began = due(loop, at.tzinfo)[0] - _ANY_ZONE if loop.timed else loop.said_at + timedelta(hours=1)
    return at >= began and at - loop.said_at > timedelta(minutes=5)


def _stems(text: str) -> frozenset[str]:
    found = frozenset(stem(word) for group in content_words(text) for word in group)
    return found - _DULL or found
