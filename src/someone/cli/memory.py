"""`someone memory`: see what she knows of you and your people, and steer it. What is printed reads well aloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from someone.house import House
    from someone.views import DayView, FactView, PersonView

memory_app = typer.Typer(
    rich_markup_mode=None,
    help="What she knows of you: search it, see your people and your days, correct it, forget it.",
    invoke_without_command=True,
)

Person = Annotated[str, typer.Option("--person", help="Only what is about this one.")]
Since = Annotated[str, typer.Option("--since", help="Told on or after this day: a date, or words like 'last October'.")]
Until = Annotated[str, typer.Option("--until", help="Told on or before this day.")]


@memory_app.callback()
def memory(context: typer.Context, person: Person = "", since: Since = "", until: Until = "") -> None:
    """Everything she knows of you, the last told first."""
    if context.invoked_subcommand is None:
        _list("", person, since, until)


@memory_app.command()
def search(
    text: Annotated[str, typer.Argument(help="Words that stand in it.")],
    person: Person = "",
    since: Since = "",
    until: Until = "",
) -> None:
    """What she knows in which these words stand."""
    _list(text, person, since, until)


@memory_app.command()
def people() -> None:
    """The people in your life, as you told her of them."""
    from someone.cli.main import with_house

    found = with_house(lambda house: house.people())
    if not found:
        typer.echo("You haven't told me of anyone yet.")
    for p in found:
        _person(p)


@memory_app.command()
def person(name: Annotated[str, typer.Argument(help="A name, a relation, or both: Mara, 'my sister'.")]) -> None:
    """Who someone is, and what you told her of them."""
    from someone.cli.main import with_house

    for p in with_house(lambda house: house.person(name)):
        _person(p)
        _facts(p.facts)


@memory_app.command()
def days(limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many days.")] = 14) -> None:
    """Your days together, and what mattered in them."""
    from someone.cli.main import with_house

    found = with_house(lambda house: house.days(limit))
    if not found:
        typer.echo("Nothing yet.")
    for day in found:
        _day(day)


@memory_app.command()
def correct(
    number: Annotated[str, typer.Argument(help="The number of the fact, as listed.")],
    text: Annotated[str, typer.Argument(help="What is right, in your words; nothing: it is simply not so.")] = "",
) -> None:
    """Tell her that something is not so, and what is right."""
    from someone.cli.main import with_house

    now = with_house(lambda house: house.correct(number, text))
    typer.echo("Thank you. I have it right now:" if now else "Thank you. I no longer believe that.")
    _facts(now)


@memory_app.command()
def forget(
    number: Annotated[str, typer.Argument(help="The number of the fact, as listed.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Forget a fact for good: the moments that it stands in, and every reply that stood on them."""
    from someone.cli import show
    from someone.cli.main import with_house

    async def forgetting(house: House) -> int:
        found = await house.behind(number)
        show.moments(found)
        counted = show.counted(len(found), "moment")
        if not yes and not typer.confirm(f"Forget {counted} and every reply that stood on them?"):
            return 0
        return await house.forget([m.id for m in found])

    gone = with_house(forgetting)
    typer.echo(f"Forgotten: {show.counted(gone, 'moment')}." if gone else "Nothing was forgotten.")


@memory_app.command()
def merge(
    one: Annotated[str, typer.Argument(help="A name of the one.")],
    other: Annotated[str, typer.Argument(help="A name of the other.")],
) -> None:
    """Tell her that two of your people are one and the same."""
    from someone.cli.main import with_house

    typer.echo("They are one now:")
    _person(with_house(lambda house: house.merge(one, other)))


def _list(text: str, person: str, since: str, until: str) -> None:
    from someone.cli.main import with_house

    found = with_house(lambda house: house.memory(text, person, since, until))
    if not found:
        typer.echo("Nothing that fits." if text or person or since or until else "You haven't told me much yet.")
    _facts(found)


def _facts(found: Sequence[FactView]) -> None:
    from someone.cli.talking import visible

    for f in found:
        about = "" if f.about == "you" else f"  [{visible(f.about)}]"
        typer.echo(f"  #{f.id:<6} {f.told_at.astimezone():%d %b %Y}  {visible(f.statement)}{about}{_held(f)}")


def _held(f: FactView) -> str:
    """What is to be said of its time: wrong, over, or from when it holds."""
    if f.wrong:
        return "  (not so, you said)"
    if f.until is not None and not f.current and not f.happened:
        return f"  (until {f.until.astimezone():%B %Y})"
    if f.since is not None:
        return f"  ({'' if f.happened else 'since '}{f.since.astimezone():%B %Y})"
    return ""


def _person(p: PersonView) -> None:
    from someone.cli.talking import visible

    also = ", ".join(n for n in p.names if n != p.name)
    who = " ".join(x for x in (visible(p.name), f"({visible(also)})" if also else "") if x)
    typer.secho(who, bold=True, nl=False)
    times = {1: "once", 2: "twice"}.get(p.times, f"{p.times} times")
    kin = f"your {p.relation}; " if p.relation and p.names else ""
    typer.echo(f"  {kin}came up {times}, last on {p.last_at.astimezone():%d %b %Y}")
    if p.birthday:
        typer.echo(f"    {visible(p.birthday)}")


def _day(day: DayView) -> None:
    from someone.cli.show import counted

    typer.secho(f"{day.day:%A, %d %B %Y}", bold=True, nl=False)
    felt = f", I felt {', then '.join(day.feelings)}" if day.feelings else ""
    typer.echo(f"  {counted(day.lines, 'line')} from you{felt}")
    if day.people:
        typer.echo(f"  About: {', '.join(day.people)}")
    _facts(day.facts)
