"""Whether a long talk grows memory: ``python -m bench.voice_hours [--hours 3]``. One JSON line last.

Hours of looped sound go through the real session (pipeline, listener, mouth), the real detector of voices and a real home
in a temporary folder, on a clock that jumps to the next thing to happen. Her words are scripted; the reader of speech, the
judge of ends and her voice are stubs, because the real ones would only cost time (they keep nothing between two calls).

The loop holds a sentence that is answered, one that breaks into the answer, a murmur, and silence. ``rss_mb``: memory of
this process at the start, after the warm-up (the first twelfth), at each half hour of the talk, and at the end after the
session closed. ``growth_mb``: from the warm-up to the last sample of the talk, and ``growth_mb_per_hour``. ``kept``: the
most that each queue and list of the session held at any sample; none may grow with the talk. ``python_mb``, with
``--trace``: what Python's own objects grew by, with the places where most of it was made above.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import selectors
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from bench.figures import report, resident_mb
from someone import bootstrap
from someone.home import Home
from someone.mind.speaking import Delivery, readable
from someone.senses.ears import Vad
from someone.senses.stt import Reading
from someone.senses.vad import Silero
from someone.settings import load
from someone.testing.brains import ScriptedBrain
from someone.voice import events
from someone.voice.session import VoiceSession
from someone.voice.tts import HibariVoice

RATE = 16_000
CHUNK_S = 0.1
ASKED = "I was thinking about the garden and the old apple tree."
BREAKING = "Wait, there is something else that I wanted to tell you first."
MURMUR = "Right."
REPLY = (
    "That sounds lovely. The old tree must have seen so many summers. Tell me what you would plant beside it, and why."
)
WORD_S = 0.3
SAMPLED_S = 60.0


class Jumping(selectors.DefaultSelector):
    """Time for a loop that never waits: where the loop would sleep, the clock jumps. While a thread works, time passes as
    it really does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0
        self.working = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None or self.working > 0:
            began = time.perf_counter()
            ready = super().select(timeout)
            self.at += time.perf_counter() - began
            return ready
        self.at += max(timeout, 0.0001)  # a real clock never stands still
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self, jumping: Jumping) -> None:
        super().__init__(jumping)
        self._jumping = jumping

    def time(self) -> float:
        self._jumping.at += 1e-7  # nor does it stand still while something is done
        return self._jumping.at


def counted(jumping: Jumping) -> None:
    """Let the clock know of every job that a thread has."""
    submit = ThreadPoolExecutor.submit

    def done(_: Future[Any]) -> None:
        jumping.working -= 1

    def counting(self: ThreadPoolExecutor, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        jumping.working += 1
        job = submit(self, fn, *args, **kwargs)
        job.add_done_callback(done)
        return job

    ThreadPoolExecutor.submit = counting  # type: ignore[method-assign]


class Clock:
    """The loop's time as a date."""

    def now(self) -> datetime:
        return datetime(2026, 3, 4, 9, tzinfo=UTC) + timedelta(seconds=asyncio.get_running_loop().time())


class StubEars:
    """The real detector of voices; what was said is told by its length."""

    async def warm(self) -> None:
        pass

    def vad(self) -> Vad:
        return Silero()

    async def voiced(self, vad: Vad, window: bytes) -> float:
        return vad.probability(window)

    async def done(self, pcm: bytes) -> float:
        return 0.95 if pcm else 0.0

    async def read(self, pcm: bytes) -> Reading:
        return Reading(MURMUR if len(pcm) < 1.6 * RATE * 2 else ASKED)


class StubVoice:
    """A hum as long as the words."""

    async def warm(self) -> None:
        pass

    async def speak(self, text: str, delivery: Delivery) -> bytes:
        samples = round(len(readable(text).split()) * WORD_S / delivery.pace * events.RATE)
        return (np.sin(np.arange(samples) * 0.09) * 9000 * delivery.loudness).astype("<i2").tobytes()


@dataclass
class Page:
    """The other end: counts, keeps nothing."""

    came: dict[str, int] = field(default_factory=dict[str, int])

    async def take(self, event: events.Event) -> None:
        name = type(event).__name__
        if isinstance(event, events.Heard):
            name = "Heard" if event.final and event.text else "Heard so far"
        self.came[name] = self.came.get(name, 0) + 1


@dataclass
class Watch:
    """What is sampled on the way."""

    rss_mb: dict[str, float] = field(default_factory=dict[str, float])
    kept: dict[str, int] = field(default_factory=dict[str, int])

    def memory(self, name: str) -> None:
        gc.collect()
        self.rss_mb[name] = resident_mb()
        print(f"{name}: {self.rss_mb[name]} MB", flush=True)

    def look(self, session: VoiceSession) -> None:
        for name, held in holds(session).items():
            self.kept[name] = max(held, self.kept.get(name, 0))


def holds(session: VoiceSession) -> dict[str, int]:
    """How much each part of the session keeps now."""
    mouth, hearing = session._mouth, session._hearing  # noqa: SLF001 - what a bench is for
    assert mouth is not None
    assert hearing is not None
    ears = hearing.listener
    current = mouth._current  # noqa: SLF001
    return {
        "events_waiting": session._events.qsize(),  # noqa: SLF001
        "bytes_waiting": session._waiting_bytes,  # noqa: SLF001
        "heard_bytes": len(ears._sound),  # noqa: SLF001
        "rest_bytes": len(ears._rest),  # noqa: SLF001
        "judgements": len(ears._work),  # noqa: SLF001
        "echo_levels": len(ears._echo._ratios),  # noqa: SLF001
        "her_sound_bytes": len(current.sound) if current else 0,
        "her_sentences": len(current.playback.pieces) if current else 0,
        "sentences_waiting": mouth._sentences.qsize(),  # noqa: SLF001
        "tasks": len(asyncio.all_tasks()),
    }


async def looped() -> bytes:
    """About 40 s of a talk: asked and answered, broken into, a murmur, silence."""
    voice = HibariVoice()
    said = [await spoken(voice, text) for text in (ASKED, BREAKING, MURMUR)]
    await voice.aclose()
    asked, breaking, murmur = said
    return b"".join((asked, room(10.0, 1), asked, room(4.0, 2), breaking, room(5.0, 3), murmur, room(12.0, 4)))


async def spoken(voice: HibariVoice, text: str) -> bytes:
    pcm = await voice.speak(text, Delivery(pause_s=0.0))
    sound = soxr.resample(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768, events.RATE, RATE)
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def room(seconds: float, seed: int) -> bytes:
    """A silent room: faint noise."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * 0.0006
    return (noise * 32767).astype("<i2").tobytes()


async def home_in(folder: Path, brain: ScriptedBrain) -> Home:
    settings = load(key="file", embedder="none")
    answers = bootstrap.Answers(accepts_notice=True, call_me="Theo", seed=1)
    await bootstrap.wake(folder, settings, answers, bootstrap.name_for(answers))
    return await bootstrap.open_home(folder, settings, brain=brain, clock=Clock())


async def talk(session: VoiceSession, sound: bytes, seconds: float, watch: Watch, brain: ScriptedBrain) -> None:
    """So many seconds of the looped sound, sampled on the way."""
    step = round(CHUNK_S * RATE) * 2
    chunks = [sound[i : i + step] for i in range(0, len(sound), step)]
    began, warm = asyncio.get_running_loop().time(), seconds / 12
    halves = 1
    for i in range(round(seconds / CHUNK_S)):
        await session.hear(chunks[i % len(chunks)])
        await asyncio.sleep(max(0.0, began + (i + 1) * CHUNK_S - asyncio.get_running_loop().time()))
        at = (i + 1) * CHUNK_S
        if at % SAMPLED_S < CHUNK_S / 2:
            watch.look(session)
            brain.prompts.clear()  # the stub's own account
        if "warm" not in watch.rss_mb and at >= warm:
            watch.memory("warm")
            if tracemalloc.is_tracing():
                tracemalloc.clear_traces()
        if at >= halves * 1800:
            watch.memory(f"{halves * 0.5:g} h")
            halves += 1
    watch.memory("last")


async def measure(hours: float, trace: bool) -> dict[str, Any]:
    sound, page, watch, brain = await looped(), Page(), Watch(), ScriptedBrain(REPLY)
    with tempfile.TemporaryDirectory() as folder:
        home = await home_in(Path(folder) / "home", brain)
        session = VoiceSession(home, send=page.take, ears=StubEars(), voice=StubVoice())
        await session.start()
        watch.memory("start")
        if trace:
            tracemalloc.start(8)
        began = time.perf_counter()
        await talk(session, sound, hours * 3600, watch, brain)
        took_s = time.perf_counter() - began
        python_mb = grown() if trace else None
        journal = await home.talk.ledger.journal.count()
        await session.aclose()
        await home.aclose()
    watch.memory("closed")
    growth = watch.rss_mb["last"] - watch.rss_mb["warm"]
    return {
        "hours": hours,
        "took_s": round(took_s, 1),
        "stubs": ["reader of speech", "judge of ends", "her voice", "brain"],
        "rss_mb": watch.rss_mb,
        "growth_mb": round(growth, 1),
        "growth_mb_per_hour": round(growth / (hours * 11 / 12), 2),
        "kept": watch.kept,
        "events": page.came,
        "moments": journal,
        **({"python_mb": python_mb} if trace else {}),
    }


def grown() -> float:
    """Megabytes of Python's objects made since the warm-up and alive now; prints where most of them come from."""
    gc.collect()
    taken = tracemalloc.take_snapshot()
    for line in taken.statistics("traceback")[:12]:
        print(f"{line.size / 1024:.0f} KiB in {line.count}:", *line.traceback.format()[-6:], sep="\n")
    return round(tracemalloc.get_traced_memory()[0] / 2**20, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=3.0)
    parser.add_argument("--trace", action="store_true", help="say where what grows is made (slower)")
    given = parser.parse_args()
    jumping = Jumping()
    counted(jumping)
    with asyncio.Runner(loop_factory=lambda: JumpingLoop(jumping)) as runner:
        figures = runner.run(measure(given.hours, given.trace))
    report("voice_hours", **figures)


if __name__ == "__main__":
    main()
