"""Recall over one bond's journal: words by FTS5, meaning by vectors, both in the bond's own encrypted file."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from someone.memory import schema
from someone.mind import recall as mind
from someone.mind.recall import Candidate, Hit, Query

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy import Connection

    from someone.memory.columns import Columns
    from someone.mind.moments import BondId, Entry
    from someone.ports import Embedder, Lane

T = TypeVar("T")

MOST_OF_A_WORD = 20_000
"""Of a word that stands in more moments than this, the newest so many are looked at: it hardly tells them apart."""

WEIGHED = 40
"""How many candidates are read and weighed in full, or twice as many as are wanted where that is more. On LoCoMo 1-5, 40
find in ten hits what 100 find."""

_WORDS_BATCH, _VECTORS_BATCH = 200, 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


NEWEST = 64
"""Moments that :meth:`IndexedMemory.prepare` looks at: a start waits for no more."""


def _prepared(connection: Connection, embedder: str) -> None:
    schema.prepare(connection, embedder)
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM moments").scalar_one()
    sql = f"SELECT m.id {schema.MISSING_WORDS} ORDER BY m.id LIMIT {NEWEST}"
    schema.add_words(connection, [row[0] for row in connection.exec_driver_sql(sql, (max(0, last - NEWEST),))])


class IndexedMemory:
    """Implements ports.Memory over a bond's lane. Call :meth:`prepare` first.

    Words are findable when :meth:`index` returns, vectors once :meth:`catch_up` got to them. Without an embedder, or
    until it has caught up, recall goes by what there is. ``exact``: up to how many vectors each is compared.
    """

    def __init__(self, lane: Lane, bond: BondId, embedder: Embedder | None = None, *, exact: int | None = None) -> None:
        self._lane = lane
        self._bond = bond
        self._embedder = embedder
        self._exact = exact
        self._columns: Columns | None = None
        self._columns_lock = threading.Lock()
        # One thread: an engine on OpenMP starts a team of threads for every thread that calls it, and they'd fight.
        self._embedding = ThreadPoolExecutor(1, thread_name_prefix="embedding")
        self._heard: tuple[str, Future[np.ndarray]] | None = None
        self._catching_up = asyncio.Lock()
        self._words_upto = 0
        self._vectors_upto = 0

    async def prepare(self) -> None:
        """Make the tables, or make them anew at another version; :meth:`catch_up` then fills them. What was said last is
        findable by its words when this returns, also where the process before ended too soon to index it.
        """
        name = self._embedder.name if self._embedder else ""
        await self._lane.write(lambda connection: _prepared(connection, name))

    async def index(self, entry: Entry) -> None:
        """Make a moment findable by its words. It must be in the journal; kinds without words are passed over."""
        if entry.moment.kind in schema.KINDS:
            await self._lane.write(lambda connection: schema.add_words(connection, [entry.id]))

    async def index_all(self, entries: Sequence[Entry]) -> None:
        """The same for many, in one transaction."""
        ids = [int(entry.id) for entry in entries if entry.moment.kind in schema.KINDS]
        if ids:
            await self._lane.write(lambda connection: schema.add_words(connection, ids))

    async def catch_up(self, *, limit: int | None = None) -> int:
        """Index what is missing, words first, then vectors, at most ``limit`` moments; returns how many are left.

        Works in small batches, so that the writing lane is never held for long; the embedder runs on a thread.
        """
        async with self._catching_up:
            room = math.inf if limit is None else limit
            while room > 0 and (ids := await self._missing_words(int(min(room, _WORDS_BATCH)))):
                await self._lane.write(lambda connection, ids=ids: schema.add_words(connection, ids))
                self._words_upto = ids[-1]
                room -= len(ids)
            while room > 0 and (done := await self._some_vectors(int(min(room, _VECTORS_BATCH)))):
                room -= done
            return await self._lane.query(self._left)

    async def _missing_words(self, most: int) -> list[int]:
        sql = f"SELECT m.id {schema.MISSING_WORDS} ORDER BY m.id LIMIT ?"
        after = self._words_upto
        return await self._lane.query(
            lambda connection: [row[0] for row in connection.exec_driver_sql(sql, (after, most))]
        )

    async def _some_vectors(self, most: int) -> int:
        if self._embedder is None:
            return 0
        sql = f"SELECT i.id, {schema.text_of('m')}, i.seq {schema.MISSING_VECTORS} ORDER BY i.seq LIMIT ?"
        after = self._vectors_upto
        rows = await self._lane.query(lambda connection: connection.exec_driver_sql(sql, (after, most)).fetchall())
        rows = [row for row in rows if row[1]]
        if not rows:
            return 0
        from someone.memory.columns import pack

        ids, blobs = [row[0] for row in rows], list[bytes]()
        for row in rows:  # one by one, so that a query waits for one passage at most
            blobs.append(pack((await self._embed(self._embedder.passages, [row[1]]))[0]))
        await self._lane.write(lambda connection: schema.add_vectors(connection, ids, blobs))
        self._vectors_upto = rows[-1][2]
        return len(rows)

    def _left(self, connection: Connection) -> int:
        words = f"SELECT count(*) {schema.MISSING_WORDS}"
        left = connection.exec_driver_sql(words, (self._words_upto,)).scalar_one()
        if self._embedder is not None:
            vectors = f"SELECT count(*) {schema.MISSING_VECTORS}"
            left += connection.exec_driver_sql(vectors, (self._vectors_upto,)).scalar_one()
        return left

    async def recall(self, query: Query) -> list[Hit]:
        """The best memories for this query, best first; the query is embedded while its words are looked up."""
        if query.limit <= 0:
            return []
        words, vector = await asyncio.gather(
            self._lane.query(lambda connection: self._look_up(connection, query)),
            self._embedded(query.text),
        )
        candidates = await self._lane.query(lambda connection: self._candidates(connection, query, words, vector))
        return mind.fuse(query, candidates)

    def listen(self, text: str) -> None:
        """Begin to embed what is about to be looked for; recall waits for the rest. Only the last text is held."""
        part = mind.embedded_part(text)
        if self._embedder is not None and any(c.isalnum() for c in part):
            self._heard = part, self._embedding.submit(self._embedder.query, part)

    async def _embedded(self, text: str) -> np.ndarray | None:
        part = mind.embedded_part(text)
        if self._embedder is None or not any(c.isalnum() for c in part):
            return None
        heard, self._heard = self._heard, None
        if heard is not None and heard[0] == part:
            return await asyncio.wrap_future(heard[1])
        return await self._embed(self._embedder.query, part)

    async def _embed(self, work: Callable[[T], np.ndarray], what: T) -> np.ndarray:
        return await asyncio.get_running_loop().run_in_executor(self._embedding, work, what)

    def _look_up(self, connection: Connection, query: Query) -> list[np.ndarray]:
        """For each content word of the query, the ids of the moments it stands in."""
        import numpy as np

        with self._columns_lock:
            self._in_step(connection)
        sql = (
            "SELECT group_concat(rowid) FROM (SELECT rowid FROM memory_words WHERE memory_words MATCH ? "
            f"ORDER BY rowid DESC LIMIT {MOST_OF_A_WORD})"
        )
        found: list[np.ndarray] = []
        for group in mind.content_words(query.text):
            match = " OR ".join(f'"{word}"' for word in group)
            ids = connection.exec_driver_sql(sql, (match,)).scalar()
            found.append(np.fromstring(ids, np.int64, sep=",")[::-1] if ids else np.empty(0, np.int64))
        return found

    def _in_step(self, connection: Connection) -> Columns:
        if self._columns is None:
            from someone.memory.columns import EXACT, Columns

            self._columns = Columns(self._embedder.dim if self._embedder else 0, self._exact or EXACT)
        self._columns.refresh(connection)
        return self._columns

    def _candidates(
        self, connection: Connection, query: Query, found: list[np.ndarray], vector: np.ndarray | None
    ) -> list[Candidate]:
        """Measure all, choose the best :data:`WEIGHED`, and read their texts: what was forgotten has none."""
        from someone.memory.measure import measure

        with self._columns_lock:
            columns = self._in_step(connection)
            measured = measure(columns, query, found, vector, max(WEIGHED, 2 * query.limit))
        if not measured:
            return []
        marks = ", ".join("?" * len(measured))
        rows = connection.exec_driver_sql(
            f"SELECT m.id, {schema.at_of('m')}, {schema.speaker_of('m')}, {schema.text_of('m')}, {schema.source_of('m')} "
            f"FROM moments m WHERE m.id IN ({marks})",
            tuple(measured),
        )
        return [
            Candidate(
                self._bond, row[0], _EPOCH + timedelta(microseconds=row[1]), row[2], row[3], *measured[row[0]], row[4] or ""
            )
            for row in rows.fetchall()
            if row[3]
        ]  # fmt: skip
