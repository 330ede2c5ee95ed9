"""The journal's file, looked at without SQLite: is it whole, is it ours, may it be written? Nothing here changes a file
that is already there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from someone.errors import HomeReadOnly, JournalDamaged, JournalForeign

PAGE = 4096
"""Bytes of a page, SQLCipher 4's default."""
SALT = 16
"""Bytes of salt in clear at the head of the first page."""
RESERVE = 80
"""Bytes kept at the end of each page: 16 of IV, 64 of HMAC-SHA512."""
_SAMPLE = 64  # pages looked at before a file counts as not ours


def sidecars(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may lay beside it."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def make_folder(folder: Path) -> None:
    """Make the folder, for its owner alone (0700), where it is missing. Raises HomeReadOnly."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeReadOnly from error


def require_writable(path: Path) -> None:
    """Raises HomeReadOnly where the folder, or the file or one beside it, can't be written."""
    there = [path.parent, *(f for f in (path, *sidecars(path)) if f.exists())]
    if not all(os.access(f, os.W_OK) for f in there):
        raise HomeReadOnly


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _authentic(page: bytes, number: int, mac_key: bytes) -> bool:
    """Whether a page's HMAC holds. SQLCipher 4: HMAC-SHA512 over the ciphertext, the IV and the page's number (32 bits,
    little-endian): https://www.zetetic.net/sqlcipher/design/.
    """
    start = SALT if number == 1 else 0
    covered = page[start : PAGE - 64] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(mac_key, covered, "sha512"), page[PAGE - 64 :])


def _first_pages(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as file:
            return [page for _ in range(_SAMPLE) if len(page := file.read(PAGE)) == PAGE]
    except IsADirectoryError:
        raise JournalForeign from None
    except PermissionError:
        raise HomeReadOnly("The journal file can't be read.") from None
    except OSError as error:
        raise JournalDamaged("The disk can't read the journal file.") from error


def require_ours(path: Path, key: bytes) -> None:
    """See whether ``key`` opens the file, from the pages' HMACs alone.

    One page that holds is enough: the file is ours, and what is wrong with others is damage. Raises JournalForeign, or
    JournalDamaged where the file is too short to hold anything.
    """
    pages = _first_pages(path)
    if not pages:
        raise JournalDamaged("The journal file is empty or cut short.")
    salt = bytes(byte ^ 0x3A for byte in pages[0][:SALT])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
    holds = [_authentic(page, number, mac_key) for number, page in enumerate(pages, start=1)]
    if not any(holds):
        raise JournalForeign
    # A first page that was torn by a power cut is still whole in the write-ahead log, from where SQLite restores it.
    wal = sidecars(path)[0]
    if not holds[0] and not (wal.exists() and wal.stat().st_size):
        raise JournalDamaged("The first page of the journal file is damaged.")


def require_absent(path: Path) -> None:
    """Before a new journal is laid: a write-ahead log without its file means that the file was lost, not that it never
    was. Raises JournalDamaged.
    """
    if sidecars(path)[0].exists():
        raise JournalDamaged(
            "The journal file is missing, though its write-ahead log is there.",
            safe="Nothing was changed.",
            do="Put the file back beside the log; the two belong together.",
        )
