"""The server's life: a port on this machine only, an invitation, and the open page."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout

from someone.errors import HomeReadOnly, SettingsError
from someone.web import app, wire
from someone.web.passes import FOLDER, Passes
from someone.web.place import Place

ADDRESS = "127.0.0.1"


async def serve(place: Place, port: int, ready: Callable[[str], None]) -> None:
    """Serve until a signal comes. ``port`` 0: the one used last, else any. ``ready`` gets the address to open.

    When the page of this home is served already, ``ready`` gets a fresh address of that one, and this returns.
    Raises SettingsError for a port that is taken, HomeReadOnly, and what opening the home raises.
    """
    folder = _folder(place.folder)
    passes = Passes(place.folder)
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        ready(_address(_last_port(folder), await asyncio.to_thread(passes.invite)))
        return
    try:
        with _bound(port, _last_port(folder)) as bound:
            chosen = bound.getsockname()[1]
            (folder / "port").write_text(str(chosen), encoding="ascii")
            await place.enter()
            ready(_address(chosen, await asyncio.to_thread(passes.invite)))
            await _until_told(uvicorn.Server(_config(place, passes, chosen)), bound)
    finally:
        await place.aclose()
        lock.release()


async def _until_told(server: uvicorn.Server, bound: socket.socket) -> None:
    """Until a signal, or the cancellation of this task; either way the open pages are told and the calls end."""
    serving = asyncio.ensure_future(server.serve(sockets=[bound]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


def _config(place: Place, passes: Passes, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app.build(place, passes, port),
        ws="websockets-sansio",
        ws_max_size=wire.LONGEST_TEXT,
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=64,
        timeout_graceful_shutdown=3,
    )


def _folder(home: Path) -> Path:
    folder = home / FOLDER
    try:
        for part in (home, folder):
            part.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as e:
        raise HomeReadOnly(f"I can't make the home folder {home}: {e.strerror}.") from e
    return folder


def _last_port(folder: Path) -> int:
    """The port of the last time: an installed page and its cookie belong to it. 0 for none."""
    try:
        port = int((folder / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
    return port if 1024 <= port < 65536 else 0  # noqa: PLR2004


def _bound(port: int, last: int) -> socket.socket:
    """A listening socket on the wanted port, else on the last one, else on any."""
    for wanted in (port,) if port else dict.fromkeys((last, 0)):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((ADDRESS, wanted))
            bound.listen(64)
        except OSError:
            bound.close()
        else:
            return bound
    raise SettingsError(f"The port {port} is taken.", do="Give another, or none: one is found.")


def _address(port: int, code: str) -> str:
    return f"http://{ADDRESS}:{port}/#{code}"
