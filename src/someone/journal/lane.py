"""The one writer of a bond's file and its free readers: threads, connections and transactions, none of the content.

Writes queue for one thread, so they never meet; readers use a few threads of their own, each on a snapshot (WAL).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from someone.errors import AppendRefused, JournalError
from someone.journal.faults import fault

T = TypeVar("T")

READERS = 3
"""Reading threads (and connections) a file; each has a page cache of its own."""


def build_engine(connect: Callable[[], Any], driver: Any, *, begin: str, size: int = 1) -> Engine:
    """An engine over ``connect`` whose transactions open with ``begin``. The driver itself must be in autocommit."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_use_lifo=True,  # the connection used last has the warmest page cache
        hide_parameters=True,  # an error's text must not carry what was said
    )

    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", open_transaction)
    return engine


class SqlLane:
    """Implements :class:`someone.ports.Lane`.

    Database errors that the world causes (a full disk, a damaged file) come out as ours; a faulty statement's error,
    and whatever ``work`` raises by itself, come out as they are. A write that has begun is finished even if its caller
    is cancelled; one that still waits in the queue is dropped.
    """

    def __init__(self, path: Path, writer: Engine, reader: Engine, errors: tuple[type[Exception], ...]) -> None:
        self._path = path
        self._errors = errors
        self._writer = writer
        self._reader = reader
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="journal-write")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="journal-read")
        self._closed = False

    async def write(self, work: Callable[[Connection], T]) -> T:
        def job() -> T:
            with self._writer.begin() as connection:
                return work(connection)

        return await self._run(self._writing, job)

    async def query(self, work: Callable[[Connection], T]) -> T:
        def job() -> T:
            with self._reader.begin() as connection:
                return work(connection)

        return await self._run(self._reading, job)

    async def apart(self, work: Callable[[Any], T]) -> T:
        """Run ``work`` on the writer's bare driver connection, in turn with the writes but in no transaction."""
        return await self._run(self._writing, lambda: self._bare(work))

    async def aclose(self, last: Callable[[Any], object]) -> None:
        """Finish what was begun, run ``last`` on the bare writing connection, close all. Twice is harmless."""
        if self._closed:
            return
        closing = self._writing.submit(self._translated, lambda: self._bare(last))
        self._closed = True
        try:
            await asyncio.wrap_future(closing)
        finally:
            await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        self._writing.shutdown(wait=True)
        self._reading.shutdown(wait=True)
        self._reader.dispose()
        self._writer.dispose()

    def _bare(self, work: Callable[[Any], T]) -> T:
        connection = self._writer.raw_connection()
        try:
            return work(connection.driver_connection)
        finally:
            connection.close()

    async def _run(self, threads: ThreadPoolExecutor, job: Callable[[], T]) -> T:
        if self._closed:
            raise self._refusal(threads)
        return await asyncio.wrap_future(threads.submit(self._translated, job))

    def _translated(self, job: Callable[[], T]) -> T:
        try:
            return job()
        except self._errors as error:
            ours = fault(error, self._path)
            if ours is None:
                raise
            raise ours from error

    def _refusal(self, threads: ThreadPoolExecutor) -> JournalError:
        kind = AppendRefused if threads is self._writing else JournalError
        return kind(
            "The journal is closed.",
            safe="Everything that was acknowledged before is kept.",
            do="Start again to go on.",
        )
