"""Why she said or believes something: the moments behind it."""

from __future__ import annotations

from collections.abc import Sequence

from someone import knowledge, moved, statements
from someone.mind.moments import Corrected, Entry, MomentId, Reached, Said, Shared, Stated
from someone.mind.recall import Query, sure
from someone.talk import Talk
from someone.views import MomentView, Why, view

CAME = "I came with this myself, by rule, for this is what you told me."
NEAR = 0.5
"""Share of a question's rare words from which a moment is shown as near to it."""


async def why(text: str, talk: Talk) -> Why:
    """Behind a reply of hers that holds these words (the last reply, for no words), or behind a belief."""
    if moved.asks_for_it(text):
        return await _why_feeling(talk)
    said = await talk.ledger.journal.read(kinds=("Said", "Reached"), newest_first=True)
    wanted = " ".join(text.casefold().split())
    reply = next((e for e in said if wanted in " ".join(_said(e).casefold().split())), None)
    if reply is not None and isinstance(reply.moment, Said):
        ids = (*((reply.moment.to,) if reply.moment.to else ()), *reply.moment.stood_on)
        return Why(about=view(reply), stood_on=await _with_evidence(ids, talk), how=_how(reply.moment))
    if reply is not None and isinstance(reply.moment, Reached):
        told = await talk.ledger.journal.get(reply.moment.evidence)
        return Why(about=view(reply), stood_on=tuple(view(e) for e in told), how=CAME)
    if (fact := knowledge.believed(talk.ledger.state.knowing, text)) is not None:
        told = tuple(view(e) for e in await behind(fact.id, talk))
        return Why(about=None, stood_on=told, how=f"I hold that “{fact.statement}”, for this is what you told me.")
    if (own := statements.said(talk.ledger.state.becoming, text)) is not None:
        told = await _with_evidence((own.id,), talk)
        return Why(about=None, stood_on=told, how="I say that of myself, for these moments speak for it.")
    query = Query(text, talk.clock.now())
    hits = await talk.memory.recall(query)
    believed = sure(query, hits) or tuple(h for h in hits if h.cover >= NEAR)[:3]
    entries = await talk.ledger.journal.get([h.id for h in believed])
    how = "I said nothing like that; these are the moments nearest to it." if entries else "I hold nothing on that."
    return Why(about=None, stood_on=tuple(view(e) for e in entries), how=how)


async def _why_feeling(talk: Talk) -> Why:
    bond, now = talk.ledger.state, talk.clock.now()
    return moved.why(bond, now, await talk.ledger.journal.get(moved.now_feels(bond, now).cause))


async def _with_evidence(ids: Sequence[MomentId], talk: Talk) -> tuple[MomentView, ...]:
    """These moments, and beside a statement of hers or something shared those that it rests on."""
    entries = await talk.ledger.journal.get(ids)
    own = [i for e in entries if isinstance(e.moment, Stated | Shared) for i in e.moment.evidence]
    return tuple(view(e) for e in (await talk.ledger.journal.get([*ids, *own]) if own else entries))


async def behind(fact: str, talk: Talk) -> list[Entry]:
    """The moments that a fact rests on, with those of what was corrected."""
    found = knowledge.fact(talk.ledger.state.knowing, fact)
    entries = await talk.ledger.journal.get(found.evidence)
    corrected = [i for e in entries if isinstance(e.moment, Corrected) for i in e.moment.evidence]
    return await talk.ledger.journal.get(sorted({*(e.id for e in entries), *corrected}))


def _said(entry: Entry) -> str:
    return entry.moment.text if isinstance(entry.moment, Said | Reached) else ""


def _how(said: Said) -> str:
    if said.by.startswith("rule:"):
        return f"This was said by rule ({said.by[5:].replace('_', ' ')}), not by a model."
    return f"The words are the model's ({said.by.removeprefix('brain:')}); they stood on these moments."
