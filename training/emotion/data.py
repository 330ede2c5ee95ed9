"""GoEmotions' files: tab-separated text, label numbers joined by commas, and an id; no header."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from someone.mind.emotions import LABELS


def read(path: Path) -> tuple[list[str], np.ndarray]:
    """Texts, and which of the 28 labels each has: bool, shape ``(n, 28)``. Raises ValueError naming a broken line."""
    texts: list[str] = []
    rows: list[list[int]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        fields = line.rstrip("\r").split("\t")
        try:
            rows.append([int(x) for x in fields[1].split(",")])
        except (IndexError, ValueError) as e:
            raise ValueError(f"{path.name}, line {number}: no label numbers in the second column") from e
        if not all(0 <= label < len(LABELS) for label in rows[-1]):
            raise ValueError(f"{path.name}, line {number}: labels are 0 to {len(LABELS) - 1}")
        texts.append(fields[0])
    has = np.zeros((len(rows), len(LABELS)), bool)
    for i, labels in enumerate(rows):
        has[i, labels] = True
    return texts, has
