"""Starting: ``someone --help``, and from nothing to ready for the first word (home open, brain and embedder loaded).

python -m bench.start [--runs 10]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import report, spread
from bench.homes import lived

READY = """
import asyncio, sys
from pathlib import Path
from someone import bootstrap, settings

async def main():
    home = await bootstrap.open_home(Path(sys.argv[1]), settings.load())
    await home.talk.brain.warm()
    await home.aclose()

asyncio.run(main())
"""


async def make(folder: Path, moments: int) -> None:
    home = await lived(folder, moments)
    await home.aclose()


def seconds(command: list[str], env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - began


def main(runs: int, moments: int) -> None:
    someone = str(Path(sys.executable).with_name("someone"))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(make(Path(folder), moments))
        env = os.environ | {"SOMEONE_HOME": folder}
        timed = {
            "help_s": [someone, "--help"],
            "ready_s": [sys.executable, "-c", READY, folder],
            "say_s": [someone, "say", "good morning"],
        }
        figures = {}
        for name, command in timed.items():
            seconds(command, env)
            figures[name] = spread([seconds(command, env) for _ in range(runs)], 3)
    report("start", moments=moments, **figures)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--moments", type=int, default=1000)
    a = parser.parse_args()
    main(a.runs, a.moments)
