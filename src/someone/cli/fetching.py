"""``someone brains get``: the list of stronger brains, and fetching one of them."""

from __future__ import annotations

import os

import typer

from someone import bootstrap_brains
from someone.errors import BrainUnknown
from someone.views import OfferView


def offers() -> None:
    """What can be fetched, and which of them this machine can hold."""
    memory = _memory_gb()
    listed = bootstrap_brains.offers(memory)
    typer.echo(
        "Stronger brains that can come to this machine: one file each, fetched once. Nothing about you is sent.\n"
    )
    for o in listed:
        typer.echo(f"{'→ ' if o.fits else '  '}{o.name}{'  (here)' if o.here else ''}: {o.why}.")
        typer.echo(f"      {o.model}; {o.licence}; about {o.gigabytes} GB; for {o.memory} GB of memory or more")
    fits = any(o.fits for o in listed)
    says = f"The arrow is what fits this machine ({memory:.0f} GB)." if fits else "This machine can hold none of them."
    typer.echo(f"\n{says} `someone brains get NAME` fetches one.")


def get(name: str, *, yes: bool) -> None:
    """Ask, fetch with a bar, check, and say how to use it. Raises BrainUnknown, FetchFailed, DiskFull."""
    memory = _memory_gb()
    wanted = name.strip().lower()
    offer = next((o for o in bootstrap_brains.offers(memory) if wanted in (o.name, o.spec)), None)
    if offer is None:
        raise BrainUnknown(f"There is no brain '{name}' to fetch.", do="`someone brains get` lists them.")
    if offer.here:
        typer.echo(f"{offer.name} is here already. `someone brains use {offer.spec}` switches to it.")
        return
    if memory < offer.memory * 7 / 8:
        typer.echo(
            f"It wants {offer.memory} GB of memory and this machine has {memory:.0f}: it may be slow, or not start."
        )
    host = offer.address.split("/")[2]
    question = f"Fetch {offer.model}, about {offer.gigabytes} GB, from {host}? Nothing about you is sent."
    if not yes and not typer.confirm(question):
        typer.echo("Nothing was fetched.")
        return
    _with_bar(offer)
    typer.echo("It is here, and it is the file that was meant.")
    typer.echo(
        f"`someone brains try {offer.spec}` shows how fast it is, `someone brains use {offer.spec}` switches to it."
    )


def _with_bar(offer: OfferView) -> None:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    shown = (TextColumn(offer.name), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*shown) as bar:
        task = bar.add_task(offer.name, total=None)
        bootstrap_brains.fetch(offer, lambda there, whole: bar.update(task, completed=there, total=whole or None))


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, OSError, ValueError):  # a system that does not tell
        return 8.0
