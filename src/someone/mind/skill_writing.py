"""How a capable brain is asked to write a skill, and how a lesson in plain words becomes one. Pure."""

from __future__ import annotations

import re

from someone.mind.deliberation import Line, Prompt
from someone.mind.lessons import Lesson, asked_how
from someone.mind.skill_text import CODE_FILE, EXAMPLES_FILE, SKILL_FILE, Skill, named

TRIES = 2
"""Once, and once more with what came out wrong."""

_TASK = f"""\
Task: write a small skill.
A person wants something that is easy to get wrong by head. Write a tiny program for it, as three files, each after a
line that names it. Nothing else.

=== {SKILL_FILE}
---
name: lower-case-words-with-hyphens
description: One sentence that says what it does.
metadata:
  say: "phrases that call for it | ... for any words | convert ... ounces to grams"
---
How it works, in one or two sentences.
=== {CODE_FILE}
def answer(text):
    # text is what the person said. Return one plain spoken sentence, or "" when the words are not for this skill.
    ...
=== {EXAMPLES_FILE}
[{{"given": "what a person says", "gives": "the exact sentence that answer returns"}}]

Rules: plain Python, only the modules re, math and json. No files, no network, no clock, no input, no print. Three or more
examples; one of them must give "". If it needs today's date, add `scopes: "today"` below metadata and call today(),
which gives "2026-03-02"; give that day in the examples."""


def prompt(wishes: tuple[str, ...], before: str = "", wrong: str = "") -> Prompt:
    """The prompt for a need, in the person's words. ``before``: what was written at the first try; ``wrong``: why it
    would not do.
    """
    asked = "\n".join(f"- {w}" for w in wishes)
    lines = [Line("system", _TASK), Line("user", f"The person asked:\n{asked}")]
    if wrong:
        lines += [Line("assistant", before), Line("user", f"That does not work: {wrong}\nWrite all three files again.")]
    return Prompt(tuple(lines), max_tokens=1600, temperature=0.2)


def taught(lesson: Lesson, name: str = "") -> Skill:
    """The skill of a lesson: no code, and her answer as its instructions. ``name``: to be a new version of that one."""
    if lesson.kind == "say":
        return Skill(
            name or named(lesson.phrase),
            f"When you say “{lesson.phrase}”, I answer “{lesson.words}”{'' if lesson.words[-1] in '.!?' else '.'}",
            lesson.words,
            (_phrase(lesson.phrase),),
        )
    to_you = turned(lesson.phrase)
    return Skill(
        name or named(lesson.phrase),
        f"How to {to_you}, as you taught me.",
        f"You taught me how to {to_you}: {turned(lesson.words)}",
        asked_how(_phrase(lesson.phrase)),
    )


def turned(words: str) -> str:
    """The person's words, said to them: "my blue pot" is "your blue pot"."""
    for mine, yours in (("my", "your"), ("mine", "yours"), ("I'm", "you're"), ("I’m", "you’re"), ("I", "you"), ("me", "you"),
                        ("myself", "yourself")):  # fmt: skip
        words = re.sub(rf"(?<![\w'’]){mine}(?![\w'’])", yours, words)
        words = (
            re.sub(rf"(?<![\w'’]){mine.capitalize()}(?![\w'’])", yours.capitalize(), words) if mine == "my" else words
        )
    return words


def _phrase(words: str) -> str:
    """Bars part phrases in the file, so none may stand in one."""
    return " ".join(words.replace("|", " ").split())
