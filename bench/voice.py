"""The live talk, from end of speech to first sound: ``python -m bench.voice [--audio FILE]``. One JSON line last.

Sentences spoken by her own voice (and a recording) go in real time through the real pipeline and the embedded brain, in a
temporary home. Each is answered; most answers are broken into, so that each of those is heard, cut, and answered in turn.

``first_sound_ms``: from the last loud sample of what was said to the first sample of the reply handed to the page.
``silence_ms``: from the first loud sample of what breaks in to the order to fall silent (the page obeys within its own
audio buffer). ``wer``: words of the sentences that were heard wrongly (substituted, missing, added), figures in words on
both sides. ``rtf``: seconds of work a second of her speech. ``held``: what "mm-hm" and the like did to her; ``went_on``
must be all of them. ``stages_ms``: medians of what was measured inside.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
import wave
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soxr

from someone import bootstrap
from someone.bootstrap_voice import VoiceParts
from someone.home import Home
from someone.mind.speaking import Delivery, readable
from someone.senses.words import words
from someone.settings import load
from someone.voice import events
from someone.voice.session import VoiceSession

RATE = 16_000
FRAME = 320
LOUD = 0.012
"""Amplitude from which a sample counts as speech."""
SAID = (
    "I went to see my sister yesterday.",
    "What should I cook for dinner tonight?",
    "I had a really long day at work.",
    "My brother is getting married in June.",
    "Do you remember what I said about my brother?",
    "I finally finished the book that you asked about.",
    "It rained all afternoon, so we stayed at home.",
    "Can you tell me something nice?",
    "I am thinking about moving to another city.",
    "Thank you for listening to me.",
)
BREAKING_IN = (
    "Wait, I want to tell you something else first.",
    "Sorry, can I ask you about something different?",
    "Hold on, that is not what I wanted to say.",
)
MURMURS = ("Yeah.", "Right.", "Okay.")
PATIENCE_S = 20.0
SHOWN = ("silence", "stt", "judged", "turn.first_token", "turn.first_words", "to_sound", "first_sound")


@dataclass
class Page:
    """The other end: notes when what came."""

    first: dict[int, float] = field(default_factory=dict)
    flushed: list[float] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)
    audio_s: dict[int, float] = field(default_factory=dict)
    state: str = ""

    async def take(self, event: events.Event) -> None:
        now = time.perf_counter()
        match event:
            case events.Audio(utterance=utterance, pcm=pcm):
                self.first.setdefault(utterance, now)
                self.audio_s[utterance] = self.audio_s.get(utterance, 0.0) + len(pcm) / 2 / events.RATE
            case events.Flush():
                self.flushed.append(now)
            case events.Heard(text=text, final=True) if text:
                self.heard.append(text)
            case events.Timing(stages=stages):
                self.stages.append(stages)
            case events.State(state=state):
                self.state = state
            case _:
                pass


@dataclass
class Bench:
    session: VoiceSession
    parts: VoiceParts
    page: Page
    first_ms: list[float] = field(default_factory=list)
    silence_ms: list[float] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    murmurs: int = 0
    went_on: int = 0

    async def sound(self, text: str) -> np.ndarray:
        pcm = await self.parts.voice.speak(text, Delivery(pause_s=0.0))
        return soxr.resample(np.frombuffer(pcm, np.int16).astype(np.float32) / 32768, events.RATE, RATE)

    async def play(self, sound: np.ndarray, after_s: float = 0.0) -> tuple[float, float]:
        """Speak into the microphone in real time; when the first and the last loud sample went in."""
        loud = np.flatnonzero(np.abs(sound) > LOUD)
        sound = np.concatenate([sound, np.zeros(round(after_s * RATE), np.float32)])
        pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
        began = time.perf_counter()
        for i in range(0, len(pcm), FRAME * 2):
            if (early := began + (i // 2 + FRAME) / RATE - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            await self.session.hear(pcm[i : i + FRAME * 2])
        if not len(loud):
            return began, began
        return began + loud[0] / RATE, began + loud[-1] / RATE

    async def until(self, what: str, begin: int) -> None:
        """Silence in the microphone until another ``what`` came (or patience ends)."""
        end = time.perf_counter() + PATIENCE_S
        while len(getattr(self.page, what)) <= begin and time.perf_counter() < end:
            await self.pause(0.1)

    async def ask(self, sound: np.ndarray, text: str) -> None:
        """Say it, wait for the first sound of the answer."""
        heard, first = len(self.page.heard), len(self.page.first)
        _, ended = await self.play(sound)
        await self.until("first", first)
        if len(self.page.first) > first:
            self.first_ms.append((max(self.page.first.values()) - ended) * 1000)
        if text:
            self.pairs.append((text, " ".join(self.page.heard[heard:])))

    async def break_in(self, text: str) -> None:
        """Speak while she does: she must fall silent, hear it and answer."""
        sound = await self.sound(text)
        await self.pause(0.5)
        if self.page.state != "speaking":
            return
        flushed, heard, first = len(self.page.flushed), len(self.page.heard), len(self.page.first)
        began, ended = await self.play(sound)
        if len(self.page.flushed) > flushed:
            self.silence_ms.append((self.page.flushed[flushed] - began) * 1000)
        await self.until("first", first)
        if len(self.page.first) > first:
            self.first_ms.append((max(self.page.first.values()) - ended) * 1000)
        self.pairs.append((text, " ".join(self.page.heard[heard:])))

    async def murmur(self, text: str) -> None:
        """A sound of listening: she must go on with the same reply."""
        sound = await self.sound(text)
        await self.pause(0.3)
        if self.page.state != "speaking":
            return
        utterance, heard = max(self.page.first), len(self.page.heard)
        await self.play(sound, after_s=1.0)
        self.murmurs += 1
        self.went_on += max(self.page.first) == utterance and len(self.page.heard) == heard

    async def pause(self, seconds: float) -> None:
        """Nobody speaks."""
        await self.play(np.zeros(round(seconds * RATE), np.float32))

    async def quiet(self) -> None:
        end = time.perf_counter() + PATIENCE_S
        while self.page.state != "listening" and time.perf_counter() < end:
            await self.pause(0.1)
        await self.pause(0.4)


def errors(pairs: list[tuple[str, str]]) -> float:
    """Word error rate over all pairs (said, heard)."""
    wrong = total = 0
    for said, heard in pairs:
        a, b = (words(readable(t).replace("-", " ")) for t in (said, heard))
        row = list(range(len(b) + 1))
        for i, word in enumerate(a, 1):
            last, row[0] = row[0], i
            for j, other in enumerate(b, 1):
                last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != other))
        wrong += row[-1]
        total += len(a)
    return wrong / total if total else 0.0


def spread(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    cuts = statistics.quantiles(values, n=20) if len(values) > 1 else values * 20
    return {"p50": round(statistics.median(values), 1), "p95": round(cuts[18], 1), "n": len(values)}


async def real_time_factor(parts: VoiceParts) -> float:
    began, seconds = time.perf_counter(), 0.0
    for text in SAID:
        seconds += len(await parts.voice.speak(text, Delivery(pause_s=0.0))) / 2 / events.RATE
    return (time.perf_counter() - began) / seconds


def recording(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
        sound = sound.reshape(-1, file.getnchannels()).mean(axis=1)
        return soxr.resample(sound, file.getframerate(), RATE)


async def home_in(folder: Path) -> Home:
    settings = load(key="file")
    answers = bootstrap.Answers(accepts_notice=True, call_me="Theo", seed=1)
    await bootstrap.wake(folder, settings, answers, bootstrap.name_for(answers))
    home = await bootstrap.open_home(folder, settings)
    home.start(talks=True)
    return home


async def measure(audio: Path | None, text: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        home, parts, page = await home_in(Path(folder) / "home"), VoiceParts(), Page()
        await parts.warm()
        bench = Bench(parts.session(home, send=page.take), parts, page)
        await bench.session.start()
        await bench.session.say("Hello")
        await bench.quiet()
        page.stages.clear()
        rtf = await real_time_factor(parts)
        for i, said in enumerate(SAID):
            await bench.ask(await bench.sound(said), said)
            if i % 3 == 2:
                await bench.murmur(MURMURS[i // 3 % len(MURMURS)])
            else:
                await bench.break_in(BREAKING_IN[i % len(BREAKING_IN)])
            await bench.quiet()
        if audio is not None:
            heard = len(page.heard)
            await bench.ask(recording(audio), "")
            await bench.quiet()
            if text:
                bench.pairs.append((text, " ".join(page.heard[heard:])))
        await bench.session.aclose()
        await home.aclose()
        await parts.aclose()
    for said, heard in bench.pairs:
        print(f"{said!r} -> {heard!r}")
    for name, values in (("first sound", bench.first_ms), ("silence", bench.silence_ms)):
        print(name, [round(v) for v in values])
    for stages in page.stages:
        print({k: round(v) for k, v in stages.items() if k in SHOWN})
    names = sorted({k for s in page.stages for k in s})
    stages = {n: round(statistics.median(s[n] for s in page.stages if n in s), 1) for n in names}
    return {
        "bench": "voice",
        "first_sound_ms": spread(bench.first_ms),
        "silence_ms": spread(bench.silence_ms),
        "wer": round(errors(bench.pairs), 4),
        "rtf": round(rtf, 4),
        "murmurs": bench.murmurs,
        "went_on": bench.went_on,
        "stages_ms": stages,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audio", type=Path, help="a WAV file that is said too")
    parser.add_argument("--text", default="", help="what is said in it; else it does not count for the word error rate")
    given = parser.parse_args()
    print(json.dumps(asyncio.run(measure(given.audio, given.text))))


if __name__ == "__main__":
    main()
