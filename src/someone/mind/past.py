"""The past that a person brings: one record a message, note or event, its key, and what was understood of a whole. Pure.

A record's key is a hash of where it stood and of what it says, so that a second reading of the same file, or of a later
export of the same chat, keeps nothing twice, while two different texts under one id are both kept.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from someone.mind.moments import Brought

K = TypeVar("K")

LONGEST = 4000
"""Characters of one record; a longer text becomes several, so that recall finds the place and not the whole."""

LONGEST_NAME = 120
"""Characters kept of an author, an address or an origin."""

MOST_PEOPLE = 5000
"""Different people that a report tells apart; beyond, they are counted as they come."""

SOON = timedelta(days=1)
"""A date may run so far ahead of the clock before it counts as of the future: time zones and clocks differ."""


class Record(BaseModel):
    """One piece of the past and the key under which it is kept once."""

    model_config = ConfigDict(frozen=True)

    key: str
    moment: Brought


def clean(text: str) -> str:
    """The text without what no one can say (control characters; tabs and line breaks stay), U+FFFD for what is none."""
    if text.isprintable():
        return text.strip()
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in lined if _kept(c)).strip()


def _kept(c: str) -> bool:
    return c in "\n\t" or c.isprintable() or unicodedata.category(c) not in ("Cc", "Co", "Cn")


def pieces(text: str, most: int = LONGEST) -> Iterator[str]:
    """The text in pieces of at most ``most`` characters, cut at a blank line, a line or a space; nothing is left out."""
    while len(text) > most:
        floor = most // 2
        cut = max(text.rfind("\n\n", floor, most), -1)
        if cut < 0:
            cut = max(text.rfind("\n", floor, most), text.rfind(" ", floor, most))
        cut = cut if cut > 0 else most
        if piece := text[:cut].strip():
            yield piece
        text = text[cut:].lstrip()
    if text:
        yield text


def records(
    source: str,
    text: str,
    *,
    origin: str = "",
    author: str = "",
    address: str = "",
    mine: bool = False,
    said_at: datetime | None = None,
    ids: tuple[str, ...] = (),
) -> Iterator[Record]:
    """The records of one message, note or event: none for a blank text, several for a long one.

    ``ids``: what names it in its source (a message id, a path); part of the key. A naive ``said_at`` is not allowed.
    """
    kept_at = _storable(said_at)
    said = kept_at.isoformat() if kept_at else ""
    author, address, origin = (_name(name) for name in (author, address, origin))
    for number, piece in enumerate(pieces(clean(text))):
        if not any(not c.isspace() and unicodedata.category(c) != "Cf" for c in piece):
            continue
        parts = (source, *ids, author, address, said, str(number), piece)
        moment = Brought(
            source=source, origin=origin, author=author, address=address, mine=mine, text=piece, said_at=kept_at
        )
        yield Record(key=key_of(parts), moment=moment)


def key_of(parts: tuple[str, ...]) -> str:
    """A key that holds no words: the first 128 bits of SHA-256 over the parts, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf8", "replace")
        digest.update(b"%d:" % len(raw) + raw)
    return f"past:{digest.hexdigest()[:32]}"


def _name(name: str) -> str:
    return " ".join(clean(name).split())[:LONGEST_NAME]


def _storable(at: datetime | None) -> datetime | None:
    """In UTC; None where that leaves the calendar."""
    if at is None:
        return None
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


class Counts(BaseModel):
    """What became of some records. ``known``: kept before; ``forgotten``: kept once and forgotten on the person's word."""

    model_config = ConfigDict(frozen=True)

    fresh: int = 0
    known: int = 0
    forgotten: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(
            fresh=self.fresh + other.fresh,
            known=self.known + other.known,
            forgotten=self.forgotten + other.forgotten,
        )


@dataclass(slots=True)
class Understood:
    """What was read, as it is told at the end. ``skipped``: reason -> how many; ``notes``: what a reader has to say."""

    now: datetime
    kinds: Counter[str] = field(default_factory=Counter[str])
    origins: Counter[str] = field(default_factory=Counter[str])
    people: Counter[tuple[str, str]] = field(default_factory=Counter["tuple[str, str]"])
    mine: Counter[str] = field(default_factory=Counter[str])
    first: datetime | None = None
    last: datetime | None = None
    undated: int = 0
    ahead: int = 0

    def take(self, record: Record) -> None:
        m = record.moment
        self.kinds[m.source] += 1
        self._count(self.origins, m.origin)
        if m.mine:
            self.mine[m.author] += 1
        elif m.author:
            self._count(self.people, (m.author, m.address))
        if m.said_at is None:
            self.undated += 1
        elif m.source != "calendar" and m.said_at > self.now + SOON:
            self.ahead += 1
        else:
            self.first = min(self.first or m.said_at, m.said_at)
            self.last = max(self.last or m.said_at, m.said_at)

    def _count(self, counter: Counter[K], key: K) -> None:
        if key in counter or len(counter) < MOST_PEOPLE:
            counter[key] += 1

    @property
    def namesakes(self) -> dict[str, list[str]]:
        """Names under which there is more than one address: different people, or one with several."""
        found: dict[str, list[str]] = {}
        for name, address in self.people:
            if address:
                found.setdefault(name, []).append(address)
        return {name: sorted(addresses) for name, addresses in found.items() if len(addresses) > 1}
