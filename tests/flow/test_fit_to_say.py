"""What a small model offers is said only where it is fit to say; else it is asked once more, and then a rule speaks."""

from __future__ import annotations

from someone.mind.moments import Said
from someone.ports import Ability
from someone.testing.brains import ScriptedBrain
from tests.flow.test_turn import a_talk, said_to, the_last


async def test_a_first_sentence_that_is_unfit_is_asked_for_again():
    """Gladness at bad news is never heard; the second try is, asked for with more chance in it."""
    brain = ScriptedBrain(["I'm so glad! What a day.", "I'm sorry. What happened to him?"])
    talk = await a_talk(brain)
    _, reply = await said_to(talk, "my cat died this morning")
    assert reply == "I'm sorry. What happened to him?"
    assert brain.prompts[1].temperature > brain.prompts[0].temperature
    assert brain.prompts[1].lines == brain.prompts[0].lines
    assert (await the_last(talk, Said)).by == "brain:scripted"


async def test_an_unfit_sentence_after_a_fit_one_is_left_out():
    """What was already said stands, and the model is not asked twice."""
    brain = ScriptedBrain(["That is sad news. Are you thinking of killing yourself? I hear you."])
    _, reply = await said_to(await a_talk(brain), "my cat died this morning")
    assert reply.split(". ")[0] == "That is sad news"
    assert "killing" not in reply
    assert len(brain.prompts) == 1


async def test_where_nothing_is_fit_a_rule_speaks():
    """After two unfit tries she says something plain that fits the tone, and the journal says that a rule did."""
    talk = await a_talk(ScriptedBrain(["How lovely for you!", "Great, congratulations!"]))
    _, reply = await said_to(talk, "my cat died this morning")
    assert reply
    assert "glad" not in reply
    assert (await the_last(talk, Said)).by == "rule:no_words"


async def test_a_large_model_is_asked_once_and_not_judged_by_small_rules():
    """The rules of tone are for a model that can't do better."""
    brain = ScriptedBrain(["I'm glad you told me. He was loved."], ability=Ability(dialect="large"))
    _, reply = await said_to(await a_talk(brain), "my cat died this morning")
    assert reply == "I'm glad you told me. He was loved."
    assert len(brain.prompts) == 1


async def test_why_after_a_feeling_tells_its_cause():
    """A bare "why?" after "I feel ..." is about that feeling."""
    talk = await a_talk(ScriptedBrain(["I'm sorry. What happened?"]))
    await said_to(talk, "my cat died this morning")
    await said_to(talk, "how do you feel?")
    _, reply = await said_to(talk, "why?")
    assert "because something is hard for you" in reply


async def test_hi_and_hate_are_answered_by_rule():
    """A greeting and an insult need no model."""
    brain = ScriptedBrain(["nothing"])
    talk = await a_talk(brain)
    _, hello = await said_to(talk, "good morning")
    _, calm = await said_to(talk, "I hate you")
    assert hello.startswith("Good morning, Theo.")
    assert calm
    assert not brain.prompts
