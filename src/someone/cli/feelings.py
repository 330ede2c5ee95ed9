"""`someone feelings`: how she feels, and what moved her lately. What is printed reads well aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from someone.views import FeelingsView, FeltView


def feelings(limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many.")] = 12) -> None:
    """How she feels, and what moved her lately, with the moments behind it."""
    from someone.cli.main import with_house

    show(with_house(lambda house: house.feelings(limit)))


def show(seen: FeelingsView) -> None:
    from someone.cli.talking import visible

    typer.secho(f"I feel {visible(seen.feeling)}, because {visible(seen.why)}.", bold=True)
    typer.echo(f"My mood is {seen.mood.word}.")
    if not seen.felt:
        typer.echo("Nothing has moved me yet.")
    for felt in seen.felt:
        _felt(felt)


def _felt(felt: FeltView) -> None:
    from someone.cli.talking import visible

    because = f", because {visible(felt.why)}" if felt.why else ""
    behind = f"  ({', '.join(f'#{i}' for i in felt.cause)})" if felt.cause else ""
    named = visible(felt.name or felt.feeling)
    typer.echo(f"  {felt.at.astimezone():%d %b %Y, %H:%M}  {strength(felt.intensity)}{named}{because}{behind}")


def strength(intensity: float) -> str:
    """How strong, in a word; nothing between."""
    if intensity >= STRONG:
        return "strong "
    return "mild " if intensity < MILD else ""


STRONG = 0.6
MILD = 0.35
"""Intensities from which an emotion is called strong, and below which mild: thirds of those that are felt."""
