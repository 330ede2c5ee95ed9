"""SQLite's result codes (https://sqlite.org/rescode.html) turned into our errors."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from someone.errors import (
    DiskFull,
    HomeBusy,
    HomeReadOnly,
    JournalDamaged,
    JournalError,
    JournalForeign,
    SomeoneError,
)

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _NOTADB = 5, 6, 8, 10, 11, 13, 26
_ALMOST_NOTHING = 64 * 1024  # bytes: less than one commit and its share of the wal-index may take


def _is_full(path: Path) -> bool:
    """A full disk can come as an I/O error too: where the wal-index can't grow, or a write was cut short."""
    try:
        disk = os.statvfs(path.parent)
    except (OSError, AttributeError):
        return False
    return disk.f_bavail * disk.f_frsize < _ALMOST_NOTHING


def fault(error: Exception, path: Path) -> SomeoneError | None:
    """The error to raise in place of a database ``error`` that the world caused; None where a statement is at fault."""
    origin: Any = getattr(error, "orig", None) or error
    code = getattr(origin, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF  # the low byte; the rest of an extended code tells the place
    if primary == _FULL or (primary == _IOERR and _is_full(path)):
        return DiskFull()
    known: dict[int, type[SomeoneError]] = {
        _BUSY: HomeBusy,
        _LOCKED: HomeBusy,
        _READONLY: HomeReadOnly,
        _NOTADB: JournalForeign,
        _CORRUPT: JournalDamaged,
    }
    if primary == _IOERR:
        return JournalError(
            "The disk did not take or give what was asked of it.",
            safe="Everything that was acknowledged before is kept.",
            do="Check the disk and its connection, then run `someone doctor`.",
        )
    return known[primary]() if primary in known else None
