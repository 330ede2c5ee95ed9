"""How close the two are, as a slow pure fold: closeness, trust, what went wrong between them, what is theirs, the rhythm.

It shapes what she does (whether she owes a word of repair, what she may come back to). It is no score: no view, page,
command or export holds a number of it, and nothing aims at raising it.

The constants. Hall (2019), "How many hours does it take to make a friend?", finds a casual friendship after some 50 hours
together, a friendship after some 90, a close one after more than 200. With about half an hour of talk on a day, 90 hours are
180 days: :data:`BY_TALK` brings closeness halfway in that time. What is told of oneself brings people nearer than the hours
do (Altman & Taylor 1973, social penetration), so it counts beside the talk, and :data:`MOST_A_DAY` bounds both. One bad
turn outweighs several good ones (Gottman 1994 has about five to one): :data:`BY_RUPTURE` is five of a day's talk. That
absence costs little, slowly, and never all, is ours: nobody owes her a talk.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind.knowing import Knowing
from someone.mind.moments import Corrected, Entry, Failed, Heard, Met, MomentId, Noticed, Said, Shared

BY_TALK = 0.004
"""Share of what is still missing to the full that a day of talk brings: 1 - 0.996**180 is about half."""
BY_TELLING = 0.002
BY_THANKS = 0.002
MOST_A_DAY = 0.012
"""Closeness and trust each grow on one day by no more than this."""
BY_RUPTURE = 5 * BY_TALK
MOST_LOST_A_DAY = 0.03
BY_REPAIR = 0.5
"""Share of a loss that its repair gives back: what was mended is nearly, not wholly, as it was."""
HALVES_IN = timedelta(days=360)
"""Of unbroken absence, after which closeness has halved; trust stays."""
AWAY = timedelta(days=14)
"""No absence is counted before this."""

SAME_TALK = timedelta(hours=1)
AGAIN = timedelta(days=1)
"""A rupture of a kind that was mended a moment ago opens none: one apology is enough."""
LETS_GO = timedelta(days=14)
"""A rupture that no turn was fit to mend by then is over."""
SHARED_KEPT = 30
HOURS_MOST = 48
"""When an hour of the week has as many talks, all are halved: the rhythm is that of the last months."""

What = Literal["joke", "place", "song", "saying"]


class Rupture(BaseModel):
    """Something went wrong between them. ``moment`` opened it; ``about``: whom it was about, "" for nobody in particular;
    ``cost``: what it took of trust and closeness.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["wrong", "broke", "unkind"]
    moment: MomentId
    at: datetime
    about: str = ""
    cost: float = 0.0


class Theirs(BaseModel):
    """A joke, place, song or saying of theirs. ``used_at``: when she last came back to it."""

    model_config = ConfigDict(frozen=True)

    id: MomentId
    what: What
    text: str
    since: datetime
    used_at: datetime | None = None


class Closeness(BaseModel):
    """``closeness`` and ``trust`` 0..1. ``day``: the day (UTC) that is counted now, ``grown`` and ``lost`` what it brought
    so far, ``trusted`` the same of trust. ``days``: days with a talk. ``hours``: talks begun by hour of the week (0: Monday
    00:00 UTC), only those that had any. ``mended``: when each kind of rupture was last mended.
    """

    model_config = ConfigDict(frozen=True)

    closeness: float = 0.0
    trust: float = 0.0
    day: date | None = None
    days: int = 0
    grown: float = 0.0
    trusted: float = 0.0
    lost: float = 0.0
    since: datetime | None = None
    heard_at: datetime | None = None
    said_at: datetime | None = None
    said_id: MomentId | None = None
    rupture: Rupture | None = None
    mended: dict[str, datetime] = {}
    shared: tuple[Theirs, ...] = ()
    shared_at: datetime | None = None
    hours: dict[int, int] = {}


def step(closeness: Closeness, entry: Entry, before: Knowing, known: Knowing) -> Closeness:
    """After one more moment. ``before`` and ``known``: what was known of the person before it and with it."""
    match entry.moment:
        case Heard(text=text):
            return _heard(closeness, entry, text, told=len(known.facts) > len(before.facts))
        case Met():
            return closeness.model_copy(update={"since": closeness.since or entry.at})
        case Said() as said:
            return _said(closeness, entry, said)
        case Corrected(fact=fact):
            return _opened(closeness, entry, "wrong", _whom(before, fact))
        case Failed(stage="speak"):
            return _opened(closeness, entry, "broke")
        case Shared(what=what, text=text):
            new = Theirs(id=entry.id, what=what, text=text, since=entry.at)
            return closeness.model_copy(update={"shared": (*closeness.shared, new)[-SHARED_KEPT:]})
        case Noticed():
            return _grown(closeness, BY_TELLING, 0.0)
        case _:
            return closeness


def _heard(c: Closeness, entry: Entry, text: str, *, told: bool) -> Closeness:
    c = _new_day(c, entry.at)
    begins = c.heard_at is None or entry.at - c.heard_at > SAME_TALK
    c = c.model_copy(
        update={
            "hours": _counted(c.hours, entry.at) if begins else c.hours,
            "since": c.since or entry.at,
            "heard_at": entry.at,
        }
    )
    thanks = thanked(text)
    c = _grown(c, BY_TELLING * told + BY_THANKS * thanks, BY_TELLING * told + BY_THANKS * thanks)
    if c.rupture is not None and (entry.at - c.rupture.at > LETS_GO or (c.rupture.kind == "unkind" and apology(text))):
        c = _repaired(c, entry.at, back=apology(text))
    hers = c.said_at is not None and entry.at - c.said_at <= SAME_TALK
    if hers and puts_right(text):
        return _opened(c, entry, "wrong")
    return _opened(c, entry, "unkind") if unkind(text) else c


def _said(c: Closeness, entry: Entry, said: Said) -> Closeness:
    """Her reply; one that stands on the rupture mends it, one that stands on something of theirs came back to it."""
    stood_on = set(said.stood_on)
    shared = tuple(
        t.model_copy(update={"used_at": entry.at}) if t.id in stood_on and not said.cut else t for t in c.shared
    )
    used = entry.at if shared != c.shared else c.shared_at
    c = c.model_copy(update={"said_at": entry.at, "said_id": entry.id, "shared": shared, "shared_at": used})
    if c.rupture is not None and c.rupture.moment in stood_on:
        return _repaired(c, entry.at, back=True)
    return c


def _new_day(c: Closeness, at: datetime) -> Closeness:
    """The first words of a day: absence is counted, and the day's talk. A clock that went back changes nothing."""
    today = at.date()
    if c.day is not None and today <= c.day:
        return c
    away = at - c.heard_at if c.heard_at is not None else timedelta(0)
    faded = 0.5 ** ((away - AWAY) / HALVES_IN) if away > AWAY else 1.0
    fresh = c.model_copy(
        update={
            "day": today,
            "days": c.days + 1,
            "grown": 0.0,
            "trusted": 0.0,
            "lost": 0.0,
            "closeness": c.closeness * faded,
        }
    )
    return _grown(fresh, BY_TALK, BY_TALK)


def _grown(c: Closeness, nearer: float, trusted: float) -> Closeness:
    """Nearer by these shares of what is missing, as far as the day allows."""
    near = min(nearer * (1 - c.closeness), MOST_A_DAY - c.grown)
    trust = min(trusted * (1 - c.trust), MOST_A_DAY - c.trusted)
    return c.model_copy(
        update={
            "closeness": _within(c.closeness + max(0.0, near)),
            "trust": _within(c.trust + max(0.0, trust)),
            "grown": c.grown + max(0.0, near),
            "trusted": c.trusted + max(0.0, trust),
        }
    )


def _opened(c: Closeness, entry: Entry, kind: Literal["wrong", "broke", "unkind"], about: str = "") -> Closeness:
    """Something went wrong. One at a time: a second while the first is open costs and asks no more."""
    mended = c.mended.get(kind)
    if c.rupture is not None or (mended is not None and kind != "wrong" and entry.at - mended < AGAIN):
        return c
    cost = max(0.0, min(BY_RUPTURE, MOST_LOST_A_DAY - c.lost, c.trust))
    rupture = Rupture(kind=kind, moment=entry.id, at=entry.at, about=about, cost=cost)
    near = cost / 2 if kind == "unkind" else 0.0
    return c.model_copy(
        update={
            "rupture": rupture,
            "trust": _within(c.trust - cost),
            "closeness": _within(c.closeness - near),
            "lost": c.lost + cost,
        }
    )


def _repaired(c: Closeness, at: datetime, *, back: bool) -> Closeness:
    if c.rupture is None:
        return c
    returned = c.rupture.cost * BY_REPAIR if back else 0.0
    mended = c.mended | {c.rupture.kind: at}
    return c.model_copy(update={"rupture": None, "mended": mended, "trust": _within(c.trust + returned)})


def _whom(known: Knowing, fact: str) -> str:
    """Whom the wrong fact was about: "your sister Mara", or "" where it was the person themself."""
    wrong = next((f for f in known.facts if f.id == fact), None)
    person = known.person(wrong.subject) if wrong is not None else None
    return person.known_as if person is not None else ""


def _counted(hours: dict[int, int], at: datetime) -> dict[int, int]:
    hour = at.weekday() * 24 + at.hour
    counted = hours | {hour: hours.get(hour, 0) + 1}
    if counted[hour] < HOURS_MOST:
        return counted
    return {h: n // 2 for h, n in counted.items() if n > 1}


def _within(value: float) -> float:
    return min(1.0, max(0.0, round(value, 9)))


def usual(c: Closeness, at: datetime, *, least: int = 5) -> bool:
    """Whether the person often talks at this hour, counted within an hour of it on any day. False while little is known."""
    total = sum(c.hours.values())
    if total < least:
        return False
    hour = at.astimezone(UTC).hour
    near = sum(n for h, n in c.hours.items() if min((h % 24 - hour) % 24, (hour - h % 24) % 24) <= 1)
    return near / total > 2 * 3 / 24  # twice what an even spread over the day would give


# ------------------------------------------------------------------------------------------------------ what was heard

_LOOK_AT = 400
_I = re.IGNORECASE
_THANKS = re.compile(r"\b(?:thank you|thanks|thank u|i appreciate (?:that|it|you)|that (?:really )?helped)\b", _I)
_NOT_THANKS = re.compile(r"\b(?:no thanks|thanks for nothing|thanks to (?:him|her|them|my)|no thank you)\b", _I)
_PUTS_RIGHT = re.compile(
    r"^\W*(?:(?:um|hm+|oh|sorry|wait|hey|actually|well)\W+)*(?:no+\W+|nope\W+|but )?"
    r"(?:(?:that's|that is|thats|that was|you're|you are|youre|you were|it's|this is) (?:just |simply |all |completely |totally |quite )?"
    r"(?:wrong|not (?:right|true|correct|what i (?:said|told you|meant)|how it (?:is|was))|incorrect|mistaken|confusing (?:things|me))"
    r"(?: about (?:that|this|it|me|him|her|them|my [\w ]{2,30}))?"
    r"|you (?:got|have|'ve got|remember(?:ed)?|mixed) (?:that|it|this|me|him|her|them|my [\w ]{2,30}?) (?:all )?(?:wrong|up|mixed up|confused)"
    r"|you misunderstood(?: me)?|i (?:never|didn't|did not) (?:say|said|tell you|told you) (?:that|this|so))(?=\s*(?:$|[.,;:!]|\bit\b|\bi\b))",
    _I,
)
_UNKIND = re.compile(
    r"\b(?:you(?:'re| are|r)? (?:so |such a |a |an |just |fucking |really |completely |totally )*"
    r"(?:useless|stupid|dumb|idiot|pathetic|worthless|annoying|boring|the worst|garbage|trash|liar)\b(?! (?:at|not))"
    r"|shut up|i (?:really |fucking )?hate you\b|(?:fuck|screw) you|you lied to me|go to hell)",
    _I,
)
_APOLOGY = re.compile(
    r"\b(?:(?:i'm|i am|im|so|very|really) sorry(?! (?:for|to hear|about|that you|you)\b)|"
    r"sorry,? (?:that was (?:unfair|mean|rude|harsh|not fair)|about (?:that|yesterday|earlier|before|last|this morning|what i)|for (?:what|that|shouting|yelling|being|calling|snapping|my)|that i|i was|if i)\b|"
    r"i apologi[sz]e|my apologies|i didn't mean (?:it|that|to)|i was (?:unfair|mean|rude|harsh)|forgive me)\b",
    _I,
)
_REPORTED = re.compile(r"[\"“”«»]|\b(?:said|says|told me|tells me|shouted|yelled|called me|texted|wrote)\b", _I)


def _plain(text: str) -> str:
    return text[:_LOOK_AT].replace("’", "'")


def thanked(text: str) -> bool:
    """Whether the person thanks her."""
    plain = _plain(text)
    return _THANKS.search(plain) is not None and not (_NOT_THANKS.search(plain) or _REPORTED.search(plain))


def puts_right(text: str) -> bool:
    """Whether the person says, as the first thing, that she got something wrong."""
    return _PUTS_RIGHT.match(_plain(text)) is not None


def put_right_by(text: str) -> str:
    """What follows the words that say so: what is right, "" where nothing does."""
    found = _PUTS_RIGHT.match(_plain(text))
    return _plain(text)[found.end() :].strip(" .,;:!") if found else ""


def unkind(text: str) -> bool:
    """Whether the words are unkind to her; what somebody else said is not."""
    plain = _plain(text)
    return _UNKIND.search(plain) is not None and _REPORTED.search(plain) is None


def apology(text: str) -> bool:
    """Whether the person says sorry to her."""
    plain = _plain(text)
    return _APOLOGY.search(plain) is not None and _REPORTED.search(plain) is None
