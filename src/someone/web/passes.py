"""Who may come in through the page.

An invitation is a random code that is good once and for a few minutes. The page hands it in and gets a pass: a random
token in a cookie. Only digests are on the disk, in a folder of the home that nobody else may read, so a restart of the
server does not turn an open page away, and who can read the disk still can't come in. Whoever may write into the home may
invite (``someone`` in a second terminal does), which is the person.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from pathlib import Path

FOLDER = "page"
INVITED_FOR_S = 600.0
REMEMBERED = 8
"""Passes kept; the oldest gives way."""


class Passes:
    """The invitations and passes of one home. Blocking, but for ``admits``: call the others on a thread."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._invited = self._folder / "invited"
        self._file = self._folder / "passes.json"
        self._known: list[str] | None = None

    def invite(self) -> str:
        """A new code, good once. Goes into the fragment of the address, which browsers send to no server."""
        self._invited.mkdir(parents=True, exist_ok=True, mode=0o700)
        code = secrets.token_urlsafe(32)
        (self._invited / _digest(code)).touch(mode=0o600)
        return code

    def enter(self, code: str) -> str | None:
        """A pass for this code, which is used up; None when it is unknown, used or too old."""
        if not self._take(_digest(code)):
            return None
        token = secrets.token_urlsafe(32)
        self._known = [*self._load(), _digest(token)][-REMEMBERED:]
        self._file.touch(mode=0o600)
        self._file.write_text(json.dumps(self._known), encoding="utf8")
        return token

    def admits(self, token: str) -> bool:
        """Whether this is a pass. Every known one is compared, each in constant time."""
        if self._known is None:
            self._known = self._load()
        given, found = _digest(token), False
        for known in self._known:
            found |= hmac.compare_digest(given, known)
        return found

    def _take(self, digest: str) -> bool:
        found = False
        for invitation in self._invited.glob("*") if self._invited.exists() else ():
            old = time.time() - invitation.stat().st_mtime > INVITED_FOR_S
            if hmac.compare_digest(invitation.name, digest) and not old:
                found = True
            elif not old:
                continue
            invitation.unlink(missing_ok=True)
        return found

    def _load(self) -> list[str]:
        try:
            known = json.loads(self._file.read_text(encoding="utf8"))
        except (OSError, ValueError):
            return []
        return [k for k in known if isinstance(k, str)] if isinstance(known, list) else []


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf8", "surrogatepass")).hexdigest()
