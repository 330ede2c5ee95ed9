"""What every voice and all ears promise, the real ones and the fakes, and that the real ones understand each other."""

from __future__ import annotations

import numpy as np
import pytest

from someone.errors import CannotSpeak
from someone.mind.speaking import Delivery, readable
from someone.senses.ears import LocalEars
from someone.senses.words import words
from someone.testing import ears as fake_ears
from someone.testing.ears import FakeEars
from someone.testing.voice import FakeVoice
from someone.voice.events import RATE
from someone.voice.tts import HibariVoice, fetch, trimmed

SENTENCES = ("I went to see my sister yesterday.", "What should I cook for dinner tonight?", "It rained all afternoon.")


@pytest.fixture(scope="module")
def real_ears():
    return LocalEars()


@pytest.fixture(scope="module")
def real_voice():
    return HibariVoice()


@pytest.fixture(params=["fake", "real"])
async def voice(request, real_voice):
    chosen = FakeVoice(0.3) if request.param == "fake" else real_voice
    await chosen.warm()
    return chosen


@pytest.fixture(params=["fake", "real"])
async def ears(request):
    chosen = FakeEars() if request.param == "fake" else LocalEars()
    await chosen.warm()
    return chosen


def at_16k(pcm):
    """Every third pair of samples: good enough for a detector of voices."""
    import soxr

    sound = soxr.resample(np.frombuffer(pcm, "<i2").astype(np.float32) / 32768, RATE, 16_000)
    return (sound * 32767).astype("<i2").tobytes()


async def test_words_become_sound_and_no_words_become_none(voice):
    """Whole samples come out, quieter than clipping; what can't be said gives no sound and no failure."""
    sound = np.frombuffer(await voice.speak("Good morning, dear.", Delivery()), "<i2")
    assert len(sound) > RATE * 0.4
    assert np.abs(sound).max() < 32700
    assert await voice.speak("***", Delivery(pause_s=0.0)) == b""


async def test_a_slower_pace_takes_longer(voice):
    """Pace is felt."""
    text = "I am thinking about it, and it takes its time."
    slow = await voice.speak(text, Delivery(pace=0.8, pause_s=0))
    quick = await voice.speak(text, Delivery(pace=1.2, pause_s=0))
    assert len(slow) > 1.2 * len(quick)


async def test_silence_holds_no_voice_and_no_words(ears):
    """A second of nothing: no window is voiced, and nothing is read."""
    vad = ears.vad()
    quiet = fake_ears.silence(1.0)
    heard = [await ears.voiced(vad, quiet[i : i + 1024]) for i in range(0, len(quiet) - 1023, 1024)]
    assert max(heard) < 0.5
    assert (await ears.read(quiet)).text == ""
    assert 0 <= await ears.done(quiet) <= 1


@pytest.mark.parametrize("text", SENTENCES)
async def test_what_the_voice_says_the_ears_understand(real_voice, text):
    """The loop from words to sound to words loses at most one word of a plain sentence, and the sound counts as voice."""
    ears = LocalEars()
    await ears.warm()
    pcm = at_16k(await real_voice.speak(text, Delivery()))
    heard = words(readable((await ears.read(pcm)).text))
    assert len(set(words(readable(text))) - set(heard)) <= 1
    vad = ears.vad()
    voiced = [await ears.voiced(vad, pcm[i : i + 1024]) for i in range(0, len(pcm) - 1023, 1024)]
    assert sum(p > 0.5 for p in voiced) > len(voiced) / 2


async def test_no_is_not_number(real_voice):
    """A "no." at the end is spoken as "no": it is as short in sound as it is in writing."""
    no = await real_voice.speak("Wait, no.", Delivery(pause_s=0))
    number = await real_voice.speak("Wait, number.", Delivery(pause_s=0))
    assert len(no) < len(number)


async def test_a_voice_that_is_not_here_is_replaced_by_the_one_that_is(tmp_path, monkeypatch):
    """No voice is fetched unasked: without its file she speaks with the voice that came along."""
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    voice = HibariVoice("emma")
    assert await voice.speak("Hello.", Delivery())
    assert not list(tmp_path.iterdir())


def test_without_a_network_she_says_so_and_keeps_her_voice(tmp_path, monkeypatch):
    """Asked to fetch one offline, she says what happened and what to do; an unknown name is told with the known ones."""
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    with pytest.raises(CannotSpeak, match="keep the one I have"):
        fetch("emma")
    with pytest.raises(CannotSpeak, match="heart"):
        fetch("nobody")


def test_the_ends_of_a_sentence_are_trimmed():
    """Silence before and after is cut, but for a breath; silence alone is nothing."""
    hum = np.full(RATE, 0.3, np.float32)
    padded = np.concatenate([np.zeros(RATE, np.float32), hum, np.zeros(RATE, np.float32)])
    assert RATE <= len(trimmed(padded)) <= 1.1 * RATE
    assert len(trimmed(np.zeros(100, np.float32))) == 0
