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
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from someone.errors import BrainError, SomeoneError
from someone.ledger import Ledger
from someone.mind import answers, brought, care, mends
from someone.mind.appraisal import Happening, moved
from someone.mind.bond import Bond
from someone.mind.clocks import went_back
from someone.mind.deliberation import Answer, Phrase, large_prompt, small_prompt, upcoming
from someone.mind.emotions import Reading
from someone.mind.feelings import Feeling
from someone.mind.hearing import take_in
from someone.mind.helplines import Helpline
from someone.mind.intents import Intent, Kind, recognise
from someone.mind.knowing import time_meant
from someone.mind.moments import (
    DERIVED,
    BondId,
    Cared,
    Disclosed,
    Entry,
    Failed,
    Felt,
    Heard,
    Met,
    Moment,
    MomentId,
    Parted,
    Said,
    rests_on,
)
from someone.mind.mood import kind_of, mood_at, pace, pushed
from someone.mind.recall import Hit, Query, sure
from someone.mind.selfhood import Self
from someone.mind.small_talk import asks_why
from someone.mind.soundness import sound
from someone.mind.speech import Sentences, has_markup
from someone.mind.walls import admit
from someone.parts import Done, Feels, Kept, Notice, Part, Text, Trouble
from someone.ports import Brain, Clock, Memory, Reader
from someone.skilled import Skilled

HITS = 10
"""Memories looked at in a turn; far fewer are used."""


AGAIN = 0.8
"""The temperature of a second try: at the first's (0.3) a small model mostly says the same again."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a sense took in: the words and the door they came through."""

    text: str
    channel: str = "terminal"
    spoken: Callable[[], Awaitable[int]] | None = None
    """For a voice, which gives out faster than it speaks: waits until the reply has been spoken or cut, and answers
    how many characters of it were really spoken. Asked once, when the last word was given out or at an interruption."""


@dataclass(slots=True)
class Talk:
    """All that the turns of one bond work with. Built by bootstrap."""

    bond: BondId
    ledger: Ledger[Bond]
    memory: Memory
    brain: Brain
    clock: Clock
    helpline: Helpline
    me: Ledger[Self]
    longest: int = 20_000
    reader: Reader | None = None
    """Guesses the person's emotion; without one her rules alone tell it."""
    skilled: Skilled | None = None
    """Her skills; without them she has the ones she came with."""
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    indexing: asyncio.Future[None] | None = None

    async def keep(self, moment: Moment) -> Entry:
        return await self.ledger.keep(moment, self.clock.now())

    def keep_soon(self, moment: Moment) -> asyncio.Future[Entry]:
        """Keep a moment in its order without waiting for the disk; the turn waits for it before it is over."""
        return asyncio.ensure_future(self.keep(moment))


async def turn(utterance: Utterance, talk: Talk) -> AsyncGenerator[Part, None]:
    """Take one utterance from its first word to the last of the reply. One turn at a time per bond.

    Close the generator (or cancel its task) to interrupt her: the brain stops, and what was said so far is kept.
    Raises InputError for what can't be taken in and JournalError or HomeError when it could not be kept.
    """
    if talk.skilled is not None:
        talk.skilled.heard(utterance.text)  # a stop does not wait for the turn that it ends
    async with talk.busy:
        watch = _Watch()

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

        speaking = _Speaking(plan, heard, talk, watch)
        try:
            async with aclosing(speaking.parts()) as parts:
                async for part in parts:
                    yield part
        finally:
            # An interruption cancels the speaking, never the keeping of what was said.
            done = await asyncio.shield(asyncio.ensure_future(speaking.journal(keeping)))
        yield done


@dataclass(frozen=True, slots=True)
class _Heard:
    """``entry`` is on the disk; ``recent`` the person's last few lines before it; ``damaged``: some was unreadable;
    ``clock``: what to say of a clock that went backwards, or nothing; ``before``: when they were heard last.
    """

    entry: Entry
    text: str
    recent: tuple[str, ...]
    damaged: bool
    clock: str = ""
    before: datetime | None = None
    spoken: Callable[[], Awaitable[int]] | None = None


async def _hear(utterance: Utterance, talk: Talk) -> _Heard:
    taken = take_in(utterance.text, talk.longest)
    before = talk.ledger.state.heard_at
    clock = went_back(before, talk.clock.now())
    talk.memory.listen(taken.text)
    entry = await talk.keep(Heard(text=taken.text, channel=utterance.channel))
    recent = tuple(line.text for line in talk.ledger.state.talk[:-1] if line.role == "user")[-4:]
    return _Heard(entry, taken.text, recent, taken.damaged, clock, before, utterance.spoken)


async def _notices(heard: _Heard, talk: Talk) -> AsyncIterator[Part]:
    if heard.damaged:
        yield Notice("Some of that was not readable text. I kept the rest, with � in its place.")
    if heard.clock:
        yield Notice(f"{heard.clock} Please check its date and time.")
    state, now = talk.ledger.state, talk.clock.now()
    if care.due(now, _local(state.disclosed_at, now), _local(state.talk_started, now)):
        text = care.disclosure(talk.me.state.name)
        await talk.keep(Disclosed(text=text))
        yield Notice(text)


async def _recall(heard: _Heard, sign: care.Sign, talk: Talk) -> tuple[Hit, ...]:
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


async def _read(heard: _Heard, sign: care.Sign, intent: Intent | None, talk: Talk) -> Reading | None:
    """How the words sound. Danger and plain requests are not guessed about; a guess is used here and kept nowhere."""
    if talk.reader is None or sign.cares or intent is not None:
        return None
    return await talk.reader.read(heard.text)


async def _appraise(heard: _Heard, sign: care.Sign, intent: Intent | None, talk: Talk) -> tuple[Feeling, Felt | None]:
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
    heard: _Heard, sign: care.Sign, intent: Intent | None, hits: tuple[Hit, ...], feeling: Feeling, talk: Talk
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


def _owing(plan: Answer | Phrase, heard: _Heard, sign: care.Sign, talk: Talk) -> Answer | Phrase:
    """The plan, led by what she owes: a word of repair, or now and then something that is theirs."""
    grave = sign.level is not care.Level.NONE or talk.ledger.state.cared_times > 0
    return mends.led_by(plan, talk.ledger.state, heard.text, talk.clock.now(), grave=grave)


def _matching(intent: Intent | None, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """What "forget X" means: the person's own lines in which X stands."""
    if intent is None or intent.kind is not Kind.FORGET or not intent.rest:
        return ()
    return tuple(h for h in hits if h.speaker == "person" and intent.rest.casefold() in h.text.casefold())


class _Speaking:
    """Gives out the plan sentence by sentence, each read by the rules first, and keeps account of what was given."""

    def __init__(self, plan: Answer | Phrase, heard: _Heard, talk: Talk, watch: _Watch) -> None:
        self.plan, self.heard, self.talk, self.watch = plan, heard, talk, watch
        self.given = ""
        self.led = 0
        self.unsaid = ""
        self.finished = False
        self.by = f"rule:{plan.rule}" if isinstance(plan, Answer) else f"brain:{talk.brain.name}"
        self.trouble: SomeoneError | None = None

    async def parts(self) -> AsyncGenerator[Part, None]:
        if isinstance(self.plan, Answer):
            await self._forget(self.plan.forgets)
            yield self._give(self.plan.text)
        else:
            if self.plan.lead:
                yield self._give(self.plan.lead)
                self.led = len(self.given)
            for plan in self._tries(self.plan):
                async with aclosing(self._phrased(plan)) as sentences:
                    async for sentence in sentences:
                        if sentence:
                            yield self._give(sentence)
                        elif plan is not self.plan or self._own or not self._small:
                            continue
                        else:
                            break  # its first sentence may not be said: a fresh try is better than what would follow it
                if self._own.strip() or self.trouble is not None:
                    break
            if self.trouble is not None:
                yield Trouble.of(self.trouble)
                yield self._give(f"{' ' if self._own else ''}{self.trouble.what} {self.trouble.safe}")
            elif not self._own.strip():
                self.by = "rule:no_words"
                state = self.talk.ledger.state
                hers = tuple(line.text for line in state.talk if line.role == "assistant")
                yield self._give(answers.no_words(self.heard.text, state.talk_lines // 2, hers))
        self.finished = True

    @property
    def _own(self) -> str:
        """What was given out beyond the words that rules put first."""
        return self.given[self.led :]

    @property
    def stood_on(self) -> tuple[MomentId, ...]:
        """What the words rest on; what rules put first counts once it was said."""
        led_by = self.plan.led_by if isinstance(self.plan, Phrase) and len(self.given) >= self.led > 0 else None
        return (*self.plan.stood_on, *((led_by,) if led_by is not None else ()))

    @property
    def _small(self) -> bool:
        return self.talk.brain.ability.dialect == "small"

    def _tries(self, plan: Phrase) -> tuple[Phrase, ...]:
        """The plan, and for a small model once more with more chance in it, should nothing of the first be fit to say."""
        if not self._small:
            return (plan,)
        return (plan, replace(plan, prompt=replace(plan.prompt, temperature=AGAIN)))

    async def _phrased(self, plan: Phrase) -> AsyncGenerator[str, None]:
        """The brain's reply, whole sentences only, mended by rule. A failing brain ends it and is remembered."""
        cut = Sentences()
        try:
            async with aclosing(_closable(self.talk.brain.reply(plan.prompt))) as pieces:
                async for piece in pieces:
                    self.watch.once("first_token")
                    for sentence in cut.feed(piece):
                        self.unsaid = cut.rest
                        yield self._ruled(sentence, plan)
                    self.unsaid = cut.rest
            last, self.unsaid = cut.end(), ""
            yield self._ruled(last, plan)
        except BrainError as error:
            self.trouble = error

    def _ruled(self, sentence: str, plan: Phrase) -> str:
        """What of a sentence may be said. A small model's invention is left out whole; what rules put in the place of
        a sentence is said only where nothing else was.
        """
        if self._small and sentence and not sound(sentence, plan.prompt, remembers=bool(plan.stood_on)):
            return ""
        if has_markup(sentence):
            return ""
        mended = care.mend(sentence, name=self.talk.me.state.name, ended=False)
        return "" if mended.why and self._own else mended.text

    def _give(self, text: str) -> Text:
        self.watch.once("first_words")
        shown = text if self._own else text.lstrip()
        self.given += shown
        return Text(shown)

    def _cut_at(self, spoken: int) -> None:
        """What was given out and never spoken was not said."""
        if spoken < len(self.given.rstrip()):
            self.given, self.unsaid = self.given[:spoken], self.given[spoken:] + self.unsaid
            self.finished = False

    async def _forget(self, ids: tuple[MomentId, ...]) -> None:
        if ids:
            await forget(ids, self.talk)

    async def journal(self, keeping: list[asyncio.Future[Entry]]) -> Done:
        """Keep what came of the turn; called once, also after an interruption. ``keeping`` began earlier in it."""
        self.watch.lap("speak")
        if self.heard.spoken is not None:
            self._cut_at(await self.heard.spoken())
            self.watch.lap("spoken")
        await asyncio.gather(*keeping)
        talk, plan = self.talk, self.plan
        if self.trouble is not None:
            await talk.keep(Failed(stage="speak", code=self.trouble.code, to=self.heard.entry.id))
        said = await talk.keep(
            Said(
                text=self.given.strip(),
                to=self.heard.entry.id,
                stood_on=self.stood_on,
                by=self.by,
                cut=not self.finished or self.trouble is not None,
                unsaid=self.unsaid,
            )
        )
        parted = isinstance(plan, Answer) and plan.parts
        if parted:
            await talk.keep(Parted())
        if isinstance(plan, Answer) and plan.meets:
            await talk.keep(Met(called=plan.meets, voice=talk.ledger.state.voice))
        for moment in plan.keeps if isinstance(plan, Answer) else ():
            await talk.keep(moment)
        kept = (said,) if isinstance(plan, Answer) and plan.forgets else (self.heard.entry, said)
        talk.indexing = asyncio.ensure_future(_index(kept, talk))
        if not parted and talk.brain.ability.dialect == "small":
            talk.brain.expect(upcoming(talk.me.state, talk.ledger.state))
        self.watch.lap("journal")
        return Done(said.id, self.by, self.stood_on, parted, self.watch.ms)


async def _index(entries: tuple[Entry, ...], talk: Talk) -> None:
    """Make an exchange findable while nobody waits. The index is derived: what fails here is caught up at a start."""
    with suppress(SomeoneError):
        for entry in entries:
            await talk.memory.index(entry)


async def forget(ids: tuple[MomentId, ...], talk: Talk) -> Entry:
    """Empty these moments, every reply that stood on them or answered them, and all else that was drawn from them."""
    gone = set(ids)
    for entry in await talk.ledger.journal.read(kinds=DERIVED):  # in order: what is drawn from the derived comes later
        if entry.id in gone or gone & set(rests_on(entry.moment)):
            gone.add(entry.id)
            said = entry.moment
            if isinstance(said, Said) and said.by == "rule:forget_asked" and said.to is not None:
                gone.add(said.to)  # the question named what is to be forgotten
    if talk.skilled is not None:
        gone |= await talk.skilled.growing.forgetting(gone)
    entry = await talk.ledger.forget(tuple(sorted(gone)), talk.clock.now())
    if talk.skilled is not None:
        await talk.skilled.growing.open()  # the files of what no moment speaks of any more
    return entry


def _local(at: datetime | None, now: datetime) -> datetime | None:
    return at.astimezone(now.tzinfo) if at is not None else None


async def _closable(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """Gives any iterator of text an ``aclose`` that reaches the model."""
    try:
        async for piece in pieces:
            yield piece
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()


class _Watch:
    """Milliseconds since the turn began, by stage. Reads the processor's clock; nothing is decided by it."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.ms: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        self.ms[stage] = round((time.perf_counter() - self._began) * 1000, 2)

    def once(self, stage: str) -> None:
        if stage not in self.ms:
            self.lap(stage)
