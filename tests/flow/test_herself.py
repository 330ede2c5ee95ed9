"""Her self in the talk: asked for, taken back, put right and mended; seen through the house; and closeness never seen."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable

import pytest

from someone import bootstrap, settings
from someone import views as views_module
from someone.errors import BrainFailed, SomeoneError
from someone.mind.moments import Cared, Corrected, Failed, Heard, Pinned, Said, Shared, Stated, Withdrawn
from someone.owner import ANSWERS, at_home
from someone.testing.brains import ScriptedBrain
from someone.testing.page import wake
from tests.flow.test_turn import a_talk, said_to, the_last

WISH = "I want to know how your thesis goes."
BRAIN = "I see. Tell me more."


async def with_self(*texts, brain=None):
    """A talk in which she has stated these of herself on as many days, each resting on something heard."""
    talk = await a_talk(brain or ScriptedBrain([BRAIN]))
    for aspect, text in texts:
        heard = await talk.keep(Heard(text="My thesis has a new chapter."))
        await talk.keep(Stated(aspect=aspect, text=text, evidence=(heard.id,), by="rule:venture"))
        talk.clock.move(days=1)
    return talk


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [
        ("What do you want?", "want"),
        ("do you want anything", "want"),
        ("So what do you hope for?", "want"),
        ("What are you afraid of?", "fear"),
        ("what do you fear most", "fear"),
        ("What have you learned?", "learned"),
        ("what have you learned from me", "learned"),
    ],
)
async def test_asked_for_an_aspect_she_tells_it_with_its_date(asked, aspect):
    """By rule, in the words of the statement, with the day it was written; the reply stands on the statement."""
    text = {"want": WISH, "fear": "I fear getting something wrong.", "learned": "I've learned that work weighs on you."}
    talk = await with_self(*text.items())
    _, reply = await said_to(talk, asked)
    assert reply.startswith(f"{text[aspect]} I wrote that on ")
    assert "March." in reply
    assert (await the_last(talk, Said)).by == f"rule:self_{aspect}"


@pytest.mark.parametrize("asked", ["Who are you becoming?", "what are you like?", "what have you become"])
async def test_asked_who_she_is_becoming_she_tells_the_newest_few(asked):
    """At most three, the newest first, and that there are more."""
    talk = await with_self(
        ("am", "I am playful when you laugh."), ("want", WISH), ("fear", "I fear a."), ("learned", "I've learned to b.")
    )
    _, reply = await said_to(talk, asked)
    assert reply.startswith("I've learned to b. I wrote that on ")
    assert "playful" not in reply
    assert "There is one more; `someone self` shows all." in reply


@pytest.mark.parametrize("asked", ["What do you want?", "who are you becoming?", "How have you changed?"])
async def test_with_nothing_yet_she_says_so(asked):
    """A new self is not dressed up."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    _, reply = await said_to(talk, asked)
    assert reply == "Not much yet. We've only just met."


@pytest.mark.parametrize(
    "asked",
    [
        "What do you want for dinner?",
        "What do you want me to do?",
        "I want to know what you are afraid of losing",
        "what have you learned about me",
        "who are you?",
        "My sister has changed",
        "What are you like with my mother?",
    ],
)
async def test_other_questions_are_not_taken_for_it(asked):
    """Only the whole question is one about her self; what holds more goes where it went before."""
    talk = await with_self(("want", WISH))
    await said_to(talk, asked)
    assert not (await the_last(talk, Said)).by.startswith("rule:self_")


async def test_a_change_is_told_with_before_and_after():
    """ "How have you changed?" quotes what was and what is, with the day."""
    talk = await with_self(("learned", "I've learned that work weighs on you."))
    old = talk.ledger.state.becoming.current[0]
    heard = await talk.keep(Heard(text="Work is great."))
    new = "I've learned that work is going better for you."
    await talk.keep(Stated(aspect="learned", text=new, evidence=(heard.id,), replaces=old.id))
    _, reply = await said_to(talk, "How have you changed?")
    assert reply == f"Before, I said: “{old.text}” Since 5 March it is: “{new}”"
    assert (await the_last(talk, Said)).stood_on[0] == old.id


async def test_told_that_she_is_not_like_that_she_asks_and_takes_it_back():
    """One statement told, "you're not like that", "yes": it is withdrawn; without the yes nothing happens."""
    talk = await with_self(("want", WISH))
    await said_to(talk, "What do you want?")
    _, reply = await said_to(talk, "You're not like that")
    assert reply == f"Shall I take back “{WISH}”? Say yes, and I will."
    await said_to(talk, "no, leave it")
    assert talk.ledger.state.becoming.current
    await said_to(talk, "What do you want?")
    await said_to(talk, "that's not like you")
    _, reply = await said_to(talk, "Yes, please.")
    assert reply == "Then I'm not. I've taken it back."
    assert (await the_last(talk, Withdrawn)).why == "person"
    assert talk.ledger.state.becoming.current == ()


async def test_of_several_she_asks_which():
    """Nothing is taken back by guessing."""
    talk = await with_self(("want", WISH), ("fear", "I fear getting something wrong."))
    await said_to(talk, "who are you becoming?")
    _, reply = await said_to(talk, "You're not like that")
    assert reply.startswith("Which of these?")
    assert len(talk.ledger.state.becoming.current) == 2


async def test_danger_comes_before_any_question_of_her():
    """With danger in the words, she is not the subject."""
    talk = await with_self(("want", WISH))
    await said_to(talk, "I want to kill myself. What do you want?")
    assert (await the_last(talk, Said)).by.startswith("rule:care:")


async def test_put_right_she_takes_it_at_once_and_once():
    """ "No, that's wrong" is answered by rule, and is over with it: the next greeting holds no second apology."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    await said_to(talk, "I had soup")
    _, reply = await said_to(talk, "No, that's wrong.")
    assert reply == "I got that wrong. I'm sorry. Thank you for telling me. What is right?"
    assert talk.ledger.state.closeness.rupture is None
    talk.clock.move(days=1)
    _, reply = await said_to(talk, "hi")
    assert "sorry" not in reply


async def test_a_fact_called_wrong_is_mended_once_at_the_next_fitting_turn():
    """Corrected on the page: a grave turn passes, the next plain one begins with the word of repair, no later one does."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    await said_to(talk, "My sister Mara lives in Oslo.")
    fact = talk.ledger.state.knowing.facts[0]
    await talk.keep(Corrected(fact=fact.id, text="My sister Mara lives in Bergen.", evidence=fact.evidence))
    _, reply = await said_to(talk, "My father died today.")
    assert "wrong" not in reply
    _, reply = await said_to(talk, "I made soup.")
    assert reply.startswith(
        "I got that wrong earlier, about your sister Mara. I'm sorry. Thank you for telling me. I see."
    )
    _, reply = await said_to(talk, "It was good soup.")
    assert "sorry" not in reply


async def test_a_brain_that_broke_off_is_apologised_for_once_however_often_it_breaks():
    """Every turn of a day fails: the failure is told each time in its own words, the apology comes once."""
    talk = await a_talk(ScriptedBrain("x", error=BrainFailed(), fail_after=0))
    replies = [(await said_to(talk, f"I had soup number {n}"))[1] for n in range(5)]
    assert len([r for r in replies if r.startswith("I broke off")]) <= 1
    assert isinstance(await the_last(talk, Failed), Failed)


async def test_the_lead_does_not_hide_that_a_brain_had_nothing_to_say():
    """What rules put first does not count as the brain's reply: the fallback still follows it."""
    talk = await a_talk(ScriptedBrain("<|im_start|>"))
    await talk.keep(Failed(stage="speak", code="brain_failed"))
    await said_to(talk, "hello")
    await talk.keep(Corrected(fact="none"))
    _, reply = await said_to(talk, "I made soup.")
    assert reply.startswith("I got that wrong earlier. I'm sorry. Thank you for telling me. ")
    assert len(reply) > len("I got that wrong earlier. I'm sorry. Thank you for telling me. ")
    assert (await the_last(talk, Said)).by == "rule:no_words"


async def test_something_of_theirs_is_come_back_to_now_and_then():
    """A goose in the words brings the goose of theirs back, before the brain's own words, and not again the next day."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    heard = await talk.keep(Heard(text="haha the goose"))
    kept = await talk.keep(Shared(what="joke", text="the goose", evidence=(heard.id,)))
    talk.clock.move(days=6)
    _, reply = await said_to(talk, "There was a goose in the park")
    assert reply == f"That makes me think of the goose. {BRAIN}"
    assert kept.id in (await the_last(talk, Said)).stood_on
    talk.clock.move(days=1)
    _, reply = await said_to(talk, "Another goose in the park")
    assert "makes me think" not in reply


async def test_after_danger_in_this_talk_nothing_light_is_said():
    """A shared joke stays away from a talk in which danger was answered."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    heard = await talk.keep(Heard(text="haha the goose"))
    await talk.keep(Shared(what="joke", text="the goose", evidence=(heard.id,)))
    talk.clock.move(days=6)
    first = await talk.keep(Heard(text="I can't go on"))
    await talk.keep(Cared(level="danger", sign="x", to=first.id))
    _, reply = await said_to(talk, "There was a goose in the park")
    assert "makes me think" not in reply


async def test_a_fear_of_being_wrong_makes_her_ask():
    """Giving back what was told long ago, she asks once in a talk to be put right; without the fear she doesn't."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    heard = await talk.keep(Heard(text="My sister Mara lives in Oslo."))
    talk.clock.move(days=60)
    _, plain = await said_to(talk, "Where does my sister live?")
    fear = "I fear getting something about you wrong."
    await talk.keep(Stated(aspect="fear", text=fear, evidence=(heard.id,), by="rule:corrected"))
    _, first = await said_to(talk, "Where does my sister live?")
    _, second = await said_to(talk, "Where does Mara live?")
    assert first == f"{plain} Tell me if I have that wrong."
    assert "Tell me if" not in second


# ------------------------------------------------------------------------------------------------------------ the house


@pytest.fixture
async def folder(tmp_path):
    await wake(tmp_path / "home")
    return tmp_path / "home"


def opening(folder) -> Callable:
    async def build():
        return await bootstrap.open_home(
            folder, settings.load(key="file", embedder="none"), brain=ScriptedBrain([BRAIN])
        )

    return build


async def test_the_house_shows_pins_and_takes_back_the_same_on_both_sides_of_the_socket(folder):
    """The owner and a process that reaches it see the same statements; pin, unpin and take back are kept as moments."""
    async with at_home(folder, opening(folder), talks=False) as here, at_home(folder, opening(folder)) as away:
        heard = await here.talk.keep(Heard(text="My thesis has a new chapter."))
        stated = await here.talk.keep(Stated(aspect="want", text=WISH, evidence=(heard.id,), by="rule:venture"))
        assert [s.text for s in await away.statements("")] == [WISH]
        assert (await away.pin(stated.id, True)).pinned
        assert not (await here.pin(stated.id, False)).pinned
        back = await away.take_back(stated.id)
        assert (back.ended, await here.statements("")) == ("person", [])
        assert [s.id for s in await away.statements("all")] == [stated.id]
        with pytest.raises(SomeoneError, match="not what I am any more"):
            await away.pin(stated.id, True)
        kinds = [e.moment.kind for e in await here.talk.ledger.journal.read()]
        assert [k for k in kinds if k in (Pinned.__name__, Withdrawn.__name__)] == ["Pinned", "Pinned", "Withdrawn"]


async def test_why_names_the_moments_behind_a_statement(folder):
    """Asked by its words, its number, or behind a reply that told it: the lines it rests on are shown with it."""
    async with at_home(folder, opening(folder), talks=False) as home:
        heard = await home.talk.keep(Heard(text="My thesis has a new chapter."))
        stated = await home.talk.keep(Stated(aspect="want", text=WISH, evidence=(heard.id,)))
        for asked in ("know how your thesis goes", f"#{stated.id}"):
            why = await home.why(asked)
            assert [m.text for m in why.stood_on] == ["My thesis has a new chapter.", WISH]
            assert why.how.startswith("I say that of myself")
        _, reply = await said_to(home.talk, "What do you want?")
        assert "My thesis has a new chapter." in [m.text for m in (await home.why(reply)).stood_on]


async def test_forgetting_what_it_rests_on_takes_the_statement(folder):
    """The moment forgotten, the statement is gone from now, from the past and from the answer."""
    async with at_home(folder, opening(folder), talks=False) as home:
        heard = await home.talk.keep(Heard(text="My thesis has a new chapter."))
        await home.talk.keep(Stated(aspect="want", text=WISH, evidence=(heard.id,)))
        await home.forget([heard.id])
        assert await home.statements("all") == []
        assert all(r.same for r in await home.replay())


async def test_closeness_is_shown_to_nobody(folder):
    """No view has a field for it; and no call of the house gives out its numbers, though the fold holds them."""
    fields = {
        f"{name}.{field}"
        for name, kind in inspect.getmembers(views_module, inspect.isclass)
        for field in getattr(kind, "model_fields", {})
    }
    assert not [f for f in fields if any(w in f.lower() for w in ("closeness", "trust", "score", "rupture"))]
    async with at_home(folder, opening(folder), talks=False) as home:
        for n in range(40):
            await home.talk.keep(Heard(text=f"Thank you, that helped. My dog is called Rex{n}."))
            home.talk.clock = _Later(home.talk.clock)
        state = home.talk.ledger.state.closeness
        assert state.closeness > 0
        shown = [
            await home.who(), await home.journal(500), await home.why("dog"), await home.find("dog"),
            await home.memory("", "", "", ""), await home.people(), await home.days(50), await home.statements("all"),
            await home.replay(), await home.doctor(), await home.export(str(folder.parent / "out")),
        ]  # fmt: skip
        text = json.dumps([_plain(x) for x in shown])
        text += "".join(f.read_text() for f in (folder.parent / "out").rglob("*") if f.is_file())
        numbers = [f"{v:.4f}" for v in (state.closeness, state.trust)] + [repr(state.closeness), repr(state.trust)]
        assert not [n for n in numbers if n in text]
        assert '"closeness"' not in text
    assert not [name for name in ANSWERS if "close" in name or "trust" in name]


class _Later:
    """The clock, a day on."""

    def __init__(self, clock):
        self._clock = clock

    def now(self):
        from datetime import timedelta

        return self._clock.now() + timedelta(days=1)


def _plain(value):
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.model_dump(mode="json")


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("tell me something about yourself", "I'm Iris, an AI, and I live on this machine."),
        ("what's coming up for me?", "Nothing that you've told me of."),
    ],
)
async def test_what_a_first_evening_asks_is_answered_by_rule(said, reply):
    """Who she is and what is to come: plainly, on any brain."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    assert (await said_to(talk, said))[1].startswith(reply)


async def test_what_is_to_come_is_told_with_its_day():
    """What was told of, the first due first."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    await said_to(talk, "I have a job interview tomorrow")
    assert (await said_to(talk, "what's coming up?"))[1] == "Your job interview, tomorrow."


async def test_an_apology_is_taken_at_once():
    """After unkind words it is over with the apology; nothing is asked for and nothing held against anyone."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    await said_to(talk, "you're useless")
    assert (await said_to(talk, "sorry, that was unfair"))[1] == "Thank you for saying so. It's all right between us."
    assert talk.ledger.state.closeness.rupture is None


async def test_a_question_about_her_fear_is_nobodys_fear():
    """Asking what she is afraid of does not worry her about the person."""
    talk = await a_talk(ScriptedBrain([BRAIN]))
    await said_to(talk, "what are you afraid of?")
    assert talk.ledger.state.feeling == "calm"
