"""A process that appends and forgets until it is killed, and says each thing once it was acknowledged.

It reads ``<path> <seed> <share of forgettings>`` a line and forks a writer for each (so that what is imported is
imported once); a writer prints ``start <pid>``, ``ack <id>``, ``try <id> ...``, ``forgot <id> ...``, and when it has
died this process prints ``dead``.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlite_vec  # noqa: F401  (imported before the fork, so that each writer starts at once)

from someone.journal.cipher import driver
from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Heard

KEY = bytes(range(32))
IDENTITY = "home/bond"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def content(number: int) -> str:
    """What moment ``number`` holds: a few bytes to several pages, told by the number alone."""
    chance = random.Random(number)
    return f"{number}: " + chance.choice("abcdefg") * chance.choice((0, 10, 100, 1000, 5000, 20000))


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # one unbuffered write: either the parent gets the whole line or nothing


async def append(journal: SqlcipherJournal, number: int) -> None:
    entry = await journal.append(Heard(text=content(number)), NOON)
    say(f"ack {entry.id}")


async def write(path: Path, seed: int, forgettings: float) -> None:
    chance = random.Random(seed)
    journal = SqlcipherJournal.open(path, KEY, identity=IDENTITY, cache_kib=1024)
    say("open")
    count = await journal.count()
    while True:
        if count and chance.random() < forgettings:
            ids = " ".join(str(i) for i in chance.sample(range(1, count + 1), k=min(count, chance.choice((1, 2, 8)))))
            say(f"try {ids}")
            await journal.forget([int(i) for i in ids.split()], NOON)
            say(f"forgot {ids}")
            count += 1
        else:
            together = chance.choice((1, 1, 3))
            await asyncio.gather(*(append(journal, count + n) for n in range(1, together + 1)))
            count += together


def main() -> None:
    driver()
    for line in sys.stdin:
        path, seed, forgettings = line.rsplit(" ", 2)
        child = os.fork()
        if child == 0:
            say(f"start {os.getpid()}")
            asyncio.run(write(Path(path), int(seed), float(forgettings)))
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
