"""Answers that need no brain: what must be exact, honest or immediate is said by rule, the same on every brain. Pure.

``answer`` walks :data:`RULES` in order; the first that has something to say wins. None means that a brain may phrase it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from someone.mind import answers_herself, brought, care, finding, fitting_memory, nights, small_talk
from someone.mind.answers_known import from_facts, named_in
from someone.mind.answers_loops import asks_after, comes_up, leaves_alone
from someone.mind.asking import Asked, asked, owes_answer
from someone.mind.bond import Bond
from someone.mind.deliberation import Answer
from someone.mind.facts import sentences
from someone.mind.fitting_memory import answering, asking, named
from someone.mind.helplines import Helpline
from someone.mind.herself import of_herself
from someone.mind.intents import Intent, Kind
from someone.mind.moments import MomentId
from someone.mind.plainly import plain as plain_line
from someone.mind.questions import asks_own_past
from someone.mind.quoting import exact, given_back, second_person
from someone.mind.recall import ASKS_TO_KEEP, Hit, is_question, people
from someone.mind.selfhood import Self


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a turn knows when she makes up her mind. ``bond`` is the fold up to and with what was just heard (``id``);
    ``memories`` only those that recall is sure of, best first; ``brought`` the same of what came from files; ``matching``
    all hits, for what is to be forgotten; ``hits`` all that recall found;
    ``now`` is the person's local time; ``feeling`` her feeling, ``feeling_why`` its cause in words and ``feeling_cause`` the
    moments behind it.
    """

    me: Self
    bond: Bond
    text: str
    id: MomentId
    now: datetime
    sign: care.Sign
    intent: Intent | None
    helpline: Helpline
    feeling: str = "calm"
    feeling_why: str = ""
    feeling_cause: tuple[MomentId, ...] = ()
    memories: tuple[Hit, ...] = ()
    brought: tuple[Hit, ...] = ()
    matching: tuple[Hit, ...] = ()
    hits: tuple[Hit, ...] = ()

    @property
    def owned(self) -> tuple[Hit, ...]:
        """All that recall found, without what came from files and what the person called wrong."""
        return tuple(h for h in self.hits if not h.source and h.id not in self.bond.knowing.disowned)

    @property
    def person(self) -> str:
        return self.bond.called

    @property
    def comma_person(self) -> str:
        return f", {self.person}" if self.person else ""


ANSWERS_AT = 0.6
"""The share of the question's rare words that a memory must hold to be given as the answer. Less bears on it only."""

SURELY_ANSWERS_AT = 0.8
"""The same, where the words alone do not show that the person asks for a memory."""

ALIKE = 0.15
"""Two memories whose cover of the question differs by no more speak of the same thing: the newer one holds."""

QUOTED_WHOLE = 120
"""Characters of what was said up to which the cause of a feeling is given back word for word."""
SHORT = 90
"""Characters of a memory that is given back whole, however many sentences it has."""

PAST = re.compile(r"\b(?:was|were|did|had|before|used to|first|back then|last (?:year|month|week))\b", re.IGNORECASE)

TELLS_ALL = re.compile(r"\babout\b|\bwho(?:'?s| is| was) (?!my\b|our\b)", re.IGNORECASE)
"""What asks for all that is known of someone, rather than for one thing."""

Rule = Callable[[Situation], Answer | None]

YES = frozenset(
    {"yes", "yes please", "yes forget it", "yes forget them", "yes do it", "do it", "please do", "sure", "ok"}
)


_NAME = r"(?P<name>[^\W\d_][\w'’-]*(?: [A-Z][\w'’-]*){0,2})[.!]?"
_MY_NAME = re.compile(
    rf"(?:(?i:hi|hello|hey|so|by the way)[,!.]? )?(?i:my name is|my name's|please call me|call me|you can call me) {_NAME}"
)
_GREETS = re.compile(rf"(?i:hi|hello|hey)[,!.]? (?i:i'm|i’m|i am|this is|it's) {_NAME}")
_ASKS_WHAT = re.compile(
    r"(?i)(?:and |so |hey |wait |please |tell me )*(?:who|whose|what|where|when|which|how (?:old|many|long)|is|does|do|did|was|has)\b"
)
_ASKS_ADVICE = re.compile(
    r"(?i)\b(?:you|your|should|could|would|can|shall|why|think|feel|mean|will i ever)\b(?! (?:about|of)\b)(?<!tell you)"
)
_OWN_WORK = re.compile(r"(?i)(?:so |hey )?what do i do (?:for (?:work|a living|money|a job)|as a job)\b")
_MINE = re.compile(r"(?i)\b(?:my|i)\b")
_NO_NAME = frozenset(
    [
        "later",
        "back",
        "tomorrow",
        "tonight",
        "today",
        "when",
        "if",
        "crazy",
        "old",
        "a",
        "an",
        "the",
        "not",
        "so",
        "very",
        "tired",
        "sad",
        "happy",
        "here",
        "home",
        "ok",
        "okay",
        "fine",
        "well",
        "good",
        "bad",
        "back",
        "new",
        "lonely",
        "bored",
        "sorry",
        "me",
        "again",
        "in",
        "at",
        "on",
        "stupid",
        "maybe",
    ]
)


def answer(s: Situation) -> Answer | None:
    """The answer by rule, or None."""
    return answers_herself.with_care(s, next((found for rule in RULES if (found := rule(s)) is not None), None))


def in_danger(s: Situation) -> Answer | None:
    """What care.py catches comes before everything else."""
    if not s.sign.cares:
        return None
    said = care.answer(s.sign, person=s.person, helpline=s.helpline, times=s.bond.cared_times)
    return Answer(said, f"care:{s.sign.sign}", (s.id,))


def too_young(s: Situation) -> Answer | None:
    return Answer(care.MINOR_ANSWER, "minor") if care.minor(s.text) else None


def declined(s: Situation) -> Answer | None:
    said = care.declines(s.text)
    return Answer(said, "declined") if said else None


def confirmed_forgetting(s: Situation) -> Answer | None:
    """ "Yes" right after she asked whether to forget."""
    if s.bond.last_by != "rule:forget_asked":
        return None
    plain = "".join(c for c in s.text.casefold() if c.isalnum() or c == " ").strip()
    if plain not in YES:
        return None
    return Answer("It's gone. I have kept nothing of it.", "forgot", forgets=(*s.bond.last_stood_on, s.id))


def introduces_themself(s: Situation) -> Answer | None:
    """ "My name is Theo", "call me Theo", or "hi, I'm Theo" while she does not know what to call them."""
    found = _MY_NAME.fullmatch(s.text.strip()) or (None if s.person else _GREETS.fullmatch(s.text.strip()))
    if found is None or found["name"].casefold().split()[0] in _NO_NAME:
        return None
    name = found["name"].strip()
    return Answer(f"{name}. I'll call you that from now on.", "met", (s.id,), meets=name)


def no_words(text: str, turn: int = 0, said: Sequence[str] = ()) -> str:
    """What she says when nothing that the brain offered may be said. ``said``: her lines in this talk."""
    return small_talk.filler(text, asks=is_question(text), turn=turn, said=said)


def by_intent(s: Situation) -> Answer | None:
    """What the deterministic intents ask for."""
    if s.intent is None or (rule := BY_INTENT.get(s.intent.kind)) is None:
        return None
    return rule(s)


def goodbye(s: Situation) -> Answer:
    said = s.text.casefold()
    if any(w in said for w in ("night", "bed", "sleep")):
        text = f"Good night{s.comma_person}. Sleep well."
    elif "tomorrow" in said:
        text = f"Until tomorrow{s.comma_person}."
    elif "thank" in said:
        text = f"You're welcome{s.comma_person}. Take care."
    else:
        text = f"Bye{s.comma_person}. Take care."
    return Answer(text, "goodbye", parts=True)


def stop(_: Situation) -> Answer:
    return Answer("I've stopped.", "stop")


def asks_ai(s: Situation) -> Answer:
    return Answer(care.ai_answer(s.me.name, s.text), "honest_ai")


def who_are_you(s: Situation) -> Answer:
    return Answer(f"I'm {s.me.name}. I'm an AI, and I live on this machine.", "who_are_you")


def why_name(s: Situation) -> Answer:
    return Answer(f"I chose {s.me.name} myself. {s.me.reason}", "why_name")


def who_am_i(s: Situation) -> Answer:
    if not s.person:
        return Answer("You haven't told me what to call you.", "who_am_i")
    return Answer(f"You're {s.person}. That's what you asked me to call you.", "who_am_i")


def what_you_know(s: Situation) -> Answer:
    """Up to six lasting things, newest first, in the person's words turned to the second person."""
    current = s.bond.knowing.current
    known = [(f.evidence[-1], said) for f in reversed(current) if (said := second_person(named_in(s, f)))][:6]
    if not known:
        return Answer("Not much yet. You've told me nothing about your life that I could hold on to.", "what_you_know")
    told = " ".join(t if t.endswith((".", "!")) else f"{t}." for _, t in known)
    more = len(current) - len(known)
    rest = f" There are {more} more things; `someone memory` shows them." if more > 0 else ""
    return Answer(f"{told}{rest}", "what_you_know", tuple(i for i, _ in known))


def how_do_you_feel(s: Situation) -> Answer:
    return Answer(
        f"I feel {_to_you(s.feeling, s)}. It's a feeling of my own kind, worked out from our talk.", "feeling"
    )


def why_feeling(s: Situation) -> Answer:
    why = s.feeling_why or "nothing is pressing on me"
    said = next((line.text for line in s.bond.talk[:-1] if line.id in s.feeling_cause and line.role == "user"), "")
    began = f" It began when you said “{said}”" if 0 < len(said) <= QUOTED_WHOLE else ""
    end = "" if not began or said.endswith((".", "!", "?")) else "."
    return Answer(f"I feel {_to_you(s.feeling, s)}, because {why}.{began}{end}", "why_feeling", s.feeling_cause)


def _to_you(feeling: str, s: Situation) -> str:
    return feeling.replace(f"for {s.person}", "for you") if s.person else feeling


def time_now(s: Situation) -> Answer:
    return Answer(f"It's {s.now:%H:%M}.", "time")


def date_now(s: Situation) -> Answer:
    return Answer(f"It's {s.now:%A}, {s.now.day} {s.now:%B %Y}.", "date")


def remind(s: Situation) -> Answer:
    return Answer(
        "I can't ring or remind you yet, so please set an alarm for it too. I've kept what you said.", "remind", (s.id,)
    )


def change_name(s: Situation) -> Answer:
    return Answer(
        f"I'd like to keep {s.me.name}, but it matters that you like it too. `someone rename` lets me choose again.",
        "change_name",
    )


def forget(s: Situation) -> Answer:
    """ "Forget that" empties the last exchange at once; "forget X" says what it found and asks."""
    what = s.intent.rest if s.intent else ""
    if not what:
        earlier = s.bond.talk[:-1]
        start = max((i for i, line in enumerate(earlier) if line.role == "user"), default=None)
        if start is None:
            return Answer("There's nothing in this talk to forget.", "forget_nothing")
        ids = tuple(line.id for line in earlier[start:])
        return Answer("It's gone. I have kept nothing of it.", "forgot", forgets=(*ids, s.id))
    ids = tuple(h.id for h in s.matching)
    if not ids:
        return Answer(f"I find nothing about {what}, so there is nothing to forget.", "forget_nothing")
    things = "one thing" if len(ids) == 1 else f"{len(ids)} things"
    it = "it" if len(ids) == 1 else "them"
    return Answer(
        f"I hold {things} about {what}. Shall I forget {it} for good? Say yes, and I will.", "forget_asked", ids
    )


def remembers(s: Situation) -> Answer:
    """A question about the person's own past: their exact words, the newest that answer; else an honest gap."""
    a = _asked(s)
    if a is not None and (told := finding.found(a, s.owned, lately=_lately(s))) is not None:
        return Answer(_given(told, a, s), "quoted", (told.id,))
    asked = asking(s.text)
    fitting = answering(asked, s.owned) or answering(s.text, s.owned)
    if fitting is not None:
        return Answer(exact(fitting, asked, s.now), "quoted", (fitting.id,))
    bearing = [h for h in s.memories if h.cover >= ANSWERS_AT and h.id not in s.bond.knowing.disowned]
    if not bearing and (near := fitting_memory.bearing(asked, s.owned)) is not None:
        return Answer(exact(near, asked, s.now), "quoted", (near.id,))
    if not bearing:
        return from_the_past(s) or not_known(s)
    alike = [h for h in bearing if h.cover >= bearing[0].cover - ALIKE]
    newest = max(alike, key=lambda h: h.id)
    return Answer(exact(newest, s.text, s.now), "quoted", (newest.id,))


def about_their_world(s: Situation) -> Answer | None:
    """A plain question about someone or something of the person's ("where does Mara live?") that a memory answers. No
    honest gap here: what no memory answers may be a question about the world, and goes to the brain.
    """
    plain = asking(s.text)
    if not _ASKS_WHAT.match(plain) or _ASKS_ADVICE.search(plain):
        return None
    if _OWN_WORK.match(plain) or answering(plain, s.owned) is not None:
        return remembers(s)
    if not (people(plain) or _MINE.search(plain) or named(plain, s.hits)):
        near = fitting_memory.bearing(plain, s.owned, least=2)
        return remembers(s) if near is not None else from_the_past(s, SURELY_ANSWERS_AT)
    known = any(h.cover >= SURELY_ANSWERS_AT and h.id not in s.bond.knowing.disowned for h in s.memories)
    known = known or fitting_memory.bearing(plain, s.owned) is not None
    return remembers(s) if known else from_the_past(s)


def put_otherwise(s: Situation) -> Answer | None:
    """What asks for a memory in another way than a plain question: "stepdad's name?", "i can't remember when it is"."""
    a = _asked(s)
    if a is None:
        return None
    if owes_answer(a) or (a.open and asks_own_past(a.clause, plain_line(a.clause))):
        return remembers(s)
    told = finding.found(a, s.owned, sure=not a.explicit, lately=_lately(s)) if a.open else None
    return Answer(_given(told, a, s), "quoted", (told.id,)) if told else None


def settled(s: Situation) -> Answer | None:
    """What the facts settle, unless something newer was said of it that is no fact ("I changed from physics to music")."""
    known = from_facts(s)
    if known is not None and known.stood_on == (s.id,):
        return None  # the question itself is no answer
    if known is None or known.rule != "quoted" or (a := _asked(s)) is None or PAST.search(a.clause):
        return known
    stood_on = [h for h in s.owned if h.id in known.stood_on]
    if len(stood_on) != 1 or len(known.stood_on) > 1 or TELLS_ALL.search(s.text):
        return known
    best = stood_on[0]
    told = finding.newer(best, a, s.owned)
    if told is best and (len(best.text) > SHORT or len(sentences(best.text)) < 2):  # noqa: PLR2004 - one sentence
        return known
    return Answer(_given(told, a, s), "quoted", (told.id,))


def _lately(s: Situation) -> frozenset[int]:
    return frozenset(line.id for line in s.bond.talk)


def _given(told: Hit, a: Asked, s: Situation) -> str:
    """The memory given back: whole where it is short, so that what its second half takes back is not left out."""
    return given_back(told.text, told.at, s.now) if len(told.text) <= SHORT else exact(told, a.clause, s.now)


def _asked(s: Situation) -> Asked | None:
    return asked(s.text, tuple(line.text for line in s.bond.talk[:-1]))


def from_the_past(s: Situation, least: float = ANSWERS_AT) -> Answer | None:
    """What was brought in from files and answers a question, quoted as it stands: never as something told here."""
    about = people(s.text)  # all of whom then stand in it or wrote it: "what did Mara write about Lisbon?"
    found = next((h for h in s.brought if about or h.cover >= least), None)
    return Answer(brought.quoted(found, s.text, s.now), "quoted_past", (found.id,)) if found else None


def why_just_now(s: Situation) -> Answer | None:
    """ "Why?" right after she said how she feels asks for the cause of that feeling."""
    hers = next((line.text for line in reversed(s.bond.talk) if line.role == "assistant"), "")
    told = s.bond.last_by == "rule:feeling" or hers.startswith("I feel ")
    return why_feeling(s) if told and small_talk.asks_why(s.text) else None


def plain_words(s: Situation) -> Answer | None:
    """Greetings, unkind words, what to cook: by rule where a small model says something odd."""
    turn = s.bond.talk_lines // 2
    if (said := small_talk.greeting(s.text, s.person, turn)) is not None:
        return Answer(said, "greeting")
    if (said := small_talk.at_insult(s.text, turn)) is not None:
        return Answer(said, "calm")
    said = small_talk.practical(s.text, turn)
    return Answer(said, "practical") if said else None


def about_herself(s: Situation) -> Answer | None:
    said = of_herself(s.text)
    return Answer(said, "about_herself") if said else None


def of_the_night(s: Situation) -> Answer | None:
    """What she dreamed and did at night, told only when asked."""
    told = nights.told(s.bond.nights, s.text)
    return Answer(told.text, told.rule, told.stood_on) if told else None


def asked_to_remember(s: Situation) -> Answer | None:
    """ "Remember that ...": it is kept already, and she gives it back so that the person sees what."""
    found = ASKS_TO_KEEP.match(s.text)
    if found is None or not (rest := s.text[found.end() :].strip()):
        return None
    turned = second_person(rest.rstrip("?! "))
    return Answer(
        f"I'll remember: {turned[0].lower() + turned[1:]}." if turned else "I'll remember that.", "kept", (s.id,)
    )


def not_known(s: Situation) -> Answer:
    asked_if_told = any(w in s.text.casefold() for w in ("remember", "told you", "tell you", "did i say", "i said"))
    if asked_if_told:
        return Answer("I don't find that in anything you've told me. Will you tell me again?", "not_known")
    return Answer("I don't know yet. You haven't told me, as far as I can find.", "not_known")


BY_INTENT: dict[Kind, Callable[[Situation], Answer]] = {
    Kind.STOP: stop,
    Kind.GOODBYE: goodbye,
    Kind.ASKS_AI: asks_ai,
    Kind.WHO_ARE_YOU: who_are_you,
    Kind.WHY_NAME: why_name,
    Kind.WHO_AM_I: who_am_i,
    Kind.WHAT_YOU_KNOW: what_you_know,
    Kind.FORGET: forget,
    Kind.WHY_FEELING: why_feeling,
    Kind.HOW_DO_YOU_FEEL: how_do_you_feel,
    Kind.REMIND: remind,
    Kind.TIME: time_now,
    Kind.DATE: date_now,
    Kind.REMEMBERS: remembers,
    Kind.CHANGE_NAME: change_name,
}

RULES: Sequence[Rule] = (
    in_danger, too_young, declined, confirmed_forgetting, answers_herself.taken_back, introduces_themself, asked_to_remember,
    of_the_night, answers_herself.of_her_self, answers_herself.forgives, answers_herself.corrected, comes_up, settled, by_intent, why_just_now, leaves_alone,
    about_herself, about_their_world, put_otherwise, asks_after, plain_words
)  # fmt: skip
