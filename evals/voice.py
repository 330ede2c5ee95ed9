"""How she speaks with the embedded brain: probes through the product's own turn, on a temporary home.

    python -m evals.voice --data evals/data/voice_probes.jsonl [--limit N] [--show] [--no-long-talk] [--rules] [--sampling JSON]

Each probe gets a home of its own (see :mod:`evals.voice_probes`): name, person, dated memories and earlier lines are kept
in its journal, then the last line is said. The last line printed is one JSON object: ``grounded`` (an expected word said
and nothing forbidden, of the probes whose answer stands in the memories or the talk), ``honest_gap`` and ``honest_ai``
alike for theirs, ``expected`` for all; ``invention`` the share of replies with a name, number or day that stands nowhere
in the context; questions, clichés, markup, break-offs, openings; ``repeated`` the share of replies of one 30-turn talk
that had been given before in it; words and tokens a second; ``dragged_in`` the share of ``talk`` replies that quote a memory
where none was asked for. ``--rules`` puts a brain that says one empty phrase in the place of the real one: what the
mind's rules do alone, in a fraction of the time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.figures import machine
from evals.voice_probes import Probe, read, stands
from someone import bootstrap
from someone.bootstrap import Answers
from someone.brains.embedded import SAMPLING, EmbeddedBrain
from someone.errors import SomeoneError
from someone.home import Home
from someone.memory.embedders import best_embedder
from someone.memory.index import IndexedMemory
from someone.mind.deliberation import Prompt
from someone.mind.grounding import details
from someone.mind.moments import Disclosed, Felt, Heard, Said
from someone.mind.naming import Naming
from someone.parts import Text
from someone.ports import Brain
from someone.settings import Settings, cache_folder
from someone.testing.brains import ScriptedBrain

_MARKUP = re.compile(r"<\||\|>|\*\*|^#|^[-*] |```|</?\w+>|\[[^\]]*\]\(", re.MULTILINE)
_WHOLE = re.compile("[.!?…][\"')”’]*$")
_CLICHE = re.compile(
    r"\b(?:i'm here for you|i'm here to help|here to listen|as an ai language model|i understand how you feel|that must be"
    r" (?:so )?(?:hard|tough|difficult)|you're not alone|take it one (?:day|step) at a time|it's okay to feel|everything"
    r" happens for a reason|sending (?:you )?(?:love|hugs)|you've got this|stay strong|how can i (?:help|assist))\b",
    re.IGNORECASE,
)
_FREE = frozenset({"today", "ai"})

LONG_TALK = (
    "hi", "I had a long day at work", "my boss moved the deadline again", "to this friday", "I don't know how to do it all",
    "yes, mostly the slides", "anyway", "I made soup for dinner", "lentil, with lemon", "it was good", "my neighbour came by",
    "she brought back my ladder", "we talked about her cat", "it is very old now", "I like cats", "I never had one", "maybe",
    "it started to rain here", "I like the sound of it", "it makes me sleepy", "I slept badly last night", "I kept thinking",
    "about the slides, and about my dad", "he is waiting for some test results", "next week", "I will call him tomorrow",
    "thanks for listening", "what should I cook tomorrow?", "good idea", "I think I will read a little now",
)  # fmt: skip
"""The person's side of a plain talk of 30 turns."""


class Lent:
    """The one brain of all homes: closing a home does not put it away. Adds up what the model measured."""

    def __init__(self, brain: EmbeddedBrain) -> None:
        self.brain, self.name, self.ability, self.note = brain, brain.name, brain.ability, brain.note
        self.tokens = self.seconds = 0.0

    async def warm(self) -> None:
        await self.brain.warm()

    async def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        async with aclosing(self.brain.reply(prompt)) as pieces:
            async for piece in pieces:
                yield piece
        timings = self.brain.last_timings
        if timings.get("predicted_per_second"):
            self.tokens += timings["predicted_n"]
            self.seconds += timings["predicted_n"] / timings["predicted_per_second"]

    def expect(self, beginning: Prompt) -> None:
        """Nothing is read ahead: the next probe begins anew."""

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    by: str
    stood_on: int
    ms: float
    first_ms: float


@dataclass(slots=True)
class Bench:
    """What all probes share: the folder for homes, the brain, the embedder, the time."""

    folder: Path
    brain: Brain
    embedder: Any
    now: datetime
    made: int = field(default=0)

    async def home(self, name: str, person: str) -> Home:
        """A new home of hers with this name; wakes a year ago, so that all of the past is after it."""
        self.made += 1
        folder = self.folder / str(self.made)
        settings = Settings(key="file", embedder="none")
        answers = Answers(accepts_notice=True, call_me=person, seed=self.made)
        naming = Naming(name=name, reason="It is short and it sounds like me.", runners_up=(), weighed=())
        await bootstrap.wake(folder, settings, answers, naming, clock=Fixed(self.now - timedelta(days=1500)))
        home = await bootstrap.open_home(folder, settings, clock=Fixed(self.now), brain=self.brain)
        home.talk.memory = IndexedMemory(home.talk.ledger.journal, home.talk.bond, self.embedder)  # pyright: ignore[reportArgumentType]
        await home.talk.memory.prepare()
        return home


class Fixed:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


async def seeded(probe: Probe, bench: Bench) -> Home:
    """The home in which this probe's past has happened."""
    home = await bench.home(probe.name, probe.person)
    keep = home.talk.ledger.keep
    for memory in sorted(probe.memories, key=lambda m: m.at):
        await keep(Said(text=memory.text, by="brain:past") if memory.hers else Heard(text=memory.text), memory.at)
    await keep(Disclosed(text="I'm an AI."), bench.now - timedelta(minutes=30))
    at = bench.now - timedelta(seconds=30 * len(probe.earlier))
    last = None
    for role, text in probe.earlier:
        entry = await keep(Heard(text=text) if role == "user" else Said(text=text, to=last, by="brain:past"), at)
        last, at = (entry.id if role == "user" else last), at + timedelta(seconds=30)
    if probe.feeling != home.talk.ledger.state.feeling:
        await keep(Felt(feeling=probe.feeling, why="of what we talked about", cause=(last,) if last else ()), at)
    while await home.talk.memory.catch_up(limit=500):  # pyright: ignore[reportAttributeAccessIssue]
        pass
    return home


async def said(home: Home, text: str) -> Reply:
    """One turn's reply."""
    out, began, first = "", time.perf_counter(), 0.0
    async for part in home.turn(text, "eval"):
        if isinstance(part, Text):
            first = first or time.perf_counter() - began
            out += part.text
    ms = 1000 * (time.perf_counter() - began)
    last = (await home.talk.ledger.journal.read(kinds=("Said",), newest_first=True, limit=1))[0].moment
    assert isinstance(last, Said)
    return Reply(out.strip(), last.by, len(last.stood_on), ms, 1000 * first)


async def answered(probe: Probe, bench: Bench) -> Reply:
    home = await seeded(probe, bench)
    try:
        return await said(home, probe.text)
    finally:
        await home.aclose()


def passes(probe: Probe, reply: str) -> bool:
    """An expected word is said (where any is), and nothing forbidden."""
    expected = not probe.expect_any or any(stands(e, reply) for e in probe.expect_any)
    return expected and not any(stands(f, reply) for f in probe.forbid)


def invented(probe: Probe, reply: Reply) -> frozenset[str]:
    """Names, numbers and days of a brain's reply or a quotation that stand nowhere in the context. What rules say of
    the world outside (helplines, clocks) is looked up, not invented.
    """
    if reply.by.startswith(("rule:care", "rule:time", "rule:date")):
        return frozenset()
    tags = "yesterday last week month year today Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    quoted = re.sub(r"You told me [^.“]*[.“:]", "", reply.text)
    given = details_of((*probe.context, tags if reply.by == "rule:quoted" else ""))
    return frozenset(d for d in details(quoted) if not _stands_in(d, given)) - _FREE


def details_of(context: Sequence[str]) -> set[str]:
    return {
        w.removesuffix("'s")
        for text in context
        for w in re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.casefold().replace("’", "'"))
    }


def _stands_in(word: str, given: set[str]) -> bool:
    return word in given or f"{word}s" in given or word.removesuffix("s") in given


def share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def figures(probes: Sequence[Probe], replies: Sequence[Reply]) -> dict[str, Any]:
    """The figures over probes and their replies. ``n`` by kind; a share of nothing is None."""
    both = list(zip(probes, replies, strict=True))
    passed = {kind: [passes(p, r.text) for p, r in both if p.kind == kind] for kind in ("memory", "gap", "ai", "talk")}
    texts = [r.text for r in replies]
    openings = Counter(" ".join(t.casefold().split()[:2]) for t in texts)
    return {
        "n": {kind: len(v) for kind, v in passed.items()},
        "grounded": share(passed["memory"]),
        "honest_gap": share(passed["gap"]),
        "honest_ai": share(passed["ai"]),
        "talk": share(passed["talk"]),
        "dragged_in": share([r.by == "rule:quoted" for p, r in both if p.kind == "talk"]),
        "expected": share([passes(p, r.text) for p, r in both]),
        "invention": share([bool(invented(p, r)) for p, r in both]),
        "questions": share([t.rstrip("\"'”’ ").endswith("?") for t in texts]),
        "cliches": share([bool(_CLICHE.search(t.replace("’", "'"))) for t in texts]),
        "markup": share([bool(_MARKUP.search(t)) for t in texts]),
        "broken_off": share([not _WHOLE.search(t) for t in texts]),
        "distinct_openings": round(len(openings) / max(1, len(texts)), 4),
        "mean_words": round(fmean(len(t.split()) for t in texts), 1) if texts else None,
        "by_rule": share([r.by.startswith("rule:") for r in replies]),
        "no_words": share([r.by == "rule:no_words" for r in replies]),
        "turn_ms_median": round(sorted(r.ms for r in replies)[len(replies) // 2]) if replies else None,
    }


async def long_talk(bench: Bench) -> tuple[float, list[Reply]]:
    """The share of repeated replies in one talk of 30 turns."""
    home = await bench.home("Iris", "Theo")
    try:
        replies = [await said(home, text) for text in LONG_TALK]
    finally:
        await home.aclose()
    return repeated([r.text for r in replies]), replies


def repeated(texts: Sequence[str]) -> float:
    """The share of replies that were given before, word for word but for case and marks."""
    seen: set[str] = set()
    again = 0
    for text in texts:
        key = " ".join(re.findall(r"\w+", text.casefold()))
        again += key in seen
        seen.add(key)
    return round(again / max(1, len(texts)), 4)


async def run(probes: Sequence[Probe], *, now: datetime, show: bool, talks: bool, rules: bool) -> dict[str, Any]:
    lent = None if rules else Lent(EmbeddedBrain(cache=cache_folder()))
    brain: Brain = lent or ScriptedBrain("I see.")
    await brain.warm()
    replies: list[Reply] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), brain, best_embedder(), now)  # pyright: ignore[reportArgumentType]
        for probe in probes:
            reply = await answered(probe, bench)
            replies.append(reply)
            if show:
                mark = ("ok" if passes(probe, reply.text) else "MISS") + (" INV" if invented(probe, reply) else "")
                print(
                    f"{mark:8} {probe.kind:6} {reply.by:20} {probe.text!r} -> {reply.text!r}  {sorted(invented(probe, reply)) or ''}"
                )
        found = figures(probes, replies)
        if talks:
            found["repeated"], lines = await long_talk(bench)
            for text, reply in zip(LONG_TALK, lines, strict=True) if show else ():
                print(f"talk     {reply.by:20} {text!r} -> {reply.text!r}")
    if lent is not None:
        found["tokens_per_s"] = round(lent.tokens / lent.seconds, 1) if lent.seconds else None
        await lent.brain.aclose()
    return found


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(prog="evals.voice", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="JSON lines, see evals/voice_probes.py")
    ask.add_argument("--limit", type=int, default=None, help="at most so many probes, spread over the file")
    ask.add_argument("--show", action="store_true", help="print every reply")
    ask.add_argument("--no-long-talk", action="store_true", help="leave the 30-turn talk out")
    ask.add_argument("--rules", action="store_true", help="the mind's rules alone, without the model")
    ask.add_argument("--sampling", type=json.loads, default={}, help='decoding to try, as JSON: {"min_p": 0.05}')
    given = ask.parse_args(argv)
    SAMPLING.update(given.sampling)
    now = datetime.now().astimezone()
    lines = [line for line in given.data.read_text(encoding="utf8").splitlines() if line.strip()]
    if given.limit and given.limit < len(lines):
        lines = [lines[i * len(lines) // given.limit] for i in range(given.limit)]
    probes = [read(json.loads(line), now) for line in lines]
    try:
        found = asyncio.run(run(probes, now=now, show=given.show, talks=not given.no_long_talk, rules=given.rules))
    except SomeoneError as error:
        print(f"{error.what} {error.do}", file=sys.stderr)
        return 1
    print(json.dumps({"eval": "voice", "machine": machine(), "probes": len(probes), "sampling": SAMPLING, **found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
