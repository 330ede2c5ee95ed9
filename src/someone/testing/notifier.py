"""A desktop that remembers what it was shown."""

from __future__ import annotations


class FakeNotifier:
    """Implements ports.Notifier. ``there`` False: nothing can be shown."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.shown: list[tuple[str, str]] = []

    def available(self) -> bool:
        return self.there

    async def show(self, title: str, text: str) -> bool:
        if self.there:
            self.shown.append((title, text))
        return self.there
