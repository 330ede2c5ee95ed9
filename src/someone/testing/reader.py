"""A reader that needs no model: it knows the words it was told."""

from __future__ import annotations

from someone.mind.emotions import Reading, of


class FakeReader:
    """Implements ports.Reader. ``knows``: a word and how a text that has it is read; any other text is neutral.

    ``asked`` holds the texts that were read, in order.
    """

    def __init__(self, knows: dict[str, Reading] | None = None) -> None:
        self._knows = knows or {}
        self.asked: list[str] = []

    async def read(self, text: str) -> Reading:
        self.asked.append(text)
        for word, reading in self._knows.items():
            if word in text.casefold():
                return reading
        return of(neutral=0.9)
