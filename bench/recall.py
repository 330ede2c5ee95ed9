"""How long a recall takes at a size, the query's embedding included, and what the index costs on disk.

    python -m bench.recall --moments 10000 [--queries 200] [--embedder e5|wordllama|none] [--compare]

The moments are made up: sentences whose words follow Zipf's law, as words do (those of the training dialogues by how
often they stand there, then made-up ones), and vectors that lie about as e5's do (one common direction, 300 topics,
noise). Queries are embedded for real, and before each a new moment is kept and
indexed, as in a talk. ``--compare`` asks the same of BM25 alone and of plain vector stores, where these are installed.
The last line is JSON; times in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection

from bench.figures import p, report, resident_mb
from bench.recall_others import Other, others
from someone.memory import schema
from someone.memory.columns import pack
from someone.memory.embedders import E5, WordLlama
from someone.memory.index import IndexedMemory
from someone.mind.moments import BondId, Heard, Said, dump
from someone.mind.recall import Query, embedded_part
from someone.ports import Embedder
from someone.testing.lane import PlainLane

VOCABULARY = 30_000
DIALOGUES = Path(__file__).parent.parent / "training" / "voice" / "data"
START = datetime(2024, 1, 1, tzinfo=UTC)


class Asking:
    """The real embedder for queries; passages get no vectors here, they are written in bulk."""

    def __init__(self, inner: Embedder) -> None:
        self.query, self.name, self.dim = inner.query, inner.name, inner.dim

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        raise NotImplementedError("vectors are made up in this benchmark")


@cache
def vocabulary() -> list[str]:
    """Words by rank, the most frequent first. Real ones stand first, as an embedder takes longer over unknown ones."""
    text = " ".join(path.read_text("utf8") for path in sorted(DIALOGUES.rglob("*.jsonl")))
    real = [word for word, _ in Counter(re.findall(r"[a-z]{2,}", text.lower())).most_common(VOCABULARY)]
    return real + [f"{'bcdfglmnprst'[r % 12]}{'aeiou'[r % 5]}w{r}" for r in range(VOCABULARY - len(real))]


def sentences(count: int, rng: np.random.Generator) -> list[str]:
    """Made-up sentences of 4 to 24 words; the word of rank r comes with a frequency of about 1/r."""
    lengths = rng.integers(4, 25, count)
    ranks = np.exp(rng.random(int(lengths.sum())) * np.log(VOCABULARY)).astype(int) - 1
    words, out, at = vocabulary(), [], 0
    for length in lengths:
        out.append(" ".join(words[r] for r in ranks[at : at + length]))
        at += int(length)
    return out


def vectors(start: int, count: int, dim: int) -> np.ndarray:
    """Made-up unit vectors of the moments from ``start`` on, the same whenever they are asked for."""
    rng, topical = np.random.default_rng(start), np.random.default_rng(7)
    topics = topical.standard_normal((300, dim)).astype(np.float32) / np.sqrt(dim)
    lean = topical.standard_normal(dim).astype(np.float32) / np.sqrt(dim)
    noise = rng.standard_normal((count, dim)).astype(np.float32) / np.sqrt(dim)
    made = 1.6 * lean + 0.5 * topics[rng.integers(0, 300, count)] + 0.6 * noise
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def batches(texts: list[str]) -> Iterator[tuple[list[int], list[str]]]:
    for start in range(0, len(texts), 1000):
        some = texts[start : start + 1000]
        yield list(range(start + 1, start + 1 + len(some))), some


async def fill(lane: PlainLane, texts: list[str], dim: int) -> tuple[int, int]:
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
    for ids, _ in batches(texts):

        def batch(connection: Connection, ids: list[int] = ids) -> None:
            schema.add_words(connection, ids)
            if dim:
                schema.add_vectors(connection, ids, [pack(v) for v in vectors(ids[0], len(ids), dim)])

        await lane.write(batch)
    return before, await lane.query(used)


def used(connection: Connection) -> int:
    page, count, free = (
        int(connection.exec_driver_sql(f"PRAGMA {p}").scalar_one())
        for p in ("page_size", "page_count", "freelist_count")
    )
    return page * (count - free)


def ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def times(name: str, values: list[float]) -> dict[str, float | None]:
    """Median and 95th percentile under these names."""
    return {f"{name}_p{q}_ms".lstrip("_"): round(p(values, q / 100), 2) if values else None for q in (50, 95)}


async def lived(lane: PlainLane, memory: IndexedMemory, queries: list[Query], texts: list[str], dim: int) -> Any:
    """Recalls and indexings as they come in a talk, in turn: (ms of recalls, ms of indexings)."""
    recalls: list[float] = []
    indexings: list[float] = []
    for query, text in zip(queries, texts, strict=True):
        entry = await lane.append(Heard(text=text), query.now)
        start = time.perf_counter()
        await memory.index(entry)
        indexings.append((time.perf_counter() - start) * 1e3)
        if dim:
            blob = pack(vectors(entry.id, 1, dim)[0])
            await lane.write(lambda c, i=entry.id, b=blob: schema.add_vectors(c, [i], [b]))
        start = time.perf_counter()
        await memory.recall(query)
        recalls.append((time.perf_counter() - start) * 1e3)
    return recalls, indexings


def compared(other: Other, texts: list[str], queries: list[Query], embedder: Embedder | None) -> dict[str, Any]:
    """The same moments and questions put to another store; a vector store's time includes the embedding."""
    start = time.perf_counter()
    for ids, some in batches(texts):
        other.add(ids, some, vectors(ids[0], len(ids), embedder.dim) if embedder else None)
    build = time.perf_counter() - start

    def ask(query: Query) -> None:
        vector = embedder.query(embedded_part(query.text)) if embedder and other.by == "vectors" else None
        other.ask(query.text, vector, query.limit)

    ask(queries[0])
    return {**times("", [ms(lambda q=q: ask(q)) for q in queries]), "build_s": round(build, 1)}


async def main(options: argparse.Namespace) -> None:
    rng = np.random.default_rng(7)
    inner = {"e5": E5, "wordllama": WordLlama, "none": lambda: None}[options.embedder]()
    embedder = Asking(inner) if inner else None
    dim = embedder.dim if embedder else 0
    texts = sentences(options.moments, rng)
    now = START + timedelta(days=1000)
    asked = [texts[int(i)].split()[:4] for i in rng.integers(0, len(texts), options.queries)]
    queries = [Query(f"what did I say about {' '.join(words)}?", now) for words in asked]  # nine words
    with tempfile.TemporaryDirectory() as home:
        lane = PlainLane(Path(home) / "bond.db")
        memory = IndexedMemory(lane, BondId("bench"), embedder)
        await memory.prepare()
        before, after = await fill(lane, texts, dim)
        start = time.perf_counter()
        await memory.recall(queries[0])
        first = (time.perf_counter() - start) * 1e3
        recalls, indexings = await lived(lane, memory, queries, sentences(len(queries), rng), dim)
        alone = [ms(lambda q=q: inner.query(embedded_part(q.text))) for q in queries] if inner else []
        figures = times("", recalls) | times("embedding_alone", alone) | times("index", indexings)
        resident = resident_mb()
        await lane.aclose()
    figures |= {"first_ms": round(first, 1), "growth_bytes_per_moment": round((after - before) / options.moments)}
    if options.compare:
        figures |= comparison(texts, queries, embedder)
    name = embedder.name if embedder else None
    report("recall", moments=options.moments, embedder=name, **figures, resident_mb=resident)


def comparison(texts: list[str], queries: list[Query], embedder: Embedder | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        there, left_out = others(Path(folder))
        for other in there:
            if embedder is None and other.by == "vectors":
                left_out[other.name] = "no embedder"
                continue
            out[other.name] = compared(other, texts, queries, embedder)
            print(other.name, out[other.name], flush=True)
    return {"others": out, "left_out": left_out}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Recall at a size.")
    parser.add_argument("--moments", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--embedder", choices=("e5", "wordllama", "none"), default="e5")
    parser.add_argument("--compare", action="store_true", help="with BM25 alone and plain vector stores")
    asyncio.run(main(parser.parse_args()))
