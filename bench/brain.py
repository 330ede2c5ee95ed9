"""How fast the embedded brain is: ``python -m bench.brain [--turns N] [--threads N] [--batch N] [--apart]``. One JSON
line last.

It is measured as it runs, with the voice baked into the weights (``bake_ms``: what the first start takes longer), or with
the voice put on while it runs, as where nothing can be baked: ``--apart``.

A talk of ``--turns`` turns, as it would be held: each prompt is the last one, its reply, a note and a new line, so that
only what is new is read; between two turns the brain may read ahead, as it does while a person types. Then cold
prompts (nothing cached), and replies cancelled while reading and while speaking.

``first_words_ms`` is until the first piece of text comes out; ``cancel_ms`` until the model is free again after a
consumer left (the consumer itself waits for nothing); speeds are the runtime's own, in tokens a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from contextlib import aclosing
from pathlib import Path

from someone.brains.embedded import EmbeddedBrain, usual_threads
from someone.mind.deliberation import Line, Prompt

SAID = (
    "Good morning. I slept badly, the rain was loud.",
    "My sister calls tonight, she moved to the coast.",
    "I burnt the rice again and laughed about it.",
    "Work was long, and nobody said thank you.",
    "I think I will plant beans on the balcony.",
    "Do you remember what I said about the rain?",
)
NOTE = Line("system", 'I feel glad.\nI remember: (yesterday) Ana said: "the cat came back, thin but well"')


def spread(values: list[float], scale: float = 1.0, digits: int = 1) -> dict[str, float]:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(values, n=20) if len(values) > 1 else values * 20
    return {"p50": round(statistics.median(values) * scale, digits), "p95": round(cuts[18] * scale, digits)}


def persona(person: str) -> Line:
    return Line("system", f"You are Wren, {person}'s companion, an AI. Short, kind, true.")


async def say(brain: EmbeddedBrain, prompt: Prompt) -> tuple[str, float]:
    """The reply, and the seconds until its first piece."""
    began, first, text = time.perf_counter(), 0.0, ""
    async for piece in brain.reply(prompt):
        first = first or time.perf_counter() - began
        text += piece
    return text, first


async def talk(brain: EmbeddedBrain, turns: int) -> dict[str, object]:
    history, firsts, read, cached, prefill, decode = (persona("Ana"),), [], [], [], [], []
    for i in range(turns):
        line = Line("user", SAID[i % len(SAID)])
        text, first = await say(brain, Prompt((*history, NOTE, line), max_tokens=48))
        t = brain.last_timings
        history = (*history, line, Line("assistant", text))
        brain.expect(Prompt(history, max_tokens=0))
        await brain.idle()
        firsts.append(first)
        read.append(t["prompt_n"])
        cached.append(t["cache_n"])
        prefill.append(t["prompt_per_second"])
        decode.append(t["predicted_per_second"])
    return {
        "first_words_ms": spread(firsts, 1e3),
        "read_tokens": spread(read),
        "cached_tokens_last": cached[-1],
        "prefill_per_s": spread(prefill),
        "decode_per_s": spread(decode),
    }


async def cold(brain: EmbeddedBrain, times: int) -> dict[str, object]:
    firsts, speeds, tokens = [], [], 0.0
    for i in range(times):
        lines = [persona(f"Person{i}")]
        for said in SAID:
            lines += [Line("user", said), Line("assistant", "That sounds like a day worth telling.")]
        _, first = await say(brain, Prompt((*lines, NOTE, Line("user", "What now?")), max_tokens=8))
        firsts.append(first)
        speeds.append(brain.last_timings["prompt_per_second"])
        tokens = brain.last_timings["prompt_n"]
    return {"tokens": tokens, "first_words_ms": spread(firsts, 1e3), "prefill_per_s": spread(speeds)}


async def cancels(brain: EmbeddedBrain, times: int) -> dict[str, object]:
    """Leave replies while the prompt is being read (at changing depths), and while words come."""
    reading, speaking = [], []
    for i in range(times):
        lines = tuple(Line("user", f"{i} {said}") for said in SAID * 4)
        task = asyncio.ensure_future(say(brain, Prompt((persona(f"Reader{i}"), *lines))))
        before = brain.reading
        while brain.reading == before or brain.reading < 20 + 7 * (i % 9):  # noqa: ASYNC110  The runtime gives no event.
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.007 * (i % 7))
        began = time.perf_counter()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await brain.idle()
        reading.append(time.perf_counter() - began)
        async with aclosing(brain.reply(Prompt((persona("Ana"), Line("user", "Tell me a long story."))))) as pieces:
            await anext(pieces)
            began = time.perf_counter()
        await brain.idle()
        speaking.append(time.perf_counter() - began)
    return {"reading_ms": spread(reading, 1e3), "speaking_ms": spread(speaking, 1e3)}


async def baked_ms(folder: Path) -> float:
    """How much longer the first start takes, which bakes, than the second."""
    took = list[float]()
    for _ in range(2):
        brain = EmbeddedBrain(cache=folder)
        began = time.perf_counter()
        await brain.warm()
        took.append(time.perf_counter() - began)
        await brain.aclose()
    return (took[0] - took[1]) * 1e3


async def measure(args: argparse.Namespace, folder: Path) -> dict[str, object]:
    bake_ms = None if args.apart else round(await baked_ms(folder))
    brain = EmbeddedBrain(threads=args.threads, batch=args.batch, cache=None if args.apart else folder)
    began = time.perf_counter()
    await brain.warm()
    load = time.perf_counter() - began
    result: dict[str, object] = {
        "bench": "brain",
        "threads": args.threads,
        "batch": args.batch,
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),
        "voice": brain.note,
        "bake_ms": bake_ms,
        "load_ms": round(load * 1e3),
        "talk": await talk(brain, args.turns),
        "cold": await cold(brain, args.times),
        "cancel": await cancels(brain, args.times),
    }
    await brain.aclose()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--times", type=int, default=5, help="cold prompts, and cancels of each kind")
    parser.add_argument("--threads", type=int, default=usual_threads())
    parser.add_argument("--batch", type=int, help="prompt tokens in one step; by default what the brain chooses")
    parser.add_argument("--apart", action="store_true", help="with the voice put on while the model runs")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(parser.parse_args(), Path(folder)))))


if __name__ == "__main__":
    main()
