"""``kill -9`` at every step of a night, on a real home: the next night takes it up and ends with the same journal."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from someone import bootstrap, bootstrap_night
from someone.mind.moments import Moment, Slept
from someone.night.steps import STEPS
from tests.e2e.kill_night import SETTINGS, live

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

ROOT = Path(__file__).parents[2]
AT = ("begin", "facts:0", "facts:1", *STEPS, "slept")


class Nights:
    """Runs nights in processes of their own; each tells how it died."""

    def __init__(self) -> None:
        self.host = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.kill_night"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def night(self, folder: Path, step: str = "-") -> int:
        assert self.host.stdin is not None
        assert self.host.stdout is not None
        self.host.stdin.write(f"{folder} {step}\n")
        return int(self.host.stdout.readline())

    def close(self) -> None:
        assert self.host.stdin is not None
        self.host.stdin.close()
        self.host.wait()


async def moments(folder: Path) -> list[Moment]:
    """What the bond's journal holds, but for how long the night took."""
    home = await bootstrap.open_home(folder, SETTINGS)
    entries = await home.talk.ledger.journal.read()
    assert await home.talk.ledger.journal.check() == []  # pyright: ignore[reportAttributeAccessIssue]
    assert all(r.same for r in await home.replay())
    await home.aclose()
    found = [e.moment for e in entries]
    return [m.model_copy(update={"seconds": 0.0}) if isinstance(m, Slept) else m for m in found]


async def test_a_night_killed_at_every_step_ends_the_same(tmp_path):
    """Each step kills the process once, after its work and before its record, in one chain of restarts. The journal of the
    night that came through equals that of a night nobody killed, one backup is there, and it is proved.
    """
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    await live(killed)
    shutil.copytree(killed, whole)
    nights = Nights()
    try:
        assert nights.night(whole) == 0
        for step in AT:
            assert nights.night(killed, step) == -9, step
        assert nights.night(killed) == 0
    finally:
        nights.close()
    assert await moments(killed) == await moments(whole)
    for folder in (killed, whole):
        (backup,) = bootstrap_night.backups(folder)
        assert backup.proved is not None
        assert not list((folder / "backups").glob("*.part"))


async def test_a_night_makes_a_home_that_opens(tmp_path):
    """What the night put by, restored into an empty folder, is her: the same moments up to the backup, and it folds.
    Erasing the home leaves none of what the night put by.
    """
    home, again = tmp_path / "home", tmp_path / "again"
    await live(home)
    nights = Nights()
    try:
        assert nights.night(home) == 0
    finally:
        nights.close()
    (backup,) = bootstrap_night.backups(home)
    bootstrap_night.restore(home, backup.name, again)
    before, after = await moments(home), await moments(again)
    bootstrap.erase(home)
    assert [p.name for p in home.rglob("*") if p.is_file()] == []
    assert after == before[: len(after)]
    assert len(after) >= backup.moments
