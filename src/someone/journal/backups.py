"""Backups: whole copies of a home's journals, encrypted with the same keys, made while she goes on; and their restoring.

    backups/
      key.json                      how the master key is protected now (sealed, or where it lies): never the bare key
      2026-11-25-000123/            made in the night of that day, up to the bond's moment 123
        self.db  bonds/ID.db        SQLite's online backup: a snapshot, page by page, each page authenticated as it is read
        skills/                     her skills, as plain as they lie in the home
      proved.json                 when it was restored on trial

A home whose key lies in the plain file ``key`` needs that file too: a backup that carried its own key would be open to
whoever finds it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from someone.errors import DiskFull, HomeReadOnly, InputError, JournalDamaged
from someone.journal.cipher import connector, driver, errors
from someone.journal.faults import fault
from someone.journal.files import make_folder, sidecars, sync_folder
from someone.journal.sqlcipher import SqlcipherJournal
from someone.ports import Backup

FOLDER = "backups"
DAILY, WEEKLY, MONTHLY = 7, 4, 6
"""Nights, weeks and months of which the newest backup is kept."""
SPARE = 256 * 1024**2
"""Bytes that a backup leaves free."""
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(\d{6,})")
_PROOF, _RECORD, _KEY = "proved.json", "key.json", "key"
_PART, _TRIAL = ".part", ".trial"


@dataclass(frozen=True, slots=True)
class Source:
    """A journal to copy: its place below the home, its key, and what its file is signed with."""

    place: str
    key: bytes
    identity: str


class FolderBackups:
    """Implements :class:`someone.ports.Backups` in a folder of the home. ``bond``: which source is the bond's journal;
    ``trees``: folders of the home that are copied as they are.
    """

    def __init__(self, home: Path, sources: Sequence[Source], bond: int = -1, trees: Sequence[str] = ()) -> None:
        self._home, self._folder, self._trees = home, home / FOLDER, tuple(trees)
        self._sources, self._bond = tuple(sources), sources[bond]

    async def make(self, night: date, upto: int) -> Backup:
        return await asyncio.to_thread(self._make, night, upto)

    async def trial(self, backup: Backup) -> FolderTrial:
        return await FolderTrial.of(self._folder / backup.name, self._folder / f"{backup.name}{_TRIAL}", self._bond)

    async def proved(self, backup: Backup, at: datetime) -> None:
        await asyncio.to_thread(
            _write, self._folder / backup.name / _PROOF, json.dumps({"at": at.isoformat()}).encode()
        )

    async def listed(self) -> list[Backup]:
        return await asyncio.to_thread(listed, self._home)

    async def rotate(self, forgot: int) -> int:
        return await asyncio.to_thread(self._rotate, forgot)

    def _make(self, night: date, upto: int) -> Backup:
        name = f"{night.isoformat()}-{upto:06d}"
        make_folder(self._folder)
        _remove(self._folder.glob(f"*{_PART}"), self._folder.glob(f"*{_TRIAL}"))
        if not (self._folder / name).exists():
            self._require_room()
            part = self._folder / f"{name}{_PART}"
            for source in self._sources:
                _copy(self._home / source.place, part / source.place, source.key)
            try:
                for tree in self._trees:
                    if (self._home / tree).is_dir():
                        shutil.copytree(self._home / tree, part / tree, symlinks=True)
                part.rename(self._folder / name)
                sync_folder(self._folder)
            except OSError as error:
                raise DiskFull from error
        with suppress(FileNotFoundError):
            _write(self._folder / _RECORD, (self._home / _RECORD).read_bytes())
        return next(b for b in listed(self._home) if b.name == name)

    def _require_room(self) -> None:
        """A copy and its trial must leave room for the journal itself: what is said next matters more than a backup."""
        size = sum((self._home / s.place).stat().st_size for s in self._sources)
        if shutil.disk_usage(self._home).free < 2 * size + SPARE:
            raise DiskFull("There is too little room on the disk for a backup.")

    def _rotate(self, forgot: int) -> int:
        there = listed(self._home)
        if not any(b.proved_at for b in there):
            return 0
        fresh = [b for b in there if b.upto >= forgot]
        if not any(b.proved_at for b in fresh):
            return 0
        stay = keep(fresh)
        _remove(self._folder / b.name for b in there if b.name not in stay)
        return len(there) - len(stay)


def keep(backups: Sequence[Backup]) -> frozenset[str]:
    """The names of those that stay: the newest of each of the last nights, weeks and months; pure."""
    newest = sorted(backups, key=lambda b: (b.night, b.upto), reverse=True)
    stay = {next((b.name for b in newest if b.proved_at), "")}  # the last that is known to restore
    for form, most in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        first: dict[str, str] = {}
        for backup in newest:
            first.setdefault(backup.night.strftime(form), backup.name)
        stay |= set(list(first.values())[:most])
    return frozenset(stay - {""})


def listed(home: Path) -> list[Backup]:
    """The whole backups of a home, the newest first; no key is needed. Blocking."""
    found: list[Backup] = []
    for path in (home / FOLDER).glob("*"):
        named = _NAME.fullmatch(path.name)
        if named is None or not path.is_dir():
            continue
        size = sum(f.stat().st_size for f in path.rglob("*.db"))
        found.append(Backup(path.name, date.fromisoformat(named[1]), int(named[2]), _proof(path), size))
    return sorted(found, key=lambda b: (b.night, b.upto), reverse=True)


def restore(home: Path, name: str, to: Path) -> None:
    """Lay a home in the new or empty folder ``to`` from a backup of ``home``. It opens as ``home`` does. Blocking.

    Raises InputError (no such backup; the folder is not empty), HomeReadOnly, DiskFull.
    """
    source = home / FOLDER / name
    if _NAME.fullmatch(name) is None or not source.is_dir():
        raise InputError(
            f"There is no backup {name}.", safe="Nothing was changed.", do="`someone backups` lists what there is."
        )
    if to.exists() and any(to.iterdir()):
        raise InputError(
            f"The folder {to} is not empty.", safe="Nothing was changed.", do="Name a folder that is new or empty."
        )
    make_folder(to)
    try:
        for file in source.rglob("*"):
            if file.is_symlink() or not file.is_file() or file == source / _PROOF:
                continue
            place = to / file.relative_to(source)
            make_folder(place.parent)
            shutil.copyfile(file, place)
            place.chmod(0o600)
        record = home / FOLDER / _RECORD
        for key in (record if record.exists() else home / _RECORD, home / _KEY):
            if key.exists():
                _write(to / key.name, key.read_bytes())
    except OSError as error:
        raise DiskFull from error


class FolderTrial:
    """Implements :class:`someone.ports.Trial`: the copy opened with the key, as a restored home would open it."""

    def __init__(self, folder: Path, journal: SqlcipherJournal, broken: Sequence[str]) -> None:
        self._folder, self.journal, self.broken = folder, journal, tuple(broken)

    @classmethod
    async def of(cls, backup: Path, folder: Path, source: Source) -> FolderTrial:
        def lay() -> SqlcipherJournal:
            _remove([folder])
            make_folder(folder)
            try:
                shutil.copyfile(backup / source.place, folder / "trial.db")
            except OSError as error:
                raise DiskFull from error
            return SqlcipherJournal.open(folder / "trial.db", source.key, identity=source.identity, create=False)

        journal = await asyncio.to_thread(lay)
        return cls(folder, journal, await journal.check())

    async def aclose(self) -> None:
        await self.journal.aclose()
        await asyncio.to_thread(_remove, [self._folder])


def _copy(source: Path, target: Path, key: bytes) -> None:
    """One journal as it is now, through SQLite's online backup: writers go on, and the copy is one snapshot."""
    make_folder(target.parent)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with ExitStack() as stack:
            there = connector(source, key, mode="read")()
            stack.callback(there.close)
            copy = _new(target, key)
            stack.callback(copy.close)
            there.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # whole in one file
            copy.execute("PRAGMA journal_mode = WAL")
        for left in sidecars(target):
            left.unlink(missing_ok=True)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except errors() as error:
        raise fault(error, target) or JournalDamaged("A journal could not be copied.") from error
    except FileExistsError as error:
        raise HomeReadOnly from error
    except OSError as error:
        raise DiskFull from error


def _new(target: Path, key: bytes) -> Any:
    connection = driver().connect(f"{target.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    for pragma in ("cipher_log_level = NONE", f"key = \"x'{key.hex()}'\"", "cipher_compatibility = 4"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _proof(path: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((path / _PROOF).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".new")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise DiskFull from error


def _remove(*paths: Iterable[Path]) -> None:
    for several in paths:
        for path in several:
            shutil.rmtree(path, ignore_errors=True)
