"""What the person asks of her beyond talk: to learn something, to use it, to take it back. From the wording alone. Pure.

Three readings. ``lesson``: the person teaches, in plain words. ``need``: a wish for something to be done, as a key that is
the same for "convert 30 ounces to grams" and "please convert 12.5 ounces into grams". ``calls``: whether an utterance is
one that a skill was made for, by the skill's own phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

LONGEST_LESSON = 1200
"""Characters. Longer is a text that was pasted, and what is pasted teaches nothing."""
LONGEST_PHRASE = 120
_ANY = "..."

_WORD = re.compile(r"\.{3}|[^\W_]+(?:[.,'’][^\W_]+)*|[%$€£+*/=]")
_SOFT = frozenset(
    {"please", "hey", "hi", "ok", "okay", "so", "and", "now", "then", "can", "could", "would", "will", "you", "for", "me", "just"}
)  # fmt: skip
_SOFT_END = frozenset({"please", "now", "then", "thanks", "for", "me"})


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the person teaches. ``kind`` "say": at ``phrase`` she answers ``words``; "how": ``words`` are how ``phrase``
    is done.
    """

    kind: Literal["say", "how"]
    phrase: str
    words: str


_TEACHES = (
    r"^\W*(?:(?:ok|okay|hey|so|now|please)[,\s]+)*"
    r"(?:(?:let me|i(?:'| wi|’)ll|i want to|i(?:'|’)d like to|can i|may i) teach you(?: something(?: new)?| a (?:new )?(?:skill|trick|game|thing))?"
    r"|teach|learn this|here(?:'|’)?s (?:a|something) (?:new )?(?:skill|trick|thing)? ?(?:for you)?(?: to learn)?|new skill)"
)
_SAY = re.compile(
    _TEACHES
    + r"\s*[:,.—-]*\s*(?:that\s+)?(?:when(?:ever)?|if|every time) i (?:say|ask(?: you)?|type|write|tell you)\s*[:,]?\s*"
    r"(?P<phrase>\"[^\"\n]{1,120}\"|“[^”\n]{1,120}”|'[^'\n]{1,120}'|[^\n,:;\"“”]{1,120}?)\s*[,:;]?\s*(?:then )?"
    r"(?:you (?:should |must |can |will )?(?:always )?)?(?:answer|say|reply|respond|tell me)(?: with| me| back)?\s*[:,]?\s+"
    r"(?P<words>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_HOW = re.compile(
    _TEACHES
    + r"\s*[:,.—-]*\s*how (?:to|i|you|we)\s+(?P<phrase>[^\n:]{2,120}?)\s*(?::|\.\s|\n|—| - )\s*(?P<words>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTES = "\"'“”‘’"

_TAKES_BACK = re.compile(
    r"^\W*(?:please )?(?:take (?:that|this|the|your)(?: last| new)? skill back|take back (?:that|this|the|your)(?: last| new)? skill"
    r"|undo (?:that|this|the|your)(?: last| new)? skill|take back (?:the |your )?skill (?P<name>[\w -]{1,64}?)"
    r"|take (?:the |your )?skill (?P<name2>[\w -]{1,64}?) back)(?:,? (?:please|again|now))*\W*$",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"^\W*(?:(?:what|which) skills (?:do you have|have you(?: got| learned| learnt)?|did you learn)|(?:show|tell) me your skills"
    r"|what (?:have i taught|did i teach) you|what have you learned to do|list your skills|what are your skills)"
    r"(?: so far| now| please)*\W*$",
    re.IGNORECASE,
)
_YES = frozenset(
    {"yes", "yes please", "yes you may", "you may", "yes do", "yes do it", "do it", "please do", "sure", "ok", "okay", "yes allow it",
     "allow it", "yes use it", "go ahead", "yes go ahead", "yes of course", "of course", "yeah", "yep"}
)  # fmt: skip

_DOES = frozenset({"convert", "calculate", "compute", "translate", "spell", "conjugate", "encode", "decode"})
"""Verbs that wish for a result whatever follows."""
_DOES_WITH_NUMBERS = frozenset(
    {"multiply", "divide", "subtract", "split", "count", "add", "sum", "round", "roll", "estimate", "work", "figure"}
)
"""Verbs that do so where a number stands in the wish: "count me in" wishes for nothing."""
_AMOUNT = re.compile(
    r"\bhow (?:many|much) [a-z]{2,20}(?: [a-z]{2,20})? (?:is|are|in|make|makes)(?: there)?(?: in)? (?:an? |\d)"
    r"|^\W*what(?:'|’)?s? (?:is )?\d[\d.,]* ?(?:%|percent|plus|minus|times|divided|\+|-|\*|/|x )"
    r"|^\W*(?:what(?:'|’)?s? (?:is |are )?)?\d[\d.,]* ?[a-z]{1,20}(?: [a-z]{1,20})? (?:in|to|into) [a-z]{1,20}\W*$",
    re.IGNORECASE,
)
"""Asked without a verb of doing: how many of one in another, a sum, a number of one "in" another."""
_PLAIN_WORDS = frozenset(
    {"to", "into", "in", "of", "the", "a", "an", "is", "are", "what", "whats", "what's", "how", "many", "much", "my", "this", "that", "by", "with", "from", "me", "for", "and"}
)  # fmt: skip
_LONGEST_WISH = 24


def lesson(text: str) -> Lesson | None:
    """What is taught in these words, if they begin by saying so. A pasted page teaches nothing."""
    if len(text) > LONGEST_LESSON:
        return None
    for kind, look in (("say", _SAY), ("how", _HOW)):
        if (found := look.match(text)) is not None:
            phrase, words = found["phrase"].strip(f" {_QUOTES}"), " ".join(found["words"].split())
            words = words.strip(_QUOTES) if kind == "say" else words
            if phrase and words and spoken(phrase):
                return Lesson("say" if kind == "say" else "how", phrase, words)
    return None


def takes_back(text: str) -> str | None:
    """The name of the skill to take back, "" for the last one, None where nothing is taken back."""
    found = _TAKES_BACK.match(text)
    return None if found is None else (found["name"] or found["name2"] or "").strip()


def lists_skills(text: str) -> bool:
    return _LISTS.match(text) is not None


def agrees(text: str) -> bool:
    """A plain yes and nothing else."""
    return " ".join(re.findall(r"[a-z]+", text.casefold())) in _YES


def need(text: str) -> str:
    """The kind of thing that is wished to be done, without its numbers; "" where nothing of the sort is wished."""
    words = _without_soft([w for w in _words(text) if w != _ANY])
    if not words or len(words) > _LONGEST_WISH:
        return ""
    numbers = any(c.isdigit() for c in text)
    wishes = words[0] in _DOES or (numbers and words[0] in _DOES_WITH_NUMBERS) or _AMOUNT.search(text) is not None
    kept = [w for w in words if not any(c.isdigit() for c in w) and w not in _PLAIN_WORDS]
    return " ".join(kept[:8]) if wishes and (numbers or len(kept) > 1) else ""


def calls(text: str, phrases: Iterable[str]) -> bool:
    """Whether the utterance as a whole is one of these phrases, ``...`` standing for one word or more."""
    said = _without_soft(_words(text))
    return any(_fits(said, _without_soft(_words(p))) for p in phrases)


def bears(text: str, description: str) -> float:
    """The share (0..1) of the utterance's words that a skill's description holds; small words apart."""
    said = {w for w in _without_soft(_words(text)) if w not in _PLAIN_WORDS and w != _ANY}
    held = set(_words(description))
    return len(said & held) / len(said) if said else 0.0


def spoken(phrase: str) -> bool:
    """Whether a phrase has a word of its own: one that is only ``...`` would call at anything."""
    return any(w != _ANY for w in _without_soft(_words(phrase)))


def asked_how(phrase: str) -> tuple[str, ...]:
    """The ways in which a person asks how something is done."""
    return tuple(f"{how} {phrase}" for how in ("how do i", "how do you", "how do we", "how to", "how should i", "how can i",
                                               "tell me how to", "remind me how to", "how i", "how did i", "do you know how to",
                                               "what is the way to"))  # fmt: skip


def _words(text: str) -> list[str]:
    return [w.casefold().replace("’", "'") for w in _WORD.findall(text[:LONGEST_LESSON])]


def _without_soft(words: Sequence[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start] in _SOFT:
        start += 1
    while end > start and words[end - 1] in _SOFT_END:
        end -= 1
    return list(words[start:end]) or list(words)


def _fits(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Glob over words in time linear in both: ``reached`` holds how far into the phrase each reading has come."""
    if not phrase or not any(w != _ANY for w in phrase):
        return False
    reached = {0}
    for word in said:
        after: set[int] = set()
        for at in reached:
            if at < len(phrase) and phrase[at] in (_ANY, word):
                after.add(at + 1)
            if at > 0 and phrase[at - 1] == _ANY:
                after.add(at)
        reached = after
    return len(phrase) in reached
