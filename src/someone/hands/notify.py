"""Notifications of the desktop, through the optional ``desktop-notifier`` (``pip install 'someone[notify]'``).

It speaks to this machine's own notification service (D-Bus, Notification Centre, Windows): nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import logging
from importlib.util import find_spec

log = logging.getLogger("someone.hands")

PATIENCE_S = 5.0
"""Seconds that the desktop has to take a notification."""


class DesktopNotifications:
    """Implements ports.Notifier."""

    def available(self) -> bool:
        """Whether the library is installed; whether a desktop is there shows at the first notification."""
        return find_spec("desktop_notifier") is not None

    async def show(self, title: str, text: str) -> bool:
        """Show it; False where no desktop took it. Never raises: what could not be shown here waits on her page."""
        if not self.available():
            return False
        try:
            from desktop_notifier import DesktopNotifier  # pyright: ignore[reportMissingImports] - optional

            logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)  # it logs what it shows
            shown = asyncio.Event()
            async with asyncio.timeout(PATIENCE_S):
                # It hides its own failures: only this callback tells that the desktop took it.
                await DesktopNotifier(app_name="Someone").send(title=title, message=text, on_dispatched=shown.set)
        except Exception as fault:  # noqa: BLE001 - the boundary of a foreign service; each system raises its own
            log.info("no desktop notification: %s", type(fault).__name__)
            return False
        return shown.is_set()
