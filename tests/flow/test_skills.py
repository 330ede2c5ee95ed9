"""Skills in the talk: two learned end to end, through the product's own turn and the real sandbox."""

from __future__ import annotations

import pytest

from someone.growing import Growing
from someone.hands.skills import FolderSkills
from someone.mind.moments import Said, SkillApproved, SkillNeeded, SkillTried, SkillUsed, SkillWritten
from someone.ports import Ability
from someone.skilled import Skilled
from someone.testing.brains import ScriptedBrain
from tests.flow.test_turn import BOND_ID, a_talk, kinds, said_to, the_last

OUNCES = """\
Here are the files.
=== SKILL.md
---
name: ounces-to-grams
description: Turns ounces into grams.
metadata:
  say: "convert ... ounces to grams | ... ounces in grams | how many grams are ... ounces"
---
One avoirdupois ounce is 28.349523125 grams.
=== scripts/main.py
import re


def answer(text):
    found = re.search(r"([0-9]+(?:\\.[0-9]+)?) ?(?:ounces|ounce|oz)", text.lower())
    if found is None:
        return ""
    grams = float(found.group(1)) * 28.349523125
    return f"{found.group(1)} ounces are about {round(grams)} grams."
=== examples.json
[{"given": "convert 30 ounces to grams", "gives": "30 ounces are about 850 grams."},
 {"given": "2 ounces in grams", "gives": "2 ounces are about 57 grams."},
 {"given": "convert my mood to grams", "gives": ""}]
"""
LARGE = Ability(dialect="large", tools=True, structured=True)


@pytest.fixture
async def at(tmp_path):
    """Gives a talk with a brain and skills in a folder of its own; everything is closed at the end."""
    folders = []

    async def talk_with(brain):
        talk = await a_talk(brain)
        folders.append(FolderSkills(tmp_path / "skills"))
        talk.skilled = Skilled(Growing(BOND_ID, talk.ledger, talk.memory, talk.clock, folders[-1]))
        return talk

    yield talk_with
    for folder in folders:
        await folder.aclose()


async def test_a_skill_taught_in_plain_words_is_used_once_it_is_allowed(at, tmp_path):
    """Taught by the person, repeated and asked about, allowed by yes, then said without any brain."""
    talk = await at(ScriptedBrain("The brain was asked."))
    _, asked = await said_to(
        talk, "Let me teach you: when I say good morning captain, you say Aye aye, the sea is calm."
    )
    assert "Aye aye, the sea is calm." in asked
    assert asked.endswith("Say yes, and I will.")
    _, before = await said_to(talk, "Good morning captain")
    assert "sea" not in before, "she used it before it was allowed"

    await said_to(talk, "Let me teach you: when I say good morning captain, you say Aye aye, the sea is calm.")
    await said_to(talk, "Yes")
    prompts = len(talk.brain.prompts)
    _, reply = await said_to(talk, "good morning, Captain!")
    assert reply == "Aye aye, the sea is calm."
    assert len(talk.brain.prompts) == prompts
    assert (await the_last(talk, Said)).by == "rule:skill"
    assert (await the_last(talk, SkillUsed)).outcome == "ok"
    written = await the_last(talk, SkillWritten)
    text = (tmp_path / "skills" / written.name / "SKILL.md").read_text()
    assert text.startswith("---\nname:")
    assert "Aye aye" in text


async def test_a_skill_written_by_a_brain_runs_its_examples_is_allowed_and_used(at):
    """Wanted twice, offered, written, tried in the sandbox, allowed by yes, and then right without the brain."""
    talk = await at(ScriptedBrain(["About 700 grams, I think.", OUNCES, "The brain was asked."], ability=LARGE))
    await said_to(talk, "Convert 25 ounces to grams")
    _, offer = await said_to(talk, "please convert 30 ounces to grams")
    assert "Shall I write" in offer
    assert len((await the_last(talk, SkillNeeded)).evidence) == 2
    _, asked = await said_to(talk, "yes")
    assert "3 examples" in asked
    assert (await the_last(talk, SkillTried)).model_dump(include={"passed", "failed"}) == {"passed": 3, "failed": 0}
    assert "SkillApproved" not in await kinds(talk)
    await said_to(talk, "yes please")
    assert (await the_last(talk, SkillApproved)).scopes == ()

    prompts = len(talk.brain.prompts)
    _, reply = await said_to(talk, "Could you convert 12 ounces to grams?")
    assert reply == "12 ounces are about 340 grams."
    assert len(talk.brain.prompts) == prompts
    used = await the_last(talk, SkillUsed)
    assert (used.name, used.outcome) == ("ounces-to-grams", "ok")
    _, again = await said_to(talk, "take that skill back")
    assert "don't use" in again
    assert "Shall" not in (await said_to(talk, "convert 12 ounces to grams"))[1]
