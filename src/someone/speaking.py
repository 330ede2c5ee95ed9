"""The last two stages of a turn: the words leave sentence by sentence, and what came of it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import replace

from someone.errors import BrainError, SomeoneError
from someone.mind import answers, care
from someone.mind.deliberation import Answer, Phrase, upcoming
from someone.mind.moments import Entry, Failed, Met, MomentId, Parted, Said
from someone.mind.soundness import sound
from someone.mind.speech import Sentences, has_markup
from someone.parts import Done, Part, Text, Trouble
from someone.talk import Taken, Talk, Watch, forget

AGAIN = 0.8
"""The temperature of a second try: at the first's (0.3) a small model mostly says the same again."""


class Speaking:
    """Gives out the plan sentence by sentence, each read by the rules first, and keeps account of what was given."""

    def __init__(self, plan: Answer | Phrase, heard: Taken, talk: Talk, watch: Watch) -> None:
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
            async with aclosing(self._phrase(self.plan)) as phrased:
                async for text in phrased:
                    yield text
        self.finished = True

    async def _phrase(self, plan: Phrase) -> AsyncGenerator[Part, None]:
        """The brain's words after what rules put first; where none of them may be said, or it fails, words of the rules'."""
        if plan.lead:
            yield self._give(plan.lead)
            self.led = len(self.given)
        for n, again in enumerate(self._tries(plan)):
            async with aclosing(self._attempt(again, gives_up=self._small and n == 0)) as texts:
                async for text in texts:
                    yield text
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

    async def _attempt(self, plan: Phrase, *, gives_up: bool) -> AsyncGenerator[Text, None]:
        """One try. ``gives_up``: where its first sentence may not be said, a fresh try is better than what would follow."""
        async with aclosing(self._phrased(plan)) as sentences:
            async for sentence in sentences:
                if sentence:
                    yield self._give(sentence)
                elif gives_up and not self._own:
                    return

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


async def _closable(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """Gives any iterator of text an ``aclose`` that reaches the model."""
    try:
        async for piece in pieces:
            yield piece
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
