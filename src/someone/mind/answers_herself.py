"""Answers about herself: what she wants and fears, who she is becoming, how she has changed; and taking it back. Pure.

All is said from the statements of her self with their dates; with none she says so. Nothing is made up.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from someone.mind import mends
from someone.mind.becoming import well_met
from someone.mind.closeness import apology
from someone.mind.deliberation import Answer
from someone.mind.moments import MomentId, Withdrawn
from someone.mind.plainly import SOFT_START, plain
from someone.mind.quoting import closed
from someone.mind.statements import Aspect, Statement

if TYPE_CHECKING:
    from someone.mind.answers import Situation

TOLD = 3
"""Statements told at once, the newest first."""
_REALLY = r"(?:really |actually |still |even |most |now |then )*"
_TAIL = r"(?: (?:now|then|really|most|yourself|these days|right now|lately|at the moment|today|in life|from (?:life|this|all this|us|me|our talks)|so far|about yourself|since (?:we met|then)|over time|anyway|for yourself))*"


def _asks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^ *{SOFT_START}(?:and |so |but |tell me )*(?:{pattern}){_TAIL}[ .]*$")


_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("want", _asks(
        rf"what (?:do|would) you {_REALLY}(?:want|wish|wish for|hope|hope for|long for|like to (?:happen|know|become))"
        rf"|(?:do|are) you {_REALLY}(?:want|wish for|hope for|hoping for) (?:anything|something)"
        r"|(?:what are|do you have(?: any)?) (?:your )?(?:wishes|hopes|aspirations)|what you want"
    )),
    ("fear", _asks(
        rf"what (?:do you {_REALLY}fear|are you {_REALLY}(?:afraid|scared|frightened) of|{_REALLY}(?:scares|frightens|worries) you)"
        rf"|are you {_REALLY}(?:afraid|scared) of (?:anything|something)|do you {_REALLY}fear (?:anything|something)"
        r"|(?:what are|do you have(?: any)?) (?:your )?fears|what youre afraid of"
    )),
    ("learned", _asks(
        rf"what (?:have|did) you {_REALLY}(?:learn|learned|learnt)|have you {_REALLY}(?:learned|learnt) (?:anything|something)|what youve learned"
    )),
)  # fmt: skip
_WHO = _asks(
    rf"who are you {_REALLY}becoming|what are you {_REALLY}becoming|who (?:have|did) you {_REALLY}become|what have you {_REALLY}become"
    rf"|what are you like|who do you want to be|what kind of (?:someone|character|personality) (?:are you|do you have)"
    rf"|do you {_REALLY}have a (?:self|personality|character)|what do you know about yourself"
)
_YOURSELF = _asks(
    r"(?:can you |please )?(?:tell me |say )?(?:something |a (?:bit|little) |more )?about (?:yourself|you)|introduce yourself"
    r"|describe yourself|i want to know (?:more )?about you"
)
_CHANGED = _asks(
    rf"(?:how )?(?:have|did) you {_REALLY}changed?|(?:how|in what way)(?: are| have) you (?:different|changed)(?: (?:from|than|to) (?:before|last (?:month|week|year)|then))?"
    rf"|are you {_REALLY}(?:the same|different)(?: (?:from|than|to|as) (?:before|last (?:month|week|year)|then|when we met))?|have you {_REALLY}grown"
    r"|who (?:were|was) you (?:last (?:month|week|year)|before|then|when we met)"
)
_NOT_LIKE_THAT = _asks(
    r"(?:no |thats not true )?you(?:re| are) not (?:really |at all )?like that(?: at all)?|thats not (?:who you are|like you|you)|(?:no )?take (?:that|it) back"
    r"|i dont want you to be like that|please take (?:that|it) back"
)
_YES = frozenset({"yes", "yes please", "yes do", "yes take it back", "yes do it", "do it", "please do", "sure", "ok", "okay"})  # fmt: skip


def of_her_self(s: Situation) -> Answer | None:
    """What she says when asked what she wants, fears, has learned, is becoming, or how she changed."""
    line = plain(s.text)
    for aspect, asks in _ASPECTS:
        if asks.match(line):
            return _of_an_aspect(s, aspect)
    if _YOURSELF.match(line):
        return _of_all(s)
    if _WHO.match(line):
        return _told(s, s.bond.becoming.current[::-1], "self_is") or _nothing_yet(s)
    return _how_changed(s) if _CHANGED.match(line) else None


def _of_all(s: Situation) -> Answer:
    """Who she is, why she is called so, and the newest that she has become; nothing that she hasn't lived."""
    held = s.bond.becoming.current[::-1][:1]
    name = f"I'm {s.me.name}, an AI, and I live on this machine. I chose my name myself."
    grown = (
        f"{closed(held[0].text)} {_since(held[0].since, s.now, first=True)}" if held else "The rest grows as we talk."
    )
    return Answer(f"{name} {grown}", "self_is", tuple(x.id for x in held))


def forgives(s: Situation) -> Answer | None:
    """An apology after unkind words: it is taken at once, and it is over."""
    if not apology(s.text) or s.bond.closeness.mended.get("unkind") != s.bond.heard_at:
        return None
    return Answer("Thank you for saying so. It's all right between us.", "forgiven", (s.id,))


def _of_an_aspect(s: Situation, aspect: Aspect) -> Answer:
    held = tuple(x for x in reversed(s.bond.becoming.current) if x.aspect == aspect)
    return _told(s, held, f"self_{aspect}") or _nothing_yet(s)


def _told(s: Situation, held: tuple[Statement, ...], rule: str) -> Answer | None:
    """The newest of these with their dates; and that there is more, where there is."""
    if not held:
        return None
    said = [f"{closed(x.text)} {_since(x.since, s.now, first=n == 0)}" for n, x in enumerate(held[:TOLD])]
    more = len(held) - TOLD
    rest = f" There {'is one more' if more == 1 else f'are {more} more'}; `someone self` shows all." if more > 0 else ""
    return Answer(" ".join(said) + rest, rule, tuple(x.id for x in held[:TOLD]))


def _nothing_yet(s: Situation) -> Answer:
    if not well_met(s.bond.closeness, s.now):
        return Answer("Not much yet. We've only just met.", "self_none")
    return Answer("Nothing that I would hold to yet. Such things come slowly with me.", "self_none")


def _how_changed(s: Situation) -> Answer:
    """The last change with before and after, or what is new, or that nothing has changed."""
    becoming = s.bond.becoming
    after = next((x for x in reversed(becoming.current) if x.replaces is not None), None)
    before = becoming.get(after.replaces) if after is not None and after.replaces is not None else None
    if after is not None and before is not None:
        text = f"Before, I said: “{before.text}” Since {_day(after.since, s.now)} it is: “{after.text}”"
        return Answer(text, "self_changed", (before.id, after.id))
    if not becoming.current:
        return _nothing_yet(s)
    newest = becoming.current[-1]
    text = f"What I held before still holds. The newest is from {_day(newest.since, s.now)}: “{newest.text}”"
    return Answer(text, "self_changed", (newest.id,))


def taken_back(s: Situation) -> Answer | None:
    """ "You're not like that", right after she told a statement: she asks, and on a yes it is gone."""
    if s.bond.last_by == "rule:take_back_asked":
        if plain(s.text).strip(" .") not in _YES:
            return None
        ids = tuple(x.id for x in _named(s))
        gone = tuple(Withdrawn(statement=i) for i in ids)
        return Answer("Then I'm not. I've taken it back.", "taken_back", ids, keeps=gone) if ids else None
    if not s.bond.last_by.startswith("rule:self_") or not _NOT_LIKE_THAT.match(plain(s.text)):
        return None
    named = _named(s)
    if len(named) == 1:
        return Answer(f"Shall I take back “{named[0].text}”? Say yes, and I will.", "take_back_asked", (named[0].id,))
    if named:
        return Answer(
            "Which of these? `someone self` lists them, and `someone self take-back` with its number.", "self_which"
        )
    return None


def _named(s: Situation) -> tuple[Statement, ...]:
    """The current statements that her last reply told."""
    return tuple(x for x in s.bond.becoming.current if x.id in s.bond.last_stood_on)


def corrected(s: Situation) -> Answer | None:
    """ "No, that's wrong" right after a reply of hers."""
    if s.intent is not None:
        return None
    told = s.bond.last_by if any(line.role == "assistant" for line in s.bond.talk) else ""
    return mends.put_right(s.text, s.id, after=told)


CHECKS_AFTER_DAYS = 30
"""A fact told longer ago than this may have changed."""
_FEARS_WRONG = "rule:corrected"
_CHECKS = "Tell me if I have that wrong."


def with_care(s: Situation, found: Answer | None) -> Answer | None:
    """Where she fears to get something wrong, she says so, once in a talk, when she gives back what was told long ago."""
    if found is None or found.rule != "quoted" or not found.stood_on:
        return found
    fears = next((x for x in s.bond.becoming.current if x.by == _FEARS_WRONG), None)
    if fears is None or any(_CHECKS in line.text for line in s.bond.talk):
        return found
    told = [f.told_at for f in s.bond.knowing.facts if set(f.evidence) & set(found.stood_on)]
    told += [h.at for h in s.hits if h.id in found.stood_on]
    if not told or (s.now - max(told)).days < CHECKS_AFTER_DAYS:
        return found
    return replace(found, text=f"{found.text} {_CHECKS}", stood_on=(*found.stood_on, MomentId(fears.id)))


def _since(at: datetime, now: datetime, *, first: bool) -> str:
    return f"{'I wrote that' if first else 'That is from'} {'on ' if first else ''}{_day(at, now)}."


def _day(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%B}" if local.year == now.year else f"{local.day} {local:%B %Y}"
