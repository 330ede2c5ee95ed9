"""How the nights are put together, and what they put by."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from someone.mind.reaching import Limits
from someone.night.durable import Durable
from someone.night.rest import Rest
from someone.night.sleeper import Sleeper
from someone.night.steps import Night, nothing
from someone.talk import Talk
from someone.views import BackupView, Finding

NIGHT_FILE = "night.db"


def sleeper(
    folder: Path, master: bytes, talk: Talk, rest: Rest, limits: Callable[[], Limits], places: tuple[str, str, str]
) -> Sleeper:
    """The nights of a home. ``places``: where in it the self, the bonds and the skills lie."""
    from someone.journal import keys
    from someone.journal.backups import FolderBackups, Source

    own, bonds, skills = places
    purposes = {own: keys.SELF, f"{bonds}/{talk.bond}.db": keys.bond(talk.bond)}
    sources = [Source(p, keys.derive(master, of), keys.identity(master, of)) for p, of in purposes.items()]
    night = Night(
        bond=talk.bond,
        ledger=talk.ledger,
        me=talk.me,
        memory=talk.memory,
        brain=lambda: talk.brain,
        clock=talk.clock,
        backups=FolderBackups(folder, sources, trees=(skills,)),
        rest=rest,
        limits=limits,
        practise=talk.skilled.growing.at_night if talk.skilled is not None else nothing,
    )
    return Sleeper(Durable(night, folder / NIGHT_FILE), since=talk.clock.now())


def backups(folder: Path) -> list[BackupView]:
    """The backups of this home, the newest first. No key is needed."""
    from someone.journal import backups as kept

    return [
        BackupView(name=b.name, night=b.night, moments=b.upto, proved=b.proved_at, size=b.size)
        for b in kept.listed(folder)
    ]


def restore(folder: Path, name: str, to: Path) -> None:
    """Lay a home in ``to`` from a backup of this one. Raises InputError, HomeReadOnly, DiskFull."""
    from someone.journal import backups as kept

    kept.restore(folder, name, to)


def finding(folder: Path) -> Finding:
    """What the doctor says of the backups."""
    proved = next((b.proved for b in backups(folder) if b.proved is not None), None)
    says = "None yet; she makes one every night, and `someone sleep` makes one now."
    if proved is not None:
        says = f"The newest was restored on trial on {proved:%Y-%m-%d %H:%M}."
    return Finding(part="backup", ok=True, says=says)


def erase(folder: Path) -> None:
    """Remove what the nights put by."""
    for path in folder.glob(f"{NIGHT_FILE}*"):
        path.unlink(missing_ok=True)
    shutil.rmtree(folder / "backups", ignore_errors=True)
