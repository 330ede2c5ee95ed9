"""Tidying what a model streams: no markup, no other speaker's words, no loops, no half sentence at the end. Pure.

The core, :class:`Tidy`, looks at one character after another, so how a stream was cut into pieces never changes what
comes out. It holds back as little as it can:

    first clause      word by word; a word waits only while it may begin a loop, or can't end a sentence ("the")
    later clauses     of the first sentence: clause by clause
    later sentences   sentence by sentence (one longer than ``LONGEST`` characters: clause by clause)

so first words come at once, and when a stream is cut (``length``, or broken off) what is unfinished was not yet said.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field

LONGEST = 200
"""Characters of a later sentence that are held back at most."""

PERIOD = 24
"""The longest loop, in words, that is looked for inside and across sentences; whole sentences are compared besides."""

GRAM = 4
"""From this many words on, one immediate repetition is a loop. Shorter ones may be meant ("no, no") and get three."""

SENTENCE = 3
"""From this many words on, a sentence that comes again is a loop; a shorter one may be meant ("I know.")."""

_OPENING = re.compile(
    r"^(?:<\|im_start\|>|<\|assistant\|>|<s>|<\|begin_of_text\|>)(?:assistant(?![a-z]):?)?", re.IGNORECASE
)
_TAG = re.compile(
    r"<\||\|>|</?(?:s|bos|eos|im_start|im_end|start_of_turn|end_of_turn|system|user|assistant)>"
    r"|\[/?INST\]|<</?SYS>>",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^(?:User|Human|System|Assistant|Person|Companion|AI|Instruction|Response):", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\ufffd\x00-\x08\x0b\x0e-\x1b\x7f]")
_STARS = re.compile(r"\*{2,}|(?<![0-9])\*|\*(?![0-9])")
_RULE = re.compile(r"^(?:[-=_~#>]{2,}|[-\u2022>#]|#+)$")
_STORM = re.compile(r"([!?])\1+|(\.\.\.)\.+")
_EMOJI = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a-\u23ff]"
    "(?:[\ufe0f\u20e3]|[\U0001f3fb-\U0001f3ff])*(?:\u200d[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?)*)"
)
_EMOJIS = re.compile(f"({_EMOJI})(?:{_EMOJI}|[\u200d\ufe0f])+")
_EMOJI_FIRST, _EMOJI_LAST = re.compile(f"^{_EMOJI}"), re.compile(f"{_EMOJI}$")
_SENTENCE_END = re.compile("[.!?\u2026\u3002\uff01\uff1f][\"')\\]\u201d\u2019\u00bb]*$")
_CLAUSE_END = re.compile("[,;:\u2013\u2014\uff0c\u3001][\"')\\]\u201d\u2019]*$")
_CLOSERS = "\"')]\u201d\u2019\u00bb"
_ABBREVIATION = re.compile(r"^[(\"']*(?:(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx)\.|[A-HJ-Z]\.)$", re.IGNORECASE)
_LISTED = re.compile(r"^[0-9]{1,2}[.)]$")
_LETTERS = re.compile(r"[^\w']+")
_ALONE = re.compile("[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
"""Scripts written without spaces between words (and Hangul): each character stands as a word of its own."""

_OPEN_ENDED = re.compile(
    "^(?:an?|the|and|or|but|nor|so|of|to|in|on|at|by|for|with|from|as|if|than|that|which|who|when|while|because|although"
    "|i|you|we|they|he|she|it's|i'm|you're|my|your|our|their|his|her|its|is|are|was|were|be|been|am|will|would|can|could"
    "|should|may|might|must|do|does|did|have|has|had|not|very|really|more|most)$",
    re.IGNORECASE,
)
"""Words that no sentence should be cut after."""


@dataclass(slots=True)
class _Word:
    gap: str
    text: str

    @property
    def key(self) -> str:
        return _LETTERS.sub("", self.text).casefold()


@dataclass(slots=True)
class Tidy:
    """Feed it the pieces of one reply; each call returns what may be said now. ``done``: the rest is not wanted.

    ``patience``: how many repetitions of a sentence or phrase are let through before it counts as a loop.
    The output is never more than one character longer than what was fed.
    """

    patience: int = 0
    done: bool = False
    _raw: str = ""
    _gap: str = ""
    _fresh: bool = True
    _line: bool = True
    _held: list[_Word] = field(default_factory=list[_Word])
    _sentence: list[str] = field(default_factory=list[str])
    _sentences: dict[str, int] = field(default_factory=dict[str, int])
    _keys: list[str] = field(default_factory=list[str])
    _runs: list[int] = field(default_factory=lambda: [0] * (PERIOD + 1))
    _ready: int = 0
    _emitted: str = ""
    _first: bool = True
    _clause: bool = True
    _emoji: bool = False
    _cut: bool = False

    def feed(self, piece: str) -> str:
        """Take a piece, give what may be said."""
        return "".join([self._char(c) for c in piece])

    def end(self, finish: str = "stop") -> str:
        """The stream is over; give what is left to say. ``finish`` other than ``"stop"`` says that it was cut."""
        out = ""
        whole = finish == "stop" or self.done
        if not self.done:
            nothing_else = not self._emitted and not self._held
            if self._raw and (whole or nothing_else or _ends(self._raw)):
                out = self._word()
            self._raw = ""
        self.done = True
        return out + (self._rest() if whole and not self._cut else self._closing())

    # Characters to words ----------------------------------------------------------------------------------------------

    def _char(self, c: str) -> str:
        if self.done:
            return ""
        if c.isspace():
            out = self._word() if self._raw else ""
            self._gap = _wider(self._gap, c)
            return out
        if _ALONE.match(c):
            out = self._word() if self._raw else ""
            if self.done:
                return out
            self._raw = c
            return out + ("" if _SENTENCE_END.search(c) else self._word())
        if self._raw and _ALONE.match(self._raw[-1]) and c not in _CLOSERS:
            out = self._word()
            self._raw = "" if self.done else c
            return out
        self._raw += c
        return ""

    def _word(self) -> str:
        """A word is complete: clean it, and let go what it frees."""
        raw, self._raw = self._raw, ""
        gap, self._gap = self._gap, ""
        if "\n" in gap:
            self._line = True
        text = self._without_tags(_cleaned(raw))
        out = ""
        if text and self._speaks_for_another(text):
            text, self.done = "", True
        elif self._line and (_RULE.match(text) or (self._fresh and text in ("assistant", "assistant:", "Assistant:"))):
            text = ""
        elif self._line:
            text = re.sub(r"^(?:#+|>+|\u2022)", "", text)
        if self._emoji:
            text = _EMOJI_FIRST.sub("", text)
        if text:
            out = self._take(_Word("" if self._fresh else gap, text))
        else:
            self._gap = _wider(gap, "")
        if self.done and not self._cut:
            out += self._rest()
        return out

    def _without_tags(self, text: str) -> str:
        while self._fresh and (opening := _OPENING.match(text)):
            text = text[opening.end() :]
        if tag := _TAG.search(text):
            text, self.done = text[: tag.start()], True
        return text

    def _speaks_for_another(self, text: str) -> bool:
        if not _SPEAKER.match(text) or self._fresh:
            return False
        return self._line or (text[0].isupper() and not any(self._sentence))

    # Words to what may be said ----------------------------------------------------------------------------------------

    def _take(self, word: _Word) -> str:
        out = ""
        if "\n" in word.gap and self._sentence:
            out = self._end_sentence()
            if self.done:
                return out
        listed = self._line and bool(_LISTED.match(word.text))
        self._fresh = self._line = False
        self._emoji = bool(_EMOJI_LAST.search(word.text))
        self._held.append(word)
        self._sentence.append(word.key)
        if self._loops(word.key):
            return out
        if _SENTENCE_END.search(word.text) and not listed and not _ABBREVIATION.match(word.text):
            return out + self._end_sentence()
        return out + self._let_go(word)

    def _let_go(self, word: _Word) -> str:
        """What of the held words of an unfinished sentence may go."""
        ends_clause = bool(_CLAUSE_END.search(word.text))
        if self._first and self._clause:
            if ends_clause:
                self._clause = False
                return self._release(len(self._held) - 1)
            waiting = max(self._waiting(), 1 if _OPEN_ENDED.match(word.text) else 0)
            return self._release(len(self._held) - waiting)
        long = self._first or sum(len(w.text) + 1 for w in self._held) > LONGEST
        if ends_clause and long:
            return self._release(len(self._held) - max(1, self._waiting()))
        return self._release(min(self._ready, len(self._held) - self._waiting()))

    def _end_sentence(self) -> str:
        key = " ".join(filter(None, self._sentence))
        if len(self._sentence) >= SENTENCE:
            seen = self._sentences.get(key, 0)
            if seen > self.patience:
                self._drop(len(self._sentence))
                return ""
            self._sentences[key] = seen + 1
        self._sentence.clear()
        self._first, self._ready = False, len(self._held)
        return self._release(len(self._held) - self._waiting(least=2))

    def _release(self, n: int) -> str:
        if n <= 0:
            return ""
        out = "".join(w.gap + w.text for w in self._held[:n])
        del self._held[:n]
        self._ready = max(0, self._ready - n)
        self._emitted = (self._emitted + out)[-LONGEST:]
        return out

    # Loops ------------------------------------------------------------------------------------------------------------

    def _loops(self, key: str) -> bool:
        """Count how far the last words repeat those just before, for every period; a full repetition ends the reply."""
        self._keys.append(key)
        n = len(self._keys)
        for period in range(1, min(PERIOD, n - 1) + 1):
            self._runs[period] = self._runs[period] + 1 if key and key == self._keys[-1 - period] else 0
            if self._runs[period] >= self._allowed(period):
                self._drop(self._runs[period])
                return True
        return False

    def _allowed(self, period: int) -> int:
        return period * (1 if period >= GRAM else 3) * (self.patience + 1)

    def _waiting(self, least: int = 1) -> int:
        """How many of the last words may be the beginning of a loop, and so wait: ``least`` or more of them."""
        runs = enumerate(self._runs[1:], start=1)
        return max((run for period, run in runs if run >= (least if period >= GRAM else period)), default=0)

    def _drop(self, n: int) -> None:
        """The last ``n`` words were a loop: forget those that were not said, and end here as if cut."""
        if n > 0:
            del self._held[-min(n, len(self._held)) :]
        self._cut = self.done = True

    # The end ----------------------------------------------------------------------------------------------------------

    def _rest(self) -> str:
        return self._release(len(self._held))

    def _closing(self) -> str:
        """After a cut: say whole sentences only, but close the first one if there is no other."""
        last = max((i for i, w in enumerate(self._held) if _ends(w.text)), default=-1)
        out = self._release(last + 1)
        said = self._emitted
        if said and _ends(said):
            return out
        if not said:
            while len(self._held) > 1 and _OPEN_ENDED.match(self._held[-1].text):
                self._held.pop()
            if any(_CLAUSE_END.search(w.text) for w in self._held[:-1]):
                while not _CLAUSE_END.search(self._held[-1].text):
                    self._held.pop()
            out = self._rest()
            said = out
        elif self._held and _CLAUSE_END.search(self._held[0].text):
            out += self._release(1)
        return _closed(out) if out else ("." if said and said[-1].isalnum() else "")


def _closed(text: str) -> str:
    text = text.rstrip(",;:\u2013\u2014\uff0c\u3001 ")
    return text + "." if text and not _ends(text) else text


def _ends(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.match(text)


def _wider(gap: str, c: str) -> str:
    """White space collapses: to a space, a line break or an empty line, whichever is the most of what came."""
    breaks = gap.count("\n") + (c == "\n")
    return "\n" * min(breaks, 2) or (" " if gap or c else "")


def _cleaned(word: str) -> str:
    """A word without invisible characters, emphasis marks, code marks, storms of marks and runs of emoji."""
    before = None
    while word != before:
        before = word
        word = _INVISIBLE.sub("", word).replace("`", "").replace("__", "")
        word = _STARS.sub("", word).strip("_")
        word = _STORM.sub(lambda m: m.group(1) or m.group(2), word)
        word = _EMOJIS.sub(r"\1", word)
    return word


async def tidy(pieces: AsyncIterator[str], finish: Callable[[], str] = lambda: "stop") -> AsyncGenerator[str, None]:
    """Tidy a stream as it comes. Ends before ``pieces`` does when the rest is not wanted, and closes it then.

    ``finish`` is asked at the end how the model finished (``"stop"``, or ``"length"`` for cut). An error of ``pieces``
    goes through, after what was held back is given up.
    """
    state = Tidy()
    try:
        async for piece in pieces:
            if text := state.feed(piece):
                yield text
            if state.done:
                break
        if text := state.end(finish()):
            yield text
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()
