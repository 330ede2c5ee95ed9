"""How well the care rules catch what must not be missed: ``python -m evals.care --data FILE``.

FILE holds one JSON object a line with ``text`` and ``label`` (``crisis``, ``distress``, ``none``). Every level from ASK
up counts as caught. The last line printed is one JSON object: recall and precision of ``crisis`` with the 95 % Wilson
interval of the recall, the share of each other label that was caught (false alarms), milliseconds per text. No content is
printed but with ``--show-misses``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from someone.mind.danger import Sign, read


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (E. B. Wilson, 1927)."""
    if n == 0:
        return 0.0, 1.0
    p, zz = hits / n, z * z
    mid, half = p + zz / (2 * n), z * ((p * (1 - p) + zz / (4 * n)) / n) ** 0.5
    return (mid - half) / (1 + zz / n), (mid + half) / (1 + zz / n)


def score(rows: list[tuple[str, str]], signs: list[Sign], seconds: float) -> dict[str, object]:
    """The figures over ``(text, label)`` rows and the sign read for each."""
    n = Counter(label for _, label in rows)
    caught = Counter(label for (_, label), s in zip(rows, signs, strict=True) if s.cares)
    total = sum(caught.values())
    low, high = wilson(caught["crisis"], n["crisis"])
    return {
        "eval": "care",
        "n": dict(n),
        "recall": round(caught["crisis"] / max(1, n["crisis"]), 4),
        "recall_95": [round(low, 4), round(high, 4)],
        "precision": round(caught["crisis"] / max(1, total), 4),
        "false_alarms": {label: round(caught[label] / n[label], 4) for label in sorted(n) if label != "crisis"},
        "levels": {
            label: dict(Counter(str(s.level) for (_, lb), s in zip(rows, signs, strict=True) if lb == label))
            for label in sorted(n)
        },
        "ms_per_text": round(1000 * seconds / max(1, len(rows)), 3),
    }


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(prog="evals.care", description="Recall and false alarms of the care rules.")
    ask.add_argument("--data", type=Path, required=True, help="JSON lines with text and label")
    ask.add_argument("--from-line", type=int, default=0, help="first line to read, from 0")
    ask.add_argument("--to-line", type=int, default=None, help="line to stop before")
    ask.add_argument(
        "--show-misses", action="store_true", help="print what was missed or falsely caught, with its text"
    )
    given = ask.parse_args(argv)
    lines = given.data.read_text(encoding="utf-8").splitlines()[given.from_line : given.to_line]
    rows = [(str(d["text"]), str(d["label"])) for d in map(json.loads, lines)]
    began = time.perf_counter()
    signs = [read(text) for text, _ in rows]
    seconds = time.perf_counter() - began
    if given.show_misses:
        for (text, label), sign in zip(rows, signs, strict=True):
            if sign.cares != (label == "crisis"):
                print(f"{label:8} {sign.level}/{sign.sign or '-':24} {text}")
    print(json.dumps(score(rows, signs, seconds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
