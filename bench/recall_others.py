"""What recall is compared with, each as it comes: full text by BM25 alone, and plain vector stores at their defaults.

The stores are optional: ``pip install lancedb chromadb`` where they are to be compared. All are given the same texts
and the same vectors; only BM25 is encrypted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import sqlcipher3.dbapi2 as sqlcipher

BATCH = 5000


class Other(Protocol):
    """A store to compare with. ``by``: what it looks at."""

    name: str
    by: str

    def add(self, ids: Sequence[int], texts: Sequence[str], vectors: np.ndarray | None) -> None: ...

    def ask(self, text: str, vector: np.ndarray | None, most: int) -> list[int]:
        """The ids of the best, best first."""
        ...


class Bm25:
    """FTS5's own ranking over single moments, any word of the question, in an encrypted file."""

    name, by = "bm25", "words"

    def __init__(self, folder: Path) -> None:
        self._file = sqlcipher.connect(str(folder / "bm25.db"))  # pyright: ignore[reportAttributeAccessIssue]
        self._file.execute(f"PRAGMA key=\"x'{bytes(32).hex()}'\"")
        self._file.execute("PRAGMA cache_size=-65536")
        self._file.execute("CREATE VIRTUAL TABLE moments USING fts5(text, tokenize='porter unicode61')")

    def add(self, ids: Sequence[int], texts: Sequence[str], vectors: np.ndarray | None) -> None:  # noqa: ARG002
        with self._file:
            self._file.executemany("INSERT INTO moments(rowid, text) VALUES(?, ?)", zip(ids, texts, strict=True))

    def ask(self, text: str, vector: np.ndarray | None, most: int) -> list[int]:  # noqa: ARG002
        match = " OR ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", text)) or '""'
        sql = "SELECT rowid FROM moments WHERE moments MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in self._file.execute(sql, (match, most))]


class Lance:
    """LanceDB: a table with a vector column, searched as it is without an index (all are compared)."""

    name, by = "lancedb", "vectors"

    def __init__(self, folder: Path) -> None:
        import lancedb  # pyright: ignore[reportMissingImports]

        self._base: Any = lancedb.connect(folder / "lance")
        self._table: Any = None

    def add(self, ids: Sequence[int], texts: Sequence[str], vectors: np.ndarray | None) -> None:
        assert vectors is not None
        rows = [{"id": i, "text": t, "vector": v} for i, t, v in zip(ids, texts, vectors, strict=True)]
        if self._table is None:
            self._table = self._base.create_table("moments", data=rows)
        else:
            self._table.add(rows)

    def ask(self, text: str, vector: np.ndarray | None, most: int) -> list[int]:  # noqa: ARG002
        return [row["id"] for row in self._table.search(vector).limit(most).to_list()]


class Chroma:
    """Chroma: a persistent collection with the index that it makes by itself. Its telemetry is off."""

    name, by = "chroma", "vectors"

    def __init__(self, folder: Path) -> None:
        import chromadb  # pyright: ignore[reportMissingImports]

        settings = chromadb.Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(str(folder / "chroma"), settings=settings)
        self._collection: Any = client.create_collection("moments", embedding_function=None)

    def add(self, ids: Sequence[int], texts: Sequence[str], vectors: np.ndarray | None) -> None:
        assert vectors is not None
        self._collection.add([str(i) for i in ids], embeddings=vectors, documents=list(texts))

    def ask(self, text: str, vector: np.ndarray | None, most: int) -> list[int]:  # noqa: ARG002
        assert vector is not None
        found = self._collection.query(query_embeddings=vector[None], n_results=most, include=[])
        return [int(i) for i in found["ids"][0]]


KINDS: tuple[Callable[[Path], Other], ...] = (Bm25, Lance, Chroma)


def others(folder: Path) -> tuple[list[Other], dict[str, str]]:
    """Those that are installed, each with an empty store in ``folder``; and why the others are left out."""
    there: list[Other] = []
    missing: dict[str, str] = {}
    for kind in KINDS:
        try:
            there.append(kind(folder))
        except ImportError as error:
            missing[kind.name] = f"not installed ({error.name})"  # type: ignore[attr-defined]
    return there, missing
