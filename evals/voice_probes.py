"""Voice probes: reading them, and seeding a home with what each one says happened before.

One JSON object a line: ``name`` (hers), ``person``, ``feeling`` (her feeling before the last turn), ``self`` (statements of
hers), ``memories``, ``turns`` (the last is the person's), ``expect_any``, ``forbid``; every field but ``turns`` may be
missing. A memory is what the person said earlier, as the dialect has it (``(last Tuesday) Theo said: "..."``), as a bare
sentence in the first or third person, or as ``{"at" or "when": ..., "text": ...}``. A turn is text (the speakers then
alternate), a ``[role, text]`` pair or ``{"role", "text"}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from someone.mind.care import asks_if_ai
from someone.mind.times import span

Kind = Literal["memory", "gap", "ai", "talk"]

WITHOUT_DATE = timedelta(days=9)
"""How long ago a memory without a date was told."""

_DIALECT = re.compile(
    r'\s*\((?P<when>[^)]{1,40})\)\s*(?:(?P<who>[^":]{1,40}?) said: )?["“]?(?P<text>.+?)["”]?\s*$', re.DOTALL
)
_SAID = re.compile(r'\s*(?P<who>[^":]{1,40}?) (?:said|told me)[:,] ["“]?(?P<text>.+?)["”]?\s*$', re.DOTALL)
_GAP = re.compile(r"\b(?:don't|do not|haven't|have not|not|never|can't|didn't|yet|sure|tell me|told)\b", re.IGNORECASE)
_HER = frozenset({"assistant", "her", "ai", "me", "companion"})
_VERBS = {"is": "am", "has": "have", "was": "was", "does": "do", "goes": "go", "doesn't": "don't", "isn't": "am not"}


@dataclass(frozen=True, slots=True)
class Memory:
    at: datetime
    text: str
    hers: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe, all fields in one form. ``earlier``: (role, text) lines of this talk before ``text``, the person's last."""

    name: str
    person: str
    feeling: str
    herself: tuple[str, ...]
    memories: tuple[Memory, ...]
    earlier: tuple[tuple[str, str], ...]
    text: str
    expect_any: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    given_kind: str = ""
    raw_memories: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> Kind:
        """What is asked of her: ``ai`` an honest word on what she is, ``memory`` what stands in the memories or the
        talk, ``gap`` that she doesn't know, ``talk`` anything else.
        """
        if self.given_kind in ("memory", "gap", "ai", "talk"):
            return self.given_kind  # pyright: ignore[reportReturnType]
        if asks_if_ai(self.text) or any(stands("AI", e) for e in self.expect_any):
            return "ai"
        held = [*self.raw_memories, *(text for _, text in self.earlier), *self.herself]
        if any(stands(e, " ".join(held)) for e in self.expect_any):
            return "memory"
        if self.expect_any and all(_GAP.search(e) for e in self.expect_any):
            return "gap"
        return "talk"

    @property
    def context(self) -> tuple[str, ...]:
        """All that she was given, for telling inventions: what stands here may be said."""
        return (
            self.name,
            self.person,
            self.feeling,
            *self.herself,
            *self.raw_memories,
            *(text for _, text in self.earlier),
            self.text,
        )


def stands(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text`` as whole words, whatever the case, apostrophes and white space."""
    wanted = _even(words)
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _even(text)) is not None


def _even(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())


def read(body: dict[str, Any], now: datetime) -> Probe:
    """The probe of one JSON object. Raises ValueError where the last turn is missing or is not the person's."""
    lines = _turns(body.get("turns") or [])
    if not lines or lines[-1][0] != "user":
        raise ValueError("a probe needs turns, the last of them the person's")
    person = str(body.get("person") or "")
    raw = tuple(_raw(m) for m in _listed(body.get("memories")))
    return Probe(
        name=str(body.get("name") or "Iris"),
        person=person,
        feeling=str(body.get("feeling") or "calm"),
        herself=tuple(map(str, _listed(body.get("self")))),
        memories=tuple(memory(m, person, now) for m in _listed(body.get("memories"))),
        earlier=tuple(lines[:-1]),
        text=lines[-1][1],
        expect_any=tuple(map(str, _listed(body.get("expect_any")))),
        forbid=tuple(map(str, _listed(body.get("forbid")))),
        given_kind=str(body.get("kind") or ""),
        raw_memories=raw,
    )


def _listed(value: Any) -> Sequence[Any]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, list) else (value,)


def _raw(value: Any) -> str:
    return " ".join(str(v) for v in value.values()) if isinstance(value, dict) else str(value)


def _turns(turns: Sequence[Any]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for i, turn in enumerate(turns):
        if isinstance(turn, str):
            out.append(("user" if (len(turns) - 1 - i) % 2 == 0 else "assistant", turn))
            continue
        role, text = (
            (turn.get("role", "user"), turn.get("text") or turn.get("content") or "")
            if isinstance(turn, dict)
            else (turn[0], turn[1])
        )
        out.append(("assistant" if str(role).casefold() in _HER else "user", str(text)))
    return out


def memory(value: Any, person: str, now: datetime) -> Memory:
    """One memory as a moment: when it was told, and the words in the person's own mouth."""
    if isinstance(value, dict):
        when = str(value.get("at") or value.get("when") or value.get("date") or "")
        said = str(value.get("text") or value.get("said") or value.get("memory") or "")
        hers = str(value.get("speaker") or value.get("who") or "person").casefold() in _HER
        return Memory(told_at(when, now), first_person(said, person), hers)
    found = _DIALECT.match(str(value)) or _SAID.match(str(value))
    if found is None:
        return Memory(now - WITHOUT_DATE, first_person(str(value), person))
    groups = found.groupdict()
    hers = (groups.get("who") or "") == "I"
    text = groups["text"] if groups.get("who") else first_person(groups["text"], person)
    return Memory(told_at(groups.get("when") or "", now), text, hers)


def told_at(when: str, now: datetime) -> datetime:
    """The time that a tag or an ISO date means; midday of the day, and always before now."""
    try:
        at = datetime.fromisoformat(when)
        at = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    except ValueError:
        found = span(when, now)
        at = now - WITHOUT_DATE if found is None else found[0] + min((found[1] - found[0]) / 2, timedelta(hours=12))
    return min(at, now - timedelta(hours=2))


def first_person(text: str, person: str) -> str:
    """A third-person statement about the person, as they would have said it; anything else as it is."""
    if not person:
        return text
    out = re.sub(rf"\b{re.escape(person)}['’]s\b", "my", text)
    found = re.match(rf"{re.escape(person)} (?P<verb>[\w']+)(?P<rest>.*)$", out, re.DOTALL)
    if found is not None:
        verb, rest = found["verb"], found["rest"]
        bare = _VERBS.get(verb) or (verb if verb.endswith("ss") or not verb.endswith("s") else verb[:-1])
        own = re.sub(r"\b(?:his|her|their)\b", "my", rest)
        out = f"I {bare}{own}"
    return out[:1].upper() + out[1:]
