"""How long a recall takes at a size, the query's embedding included, and what the index costs on disk.

    python -m bench.recall --moments 10000 [--queries 200] [--embedder e5|wordllama|none]

The moments are made up: sentences whose words follow Zipf's law, as words do, and vectors that lie about as e5's do
(one common direction, 300 topics, noise). Queries are embedded for real. The last line is JSON; times in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection

from someone.memory import schema
from someone.memory.columns import pack
from someone.memory.embedders import E5, WordLlama
from someone.memory.index import IndexedMemory
from someone.mind.moments import BondId, Heard, Said, dump
from someone.mind.recall import Query, embedded_part
from someone.ports import Embedder
from someone.testing.lane import PlainLane

T = TypeVar("T")
VOCABULARY = 30_000
START = datetime(2024, 1, 1, tzinfo=UTC)


class Asking:
    """The real embedder for queries; passages get no vectors here, they are written in bulk."""

    def __init__(self, inner: Embedder) -> None:
        self.query, self.name, self.dim = inner.query, inner.name, inner.dim

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        raise NotImplementedError("vectors are made up in this benchmark")


def sentences(count: int, rng: np.random.Generator) -> list[str]:
    """Made-up sentences of 4 to 24 words; the word of rank r comes with a frequency of about 1/r."""
    lengths = rng.integers(4, 25, count)
    ranks = np.minimum(np.exp(rng.random(int(lengths.sum())) * np.log(VOCABULARY)).astype(int), VOCABULARY)
    words, out, at = [f"{'bcdfglmnprst'[r % 12]}{'aeiou'[r % 5]}w{r}" for r in range(VOCABULARY + 1)], [], 0
    for length in lengths:
        out.append(" ".join(words[r] for r in ranks[at : at + length]))
        at += int(length)
    return out


def vectors(count: int, dim: int, rng: np.random.Generator) -> np.ndarray:
    topics = rng.standard_normal((300, dim)).astype(np.float32) / np.sqrt(dim)
    lean = rng.standard_normal(dim).astype(np.float32) / np.sqrt(dim)
    noise = rng.standard_normal((count, dim)).astype(np.float32) / np.sqrt(dim)
    made = 1.6 * lean + 0.5 * topics[rng.integers(0, 300, count)] + 0.6 * noise
    return made / np.linalg.norm(made, axis=1, keepdims=True)


async def fill(lane: PlainLane, texts: list[str], dim: int, rng: np.random.Generator) -> tuple[int, int]:
    """Write all moments, then index them; returns the file's bytes in use (before, after)."""

    def moments(connection: Connection) -> None:
        for i, text in enumerate(texts):
            at = START + timedelta(minutes=i if i % 40 else i + 90)
            moment = Heard(text=text) if i % 2 else Said(text=text)
            connection.exec_driver_sql(
                "INSERT INTO moments(at_us, kind, body) VALUES(?, ?, ?)",
                (int(at.timestamp() * 1e6), moment.kind, dump(moment)),
            )

    await lane.write(moments)
    before = await lane.query(used)
    for start in range(1, len(texts) + 1, 1000):
        ids = list(range(start, min(start + 1000, len(texts) + 1)))

        def batch(connection: Connection, ids: list[int] = ids) -> None:
            schema.add_words(connection, ids)
            if dim:
                schema.add_vectors(connection, ids, [pack(v) for v in vectors(len(ids), dim, rng)])

        await lane.write(batch)
    return before, await lane.query(used)


def used(connection: Connection) -> int:
    page, count, free = (
        int(connection.exec_driver_sql(f"PRAGMA {p}").scalar_one())
        for p in ("page_size", "page_count", "freelist_count")
    )
    return page * (count - free)


async def timed(work: Callable[[int], object], count: int) -> list[float]:
    out: list[float] = []
    for i in range(count):
        start = time.perf_counter()
        await work(i)  # type: ignore[misc]
        out.append((time.perf_counter() - start) * 1e3)
    return out


async def main(options: argparse.Namespace) -> None:
    rng = np.random.default_rng(7)
    inner = {"e5": E5, "wordllama": WordLlama, "none": lambda: None}[options.embedder]()
    embedder = Asking(inner) if inner else None
    with tempfile.TemporaryDirectory() as home:
        lane = PlainLane(Path(home) / "bond.db")
        memory = IndexedMemory(lane, BondId("bench"), embedder)
        await memory.prepare()
        texts = sentences(options.moments, rng)
        before, after = await fill(lane, texts, embedder.dim if embedder else 0, rng)
        now = START + timedelta(days=1000)
        queries = [
            Query("what did I say about " + " ".join(texts[int(i)].split()[:2]) + "?", now)
            for i in rng.integers(0, len(texts), options.queries)
        ]
        start = time.perf_counter()
        await memory.recall(queries[0])
        first = (time.perf_counter() - start) * 1e3
        recalls = await timed(lambda i: memory.recall(queries[i]), len(queries))
        alone = []
        if embedder is not None:
            for query in queries[:50]:
                start = time.perf_counter()
                embedder.query(embedded_part(query.text))
                alone.append((time.perf_counter() - start) * 1e3)
        entries = [await lane.append(Heard(text=t), now) for t in sentences(50, rng)]
        indexed = await timed(lambda i: memory.index(entries[i]), len(entries))
        await lane.aclose()

    def at(values: list[float], share: float) -> float | None:
        return round(float(np.percentile(values, share)), 2) if values else None

    print(
        json.dumps(
            {
                "bench": "recall", "moments": options.moments, "embedder": embedder.name if embedder else None,
                "p50_ms": at(recalls, 50), "p95_ms": at(recalls, 95), "first_ms": round(first, 1),
                "embedding_alone_p50_ms": at(alone, 50), "index_p50_ms": at(indexed, 50),
                "index_p95_ms": at(indexed, 95), "growth_bytes_per_moment": round((after - before) / options.moments),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Recall at a size.")
    parser.add_argument("--moments", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--embedder", choices=("e5", "wordllama", "none"), default="e5")
    asyncio.run(main(parser.parse_args()))
