"""What a microphone hears beside one clear voice: noise, clicks, music, two people at once. Float32 at 16 kHz, -1 to 1.

Each is made from a seed, so a test hears the same every time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

RATE = 16_000


def pcm(sound: Sound) -> bytes:
    """As a microphone gives it: 16-bit mono."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def floats(sound: bytes, rate: int = RATE) -> Sound:
    """16-bit mono at ``rate`` as floats at 16 kHz."""
    import soxr

    given = np.frombuffer(sound, "<i2").astype(np.float32) / 32768
    return (given if rate == RATE else soxr.resample(given, rate, RATE)).astype(np.float32)


def room(seconds: float, seed: int = 0) -> Sound:
    """A quiet room."""
    return white(seconds, 0.0006, seed)


def white(seconds: float, level: float = 0.1, seed: int = 0) -> Sound:
    """A shower, a fan: every frequency alike. ``level``: root mean square."""
    return (np.random.default_rng(seed).standard_normal(_length(seconds)) * level).astype(np.float32)


def hum(seconds: float, level: float = 0.1, hertz: float = 50.0) -> Sound:
    """Mains hum with its overtones."""
    at = _at(seconds)
    waves = sum(np.sin(2 * np.pi * hertz * k * at) / k for k in (1, 2, 3, 5, 7))
    return (np.asarray(waves) * level).astype(np.float32) + room(seconds)


def clicks(seconds: float, level: float = 0.5, seed: int = 0) -> Sound:
    """Somebody types: four to nine strokes a second, each a burst of 5 to 15 ms that rings down."""
    rng, made = np.random.default_rng(seed), room(seconds, seed)
    at = 0.2
    while at < seconds - 0.1:
        length = _length(rng.uniform(0.005, 0.015))
        burst = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 4)) * level * rng.uniform(0.4, 1.0)
        begin = _length(at)
        made[begin : begin + length] += burst.astype(np.float32)
        at += rng.uniform(0.11, 0.25)
    return made


def music(seconds: float, level: float = 0.35, seed: int = 0) -> Sound:
    """Four chords, a melody with vibrato above them, and a drum on each beat, at 110 beats a minute."""
    rng, at = np.random.default_rng(seed), _at(seconds)
    beat = 60 / 110
    chords = ((220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (261.6, 329.6, 392.0), (196.0, 246.9, 293.7))
    scale = (440.0, 493.9, 523.3, 587.3, 659.3, 784.0, 880.0)
    made = np.zeros(len(at))
    for i in range(int(seconds / beat) + 1):
        here = (at >= i * beat) & (at < (i + 1) * beat)
        since = at[here] - i * beat
        for note in chords[i // 4 % 4]:
            made[here] += sum(np.sin(2 * np.pi * note * k * since) / k for k in (1, 2, 3)) * 0.2 * np.exp(-since)
        melody = scale[int(rng.integers(len(scale)))]
        wave = np.sin(2 * np.pi * melody * since + 0.8 * np.sin(2 * np.pi * 5.5 * since))
        made[here] += 0.5 * wave * np.exp(-1.5 * since)
        made[here] += rng.standard_normal(len(since)) * 0.6 * np.exp(-40 * since)
        made[here] += np.sin(2 * np.pi * 60 * since) * 0.8 * np.exp(-15 * since)
    return (made / np.abs(made).max() * level).astype(np.float32)


def sung(seconds: float, level: float = 0.4, seed: int = 0) -> Sound:
    """Somebody sings without words: vowels on a melody. Harmonics weighted by how near they lie to a vowel's formants
    (those of Peterson & Barney 1952, men).
    """
    rng = np.random.default_rng(seed)
    vowels = ((730, 1090, 2440), (270, 2290, 3010), (530, 1840, 2480), (570, 840, 2410), (300, 870, 2240))
    notes: list[npt.NDArray[np.float64]] = []
    while sum(len(n) for n in notes) < _length(seconds):
        at = _at(rng.uniform(0.3, 0.9))
        pitch = rng.choice((196.0, 220.0, 247.0, 262.0, 294.0, 330.0)) * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * at))
        phase, formants = 2 * np.pi * np.cumsum(pitch) / RATE, vowels[int(rng.integers(len(vowels)))]
        note = np.zeros(len(at))
        for k in range(1, 14):
            near = sum(1 / (1 + ((k * pitch[0] - f) / 90) ** 2) / (i + 1) for i, f in enumerate(formants))
            note += np.sin(k * phase) * (near + 0.02)
        notes.append(note * np.minimum(1, np.minimum(at / 0.05, (at[-1] - at) / 0.08)))
    made = np.concatenate(notes)[: _length(seconds)]
    return (made / np.abs(made).max() * level).astype(np.float32)


def another(voice: Sound, pitch: float) -> Sound:
    """Somebody else's voice: ``pitch`` times as high, and as much faster."""
    at = np.arange(0, len(voice) - 1, pitch)
    return np.interp(at, np.arange(len(voice)), voice).astype(np.float32)


def together(one: Sound, two: Sound, later_s: float = 0.0) -> Sound:
    """Both at once, the second this much later."""
    begin = _length(later_s)
    made = np.zeros(max(len(one), begin + len(two)), np.float32)
    made[: len(one)] += one
    made[begin : begin + len(two)] += two
    return made


def _length(seconds: float) -> int:
    return round(seconds * RATE)


def _at(seconds: float) -> npt.NDArray[np.float64]:
    return np.arange(_length(seconds)) / RATE
