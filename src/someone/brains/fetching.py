"""Fetching one file whose SHA-256 is known: resumed after a stop, checked, and only then in its place.

The only connection that is ever opened here is to the address that the person asked for (and where it redirects to).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from someone.errors import DiskFull, FetchFailed

if TYPE_CHECKING:
    import httpx


PIECE = 1 << 20
"""Bytes read, hashed and written at a time."""
SPARE = 512 << 20
"""Bytes of the disk that are left free."""
PATIENCE_S = 30.0
"""Seconds without a byte after which a connection counts as lost."""

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and those of the whole file."""

_HTTP_PARTIAL, _HTTP_PAST_END = 206, 416


def fetch(address: str, sha256: str, to: Path, progress: Progress, *, spare: int = SPARE) -> Path:
    """Bring the file to ``to``. What came of it before a stop lies beside it as ``.part`` and is gone on with.
    ``spare``: bytes of the disk that stay free.

    Raises FetchFailed (offline, refused, or not the file that was meant: it is then removed) and DiskFull.
    """
    import httpx

    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with httpx.Client(follow_redirects=True, timeout=PATIENCE_S) as http:
            _stream(http, address, part, progress, spare)
    except httpx.HTTPStatusError as e:
        raise FetchFailed(f"The server answered {e.response.status_code}.") from e
    except (httpx.ConnectError, httpx.ConnectTimeout) as e:
        raise FetchFailed("I can't reach the place where the brain lies; this machine seems to be offline.") from e
    except httpx.HTTPError as e:
        raise FetchFailed("The connection broke off.") from e
    except OSError as e:
        raise FetchFailed(f"The file can't be written: {e.strerror}.") from e
    if _digest(part) != sha256:
        part.unlink()
        raise FetchFailed(
            "What came is not the file that was tested, so I threw it away.",
            do="Try again later; if it happens twice, the file has been changed where it lies.",
        )
    part.replace(to)
    return to


def _stream(http: httpx.Client, address: str, part: Path, progress: Progress, spare: int) -> None:
    there = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={there}-"} if there else {}
    with http.stream("GET", address, headers=headers) as response:
        if response.status_code == _HTTP_PAST_END:
            return  # all of it is there already; the checksum says whether it is right
        response.raise_for_status()
        if response.status_code != _HTTP_PARTIAL:
            there = 0  # a server that can't resume begins anew
        whole = there + int(response.headers.get("Content-Length", 0))
        free = shutil.disk_usage(part.parent).free
        if free < whole - there + spare:
            raise DiskFull(
                f"The disk has {free / 1e9:.1f} GB free, and the brain needs {(whole - there) / 1e9:.1f} GB.",
                safe="Nothing was changed.",
                do="Free some space and ask again.",
            )
        with part.open("ab" if there else "wb") as file:
            progress(there, whole)
            for piece in response.iter_bytes(PIECE):
                file.write(piece)
                there += len(piece)
                progress(there, whole)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
