"""How well lasting facts are told from other talk: ``python -m evals.facts [--data FILE ...]``.

A data file holds one line of talk each, after ``+ `` (it states something lasting) or ``- `` (it does not). Two sets lie
beside this file, both written before the rules: ``dev.txt``, which the rules were tuned on, and ``apart.txt``, which was
only ever counted. The last line printed is one JSON object: precision and recall of each set, microseconds per line.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from someone.mind.facts import lasting

LINES = Path(__file__).parent / "facts_lines"


def read(path: Path) -> list[tuple[bool, str]]:
    """The labelled lines of a file; blank lines are passed over."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(line[0] == "+", line[2:]) for line in lines if line[:2] in ("+ ", "- ")]


def score(rows: list[tuple[bool, str]]) -> dict[str, float]:
    """Precision and recall of "states something lasting" over labelled lines."""
    began = time.perf_counter()
    found = [bool(lasting(text)) for _, text in rows]
    seconds = time.perf_counter() - began
    right = sum(f and is_one for f, (is_one, _) in zip(found, rows, strict=True))
    return {
        "facts": sum(is_one for is_one, _ in rows),
        "others": sum(not is_one for is_one, _ in rows),
        "precision": round(right / max(1, sum(found)), 4),
        "recall": round(right / max(1, sum(is_one for is_one, _ in rows)), 4),
        "us_per_line": round(1e6 * seconds / max(1, len(rows)), 1),
    }


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(prog="evals.facts", description="Precision and recall of the facts found by rule.")
    ask.add_argument("--data", type=Path, nargs="*", default=[LINES / "dev.txt", LINES / "apart.txt"])
    ask.add_argument("--show", action="store_true", help="print what was missed (M) or wrongly found (W)")
    given = ask.parse_args(argv)
    sets: dict[str, dict[str, float]] = {}
    for path in given.data:
        rows = read(path)
        sets[path.stem] = score(rows)
        for is_one, text in rows if given.show else ():
            if bool(lasting(text)) != is_one:
                print(f"{'M' if is_one else 'W'} {text}")
    print(json.dumps({"eval": "facts", **sets}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
