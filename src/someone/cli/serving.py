"""``someone`` and ``someone serve``: her page, served to this machine and opened in its browser."""

from __future__ import annotations

import asyncio
import os
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import typer

from someone import bootstrap, settings
from someone.cli.main import passphrase_for
from someone.errors import SomeoneError
from someone.home import Home
from someone.house import House
from someone.owner import at_home
from someone.web.place import Place
from someone.web.seat import Sender, Session
from someone.web.serve import serve as serve_place

if TYPE_CHECKING:
    from someone.bootstrap_voice import VoiceParts


def serve(folder: Path, port: int = 0, open_browser: bool = True) -> None:
    """Serve the page of this home until Ctrl-C. Raises what opening the home raises."""

    def ready(address: str) -> None:
        typer.echo("Her page, on this machine only. This address lets you in once, within ten minutes:")
        typer.echo(f"  {address}")
        typer.echo("Ctrl-C here ends it; what was said is kept. `someone talk` stays in the terminal.")
        if open_browser:
            Thread(target=_open, args=(address,), daemon=True).start()

    asyncio.run(_serve(folder, port, ready))


async def _serve(folder: Path, port: int, ready: Callable[[str], None]) -> None:
    from someone.bootstrap_voice import VoiceParts

    parts = VoiceParts(settings.load())

    @asynccontextmanager
    async def house() -> AsyncIterator[House]:
        async with _house(folder) as opened:
            warming = asyncio.ensure_future(_warm(parts))
            try:
                yield opened
            finally:
                warming.cancel()
                await asyncio.wait((warming,))

    async def session(opened: House, sender: Sender) -> Session:
        who = await opened.who()
        return parts.session(opened, send=sender, feeling=who.feeling)

    try:
        await serve_place(Place(folder, house, session), port, ready)
    finally:
        await parts.aclose()


async def _warm(parts: VoiceParts) -> None:
    """While nobody waits; what is missing is told at the first talk, in words."""
    with suppress(SomeoneError):
        await parts.warm()


@asynccontextmanager
async def _house(folder: Path) -> AsyncIterator[House]:
    async def build() -> Home:
        return await bootstrap.open_home(folder, settings.load(), passphrase_for(folder))

    async with at_home(folder, build) as house:
        yield house


def _open(address: str) -> None:
    """A terminal browser would take the terminal over, and where there is no display there is nothing to open."""
    if os.name == "posix" and not any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY")) and not _is_mac():
        return
    webbrowser.open(address)


def _is_mac() -> bool:
    return os.uname().sysname == "Darwin"
