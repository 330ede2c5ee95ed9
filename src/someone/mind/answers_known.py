"""Answers from facts and people: what holds now, what held then, who someone is, when it was. Pure.

Only what the facts settle is answered here, in the person's own words with when they were told; all else is left to
memory (:func:`someone.mind.answers.remembers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from someone.mind import dating
from someone.mind import knowing as known
from someone.mind import people as folk
from someone.mind.deliberation import Answer
from someone.mind.fact_words import KIN, THING
from someone.mind.facts import NAME, tidy
from someone.mind.intents import Kind
from someone.mind.knowing import YOU, Fact, Standing
from someone.mind.matters import HAPPENED, TIMELESS
from someone.mind.people import Person
from someone.mind.questions import is_question
from someone.mind.quoting import closed, given_back, second_person
from someone.mind.times import Span, span, tag

if TYPE_CHECKING:
    from someone.mind.answers import Situation

_I = re.IGNORECASE
_LEAD = r"^(?:(?:and|so|hey|wait|please|remind me|tell me|do you (?:still )?(?:know|remember)|can you tell me)[, ]+)*"
_MATTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (matter, re.compile(_LEAD + pattern, _I))
    for matter, pattern in (
        ("birthday", r"(?:when|what day|what date|what)\b.*\bbirthday\b"),
        ("birthday", r"when (?:was|were) .{1,40}\bborn\b"),
        ("age", r"how old\b"),
        ("home", r"(?:where|which (?:city|town|country|street)|what (?:city|town|country))\b.*\b(?:live|lives|lived|living)\b"),
        ("work", r"(?:where|who|what company)\b.*\bwork(?:s|ed|ing)?\b"),
        ("work", r"what do(?:es)? .{1,30} do for (?:a living|work)\W*$"),
        ("work", r"what does .{1,30} do\W*$"),
        ("work", r"(?:what(?:'s| is| was)) .{1,30} (?:job|work|profession)\b"),
        ("name", r"(?:what(?:'s| is| was| are| were)|who(?:'s| is)) (?!.*\bi\b).{2,50}(?:called|named|'s name|s name)\b"),
        ("name", rf"(?:what(?:'s| is| was) the name of|who(?:'s| is| was| are)) (?:my|our) (?:\w+ ){{0,2}}?(?:{KIN})s?\W*$"),
        ("school", r"(?:where|what)\b.*\b(?:study|studies|studied|studying)\b"),
        ("school", r"where\b.*\bgo(?:es)? to (?:school|college|uni\w*)\b"),
        ("married or not", r"(?:am i|are we) (?:still )?(?:married|divorced|single|engaged)\b"),
    )
)  # fmt: skip
_OWN = re.compile(
    rf"{_LEAD}(?:what|which|where|when)(?:'s| is| was| are) (?:my|our) (?P<matter>favou?rite [\w -]{{2,30}}?|{THING})"
    r"(?: again| now)?\W*$",
    _I,
)
_WHO_IS = re.compile(
    rf"{_LEAD}(?:who(?:'s| is| was)|what do you know (?:about|of)|what (?:have|did) i (?:told|tell) you about|tell me about|"
    rf"how is|how do i know) (?P<who>(?!your?\b|this\b|that\b)[\w' .-]{{2,40}}?)(?: again| related to me| to me)?\W*$",
    _I,
)
_LAST_MENTIONED = re.compile(
    rf"{_LEAD}(?:when (?:did|have) (?:i|we) last (?:mention|talk(?:ed)? about|speak of|spoken of|bring up|tell you about)|"
    rf"when was the last time i (?:mentioned|talked about|spoke of)) (?P<who>.+?)\W*$",
    _I,
)
_HOW_OFTEN = re.compile(
    r"^(?:how often|how many times) (?:do|did|have) i (?:mention|mentioned|talk about|talked about|speak of|bring up)"
    r" (?P<who>.+?)\W*$",
    _I,
)
_WHEN_WAS_THAT = re.compile(
    r"^(?:and |so |wait,? |hm+,? )*(?:when|what (?:day|date|year)|how long ago) (?:was|did|is) (?:that|this|it)"
    r"(?: again| happen| happened| exactly)?\W*$",
    _I,
)
_WHEN_DID = re.compile(
    rf"{_LEAD}(?:when|what (?:year|day|month)|how long ago) (?:did|was|were|has|have) (?:i|we|my|our|{NAME})\b", _I
)
_EARLIER = re.compile(r"\b(?:before(?: that)?|used to|previously|earlier|first)\W*$|\bused to\b", _I)
_PAST = re.compile(r"\b(?:did|was|were|had|lived|worked)\b", _I)
_DEAD_DATES = ("birthday", "age")


def from_facts(s: Situation) -> Answer | None:
    """What the facts settle, or None."""
    if s.intent is not None and s.intent.kind is not Kind.REMEMBERS:
        return None
    plain = tidy(s.text.strip())
    if s.bond.last_by == "rule:which_one" and (chosen := _chosen(s, plain)) is not None:
        return chosen
    if not (is_question(plain) or _WHO_IS.match(plain)):
        return None
    return next((a for rule in _RULES if (a := rule(s, plain)) is not None), None)


def _chosen(s: Situation, plain: str) -> Answer | None:
    """ "My boss", right after she asked which Anna: the question of before, with the one that is meant."""
    asked = [line.text for line in s.bond.talk[:-1] if line.role == "user"][-1:]
    answer = re.sub(r"^(?:no|yes|i mean|i meant|the|it's|well)\b[, ]*", "", plain, flags=_I)
    found = folk.named(s.bond.knowing.people, answer)
    if not asked or len(found) != 1 or not found[0].relation:
        return None
    person = found[0]
    about = re.sub(
        rf"\b(?:my )?(?:\w+ )?{re.escape(person.called)}\b(?! {NAME})",
        lambda m: (
            m[0]
            if person.relation in m[0].lower()
            else m[0].replace(person.called, f"my {person.relation} {person.called}")
        ),
        tidy(asked[0]),
        count=1,
        flags=_I,
    )
    again = replace(s, text=about)
    return next((a for rule in _RULES if (a := rule(again, about)) is not None), None)


def _of_a_matter(s: Situation, plain: str) -> Answer | None:
    matter = _matter(plain)
    if not matter:
        return None
    whom = _whom(s, plain)
    if whom is None or isinstance(whom, Answer):
        return whom
    if matter == "name":
        return _name(s, whom)
    line = known.timeline(s.bond.knowing.facts, whom, matter)
    if matter == "work" and (trade := _trade(s, plain, whom, line)) is not None:
        return _quoted(s, [trade])
    if not line:
        return None
    when = _time(s, plain)
    if when is not None:
        return _then(s, line, when)
    if _EARLIER.search(plain) and matter not in _DEAD_DATES:
        over = [x for x in line if x.until is not None]
        return _back_then(s, over[-1:]) if over else None
    if _PAST.search(plain) and matter == "home":
        return None
    now = known.now_holds(s.bond.knowing.facts, whom, matter)
    return _quoted(s, [now.fact]) if now else None


def _trade(s: Situation, plain: str, whom: str, line: Sequence[Standing]) -> Fact | None:
    """ "What does Mara do?": "she is a vet", where nothing newer was said of her work."""
    if not re.match(rf"{_LEAD}what\b", plain, _I) or _time(s, plain) is not None:
        return None
    said = [f for f in s.bond.knowing.current if f.subject == whom and _IS_A.search(tidy(f.statement))]
    newer = [f for f in said if not line or f.told_at > line[-1].fact.told_at]
    return newer[-1] if newer else None


_IS_A = re.compile(r"^(?:i'm|i am|.{1,60}(?: is|'s)) (?:now )?(?:an?|the) (?!.*\b(?:{KIN})\b)", _I)


def _matter(plain: str) -> str:
    own = _OWN.match(plain)
    if own is not None:
        name = own["matter"].lower().replace("favorite", "favourite")
        return {"address": "home", "job": "work", "work": "work"}.get(name, name)
    return next((matter for matter, pattern in _MATTER if pattern.match(plain)), "")


def _whom(s: Situation, plain: str) -> str | Answer | None:
    """The one whom a question is about: YOU, a key, a question back where it could be two, None for somebody unknown."""
    several = _several(s, plain)
    if several:
        return which_one(several)
    found = folk.mentioned(s.bond.knowing.people, plain)
    if found:
        return found[-1].key
    related = re.search(rf"\b(?:my|our) (?:\w+ ){{0,2}}?(?:{KIN})s?\b", plain, _I)
    named = re.search(rf"\b(?:does|is|did|was|has|when's|where's) {NAME}\b|\b{NAME}'s\b", plain)
    if related or named:
        return None
    return YOU if re.search(r"\b(?:i|my|we|our)\b", plain, _I) else None


def _several(s: Situation, plain: str) -> tuple[Person, ...]:
    """Two people with the one name that stands here, where nothing tells which."""
    people = s.bond.knowing.people
    related = {m.relation for m in folk.met_in(plain) if m.name}
    for m in re.finditer(rf"\b{NAME}(?: {NAME})?", plain):
        words = m[0].removesuffix("'s")
        same = folk.named(people, words)
        if len(same) > 1 and all(p.names for p in same):
            left = tuple(p for p in same if p.relation in related)
            return () if len(left) == 1 else same
    return ()


def which_one(people: Sequence[Person]) -> Answer:
    """She asks, rather than guess."""
    names = [p.known_as if p.relation else p.full for p in people]
    if len(set(names)) < len(names):
        names = [f"{p.known_as} ({p.full})" for p in people]
    return Answer(f"Do you mean {', '.join(names[:-1])} or {names[-1]}?", "which_one", _met(people))


def _met(people: Sequence[Person]) -> tuple[known.MomentId, ...]:
    return tuple(dict.fromkeys(i for p in people for i in p.met[:1]))


def _name(s: Situation, whom: str) -> Answer | None:
    person = s.bond.knowing.person(whom)
    if person is None or not person.names:
        return None
    said = [f for f in s.bond.knowing.facts if f.subject == whom and f.matter == "name" and not f.wrong]
    if said:
        return _quoted(s, said[-1:])
    also = f" You also say {person.names[0]}." if person.full != person.names[0] else ""
    return Answer(f"Your {person.relation} is called {person.full}.{also}", "quoted", person.met)


def _time(s: Situation, plain: str) -> Span | None:
    """The time in the past that a question is about, or None for now."""
    meant = known.time_meant(plain, s.bond.knowing, s.now)
    if meant is None or (meant[0] <= s.now < meant[1] and re.search(r"\btoday|this\b", plain, _I)):
        return None
    return meant


def _then(s: Situation, line: Sequence[Standing], when: Span) -> Answer | None:
    held = known.holds(line, when)
    if held:
        return _back_then(s, held[-2:])
    first = line[0].fact
    said = second_person(first.statement)
    if said is None or first.valid_from is not None or first.valid_to is not None:
        return None
    ago = tag(first.said_at.astimezone(s.now.tzinfo), s.now)
    return Answer(
        f"I don't know about then. What I have is from {_day(first.said_at, s.now)}: {closed(said)}"
        if ago != "just now"
        else f"I don't know about then. I only know about now: {closed(said)}",
        "quoted",
        first.evidence,
    )


def _back_then(s: Situation, held: Sequence[Standing]) -> Answer:
    """What is over, quoted: "You live in Leeds" would be wrong by now."""
    if all(x.until is None or _PAST.search(x.fact.statement) for x in held):
        return _quoted(s, [x.fact for x in held])
    said = (f"You told me {tag(x.fact.told_at.astimezone(s.now.tzinfo), s.now)}: “{x.fact.statement}”" for x in held)
    return Answer(" ".join(said), "quoted", tuple(i for x in held for i in x.fact.evidence[-3:]))


def _quoted(s: Situation, facts: Sequence[Fact]) -> Answer:
    """These facts in the person's words, each with when it was told, and the day where they only said "last Friday"."""
    said: list[str] = []
    for fact in facts:
        text = given_back(named_in(s, fact), fact.told_at, s.now)
        when = _happened(fact, s.now)
        leans = when is not None and (_LEANS.search(fact.statement) or when[0].year != s.now.year)
        clear = re.search(r"\b(?:19|20)\d\d\b", fact.statement) or s.now - fact.said_at < timedelta(days=2)
        said.append(f"{text} That was {_spoken(when)}." if leans and when and not clear else text)
    return Answer(" ".join(said), "quoted", tuple(i for f in facts for i in f.evidence[-3:]))


_LEANS = re.compile(r"\b(?:last|this|ago|yesterday|today|tonight|on \w+day|the other day)\b", _I)


def named_in(s: Situation, fact: Fact) -> str:
    """ "She is a vet" alone does not say who: the name stands for the pronoun."""
    person = s.bond.knowing.person(fact.subject)
    if person is None:
        return fact.statement
    who = person.called if person.names else f"my {person.relation}"
    plain = tidy(fact.statement) if re.match(r"(?:s?hes|s?he's) ", fact.statement, _I) else fact.statement
    plain = re.sub(r"^(?:her|his) ", lambda _: f"{who[0].upper()}{who[1:]}'s ", plain, count=1, flags=_I)
    return re.sub(r"^(?:she|he)(?='s|’s| )", lambda _: who[0].upper() + who[1:], plain, count=1, flags=_I)


def _happened(fact: Fact, now: datetime) -> Span | None:
    """When it happened, by its own words, in the person's zone."""
    if fact.matter in TIMELESS or not HAPPENED.search(fact.statement):
        return None
    return span(fact.statement, fact.said_at.astimezone(now.tzinfo))


def _spoken(when: Span) -> str:
    """A span as one says it: a day, a week, a month or a year."""
    start, days = when[0], (when[1] - when[0]).days
    if days <= 1:
        return f"on {start:%A}, {start.day} {start:%B %Y}"
    if days <= 10:  # noqa: PLR2004 - a week and its ends
        return f"in the week of {start.day} {start:%B %Y}"
    if days <= 31:  # noqa: PLR2004 - a month
        return f"in {start:%B %Y}"
    if days <= 100:  # noqa: PLR2004 - a season
        return f"between {start:%B} and {when[1] - timedelta(days=1):%B %Y}"
    return f"in {start.year}"


def _day(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y}"


def _who(s: Situation, plain: str) -> Answer | None:
    found = _WHO_IS.match(plain)
    if found is None:
        return None
    people = folk.named(s.bond.knowing.people, found["who"])
    related = {m.relation for m in folk.met_in(found["who"])}
    people = tuple(p for p in people if p.relation in related) or people
    if len(people) > 1:
        return which_one(people)
    if not people:
        return None
    person = people[0]
    own = [f for f in s.bond.knowing.current if f.subject == person.key and f.matter != "name"]
    current = sorted(own[-3:], key=lambda f: (not _introduces(f.statement, person), f.told_at))
    tells = [t for f in current if (t := second_person(named_in(s, f))) is not None]
    who = f"{person.full} is your {person.relation}." if person.relation and person.names else ""
    if not person.names:
        unnamed = f"You haven't told me your {person.relation}'s name."
        return Answer(" ".join((*(closed(t) for t in tells), unnamed)), "quoted", person.met[:1])
    if not who and not tells:
        return None
    if tells and _introduces(tells[0], person):
        who = ""
    text = " ".join(p for p in (who, *(closed(t) for t in tells)) if p)
    told = tag(max((f.told_at for f in current), default=person.last_at).astimezone(s.now.tzinfo), s.now)
    stood_on = tuple(dict.fromkeys((*person.met[:1], *(i for f in current for i in f.evidence[-2:]))))
    return Answer(f"{text} You told me {told}.", "quoted", stood_on)


def _introduces(said: str, person: Person) -> bool:
    """Whether a sentence already says how the two are related."""
    return person.relation in said.lower() and person.called.lower() in said.lower()


def _mentions(s: Situation, plain: str) -> Answer | None:
    last, often = _LAST_MENTIONED.match(plain), _HOW_OFTEN.match(plain)
    found = last or often
    if found is None:
        return None
    people = folk.named(s.bond.knowing.people, found["who"])
    if len(people) > 1:
        return which_one(people)
    if not people:
        return None
    person = people[0]
    if often:
        times = {1: "once", 2: "twice"}.get(person.times, f"{person.times} times")
        return Answer(f"You've spoken of {person.called} {times}, as far as I can tell.", "quoted", person.seen)
    at = person.last_at.astimezone(s.now.tzinfo)
    when = "today" if at.date() == s.now.date() else f"on {at:%A}, {at.day} {at:%B %Y}"
    return Answer(f"You last spoke of {person.called} {when}.", "quoted", person.seen[-1:])


def _when_was_that(s: Situation, plain: str) -> Answer | None:
    """The time of what was just spoken of: of the fact she gave, else of what the person said before."""
    if not _WHEN_WAS_THAT.match(plain):
        return None
    facts = [f for f in s.bond.knowing.facts if set(f.evidence) & set(s.bond.last_stood_on) and not f.wrong]
    earlier = [line for line in s.bond.talk[:-1] if line.role == "user"]
    if not facts and earlier:
        facts = [f for f in s.bond.knowing.facts if earlier[-1].id in f.evidence]
    dated = [(f, when) for f in facts if (when := _happened(f, s.now)) is not None]
    if dated:
        fact, when = dated[-1]
        return Answer(f"That was {_spoken(when)}. You told me on {_day(fact.said_at, s.now)}.", "quoted", fact.evidence)
    if facts:
        fact = facts[-1]
        return Answer(
            f"You told me on {_day(fact.said_at, s.now)}. When it was, you didn't say.", "quoted", fact.evidence
        )
    return None


def _when_did(s: Situation, plain: str) -> Answer | None:
    """ "When did we move?": the dated event that shares most with the question."""
    if not _WHEN_DID.match(plain):
        return None
    about = {p.key for p in folk.mentioned(s.bond.knowing.people, plain)} or {YOU}
    best: tuple[float, Fact, Span] | None = None
    for fact in s.bond.knowing.facts:
        when = None if fact.wrong or fact.subject not in about else _happened(fact, s.now)
        if when is None:
            continue
        share = dating.share(plain, fact.statement)
        if share >= _ENOUGH and (best is None or share >= best[0]):
            best = (share, fact, when)
    if best is None:
        return None
    _, fact, when = best
    text = given_back(named_in(s, fact), fact.told_at, s.now)
    clear = str(when[0].year) in fact.statement
    return Answer(text if clear else f"{text} That was {_spoken(when)}.", "quoted", fact.evidence[-3:])


_ENOUGH = 0.6
"""The share of a question's words that an event must hold to be what was asked for; as for memories in answers.py."""


_RULES: Sequence[Callable[[Situation, str], Answer | None]] = (
    _when_was_that,
    _mentions,
    _when_did,
    _of_a_matter,
    _who,
)
