"""How well the person's emotion is read: ``python -m evals.emotion --data FILE [--limit N] [--cache FOLDER]``.

FILE is in GoEmotions' format: a line is text, label numbers joined by commas, id; tab-separated. Each text goes the way it
goes in a turn: embedded as recall embeds it, then through the bundled reader. The last line printed is one JSON object:
macro and micro F1 over the 28 labels, F1 by label, how often a tone was read and was right (a label of that tone is among
those of the raters), and milliseconds a text after the embedding and for it. No content is printed. Data: Demszky et al.
2020, CC BY 4.0.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np

from someone.brains.reader import bundled
from someone.memory.embedders import E5
from someone.mind.emotions import LABELS, TONES, Reading, tone
from training.emotion import data
from training.emotion.vectors import Vectors


def score(readings: list[Reading], has: np.ndarray) -> dict[str, Any]:
    """The figures over the readings and which labels the raters gave: bool, shape ``(n, 28)``."""
    named = np.array([[label in r.labels for label in LABELS] for r in readings])
    right, told, there = (named & has).sum(0), named.sum(0), has.sum(0)
    by_label = 2 * right / np.maximum(told + there, 1)
    tones = [tone(r) for r in readings]
    read = [(t, row) for t, row in zip(tones, has, strict=True) if t is not None]
    fits = [any(row[LABELS.index(label)] for label in TONES[t]) for t, row in read]
    return {
        "texts": len(readings),
        "macro_f1": round(float(by_label.mean()), 4),
        "micro_f1": round(float(2 * right.sum() / max(1, told.sum() + there.sum())), 4),
        "f1": {label: round(float(f), 3) for label, f in zip(LABELS, by_label, strict=True)},
        "tone_read": round(len(read) / max(1, len(readings)), 4),
        "tone_right": round(float(np.mean(fits)), 4) if fits else None,
    }


def milliseconds(seconds: list[float]) -> dict[str, float]:
    return {f"p{p}": round(float(np.percentile(seconds, p)) * 1e3, 3) for p in (50, 95)}


def main() -> None:
    ask = argparse.ArgumentParser(prog="evals.emotion", description="F1 of the emotion reader.")
    ask.add_argument("--data", type=Path, required=True, help="a file in GoEmotions' format")
    ask.add_argument("--limit", type=int, help="the first so many texts")
    ask.add_argument("--cache", type=Path, help="a folder for vectors between runs")
    given = ask.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    texts, has = data.read(given.data)
    texts, has = texts[: given.limit], has[: given.limit]
    embedder = E5()
    known = Vectors(embedder, given.cache)
    reader = bundled(embedder)
    readings: list[Reading] = []
    embedding, reading = [], []
    for text in texts:
        began = time.perf_counter()
        cached = known.knows(text)
        vector = known.of([text])[0]
        embedded = time.perf_counter()
        readings.append(reader.reading(reader.logits(text, vector)))
        reading.append(time.perf_counter() - embedded)
        embedding += [] if cached else [embedded - began]
    known.save()
    line = {"eval": "emotion", "embedder": embedder.name} | score(readings, has) | {"ms": milliseconds(reading)}
    print(json.dumps(line | ({"embedding_ms": milliseconds(embedding)} if embedding else {})))


if __name__ == "__main__":
    main()
