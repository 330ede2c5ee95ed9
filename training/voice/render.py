"""Training lines rendered into the dialect, by the same functions as the running product.

Two kinds of JSON Lines below a folder: plain lines ``{"k","m","f","h","u","a"}`` with the placeholders {you} and {me} (see
data/plain/BRIEF.md), and tasks ``{"task","input","output"}``. A plain line is rendered ``copies`` times with different
names, so that names are copied, not learned.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from someone.brains.fitting import chatml
from someone.mind.deliberation import Line, Prompt, dialect

DATA = Path(__file__).parent / "data"

REPLY_END = "<|im_end|>\n"
"""What a reply is closed with; the running product stops there."""

KNOWN = 0.85
"""The share of lines without {you} that are rendered with a person's name all the same."""

PEOPLE = (  # noqa: SIM905
    "Theo Amara Ines Kofi Lena Marta Jonas Priya Omar Mei Diego Freya Tariq Nadia Emil Ruth Sam Aiko Luca Zainab Bram Elif "
    "Hugo Ana Noor Peter Wanjiru Oskar Leila Tom Grace Ravi Sofia Daniel Hana Milan Chidi Eva Yusuf Clara Ben Maya Ivan Rosa "
    "Kai Greta Felix Asha Nils Dora Arjun Julia Marek Salma David Ingrid Paulo Kim Abel Judith"
).split()
NAMES = (  # noqa: SIM905
    "Samantha Odile Tavi Suri Maeve Idris Selin Isolde Petra Kaito Ilse Mira Juno Elio Noemi Tamsin Ada Lior Vera Anouk Cleo "
    "Rhea Saskia Nell Iris Theodora Milo Alma Wren Linnea Esme Oona Safiya Calla Rumi Dara Ione Marisol Thea Sunniva"
).split()


@dataclass(frozen=True, slots=True)
class Sample:
    """``prompt`` as the model reads it, open for ``reply``, which is closed and is all that the loss is taken on."""

    prompt: str
    reply: str


def plain_sample(line: Mapping[str, Any], rng: random.Random) -> Sample:
    """A plain line with drawn names."""
    me = rng.choice(NAMES)
    known = any("{you}" in text for text in (line["a"], *line["m"])) or rng.random() < KNOWN
    you = rng.choice(PEOPLE) if known else ""

    def fill(text: str) -> str:
        return text.replace("{you}", you).replace("{me}", me)

    earlier = [Line("user" if role == "user" else "assistant", fill(text)) for role, text in line["h"]]
    prompt = dialect(me, you, earlier, fill(line["f"]), [fill(m) for m in line["m"]], fill(line["u"]))
    return Sample(chatml(prompt), fill(line["a"]) + REPLY_END)


def task_sample(task: Mapping[str, str]) -> Sample:
    """A background task: ``Task: {task}.`` as the system line and the input as the user's."""
    prompt = Prompt((Line("system", f"Task: {task['task']}."), Line("user", task["input"])))
    return Sample(chatml(prompt), task["output"] + REPLY_END)


def load(
    folder: Path = DATA, *, copies: int = 2, held_out: float = 0.05, seed: int = 7
) -> tuple[list[Sample], list[Sample]]:
    """``(train, held out)``: every line is in one of them only, held-out ones rendered once. Deterministic by ``seed``."""
    rng = random.Random(seed)  # noqa: S311 (names are drawn, no secrets)
    train: list[Sample] = []
    held: list[Sample] = []
    for line in _lines(folder):
        if rng.random() < held_out:
            held.append(plain_sample(line, rng) if "u" in line else task_sample(line))
        elif "u" in line:
            train += [plain_sample(line, rng) for _ in range(copies)]
        else:
            train.append(task_sample(line))
    return train, held


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("**/*.jsonl")):
        with path.open(encoding="utf8") as file:
            yield from (json.loads(line) for line in file if line.strip())
