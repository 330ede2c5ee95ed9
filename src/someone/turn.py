"""How one turn flows. Read this first.

    heard ──► care ──► recall ──► appraise ──► deliberate ──► speak ──► journal
    (senses)  (rules)  (memory)   (feelings)   (rule or brain) (voice)  (every outcome, as it happens)

``turn`` is the whole story: each stage asks the pure mind, then lets one port act. What was heard is on the disk before
anything else happens; every later outcome is kept as it occurs, and ``Said`` holds only what was really given out, also
when the person cut in. Rules stand before and after the brain and need none: danger, honesty and goodbyes work with
the brain gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime

from someone.errors import SomeoneError
from someone.mind import answers, brought, care, mends
from someone.mind.appraisal import Happening, moved
from someone.mind.clocks import went_back
from someone.mind.deliberation import Answer, Phrase, large_prompt, small_prompt
from someone.mind.emotions import Reading
from someone.mind.feelings import Feeling
from someone.mind.hearing import take_in
from someone.mind.intents import Intent, Kind, recognise
from someone.mind.knowing import time_meant
from someone.mind.moments import (
    Cared,
    Disclosed,
    Entry,
    Failed,
    Felt,
    Heard,
)
from someone.mind.mood import kind_of, mood_at, pace, pushed
from someone.mind.recall import Hit, Query, sure
from someone.mind.small_talk import asks_why
from someone.mind.walls import admit
from someone.parts import Feels, Kept, Notice, Part
from someone.speaking import Speaking
from someone.talk import Taken, Talk, Utterance, Watch

HITS = 10
"""Memories looked at in a turn; far fewer are used."""


async def turn(utterance: Utterance, talk: Talk) -> AsyncGenerator[Part, None]:
    """Take one utterance from its first word to the last of the reply. One turn at a time per bond.

    Close the generator (or cancel its task) to interrupt her: the brain stops, and what was said so far is kept.
    Raises InputError for what can't be taken in and JournalError or HomeError when it could not be kept.
    """
    if talk.skilled is not None:
        talk.skilled.heard(utterance.text)  # a stop does not wait for the turn that it ends
    async with talk.busy:
        watch = Watch()

        heard = await _hear(utterance, talk)
        yield Kept(heard.entry.id)
        async for part in _notices(heard, talk):
            yield part
        watch.lap("heard")

        keeping: list[asyncio.Future[Entry]] = []
        sign, intent = care.read(heard.text, heard.recent), recognise(heard.text)
        if sign.cares:
            keeping.append(talk.keep_soon(Cared(level=sign.level.value, sign=sign.sign, to=heard.entry.id)))
        watch.lap("care")

        hits = await _recall(heard, sign, talk)
        watch.lap("recall")

        feeling, felt = await _appraise(heard, sign, intent, talk)
        if felt is not None:
            keeping.append(talk.keep_soon(felt))
            yield Feels(feeling.word, feeling.why, _pace(felt, talk))
        watch.lap("appraise")

        plan = _deliberate(heard, sign, intent, hits, feeling, talk)
        if talk.skilled is not None:
            plan = await talk.skilled.instead(plan, heard.entry, talk.me.state.name, talk.brain)
        plan = _owing(plan, heard, sign, talk)
        watch.lap("deliberate")

        speaking = Speaking(plan, heard, talk, watch)
        try:
            async with aclosing(speaking.parts()) as parts:
                async for part in parts:
                    yield part
        finally:
            # An interruption cancels the speaking, never the keeping of what was said.
            done = await asyncio.shield(asyncio.ensure_future(speaking.journal(keeping)))
        yield done


async def _hear(utterance: Utterance, talk: Talk) -> Taken:
    taken = take_in(utterance.text, talk.longest)
    before = talk.ledger.state.heard_at
    clock = went_back(before, talk.clock.now())
    talk.memory.listen(taken.text)
    entry = await talk.keep(Heard(text=taken.text, channel=utterance.channel))
    recent = tuple(line.text for line in talk.ledger.state.talk[:-1] if line.role == "user")[-4:]
    return Taken(entry, taken.text, recent, taken.damaged, clock, before, utterance.spoken)


async def _notices(heard: Taken, talk: Talk) -> AsyncIterator[Part]:
    if heard.damaged:
        yield Notice("Some of that was not readable text. I kept the rest, with � in its place.")
    if heard.clock:
        yield Notice(f"{heard.clock} Please check its date and time.")
    state, now = talk.ledger.state, talk.clock.now()
    if care.due(now, _local(state.disclosed_at, now), _local(state.talk_started, now)):
        text = care.disclosure(talk.me.state.name)
        await talk.keep(Disclosed(text=text))
        yield Notice(text)


async def _recall(heard: Taken, sign: care.Sign, talk: Talk) -> tuple[Hit, ...]:
    """What she remembers at these words. Danger does not wait for memory, and a broken index never stops a turn."""
    if sign.cares:
        return ()
    now = talk.clock.now()
    when = time_meant(heard.text, talk.ledger.state.knowing, now)
    query = Query(heard.text, now, before=heard.entry.id, limit=HITS, when=when)
    try:
        if talk.indexing is not None:
            await talk.indexing  # what was said a moment ago is findable now
        return admit(talk.bond, await talk.memory.recall(query))
    except SomeoneError as error:
        if error.code == "wall_breach":
            raise
        await talk.keep(Failed(stage="recall", code=error.code, to=heard.entry.id))
        return ()


async def _read(heard: Taken, sign: care.Sign, intent: Intent | None, talk: Talk) -> Reading | None:
    """How the words sound. Danger and plain requests are not guessed about; a guess is used here and kept nowhere."""
    if talk.reader is None or sign.cares or intent is not None:
        return None
    return await talk.reader.read(heard.text)


async def _appraise(heard: Taken, sign: care.Sign, intent: Intent | None, talk: Talk) -> tuple[Feeling, Felt | None]:
    bond = talk.ledger.state
    happening = Happening(
        text=heard.text,
        level=sign.level,
        person=bond.called,
        people=bond.knowing.people,
        now=heard.entry.at,
        heard_before=heard.before,
        asks=intent is not None or asks_why(heard.text),
        hers=next((line.text for line in reversed(bond.talk) if line.role == "assistant"), ""),
        mood=bond.mood,
        reading=await _read(heard, sign, intent, talk),
    )
    return moved(happening, heard.entry.id, bond.feeling, talk.clock.now())


def _pace(felt: Felt, talk: Talk) -> float:
    """How fast she speaks with this on her mind."""
    pad, kind = mood_at(talk.ledger.state.mood, talk.clock.now()).pad, kind_of(felt)
    return pace(pushed(pad, *kind) if kind is not None else pad)


def _deliberate(
    heard: Taken, sign: care.Sign, intent: Intent | None, hits: tuple[Hit, ...], feeling: Feeling, talk: Talk
) -> Answer | Phrase:
    state, me, now = talk.ledger.state, talk.me.state, talk.clock.now()
    memories = sure(Query(heard.text, now), hits)
    situation = answers.Situation(
        me=me,
        bond=state,
        text=heard.text,
        id=heard.entry.id,
        now=now,
        sign=sign,
        intent=intent,
        helpline=talk.helpline,
        feeling=feeling.word,
        feeling_why=feeling.why,
        feeling_cause=feeling.cause,
        memories=memories,
        brought=brought.surely(Query(heard.text, now), hits),
        matching=_matching(intent, hits),
        hits=hits,
    )
    if (answer := answers.answer(situation)) is not None:
        return answer
    earlier = state.model_copy(update={"talk": state.talk[:-1], "talk_lines": state.talk_lines - 1})
    small = talk.brain.ability.dialect == "small"
    at_hand = {line.id for line in earlier.talk}
    handed = tuple(h for h in (memories if small else brought.for_brain(hits)) if h.id not in at_hand)
    lay_out = small_prompt if small else large_prompt
    prompt = lay_out(me, earlier, heard.text, feeling.word, handed, now)
    return Phrase(prompt, tuple(h.id for h in handed))


def _owing(plan: Answer | Phrase, heard: Taken, sign: care.Sign, talk: Talk) -> Answer | Phrase:
    """The plan, led by what she owes: a word of repair, or now and then something that is theirs."""
    grave = sign.level is not care.Level.NONE or talk.ledger.state.cared_times > 0
    return mends.led_by(plan, talk.ledger.state, heard.text, talk.clock.now(), grave=grave)


def _matching(intent: Intent | None, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """What "forget X" means: the person's own lines in which X stands."""
    if intent is None or intent.kind is not Kind.FORGET or not intent.rest:
        return ()
    return tuple(h for h in hits if h.speaker == "person" and intent.rest.casefold() in h.text.casefold())


def _local(at: datetime | None, now: datetime) -> datetime | None:
    return at.astimezone(now.tzinfo) if at is not None else None
