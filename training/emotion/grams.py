"""The first stage: which n-grams are known, their idf, and 28 logistic regressions over them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from someone.brains.reader import CHARACTERS, hashed, letter_grams, tokens, word_grams

SEEN_IN = (3, 5)
"""Texts that a word n-gram and a character n-gram must occur in to be known."""
FEATURES = 48_000
"""N-grams that are kept: those that tell most about some label (chi squared). 4 + 28 + 3 bytes each in the file."""
C = 3.0
"""Inverse strength of the ridge penalty."""
STEPS = 60
"""Steps of the descent at most; the penalty makes what comes later small."""

Rows = list[tuple[dict[int, int], dict[int, int]]]


def counted(texts: list[str]) -> Rows:
    """For each text its word n-grams and its character n-grams with how often they occur."""
    out: Rows = []
    for text in texts:
        words = tokens(text)
        out.append((hashed(word_grams(words)), hashed(letter_grams(words))))
    return out


@dataclass(frozen=True)
class Vocabulary:
    """``keys``: sorted hashes, uint32 ``(f,)``; ``letters``: which are of characters; ``idf``: float32."""

    keys: np.ndarray
    letters: np.ndarray
    idf: np.ndarray

    def matrix(self, rows: Rows) -> sparse.csr_matrix:
        """Tf-idf as the reader computes it: each kind of unit length, that of characters shortened."""
        kinds = []
        for kind in (0, 1):
            counts = _matrix([row[kind] for row in rows], self.keys, self.letters == bool(kind))
            counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
            length = np.sqrt(np.asarray(counts.multiply(counts).sum(1)).ravel())
            scaled = np.where(length > 0, (CHARACTERS if kind else 1.0) / np.maximum(length, 1e-9), 0)
            kinds.append(sparse.diags(scaled) @ counts)
        return sparse.csr_matrix(kinds[0] + kinds[1], dtype=np.float32)

    def only(self, chosen: np.ndarray) -> Vocabulary:
        return Vocabulary(self.keys[chosen], self.letters[chosen], self.idf[chosen])


def _matrix(rows: list[dict[int, int]], keys: np.ndarray, allowed: np.ndarray) -> sparse.csr_matrix:
    column = {int(k): i for i, k in enumerate(keys) if allowed[i]}
    data, indices, ends = [], [], [0]
    for row in rows:
        there = [(column[k], n) for k, n in row.items() if k in column]
        indices += [i for i, _ in there]
        data += [n for _, n in there]
        ends.append(len(indices))
    return sparse.csr_matrix((np.array(data, np.float32), indices, ends), shape=(len(rows), len(keys)))


def vocabulary(rows: Rows, has: np.ndarray) -> Vocabulary:
    """The n-grams worth knowing. A hash that both kinds share goes to the words."""
    seen = [Counter[int](), Counter[int]()]
    for row in rows:
        seen[0].update(row[0].keys())
        seen[1].update(row[1].keys())
    of_words = {k for k, n in seen[0].items() if n >= SEEN_IN[0]}
    of_letters = {k for k, n in seen[1].items() if n >= SEEN_IN[1]} - of_words
    keys = np.array(sorted(of_words | of_letters), np.uint32)
    letters = np.array([int(k) in of_letters for k in keys])
    often = np.array([seen[int(a)][int(k)] for k, a in zip(keys, letters, strict=True)])
    whole = Vocabulary(keys, letters, (np.log((1 + len(rows)) / (1 + often)) + 1).astype(np.float32))
    x = whole.matrix(rows)
    seen_with = x.T @ has.astype(np.float32)
    expected = np.asarray(x.sum(0)).T @ has.mean(0, keepdims=True)
    told = ((seen_with - expected) ** 2 / np.maximum(expected * (1 - has.mean(0)), 1e-9)).max(1)
    return whole.only(np.sort(np.argsort(-told)[:FEATURES]))


def fit(x: sparse.csr_matrix, has: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights ``(f, 28)`` and biases ``(28,)``: all labels' regressions by one L-BFGS (Liu & Nocedal 1989)."""
    y, (n, f), k = has.astype(np.float32), x.shape, has.shape[1]
    turned = sparse.csr_matrix(x.T)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        at = flat.astype(np.float32).reshape(f + 1, k)
        logits = x @ at[:f] + at[f]
        total = float((np.logaddexp(0, logits) - y * logits).sum()) + float((at[:f] ** 2).sum()) / (2 * C)
        back = 1 / (1 + np.exp(-logits)) - y
        return total / n, np.vstack([turned @ back + at[:f] / C, back.sum(0)]).ravel().astype(np.float64) / n

    start = np.zeros((f + 1, k))
    start[f] = np.log((has.mean(0) + 1e-4) / (1 - has.mean(0)))
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 6})
    at = found.x.reshape(f + 1, k).astype(np.float32)
    return at[:f], at[f]


def out_of_fold(x: sparse.csr_matrix, has: np.ndarray, folds: int = 3) -> np.ndarray:
    """Logits of each text from regressions that have not seen it, float32 ``(n, 28)``."""
    fold = np.random.default_rng(0).integers(0, folds, x.shape[0])
    out = np.zeros(has.shape, np.float32)
    for f in range(folds):
        weights, bias = fit(sparse.csr_matrix(x[fold != f]), has[fold != f])
        out[fold == f] = x[fold == f] @ weights + bias
        print(f"n-grams: fold {f + 1} of {folds}", flush=True)
    return out
