"""`someone sleep` and `someone backups`: a night now, and what the nights put by."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

if TYPE_CHECKING:
    from someone.house import House
    from someone.views import BackupView, NightView, SleepView

LOOK_S = 0.2

backups_app = typer.Typer(
    rich_markup_mode=None, help="Her backups: list them, lay a home from one.", invoke_without_command=True
)

_STEPS = {
    "begin": "looking at the day",
    "facts": "reading what you told me",
    "notes": "reading what you told me",
    "reflect": "thinking about the day",
    "self": "thinking about myself",
    "dream": "dreaming",
    "loops": "tending what is open",
    "reach": "thinking about what to ask you",
    "practise": "practising",
    "snapshot": "putting things in order",
    "backup": "making a backup",
    "prove": "restoring it as a proof",
    "rotate": "clearing old backups",
    "vectors": "bringing my memory up to date",
    "slept": "waking up",
}


def sleep() -> None:
    """Have her night now: notes, facts, a thought about the day, a dream, and a backup that is proved to restore."""
    from someone.cli.main import with_house

    found = with_house(_watched)
    typer.echo(_account(found[0]) if found else "There was nothing to do.")


async def _watched(house: House) -> list[NightView]:
    sleeping = asyncio.ensure_future(house.sleep())
    show = _Bar() if sys.stdout.isatty() else _Lines()
    with show:
        while not sleeping.done():
            show.at(await house.asleep())
            await asyncio.wait((sleeping,), timeout=LOOK_S)
    return await sleeping


def words(step: str) -> str:
    """A step of the night in words."""
    return _STEPS.get(step.partition(":")[0], step)


def _account(night: NightView) -> str:
    from someone.mind.nights import account

    return account(night.did, night.failed)


class _Lines:
    """One line for each step, when the output is no terminal."""

    def __init__(self) -> None:
        self._last = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def at(self, view: SleepView) -> None:
        if view.step and words(view.step) != self._last:
            self._last = words(view.step)
            typer.echo(f"{self._last}...")


class _Bar:
    """A bar in the terminal."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, TextColumn

        self._bar = Progress(BarColumn(), TextColumn("{task.description}"), transient=True)
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def at(self, view: SleepView) -> None:
        total = view.of or None
        self._bar.update(self._task, description=words(view.step), completed=view.done, total=total)


@backups_app.callback()
def backups(context: typer.Context) -> None:
    """The backups, the newest first."""
    from someone.bootstrap_night import backups as listed
    from someone.settings import home_folder

    if context.invoked_subcommand is not None:
        return
    found = listed(home_folder())
    if not found:
        typer.echo("No backup yet. She makes one every night; `someone sleep` makes one now.")
    for backup in found:
        typer.echo(_line(backup))


@backups_app.command()
def restore(
    name: Annotated[str, typer.Argument(help="The backup, as listed.")],
    to: Annotated[Path, typer.Option("--to", help="A new or empty folder.")],
) -> None:
    """Lay a home from a backup. The home you have stays as it is."""
    from someone import bootstrap_night
    from someone.settings import home_folder

    bootstrap_night.restore(home_folder(), name, to)
    typer.echo(f"Restored to {to}. To talk with her there: SOMEONE_HOME={to} someone talk")


def _line(backup: BackupView) -> str:
    proof = f"restored as a proof on {backup.proved:%Y-%m-%d %H:%M}" if backup.proved else "not proved yet"
    return f"{backup.name}  {backup.size / 1024**2:.1f} MB  {proof}"
