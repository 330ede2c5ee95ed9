"""Where the time of one turn goes, drawn: docs/results/latency.md and latency.svg from the newest kept measurements.

    python -m bench.latency_page

Reads docs/results/bench.jsonl (``bench.all`` writes it) and measures nothing itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "docs" / "results"
KEPT, PAGE, PLOT = FOLDER / "bench.jsonl", FOLDER / "latency.md", FOLDER / "latency.svg"

WIDTH, LEFT, ROW = 720, 110, 34
STAGES = ("heard", "care", "recall", "appraise", "deliberate", "speak", "journal")
SHADES = ("#7a9e9f", "#b8d8d8", "#4f6367", "#eef5db", "#fe9f5b", "#fe5f55", "#c7c7c7")

Line = dict[str, Any]


def newest(lines: list[Line], bench: str, **fits: Any) -> Line | None:
    """The last line of this benchmark whose fields are these."""
    found = [x for x in lines if x.get("bench") == bench and all(x.get(k) == v for k, v in fits.items())]
    return found[-1] if found else None


def page(lines: list[Line]) -> str:
    """The page, or what of it the kept lines allow."""
    out = ["# Where the time goes", "", "Written by `bench.latency_page` from kept runs; not edited by hand.", ""]
    turn = _spoken(lines)
    if turn is not None:
        rows = [
            ("everything but the brain", turn["all_but_brain_ms"], 15),
            ("until the brain's first token", turn["first_token_ms"], 400),
            ("until her first words", turn["first_words_ms"], None),
        ]
        out += [f"## A turn in text ({turn['moments']:,} moments; {turn['at']}, {turn['machine']})", ""]
        out += ["| milliseconds | median | p95 | may take |", "| --- | --- | --- | --- |"]
        out += [f"| {name} | {v['median']} | {v['p95']} | {bar or ''} |" for name, v, bar in rows]
        out += ["", "![the stages of a turn](latency.svg)", ""]
    if (voice := newest(lines, "voice")) is not None:
        first, silence = voice["first_sound_ms"], voice["silence_ms"]
        out += [f"## A turn by voice ({voice['at']})", "", "| milliseconds | median | p95 |", "| --- | --- | --- |"]
        out += [f"| from the last word heard to her first sound | {first['p50']} | {first['p95']} |"]
        out += [f"| from cutting in to her silence | {silence['p50']} | {silence['p95']} |", ""]
    if (start := newest(lines, "start")) is not None:
        out += [f"## Starting ({start['at']})", "", "| seconds | median | p95 |", "| --- | --- | --- |"]
        named = (("someone --help", "help_s"), ("ready to talk", "ready_s"), ("someone say, whole", "say_s"))
        out += [f"| {name} | {start[key]['median']} | {start[key]['p95']} |" for name, key in named]
    return "\n".join(out).rstrip() + "\n"


def _spoken(lines: list[Line]) -> Line | None:
    turns = [x for x in lines if x.get("bench") == "turn" and "first_token_ms" in x]
    return turns[-1] if turns else None


def plot(turn: Line) -> str:
    """Two bars on one scale each: the stages that are ours, and what the brain adds until her first words."""
    stages = [(name, turn["stages_ms"][name]["median"]) for name in STAGES if name in turn["stages_ms"]]
    ours, words = sum(ms for _, ms in stages), turn["first_words_ms"]["median"]
    token = turn["first_token_ms"]["median"]
    before = sum(ms for name, ms in stages if name not in ("speak", "journal"))
    brain = [
        ("ours until then", min(before, token)),
        ("brain reads", max(0.0, token - before)),
        ("first sentence", words - token),
    ]
    rows = [("our stages", stages, ours), ("to first words", brain, words)]
    height = 46 + len(rows) * (ROW + 58)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="12" y="24" font-size="15">One turn, {turn["moments"]:,} moments remembered (medians)</text>',
    ]
    for n, (name, parts, whole) in enumerate(rows):
        out += _bar(name, parts, whole, 46 + n * (ROW + 58))
    return "\n".join([*out, "</svg>"]) + "\n"


def _bar(name: str, parts: list[tuple[str, float]], whole: float, y: int) -> list[str]:
    scale = (WIDTH - LEFT - 90) / max(whole, 0.001)
    out = [f'<text x="12" y="{y + 22}">{name}</text>']
    x, label_x = float(LEFT), float(LEFT)
    for (part, ms), shade in zip(parts, SHADES, strict=False):
        out.append(f'<rect x="{x:.1f}" y="{y}" width="{max(0.5, ms * scale):.1f}" height="{ROW}" fill="{shade}"/>')
        out.append(f'<rect x="{label_x:.1f}" y="{y + ROW + 10}" width="10" height="10" fill="{shade}"/>')
        label = f"{part} {ms:.1f}"
        out.append(f'<text x="{label_x + 14:.1f}" y="{y + ROW + 20}" font-size="11">{label}</text>')
        x += ms * scale
        label_x += 22 + 6.2 * len(label)
    out.append(f'<text x="{x + 8:.1f}" y="{y + 22}">{whole:.0f} ms</text>')
    return out


def main() -> None:
    lines = [json.loads(line) for line in KEPT.read_text(encoding="utf8").splitlines()]
    PAGE.write_text(page(lines), encoding="utf8")
    if (turn := _spoken(lines)) is not None:
        PLOT.write_text(plot(turn), encoding="utf8")
    print(json.dumps({"page": str(PAGE.relative_to(FOLDER.parent.parent)), "lines": len(lines)}))


if __name__ == "__main__":
    main()
