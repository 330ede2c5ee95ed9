"""The desktop's notifications where there is no desktop: nothing raised, nothing shown, nothing of the words logged."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from someone.hands.notify import DesktopNotifications


async def test_without_a_desktop_it_says_no_and_logs_no_content(monkeypatch, caplog):
    """Whether the library is there or not: False, and neither name nor words in any log, its own included."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    caplog.set_level(logging.DEBUG)
    desktop = DesktopNotifications()
    assert desktop.available() is (find_spec("desktop_notifier") is not None)
    assert await desktop.show("Iris", "How did the interview go?") is False
    assert "interview" not in caplog.text
    assert "Iris" not in caplog.text
