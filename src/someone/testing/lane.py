"""A lane over a plain SQLCipher file with the journal's ``moments`` table, for tests of what hangs on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, QueuePool, create_engine, text

from someone.mind import moments
from someone.mind.moments import Entry, Moment, MomentId

T = TypeVar("T")


class PlainLane:
    """Implements ports.Lane: one writing thread, four reading ones. ``key`` is a raw key of 32 bytes."""

    def __init__(self, path: Path, key: bytes = bytes(32)) -> None:
        def connect() -> Any:
            connection = sqlcipher.connect(  # pyright: ignore[reportAttributeAccessIssue]
                str(path), check_same_thread=False, isolation_level=None
            )
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "cache_size=-65536"):
                connection.execute(f"PRAGMA {pragma}")
            return connection

        self._engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=6)
        self._writer = ThreadPoolExecutor(1)
        self._readers = ThreadPoolExecutor(4)
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TABLE IF NOT EXISTS moments("
                "id INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, "
                "key TEXT UNIQUE)"
            )

    def _in_transaction(self, work: Callable[[Connection], T], begin: str) -> T:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(begin)
            try:
                result = work(connection)
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")
            return result

    async def write(self, work: Callable[[Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._in_transaction, work, "BEGIN IMMEDIATE")

    async def query(self, work: Callable[[Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._in_transaction, work, "BEGIN")

    async def append(self, moment: Moment, at: datetime) -> Entry:
        """As a journal would: the next id, the body, the time in microseconds."""

        def insert(connection: Connection) -> int:
            return connection.execute(
                text("INSERT INTO moments(at_us, kind, body) VALUES (:at, :kind, :body) RETURNING id"),
                {"at": round(at.timestamp() * 1e6), "kind": moment.kind, "body": moments.dump(moment)},
            ).scalar_one()

        return Entry(MomentId(await self.write(insert)), at, moment)

    async def forget(self, ids: Sequence[int], at: datetime) -> None:  # noqa: ARG002 (the port's)
        """As a journal would: a tombstone in each place, by UPDATE (and no ``Forgot``, so ``at`` is not kept)."""

        def empty(connection: Connection) -> None:
            for i in ids:
                connection.execute(
                    text("UPDATE moments SET body = json_object('v', 1, 'kind', 'Forgotten', 'was', kind),"
                         " kind = 'Forgotten' WHERE id = :id AND kind <> 'Forgotten'"),
                    {"id": i},
                )  # fmt: skip

        await self.write(empty)

    async def aclose(self) -> None:
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()
