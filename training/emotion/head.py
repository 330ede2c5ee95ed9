"""The second stage: a linear layer and one hidden layer over vectors and n-gram logits, by AdamW, in numpy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from someone.brains.reader import stacked

Head = dict[str, np.ndarray]

HIDDEN, EPOCHS, BATCH = 192, 24, 128
RATE, DECAY = 1e-3, 0.02
DROP = 0.35
"""The share of hidden units that rest in a step (dropout, Srivastava et al. 2014)."""
AVERAGE = 0.999
"""The parameters are a running mean over steps (Polyak & Juditsky 1992); so much of it stays at each."""


def fit(grams: np.ndarray, vectors: np.ndarray, has: np.ndarray, weight: np.ndarray, seed: int = 0) -> Head:
    """Minimise the weighted binary cross-entropy of each branch, not of their mean: each has to stand by itself."""
    draw = np.random.default_rng(seed)
    x = np.hstack([vectors, grams]).astype(np.float32)
    center, spread = x.mean(0), 1 / (x.std(0) + 1e-6)
    x = (x - center) * spread
    m, k = x.shape[1], has.shape[1]
    prior = np.log((has.mean(0) + 1e-4) / (1 - has.mean(0))).astype(np.float32)
    at: Head = {
        "linear": np.zeros((m, k), np.float32),
        "linear_bias": prior.copy(),
        "hidden": draw.normal(0, (2 / m) ** 0.5, (m, HIDDEN)).astype(np.float32),
        "hidden_bias": np.zeros(HIDDEN, np.float32),
        "out": draw.normal(0, 0.02, (HIDDEN, k)).astype(np.float32),
        "out_bias": prior.copy(),
    }
    y = has.astype(np.float32)
    steps = EPOCHS * -(-len(x) // BATCH)
    descend = _adamw(at, steps)
    for _ in range(EPOCHS):
        for rows in np.array_split(draw.permutation(len(x)), -(-len(x) // BATCH)):
            mask = (draw.random((len(rows), HIDDEN), np.float32) >= DROP).astype(np.float32) / (1 - DROP)
            descend(_gradients(at, x[rows], y[rows], weight[rows, None], mask))
    return {"center": center, "spread": spread} | descend({})


def _gradients(at: Head, x: np.ndarray, y: np.ndarray, weight: np.ndarray, mask: np.ndarray) -> Head:
    n = len(x)
    before = x @ at["hidden"] + at["hidden_bias"]
    unit = np.maximum(before, 0) * mask
    plain = (_chance(x @ at["linear"] + at["linear_bias"]) - y) * weight / n
    deep = (_chance(unit @ at["out"] + at["out_bias"]) - y) * weight / n
    back = deep @ at["out"].T * mask * (before > 0)
    return {
        "linear": x.T @ plain,
        "linear_bias": plain.sum(0),
        "hidden": x.T @ back,
        "hidden_bias": back.sum(0),
        "out": unit.T @ deep,
        "out_bias": deep.sum(0),
    }


def _adamw(at: Head, steps: int) -> Callable[[Head], Head]:
    """AdamW (Loshchilov & Hutter 2019) with a cosine schedule; gives the running mean of the parameters."""
    first = {k: np.zeros_like(v) for k, v in at.items()}
    second = {k: np.zeros_like(v) for k, v in at.items()}
    mean = {k: v.copy() for k, v in at.items()}
    step = 0

    def descend(gradients: Head) -> Head:
        nonlocal step
        step += bool(gradients)
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        stays = min(AVERAGE, step / (step + 9))
        for name, g in gradients.items():
            first[name] += 0.1 * (g - first[name])
            second[name] += 0.001 * (g * g - second[name])
            up = first[name] / (1 - 0.9**step)
            at[name] -= rate * up / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
            if not name.endswith("bias"):
                at[name] *= 1 - rate * DECAY
            mean[name] += (1 - stays) * (at[name] - mean[name])
        return mean

    return descend


def _chance(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def out_of_fold(
    grams: np.ndarray, vectors: np.ndarray, has: np.ndarray, weight: np.ndarray, folds: int = 4
) -> np.ndarray:
    """Logits of each text from a head that has not seen it."""
    fold = np.random.default_rng(1).integers(0, folds, len(has))
    out = np.zeros(has.shape, np.float32)
    for f in range(folds):
        seen, held = fold != f, fold == f
        out[held] = stacked(grams[held], vectors[held], fit(grams[seen], vectors[seen], has[seen], weight[seen]))
    return out
