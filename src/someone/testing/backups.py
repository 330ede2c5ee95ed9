"""Backups that lie in memory, held to the same contract as the folder's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from someone.errors import SomeoneError
from someone.ports import Backup
from someone.testing.journal import MemoryJournal


@dataclass(slots=True)
class MemoryTrial:
    """Implements ports.Trial."""

    journal: MemoryJournal
    broken: tuple[str, ...] = ()

    async def aclose(self) -> None:
        await self.journal.aclose()


class MemoryBackups:
    """Implements ports.Backups over a journal in memory. ``lose``: this many of a copy's last moments go missing in it, and
    ``error`` is raised instead of making one.
    """

    def __init__(
        self, journal: Callable[[], MemoryJournal], *, lose: int = 0, error: SomeoneError | None = None
    ) -> None:
        self._journal, self._lose, self.error = journal, lose, error
        self._made: dict[str, tuple[Backup, MemoryJournal]] = {}

    async def make(self, night: date, upto: int) -> Backup:
        if self.error is not None:
            raise self.error
        name = f"{night.isoformat()}-{upto:06d}"
        if name not in self._made:
            copy = self._journal().copy(without_last=self._lose)
            self._made[name] = (Backup(name, night, upto, size=1), copy)
        return self._made[name][0]

    async def trial(self, backup: Backup) -> MemoryTrial:
        return MemoryTrial(self._made[backup.name][1].reopen())

    async def proved(self, backup: Backup, at: datetime) -> None:
        made, copy = self._made[backup.name]
        self._made[backup.name] = (replace(made, proved_at=at), copy)

    async def rotate(self, forgot: int) -> int:
        if not any(b.proved_at and b.upto >= forgot for b, _ in self._made.values()):
            return 0
        stale = [name for name, (b, _) in self._made.items() if b.upto < forgot]
        for name in stale:
            del self._made[name]
        return len(stale)

    async def listed(self) -> list[Backup]:
        return sorted((b for b, _ in self._made.values()), key=lambda b: (b.night, b.upto), reverse=True)
