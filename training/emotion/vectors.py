"""The embedder's vectors of the training texts, made as the product makes them and kept in a folder between runs."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np

from someone.mind.emotions import LABELS
from someone.mind.recall import embedded_part
from someone.ports import Embedder

SAVE_EVERY = 500
NEUTRAL_FIRST = 0.3
"""The share of the texts that are neutral alone which come in their turn; the others of them come last."""


def order(has: np.ndarray, seed: int = 5) -> list[int]:
    """The rows in the order in which they are embedded: shuffled, most of the neutral ones last, so that a run that is
    stopped early has seen every feeling; :func:`weights` makes up for the neutral ones that are missing.
    """
    draw = random.Random(seed)  # noqa: S311  not for secrets
    rows = list(range(len(has)))
    draw.shuffle(rows)
    alone = _neutral_alone(has)
    late = {i for i in rows if alone[i] and draw.random() >= NEUTRAL_FIRST}
    return [i for i in rows if i not in late] + [i for i in rows if i in late]


def weights(has: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A weight for each of ``rows`` that gives the neutral ones among them the share they have in all; mean 1."""
    alone = _neutral_alone(has)
    share, drawn = alone.mean(), alone[rows].mean()
    return np.where(alone[rows], share / max(drawn, 1e-9), (1 - share) / max(1 - drawn, 1e-9)).astype(np.float32)


def _neutral_alone(has: np.ndarray) -> np.ndarray:
    return has[:, LABELS.index("neutral")] & (has.sum(1) == 1)


class Vectors:
    """Query vectors by text, kept in ``folder`` if one is given, in float16."""

    def __init__(self, embedder: Embedder, folder: Path | None) -> None:
        self._embedder = embedder
        self._file = folder / "vectors.npz" if folder else None
        self._known: dict[str, np.ndarray] = {}
        if self._file and self._file.exists():
            with np.load(self._file) as stored:
                self._known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))

    def knows(self, text: str) -> bool:
        return _key(text) in self._known

    def of(self, texts: list[str]) -> np.ndarray:
        """Float32, shape ``(n, 384)``. What is missing is embedded, and kept every so often."""
        for text in texts:
            if not self.knows(text):
                self._known[_key(text)] = self._embedder.query(embedded_part(text)).astype(np.float16)
                if self._file and len(self._known) % SAVE_EVERY == 0:
                    self.save()
                    print(len(self._known), "embedded", flush=True)
        return np.stack([self._known[_key(text)] for text in texts]).astype(np.float32)

    def save(self) -> None:
        if self._file is None or not self._known:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new.npz")
        np.savez(fresh, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        fresh.replace(self._file)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
