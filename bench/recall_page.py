"""Measure recall and write docs/results/recall.md with its plot: quality on LoCoMo, time at growing sizes, beside others.

    python -m bench.recall_page [--data locomo.json] [--moments 10000 100000 1000000] [--compare-up-to 100000] [--cache F]

Each run's last line is kept in docs/results/recall.jsonl, the newest of each kind; the page and the plot are written
from these lines. With ``--moments`` and nothing after it, and no ``--data``, the page is only written anew.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import machine

FOLDER = Path(__file__).parent.parent / "docs" / "results"
LINES, PAGE, PLOT = FOLDER / "recall.jsonl", FOLDER / "recall.md", FOLDER / "recall.svg"
BARS = {10_000: 15, 100_000: 40, 1_000_000: 120}
"""What a recall may take (p95, milliseconds) at a number of moments."""

CATEGORIES = {"1": "multi-hop", "2": "when", "3": "open", "4": "single-hop", "5": "unanswerable"}
COLOURS = {"someone": "#b4552d", "bm25": "#5b7f95", "lancedb": "#7a9a5b", "chroma": "#9a7bb0", "bar": "#999999"}
NOTES = {
    "someone": "words and meaning, encrypted",
    "bm25": "full text alone, FTS5's ranking, encrypted",
    "lancedb": "the same vectors, defaults",
    "chroma": "the same vectors, defaults",
}

Line = dict[str, Any]


def measured(*command: str) -> Line:
    """Run a module; its last line, with the date and the machine."""
    print("python -m", *command, flush=True)
    done = subprocess.run([sys.executable, "-m", *command], check=True, stdout=subprocess.PIPE, text=True)
    line = json.loads(done.stdout.strip().splitlines()[-1])
    return {"at": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": machine()} | line


def kept(new: list[Line]) -> list[Line]:
    """All lines, the new ones in the place of those of the same kind and size."""
    lines = [json.loads(line) for line in LINES.read_text("utf8").splitlines()] if LINES.exists() else []
    by_kind = {(line.get("eval"), line.get("moments")): line for line in lines + new}
    FOLDER.mkdir(parents=True, exist_ok=True)
    LINES.write_text("".join(json.dumps(line) + "\n" for line in by_kind.values()), "utf8")
    return list(by_kind.values())


def table(head: list[str], rows: list[list[Any]]) -> str:
    cells = [head, ["---"] * len(head), *[["-" if c is None else str(c) for c in row] for row in rows]]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def systems(line: Line) -> dict[str, Line]:
    return {"someone": line} | line.get("others", {})


def quality(line: Line) -> str:
    """The part about what is found."""
    head = ["", "recall@5", "@10", "@20", "@50", *(f"{name} @10" for name in CATEGORIES.values()), "ms p50", "p95"]
    rows = [
        [f"**{name}**" if name == "someone" else name, *(s[f"recall@{k}"] for k in (5, 10, 20, 50)),
         *(s["by_category"][c]["10"] for c in CATEGORIES), s["ms_p50"], s["ms_p95"]]
        for name, s in systems(line).items()
    ]  # fmt: skip
    return f"""## What is found

{line["questions"]} questions over the conversations of a LoCoMo file, each conversation one bond: the mean share of a question's
evidence among the first hits. No language model; embedder {line["embedder"]}. {line["at"]}, {line["machine"]}.

{table(head, rows)}

Without category 5: @5 {line["answerable_recall@5"]}, @10 {line["answerable_recall@10"]}. Whether an answer is there at all: area
under the curve {line["abstention_auc"]}. The first ten hits are {line["tokens_handed_on"]} tokens."""


def speed(lines: list[Line]) -> str:
    """The part about time and space."""
    head = ["moments", "recall p50 ms", "p95 ms", "may take", "embedding alone p50", "p95", "first ms",
            "indexing p50 ms", "bytes a moment", "process MB"]  # fmt: skip
    rows = [
        [f"{line['moments']:,}", line["p50_ms"], line["p95_ms"], BARS.get(line["moments"]),
         line["embedding_alone_p50_ms"], line["embedding_alone_p95_ms"], line["first_ms"], line["index_p50_ms"],
         line["growth_bytes_per_moment"], line["resident_mb"]]
        for line in lines
    ]  # fmt: skip
    beside = [
        [f"{line['moments']:,}", name, s["p50_ms"], s["p95_ms"], s.get("build_s")]
        for line in lines
        for name, s in systems(line).items()
        if "others" in line
    ]
    dates = ", ".join(sorted({f"{line['at']}, {line['machine']}" for line in lines}))
    return f"""## How long it takes

One encrypted bond of made-up moments; a moment is kept and indexed before each recall, as in a talk. Times include the
query's embedding, which is "alone" beside them. "First" is the first recall after a start, which reads the columns. {dates}.

{table(head, rows)}

Beside others, on the same moments, vectors and questions:

{table(["moments", "", "p50 ms", "p95 ms", "built in s"], beside)}

![p95 of a recall by number of moments](recall.svg)"""


def page(lines: list[Line]) -> str:
    evals = [line for line in lines if line.get("eval")]
    sizes = sorted((line for line in lines if line.get("moments")), key=lambda line: line["moments"])
    left_out = {name: why for line in lines for name, why in line.get("left_out", {}).items()}
    notes = [f"- {name}: {note}" for name, note in NOTES.items()]
    notes += [f"- {name} was left out: {why}" for name, why in left_out.items()]
    parts = ["# Recall", "Written by `bench.recall_page` from its runs; not edited by hand.", "\n".join(notes)]
    parts += [quality(line) for line in evals] + ([speed(sizes)] if sizes else [])
    return "\n\n".join(parts) + "\n"


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 60, 110, 20, 50


def plot(lines: list[Line]) -> str:
    """p95 by size, both on logarithmic scales, as SVG."""
    series: dict[str, list[tuple[float, float]]] = {"bar": sorted((float(n), float(ms)) for n, ms in BARS.items())}
    for line in sorted((line for line in lines if line.get("moments")), key=lambda line: line["moments"]):
        for name, s in systems(line).items():
            series.setdefault(name, []).append((line["moments"], s["p95_ms"]))
    points = [point for some in series.values() for point in some]
    low_x, high_x = (math.log10(f(x for x, _ in points)) for f in (min, max))
    low_y, high_y = math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points)))

    def at(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - low_x) / (high_x - low_x or 1)
        up = (math.log10(y) - low_y) / (high_y - low_y or 1)
        return LEFT + right * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        'font-size="12" fill="#333"><rect width="100%" height="100%" fill="#fff"/>'
    ]
    for power in range(low_y, high_y + 1):
        x, y = at(10**low_x, 10**power)
        out.append(f'<path d="M{x:.0f} {y:.1f}H{WIDTH - RIGHT}" stroke="#e4e4e4"/>')
        out.append(f'<text x="{x - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    for n in sorted({x for x, _ in points}):
        x, y = at(n, 10**low_y)
        out.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{n:,.0f}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">moments</text>')
    for name, some in series.items():
        spots = [at(x, y) for x, y in some]
        dashes = ' stroke-dasharray="4 4"' if name == "bar" else ""
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        out.append(f'<path d="M{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"{dashes}/>')
        if name != "bar":
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[name]}"/>' for x, y in spots]
        x, y = spots[-1]
        label = "may take" if name == "bar" else name
        out.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{COLOURS[name]}">{label}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def main(options: argparse.Namespace) -> None:
    runs: list[tuple[str, ...]] = []
    if options.data:
        cache = ("--cache", str(options.cache)) if options.cache else ()
        runs.append(("evals.recall", "--data", str(options.data), "--compare", *cache))
    for moments in options.moments:
        compare = ("--compare",) if moments <= options.compare_up_to else ()
        runs.append(("bench.recall", "--moments", str(moments), *compare))
    for run in runs:
        kept([measured(*run)])
    lines = kept([])
    PAGE.write_text(page(lines), "utf8")
    PLOT.write_text(plot(lines), "utf8")
    print(PAGE, PLOT)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure recall and write its page.")
    parser.add_argument("--data", type=Path, help="a LoCoMo file")
    parser.add_argument("--cache", type=Path, help="a folder for the eval's vectors between runs")
    parser.add_argument("--moments", type=int, nargs="*", default=list(BARS))
    parser.add_argument("--compare-up-to", type=int, default=100_000, help="others are built up to this size")
    main(parser.parse_args())
