"""Whether a sentence of a small model is sound: grounded in its prompt, fit in tone, and about what is spoken of now. Pure."""

from __future__ import annotations

import re

from someone.mind.deliberation import Prompt
from someone.mind.grounding import grounded
from someone.mind.tone import fits, mood, repeats, strays

RECENT = 4
"""Earlier lines that still count as spoken of now: the last two exchanges."""


def sound(sentence: str, prompt: Prompt, *, remembers: bool) -> bool:
    """Whether it may be said. ``remembers``: a memory was handed over. The prompt ends with the note and the last words."""
    earlier = [line for line in prompt.lines[:-2] if line.role != "system"]
    told = remembers or any(line.role == "user" for line in earlier)
    if not grounded(sentence, [line.text for line in prompt.lines], remembers=told):
        return False
    if calls_herself(sentence, prompt.lines[0].text):
        return False
    text = prompt.lines[-1].text
    last = next((line.text for line in reversed(earlier) if line.role == "user"), "")
    felt = "bad" if mood(last) == "bad" else ""
    if not fits(sentence, text, felt):
        return False
    if repeats(sentence, [line.text for line in earlier if line.role == "assistant"]):
        return False
    recent = [line.text for line in (*earlier[-RECENT:], *prompt.lines[-2:], prompt.lines[0])]
    return not strays(sentence, recent, [line.text for line in earlier[:-RECENT]])


def calls_herself(sentence: str, persona: str) -> bool:
    """Whether the person is called by her name ("Thank you, Elva."): in a prompt it stands nearer than theirs."""
    name = re.match(r"You are ([^,]+),", persona)
    return bool(name and re.search(rf"(?:^|, *){re.escape(name[1])} *[,.!?]", sentence.strip()))
