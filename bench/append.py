"""How long a synced append takes: ``python -m bench.append --moments N [--folder F]``. One JSON line last.

``floor_ms`` is what the disk itself takes to make 4 KiB durable (write and fdatasync), measured on the same folder;
``start_ms`` is opening a journal that holds these moments.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Heard

KEY = bytes(range(32))


def millis(seconds: list[float]) -> dict[str, float]:
    """The median and the 95th percentile, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return {"p50_ms": round(statistics.median(seconds) * 1e3, 3), "p95_ms": round(cuts[18] * 1e3, 3)}


def floor(folder: Path, times: int = 100) -> float:
    took: list[float] = []
    with (folder / "floor").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return round(statistics.median(took) * 1e3, 3)


async def measure(folder: Path, moments: int) -> dict[str, object]:
    path = folder / "home" / "bond.db"
    journal = SqlcipherJournal.open(path, KEY, identity="bench")
    took: list[float] = []
    for i in range(moments):
        began = time.perf_counter()
        await journal.append(
            Heard(text=f"{i} " + "a line of what someone might say, and a bit more " * 2), datetime.now(UTC)
        )
        took.append(time.perf_counter() - began)
    began = time.perf_counter()
    entries = await journal.read()
    read = time.perf_counter() - began
    await journal.aclose()
    began = time.perf_counter()
    journal = SqlcipherJournal.open(path, KEY, identity="bench")
    start = time.perf_counter() - began
    await journal.aclose()
    return {
        "bench": "append",
        "moments": moments,
        **millis(took),
        "floor_ms": floor(folder),
        "read_all_ms": round(read * 1e3, 1),
        "read": len(entries),
        "start_ms": round(start * 1e3, 1),
        "bytes": path.stat().st_size,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="where to lay the journal; a temporary folder by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), given.moments))))


if __name__ == "__main__":
    main()
