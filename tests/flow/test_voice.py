"""A live talk through the real pipeline, with ears and a voice that need no models: what is heard, said, cut and kept."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import numpy as np

from someone.errors import CannotHear, CannotSpeak, DiskFull
from someone.ledger import BOND, SELF, Ledger
from someone.mind import helplines
from someone.mind.moments import BondId, Disclosed, Met, Named, Said, Woke
from someone.senses.listener import Listener
from someone.talk import Talk, Utterance
from someone.testing.brains import ScriptedBrain
from someone.testing.clock import FakeClock
from someone.testing.ears import FakeEars, silence, voice
from someone.testing.journal import MemoryJournal
from someone.testing.memory import FakeMemory
from someone.testing.voice import FakeVoice
from someone.turn import turn
from someone.voice import events
from someone.voice.session import VoiceSession

LONG = "Once there was a lighthouse far out. Nobody lived there for many years. Then a woman came with a lamp."
PATIENCE_S = 10


class House:
    """A home of one talk."""

    def __init__(self, talk):
        self.talk = talk

    def turn(self, text, channel, spoken=None):
        return turn(Utterance(text, channel, spoken), self.talk)

    async def the_last(self, kind):
        return (await self.talk.ledger.journal.read(kinds=(kind.__name__,), newest_first=True, limit=1))[0].moment

    async def kinds(self):
        return [e.moment.kind for e in await self.talk.ledger.journal.read()]


async def a_house(brain=None, journal=None, *, disclosed=True):
    clock, bond = FakeClock(), BondId("b1")
    me, ledger = Ledger(MemoryJournal(), SELF), Ledger(journal or MemoryJournal(), BOND)
    await me.keep(Woke(seed=1), clock.now())
    await me.keep(Named(name="Iris", reason="It is short."), clock.now())
    await ledger.keep(Met(called="Theo"), clock.now())
    if disclosed:
        await ledger.keep(Disclosed(text="Iris is an AI."), clock.now())
    brain = brain or ScriptedBrain(["Good to hear from you."])
    return House(
        Talk(
            bond=bond, ledger=ledger, memory=FakeMemory(bond), brain=brain, clock=clock, me=me,
            helpline=helplines.for_country("US"),
        )
    )  # fmt: skip


class Page:
    """The other end of a session: keeps every event and can wait for one."""

    def __init__(self):
        self.events = []
        self._came = asyncio.Condition()

    async def take(self, event):
        async with self._came:
            self.events.append(event)
            self._came.notify_all()

    def of(self, kind):
        return [e for e in self.events if isinstance(e, kind)]

    async def until(self, kind, wanted=lambda _: True, *, after=0):
        """The first event of this kind, from number ``after`` of all events on, that is wanted."""

        def there():
            return next((e for e in self.events[after:] if isinstance(e, kind) and wanted(e)), None)

        async with asyncio.timeout(PATIENCE_S), self._came:
            await self._came.wait_for(lambda: there() is not None)
            return there()

    async def state(self, state, *, after=0):
        return await self.until(events.State, lambda e: e.state == state, after=after)


@asynccontextmanager
async def a_session(house, *, ears=None, mouth=None):
    page = Page()
    session = VoiceSession(house, send=page.take, ears=ears or FakeEars(), voice=mouth or FakeVoice())
    await session.start()
    try:
        yield session, page
    finally:
        await session.aclose()


async def said_aloud(session, seconds=0.8):
    await session.hear(voice(seconds))
    await session.hear(silence(0.5))


async def test_a_spoken_turn_is_heard_and_answered_in_a_voice():
    """Sound in; the words, the states in order, the caption and the sound of the reply out; both sides are kept."""
    house = await a_house()
    async with a_session(house, ears=FakeEars(["I saw Anna today."])) as (session, page):
        await said_aloud(session)
        await page.until(events.Timing)
        assert [e.text for e in page.of(events.Heard) if e.final] == ["I saw Anna today."]
        states = [e.state for e in page.of(events.State)]
        assert states[:4] == ["listening", "hearing", "thinking", "speaking"]
        await page.state("listening", after=page.events.index(page.of(events.Audio)[0]))
        assert [e.text for e in page.of(events.Said)] == ["Good to hear from you."]
        assert [e.index for e in page.of(events.Audio)] == list(range(len(page.of(events.Audio))))
        assert {"silence", "stt", "first_sound", "turn.first_words"} <= page.of(events.Timing)[0].stages.keys()
    kept = await house.the_last(Said)
    assert (kept.text, kept.cut) == ("Good to hear from you.", False)
    assert (await house.kinds()).count("Heard") == 1


async def test_the_notice_is_read_out_and_is_no_part_of_the_reply():
    """Whoever talks hands free hears the day's notice that she is an AI; Said holds the reply alone."""
    house = await a_house(disclosed=False)
    async with a_session(house) as (session, page):
        await said_aloud(session)
        await page.until(events.Timing)
        notice = page.of(events.Notice)[0].text
        assert [e.text for e in page.of(events.Said)] == [notice, "Good to hear from you."]
    assert (await house.the_last(Said)).text == "Good to hear from you."


async def test_typed_words_are_answered_in_a_voice_too():
    """say() needs no ears."""
    house = await a_house()
    async with a_session(house, ears=FakeEars(error=CannotHear())) as (session, page):
        await session.say("The rain stopped")
        await page.until(events.Audio)
        await page.state("listening", after=3)
    assert (await house.the_last(Said)).text == "Good to hear from you."


async def test_breaking_in_silences_her_and_keeps_only_what_was_spoken():
    """Speech over her voice: Flush, and Said holds the words that had sounded, with all the others as unsaid."""
    house = await a_house(ScriptedBrain([LONG, "All right."]))
    async with a_session(house, mouth=FakeVoice(0.25), ears=FakeEars(["Wait, listen to me now."])) as (session, page):
        await session.say("Tell me a story")
        await page.until(events.Audio, lambda e: e.index == 8)
        await said_aloud(session)
        await page.until(events.Flush)
        await page.until(events.Heard, lambda e: e.final and e.text.startswith("Wait"))
        await page.until(events.Audio, lambda e: e.utterance == 2)
    first, second = [e.moment for e in await house.talk.ledger.journal.read(kinds=("Said",))]
    assert first.cut
    assert first.text
    assert LONG.startswith(first.text)
    assert len(first.text) < len(LONG) / 2
    assert (first.text + first.unsaid).replace(" ", "") == LONG.replace(" ", "")
    assert (second.to or 0) > (first.to or 0)


async def test_the_page_tells_how_far_it_has_come():
    """Where the page's sound runs behind, the position that it reports is what counts at an interruption."""
    house = await a_house(ScriptedBrain([LONG]))
    async with a_session(house, mouth=FakeVoice(0.2)) as (session, page):
        await session.say("Tell me a story")
        await page.until(events.Audio, lambda e: e.index == 6)
        await session.played(1, 0.0)
        await session.interrupt()
        await page.until(events.Timing)
    said = await house.the_last(Said)
    assert said.cut
    assert said.text == ""


async def test_a_murmur_does_not_stop_her():
    """A "mm-hm" while she speaks: she pauses, takes up again, and says all of it; no turn comes of the murmur."""
    house = await a_house(ScriptedBrain([LONG]))
    async with a_session(house, mouth=FakeVoice(0.1), ears=FakeEars(["Mm-hm."])) as (session, page):
        await session.say("Tell me a story")
        await page.until(events.Audio, lambda e: e.index == 3)
        await session.hear(voice(0.3))
        await session.hear(silence(0.7))
        await page.until(events.Timing)
        assert page.of(events.Flush)
    said = await house.the_last(Said)
    assert (said.text, said.cut) == (LONG, False)
    assert (await house.kinds()).count("Heard") == 1


async def test_her_own_voice_in_the_microphone_does_not_stop_her():
    """No echo cancellation at all: a third of what she plays comes straight back. She says all of it, and to herself she
    never answers.
    """
    house = await a_house(ScriptedBrain([LONG]))
    ears = FakeEars(["Once there was."])
    async with a_session(house, ears=ears, mouth=FakeVoice(0.3)) as (session, page):
        await session.say("Tell me a story")
        sent = 0
        while not page.of(events.Timing):
            await asyncio.sleep(0.02)
            audio = page.of(events.Audio)
            if sent == len(audio):
                await session.hear(silence(0.02))
            for chunk in audio[sent:]:
                sound = np.frombuffer(chunk.pcm, "<i2").reshape(-1, 3)[:, :2].reshape(-1)
                await session.hear((sound * 0.33).astype("<i2").tobytes())
            sent = len(audio)
        assert len(page.of(events.Flush)) <= 3
    said = await house.the_last(Said)
    assert (said.text, said.cut) == (LONG, False)
    assert (await house.kinds()).count("Heard") == 1


async def test_an_interruption_before_the_first_sound_leaves_nothing_said():
    """While she still thinks, there is nothing to be silenced; the turn ends and the next one works."""
    never = asyncio.Event()

    class Slow(ScriptedBrain):
        async def reply(self, prompt):
            await never.wait()
            yield "Never said."

    house = await a_house(Slow())
    async with a_session(house) as (session, page):
        await session.say("The rain stopped")
        await page.state("thinking")
        await session.interrupt()
        await page.until(events.Timing)
        await page.state("listening", after=3)
        house.talk.brain = ScriptedBrain(["Here I am."])
        seen = len(page.events)
        await session.say("Are you there?")
        await page.until(events.Timing, after=seen)
    assert (await house.the_last(Said)).text == "Here I am."


async def test_closing_while_she_speaks_keeps_what_was_spoken():
    """The page goes away in the middle of a reply: what had sounded is kept, and nothing is left running."""
    house = await a_house(ScriptedBrain([LONG]))
    before = len(asyncio.all_tasks())
    async with a_session(house, mouth=FakeVoice(0.2)) as (session, page):
        await session.say("Tell me a story")
        await page.until(events.Audio, lambda e: e.index == 6)
    said = await house.the_last(Said)
    assert said.cut
    assert LONG.startswith(said.text)
    assert said.unsaid
    assert not house.talk.busy.locked()
    assert len(asyncio.all_tasks()) <= before


async def test_a_page_that_leaves_while_things_load_leaves_nothing_running():
    """Closed before it was ready: start ends, no pipeline begins, and what is sent to it later is passed over."""
    house = await a_house()
    loading = asyncio.Event()

    class SlowEars(FakeEars):
        async def warm(self):
            await loading.wait()

    before = asyncio.all_tasks()
    session = VoiceSession(house, send=(page := Page()).take, ears=SlowEars(), voice=FakeVoice())
    starting = asyncio.ensure_future(session.start())
    await asyncio.sleep(0)
    await session.aclose()
    loading.set()
    await starting
    await session.hear(voice(1.0))
    await session.say("The rain stopped")
    assert asyncio.all_tasks() == before
    assert not page.of(events.Heard)


async def test_two_sentences_of_the_person_are_two_turns_and_silence_is_none():
    """Silence makes no turn; each spoken sentence makes one, in order."""
    house = await a_house()
    async with a_session(house, ears=FakeEars(["One thing.", "Another thing."])) as (session, page):
        await session.hear(silence(3))
        for text in ("One thing.", "Another thing."):
            seen = len(page.events)
            await said_aloud(session)
            await page.until(events.Heard, lambda e, t=text: e.final and e.text == t)
            await page.until(events.Timing, after=seen)
    heard = [e.moment.text for e in await house.talk.ledger.journal.read(kinds=("Heard",))]
    assert heard == ["One thing.", "Another thing."]


async def test_a_sound_without_words_makes_no_turn():
    """A cough: it is heard as a sound, read as nothing, and forgotten."""
    house = await a_house()
    async with a_session(house, ears=FakeEars([""])) as (session, page):
        await said_aloud(session)
        await page.until(events.Heard, lambda e: e.final and not e.text)
        await page.state("listening", after=3)
    assert "Heard" not in await house.kinds()


async def test_muted_ears_hear_nothing():
    """While muted no sound is taken in; unmuted, the next one is."""
    house = await a_house()
    async with a_session(house) as (session, page):
        await session.mute(on=True)
        await said_aloud(session)
        await session.mute(on=False)
        await said_aloud(session)
        await page.until(events.Timing)
    assert (await house.kinds()).count("Heard") == 1


async def test_a_goodbye_is_spoken_to_its_end_and_then_told():
    """Parted comes after the last sound, not before."""
    house = await a_house()
    async with a_session(house, ears=FakeEars(["Goodbye."])) as (session, page):
        await said_aloud(session)
        await page.until(events.Parted)
        assert page.events.index(page.of(events.Parted)[0]) > page.events.index(page.of(events.Audio)[-1])
    assert (await house.kinds())[-1] == "Parted"


async def test_without_a_voice_her_words_still_come():
    """The voice is broken: she says so once, the text of the reply is shown and kept as said."""
    house = await a_house()
    async with a_session(house, mouth=FakeVoice(error=CannotSpeak())) as (session, page):
        await session.say("The rain stopped")
        await page.until(events.Timing)
        assert [e.code for e in page.of(events.Trouble)] == ["cannot_speak"]
        assert [e.text for e in page.of(events.Said)] == ["Good to hear from you."]
        assert not page.of(events.Audio)
    assert (await house.the_last(Said)).text == "Good to hear from you."


async def test_words_that_could_not_be_read_are_told():
    """The reader of speech breaks: Trouble says what to do, and typing works."""
    house = await a_house()
    async with a_session(house, ears=FakeEars(error=CannotHear())) as (session, page):
        await said_aloud(session)
        assert (await page.until(events.Trouble)).do
        await session.say("The rain stopped")
        await page.until(events.Said)


async def test_a_full_disk_is_told_in_words_and_in_sound():
    """What could not be kept is not answered as if it were: she says what happened."""

    class Full(MemoryJournal):
        full = False

        async def append(self, moment, at, *, key=None):
            if self.full:
                raise DiskFull
            return await super().append(moment, at, key=key)

    journal = Full()
    house = await a_house(journal=journal)
    async with a_session(house, mouth=(mouth := FakeVoice(0.02))) as (session, page):
        journal.full = True
        await session.say("Keep this")
        assert (await page.until(events.Trouble)).code == "disk_full"
        await page.until(events.Audio)
        assert "disk is full" in mouth.said[0][0]


async def test_her_feeling_shapes_how_she_speaks():
    """Words that worry her are answered more slowly and softly than others."""
    house = await a_house(ScriptedBrain(["I am sorry. That is hard."]))
    async with a_session(house, mouth=(mouth := FakeVoice(0.02))) as (session, page):
        await session.say("My father died on Monday")
        await page.until(events.Timing)
        assert page.of(events.Feels)
        _, how = mouth.said[-1]
        assert how.pace < 1
        assert how.loudness < 1


async def test_silence_and_talk_without_end_keep_no_sound():
    """Looped sound through the listener: what it holds stays as small as at the start."""
    turns = []

    async def tell(signal):
        turns.append(type(signal).__name__)

    listener = Listener(FakeEars(["Yes, like that."]), tell)
    await listener.hear(silence(120))
    for _ in range(50):
        await listener.hear(voice(1.0) + silence(0.3))
        for _ in range(5):
            await asyncio.sleep(0)
        await listener.hear(silence(2.0))
    assert turns.count("Turn") == 50
    assert len(listener._sound) <= 16_000 * 2
    assert len(listener._work) <= 1
    await listener.aclose()
