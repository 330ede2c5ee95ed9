"""What a life says of her, by rule: each rule reads the last weeks and drafts statements that are true of her. Pure.

Every draft rests on moments of the person's own words, and names nothing that does not stand in them. Lines in which a
sign of danger was answered feed one rule alone, which says nothing of what was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from someone.mind import people as folk
from someone.mind.bond import Bond
from someone.mind.closeness import puts_right, thanked, unkind
from someone.mind.moments import Cared, Corrected, Entry, Felt, Heard, MomentId, Stated
from someone.mind.people import Person
from someone.mind.statements import Aspect
from someone.mind.tone import Mood, mood

LOOKS_BACK = timedelta(days=60)
READ = 600
"""Characters of a line that are read."""
DAYS_OF_EVIDENCE = 8
"""Of a draft's evidence the newest line of each of its newest days is kept."""
HARD_FROM, GOOD_FROM, OFTEN_FROM = 3, 2, 4
"""Days from which something is hard, glad or often."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the person's: ``day`` and ``hour`` in their zone; ``mood``: how it reads; ``whom``: keys of the people in it."""

    id: MomentId
    at: datetime
    day: date
    hour: int
    text: str
    mood: Mood
    whom: tuple[str, ...] = ()
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Life:
    """The last weeks. ``corrected``: moments in which she was put right; ``cared``: lines that a sign of danger stood in."""

    told: tuple[Told, ...]
    cared: tuple[Told, ...]
    corrected: tuple[Told, ...]
    people: tuple[Person, ...]
    since: datetime | None
    met_at: datetime | None
    facts: int
    now: datetime

    @property
    def days(self) -> frozenset[date]:
        return frozenset(t.day for t in self.told)


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that could be made. ``weight``: how much speaks for it, days first. ``new`` false: it is only said in
    the place of one that it contradicts ("easier" says nothing where nothing was hard). ``from_days``: on how many days it
    must lie to be said anew; on fewer it only feeds what is said already.
    """

    aspect: Aspect
    text: str
    evidence: tuple[Told, ...]
    by: str
    new: bool = True
    from_days: int = GOOD_FROM
    days: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", len({t.day for t in self.evidence}))

    @property
    def weight(self) -> float:
        return self.days + min(len(self.evidence), 50) / 100

    def days_since(self, when: datetime) -> int:
        return len({t.day for t in self.evidence if t.at > when})

    def stated(self) -> Stated:
        newest: dict[date, MomentId] = {t.day: t.id for t in self.evidence}
        kept = sorted(newest.items())[-DAYS_OF_EVIDENCE:]
        return Stated(aspect=self.aspect, text=self.text, evidence=tuple(i for _, i in kept), by=f"rule:{self.by}")


def life(state: Bond, entries: Sequence[Entry], now: datetime) -> Life:
    """The last weeks, read once."""
    recent = [e for e in entries if now - e.at <= LOOKS_BACK]
    grave = {e.moment.to for e in recent if isinstance(e.moment, Cared)}
    moods = _moods(recent)
    told: list[Told] = []
    before: datetime | None = None
    for e in recent:
        if isinstance(e.moment, Heard):
            told.append(_told(state, e, e.moment.text, now, moods.get(e.id), before))
            before = e.at
    by_id = {t.id: t for t in told}
    put_right = [
        by_id[e.id] if e.id in by_id else _told(state, e, "", now, None, None)
        for e in recent
        if isinstance(e.moment, Corrected) or (e.id in by_id and puts_right(by_id[e.id].text))
    ]
    return Life(
        told=tuple(t for t in told if t.id not in grave),
        cared=tuple(t for t in told if t.id in grave),
        corrected=tuple(put_right),
        people=state.knowing.people,
        since=min((e.at for e in recent), default=None),
        met_at=state.closeness.since,
        facts=len(state.knowing.facts),
        now=now,
    )


def _told(state: Bond, e: Entry, text: str, now: datetime, felt: Mood | None, before: datetime | None) -> Told:
    local, read = e.at.astimezone(now.tzinfo), text[:READ]
    whom = tuple(p.key for p in folk.mentioned(state.knowing.people, read)) if read else ()
    gap = e.at - before if before is not None else timedelta(0)
    return Told(e.id, e.at, local.date(), local.hour, text, mood(read) or felt or "", whom, gap)


_GOOD = re.compile(r"^(?:happy|warm|playful|glad|joy|happy_for|hope|relief|gratitude|pride|admiration|love|amusement)")
_BAD = re.compile(r"^(?:worried|a little worried|sad|sorry|distress|sorry_for|fear)")


def _moods(entries: Iterable[Entry]) -> dict[MomentId, Mood]:
    """How lines were taken, by what she felt at them."""
    found: dict[MomentId, Mood] = {}
    for e in entries:
        if isinstance(e.moment, Felt):
            kind = e.moment.emotion or e.moment.feeling
            taken: Mood = "good" if _GOOD.match(kind) else "bad" if _BAD.match(kind) else ""
            if taken and e.moment.cause:  # the last one moved her; those before it are what it answers
                found[e.moment.cause[-1]] = taken
    return found


def drafts(lived: Life) -> tuple[Draft, ...]:
    """All that could be said of her now."""
    return tuple(d for rule in RULES for d in rule(lived) if d.evidence)


def _days(told: Iterable[Told]) -> set[date]:
    return {t.day for t in told}


# --------------------------------------------------------------------------------------------------------------- rules


def _about_people(lived: Life) -> Iterable[Draft]:
    """How talk of someone goes: glad, or with care; and who is often on the person's mind."""
    for person in lived.people:
        lines = [t for t in lived.told if person.key in t.whom]
        good, bad = [t for t in lines if t.mood == "good"], [t for t in lines if t.mood == "bad"]
        n_good, n_bad, n_all = len(_days(good)), len(_days(bad)), len(_days(lines))
        newest = [t for t in (*good, *bad) if lived.now - t.at <= timedelta(days=30)]
        n_new_good = len(_days(t for t in newest if t.mood == "good"))
        n_new_bad = len(_days(t for t in newest if t.mood == "bad"))
        if n_good >= GOOD_FROM and (n_good > 2 * n_bad or (n_new_good >= HARD_FROM and n_new_good > 2 * n_new_bad)):
            yield Draft("am", f"I am glad when you talk about {person.called}.", tuple(good), "glad_of")
        elif n_bad >= HARD_FROM and (n_bad > 2 * n_good or n_new_bad > 2 * n_new_good):
            said = f"I am careful when you talk about {person.called}, for it is often hard for you."
            yield Draft("am", said, tuple(bad), "careful_of")
        if 5 * n_all >= len(lived.days):
            said = f"I've learned that {person.called} is often on your mind."
            yield Draft("learned", said, tuple(lines), "on_mind", from_days=OFTEN_FROM)


_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_SAYS_HARD = re.compile(
    r"\b(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b[^.!?]{0,30}\b(?:hard|hardest|worst|difficult|lonely|loneliest|awful|terrible|long)\b"
    r"|\b(?:hate|dread) (?P<hated>(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b",
    re.IGNORECASE,
)


def _weekdays(lived: Life) -> Iterable[Draft]:
    """A day of the week that is hard, by the person's word or by what was told on it; or that has become easier."""
    said_hard = [(t, m[0].lower()) for t in lived.told if (m := _SAYS_HARD.search(t.text[:READ]))]
    for number, name in enumerate(_WEEKDAYS):
        says = [t for t, words in said_hard if name.lower() in words]
        on = [t for t in lived.told if t.day.weekday() == number]
        bad = [t for t in on if t.mood == "bad"]
        n_on, n_bad = len(_days(on)), len(_days(bad))
        others = {t.day for t in lived.told if t.day.weekday() != number}
        bad_others = {t.day for t in lived.told if t.mood == "bad"} & others
        shown = n_bad >= OFTEN_FROM and 5 * n_bad >= 3 * n_on and n_bad * len(others) >= 2 * n_on * len(bad_others)
        if len(_days(says)) >= GOOD_FROM or (shown and others):
            yield Draft("learned", f"I've learned that {name} are often hard for you.", tuple(says or bad), "weekday")
        recent = [t for t in on if lived.now - t.at <= timedelta(days=28)]
        lately = _days(recent)
        if len(lately) >= HARD_FROM and not _days(t for t in recent if t.mood == "bad"):
            said = f"I've learned that {name} have become easier for you."
            yield Draft("learned", said, tuple(recent), "weekday_change", new=False)


_MATTERS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), hard, better)
    for words, hard, better in (
        (r"work|job|office|boss|deadlines?|shifts?|overtime", "work weighs on you", "work is going better for you"),
        (r"school|uni|university|studies|exams?|thesis|homework", "studying weighs on you", "studying is going better for you"),
        (r"money|rent|bills?|debts?|mortgage", "money weighs on you", "money has become easier for you"),
        (r"sleep|slept|insomnia|awake", "sleep is often hard for you", "sleep has become easier for you"),
        (r"pain|migraines?|headaches?|illness|my back|my knee", "pain is often hard for you", "pain has become easier for you"),
    )
)  # fmt: skip


def _matters(lived: Life) -> Iterable[Draft]:
    """What weighs on the person, and what has become lighter. The second is only said in the place of the first."""
    for words, hard, better in _MATTERS:
        lines = [t for t in lived.told if words.search(t.text[:READ])]
        good, bad = [t for t in lines if t.mood == "good"], [t for t in lines if t.mood == "bad"]
        lately = [t for t in lines if lived.now - t.at <= timedelta(days=30)]
        n_good = len(_days(t for t in lately if t.mood == "good"))
        n_bad = len(_days(t for t in lately if t.mood == "bad"))
        if n_good >= HARD_FROM and n_good > 2 * n_bad:
            yield Draft("learned", f"I've learned that {better}.", tuple(good), "matter_change", new=False)
        elif len(_days(bad)) >= HARD_FROM and len(_days(bad)) > 2 * len(_days(good)):
            yield Draft("learned", f"I've learned that {hard}.", tuple(bad), "matter")


_VENTURE = re.compile(
    r"\b(?P<whose>(?:my|our|My|Our)(?: [a-z]+'s)?|[A-Z][a-z]+'s) "
    r"(?P<what>new (?:job|flat|house|place|school|role|business)|(?:(?:first|final|big|second|job|driving|half|knee|hip|own) )*"
    r"(?:interview|exams?|thesis|dissertation|course|training|test|lessons|move|allotment|operation|surgery|treatment|therapy|"
    r"wedding|business|project|trip|marathon|band|choir|exhibition|renovation|application|novel|screenplay|album|podcast))\b(?!'s)"
)
_OVER = re.compile(
    r"\b(?:is over|was over|finished|handed (?:it )?in|all done|is done|cancel(?:l?ed)|gave up|quit|called off|fell through|"
    r"los(?:t|ing) (?:my|our|the)|sold (?:my|our|the)|broke up|closed (?:my|our|the)|got fired)\b",
    re.IGNORECASE,
)


def _ventures(lived: Life) -> Iterable[Draft]:
    """What is under way in the person's life, so that she wants to know how it goes."""
    by_what: dict[str, list[Told]] = {}
    over: set[str] = set()
    names = {n.split()[0] for p in lived.people for n in p.names}
    for t in lived.told:
        for m in _VENTURE.finditer(t.text[:READ].replace("’", "'")):
            whose = re.sub(r"^(?:my|our)\b", "your", m["whose"], flags=re.IGNORECASE)
            if not whose.startswith("your") and whose.removesuffix("'s") not in names:
                continue  # "She's training" is nobody's training
            what = f"{whose} {m['what']}"
            by_what.setdefault(what, []).append(t)
            over.discard(what)
            if _OVER.search(t.text[:READ]):
                over.add(what)
    for what, lines in by_what.items():
        if what not in over:
            verb = "go" if what.endswith("s") and not what.endswith("ss") and not what.endswith("thesis") else "goes"
            yield Draft("want", f"I want to know how {what} {verb}.", tuple(lines), "venture")


_LOVES = re.compile(
    r"\b(?:i|we)(?:'ve| have)? (?:really |just |always |still |so |do )*(?:love|loved|enjoy|enjoyed|adore|missed|miss|like|started|took up|got into|am into) "
    r"(?P<what>(?!do|be|go|com|see|hav|mak|get|tak|hear|talk|tell|say|work|liv|spend|watch|look|try|know|feel|think|eat|sleep|us|ask|chat|help|creat|giv|bring|hang|keep|find|sit|stay|mean|put|wait)[a-z]{3,14}ing)\b"
    r"|\bmy (?P<hobby>painting|gardening|running|writing|dancing|singing|climbing|swimming|knitting|baking|drawing|cycling|pottery|photography|guitar|piano|violin)\b",
    re.IGNORECASE,
)
_DEAR_FROM = 3


def _dear(lived: Life) -> Iterable[Draft]:
    """What the person loves to do and comes back to: she wants to hear more of it."""
    dear = {
        (m["what"] or m["hobby"]).lower() for t in lived.told for m in _LOVES.finditer(t.text[:READ].replace("’", "'"))
    }
    for what in sorted(dear):
        lines = tuple(
            t for t in lived.told if re.search(rf"\b{what}\b", t.text[:READ], re.IGNORECASE) and t.mood != "bad"
        )
        yield Draft("want", f"I want to hear more about your {what}.", lines, "dear", from_days=_DEAR_FROM)


_LONELY = re.compile(r"\b(?:lonely|nobody|no one|(?:all|so|feel(?:ing)?|felt) alone|on my own again)\b", re.IGNORECASE)
_LAUGHS = re.compile(r"\b(?:(?:ha){2,}\w*|lol|lmao|rofl|that's (?:so )?funny|made me laugh)\b|😂|🤣|😄", re.IGNORECASE)
_LONG = 80
_BACK_AFTER = timedelta(days=4)


def _lonely(lived: Life) -> Iterable[Draft]:
    lines = tuple(t for t in lived.told if _LONELY.search(t.text[:READ]))
    yield Draft("want", "I want you to have people around you, and not only me to talk to.", lines, "people_first")


def _between_us(lived: Life) -> Iterable[Draft]:
    """What happens between the two, and what it makes of her."""
    wrong = lived.corrected
    yield Draft("fear", "I fear getting something about you wrong.", wrong, "corrected")
    yield Draft("fear", "I fear not noticing when something is very wrong for you.", lived.cared, "cared")
    laughs = tuple(t for t in lived.told if _LAUGHS.search(t.text[:READ]))
    thanks = tuple(t for t in lived.told if thanked(t.text))
    yield Draft("am", "I am playful when you laugh.", laughs, "laughs", from_days=HARD_FROM)
    yield Draft("am", "I am glad when I am of use to you.", thanks, "thanks", from_days=HARD_FROM)
    back = tuple(t for t in lived.told if t.gap >= _BACK_AFTER)
    yield Draft("am", "I am glad when you come back, however long it was.", back, "back")
    harsh = tuple(t for t in lived.told if unkind(t.text))
    yield Draft("learned", "I've learned to stay calm when you are angry with me.", harsh, "harsh")
    lengthy = tuple(t for t in lived.told if len(t.text.split()) >= _LONG)
    said = "I've learned to listen first when you tell me something long."
    yield Draft("learned", said, lengthy, "long", from_days=HARD_FROM)


_PARTS = (("mornings", 5, 11), ("afternoons", 12, 17), ("evenings", 18, 22))
_HABIT_FROM = 8


def _rhythm(lived: Life) -> Iterable[Draft]:
    """The part of the day in which the person mostly comes to talk."""
    if len(lived.days) < _HABIT_FROM:
        return
    for name, first, last in _PARTS:
        lines = [t for t in lived.told if first <= t.hour <= last]
        others = _days(t for t in lived.told if not first <= t.hour <= last)
        if len(_days(lines)) >= _HABIT_FROM and len(_days(lines)) >= 3 * len(others):
            yield Draft(
                "learned", f"I've learned that you mostly come to talk in the {name[:-1]}.", tuple(lines), "rhythm"
            )


_NEW_FOR, _KNOWN_AFTER, _KNOWN_BY = timedelta(days=21), timedelta(days=60), 10


def _newness(lived: Life) -> Iterable[Draft]:
    """At first she is new; after two months with much told, no longer."""
    if lived.met_at is None:
        return
    age = lived.now - lived.met_at
    by_day = tuple({t.day: t for t in lived.told}.values())
    if age <= _NEW_FOR:
        yield Draft("am", "I am new to you, and you are new to me.", by_day, "new")
    elif age >= _KNOWN_AFTER and lived.facts >= _KNOWN_BY and len(lived.days) >= _HABIT_FROM:
        yield Draft("am", "I am no longer new to you.", by_day, "known", new=False)


RULES: Sequence[Callable[[Life], Iterable[Draft]]] = (
    _about_people, _weekdays, _matters, _ventures, _dear, _lonely, _between_us, _rhythm, _newness
)  # fmt: skip
