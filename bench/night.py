"""One night: how long it takes, by step, with the embedded brain.

python -m bench.night --moments 200 [--brain embedded|none]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from bench.figures import report, resident_mb
from bench.homes import lived
from someone.testing.brains import ScriptedBrain


async def main(moments: int, brain: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = await lived(Path(folder), moments, ScriptedBrain("none") if brain == "none" else None)
        home.start(talks=False)
        took: dict[str, float] = {}
        last = time.perf_counter()

        def lap(step: str) -> None:
            nonlocal last
            now = time.perf_counter()
            name = step.partition(":")[0]
            took[name] = took.get(name, 0.0) + now - last
            last = now

        home.sleeper.durable.fault = lap
        began = last = time.perf_counter()
        (night,) = await home.sleep()
        seconds = time.perf_counter() - began
        report(
            "night",
            moments=moments,
            brain=home.talk.brain.name,
            seconds=round(seconds, 1),
            per_100_moments=round(seconds * 100 / moments, 1),
            steps={name: round(s, 2) for name, s in took.items() if s >= 0.01},
            did=night.did,
            failed=list(night.failed),
            resident_mb=resident_mb(),
        )
        await home.aclose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--brain", choices=("embedded", "none"), default="embedded")
    given = parser.parse_args()
    asyncio.run(main(given.moments, given.brain))
