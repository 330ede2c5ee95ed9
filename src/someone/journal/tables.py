"""The journal's tables, as SQLAlchemy Core sees them. The schema is laid by :mod:`someone.journal.migrations`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

METADATA = MetaData()

moments = Table(
    "moments",
    METADATA,
    Column("id", Integer, primary_key=True),  # 1, 2, 3 ... without gaps
    Column("at_us", BigInteger, nullable=False),  # microseconds since 1970-01-01T00:00Z
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, as mind.moments.dump wrote it
    Column("key", Text, unique=True),  # of the caller, so that a retried append keeps nothing twice
)

snapshots = Table(
    "snapshots",
    METADATA,
    Column("fold", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("upto", Integer, nullable=False),
    Column("state", Text, nullable=False),
)

forgetting = Table("forgetting", METADATA, Column("id", Integer, primary_key=True))

meta = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
