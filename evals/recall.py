"""How much of the evidence recall finds: LoCoMo through the product's own index, in a temporary encrypted file.

    python -m evals.recall --data locomo.json [--limit CONVERSATIONS] [--cache FOLDER] [--embedder e5|wordllama|none]
                           [--compare]

Each conversation is a bond; its turns are ``Heard`` as "Name: text", at their session's time. Recall@k is the mean
share of a question's evidence turns among the first k hits (questions without evidence are left out; "answerable"
leaves out category 5 too). Abstention: the area under the curve by which the best hit's certainty tells the
answerable questions from the unanswerable ones of category 5. Tokens are those of the first ten hits, counted as four characters each; milliseconds
include the embedding of the question. ``--compare`` puts the same questions to BM25 alone and to plain vector stores,
where these are installed. The last line is JSON. Data: Maharana et al. 2024, CC
BY-NC 4.0.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bench.recall_others import Other, others
from someone.memory.embedders import E5, WordLlama
from someone.memory.index import IndexedMemory
from someone.mind.moments import BondId, Entry, Heard
from someone.mind.recall import Hit, Query, certainty, embedded_part, sure
from someone.ports import Embedder
from someone.testing.lane import PlainLane

KS = (5, 10, 20, 50)
UNANSWERABLE = 5
HANDED_ON, CHARACTERS_A_TOKEN = 10, 4


class Kept:
    """An embedder whose passages are kept in a folder, so that a second run needs no minutes. Queries are not."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        self.inner, self.name, self.dim = inner, inner.name, inner.dim
        self._file = folder / (re.sub(r"\W+", "-", inner.name) + ".npz")
        self._known: dict[str, np.ndarray] = dict(np.load(self._file)) if self._file.exists() else {}

    def query(self, text: str) -> np.ndarray:
        return self.inner.query(text)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        keys = [sha256(t.encode()).hexdigest() for t in texts]
        for key, text in zip(keys, texts, strict=True):
            if key not in self._known:
                self._known[key] = self.inner.passages([text])[0]
        return np.stack([self._known[key] for key in keys])

    def save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._file, **self._known)  # pyright: ignore[reportArgumentType]


def turns(conversation: dict[str, Any]) -> list[tuple[str, datetime, str]]:
    """(dia_id, time, "Name: text") in order; a shared photo is told by its caption."""
    out: list[tuple[str, datetime, str]] = []
    sessions = [k for k in conversation if re.fullmatch(r"session_\d+", k)]
    for session in sorted(sessions, key=lambda k: int(k.split("_")[1])):
        at = datetime.strptime(conversation[session + "_date_time"], "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
        for number, turn in enumerate(conversation[session]):
            photo = f" [photo: {turn['blip_caption']}]" if turn.get("blip_caption") else ""
            text = f"{turn['speaker']}: {turn['text']}{photo}"
            out.append((turn["dia_id"], at + timedelta(seconds=20 * number), text))
    return out


def auc(good: Sequence[float], bad: Sequence[float]) -> float | None:
    """The chance that a good one stands above a bad one, ties by half (Mann-Whitney U)."""
    if not good or not bad:
        return None
    g, b = np.array(good)[:, None], np.array(bad)[None, :]
    return float(((g > b) + 0.5 * (g == b)).mean())


class Found:
    """How much of the evidence one store found, by category, and how long it took."""

    def __init__(self) -> None:
        self.found: dict[int, dict[int, list[float]]] = defaultdict(lambda: {k: [] for k in KS})
        self.ms: list[float] = []

    def take(self, category: int, evidence: set[str], ranked: list[str], ms: float) -> None:
        self.ms.append(ms)
        for k in KS:
            self.found[category][k].append(len(evidence & set(ranked[:k])) / len(evidence))

    def recall(self, k: int, categories: Sequence[int]) -> float | None:
        values = [v for c in categories for v in self.found[c][k]] if self.found else []
        return round(float(np.mean(values)), 4) if values else None

    def report(self) -> dict[str, Any]:
        every = sorted(self.found)
        return {
            **{f"recall@{k}": self.recall(k, every) for k in KS},
            "by_category": {c: {k: self.recall(k, [c]) for k in KS} for c in every},
            "ms_p50": round(float(np.percentile(self.ms, 50)), 2),
            "ms_p95": round(float(np.percentile(self.ms, 95)), 2),
        }


class Tally:
    """What is counted over all conversations."""

    def __init__(self) -> None:
        self.ours = Found()
        self.others: dict[str, Found] = defaultdict(Found)
        self.left_out: dict[str, str] = {}
        self.certain: dict[bool, list[float]] = {True: [], False: []}
        self.sure: dict[bool, list[bool]] = {True: [], False: []}
        self.tokens: list[float] = []

    def take(self, category: int, query: Query, hits: list[Hit]) -> None:
        self.certain[category != UNANSWERABLE].append(certainty(query, hits))
        self.sure[category != UNANSWERABLE].append(bool(sure(query, hits)))
        self.tokens.append(sum(len(h.text) for h in hits[:HANDED_ON]) / CHARACTERS_A_TOKEN)

    def report(self) -> dict[str, Any]:
        answerable = [c for c in sorted(self.ours.found) if c != UNANSWERABLE]
        area = auc(self.certain[True], self.certain[False])
        return {
            "questions": len(self.ours.ms),
            **self.ours.report(),
            **{f"answerable_recall@{k}": self.ours.recall(k, answerable) for k in KS},
            "abstention_auc": None if area is None else round(area, 4),
            "sure_answerable": round(float(np.mean(self.sure[True] or [0])), 4),
            "sure_unanswerable": round(float(np.mean(self.sure[False] or [0])), 4),
            "tokens_handed_on": round(float(np.mean(self.tokens or [0]))),
            **({"others": {name: f.report() for name, f in self.others.items()}} if self.others else {}),
            **({"left_out": self.left_out} if self.left_out else {}),
        }


async def one(sample: dict[str, Any], embedder: Embedder | None, home: Path, tally: Tally, compare: bool) -> None:
    """Keep one conversation, index it, and ask its questions."""
    bond = BondId(sample["sample_id"])
    lane = PlainLane(home / "bond.db", os.urandom(32))
    memory = IndexedMemory(lane, bond, embedder)
    await memory.prepare()
    ids: dict[int, str] = {}
    entry: Entry | None = None
    told = turns(sample["conversation"])
    for dia, at, text in told:
        entry = await lane.append(Heard(text=text), at)
        ids[entry.id] = dia
        await memory.index(entry)
    assert entry is not None
    await memory.catch_up()
    beside = filled(home, list(ids), [t[2] for t in told], embedder, tally) if compare else []
    now = entry.at + timedelta(days=1)
    await memory.recall(Query("hello", now))
    for qa in sample["qa"]:
        evidence = {d for e in qa["evidence"] for d in re.findall(r"D\d+:\d+", e)} & set(ids.values())
        if not evidence:
            continue
        query = Query(qa["question"], now, limit=max(KS))
        start = time.perf_counter()
        hits = await memory.recall(query)
        tally.ours.take(qa["category"], evidence, [ids[h.id] for h in hits], (time.perf_counter() - start) * 1e3)
        tally.take(qa["category"], query, hits)
        for other in beside:
            ranked, ms = asked(other, query, embedder)
            tally.others[other.name].take(qa["category"], evidence, [ids[i] for i in ranked], ms)
    await lane.aclose()


def asked(other: Other, query: Query, embedder: Embedder | None) -> tuple[list[int], float]:
    """What another store finds, and in how many milliseconds; a vector store's include the embedding."""
    used = embedder if other.by == "vectors" else None
    if used:
        used.query("")  # the last query's vector may be at hand, and it would be this one's
    start = time.perf_counter()
    vector = used.query(embedded_part(query.text)) if used else None
    return other.ask(query.text, vector, query.limit), (time.perf_counter() - start) * 1e3


def filled(home: Path, ids: list[int], texts: list[str], embedder: Embedder | None, tally: Tally) -> list[Other]:
    """The stores to compare with, with this conversation in each."""
    there, tally.left_out = others(home)
    vectors = embedder.passages(texts) if embedder else None
    usable = [other for other in there if vectors is not None or other.by == "words"]
    for other in usable:
        other.add(ids, texts, vectors)
    return usable


async def main(options: argparse.Namespace) -> None:
    inner = {"e5": E5, "wordllama": WordLlama, "none": lambda: None}[options.embedder]()
    embedder = Kept(inner, options.cache) if inner and options.cache else inner
    tally = Tally()
    for sample in json.loads(options.data.read_text())[: options.limit]:
        with tempfile.TemporaryDirectory() as home:
            await one(sample, embedder, Path(home), tally, options.compare)
            print(sample["sample_id"], "done", flush=True)
    if isinstance(embedder, Kept):
        embedder.save()
    name = embedder.name if embedder else None
    print(json.dumps({"eval": "recall", "embedder": name, **tally.report()}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Recall on LoCoMo.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="conversations")
    parser.add_argument("--cache", type=Path, help="a folder for vectors between runs")
    parser.add_argument("--embedder", choices=("e5", "wordllama", "none"), default="e5")
    parser.add_argument("--compare", action="store_true", help="with BM25 alone and plain vector stores")
    asyncio.run(main(parser.parse_args()))
