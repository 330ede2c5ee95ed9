"""The index's tables, all derived from ``moments`` and droppable, in the bond's own encrypted file.

A text is stored once, in ``moments``: the words table is contentless and keeps neither positions nor lengths.
Forgetting is a trigger on ``moments``: the words leave the full-text segments physically (FTS5 ``secure-delete``), in
the same transaction as the tombstone is written. FTS5 needs the old text for that, so :data:`TEXT` must give for the
old row just what was indexed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from someone.mind.recall import hands_on

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION = "2"
"""Of the tables. Another one in the file: all are dropped and built anew."""

KINDS = ("Heard", "Said", "Met", "Brought")
"""The kinds of moments that hold words; the person's, hers, the person's, and what was brought in from files."""

_KIND_LIST = ", ".join(f"'{k}'" for k in KINDS)


def text_of(row: str) -> str:
    """The SQL expression of the words that a row of ``moments`` holds; NULL for kinds that hold none."""
    body = f"{row}.body"
    return (
        f"CASE {row}.kind WHEN 'Heard' THEN json_extract({body}, '$.text') WHEN 'Said' THEN json_extract({body}, "
        f"'$.text') WHEN 'Met' THEN json_extract({body}, '$.about') WHEN 'Brought' THEN CASE json_extract({body}, "
        f"'$.author') WHEN '' THEN '' ELSE json_extract({body}, '$.author') || ': ' END || json_extract({body}, '$.text') "
        "END"
    )


def at_of(row: str) -> str:
    """The SQL expression of the time a row's words belong to, in microseconds: of what was brought in its own date,
    where it has one that is not of the future.
    """
    own = f"unixepoch(json_extract({row}.body, '$.said_at')) * 1000000"
    return f"CASE {row}.kind WHEN 'Brought' THEN min({row}.at_us, coalesce({own}, {row}.at_us)) ELSE {row}.at_us END"


def speaker_of(row: str) -> str:
    """The SQL expression of whose words they are, as :class:`someone.mind.recall.Hit` names them."""
    mine = f"json_extract({row}.body, '$.mine')"
    author = f"json_extract({row}.body, '$.author')"
    return (
        f"CASE {row}.kind WHEN 'Said' THEN 'her' WHEN 'Brought' THEN iif({mine}, 'person', {author}) ELSE 'person' END"
    )


def source_of(row: str) -> str:
    """The SQL expression of what file they were brought in from; NULL for what was said here."""
    return f"CASE {row}.kind WHEN 'Brought' THEN json_extract({row}.body, '$.source') END"


MISSING_WORDS = (
    f"FROM moments m LEFT JOIN memory_items i ON i.id = m.id WHERE m.id > ? AND i.id IS NULL AND m.kind IN "
    f"({_KIND_LIST}) AND {text_of('m')} <> ''"
)
MISSING_VECTORS = (
    "FROM memory_items i JOIN moments m ON m.id = i.id LEFT JOIN memory_vectors v ON v.id = i.id "
    "WHERE v.id IS NULL AND i.seq > ?"
)

_TABLES = (
    "CREATE TABLE memory_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # seq grows with every insert and is never used again, so a reader can ask for what is new since it last looked.
    "CREATE TABLE memory_items(seq INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, at_us INTEGER NOT "
    "NULL, speaker INTEGER NOT NULL, words INTEGER NOT NULL, asks INTEGER NOT NULL)",
    "CREATE TABLE memory_vectors(seq INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, vector BLOB NOT "
    "NULL)",
    # Numbers of forgotten moments, for caches in memory; they say no more than the tombstones do.
    "CREATE TABLE memory_gone(seq INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL)",
    "CREATE VIRTUAL TABLE memory_words USING fts5(text, content='', detail=none, columnsize=0, "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "INSERT INTO memory_words(memory_words, rank) VALUES('secure-delete', 1)",
    "CREATE TRIGGER memory_forgets AFTER UPDATE OF kind ON moments WHEN NEW.kind = 'Forgotten' AND EXISTS "
    "(SELECT 1 FROM memory_items WHERE id = OLD.id) BEGIN "
    f"INSERT INTO memory_words(memory_words, rowid, text) VALUES('delete', OLD.id, {text_of('OLD')}); "
    "DELETE FROM memory_vectors WHERE id = OLD.id; DELETE FROM memory_items WHERE id = OLD.id; "
    "INSERT INTO memory_gone(id) VALUES(OLD.id); END",
)
_DROP = (
    "DROP TRIGGER IF EXISTS memory_forgets",
    "DROP TABLE IF EXISTS memory_words",
    "DROP TABLE IF EXISTS memory_items",
    "DROP TABLE IF EXISTS memory_vectors",
    "DROP TABLE IF EXISTS memory_gone",
    "DROP TABLE IF EXISTS memory_meta",
)


def prepare(connection: Connection, embedder: str) -> None:
    """Create what is missing; rebuild from nothing at another version; drop the vectors of another embedder."""
    meta: dict[str, str] = {}
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'memory_meta'").first():
        meta = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, value FROM memory_meta")}
    if meta.get("version") != VERSION:
        for statement in _DROP + _TABLES:
            connection.exec_driver_sql(statement)
    elif embedder and meta.get("embedder", "") != embedder:
        connection.exec_driver_sql("DELETE FROM memory_vectors")
    if meta.get("version") != VERSION or (embedder and meta.get("embedder", "") != embedder):
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO memory_meta(name, value) VALUES('version', ?), ('embedder', ?)", (VERSION, embedder)
        )


def add_words(connection: Connection, ids: list[int]) -> int:
    """Index the words of these moments, those that have none or are indexed already passed over. Returns how many."""
    from someone.memory.columns import count_words

    added = 0
    for moment in ids:
        row = connection.exec_driver_sql(
            f"SELECT {at_of('m')}, m.kind, {text_of('m')} FROM moments m LEFT JOIN memory_items i ON i.id = m.id "
            "WHERE m.id = ? AND i.id IS NULL",
            (moment,),
        ).first()
        if row is None or not row[2]:
            continue
        connection.exec_driver_sql(
            "INSERT INTO memory_items(id, at_us, speaker, words, asks) VALUES(?, ?, ?, ?, ?)",
            (moment, row[0], int(row[1] != "Said"), count_words(row[2]), int(hands_on(row[2]))),
        )
        connection.exec_driver_sql(
            f"INSERT INTO memory_words(rowid, text) SELECT m.id, {text_of('m')} FROM moments m WHERE m.id = ?",
            (moment,),
        )
        added += 1
    return added


def add_vectors(connection: Connection, ids: list[int], blobs: list[bytes]) -> None:
    """Keep vectors; of a moment that was forgotten meanwhile, nothing."""
    for moment, blob in zip(ids, blobs, strict=True):
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO memory_vectors(id, vector) SELECT id, ? FROM memory_items WHERE id = ?",
            (blob, moment),
        )
