"""What every benchmark reports alike: percentiles, the machine, memory, and one JSON line last."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any


def p(values: Sequence[float], q: float) -> float:
    """The ``q`` quantile (0..1) by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(q * (len(ordered) - 1))))]


def spread(values: Sequence[float], digits: int = 2) -> dict[str, float]:
    """Median and p95 of these values, in their unit."""
    return {"median": round(median(values), digits), "p95": round(p(values, 0.95), digits), "n": len(values)}


def resident_mb() -> float:
    """Megabytes of this process that are in memory now (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def machine() -> str:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} x {cpu}, Python {platform.python_version()}"


def report(name: str, **figures: Any) -> None:
    """The last line of a benchmark."""
    print(json.dumps({"bench": name, "machine": machine(), **figures}))
