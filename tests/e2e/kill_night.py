"""A process whose nights kill themselves (SIGKILL) at a given step, done but not recorded yet.

It reads ``<home> <step>`` a line ("-" for no step) and forks one that opens the home and sleeps; when that has died, it
prints how: ``-9`` where it killed itself, ``0`` where the night came to its end.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import dbos  # noqa: F401  (imported before the fork, so that each night starts at once)

from someone import bootstrap
from someone.bootstrap import Answers
from someone.mind.moments import Heard
from someone.settings import Settings
from someone.testing.brains import ScriptedBrain
from someone.testing.clock import FakeClock

SETTINGS = Settings(key="file", embedder="none")
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = (
    "I found an old lighthouse lamp in the cellar of the house.",
    "My sister Mara moved to Porto for a job at the shipyard.",
    "I carve small birds out of lime wood.",
    "Our garden gate fell off and I carried it into the garage.",
)


def scripted(prompt) -> str:
    if "facts" in prompt.lines[0].text and "birds" in prompt.lines[-1].text:
        return "Theo carves small birds out of lime wood."
    return "Mara moved to Porto for a job at the shipyard."


async def live(folder: Path) -> None:
    """A home with a little past in two talks."""
    answers = Answers(accepts_notice=True, call_me="Theo", about="", seed=5)
    clock = FakeClock(NOON)
    await bootstrap.wake(folder, SETTINGS, answers, bootstrap.name_for(answers), clock=clock)
    home = await bootstrap.open_home(folder, SETTINGS, clock=clock, brain=ScriptedBrain())
    for n, text in enumerate(DAY * 3):
        clock.move(hours=5 if n % 6 == 0 else 0, minutes=1)
        await home.talk.ledger.keep(Heard(text=text), clock.now())
    await home.aclose()


async def night(folder: Path, step: str) -> None:
    """One night of this home, which dies at ``step``."""
    home = await bootstrap.open_home(
        folder, SETTINGS, clock=FakeClock(NOON.replace(day=2)), brain=ScriptedBrain(scripted)
    )
    home.start(talks=False)

    def die(at: str) -> None:
        if at == step:
            os.kill(os.getpid(), signal.SIGKILL)

    home.sleeper.durable.fault = die
    await home.sleep()
    await home.aclose()


def main() -> None:
    for line in sys.stdin:
        folder, step = line.strip().rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            asyncio.run(night(Path(folder), step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
