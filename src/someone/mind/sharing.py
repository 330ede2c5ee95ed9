"""What is theirs: jokes, places, songs and sayings they came back to; found at night, come back to sparingly. Pure.

A thing becomes theirs when it came up on two days, at least once by name ("our song", "as we say", "remember the goose?")
or twice with laughter. Sorrow and danger make nothing theirs, and in sorrow and danger she comes back to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from someone.mind.bond import Bond
from someone.mind.closeness import Closeness, Theirs, What
from someone.mind.moments import Cared, Entry, Heard, MomentId, Shared
from someone.mind.recall import content_words, is_question, stem
from someone.mind.tone import mood

FROM_DAYS = 2
LONGEST = 60
READ = 400
"""Characters of a line that are looked at."""
EVERY = timedelta(days=4)
"""She comes back to something of theirs no sooner than this after the last time, whichever it was."""
SAME_EVERY = timedelta(days=21)
"""And to the same thing no sooner than this."""
RARE = 6
"""A word that laughter made theirs stands in no more of the other lines than this."""

_NOUN = r"(?P<text>[\"“]?[^.,;!?\"“”\n]{2,60}?)[\"”]?"
_END = r"(?=\s*(?:[.,;!?\n]|$|\bis\b|\bagain\b|\btoday\b|\bhaha|\blol\b|😂|🤣))"
_I = re.IGNORECASE
_PLAIN = r"(?:time|day|days|one|thing|way|lot|bit|part|place|fact|moment|year|week|other|first|last|next|best|same|whole|joke|funeral)s?\b"
"""Words that name nothing by themselves."""
_NAMED: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("song", re.compile(rf"\bour song(?:,| is| was|:)? (?!again|was on|came on|on the){_NOUN}{_END}", _I)),
    ("song", re.compile(r"(?P<text>[\"“]?[A-Z][^.,;!?\"“”\n]{1,50}?[\"”]?) (?:is|was|'s) (?:totally |still |really )?our song\b")),
    ("place", re.compile(rf"\bour (?:place|spot|corner|bench)(?:,| is| was|:) {_NOUN}{_END}", _I)),
    ("place", re.compile(r"\b(?P<text>(?:the|that) [^.,;!?\"“”\n]{2,50}?) (?:is|was) (?:totally |still |really )?our (?:place|spot|corner|bench)\b", _I)),
    ("saying", re.compile(rf"\bas we (?:always |like to )?say[,:]? {_NOUN}{_END}", _I)),
    ("saying", re.compile(rf"\bour (?:saying|motto)(?: is|,|:) {_NOUN}{_END}", _I)),
    ("joke", re.compile(rf"(?:^|[.!?] )(?:(?:ha)+\W+|do you |hey\W+|and )*remember (?P<text>(?:the|that) (?!{_PLAIN})(?!\w+ing\b)\w+(?: \w+){{0,3}}?)(?= ?(?:\?|[,.!]? ?(?:haha|lol|😂|🤣)))", _I)),
    ("joke", re.compile(rf"\bour (?:old |running |inside |little )?joke about {_NOUN}{_END}", _I)),
)  # fmt: skip
_LAUGHS = re.compile(r"\b(?:(?:ha){2,}\w*|lol|lmao|rofl|that's (?:so )?funny|made me laugh)\b|😂|🤣", _I)


@dataclass(frozen=True, slots=True)
class _Line:
    id: MomentId
    day: date
    text: str
    stems: frozenset[str]
    laughs: bool


def shared(entries: Sequence[Entry], state: Bond) -> tuple[Shared, ...]:
    """What became theirs by these moments (the last weeks, in order): at most one in a night, none that is theirs already."""
    lines = _lines(entries)
    known = [_stems(t.text) for t in state.closeness.shared]
    for what, text in (*_by_name(lines), *_by_laughter(lines)):
        about = _stems(text)
        if not about or any(about <= k or k <= about for k in known):
            continue
        came_up = [line for line in lines if about <= line.stems]
        if len({line.day for line in came_up}) >= FROM_DAYS:
            newest = {line.day: line.id for line in came_up}
            return (Shared(what=what, text=text, evidence=tuple(sorted(newest.values()))[-6:]),)
    return ()


def _lines(entries: Sequence[Entry]) -> list[_Line]:
    grave = {e.moment.to for e in entries if isinstance(e.moment, Cared)}
    return [
        _Line(e.id, e.at.date(), text, _stems(text), _LAUGHS.search(text) is not None)
        for e in entries
        if isinstance(e.moment, Heard)
        and e.id not in grave
        and mood(text := e.moment.text[:READ].replace("’", "'")) != "bad"
    ]


def _by_name(lines: Iterable[_Line]) -> Iterable[tuple[What, str]]:
    for line in lines:
        for what, pattern in _NAMED:
            if (m := pattern.search(line.text)) and (text := _tidy(m["text"])):
                yield what, text


def _by_laughter(lines: Sequence[_Line]) -> Iterable[tuple[What, str]]:
    """A thing ("the goose") that was laughed about on two days and is hardly spoken of otherwise."""
    seen = Counter(s for line in lines for s in line.stems if not line.laughs)
    on: dict[str, set[date]] = {}
    words: dict[str, str] = {}
    for line in lines:
        for m in re.finditer(rf"\b(?:the|that|my|a) (?!{_PLAIN})([a-z]{{3,20}})\b", line.text) if line.laughs else ():
            for key in _stems(m[1]):
                on.setdefault(key, set()).add(line.day)
                words[key] = m[1]
    for key, days in sorted(on.items(), key=lambda item: -len(item[1])):
        if len(days) >= FROM_DAYS and seen[key] <= RARE:
            yield "joke", f"the {words[key]}"


def _tidy(text: str) -> str:
    bare = text.strip(" \"“”'").strip()
    return re.sub(r"^that\b", "the", bare, flags=_I) if len(bare) <= LONGEST else ""


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(words[0]) for words in content_words(text, 60))


# ------------------------------------------------------------------------------------------------------- coming back to

_SAYS: dict[What, str] = {
    "joke": "That makes me think of {text}.",
    "place": "That makes me think of {text}.",
    "song": "That makes me think of our song, {text}.",
    "saying": "As we say: {text}.",
}


def comes_back(closeness: Closeness, text: str, now: datetime) -> tuple[str, MomentId] | None:
    """A few words on something of theirs that these words touch, with the moment that made it theirs; mostly None.

    Not in sorrow (danger is the caller's to rule out), not at a question, not when the person just called it theirs
    themself, not within days of the last time.
    """
    last, read = closeness.shared_at, text[:READ].replace("’", "'")
    if (last is not None and now - last < EVERY) or mood(text) == "bad" or is_question(text):
        return None
    if not closeness.shared or any(pattern.search(read) for _, pattern in _NAMED):
        return None
    said = _stems(read)
    for thing in reversed(closeness.shared):
        if _touches(thing, said) and _rested(thing, now):
            return _SAYS[thing.what].format(text=_mine(thing.text)), thing.id
    return None


def _touches(thing: Theirs, said: frozenset[str]) -> bool:
    """Whether the words are surely near: all that the thing is named by stands in them; of a long saying, most."""
    about = _stems(thing.text)
    if not about:
        return False
    share = len(about & said) / len(about)
    return share >= (0.6 if thing.what == "saying" and len(about) > 2 else 1.0)  # noqa: PLR2004 - words of a saying


def _rested(thing: Theirs, now: datetime) -> bool:
    return now - (thing.used_at or thing.since) >= (SAME_EVERY if thing.used_at else EVERY)


def _mine(text: str) -> str:
    """Their words as she says them: "my" is the person's."""
    return re.sub(r"\bmy\b", "your", text, flags=_I)
