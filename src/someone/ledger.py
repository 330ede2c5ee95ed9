"""A journal with its fold kept in step: what is kept is folded at once, and what is folded can always be proved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel

from someone.mind import bond as bonds
from someone.mind import selfhood
from someone.mind.moments import Entry, Moment
from someone.ports import Journal, Snapshot

S = TypeVar("S", bound=BaseModel)

SNAPSHOT_EVERY = 256
"""Moments between snapshots: a start folds at most this many moments beyond its snapshot."""


@dataclass(frozen=True, slots=True)
class Fold(Generic[S]):
    """A pure fold: its name, its version (raised when ``step`` changes, so that old snapshots are dropped)."""

    name: str
    version: int
    initial: S
    step: Callable[[S, Entry], S]
    passes: frozenset[str] = frozenset()
    """Kinds of moments that leave the state as it is: a start need not read them. Replay does, and so proves it."""


SELF: Fold[selfhood.Self] = Fold(selfhood.FOLD, selfhood.VERSION, selfhood.Self(), selfhood.step)
BOND: Fold[bonds.Bond] = Fold(bonds.FOLD, bonds.VERSION, bonds.Bond(), bonds.step, frozenset({"Brought"}))


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay of a whole journal found. ``same``: the fold from the first moment equals the state in use."""

    fold: str
    moments: int
    same: bool


class Ledger(Generic[S]):
    """One journal and the state folded from it. ``state`` is the fold up to the last moment kept."""

    def __init__(self, journal: Journal, fold: Fold[S]) -> None:
        self.journal = journal
        self.fold = fold
        self.state = fold.initial
        self._upto = 0
        self._snapped = 0
        self._keeping = asyncio.Lock()  # moments are folded in the order of the journal, whoever keeps them

    @property
    def upto(self) -> int:
        """The last moment that ``state`` holds."""
        return self._upto

    async def open(self) -> None:
        """Fold from the last snapshot of this version, or from the first moment."""
        self.state, self._upto = self.fold.initial, 0
        snapshot = await self.journal.load_snapshot(self.fold.name)
        if snapshot and snapshot.version == self.fold.version:
            self.state = type(self.fold.initial).model_validate_json(snapshot.state)
            self._upto = snapshot.upto
        self._snapped = self._upto
        last = await self.journal.last()
        for entry in await self.journal.read(after=self._upto, without=tuple(self.fold.passes)):
            self._take(entry)
        self._upto = max(self._upto, last.id if last else 0)

    async def keep(self, moment: Moment, at: datetime, *, key: str | None = None) -> Entry:
        """Append (synced), then fold. Raises what the journal raises; the state is then unchanged."""
        async with self._keeping:
            entry = await self.journal.append(moment, at, key=key)
            self._take(entry)
            if self._upto - self._snapped >= SNAPSHOT_EVERY:
                await self.snapshot()
            return entry

    async def keep_all(self, moments: Sequence[tuple[Moment, str | None]], at: datetime) -> list[Entry]:
        """Append many with their keys in one transaction, then fold what is new. Entries as the journal gives them."""
        async with self._keeping:
            entries = await self.journal.append_all(moments, at)
            for entry in entries:
                self._take(entry)
            if self._upto - self._snapped >= SNAPSHOT_EVERY:
                await self.snapshot()
            return entries

    async def forget(self, ids: tuple[int, ...], at: datetime) -> Entry:
        """Empty moments for good and fold anew without them."""
        async with self._keeping:
            entry = await self.journal.forget(ids, at)
            await self.open()
            return entry

    async def snapshot(self) -> None:
        state = self.state.model_dump_json()
        await self.journal.save_snapshot(Snapshot(self.fold.name, self.fold.version, self._upto, state))
        self._snapped = self._upto

    async def replay(self) -> Replayed:
        """Fold the whole journal from its first moment and compare with the state in use."""
        state = self.fold.initial
        entries = await self.journal.read()
        for entry in entries:
            state = self.fold.step(state, entry)
        return Replayed(self.fold.name, len(entries), state == self.state)

    def _take(self, entry: Entry) -> None:
        if entry.id <= self._upto:
            return  # a repeated append with the same key gives back the first entry, which is folded already
        self.state = self.fold.step(self.state, entry)
        self._upto = entry.id
