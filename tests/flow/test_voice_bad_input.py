"""What no clear voice is, through the real detector of voices, judge of ends and reader of words: noise, music, silence
without end, several people at once, a voice that is faint or torn. Each is followed by a real sentence, which must be
understood. The clock is that of the sound.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import numpy as np
import pytest

from someone.bootstrap_voice import VoiceParts
from someone.mind.speaking import Delivery
from someone.senses.listener import PRE_ROLL_S, SPARE_S, WINDOW_BYTES, Deaf, Listener, SoFar, Speaking, Turn
from someone.senses.turn_taking import Manners
from someone.senses.words import words
from someone.testing import sounds
from someone.testing.clock import FakeClock
from someone.testing.ears import FakeEars, silence, voice
from someone.testing.page import served, wake
from someone.testing.voice import FakeVoice
from someone.voice import events
from someone.voice.session import VoiceSession
from tests.flow.test_voice import a_house, a_session
from tests.flow.test_web import let_in, line, of, until

SENTENCE = "My brother is getting married in June."
BACKWARDS = (
    "I went to see my sister yesterday.",
    "Where did you put the keys of the car?",
    "Nobody told me that the shop was closed.",
    "We should leave before it rains again.",
)


@pytest.fixture(scope="module")
def parts():
    """The ears and the voice as the product builds them, loaded once, on a loop of their own."""
    with asyncio.Runner() as runner:
        built = VoiceParts()
        runner.run(built.warm())
        yield runner, built
        runner.run(built.aclose())


async def _spoken(built, text):
    pcm = await built.voice.speak(text, Delivery(pause_s=0.0))
    return sounds.floats(pcm, 24_000)


async def _hears(built, sound):
    """Everything that a listener tells of this sound, and the most bytes that it held."""
    told, most = [], 0

    async def tell(signal):
        told.append(signal)

    listener = Listener(built.ears, tell)
    pcm = sounds.pcm(sound)
    for i in range(0, len(pcm), WINDOW_BYTES):
        await listener.hear(pcm[i : i + WINDOW_BYTES])
        while listener._work:
            await asyncio.wait(tuple(listener._work))
        most = max(most, len(listener._sound))
    await listener.aclose()
    return told, most


def _turns(told):
    return [s.text for s in told if isinstance(s, Turn)]


def _understood(text, said=SENTENCE):
    """At most one word is another."""
    return len(set(words(said)) - set(words(text))) <= 1


NOISES = {
    "a fan": sounds.white(15, 0.1),
    "a shower": sounds.white(15, 0.3),
    "mains hum": sounds.hum(15, 0.2),
    "somebody types": sounds.clicks(15),
    "somebody hammers on the keys": sounds.clicks(15, 0.9, seed=3),
    "music": sounds.music(30),
    "loud music": sounds.music(30, 0.95, seed=2),
    "faint music": sounds.music(30, 0.05, seed=3),
    "song without words": sounds.sung(20),
    "song with music": sounds.together(sounds.sung(20) * 0.5, sounds.music(20, 0.3)),
}


@pytest.mark.parametrize("name", NOISES)
def test_what_holds_no_words_makes_no_turn_and_the_talk_goes_on(parts, name):
    """Noise, clicks, music and song: no words are made up, nothing is told as a fault, whoever was told that somebody
    speaks is told that it was nothing, and the sentence after it is understood.
    """
    runner, built = parts

    async def heard():
        tail = np.concatenate([sounds.room(2.0), await _spoken(built, SENTENCE), sounds.room(2.5)])
        return await _hears(built, NOISES[name]), await _hears(built, np.concatenate([NOISES[name], tail]))

    (alone, most), (with_words, _) = runner.run(heard())
    assert _turns(alone) == []
    assert not [s for s in alone if isinstance(s, Deaf | SoFar)]
    assert most <= (Manners().longest_turn_s + SPARE_S) * 32_000
    assert len(_turns(with_words)) == 1
    assert _understood(_turns(with_words)[0])
    begun = sum(isinstance(s, Speaking) for s in with_words)
    assert begun == sum(isinstance(s, Turn) or type(s).__name__ == "Nothing" for s in with_words)


def test_ten_minutes_of_silence_are_nothing(parts):
    """A dead line and a quiet room, five minutes each: nothing is told, nothing is kept, and then a word is heard."""
    runner, built = parts

    async def heard():
        quiet = np.concatenate([np.zeros(300 * sounds.RATE, np.float32), sounds.room(300.0)])
        return await _hears(built, quiet), await _hears(
            built, np.concatenate([sounds.room(5.0), await _spoken(built, SENTENCE), sounds.room(2.5)])
        )

    (told, most), (after, _) = runner.run(heard())
    assert told == []
    assert most <= PRE_ROLL_S * 32_000 + WINDOW_BYTES
    assert _understood(_turns(after)[0])


@pytest.mark.parametrize(("pitch", "share", "later_s"), [(0.85, 1.0, 0.3), (1.2, 1.0, 0.8), (1.2, 0.4, 0.0)])
def test_two_people_at_once_make_one_turn_of_real_words(parts, pitch, share, later_s):
    """Two voices over each other end in one turn or in nothing, never in the same words over and over; then one of them
    alone is understood.
    """
    runner, built = parts

    async def heard():
        one = await _spoken(built, "Nobody told me that the shop was closed.")
        two = sounds.another(await _spoken(built, "We should leave before it rains again."), pitch) * share
        both = sounds.together(one, two.astype(np.float32), later_s)
        alone = await _spoken(built, SENTENCE)
        return await _hears(built, np.concatenate([sounds.room(0.5), both, sounds.room(3.0), alone, sounds.room(2.5)]))

    told, _ = runner.run(heard())
    *mixed, last = _turns(told)
    assert len(mixed) <= 1
    assert all(len(words(t)) <= 16 for t in mixed)
    assert _understood(last)


def test_speech_in_no_language_is_not_taken_for_words(parts):
    """Sentences played backwards sound like speech and hold no words of hers: none are made up."""
    runner, built = parts

    async def heard():
        said = [await _spoken(built, t) for t in BACKWARDS]
        sound = np.concatenate([np.concatenate([one[::-1], sounds.room(1.0)]) for one in said])
        return await _hears(built, np.concatenate([sounds.room(0.5), sound, sounds.room(3.0)]))

    told, _ = runner.run(heard())
    assert _turns(told) == []


@pytest.mark.parametrize("way", ["whispered from afar", "torn", "over a fan", "over music", "low", "high"])
def test_a_voice_that_is_faint_or_torn_is_understood(parts, way):
    """A fiftieth of the level, clipped thirty times over, amid noise, or of another pitch: the words still come."""
    runner, built = parts

    async def heard():
        said = np.concatenate([sounds.room(0.6), await _spoken(built, SENTENCE), sounds.room(2.5)])
        seconds = len(said) / sounds.RATE
        made = {
            "whispered from afar": said * 0.02,
            "torn": np.clip(said * 30, -1, 1),
            "over a fan": said + sounds.white(seconds, 0.02)[: len(said)],
            "over music": said + sounds.music(seconds, 0.08)[: len(said)],
            "low": sounds.another(said, 0.8),
            "high": sounds.another(said, 1.2),
        }
        return await _hears(built, made[way].astype(np.float32))

    told, _ = runner.run(heard())
    assert len(_turns(told)) == 1
    assert _understood(_turns(told)[0])


@pytest.mark.parametrize("answer", ["Yes.", "No.", "Okay.", "Thank you."])
def test_one_word_is_still_an_answer(parts, answer):
    """What keeps made-up words out lets a short answer in."""
    runner, built = parts

    async def heard():
        return await _hears(built, np.concatenate([sounds.room(0.6), await _spoken(built, answer), sounds.room(2.5)]))

    told, _ = runner.run(heard())
    assert [words(t) for t in _turns(told)] == [words(answer)]


def test_after_music_the_real_session_answers_a_real_sentence(parts):
    """The whole live talk: music makes no moment and leaves her listening; then she hears, answers, and keeps both."""
    runner, built = parts

    async def talk():
        house = await a_house()
        async with a_session(house, ears=built.ears) as (session, page):
            await _play(session, np.concatenate([sounds.sung(4), sounds.music(4), sounds.room(2.0)]))
            kept = await house.kinds()
            await _play(session, np.concatenate([await _spoken(built, SENTENCE), sounds.room(2.5)]))
            heard = await page.until(events.Heard, lambda e: e.final and bool(e.text))
            await page.until(events.Timing)
            return kept, heard.text, page.of(events.Trouble), await house.kinds()

    kept, heard, troubles, kinds = runner.run(talk())
    assert "Heard" not in kept
    assert troubles == []
    assert _understood(heard)
    assert kinds[-1] == "Said" or "Said" in kinds


async def _play(session, sound):
    """Sound into the session as fast as it takes it, each window once the one before was heard and what it asked for done."""
    pcm = sounds.pcm(sound)
    for i in range(0, len(pcm), WINDOW_BYTES):
        await session.hear(pcm[i : i + WINDOW_BYTES])
        listener = session._hearing.listener
        while session._waiting_bytes or listener._work:
            await asyncio.sleep(0)


async def _sends(socket, pcm):
    """As the page does: in small frames."""
    for i in range(0, len(pcm), 1280):
        await socket.send(pcm[i : i + 1280])


@pytest.mark.parametrize("dropped", [False, True], ids=["left open", "the line broke"])
async def test_a_page_left_open_overnight_hears_the_first_word_of_the_morning(tmp_path, monkeypatch, dropped):
    """Twelve hours later, with the line open all night or broken while the machine slept: what was half said in the
    evening is no turn, she tells anew that she is an AI, and the first sentence is heard, answered and kept, all in the
    one session.
    """
    monkeypatch.setenv("SOMEONE_KEY", "file")
    clock, seconds, sessions = FakeClock(datetime(2030, 3, 4, 20, tzinfo=UTC)), [0.0], []
    ears = FakeEars(["Good night for now.", "Good morning, I slept well."])

    async def new_session(house, sender):
        house.talk.clock = clock
        mouth = FakeVoice(0.02)
        sessions.append(VoiceSession(house, send=sender, ears=ears, voice=mouth, now=lambda: seconds[0]))
        return sessions[-1]

    await wake(tmp_path / "home")
    async with served(tmp_path / "home", new_session=new_session) as page, let_in(page) as client:
        evening = await line(page, client)
        await _sends(evening, voice(0.8) + silence(0.5))
        answered = await until(evening, "Timing")
        assert of(answered, "Heard")[-1]["text"] == "Good night for now."
        if of(answered, "State")[-1]["state"] != "listening":
            await until(evening, "State")
        await _sends(evening, voice(0.4))  # somebody begins, and the lid is shut
        await until(evening, "State")
        if dropped:
            evening.transport.abort()
        clock.move(hours=12)
        seconds[0] += 12 * 3600
        morning = await line(page, client) if dropped else evening
        await _sends(morning, silence(0.5))
        await _sends(morning, voice(0.8) + silence(0.5))
        frames = await until(morning, "Timing")
        moments = (await client.get("/api/journal")).json()
        await morning.close()
    assert [f["text"] for f in of(frames, "Heard") if f["final"] and f["text"]] == ["Good morning, I slept well."]
    assert "AI" in of(frames, "Notice")[0]["text"]
    assert [m["text"] for m in moments if m["kind"] == "Heard"] == [
        "Good night for now.",
        "Good morning, I slept well.",
    ]
    assert len(sessions) == 1
    assert not of(frames, "Trouble")
