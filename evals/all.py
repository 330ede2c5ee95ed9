"""Run the evals whose data lies beside the checkout (../shared/data, or --data DIR) or in it, and keep their JSON lines."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.all import run

RESULTS = Path(__file__).parent.parent / "docs" / "results" / "evals.jsonl"
PROBES = Path(__file__).parent / "data" / "voice_probes.jsonl"
EVALS = (
    ("evals.care", "crisis_dev.jsonl"),
    ("evals.recall", "locomo_dev.json"),
    ("evals.emotion", "goemotions/dev.tsv"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parent.parent.parent / "shared" / "data")
    data = parser.parse_args().data
    there = tuple((module, "--data", str(data / name)) for module, name in EVALS if (data / name).exists())
    if not there:
        print(f"no data in {data}; give --data DIR")
    run(
        (("evals.facts",), ("evals.loops",), ("evals.becoming",), *there, ("evals.voice", "--data", str(PROBES))),
        RESULTS,
    )


if __name__ == "__main__":
    main()
