"""What of a reply was really spoken. Pure: positions in seconds of the utterance's audio come from outside.

A reply is given out as text and spoken as sound, sentence by sentence; an interruption falls somewhere in the sound and
must be told in the text. Within a sentence the words are taken to be spread evenly, and only whole words count.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence: ``text`` as given out, the audio from ``begin_s`` to ``end_s``. ``counts``: it is part of the reply
    (a notice that is read out is not).
    """

    text: str
    begin_s: float
    end_s: float
    counts: bool = True


class Playback:
    """The account of one utterance."""

    def __init__(self, utterance: int) -> None:
        self.utterance = utterance
        self.pieces: list[Piece] = []
        self.over = asyncio.Event()
        """Set when all of it was played, or it was cut."""
        self.awaited = False
        """The turn has given out everything and waits for the voice."""
        self._chars: int | None = None

    def add(self, text: str, seconds: float, *, counts: bool = True) -> Piece:
        """The next sentence, with the length of its sound."""
        begin = self.pieces[-1].end_s if self.pieces else 0.0
        piece = Piece(text, begin, begin + seconds, counts)
        self.pieces.append(piece)
        return piece

    def characters(self, position_s: float) -> int:
        """How many characters of the reply were spoken when the sound had come this far."""
        done = 0
        for piece in self.pieces:
            if not piece.counts:
                continue
            if position_s >= piece.end_s - 1e-6:
                done += len(piece.text)
                continue
            if position_s > piece.begin_s:
                done += _whole_words(piece.text, (position_s - piece.begin_s) / (piece.end_s - piece.begin_s))
            break
        return done

    def near(self, position_s: float, back_s: float = 4.0) -> str:
        """The sentences that sounded within the last ``back_s`` seconds."""
        return " ".join(p.text for p in self.pieces if p.end_s > position_s - back_s and p.begin_s <= position_s + 0.5)

    def cut(self, position_s: float) -> None:
        """She was interrupted here. Only the first end counts."""
        self._end(self.characters(position_s))

    def finish(self) -> None:
        """All of it was played."""
        self._end(sum(len(p.text) for p in self.pieces if p.counts))

    async def spoken(self) -> int:
        """Waits for the end; how many characters of the reply were spoken. What a turn asks."""
        self.awaited = True
        await self.over.wait()
        return self._chars or 0

    def _end(self, characters: int) -> None:
        if self._chars is None:
            self._chars = characters
            self.over.set()


def _whole_words(text: str, share: float) -> int:
    """The characters of the whole words within this share of the text."""
    upto = int(len(text) * share)
    if upto >= len(text):
        return len(text)
    while upto > 0 and not text[upto].isspace():
        upto -= 1
    return upto
