"""A whole turn at a given length of past: everything but the brain, and the embedded brain's first token.

python -m bench.turn --moments 10000 [--turns 60] [--brain embedded|none]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from pathlib import Path

from bench.figures import report, resident_mb, spread
from bench.homes import line, lived
from someone.brains.embedded import EmbeddedBrain
from someone.parts import Done
from someone.testing.brains import ScriptedBrain


async def turns(home, lines: list[str]) -> list[dict[str, float]]:  # noqa: ANN001
    out = []
    for text in lines:
        async for part in home.turn(text, "bench"):
            if isinstance(part, Done):
                out.append(part.ms)
        if isinstance(home.talk.brain, EmbeddedBrain):
            await home.talk.brain.idle()  # a person takes longer to type than a brain to read ahead
    return out


async def main(moments: int, count: int, brain: str) -> None:
    rng = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        home = await lived(Path(folder), moments, ScriptedBrain("I see. How was that?"))
        lines = [line(rng) for _ in range(count)]
        await turns(home, lines[:5])
        plain = await turns(home, lines)
        stages = ("heard", "care", "recall", "appraise", "deliberate", "speak", "journal")
        ends = {s: [t[s] for t in plain] for s in stages}
        each = {
            s: spread([b - a for a, b in zip(ends[stages[i - 1]], ends[s], strict=True)] if i else ends[s])
            for i, s in enumerate(stages)
        }
        figures = {"moments": moments, "all_but_brain_ms": spread([t["journal"] for t in plain]), "stages_ms": each}
        await home.aclose()
        if brain == "embedded":
            figures |= await embedded(Path(folder), lines)
        report("turn", **figures, resident_mb=resident_mb())


async def embedded(folder: Path, lines: list[str]) -> dict[str, dict[str, float]]:
    """The same home with the embedded brain: first token, first words given out, and the whole reply."""
    from someone import bootstrap
    from someone.settings import Settings

    home = await bootstrap.open_home(folder, Settings(key="file"))
    await home.talk.brain.warm()
    found = (await turns(home, lines[: max(12, len(lines) // 2)]))[1:]
    spoken = [t for t in found if "first_token" in t]
    figures = {
        "first_token_ms": spread([t["first_token"] for t in spoken]),
        "first_words_ms": spread([t["first_words"] for t in spoken]),
        "whole_turn_ms": spread([t["journal"] for t in spoken]),
    }
    await home.aclose()
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--brain", choices=("embedded", "none"), default="embedded")
    a = parser.parse_args()
    asyncio.run(main(a.moments, a.turns, a.brain))
