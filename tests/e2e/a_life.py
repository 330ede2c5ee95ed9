"""A life of some weeks, kept as real moments: what is said, felt, dreamed and stated, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from someone import bootstrap, settings
from someone.hands.skills import FolderSkills
from someone.mind import skill_text
from someone.mind.moments import (
    Dreamed,
    Felt,
    Heard,
    MomentId,
    Pinned,
    Reflected,
    Said,
    SkillApproved,
    SkillUsed,
    SkillWritten,
    Slept,
    Stated,
    Withdrawn,
)
from someone.mind.skill_text import Skill
from someone.mind.statements import Aspect
from someone.testing.brains import ScriptedBrain

SAID: list[tuple[str, str, str, str, float]] = [
    # what is said; the feeling, its emotion, why, how strongly
    ("I walked along the river before work.", "", "", "", 0.0),
    ("I got the job at the harbour!", "happy for Theo", "happy_for", "something good happened to you", 0.8),
    ("Mara laughed for a whole minute when I told her.", "warm", "joy", "Mara was glad with you", 0.4),
    ("I couldn't sleep again.", "a little worried", "sorry_for", "something is hard for you", 0.5),
    ("Thank you for listening to all this.", "warm", "gratitude", "you were kind to me", 0.5),
    ("The boat is called Second Breakfast, haha.", "playful", "amusement", "you were laughing", 0.4),
    ("Sundays are long without my grandmother.", "a little worried", "sorry_for", "you miss your grandmother", 0.7),
    ("No, it was Tuesday, not Thursday.", "quiet", "remorse", "I remembered it wrong", 0.5),
    ("We planted tomatoes on the balcony.", "", "", "", 0.0),
    ("Jonas finished the staircase. You should see it.", "happy for Theo", "happy_for", "Jonas did it", 0.5),
    ("I shouted at Mara on the phone, and I'm sorry for it.", "a little worried", "sorry_for", "you fell out with Mara", 0.8),
    ("We made up. She cried, then I did.", "warm", "relief", "you and Mara made up", 0.7),
]  # fmt: skip

STATED: list[tuple[int, Aspect, str, int | None, str]] = [
    # the day; the aspect; the words; which of these it stands in the place of; what the moments behind it speak of
    (3, "want", "I want to know how the new job goes.", None, "job"),
    (8, "learned", "I've learned that Sundays are hard for you.", None, "Sundays"),
    (10, "am", "I am glad when you tell me about Mara.", None, "Mara laughed"),
    (14, "fear", "I fear getting something about you wrong.", None, "Tuesday"),
    (21, "want", "I want to ask less and listen longer.", None, "listening"),
    (27, "learned", "I've learned that you call when it is already better.", None, "made up"),
    (33, "am", "I am glad when you and Mara talk, and not only when I hear of it.", 2, "Mara"),
    (38, "am", "I am slower to answer when you are sad.", None, "sleep"),
    (44, "fear", "I fear getting names wrong, less than I did.", 3, "Tuesday"),
    (50, "want", "I want to remember the river the way you tell it.", None, "river"),
]  # fmt: skip

WROTE = (
    "You came home tired and told me about the crane. I think you like the work more than you say.",
    "Two talks about Mara today. The second was quieter, and better.",
    "A short day. I kept thinking of the river.",
    "You corrected me, and I was glad to have it right.",
)
DREAMT = (
    "The river ran up the staircase that Jonas built, and nobody was surprised.",
    "Your grandmother stood on the boat and called it by another name.",
    "Tomatoes grew out of the crane, and Mara laughed for a whole minute.",
    "Second Breakfast sailed through the kitchen, with Jonas at the helm.",
    "It was Tuesday on the one bank of the river, and Thursday on the other.",
    "Somebody planted the harbour on a balcony, and it grew.",
    "All the Sundays stood in a row and waited for their turn.",
)


TAUGHT = Skill(
    name="grandmothers-tea",
    description="How your grandmother made tea",
    instructions="Warm the pot first. Two spoons of leaves, one of orange peel. Wait for six minutes, and talk meanwhile.",
    say=("how did my grandmother make tea",),
)


async def live(folder: Path, *, days: int = 60, now: datetime | None = None) -> None:
    """Fill the home of this folder with a life that ended last night."""
    now = now or datetime.now().astimezone()
    home = await bootstrap.open_home(folder, settings.load(key="file", embedder="none"), brain=ScriptedBrain(["."]))
    ids: list[MomentId] = []
    try:
        folder_skills = FolderSkills(folder / bootstrap.SKILLS)
        await folder_skills.keep(TAUGHT.name, 1, skill_text.write(TAUGHT))
        await folder_skills.place(TAUGHT.name, 1)
        for moment, at in _life(now - timedelta(days=days), days, ids):
            entry = await home.talk.ledger.keep(moment, at)
            ids.append(entry.id)
    finally:
        await home.aclose()


def _life(start: datetime, days: int, ids: list[MomentId]) -> Iterator[tuple[Any, datetime]]:
    """Moment by moment; ``ids`` holds the numbers of those that came before."""
    first = start.replace(hour=19, minute=5, second=0, microsecond=0)
    heard: list[MomentId] = []
    words: dict[MomentId, str] = {}
    stated: list[MomentId] = []
    for n in range(days):
        at = first + timedelta(days=n)
        for i in range(_talks(n)):
            text, feeling, emotion, why, strength = SAID[(n * 5 + i * 7 + n // 9) % len(SAID)]
            at += timedelta(minutes=4)
            yield Heard(text=text, channel="page"), at
            heard.append(ids[-1])
            words[ids[-1]] = text
            if feeling:
                cause = (heard[-1],)
                felt = Felt(feeling=feeling, why=why, cause=cause, emotion=emotion, intensity=strength, about="Mara")
                yield felt, at
            yield Said(text="I see.", to=heard[-1], by="rule:heard"), at
        night = first + timedelta(days=n, hours=8)
        for day, aspect, text, replaces, about in STATED:
            if day == n:
                before = stated[replaces] if replaces is not None else None
                behind = tuple(i for i in heard if about in words[i])[-3:] or tuple(heard[-1:])
                yield Stated(aspect=aspect, text=text, evidence=behind, replaces=before, by="rule"), night
                stated.append(ids[-1])
        yield from _night(n, night, heard, ids)
        if n == 40 and len(stated) > 4:
            yield Withdrawn(statement=stated[4], why="person"), night
        if n == 41:
            yield Pinned(statement=stated[1]), night
    yield from _skill(first + timedelta(days=days * 2 // 3), heard)


def _talks(n: int) -> int:
    """How much is said on a day: more on some, nothing on a few."""
    return (3, 2, 4, 0, 1, 5, 2)[n % 7] if n % 23 not in (16, 17, 18) else 0


def _night(n: int, at: datetime, heard: list[MomentId], ids: list[MomentId]) -> Iterator[tuple[Any, datetime]]:
    date = (at - timedelta(days=1)).date()
    did = {"notes": n % 4, "facts": n % 3, "reflect": int(n % 3 == 0), "dream": int(n % 9 == 4), "prove": 1}
    if n % 3 == 0 and heard:
        yield Reflected(text=WROTE[n // 3 % len(WROTE)], night=date, evidence=tuple(heard[-2:]), by="brain:x"), at
    if n % 9 == 4 and len(heard) > 2:
        yield Dreamed(text=DREAMT[n // 9 % len(DREAMT)], night=date, evidence=(heard[0], heard[-1]), by="rule"), at
        if n % 2 == 0:
            dream = ids[-1]
            yield Heard(text="Did you dream?", channel="page"), at + timedelta(hours=4)
            yield Said(text="I did.", to=ids[-1], stood_on=(dream,), by="rule:dream"), at + timedelta(hours=4)
    yield Slept(night=date, upto=heard[-1] if heard else MomentId(1), did=did, seconds=42.0), at


def _skill(at: datetime, heard: list[MomentId]) -> Iterator[tuple[Any, datetime]]:
    name, digest = TAUGHT.name, skill_text.digest(skill_text.write(TAUGHT))
    yield SkillWritten(name=name, version=1, digest=digest, evidence=(heard[0],), by="person"), at
    yield SkillApproved(name=name, version=1, digest=digest), at
    yield SkillUsed(name=name, version=1), at
