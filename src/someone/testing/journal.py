"""A journal that lives in memory, and a keychain that does: for tests of everything above the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from someone.errors import AppendRefused, JournalError
from someone.mind.moments import Entry, Forgot, Forgotten, Moment, MomentId, dump, load
from someone.ports import Snapshot

_STAYS = ("Forgotten", "Forgot")
_CLOSED = {
    "safe": "Everything that was acknowledged before is kept.",
    "do": "Start again to go on.",
}


class MemoryJournal:
    """Implements :class:`someone.ports.Journal`. Bodies are kept as text, so that what can't be stored fails here too.

    :meth:`reopen` gives a journal over the same moments, as a restart of the process would.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[datetime, str]] = []
        self._keys: dict[str, int] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._closed = False

    def reopen(self) -> MemoryJournal:
        other = MemoryJournal()
        other._rows, other._keys, other._snapshots = self._rows, self._keys, self._snapshots
        return other

    def copy(self, *, without_last: int = 0) -> MemoryJournal:
        """A journal of its own with the same moments, but for the last few."""
        other = MemoryJournal()
        other._rows = self._rows[: len(self._rows) - without_last]
        other._keys = {key: number for key, number in self._keys.items() if number <= len(other._rows)}
        return other

    async def append(self, moment: Moment, at: datetime, *, key: str | None = None) -> Entry:
        body, when = dump(moment), _utc(at)
        self._require_open(AppendRefused)
        if key is not None and key in self._keys:
            return self._entry(self._keys[key])
        return self._add(body, when, key)

    async def append_all(self, moments: Sequence[tuple[Moment, str | None]], at: datetime) -> list[Entry]:
        return [await self.append(moment, at, key=key) for moment, key in moments]

    async def read(
        self,
        *,
        after: int = 0,
        limit: int | None = None,
        kinds: Sequence[str] = (),
        without: Sequence[str] = (),
        newest_first: bool = False,
    ) -> list[Entry]:
        if limit is not None and limit < 0:
            raise ValueError("a limit is not negative")
        self._require_open()
        found = [self._entry(number) for number in range(max(after, 0) + 1, len(self._rows) + 1)]
        wanted = [
            entry for entry in found if (not kinds or entry.moment.kind in kinds) and entry.moment.kind not in without
        ]
        return (wanted[::-1] if newest_first else wanted)[:limit]

    async def get(self, ids: Sequence[int]) -> list[Entry]:
        self._require_open()
        return [self._entry(number) for number in sorted(set(ids)) if 0 < number <= len(self._rows)]

    async def count(self) -> int:
        self._require_open()
        return len(self._rows)

    async def last(self) -> Entry | None:
        found = await self.read(limit=1, newest_first=True)
        return found[0] if found else None

    async def forget(self, ids: Sequence[int], at: datetime) -> Entry:
        when = _utc(at)
        self._require_open(AppendRefused)
        emptied = [entry for entry in await self.get(ids) if entry.moment.kind not in _STAYS]
        for entry in emptied:
            self._rows[entry.id - 1] = (entry.at, dump(Forgotten(was=entry.moment.kind)))
        self._snapshots.clear()
        return self._add(dump(Forgot(ids=tuple(entry.id for entry in emptied))), when, None)

    async def load_snapshot(self, fold: str) -> Snapshot | None:
        self._require_open()
        return self._snapshots.get(fold)

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        self._require_open(AppendRefused)
        if not await self.read(after=snapshot.upto, limit=1, kinds=["Forgot"]):
            self._snapshots[snapshot.fold] = snapshot

    async def aclose(self) -> None:
        self._closed = True

    def _add(self, body: str, when: datetime, key: str | None) -> Entry:
        self._rows.append((when, body))
        if key is not None:
            self._keys[key] = len(self._rows)
        return self._entry(len(self._rows))

    def _entry(self, number: int) -> Entry:
        when, body = self._rows[number - 1]
        return Entry(MomentId(number), when, load(body))

    def _require_open(self, error: type[JournalError] = JournalError) -> None:
        if self._closed:
            raise error("The journal is closed.", **_CLOSED)


class MemoryKeychain:
    """Implements :class:`someone.journal.keychain.Keychain`. ``locked`` makes it refuse, as a locked one would."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.locked = False

    def available(self) -> bool:
        return not self.locked

    def get(self, name: str) -> str | None:
        self._require_unlocked()
        return self.secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self._require_unlocked()
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._require_unlocked()
        self.secrets.pop(name, None)

    def _require_unlocked(self) -> None:
        if self.locked:
            raise OSError("locked")


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment's time is aware")
    return at.astimezone(UTC)
