"""Run every benchmark and keep its JSON line in docs/results/bench.jsonl with the date."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import latency_page

RESULTS = Path(__file__).parent.parent / "docs" / "results" / "bench.jsonl"
COMMANDS = (
    ("bench.start",),
    ("bench.append", "--moments", "2000"),
    ("bench.naming",),
    ("bench.appraisal",),
    ("bench.brain",),
    ("bench.recall", "--moments", "10000"),
    ("bench.turn", "--moments", "1000"),
    ("bench.turn", "--moments", "10000", "--brain", "none"),
    ("bench.night", "--moments", "200"),
    ("bench.voice",),
    ("bench.turn_end",),
    ("bench.skills",),
    ("bench.past", "--messages", "100000", "--mbox-mb", "400"),
)


def run(commands: tuple[tuple[str, ...], ...], results: Path) -> None:
    """Run each module as a command; append its last line to ``results``; stop at the first that fails."""
    results.parent.mkdir(parents=True, exist_ok=True)
    for command in commands:
        print("python -m", *command, flush=True)
        done = subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True, text=True)
        last = done.stdout.strip().splitlines()[-1]
        print(last, flush=True)
        kept = {"at": datetime.now(UTC).strftime("%Y-%m-%d"), "command": " ".join(command)} | json.loads(last)
        with results.open("a", encoding="utf8") as file:
            file.write(json.dumps(kept) + "\n")


if __name__ == "__main__":
    run(COMMANDS, RESULTS)
    latency_page.main()
