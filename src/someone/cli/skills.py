"""`someone skills`: what she learned to do, what waits for your word, and how to take a thing back."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from someone.house import House
    from someone.views import SkillTextView, SkillView

skills_app = typer.Typer(
    rich_markup_mode=None,
    help="What she learned to do: see it, allow it, take it back.",
    invoke_without_command=True,
)

Name = Annotated[str, typer.Argument(help="The skill's name, as listed.")]


@skills_app.callback()
def skills(context: typer.Context) -> None:
    """Her skills: those in use, those that wait for your word, those on the shelf."""
    from someone.cli.main import with_house

    if context.invoked_subcommand is not None:
        return
    found = with_house(lambda house: house.skills())
    if not found:
        typer.echo(
            "None yet, beyond what I came with. You can teach me: “Let me teach you: when I say ..., you say ...”."
        )
    for view in found:
        _line(view)


@skills_app.command()
def show(name: Name) -> None:
    """A skill's files as they lie there, and what it may do."""
    from someone.cli.main import with_house

    _whole(with_house(lambda house: house.skill(name)))


@skills_app.command()
def approve(name: Name, yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False) -> None:
    """Read a skill and allow exactly that: these files, and what they ask for."""
    from someone.cli.main import with_house

    async def approving(house: House) -> SkillView | None:
        shown = await house.skill(name)
        _whole(shown)
        if not yes and not typer.confirm("Allow exactly this?"):
            return None
        return await house.approve_skill(shown.skill.name, shown.digest)

    allowed = with_house(approving)
    typer.echo("Nothing was allowed." if allowed is None else "Allowed. I can use it from now on.")


@skills_app.command()
def back(name: Annotated[str, typer.Argument(help="The skill; none: the one allowed last.")] = "") -> None:
    """Take a skill back: the version before is in use again, or none."""
    from someone.cli.main import with_house

    view = with_house(lambda house: house.take_back_skill(name))
    if view.state == "off":
        typer.echo(f"Taken back. I don't use “{view.name}” any more; it is kept.")
    else:
        typer.echo(f"Taken back. Version {view.version} of “{view.name}” is in use again.")


@skills_app.command()
def shelve(
    name: Name, off: Annotated[bool, typer.Option("--off", help="Take it out of the shelf again.")] = False
) -> None:
    """Put a skill on the shelf: kept, and not used."""
    from someone.cli.main import with_house

    view = with_house(lambda house: house.shelve_skill(name, not off))
    typer.echo(f"“{view.name}” is out of the shelf again." if off else f"“{view.name}” is on the shelf.")


@skills_app.command()
def install(path: Annotated[str, typer.Argument(help="A skill's folder, or a ZIP of one.")]) -> None:
    """Give her a skill as files. It does nothing until you allow it."""
    from pathlib import Path

    from someone.cli.main import with_house

    there = str(Path(path).expanduser().absolute())
    view = with_house(lambda house: house.install_skill(there))
    _line(view)
    typer.echo(f"It does nothing yet. Read and allow it with `someone skills approve {view.name}`.")


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_STATES = {"approved": "in use", "written": "waits for your word", "shelved": "on the shelf", "off": "taken back"}


def _line(view: SkillView) -> None:
    from someone.cli.talking import visible

    typer.secho(f"  {view.name}", bold=True, nl=False)
    typer.echo(f"  {_STATES[view.state]}{_used(view)}")
    if view.about:
        typer.echo(f"    {visible(view.about)}")
    if may := (view.allowed if view.state == "approved" else view.asks):
        typer.echo(f"    It {' and '.join(may)}.")


def _used(view: SkillView) -> str:
    times = {0: ", not used yet", 1: ", used once", 2: ", used twice"}.get(view.used, f", used {view.used} times")
    return times if view.state in ("approved", "shelved") else ""


def _whole(shown: SkillTextView) -> None:
    from someone.cli.talking import visible

    _line(shown.skill)
    if shown.changed:
        typer.echo("    Its files were changed by hand since I last took them in.")
    typer.echo("")
    typer.echo(plainly(shown.text))
    if shown.code:
        typer.echo("--- scripts/main.py")
        typer.echo(plainly(shown.code))
    if shown.passed >= 0:
        typer.echo(visible(f"Its own examples: {shown.passed} came out right, {shown.failed} did not."))
    may = (
        f"It {' and '.join(shown.may)}, and nothing else." if shown.may else "It may do nothing but work on your words."
    )
    typer.echo(may)


def plainly(text: str) -> str:
    """A file as it is, with what a reader would not see (control and direction marks) written out."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in _UNSEEN else ascii(c)[1:-1] for c in text.replace("\r\n", "\n")
    )
