"""Connections to an encrypted SQLite file, and the laying of a new one."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from someone.errors import DiskFull, HomeReadOnly, JournalForeign, JournalFromFuture
from someone.journal.faults import fault
from someone.journal.files import make_folder, require_absent, sidecars, sync_folder
from someone.journal.lane import build_engine
from someone.journal.migrations import Migration, migrate, version_of

CACHE_KIB = 64 * 1024
"""Page cache of a connection at most. It grows only as pages are read."""
BUSY_MS = 5000
"""How long a write waits for another process that holds the file."""


@cache
def driver() -> Any:
    """``sqlcipher3``'s DB-API module. It ships no types."""
    return importlib.import_module("sqlcipher3.dbapi2")


def errors() -> tuple[type[Exception], ...]:
    """What a database error can come as: SQLAlchemy's, or the bare driver's."""
    return (DBAPIError, driver().Error)


def _flags(path: Path) -> str:
    """Read-only. Where no log waits, also ``immutable``, or SQLite would lay an empty log beside the file."""
    wal = sidecars(path)[0]
    return "mode=ro" if wal.exists() else "mode=ro&immutable=1"


def _load_vectors(connection: Any) -> None:
    """sqlite-vec's functions, for an index in the same file. Loading of further extensions is shut off again."""
    vectors: Any = importlib.import_module("sqlite_vec")  # ships no types
    connection.enable_load_extension(True)
    try:
        vectors.load(connection)
    finally:
        connection.enable_load_extension(False)


def connector(path: Path, key: bytes, *, mode: str, cache_kib: int = CACHE_KIB) -> Callable[[], Any]:
    """What opens a connection, in autocommit. ``mode``: ``write``, ``read`` (on the same file, refuses to write) or
    ``look`` (opened read-only, so that nothing of the file can change).
    """

    def connect() -> Any:
        address = f"{path.resolve().as_uri()}?{_flags(path) if mode == 'look' else 'mode=rw'}"
        connection = driver().connect(address, uri=True, isolation_level=None, check_same_thread=False)
        with ExitStack() as undo:
            undo.callback(connection.close)
            _prepare(connection, key, mode, cache_kib)
            undo.pop_all()
        return connection

    return connect


def _prepare(connection: Any, key: bytes, mode: str, cache_kib: int) -> None:
    for pragma in (
        "cipher_log_level = NONE",  # it would write to standard error, over the talk
        f"key = \"x'{key.hex()}'\"",
        "cipher_compatibility = 4",  # the format of the file stays readable by later releases
        f"busy_timeout = {BUSY_MS}",
        f"cache_size = -{cache_kib}",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        "secure_delete = ON",
        "synchronous = FULL",
        "fullfsync = ON",  # macOS: a plain fsync there does not reach the disk
        "checkpoint_fullfsync = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if mode == "look":
        return
    _load_vectors(connection)
    if mode == "read":
        connection.execute("PRAGMA query_only = ON")


def lay(path: Path, key: bytes, identity: str, steps: Sequence[Migration]) -> None:
    """Make a new, empty journal. It is built beside its place and then renamed, so that whatever lies in the place is
    whole. Raises HomeReadOnly, DiskFull, JournalDamaged (a log without its file).
    """
    make_folder(path.parent)
    require_absent(path)
    draft = path.with_name(path.name + ".new")
    try:
        for leftover in (draft, *sidecars(draft)):
            leftover.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise HomeReadOnly from error
    engine = build_engine(connector(draft, key, mode="write"), driver(), begin="BEGIN IMMEDIATE")
    try:
        migrate(engine, steps)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO meta VALUES ('identity', :identity)"), {"identity": identity})
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA journal_mode = WAL")
        raw.close()
    except errors() as error:
        raise fault(error, draft) or error from error
    finally:
        engine.dispose()
    _move_into_place(draft, path)


def _move_into_place(draft: Path, path: Path) -> None:
    try:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise DiskFull from error


def inspect(path: Path, key: bytes, identity: str, newest: int) -> None:
    """Look at a file of ours before anything may change in it. Raises JournalForeign, JournalFromFuture,
    JournalDamaged.
    """
    engine = build_engine(connector(path, key, mode="look"), driver(), begin="BEGIN")
    try:
        with engine.begin() as connection:
            _require_known(connection, identity, newest)
    except errors() as error:
        raise fault(error, path) or error from error
    finally:
        engine.dispose()


def _require_known(connection: Connection, identity: str, newest: int) -> None:
    version = version_of(connection)
    if version == 0:
        raise JournalForeign
    if version > newest:
        raise JournalFromFuture
    found = connection.execute(text("SELECT value FROM meta WHERE name = 'identity'")).scalar()
    if found != identity:
        raise JournalForeign("The file in the journal's place belongs to another home or another talk.")
