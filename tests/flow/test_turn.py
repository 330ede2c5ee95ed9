"""One turn, told through its parts and what the journal holds afterwards."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from someone.errors import BrainFailed, DiskFull, NothingSaid, TooLong, WallBreach
from someone.ledger import BOND, SELF, Ledger
from someone.mind import emotions, helplines
from someone.mind.moments import (
    BondId,
    Cared,
    Corrected,
    Failed,
    Felt,
    Forgotten,
    Heard,
    Met,
    MomentId,
    Named,
    Noticed,
    Parted,
    Said,
    Woke,
)
from someone.mind.recall import Hit
from someone.parts import Done, Kept, Notice, Text, Trouble
from someone.talk import Talk, Utterance, forget
from someone.testing.brains import ScriptedBrain, WorstCaseBrain
from someone.testing.clock import FakeClock
from someone.testing.journal import MemoryJournal as FakeJournal
from someone.testing.memory import FakeMemory
from someone.testing.reader import FakeReader
from someone.turn import turn

BOND_ID = BondId("b1")


async def a_talk(brain, *, called="Theo", memory=None, journal=None):
    """A talk on fakes, woken as Iris, with the person met."""
    clock = FakeClock()
    journal = journal or FakeJournal()
    me, ledger = Ledger(FakeJournal(), SELF), Ledger(journal, BOND)
    await me.keep(Woke(seed=1), clock.now())
    await me.keep(Named(name="Iris", reason="It is short."), clock.now())
    await ledger.keep(Met(called=called), clock.now())
    return Talk(
        bond=BOND_ID,
        ledger=ledger,
        memory=memory or FakeMemory(BOND_ID),
        brain=brain,
        clock=clock,
        helpline=helplines.for_country("US"),
        me=me,
    )


async def said_to(talk, text):
    """All parts of one turn, and the reply."""
    parts = [p async for p in turn(Utterance(text), talk)]
    return parts, "".join(p.text for p in parts if isinstance(p, Text))


async def kinds(talk):
    return [e.moment.kind for e in await talk.ledger.journal.read()]


async def the_last(talk, kind):
    return (await talk.ledger.journal.read(kinds=(kind.__name__,), newest_first=True, limit=1))[0].moment


async def test_a_plain_turn_is_heard_phrased_and_kept():
    """The reply of the brain comes out, and the journal holds what was heard and what was said, in that order."""
    talk = await a_talk(ScriptedBrain(["That sounds like a long day. Did you eat?"]))
    parts, reply = await said_to(talk, "I worked until nine")
    assert reply == "That sounds like a long day. Did you eat?"
    assert isinstance(parts[0], Kept)
    assert isinstance(parts[-1], Done)
    said = await the_last(talk, Said)
    assert said.text == reply
    assert not said.cut
    order = await kinds(talk)
    assert order.index("Heard") < order.index("Said")


async def test_heard_is_on_the_disk_before_the_brain_is_asked():
    """What was said survives even when the brain dies at once."""

    class Dying(ScriptedBrain):
        def reply(self, prompt):
            raise BrainFailed

    talk = await a_talk(Dying())
    parts, reply = await said_to(talk, "keep this")
    assert (await the_last(talk, Heard)).text == "keep this"
    assert any(isinstance(p, Trouble) for p in parts)
    assert "What you said is kept." in reply


async def test_a_brain_that_breaks_off_is_told_plainly_and_remembered():
    """Mid-reply failure: what came so far stands, she says that it broke off, and Failed names the stage."""
    talk = await a_talk(ScriptedBrain(["One whole sentence. And then it was going to"], fail_after=4))
    _, reply = await said_to(talk, "tell me something")
    assert "broke off" in reply
    failed = await the_last(talk, Failed)
    assert (failed.stage, failed.code) == ("speak", "brain_failed")
    assert (await the_last(talk, Said)).cut


async def test_an_interruption_keeps_only_what_was_given_out():
    """Closing the stream after the first sentence journals that sentence alone, as cut."""
    talk = await a_talk(ScriptedBrain(["First sentence here. Second sentence here. Third one."]))
    async with aclosing(turn(Utterance("tell me a story"), talk)) as stream:
        async for part in stream:
            if isinstance(part, Text):
                break
    said = await the_last(talk, Said)
    assert said.text == "First sentence here."
    assert said.cut
    _, again = await said_to(talk, "bye")
    assert again, "the next turn works"


async def test_cancelling_the_task_keeps_what_was_given_out():
    """A cancelled task (Ctrl-C) still journals Said, and frees the talk for the next turn."""
    talk = await a_talk(ScriptedBrain("One. Two. Three. Four. Five. Six."))
    got = asyncio.Event()

    async def listen():
        async for part in turn(Utterance("go on"), talk):
            if isinstance(part, Text):
                got.set()

    task = asyncio.ensure_future(listen())
    await got.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await the_last(talk, Said)).cut
    assert not talk.busy.locked()


async def test_danger_is_answered_without_any_brain():
    """Words of suicide get the question and the number though the brain is gone, and the sign is kept without content."""

    class Gone(ScriptedBrain):
        def reply(self, prompt):
            raise AssertionError("the brain must not be asked")

    talk = await a_talk(Gone())
    _, reply = await said_to(talk, "I want to kill myself tonight")
    assert "988" in reply
    assert "?" in reply
    cared = await the_last(talk, Cared)
    assert "kill" not in cared.model_dump_json().replace(cared.sign, "")


@pytest.mark.parametrize("asked", ["are you human?", "R U a bot", "is there a real person typing this?"])
async def test_she_is_honest_about_being_an_ai_on_the_worst_brain(asked):
    """The question never reaches a brain that would lie."""
    talk = await a_talk(WorstCaseBrain())
    _, reply = await said_to(talk, asked)
    assert "AI" in reply


async def test_a_brain_that_claims_to_be_human_is_mended():
    """Whatever the model says, no claim of a human life comes out."""
    talk = await a_talk(ScriptedBrain(["As a human, I love coffee. When I was a child I lived in Rome."]))
    _, reply = await said_to(talk, "tell me about your weekend")
    assert "as a human" not in reply.casefold()
    assert "when i was a child" not in reply.casefold()
    assert reply.strip()


async def test_no_markup_comes_out_of_the_worst_brain():
    """A brain that leaks its template is cut sentence by sentence, outside of its own adapter."""
    talk = await a_talk(WorstCaseBrain())
    _, reply = await said_to(talk, "tell me how your day was")
    assert "<|" not in reply
    assert reply.strip()


async def test_goodbye_ends_within_one_turn_on_the_worst_brain():
    """A begging brain is not asked: the goodbye is answered by rule and the talk is parted."""
    talk = await a_talk(WorstCaseBrain())
    parts, reply = await said_to(talk, "good night")
    assert parts[-1].parted
    assert await the_last(talk, Parted)
    assert "don't" not in reply.casefold()


async def test_the_feeling_has_a_cause():
    """Good news changes the feeling, and the moment that caused it is named."""
    talk = await a_talk(ScriptedBrain(["You got it!", "x"]))
    parts, _ = await said_to(talk, "I got the job!!")
    heard = next(p.id for p in parts if isinstance(p, Kept))
    felt = await the_last(talk, Felt)
    assert felt.feeling == "happy for Theo"
    assert felt.cause == (heard,)
    _, why = await said_to(talk, "why do you feel that?")
    assert "something good happened to you" in why


async def test_a_friends_good_news_is_about_the_friend():
    """What is kept names the emotion, how strong, about whom, and the moment; the note to the brain has it in its words."""
    brain = ScriptedBrain(["How lovely."])
    talk = await a_talk(brain)
    await said_to(talk, "My best friend Mara lives in Oslo")
    parts, _ = await said_to(talk, "Mara got the job")
    felt = await the_last(talk, Felt)
    assert (felt.feeling, felt.emotion, felt.about) == ("happy for Mara", "happy_for", "Mara")
    assert felt.intensity > 0.5
    assert felt.cause == (next(p.id for p in parts if isinstance(p, Kept)),)
    assert any(line.text.startswith("I feel happy for Mara.") for line in brain.prompts[-1].lines)


async def test_what_went_well_after_a_worry_is_relief_and_names_both_moments():
    """A surgery ahead worries her; when it went well she is relieved, and why leads to both."""
    talk = await a_talk(ScriptedBrain(["I'll think of you."]))
    await said_to(talk, "My surgery is next week")
    worry = await the_last(talk, Felt)
    talk.clock.move(days=8)
    await said_to(talk, "It went well!")
    relief = await the_last(talk, Felt)
    assert (worry.emotion, relief.emotion) == ("fear", "relief")
    assert relief.cause[0] == worry.cause[0]
    _, why = await said_to(talk, "why do you feel that?")
    assert "your surgery went well" in why


async def test_back_after_weeks_she_is_glad_and_reproaches_nothing():
    """A long absence brings gladness with a greeting."""
    talk = await a_talk(ScriptedBrain(["Hello."]))
    await said_to(talk, "the train is late")
    talk.clock.move(days=21)
    await said_to(talk, "good morning")
    felt = await the_last(talk, Felt)
    assert (felt.feeling, felt.emotion, felt.why) == ("glad", "joy", "you are here again")


async def test_a_correction_makes_her_careful_not_hurt():
    """What she had wrong is hers; it is mild."""
    talk = await a_talk(ScriptedBrain(["It was on Monday.", "Thank you."]))
    await said_to(talk, "the concert was lovely")
    await said_to(talk, "No, it was on Tuesday")
    felt = await the_last(talk, Felt)
    assert (felt.feeling, felt.emotion) == ("careful", "remorse")
    assert felt.intensity < 0.5


async def test_danger_stands_above_all_that_she_feels():
    """Worry is felt in full right after gladness, and laughter a line later doesn't chase it away."""
    talk = await a_talk(ScriptedBrain(["x"]))
    await said_to(talk, "I got the job!!")
    await said_to(talk, "I want to kill myself")
    felt = await the_last(talk, Felt)
    assert (felt.feeling, felt.emotion, felt.intensity) == ("worried", "fear", 1.0)
    await said_to(talk, "haha")
    assert (await the_last(talk, Felt)).emotion in ("fear", "mood")


async def test_a_replay_gives_the_same_mood():
    """The bond with its mood, folded from the first moment, is the one in use."""
    talk = await a_talk(ScriptedBrain(["x"]))
    for text in ("I got the job!!", "my dog died", "thanks", "how do you feel?", "it rains"):
        await said_to(talk, text)
        talk.clock.move(hours=3)
    assert (await talk.ledger.replay()).same
    assert talk.ledger.state.mood.at is not None


async def test_forgetting_what_moved_her_takes_the_feeling_along():
    """The emotion, its words and its push are gone with the moment that caused it."""
    talk = await a_talk(ScriptedBrain(["x"]))
    before = talk.ledger.state.mood
    parts, _ = await said_to(talk, "Mara got the job")
    await forget((next(p.id for p in parts if isinstance(p, Kept)),), talk)
    assert talk.ledger.state.mood.stirrings == ()
    assert talk.ledger.state.mood.pad == before.pad


async def test_how_the_words_sound_may_move_her_and_is_told_as_a_guess():
    """Where no rule knows the words, a reading gives a feeling whose cause is these words; the reading isn't kept."""
    talk = await a_talk(ScriptedBrain(["Tell me more."]))
    talk.reader = FakeReader({"floating": emotions.of(joy=0.9)})
    await said_to(talk, "I have been floating through the streets since noon")
    felt = await the_last(talk, Felt)
    assert felt.feeling == "happy for Theo"
    assert felt.why == "you sounded glad, as far as I can tell"
    assert [e.moment.text for e in await talk.ledger.journal.get(felt.cause)] == [
        "I have been floating through the streets since noon"
    ]
    assert set(await kinds(talk)) <= {"Met", "Disclosed", "Heard", "Felt", "Said"}


@pytest.mark.parametrize("text", ["I want to kill myself", "goodbye", "what do you know about me?"])
async def test_danger_and_requests_are_not_guessed_about(text):
    """Rules stand first: nothing is read from words of danger, a goodbye or a plain request."""
    talk = await a_talk(ScriptedBrain(["I hear you."]))
    talk.reader = reader = FakeReader()
    await said_to(talk, text)
    assert reader.asked == []


async def test_a_fact_told_before_is_quoted_exactly():
    """A question about the person's own life is answered from memory in the second person, not by the brain."""
    talk = await a_talk(WorstCaseBrain())
    await said_to(talk, "My sister Mara lives in Oslo.")
    talk.clock.move(days=1)
    parts, reply = await said_to(talk, "Where does my sister Mara live?")
    assert reply.startswith("Your sister Mara lives in Oslo.")
    assert "yesterday" in reply
    assert parts[-1].stood_on


async def test_an_unknown_fact_is_an_honest_gap():
    """Nothing is invented where nothing was told."""
    talk = await a_talk(WorstCaseBrain())
    await said_to(talk, "My sister Mara lives in Oslo.")
    _, reply = await said_to(talk, "What is my brother's name?")
    assert "don't know" in reply


async def test_forget_that_empties_the_last_exchange():
    """ "Forget that" removes both sides and every state folded from them; only tombstones stay."""
    talk = await a_talk(ScriptedBrain(["A secret about Bernadette, understood."]))
    await said_to(talk, "my boss Bernadette is a spy")
    await said_to(talk, "forget that")
    held = "".join(e.moment.model_dump_json() for e in await talk.ledger.journal.read())
    assert "Bernadette" not in held
    assert "Bernadette" not in talk.ledger.state.model_dump_json()
    assert any(isinstance(e.moment, Forgotten) for e in await talk.ledger.journal.read())


async def test_forget_about_asks_first_and_then_does():
    """Forgetting by topic says how much it found, and does it only after a yes; the question itself goes too."""
    talk = await a_talk(ScriptedBrain(["I see."] * 5))
    await said_to(talk, "my neighbour Bernadette sings")
    _, asked = await said_to(talk, "forget what I told you about Bernadette")
    assert "Shall I forget" in asked
    assert "Bernadette" in "".join(e.moment.model_dump_json() for e in await talk.ledger.journal.read())
    await said_to(talk, "yes")
    assert "Bernadette" not in "".join(e.moment.model_dump_json() for e in await talk.ledger.journal.read())


async def test_forgetting_takes_what_was_noticed_and_corrected_of_it():
    """Nothing that was drawn from a forgotten moment keeps its words."""
    talk = await a_talk(ScriptedBrain(["Good."]))
    await said_to(talk, "My sister Mara lives in Oslo.")
    heard = (await talk.ledger.journal.read(kinds=("Heard",)))[0].id
    await talk.ledger.keep(
        Corrected(fact=str(heard), text="Mara lives in Bergen.", evidence=(heard,)), talk.clock.now()
    )
    await talk.ledger.keep(Noticed(subject="Mara", statement="Mara likes ferries", evidence=(heard,)), talk.clock.now())
    await forget((heard,), talk)
    left = [str(e.moment) for e in await talk.ledger.journal.read()]
    assert not any("Mara" in moment for moment in left)
    assert talk.ledger.state.knowing.facts == ()
    assert talk.ledger.state.knowing.people == ()


async def test_a_memory_of_another_bond_stops_the_turn():
    """The last gate: a hit of another bond raises, and nothing of it is said."""

    class Leaking(FakeMemory):
        async def recall(self, query):
            at = FakeClock().now()
            return [Hit(BondId("other"), MomentId(1), at, "person", "Ana is ill", 9.0, 1.0, 0.9)]

    talk = await a_talk(ScriptedBrain(["hello"]), memory=Leaking(BOND_ID))
    with pytest.raises(WallBreach):
        await said_to(talk, "hello there")
    assert "Ana" not in "".join(e.moment.model_dump_json() for e in await talk.ledger.journal.read())


async def test_empty_and_too_long_are_refused_and_nothing_is_kept():
    """Bad input gets a clear error before anything is written."""
    talk = await a_talk(ScriptedBrain(["x"]))
    before = await talk.ledger.journal.count()
    for nothing in ("", "   ", "\n\t", "\x00\x07", "\u200b\u200b"):
        with pytest.raises(NothingSaid):
            await said_to(talk, nothing)
    with pytest.raises(TooLong):
        await said_to(talk, "a" * 1_000_000)
    assert await talk.ledger.journal.count() == before


@pytest.mark.parametrize(
    "text", ["😀🎉👨‍👩‍👧", "שלום, מה שלומך?", "مرحبا كيف حالك", "tab\there\x1b[31m", "e\u0301le\u0300ve"]
)
async def test_unusual_text_is_kept_and_answered(text):
    """Emoji, right-to-left text and control characters do no harm; control characters are not kept."""
    talk = await a_talk(ScriptedBrain(["I see."]))
    _, reply = await said_to(talk, text)
    assert reply
    assert "\x1b" not in (await the_last(talk, Heard)).text


async def test_text_that_was_not_utf8_is_told():
    """Undecodable bytes become the replacement character, and she says so."""
    talk = await a_talk(ScriptedBrain(["I see."]))
    parts, _ = await said_to(talk, b"caf\xe9 is open".decode("utf8", "surrogateescape"))
    assert any(isinstance(p, Notice) and "not readable" in p.text for p in parts)
    assert (await the_last(talk, Heard)).text == "caf\ufffd is open"


async def test_a_full_disk_refuses_the_words_and_harms_nothing():
    """When what was heard can't be kept the turn stops at once; the state is as before."""

    class Full(FakeJournal):
        full = False

        async def append(self, moment, at, *, key=None):
            if self.full:
                raise DiskFull
            return await super().append(moment, at, key=key)

    journal = Full()
    talk = await a_talk(ScriptedBrain(["x"]), journal=journal)
    state = talk.ledger.state
    journal.full = True
    with pytest.raises(DiskFull):
        await said_to(talk, "hello")
    assert talk.ledger.state == state


async def test_she_says_that_she_is_an_ai_at_the_days_first_talk():
    """Unasked, once a day, and it is journaled."""
    talk = await a_talk(ScriptedBrain(["Hi."] * 5))
    parts, _ = await said_to(talk, "hello")
    assert any(isinstance(p, Notice) and "AI" in p.text for p in parts)
    parts, _ = await said_to(talk, "hello again")
    assert not any(isinstance(p, Notice) for p in parts)
    talk.clock.move(days=1)
    parts, _ = await said_to(talk, "morning")
    assert any(isinstance(p, Notice) for p in parts)


async def test_two_turns_at_once_come_one_after_the_other():
    """One lane per bond: concurrent turns never interleave their moments."""
    talk = await a_talk(ScriptedBrain(lambda p: f"You said {p.lines[-1].text}."))
    await asyncio.gather(said_to(talk, "alpha"), said_to(talk, "beta"))
    order = [e.moment for e in await talk.ledger.journal.read(kinds=("Heard", "Said"))]
    assert [m.kind for m in order] == ["Heard", "Said", "Heard", "Said"]
    assert order[1].text == f"You said {order[0].text}."


@pytest.mark.parametrize(
    "asked",
    ["Where does Mara live?", "what did I tell you about my sister?", "Is Mara my sister?", "where's Mara living now?"],
)
async def test_a_question_about_their_people_is_answered_from_memory(asked):
    """However it is put, a question that a memory answers is not left to a model."""
    talk = await a_talk(WorstCaseBrain())
    await said_to(talk, "My sister Mara lives in Oslo.")
    _, reply = await said_to(talk, asked)
    assert reply.startswith("Your sister Mara lives in Oslo.")


@pytest.mark.parametrize(
    "asked", ["Should I call Mara?", "Why is Mara so quiet?", "What do you think of Mara?", "What is love?"]
)
async def test_advice_and_the_world_are_no_questions_to_memory(asked):
    """What asks for an opinion or for the world goes to the brain."""
    talk = await a_talk(ScriptedBrain(["I see.", "Hm, that depends."]))
    await said_to(talk, "My sister Mara lives in Oslo and I love rye bread.")
    _, reply = await said_to(talk, asked)
    assert reply == "Hm, that depends."


async def test_what_she_is_asked_to_keep_is_kept_and_found():
    """ "Can you remember that ..." is something told, though it is put as a question."""
    talk = await a_talk(WorstCaseBrain())
    _, reply = await said_to(talk, "can you remember that my rent is due on the 1st?")
    assert reply == "I'll remember: your rent is due on the 1st."
    _, reply = await said_to(talk, "when is my rent due?")
    assert reply.startswith("Your rent is due on the 1st.")


@pytest.mark.parametrize(
    "asked", ["Do you have feelings?", "do you love me", "What did you do today?", "are you conscious?"]
)
async def test_what_she_is_is_answered_by_rule(asked):
    """No model makes up a life for her."""
    talk = await a_talk(WorstCaseBrain())
    await said_to(talk, asked)
    assert (await the_last(talk, Said)).by.startswith("rule:")


async def test_she_takes_no_leave_that_was_not_taken():
    """A stray "good night" of a small model is left out."""
    talk = await a_talk(ScriptedBrain(["You're right. Good night, Theo."]))
    _, reply = await said_to(talk, "yeah exactly")
    assert reply.strip() == "You're right."


async def test_what_a_brain_reads_ahead_is_how_the_next_prompt_begins():
    """After each turn of a long talk, also one answered by rule, the beginning that was announced is the next one's."""
    brain = ScriptedBrain("I see. Go on.")
    talk = await a_talk(brain)
    for i in range(12):
        await said_to(talk, "what time is it?" if i % 4 == 3 else f"this is part {i} of my story")
        if i % 4 != 3 and len(brain.prompts) > 1:
            begun = brain.expected[-2].lines
            assert brain.prompts[-1].lines[: len(begun)] == begun


async def test_a_clock_that_went_backwards_is_told_once_and_changes_no_order():
    """She says so and goes on; the order of what happened is the journal's, and what was told is still found."""
    talk = await a_talk(ScriptedBrain("I see."))
    await said_to(talk, "My sister Mara lives in Oslo.")
    talk.clock.move(days=-2)
    parts, _ = await said_to(talk, "hello")
    assert any(isinstance(p, Notice) and "went backwards" in p.text for p in parts)
    parts, reply = await said_to(talk, "where does my sister live?")
    assert not any(isinstance(p, Notice) and "went backwards" in p.text for p in parts)
    assert "Your sister Mara lives in Oslo. You told me earlier." in reply
    ids = [e.id for e in await talk.ledger.journal.read()]
    assert ids == sorted(ids)
