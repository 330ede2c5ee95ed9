"""``kill -9`` at any instant loses no acknowledged moment and leaves no half of one: 200 real kills."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Entry, Forgot, Forgotten, Heard
from tests.e2e.kill_writer import IDENTITY, KEY, content

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

ROOT = Path(__file__).parents[2]


@dataclass
class Seen:
    """What the writers of one file have told so far."""

    acknowledged: set[int] = field(default_factory=set[int])
    tried: set[int] = field(default_factory=set[int])
    forgotten: set[int] = field(default_factory=set[int])

    def note(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        ids = {int(i) for i in rest.split()}
        if word == "ack":
            self.acknowledged |= ids
        elif word == "try":
            self.tried |= ids
        elif word == "forgot":
            self.forgotten |= ids


class Writers:
    """Starts writers one after another and kills each."""

    def __init__(self) -> None:
        self.host = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.kill_writer"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def line(self) -> str:
        assert self.host.stdout is not None
        line = self.host.stdout.readline()
        assert line, "the host of the writers ended by itself"
        return line.strip()

    def run_and_kill(
        self, path: Path, seed: int, seen: Seen, *, forgettings: float, after: str, times: int, delay: float
    ) -> None:
        """Kill a writer ``delay`` seconds after it has said ``after`` for the ``times``-th time."""
        assert self.host.stdin is not None
        self.host.stdin.write(f"{path} {seed} {forgettings}\n")
        pid = int(self.line().removeprefix("start "))
        while times:
            line = self.line()
            assert line != "dead", "the writer ended by itself"
            seen.note(line)
            times -= line.startswith(after)
        select.select([], [], [], delay)  # the instant of the kill: anywhere in the writer's work
        os.kill(pid, signal.SIGKILL)
        while (line := self.line()) != "dead":
            seen.note(line)

    def close(self) -> None:
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        self.host.stdin.close()
        self.host.wait(30)
        self.host.stdout.close()


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    host = Writers()
    yield host
    host.close()


def require_whole(entries: list[Entry], seen: Seen) -> None:
    """Every acknowledged moment with its words; no gap; each forgetting wholly done or not begun."""
    assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    assert max(seen.acknowledged, default=0) <= len(entries)
    records = [entry.moment for entry in entries if isinstance(entry.moment, Forgot)]
    emptied = {i for record in records for i in record.ids}
    assert {entry.id for entry in entries if isinstance(entry.moment, Forgotten)} == emptied
    assert emptied <= seen.tried
    for entry in entries:
        if isinstance(entry.moment, Heard):
            assert entry.moment.text == content(entry.id)
            assert entry.id not in seen.forgotten
        else:
            assert entry.id not in seen.acknowledged - seen.tried


async def reopened(path: Path, *, check: bool) -> list[Entry]:
    journal = SqlcipherJournal.open(path, KEY, identity=IDENTITY, cache_kib=1024)
    entries = await journal.read()
    assert not check or await journal.check() == []
    await journal.aclose()
    return entries


async def test_120_kills_while_appending(tmp_path: Path, writers: Writers) -> None:
    """One life of 120 processes, each killed at a random instant of appending, on one file."""
    chance, seen, path = random.Random(1), Seen(), tmp_path / "bond.db"
    for round_ in range(120):
        writers.run_and_kill(
            path, round_, seen, forgettings=0, after="ack", times=chance.randint(1, 6), delay=chance.uniform(0, 0.008)
        )
        require_whole(await reopened(path, check=round_ % 20 == 19), seen)
    assert len(seen.acknowledged) >= 120


async def test_50_kills_while_forgetting(tmp_path: Path, writers: Writers) -> None:
    """Killed within a forgetting, it is either done in every place or in none, and the file is sound."""
    chance, seen, path = random.Random(2), Seen(), tmp_path / "bond.db"
    for round_ in range(50):
        writers.run_and_kill(
            path, round_, seen, forgettings=0.3, after="try", times=chance.randint(1, 2), delay=chance.uniform(0, 0.02)
        )
        require_whole(await reopened(path, check=round_ % 10 == 9), seen)
    assert seen.tried


async def test_30_kills_while_the_journal_is_laid(tmp_path: Path, writers: Writers) -> None:
    """Killed while the file is being created, the next opening finds either a whole journal or lays a new one."""
    chance = random.Random(3)
    for round_ in range(30):
        seen, path = Seen(), tmp_path / f"home-{round_}" / "bond.db"
        writers.run_and_kill(path, round_, seen, forgettings=0, after="", times=0, delay=chance.uniform(0, 0.08))
        require_whole(await reopened(path, check=True), seen)
        assert {file.name for file in path.parent.iterdir()} == {"bond.db"}
