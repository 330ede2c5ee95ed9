"""What a skill costs: its first run, a warm run, and how long a stop takes to end one that runs.

    python -m bench.skills [--runs 200]

A conversion of units and an endless loop, in the product's own sandbox. ``stop``: from the call of stop to the end of the
running skill and its process, with the loop of events as busy as in a talk. The last line is JSON; times in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path

from bench.figures import p, report
from someone.errors import SkillStopped
from someone.growing import Growing
from someone.hands.skills import FolderSkills
from someone.ledger import BOND, Ledger
from someone.mind.moments import BondId
from someone.testing.clock import FakeClock
from someone.testing.journal import MemoryJournal
from someone.testing.memory import FakeMemory

CONVERTS = (
    "import re\n\ndef answer(text):\n    found = re.search('([0-9.]+) ounces', text)\n"
    "    return f'{found.group(1)} ounces are {float(found.group(1)) * 28.35:.0f} grams.'\n"
)
ENDLESS = "def answer(text):\n    began()\n    while True:\n        pass\n"
STOPS = 20


async def measured(runs: int, folder: Path) -> dict[str, object]:
    """All figures."""
    skills = FolderSkills(folder)
    try:
        first = await _timed(skills)
        warm = [await _timed(skills) for _ in range(runs)]
        stops = [await _stopped(skills) for _ in range(STOPS)]
    finally:
        await skills.aclose()
    return {
        "runs": runs,
        "first_ms": round(first, 2),
        "warm_p50_ms": round(p(warm, 0.5), 2),
        "warm_p95_ms": round(p(warm, 0.95), 2),
        "stops": STOPS,
        "stop_p50_ms": round(p(stops, 0.5), 2),
        "stop_max_ms": round(max(stops), 2),
        "stop_bar_ms": 200,
    }


async def _timed(skills: FolderSkills) -> float:
    began = time.perf_counter()
    await skills.run(CONVERTS, "convert 12.5 ounces to grams", {})
    return (time.perf_counter() - began) * 1000


async def _stopped(skills: FolderSkills) -> float:
    """From the stop until the skill's task is over and its process is no more."""
    bond = BondId("bench")
    growing = Growing(bond, Ledger(MemoryJournal(), BOND), FakeMemory(bond), FakeClock(), skills)
    started = asyncio.Event()

    async def began() -> str:
        started.set()
        return ""

    running = asyncio.ensure_future(growing.stoppable(skills.run(ENDLESS, "", {"began": began})))
    await started.wait()
    workers = _workers()
    at = time.perf_counter()
    growing.stop()
    try:
        await running
    except SkillStopped:
        while any(_alive(worker) for worker in workers):  # noqa: ASYNC110 - the end of another process sets no event
            await asyncio.sleep(0)
    return (time.perf_counter() - at) * 1000


def _workers() -> list[int]:
    """The processes that this one started and that run the interpreter."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf8").split()
    return [int(c) for c in children if b"monty" in Path(f"/proc/{c}/cmdline").read_bytes()]


def _alive(worker: int) -> bool:
    try:
        return Path(f"/proc/{worker}/stat").read_text("utf8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=200)
    with tempfile.TemporaryDirectory() as folder:
        report("skills", **asyncio.run(measured(arguments.parse_args().runs, Path(folder))))


if __name__ == "__main__":
    main()
