"""``someone remember``: bring a past from files, batch by batch, and tell what was understood."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from someone.cli.talking import visible

if TYPE_CHECKING:
    from someone.house import House
    from someone.memory.past import Reading
    from someone.mind.past import Counts, Record, Understood

BATCH = 400
"""Records a transaction at most."""
BATCH_CHARACTERS = 400_000
"""Characters a batch, a little more or less: a batch also travels as one line of the owner's socket."""
SHOWN = 8


async def remember(house: House, path: Path, kind: str, me: tuple[str, ...], *, again: bool) -> None:
    """Read the path and keep what it holds. Stopped half way, the same command goes on: nothing is kept twice."""
    from someone import bootstrap
    from someone.mind.past import Counts, Understood

    called = (await house.who()).called
    reading, records = bootstrap.read_past(path, kind, me, called)
    understood, counts = Understood(datetime.now().astimezone()), Counts()
    batches = _batches(records)
    with _progress(reading) as progress:
        try:
            while batch := await asyncio.to_thread(next, batches, ()):
                counts = counts.plus(await house.bring(batch, again=again))
                for record in batch:
                    understood.take(record)
                if progress is not None:
                    progress.update(progress.task_ids[0], completed=reading.at, total=reading.total)
        except asyncio.CancelledError:
            typer.echo(f"Stopped. {counts.fresh:,} are kept; the same command goes on from there.", err=True)
            raise
    for line in told(reading, understood, counts):
        typer.echo(visible(line))


def _batches(records: Iterator[Record]) -> Iterator[tuple[Record, ...]]:
    while True:
        batch: list[Record] = []
        room = BATCH_CHARACTERS
        for record in islice(records, BATCH):
            batch.append(record)
            room -= len(record.moment.text)
            if room <= 0:
                break
        if not batch:
            return
        yield tuple(batch)


def _progress(reading: Reading) -> Any:
    """A bar where someone looks at one, on standard error."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        return nullcontext()
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        TextColumn("Reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=console, transient=True
    )
    progress.add_task("", total=reading.total)
    return progress


def told(reading: Reading, understood: Understood, counts: Counts) -> Iterator[str]:
    """What is said at the end, line by line."""
    if not understood.kinds:
        yield "There were no words in it that I could keep."
    else:
        yield f"I read {_listed(understood.kinds)}."
        yield from _counted(counts)
        yield from _dates(understood)
        yield from _people(understood)
    if reading.skipped:
        yield "I left out:"
        yield from (f"  {number:,} {reason}" for reason, number in reading.skipped.most_common())
    yield from reading.notes
    if understood.kinds:
        yield "It can be found by its words now. Finding by meaning follows, bit by bit, while I'm awake."
        yield f"To take it back: {' or '.join(_undo(understood))}"


def _counted(counts: Counts) -> Iterator[str]:
    had = f" {counts.known:,} I had already." if counts.known else ""
    yield f"New: {counts.fresh:,}.{had}"
    if counts.forgotten:
        yield f"{counts.forgotten:,} you had me forget. They stay forgotten; --again brings them back."


def _dates(understood: Understood) -> Iterator[str]:
    if understood.first and understood.last:
        first, last = understood.first.astimezone(), understood.last.astimezone()
        yield f"From {first.day} {first:%B %Y} to {last.day} {last:%B %Y}."
    if understood.undated:
        yield f"{understood.undated:,} without a date."
    if understood.ahead:
        yield f"{understood.ahead:,} with a date in the future. I keep that date, and file them under today."


def _people(understood: Understood) -> Iterator[str]:
    if understood.mine:
        yield f"Yours: {sum(understood.mine.values()):,}, as {', '.join(n or 'you' for n in understood.mine)}."
    elif understood.kinds["mail"]:
        yield "None of the mail counts as yours. If some is, take it back and name your address with --me."
    if understood.people:
        names: Counter[str] = Counter()
        for (name, _), number in understood.people.items():
            names[name] += number
        more = f", and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
        yield f"Others: {_listed(Counter(dict(names.most_common(SHOWN))))}{more}."
    for name, addresses in sorted(understood.namesakes.items())[:SHOWN]:
        yield f"{name} writes from {len(addresses)} addresses ({', '.join(addresses[:4])}). I keep them apart."


def _undo(understood: Understood) -> list[str]:
    names = list(understood.origins) if len(understood.origins) == 1 else []
    chosen = names if names and names[0] else list(understood.kinds)
    return [f'someone forget --source "{name}"' for name in chosen]


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in counter.most_common())
