"""A memory and an embedder that need no model: small, deterministic, and held to the same contract as the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from math import log
from typing import TYPE_CHECKING

from someone.mind import recall as mind
from someone.mind.moments import Brought, Heard, Met, Moment, Said
from someone.mind.recall import Candidate, Hit, Query

if TYPE_CHECKING:
    import numpy as np

    from someone.mind.moments import BondId, Entry
    from someone.ports import Journal


class FakeEmbedder:
    """Every stem has its own fixed direction (from its hash); a text is the mean of its words' directions.

    Texts that share words are near one another, others are not. ``dim`` components, unit length.
    """

    name = "fake/hashed-words"

    def __init__(self, dim: int = 64) -> None:
        self.dim = dim

    def query(self, text: str) -> np.ndarray:
        import numpy as np

        total = np.full(self.dim, 0.01, np.float32)
        for word in text.lower().split():
            stem = mind.stem(word.strip(".,!?\"'"))
            seed = int.from_bytes(hashlib.sha256(stem.encode("utf-8", "replace")).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dim).astype(np.float32)
        return total / np.linalg.norm(total)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        return np.stack([self.query(text) for text in texts]) if texts else np.empty((0, self.dim), np.float32)


class FakeMemory:
    """Implements ports.Memory in memory, by shared stems. With a ``journal`` it catches up from it, and drops what was
    forgotten there at the next recall; without one it knows what :meth:`index` was given.
    """

    def __init__(self, bond: BondId, journal: Journal | None = None) -> None:
        self._bond = bond
        self._journal = journal
        self._entries: dict[int, Entry] = {}

    async def index(self, entry: Entry) -> None:
        if words_of(entry.moment):
            self._entries[entry.id] = entry

    async def index_all(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            await self.index(entry)

    async def catch_up(self, *, limit: int | None = None) -> int:
        missing = [e for e in await self._journalled() if words_of(e.moment) and e.id not in self._entries]
        for entry in missing[:limit]:
            await self.index(entry)
        return 0 if limit is None else max(0, len(missing) - limit)

    def listen(self, text: str) -> None:
        pass

    async def recall(self, query: Query) -> list[Hit]:
        if self._journal is not None:
            there = {e.id for e in await self._journalled() if words_of(e.moment)}
            self._entries = {i: e for i, e in self._entries.items() if i in there}
        asked = [{mind.stem(word) for word in group} for group in mind.content_words(query.text)]
        stems = {i: _stems(words_of(e.moment)) for i, e in self._entries.items()}
        weights = [log(1 + (len(stems) + 1) / (1 + sum(bool(a & s) for s in stems.values()))) for a in asked]
        candidates: list[Candidate] = []
        for i, entry in self._entries.items():
            shared = sum(w for a, w in zip(asked, weights, strict=True) if a & stems[i])
            if shared and (query.before is None or i < query.before):
                speaker, at, source = _whose(entry)
                words = words_of(entry.moment)
                cover = shared / sum(weights)
                found = Candidate(self._bond, entry.id, at, speaker, words, shared, cover=cover, source=source)
                candidates.append(found)
        return mind.fuse(query, candidates)

    async def _journalled(self) -> list[Entry]:
        return await self._journal.read() if self._journal is not None else []


def words_of(moment: Moment) -> str:
    """The words that a moment holds for recall; empty for kinds that hold none."""
    match moment:
        case Heard() | Said():
            return moment.text
        case Met():
            return moment.about
        case Brought(author=author, text=text):
            return f"{author}: {text}" if author else text
        case _:
            return ""


def _whose(entry: Entry) -> tuple[str, datetime, str]:
    moment = entry.moment
    if isinstance(moment, Brought):
        whose = "person" if moment.mine else moment.author
        return whose, min(entry.at, moment.said_at or entry.at), moment.source
    return "her" if isinstance(moment, Said) else "person", entry.at, ""


def _stems(text: str) -> set[str]:
    return {mind.stem(word) for group in mind.content_words(text, most=1000) for word in group[:1]}
