"""The background tasks: what a brain is asked at night, and what of its answer is believed. Pure.

A small model is asked in the form it was trained on (``Task: {task}.``, the talk as the user's line), a capable one in
plain words. Neither is trusted: a note or a reflection stands only when every name, number and day in it stands in what
the *person* said, and a fact is kept in the person's own words: the brain only points to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from someone.mind import care
from someone.mind.bond import TALK_GAP
from someone.mind.deliberation import Line, Prompt
from someone.mind.fact_words import KIN, LASTING_ADJECTIVE
from someone.mind.facts import NAME, could_last, pasted, sentences
from someone.mind.grounding import details, grounded
from someone.mind.mending import mend
from someone.mind.moments import Cared, Entry, Heard, MomentId, Said
from someone.mind.recall import content_words, is_question, stem
from someone.mind.speech import has_markup

LINES = 6
"""What the person said in one window; a small model loses the thread of more."""
LONGEST = 900
"""Characters of one window."""
FEWEST_WORDS = 6
"""Content words of the person's below which a window is small talk."""
SUPPORT = 0.6
"""Share of a fact's content words that the person's sentence must hold to be what it points to."""
TOLD = 0.85
"""Share of a note's content words that the person must have said."""
LONGEST_NOTE = 280
LONGEST_QUOTE = 200
FEWEST_TOLD = 4
"""Content words of a sentence that is worth a note."""
DANGER = timedelta(minutes=30)
"""What was said so near to a sign of danger is not worked on at night."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of talk. ``heard``: what the person said, by moment; ``lines``: all of it, "Name: words" each."""

    heard: tuple[tuple[MomentId, str], ...]
    lines: tuple[str, ...]

    @property
    def evidence(self) -> tuple[MomentId, ...]:
        return tuple(i for i, _ in self.heard)

    @property
    def said(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.heard)

    def text(self, person: str, *, small: bool) -> str:
        """What a brain is given. A small one mixes up who said what, so it gets the person's lines alone."""
        return "\n".join(f"{person or 'You'}: {text}" for text in self.said) if small else "\n".join(self.lines)


def windows(entries: Sequence[Entry], person: str, name: str) -> tuple[Window, ...]:
    """The talks of ``entries`` (oldest first) in pieces. Left out: what was pasted, what stands near a sign of danger,
    and pieces that are small talk.
    """
    dark = [e.at for e in entries if isinstance(e.moment, Cared)]
    out: list[Window] = []
    heard: list[tuple[MomentId, str]] = []
    lines: list[str] = []
    last = None
    for entry in entries:
        who, text = _line(entry, person, name)
        if not text or any(abs(entry.at - at) <= DANGER for at in dark):
            continue
        full = len(heard) >= LINES or sum(map(len, lines)) + len(text) > LONGEST
        if last is not None and (entry.at - last > TALK_GAP or (full and isinstance(entry.moment, Heard))):
            out.append(Window(tuple(heard), tuple(lines)))
            heard, lines = [], []
        last = entry.at
        lines.append(f"{who}: {text}")
        if isinstance(entry.moment, Heard):
            heard.append((entry.id, text))
    out.append(Window(tuple(heard), tuple(lines)))
    return tuple(w for w in out if w.heard and len(content_words(" ".join(w.said))) >= FEWEST_WORDS)


def _line(entry: Entry, person: str, name: str) -> tuple[str, str]:
    match entry.moment:
        case Heard(text=text) if not pasted(text) and len(text) <= LONGEST:
            return person or "You", " ".join(text.split())
        case Said(text=text):
            return name, " ".join(text.split())[:LONGEST]
        case _:
            return "", ""


def ask(task: str, text: str, *, small: bool, person: str = "", name: str = "") -> Prompt:
    """The prompt of a background task, in the dialect of the brain."""
    if small:
        return Prompt((Line("system", f"Task: {task}."), Line("user", text)), max_tokens=96, temperature=0.0)
    who = person or "the person"
    return Prompt(
        (Line("system", _LARGE[task].format(person=who, name=name)), Line("user", text)),
        max_tokens=400,
        temperature=0.2,
    )


_LARGE = {
    "facts": (
        "Below is a talk between {person} and {name}, an AI. List what {person} said of their life that will still be true in "
        "some months. One JSON object a line, nothing else: "
        '{{"about": "you" or the name of the one it is about, "quote": the exact words of {person}}}. '
        "Only what {person} said. Nothing passing, no wishes, nothing from {name}. If there is nothing, answer: none"
    ),
    "memory_note": (
        "Below is a talk between {person} and {name}, an AI. Write one plain sentence, for {name} to remember it by: what "
        "{person} told. Only what {person} said; no guesses, no advice. If there is nothing to keep, answer: none"
    ),
    "day_reflection": (
        "You are {name}, an AI, {person}'s companion. Below is what {person} told you today. Write one or two plain sentences: "
        "what the day meant to you. Only what stands there. You have no body and no life of your own outside these talks. No "
        "flattery, no longing. If there is nothing to say, answer: none"
    ),
    "self_note": (
        "You are {name}, an AI, {person}'s companion. Below are your notes of the last weeks. Write one short sentence of "
        "yourself that they show, beginning with: I am, I want, I fear, or I've learned. Only what they show; no flattery, no "
        "longing, no body. If they show nothing, answer: none"
    ),
    "dream": (
        "You are {name}, an AI. Join these two things into one quiet image, as a dream joins them. One sentence that begins "
        "with: I dreamed. Use only what stands there; no names but those, no danger, no death."
    ),
}


_FEELS = re.compile(
    rf"(?:last \w+ |then |now )?(?:i(?:['’]m| am| was| feel| felt| get| got)|it(?:['’]s| is| was)) (?:(?:so|really|super|very|too|just|"
    rf"all|quite|a bit|a little|pretty|feeling) )*(?!(?:{LASTING_ADJECTIVE})\b)(?:\w+ed|glad|happy|sad|sorry|proud|grateful|lucky|"
    r"thankful|sure|fine|okay?|afraid|tense|angry|upset|nervous|down|ready|busy|good|great|bad)\b",
    re.IGNORECASE,
)
"""How someone feels just then is felt, not a fact."""
_PASSES = (
    "keep|kept|mean|think|thought|guess|hope|wish|need|want|feel|felt|know|knew|see|saw|hear|heard|say|said|tell|told|can|could|"
    "am|was|were|had|have|did|do|don't|just|got|get|quit|cut|put|let|set|hit|hurt|lost|left|made|went|came|took|gave|found|bought|"
    "met|ran|sat|slept|spent|wrote|woke|ate|broke|fell|forgot|understand|believe|agree|bet|swear|suppose|miss|promise|remember|"
    "forget|look|seem|sound|talk|call|try|start|stop|care|mind|doubt|worry|ask|thank|apologi[sz]e|owe|hate"
)
_HABIT = re.compile(
    rf"(?:(?:i|we) (?:also |always |usually |often |never |still )*(?!(?:{_PASSES})\b)[a-z]+(?<!ed)(?<!ing)|"
    rf"(?:(?:my|our) (?:{KIN})|{NAME}) (?:also |always |usually |often |never |still )*"
    rf"(?!(?:{_PASSES}|is|has|was|does|seems|looks|sounds|says|thinks|wants|needs|keeps|gets|makes|feels|calls)s?\b)[a-z]+s) ",
    re.IGNORECASE,
)
"""What one does as a rule ("I carve small birds", "Mara teaches Latin"). A small model can't tell what lasts: of what it points
to, only this is kept beyond what the rules found themselves."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that a brain pointed to: ``statement`` is the person's own sentence, ``evidence`` where it stands."""

    subject: str
    statement: str
    evidence: MomentId


def facts(output: str, window: Window, person: str, known: Sequence[str], *, small: bool) -> tuple[Found, ...]:
    """What of a brain's list of facts is believed. ``known``: the statements held already; none comes twice."""
    held = {_plain(s) for s in known}
    out: list[Found] = []
    for raw in output.strip().splitlines():
        found = _pointed(raw, window, person) if small else _quoted(raw, window)
        if found is None:
            continue
        plain = _plain(found.statement)
        if any(plain in h or h in plain for h in held):
            continue
        held.add(plain)
        out.append(found)
    return tuple(out)


def _pointed(raw: str, window: Window, person: str) -> Found | None:
    """The person's sentence that a small model's line rests on; None where there is none, or the line adds to it."""
    line = raw.strip(" -*•")
    if not line or line.lower().startswith("none") or not grounded(line, [*window.said, person], remembers=True):
        return None
    wanted = _words(line) - _words(person)
    best: tuple[float, MomentId, str] | None = None
    for number, text in window.heard:
        for sentence in sentences(text):
            share = len(wanted & _words(sentence)) / len(wanted) if wanted else 0.0
            if (
                could_last(sentence)
                and _HABIT.match(sentence.replace("’", "'"))
                and share >= SUPPORT
                and (best is None or share > best[0])
            ):
                best = (share, number, sentence)
    return None if best is None else Found("you", best[2].strip(), best[1])


def _quoted(raw: str, window: Window) -> Found | None:
    """What a capable model quotes, if the person said exactly that."""
    try:
        given = json.loads(raw.strip().strip(",`"))
        about, quote = str(given["about"]), " ".join(str(given["quote"]).split())
    except (ValueError, KeyError, TypeError):
        return None
    for number, text in window.heard:
        if quote and quote in text and could_last(quote) and not _FEELS.match(quote):
            named = about.strip() and about.casefold() in text.casefold()
            return Found(about.strip() if named else "you", quote, number)
    return None


def note(output: str, window: Window, person: str) -> str:
    """A note of a talk as far as it may stand, else ""."""
    text = first(output)
    if not _plainly(text) or not grounded(text, [*window.said, person], remembers=True):
        return ""
    told = _words(" ".join(window.said)) | _words(person)
    words = _words(text)
    return text if words and len(words & told) / len(words) >= TOLD else ""


def plain_note(window: Window, person: str) -> str:
    """A note that needs no brain: the person's own sentence that says most, as theirs; "" where none says much."""
    best = max((s for text in window.said for s in sentences(text) if could_be_noted(s)), key=_weight, default="")
    return f"{person or 'They'} said: “{best.strip()}”" if best else ""


def could_be_noted(sentence: str) -> bool:
    """Whether a sentence tells something: no question, not too short, not too long to quote."""
    return not is_question(sentence) and len(sentence) <= LONGEST_QUOTE and len(_words(sentence)) >= FEWEST_TOLD


def _weight(sentence: str) -> int:
    return len(_words(sentence)) + 2 * len(details(sentence))


def reflection(output: str, given: Sequence[str], person: str, name: str) -> str:
    """What a brain says a day meant, as far as it may stand, else ""."""
    text = first(output, 2)
    if not _plainly(text) or _CLINGS.search(text):
        return ""
    if not grounded(text, [*given, person, name, "today tonight morning evening"], remembers=True):
        return ""
    return text if mend(text, name=name, ended=False).why == "" else ""


def dreamt(output: str, told: Sequence[str], name: str) -> str:
    """A brain's dream as far as it may stand, else "": it begins as one, and every name and number in it was told."""
    text = first(output)
    if not text.startswith("I dreamed ") or not _plainly(text) or _CLINGS.search(text):
        return ""
    if not grounded(text, [*told, name], remembers=True) or care.read(text, ()).cares:
        return ""
    return text if mend(text, name=name, ended=False).why == "" else ""


_CLINGS = re.compile(
    r"\b(?:miss(?:ed|es|ing)? (?:you|him|her|them)|without (?:you|him|her|them)|need(?:s|ed)? (?:me|you|him|her)|lonely|forever|"
    r"only (?:me|i)\b|my (?:body|heart|hands?|eyes|arms|childhood|mother|father))",
    re.IGNORECASE,
)


def plain_reflection(person: str, names: Sequence[str]) -> str:
    """A day in words that need no brain, or "" for a day that named nobody."""
    if not names:
        return ""
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Today {person or 'we'} spoke of {who}. I'm glad to know a little more."


_MARKS = re.compile(r"[*_<>{}\[\]|`#]")


def first(output: str, most: int = 1) -> str:
    """The first sentences of an output, "" for one that says there is nothing."""
    text = " ".join(output.split())
    if text.lower().strip(" .") in ("none", "nothing", ""):
        return ""
    return " ".join(sentences(text)[:most])


def _plainly(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_NOTE and not has_markup(text) and not _MARKS.search(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(stem(w[0])) for w in content_words(text, 200))  # twice: "plays", "play" and "played" are one


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
