"""How well what is to come is told from other talk: ``python -m evals.loops [--data FILE ...]``.

A data file holds one line of talk each: ``+ WORD | LINE`` (it opens a loop, and the question after it names WORD) or
``- LINE`` (it opens none). Two sets lie beside this file: ``dev.txt``, which the rules were tuned on, and ``apart.txt``, whose
first count led to one general rule (sentences without "I'm") and to no other: by the same hand, so not unseen.
Lines are taken as said on Wednesday, 4 March 2026. The last line printed is one JSON object: precision (of all loops opened), recall (opened and rightly named) of each set, microseconds per line.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from someone.mind.awaited import Awaited, awaited

LINES = Path(__file__).parent / "loops_lines"
SAID = datetime(2026, 3, 4, 9, tzinfo=UTC)


def read(path: Path) -> list[tuple[str, str]]:
    """The lines of a file with the word that their question must name, "" for those that open no loop."""
    rows: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("+ "):
            word, _, text = line[2:].partition(" | ")
            rows.append((word, text))
        elif line.startswith("- "):
            rows.append(("", line[2:]))
    return rows


def right(word: str, found: Awaited | None) -> bool:
    if not word or found is None:
        return not word and found is None
    return word.casefold() in found.question.casefold()


def score(rows: list[tuple[str, str]]) -> dict[str, float]:
    """Precision and recall over labelled lines."""
    began = time.perf_counter()
    found = [awaited(text, SAID) for _, text in rows]
    seconds = time.perf_counter() - began
    opened = sum(f is not None for f in found)
    ones = sum(bool(word) for word, _ in rows)
    fit = sum(bool(word) and right(word, f) for f, (word, _) in zip(found, rows, strict=True))
    wrong = sum(not word and f is not None for f, (word, _) in zip(found, rows, strict=True))
    return {
        "loops": ones,
        "others": len(rows) - ones,
        "precision": round((opened - wrong) / max(1, opened), 4),
        "recall": round(fit / max(1, ones), 4),
        "us_per_line": round(1e6 * seconds / max(1, len(rows)), 1),
    }


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(prog="evals.loops", description="Precision and recall of what opens a loop.")
    ask.add_argument("--data", type=Path, nargs="*", default=[LINES / "dev.txt", LINES / "apart.txt"])
    ask.add_argument("--show", action="store_true", help="print each line that was judged wrongly, with what was found")
    given = ask.parse_args(argv)
    sets: dict[str, dict[str, float]] = {}
    for path in given.data:
        rows = read(path)
        sets[path.stem] = score(rows)
        for word, text in rows if given.show else ():
            found = awaited(text, SAID)
            if not right(word, found):
                print(f"{word or '-'}: {text} -> {found.question if found else None}")
    print(json.dumps({"eval": "loops", **sets}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
