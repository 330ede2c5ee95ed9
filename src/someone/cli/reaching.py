"""`someone reach`: whether she may come unasked, what is open, and what she came with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from someone.house import House
    from someone.settings import Settings
    from someone.views import LoopView, ReachedView

reach_app = typer.Typer(
    rich_markup_mode=None,
    help="Whether she may come to you unasked, what she would ask about, and what she came with.",
    invoke_without_command=True,
)

SHOWN = 10
"""The newest times that she came, shown at once."""


@reach_app.callback()
def reach(context: typer.Context) -> None:
    """The limits you set, what is to come, and when she came."""
    if context.invoked_subcommand is not None:
        return
    from someone import settings
    from someone.cli.main import with_house

    async def looking(house: House) -> tuple[list[LoopView], list[ReachedView]]:
        return await house.loops(), await house.reached(SHOWN)

    loops, reached = with_house(looking)
    _limits(settings.load())
    _loops(loops)
    _reached(reached)


@reach_app.command()
def on() -> None:
    """Let her come to you, within your limits."""
    from someone import settings

    settings.write("reach_out", "on")
    _limits(settings.load())


@reach_app.command()
def off() -> None:
    """She comes no more. What is open stays, and you can talk of it when you like."""
    from someone import settings

    settings.write("reach_out", "off")
    _limits(settings.load())


@reach_app.command("let-go")
def let_go(number: Annotated[int, typer.Argument(help="The number, as `someone reach` shows it.")]) -> None:
    """Something that she shall not ask about."""
    from someone.cli.main import with_house

    gone = with_house(lambda house: house.let_go(number))
    typer.echo(f"I won't ask about {gone.about}.")


def _limits(values: Settings) -> None:
    if values.reach_out == "off":
        typer.echo("I don't come to you unasked. `someone reach on` lets me.")
        return
    often = "not at all" if values.reach_per_day == 0 else _times(values.reach_per_day)
    words = "with my words" if values.reach_words == "shown" else "without my words"
    typer.echo(f"I may come to you {often} a day, never between {values.reach_quiet.replace('-', ' and ')},")
    typer.echo(f"and never within {values.reach_after_goodbye} hours of a goodbye. If you don't answer, I wait.")
    typer.echo(f"Where: {values.reach_channels.replace(',', ', ')}. A notification comes {words}.")
    typer.echo("`someone settings --set reach_quiet=22:00-08:00` changes one of these, `someone reach off` ends it.")


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _loops(loops: Sequence[LoopView]) -> None:
    typer.echo("")
    if not loops:
        typer.echo("Nothing is open. What you tell me of things to come will stand here.")
        return
    typer.echo("What is to come, and I may ask about:")
    for loop in loops:
        typer.echo(f"  {loop.id}  {_stretch(loop.due, loop.over)}: {loop.about}")
        typer.echo(f"      “{loop.text}”")
    typer.echo("`someone reach let-go NUMBER`: I won't ask.")


def _reached(reached: Sequence[ReachedView]) -> None:
    if not reached:
        return
    typer.echo("\nWhen I came:")
    for came in reached:
        waits = "   (not answered yet)" if came.waits else ""
        typer.echo(f"  {_day(came.at)}, {came.at.astimezone():%H:%M}: {came.text}{waits}")


def _stretch(begin: datetime, end: datetime) -> str:
    """A day, or the first and the last where more are meant ("next week")."""
    last = end - timedelta(microseconds=1)
    return _day(begin) if begin.astimezone().date() == last.astimezone().date() else f"{_day(begin)} to {_day(last)}"


def _day(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%A}, {local.day} {local:%B}"
