"""How long she takes to choose a name out of the whole list.

    python -m bench.naming [--calls 200]

``first_ms`` is the first choice in a fresh process, when no name's sound is known yet; ``warm_*`` those after it. Both
include everything between the arguments and the result: weighing the list, comparing the shortlist with eight people,
and the reason. ``import_ms``, ``read_ms`` (the file) and ``parse_ms`` come before and are given apart. Last line: JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from importlib.resources import files
from itertools import pairwise

PEOPLE = ("Theo", "my sister Mara", "Nora", "Samuel", "Ruth", "Priya", "Björn", "Jean-Luc")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the choice of a name.")
    parser.add_argument("--calls", type=int, default=200)
    calls: int = parser.parse_args().calls

    marks = [time.perf_counter()]
    from someone.mind import naming

    marks.append(time.perf_counter())
    text = files("someone.data").joinpath("names.csv").read_text(encoding="utf-8")
    marks.append(time.perf_counter())
    names = naming.parse(text)
    marks.append(time.perf_counter())
    naming.choose(names, mentioned=PEOPLE, wish="choose", seed=0)
    marks.append(time.perf_counter())
    imported, read, parsed, first = (round((b - a) * 1e3, 2) for a, b in pairwise(marks))

    took: list[float] = []
    chosen: Counter[str] = Counter()
    for seed in range(1, calls + 1):
        start = time.perf_counter()
        chosen[naming.choose(names, mentioned=PEOPLE, wish="choose", seed=seed).name] += 1
        took.append((time.perf_counter() - start) * 1e3)
    took.sort()
    result = {
        "bench": "naming",
        "names": len(names),
        "people": len(PEOPLE),
        "calls": calls,
        "import_ms": imported,
        "read_ms": read,
        "parse_ms": parsed,
        "first_ms": first,
        "warm_ms_p50": round(statistics.median(took), 2),
        "warm_ms_p95": round(took[int(0.95 * (len(took) - 1))], 2),
        "different_names": len(chosen),
        "commonest_share": round(max(chosen.values()) / calls, 3),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
