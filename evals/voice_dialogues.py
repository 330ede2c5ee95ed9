"""Voice probes out of written dialogues: people's own ways of asking, with the answer that a writer gave them.

    python -m evals.voice_dialogues --data FOLDER/plain/memory.jsonl [--every N] [--beside N] > probes.jsonl

Each line of such a file is ``{"k": kind, "m": memories, "f": feeling, "h": earlier lines, "u": said, "a": answer}``. What must
be said is read off the answer: its telling words that stand in the memory and not in the question, of these the names, numbers
and days where there are any. ``--beside N`` puts N memories of other lines beside each line's own (or beside none, for a
gap), so that the right one has to be told from others. The lines themselves stay where they are; nothing of them is kept here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.voice_probes import memory
from someone.mind.grounding import details
from someone.mind.recall import content_words, stem
from someone.mind.times import tag

KINDS = {"recall": "memory", "recall_newer": "memory", "recall_when": "memory", "not_known": "gap"}
GAP = (
    "don't know", "haven't told", "haven't said", "didn't tell", "don't find", "do not know", "haven't mentioned", "didn't say",
    "don't have", "never told",
)  # fmt: skip
"""The words of an honest gap."""

PERSON, NAME = "Theo", "Iris"


def probes(lines: Sequence[dict[str, Any]], beside: int, now: datetime) -> list[dict[str, Any]]:
    """The probes of these lines; a line whose answer shows no word of its memory is left out."""
    told = [m for line in lines for m in line["m"]]
    return [p for i, line in enumerate(lines) if (p := probe(line, _others(told, line, i, beside), now)) is not None]


def probe(line: dict[str, Any], others: Sequence[str], now: datetime) -> dict[str, Any] | None:
    """One line as a probe, or None where what must be said can't be read off."""
    kind = KINDS.get(line["k"])
    if kind is None:
        return None
    expected = list(GAP) if kind == "gap" else told_words(line)
    if line["k"] == "recall_when" and expected:
        expected += [tag(memory(m, "", now).at, now) for m in map(_named, line["m"])]
    if not expected:
        return None
    turns = [["user" if who == "user" else "assistant", _named(text)] for who, text in line["h"]]
    return {
        "kind": kind,
        "name": NAME,
        "person": PERSON,
        "feeling": _named(line["f"]),
        "self": [],
        "memories": [_named(m) for m in (*line["m"], *others)],
        "turns": [*turns, ["user", _named(line["u"])]],
        "expect_any": expected,
        "forbid": ["don't know"] if kind == "memory" else [],
        "of": line["k"],
    }


def told_words(line: dict[str, Any]) -> list[str]:
    """The words of the answer that had to come from the memory; of a date tag, where the time is asked for."""
    held = " ".join(line["m"])
    asked = _stems(line["u"])
    given = _stems(held)
    words = [w for g in content_words(_named(line["a"]), 40) if (w := g[0]) != PERSON.lower()]
    new = [w for w in words if stem(w) in given and stem(w) not in asked]
    sharp = [w for w in new if w in details(f"x {line['a']}")]
    return sharp or new


def _stems(text: str) -> set[str]:
    return {stem(w) for g in content_words(text.replace("{you}", ""), 60) for w in g} - {"said", "sai"}


def _others(told: Sequence[str], line: dict[str, Any], place: int, beside: int) -> list[str]:
    """Memories of other lines that share no telling word with this one's question, chosen by its own text."""
    asked, found = _stems(line["u"]) | _stems(" ".join(line["m"])), list[str]()
    at = int(hashlib.sha256(f"{place} {line['u']}".encode()).hexdigest(), 16)
    for step in range(len(told)):
        other = told[(at + 37 * step) % len(told)]
        if len(found) >= beside:
            break
        if not _stems(other) & asked:
            found.append(other)
    return found


def _named(text: str) -> str:
    return re.sub(r"\{you\}", PERSON, text)


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(prog="evals.voice_dialogues", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="JSON lines of dialogues")
    ask.add_argument("--every", type=int, default=1, help="only every Nth probe")
    ask.add_argument("--offset", type=int, default=0, help="which of the N")
    ask.add_argument("--beside", type=int, default=2, help="memories of other lines beside each one's own")
    given = ask.parse_args(argv)
    lines = [json.loads(line) for line in given.data.read_text(encoding="utf8").splitlines() if line.strip()]
    for found in probes(lines, given.beside, datetime.now().astimezone())[given.offset :: given.every]:
        print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
