"""The journal on SQLCipher: one encrypted file per bond (and one for the self), append-only, synced.

Trust in a moment rests on four things here: SQLite's WAL with ``synchronous=FULL`` (an acknowledged moment is on the
disk), triggers that refuse to rewrite or delete one, numbers without gaps, and SQLCipher's HMAC on every page (a
changed byte is noticed). Forgetting is the one way to change what is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError

from someone.errors import AppendRefused, JournalDamaged, JournalFromFuture, SomeoneError
from someone.journal.cipher import BUSY_MS, CACHE_KIB, connector, driver, errors, inspect, lay
from someone.journal.faults import fault
from someone.journal.files import require_ours, require_writable
from someone.journal.lane import READERS, SqlLane, build_engine
from someone.journal.migrations import MIGRATIONS, Migration, migrate
from someone.journal.tables import forgetting, moments, snapshots
from someone.mind.moments import Entry, Forgot, Forgotten, Moment, MomentId, UnknownMoment, dump, load
from someone.ports import Snapshot

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KEY_BYTES = 32
_STAYS = ("Forgotten", "Forgot")  # they hold no words
_SCRUB_MS = 100  # how long the writes wait for readers to leave the log; it is tried again later


class SqlcipherJournal:
    """Implements :class:`someone.ports.Journal` and :class:`someone.ports.Lane` over one file.

    Build it with :meth:`open`. Tables that other parts keep in the same file hang ``AFTER UPDATE ON moments`` triggers
    to drop what they derived from a forgotten moment: those run in the forgetting's own transaction.
    """

    def __init__(self, path: Path, lane: SqlLane) -> None:
        self._path = path
        self._lane = lane
        self._unscrubbed = False

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        *,
        identity: str,
        create: bool = True,
        cache_kib: int = CACHE_KIB,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> SqlcipherJournal:
        """Open the journal, or lay a new one where there is none and ``create`` is set. Blocking.

        ``key``: 32 bytes, this journal's own. ``identity``: which home and journal the file belongs to
        (:func:`someone.journal.keys.identity`). ``cache_kib``: page cache of each connection at most, in KiB. A file
        that is refused is not touched.

        Raises JournalForeign (another key or identity), JournalDamaged (also: missing and not ``create``),
        JournalFromFuture, HomeReadOnly, DiskFull.
        """
        if len(key) != _KEY_BYTES:
            raise ValueError("a journal's key has 32 bytes")
        if not path.exists():
            if not create:
                raise JournalDamaged("The journal file is missing.", safe="Nothing was changed.")
            lay(path, key, identity, migrations)
        require_ours(path, key)
        require_writable(path)
        inspect(path, key, identity, len(migrations))
        writer = build_engine(
            connector(path, key, mode="write", cache_kib=cache_kib), driver(), begin="BEGIN IMMEDIATE"
        )
        reader = build_engine(
            connector(path, key, mode="read", cache_kib=cache_kib), driver(), begin="BEGIN", size=READERS
        )
        with ExitStack() as undo:
            undo.callback(writer.dispose)
            try:
                migrate(writer, migrations)
                _first_scrub(writer)
            except errors() as error:
                raise fault(error, path) or error from error
            undo.pop_all()
        return cls(path, SqlLane(path, writer, reader, errors()))

    async def append(self, moment: Moment, at: datetime, *, key: str | None = None) -> Entry:
        """See the port. ``key`` stays in the file even when its moment is forgotten: put no words of anyone in it."""
        body, at_us = dump(moment), _to_us(at)
        return await self._keep(lambda connection: _append(connection, moment.kind, body, at_us, key))

    async def append_all(self, moments: Sequence[tuple[Moment, str | None]], at: datetime) -> list[Entry]:
        """See the port. Some hundred at a time hold the lane for some ten milliseconds."""
        at_us = _to_us(at)
        rows = [(moment.kind, dump(moment), key) for moment, key in moments]
        return await self._keep(lambda connection: _append_all(connection, rows, at_us))

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
        wanted = select(moments).where(moments.c.id > after)
        if kinds:
            wanted = wanted.where(moments.c.kind.in_(kinds))
        if without:
            wanted = wanted.where(moments.c.kind.not_in(without))
        wanted = wanted.order_by(moments.c.id.desc() if newest_first else moments.c.id)
        return await self._entries(wanted if limit is None else wanted.limit(limit))

    async def get(self, ids: Sequence[int]) -> list[Entry]:
        return await self._entries(select(moments).where(_among(ids)).order_by(moments.c.id))

    async def count(self) -> int:
        """Without gaps, the last number is the count."""
        return int(await self.query(lambda c: c.scalar(select(func.max(moments.c.id)))) or 0)

    async def last(self) -> Entry | None:
        found = await self.read(limit=1, newest_first=True)
        return found[0] if found else None

    async def forget(self, ids: Sequence[int], at: datetime) -> Entry:
        """See the port. Numbers that are unknown, or forgotten already, are passed over, and so is a ``Forgot``: it holds numbers
        only, and is the record that something was there. The new ``Forgot`` names the others.

        Freed bytes are zeroed in the file and the write-ahead log is cut to nothing. If a reader of the log stands in
        the way, that is done right after it has ended, and at the latest when the journal is closed or next opened.
        """
        at_us, wanted = _to_us(at), list(ids)
        entry = await self._keep(lambda connection: _forget(connection, wanted, at_us))
        self._unscrubbed = True
        await self._scrub_if_due()
        return entry

    async def load_snapshot(self, fold: str) -> Snapshot | None:
        row = await self.query(lambda c: c.execute(select(snapshots).where(snapshots.c.fold == fold)).first())
        return None if row is None else Snapshot(row.fold, row.version, row.upto, row.state)

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        """Keep a fold's state in place of its last. One that was folded before the latest forgetting is not kept: it
        may still hold what was forgotten since.
        """
        await self._keep(lambda connection: _save(connection, snapshot))

    async def write(self, work: Callable[[Connection], T]) -> T:
        return await self._lane.write(work)

    async def query(self, work: Callable[[Connection], T]) -> T:
        found = await self._lane.query(work)
        await self._scrub_if_due()
        return found

    async def check(self) -> list[str]:
        """Whether all is sound: every page's HMAC, SQLite's own check, the numbering. An empty list is good news."""
        return await self._lane.apart(_check)

    async def aclose(self) -> None:
        """See the port. Should the disk refuse now, nothing is lost: the log is taken up at the next opening."""
        with suppress(SomeoneError):
            await self._lane.aclose(_scrub)

    async def _keep(self, work: Callable[[Connection], T]) -> T:
        try:
            return await self._lane.write(work)
        except DBAPIError as error:
            raise AppendRefused from error

    async def _entries(self, wanted: Select[Any]) -> list[Entry]:
        return await self.query(lambda c: [_entry(row) for row in c.execute(wanted)])

    async def _scrub_if_due(self) -> None:
        if not self._unscrubbed:
            return
        self._unscrubbed = False
        done = False
        try:
            done = await self._lane.apart(_scrub)
        except SomeoneError:
            return  # the forgetting itself is committed; the log is cut later
        finally:
            self._unscrubbed = not done


def _to_us(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a moment's time is aware")
    return (at - _EPOCH) // _MICROSECOND


def _entry(row: Row[Any]) -> Entry:
    try:
        moment = load(row.body)
    except UnknownMoment as error:
        raise JournalFromFuture from error
    return Entry(MomentId(row.id), _EPOCH + row.at_us * _MICROSECOND, moment)


def _among(ids: Sequence[int]) -> Any:
    """A condition for any number of ids; SQLite bounds the number of parameters, not the length of one."""
    listed = func.json_each(json.dumps([int(number) for number in ids])).table_valued("value")
    return moments.c.id.in_(select(listed.c.value))


def _append(connection: Connection, kind: str, body: str, at_us: int, key: str | None) -> Entry:
    if key is not None:
        before = connection.execute(select(moments).where(moments.c.key == key)).first()
        if before is not None:
            return _entry(before)
    number = int(connection.scalar(select(func.max(moments.c.id))) or 0) + 1
    row = {"id": number, "at_us": at_us, "kind": kind, "body": body, "key": key}
    connection.execute(insert(moments), row)
    return Entry(MomentId(number), _EPOCH + at_us * _MICROSECOND, load(body))


def _append_all(connection: Connection, rows: Sequence[tuple[str, str, str | None]], at_us: int) -> list[Entry]:
    keys = func.json_each(json.dumps([key for _, _, key in rows if key is not None])).table_valued("value")
    known = {
        row.key: _entry(row)
        for row in connection.execute(select(moments).where(moments.c.key.in_(select(keys.c.value))))
    }
    number = int(connection.scalar(select(func.max(moments.c.id))) or 0)
    fresh: list[dict[str, Any]] = []
    entries: list[Entry] = []
    for kind, body, key in rows:
        if key is None or key not in known:
            number += 1
            fresh.append({"id": number, "at_us": at_us, "kind": kind, "body": body, "key": key})
            entry = Entry(MomentId(number), _EPOCH + at_us * _MICROSECOND, load(body))
            if key is not None:
                known[key] = entry
        else:
            entry = known[key]
        entries.append(entry)
    if fresh:
        connection.execute(insert(moments), fresh)
    return entries


def _forget(connection: Connection, ids: Sequence[int], at_us: int) -> Entry:
    emptied = connection.execute(
        select(moments.c.id, moments.c.kind).where(_among(ids), moments.c.kind.not_in(_STAYS)).order_by(moments.c.id)
    ).all()
    if emptied:
        connection.execute(insert(forgetting), [{"id": row.id} for row in emptied])
    for kind in sorted({row.kind for row in emptied}):
        connection.execute(
            update(moments)
            .where(moments.c.id.in_(select(forgetting.c.id)), moments.c.kind == kind)
            .values(kind="Forgotten", body=dump(Forgotten(was=kind)))
        )
    connection.execute(delete(forgetting))
    connection.execute(delete(snapshots))
    record = Forgot(ids=tuple(MomentId(row.id) for row in emptied))
    return _append(connection, record.kind, dump(record), at_us, None)


def _save(connection: Connection, snapshot: Snapshot) -> None:
    stale = select(moments.c.id).where(moments.c.kind == "Forgot", moments.c.id > snapshot.upto).limit(1)
    if connection.execute(stale).first() is not None:
        return
    values = {"version": snapshot.version, "upto": snapshot.upto, "state": snapshot.state}
    connection.execute(
        upsert(snapshots)
        .values(fold=snapshot.fold, **values)
        .on_conflict_do_update(index_elements=["fold"], set_=values)
    )


def _scrub(connection: Any) -> bool:
    """Move the log into the file and cut it to nothing; False where a reader still needs it."""
    connection.execute(f"PRAGMA busy_timeout = {_SCRUB_MS}")
    try:
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return not busy


def _first_scrub(writer: Engine) -> None:
    """Cut what a forgetting left in the log, if its process was killed before it could."""
    connection = writer.raw_connection()
    try:
        _scrub(connection.driver_connection)
    finally:
        connection.close()


def _check(connection: Any) -> list[str]:
    found: list[str] = []
    try:
        _scrub(connection)  # the pages' check reads the file, not the log
        found += [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        found += [str(row[0]) for row in connection.execute("PRAGMA quick_check(10)") if row[0] != "ok"]
    except errors() as error:
        found.append(str(error))
    if found:
        return found
    count, last = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM moments").fetchone()
    if count != last:
        found.append(f"{last - count} of {last} moments are missing from the numbering")
    found += [f"{row[0]} refers to a row that is missing" for row in connection.execute("PRAGMA foreign_key_check")]
    return found
