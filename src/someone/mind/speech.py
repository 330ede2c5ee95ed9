"""Speech: a stream of words cut into sentences, the unit in which rules read what she is about to say. Pure."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s)|\n+")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|etc|e\.g|i\.e|vs|No)\.$")


def has_markup(sentence: str) -> bool:
    """Whether a chat template's control tokens stand in it: such a sentence was never meant to be spoken."""
    return "<|" in sentence or "|>" in sentence


class Sentences:
    """Feed pieces of a reply, get whole sentences back as soon as they are whole. Concatenated they are the reply."""

    def __init__(self) -> None:
        self._held = ""

    @property
    def rest(self) -> str:
        """What is held and not yet a whole sentence."""
        return self._held

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece completes, each with the white space that follows it."""
        self._held += piece
        out: list[str] = []
        start = 0
        for match in _END.finditer(self._held):
            if _ABBREVIATION.search(self._held, start, match.end()):
                continue
            end = match.end()
            while end < len(self._held) and self._held[end].isspace():
                end += 1
            if end == len(self._held):
                break  # more white space may follow; the sentence is whole once the next word begins
            out.append(self._held[start:end])
            start = end
        self._held = self._held[start:]
        return out

    def end(self) -> str:
        """What is left when the reply is over."""
        left, self._held = self._held, ""
        return left
