"""`someone self`: who she is, since when, who she was; and the person's word on it. What is printed reads well aloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from someone.house import House
    from someone.views import StatementView, Who

self_app = typer.Typer(
    rich_markup_mode=None,
    help="Who she is and who she was, in her words: see it, pin it, take it back.",
    invoke_without_command=True,
)

At = Annotated[str, typer.Option("--at", help="Who she was on that day: a date, or words like 'in October'.")]
LastMonth = Annotated[bool, typer.Option("--last-month", help="Who she was a month ago, beside who she is now.")]
Number = Annotated[int, typer.Argument(help="The number of the statement, as listed.")]


@self_app.callback()
def herself(context: typer.Context, at: At = "", last_month: LastMonth = False) -> None:
    """Who she is, since when, and what it rests on."""
    if context.invoked_subcommand is not None:
        return
    from someone.cli.main import with_house

    async def asking(house: House) -> tuple[Who, list[StatementView], list[StatementView]]:
        then = await house.statements("last month" if last_month else at)
        return await house.who(), then, await house.statements("")

    who, then, now = with_house(asking)
    typer.secho(who.name, bold=True, nl=False)
    typer.echo(f", an AI, awake since {who.woke_at.astimezone():%d %B %Y}.")
    if at and not last_month:
        _told(then, f"On that day ({at}):", "On that day I had said nothing of myself yet.")
        return
    if last_month:
        _told(then, "A month ago:", "A month ago I had said nothing of myself yet.")
    _told(now, "Now:" if last_month else "", "Nothing that I would hold to yet. Such things come slowly with me.")


@self_app.command()
def pin(number: Number) -> None:
    """Keep a statement as it is: it no longer changes or fades."""
    from someone.cli.main import with_house

    typer.echo(f"It stays: {_plain(with_house(lambda house: house.pin(number, True)))}")


@self_app.command()
def unpin(number: Number) -> None:
    """Let a pinned statement change again."""
    from someone.cli.main import with_house

    typer.echo(f"It may change again: {_plain(with_house(lambda house: house.pin(number, False)))}")


@self_app.command("take-back")
def take_back(number: Number) -> None:
    """Say that she is not like that: the statement ends, and does not come again soon."""
    from someone.cli.main import with_house

    typer.echo(f"Taken back: {_plain(with_house(lambda house: house.take_back(number)))}")


@self_app.command()
def history() -> None:
    """All that she has said of herself, also what no longer holds, and why it ended."""
    from someone.cli.main import with_house

    _told(with_house(lambda house: house.statements("all")), "", "Nothing yet.")


def _told(found: Sequence[StatementView], head: str, none: str) -> None:
    if not found:
        typer.echo(none)
        return
    if head:
        typer.echo(head)
    for s in found:
        typer.echo(f"  #{s.id:<6} {s.since.astimezone():%d %b %Y}  {_plain(s)}{_held(s)}")


_ENDED = {
    "person": "you took it back",
    "contradicted": "it was no longer so",
    "faded": "nothing spoke for it any more",
    "replaced": "it changed",
}


def _held(s: StatementView) -> str:
    if s.pinned:
        return "  (pinned)"
    return f"  (until {s.until.astimezone():%d %b %Y}: {_ENDED[s.ended]})" if s.until is not None and s.ended else ""


def _plain(s: StatementView) -> str:
    from someone.cli.talking import visible

    return visible(s.text)
