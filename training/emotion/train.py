"""Train the reader of emotions on GoEmotions and write its one data file.

    python -m training.emotion.train --data train.tsv --cache FOLDER [--embed N] [--out src/someone/data/emotion.npz]

Needs scipy (``uv pip install scipy``); what is written needs numpy alone. Only the texts of ``--data`` are
used, for the thresholds too: each text's logits come from parts that have not seen it. ``--embed``: how many texts are
embedded for the second stage (some 20 ms each on two cores; all by default); the first stage always has all of them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from someone.brains.reader import HEAD, EmotionReader
from someone.mind.emotions import LABELS
from training.emotion import data, grams, head, vectors

HALVES = 40
"""Random halves over which the best threshold of a label is averaged: the best of one set is the luck of a few texts
where a label is rare."""


def threshold(logits: np.ndarray, has: np.ndarray, weight: np.ndarray) -> float:
    """The logit from which naming the label gives the best F1, averaged over random halves."""
    draw = np.random.default_rng(2)
    found = []
    for _ in range(HALVES):
        half = draw.permutation(len(logits))[: len(logits) // 2]
        by = half[np.argsort(-logits[half], kind="stable")]
        right = np.cumsum(weight[by] * has[by])
        f1 = 2 * right / (np.cumsum(weight[by]) + right[-1] + 1e-9)
        found.append(logits[by[int(f1.argmax())]])
    return float(np.mean(found))


def f1(named: np.ndarray, has: np.ndarray, weight: np.ndarray) -> float:
    """Macro F1 over labels, weighted by text."""
    w = weight[:, None]
    both = (w * (named & has)).sum(0)
    return float(np.mean(2 * both / np.maximum((w * named).sum(0) + (w * has).sum(0), 1e-9)))


def packed(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights in 8 bits and the step of each label."""
    step = np.abs(weights).max(0) / 127
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


def first_stage(texts: list[str], has: np.ndarray) -> tuple[grams.Vocabulary, np.ndarray, np.ndarray, np.ndarray]:
    """The n-grams, each text's logits from regressions that have not seen it, and the weights and biases over all."""
    rows = grams.counted(texts)
    vocabulary = grams.vocabulary(rows, has)
    x = vocabulary.matrix(rows)
    print(x.shape, "n-grams", flush=True)
    unseen = grams.out_of_fold(x, has)
    return vocabulary, unseen, *grams.fit(x, has)


def second_stage(
    texts: list[str], has: np.ndarray, unseen: np.ndarray, known: vectors.Vectors, most: int | None
) -> dict[str, np.ndarray]:
    """The head and the thresholds, from the texts that have vectors; ``most``: how many are embedded, or all."""
    at = np.array(vectors.order(has))[:most]
    embedded = known.of([texts[i] for i in at])
    weight = vectors.weights(has, at)
    logits = head.out_of_fold(unseen[at], embedded, has[at], weight)
    thresholds = np.array([threshold(logits[:, c], has[at, c], weight) for c in range(len(LABELS))], np.float32)
    print("macro F1 on texts that were not seen:", f1(logits >= thresholds, has[at], weight), flush=True)
    second = head.fit(unseen[at], embedded, has[at], weight)
    counts = np.array([len(texts), len(at)])
    return {"thresholds": thresholds, "texts": counts} | {name: second[name].astype(np.float16) for name in HEAD}


def train(texts: list[str], has: np.ndarray, known: vectors.Vectors, most: int | None) -> dict[str, np.ndarray]:
    """All that the reader needs, by name; see :class:`someone.brains.reader.EmotionReader`."""
    vocabulary, unseen, weights, bias = first_stage(texts, has)
    eight, step = packed(weights)
    return {
        "keys": vocabulary.keys,
        "letters": vocabulary.letters,
        "idf": vocabulary.idf.astype(np.float16),
        "weights": eight,
        "scale": step,
        "bias": bias,
    } | second_stage(texts, has, unseen, known, most)


def main() -> None:
    ask = argparse.ArgumentParser(prog="training.emotion.train", description="Train the reader of emotions.")
    ask.add_argument("--data", type=Path, required=True, help="GoEmotions' train.tsv")
    ask.add_argument("--cache", type=Path, required=True, help="a folder for vectors between runs")
    ask.add_argument("--embed", type=int, help="embed so many texts for the second stage, not all")
    ask.add_argument("--out", type=Path, default=Path("src/someone/data/emotion.npz"))
    given = ask.parse_args()
    from someone.memory.embedders import E5

    embedder = E5()
    if embedder.name != EmotionReader.EMBEDDER:
        raise SystemExit(f"the reader is made for {EmotionReader.EMBEDDER}")
    texts, has = data.read(given.data)
    known = vectors.Vectors(embedder, given.cache)
    parts = train(texts, has, known, given.embed)
    known.save()
    np.savez_compressed(given.out, **parts)  # pyright: ignore[reportArgumentType]
    size = given.out.stat().st_size
    print(json.dumps({"wrote": str(given.out), "bytes": size, "texts": parts["texts"].tolist()}))


if __name__ == "__main__":
    main()
