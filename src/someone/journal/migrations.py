"""The schema, as an ordered list of steps. Each runs once, in a transaction of its own, and is recorded.

A step that was released is never edited: a change is a new step at the end. Steps change tables, never the body of a
moment (old bodies are lifted when they are read, :mod:`someone.mind.moments`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, text

Migration = Callable[[Connection], None]

_APPEND_ONLY = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE moments (
        id INTEGER PRIMARY KEY,
        at_us INTEGER NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        key TEXT UNIQUE
    );
    CREATE INDEX moments_kind ON moments (kind, id);

    CREATE TABLE snapshots (
        fold TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        upto INTEGER NOT NULL,
        state TEXT NOT NULL
    );

    -- The moments that the present transaction forgets. The reference to an always empty table is checked at commit:
    -- a row that is still listed then makes the commit fail, so the permission can't outlive its transaction.
    CREATE TABLE never (id INTEGER PRIMARY KEY CHECK (0));
    CREATE TABLE forgetting (
        id INTEGER PRIMARY KEY REFERENCES moments (id),
        cleared INTEGER NOT NULL DEFAULT 0 REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED
    );

    -- Also stops INSERT OR REPLACE, which deletes without asking the trigger on DELETE.
    CREATE TRIGGER moments_grow BEFORE INSERT ON moments
    WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM moments)
        OR EXISTS (SELECT 1 FROM moments WHERE key = NEW.key)
    BEGIN
        SELECT RAISE(ABORT, 'a moment is only ever added after the last one');
    END;

    CREATE TRIGGER moments_stay BEFORE DELETE ON moments
    BEGIN
        SELECT RAISE(ABORT, 'a moment is never deleted');
    END;

    CREATE TRIGGER moments_keep BEFORE UPDATE ON moments
    WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE id = OLD.id)
        OR NEW.id IS NOT OLD.id OR NEW.at_us IS NOT OLD.at_us OR NEW.key IS NOT OLD.key
        OR NEW.kind IS NOT 'Forgotten'
    BEGIN
        SELECT RAISE(ABORT, 'a moment is never rewritten, only forgotten');
    END;
"""


def _statements(script: str) -> list[str]:
    """Split at each ``;`` that closes a statement; the body of a trigger stays whole."""
    found: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        end, inside = line.rstrip(), any(part.lstrip().startswith("CREATE TRIGGER") for part in lines)
        if end.endswith("END;") or (end.endswith(";") and not inside):
            found.append("\n".join(lines))
            lines = []
    return found


def _append_only(connection: Connection) -> None:
    for statement in _statements(_APPEND_ONLY):
        connection.exec_driver_sql(statement)


MIGRATIONS: tuple[Migration, ...] = (_append_only,)
"""Step ``n`` of this list leads to schema ``n`` (from 1)."""


def version_of(connection: Connection) -> int:
    """The schema that the file has; 0 for a new file."""
    known = connection.execute(text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'")).first()
    if known is None:
        return 0
    found = connection.execute(text("SELECT value FROM meta WHERE name = 'schema'")).scalar()
    return int(found or 0)


def migrate(engine: Engine, steps: Sequence[Migration] = MIGRATIONS) -> int:
    """Run the steps that are missing, each in its own transaction; returns how many. A step that raises leaves the
    file as the one before it had made it.
    """
    with engine.connect() as connection:
        have = version_of(connection)
    for number, step in enumerate(steps[have:], start=have + 1):
        with engine.begin() as connection:
            step(connection)
            connection.execute(
                text("INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', :number)"), {"number": str(number)}
            )
    return max(0, len(steps) - have)
