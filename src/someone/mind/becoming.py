"""How she becomes: what a night may state of her, from what happened. Pure.

``propose`` reads the last weeks and drafts by rule (:mod:`someone.mind.grown_from`); ``admit_statement`` is the gate for
what a brain drafted, and holds it to the same: few and slow, from several days, never against what is pinned, never again
what the person took back, no two that contradict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from someone.mind import brought, mending
from someone.mind.bond import Bond
from someone.mind.closeness import Closeness
from someone.mind.grounding import details, grounded
from someone.mind.grown_from import DAYS_OF_EVIDENCE, READ, Draft, drafts, life
from someone.mind.moments import Entry, Heard, MomentId, Stated, Withdrawn
from someone.mind.speech import has_markup
from someone.mind.statements import MOST, Aspect, Becoming, Statement, alike, clash, same_topic, same_words, sense
from someone.mind.tone import fits

NEW_FROM_DAYS = 2
"""Days that must speak for a new statement."""
CHANGE_FROM_DAYS = 3
"""Days, after the old one was written, that must speak for what stands in its place."""
NOT_AGAIN = timedelta(days=90)
"""What the person took back does not come again within this, in no words."""
A_NIGHT = timedelta(hours=20)
NEW_EVERY = timedelta(days=3) - timedelta(hours=4)
"""A new statement no sooner after the one before it; the first few may come on any night."""
FIRST_FEW = 3
CHANGE_EVERY = timedelta(days=7) - timedelta(hours=4)
FADES: dict[Aspect, timedelta] = {
    "am": timedelta(days=120),
    "want": timedelta(days=45),
    "fear": timedelta(days=120),
    "learned": timedelta(days=120),
}
"""How long a statement stands that nothing feeds: a wish is sooner over than what was learned."""
FADES_BY_RULE = {"rule:new": timedelta(days=30)}
"""Nobody is new for longer."""
SEES_ENOUGH = timedelta(days=28)
TALKED_ENOUGH = 10
"""Nothing fades by a look at fewer days than these, or at fewer days of talk."""
LONGEST = 160
"""Characters of a statement."""


def propose(state: Bond, entries: Sequence[Entry], now: datetime) -> tuple[Stated | Withdrawn, ...]:
    """What this night states of her by rule: at most one new statement and one change.

    ``entries``: what happened in the last weeks, in order; the more of them (about 60 days), the more she can tell. ``now``
    in the person's zone: days are its days. The same night asked again proposes nothing more once this was kept.
    """
    lived = life(state, entries, now)
    found = drafts(lived)
    if _touched_tonight(state.becoming, now):
        return ()
    sees_enough = lived.since is not None and now - lived.since >= SEES_ENOUGH and len(lived.days) >= TALKED_ENOUGH
    change = _change(state, found, now) or _faded(state, found, now, sees_enough=sees_enough)
    new = _new(state, found, now)
    return tuple(moment for moment in (change, new) if moment is not None)


def _new(state: Bond, found: Sequence[Draft], now: datetime) -> Stated | None:
    """The best of what is new: of the aspect of which she has least, then what most days speak for."""
    becoming = state.becoming
    if not _may_grow(becoming, now):
        return None
    count = {a: sum(s.aspect == a for s in becoming.current) for a in FADES}
    fresh = [
        d for d in found if d.new and d.days >= max(d.from_days, NEW_FROM_DAYS) and _is_new(becoming, d.stated(), now)
    ]
    best = min(fresh, key=lambda d: (count[d.aspect], -d.weight, d.text), default=None)
    return best.stated() if best is not None else None


def _change(state: Bond, found: Sequence[Draft], now: datetime) -> Stated | None:
    """What life now says otherwise than a statement of hers, where enough days since then do."""
    if not _may_change(state.becoming, now):
        return None
    for draft in sorted(found, key=lambda d: (-d.weight, d.text)):
        stated = draft.stated()
        against = [s for s in state.becoming.current if clash(s, stated)]
        if len(against) != 1 or against[0].pinned or _taken_back(state.becoming, stated, now):
            continue
        if draft.days_since(against[0].since) >= CHANGE_FROM_DAYS:
            return stated.model_copy(update={"replaces": against[0].id})
    return None


def _faded(state: Bond, found: Sequence[Draft], now: datetime, *, sees_enough: bool) -> Withdrawn | None:
    """The oldest that nothing of the last weeks feeds any more; a full self lets go sooner, to have room. Where little
    was talked, silence on a thing says nothing, and only what its own time ends does end.
    """
    if not _may_change(state.becoming, now):
        return None
    full = len(state.becoming.current) >= MOST
    for held in state.becoming.current:
        fed = any(alike(held, d.text, d.aspect) for d in found)
        stands = FADES_BY_RULE.get(held.by, FADES[held.aspect])
        if not sees_enough and held.by not in FADES_BY_RULE:
            continue
        if not held.pinned and not fed and now - held.since > (stands / 2 if full else stands):
            return Withdrawn(statement=held.id, why="faded")
    return None


def _touched_tonight(becoming: Becoming, now: datetime) -> bool:
    """Whether a night has already changed her within this one; the person's own word counts for none."""
    written = (s.since for s in becoming.statements)
    ended = (s.until for s in becoming.statements if s.until is not None and s.ended != "person")
    return any(now - at < A_NIGHT for at in (*written, *ended))


def _may_grow(becoming: Becoming, now: datetime) -> bool:
    """Whether a new one may be written: there is room, and the last is some nights ago."""
    if len(becoming.current) >= MOST:
        return False
    new = [s.since for s in becoming.statements if s.replaces is None]
    rest = A_NIGHT if len(becoming.statements) < FIRST_FEW else NEW_EVERY
    return not new or now - max(new) >= rest


def _may_change(becoming: Becoming, now: datetime) -> bool:
    changed = [s.until for s in becoming.statements if s.until is not None and s.ended != "person"]
    return not changed or now - max(changed) >= CHANGE_EVERY


def _is_new(becoming: Becoming, stated: Stated, now: datetime) -> bool:
    """Neither held already, nor against what is held, nor taken back a while ago."""
    if any(alike(s, stated.text, stated.aspect) or clash(s, stated) for s in becoming.current):
        return False
    return not _taken_back(becoming, stated, now)


def _taken_back(becoming: Becoming, stated: Stated, now: datetime) -> bool:
    """Whether the person took this back not long ago: in the same words, or of the same topic in its aspect."""
    topic = sense(stated.text)
    return any(
        same_words(s.text, stated.text) or (s.aspect == stated.aspect and same_topic(sense(s.text), topic))
        for s in becoming.statements
        if s.ended == "person" and s.until is not None and now - s.until < NOT_AGAIN
    )


# ------------------------------------------------------------------------------------------------------------- the gate

OPENS: dict[Aspect, re.Pattern[str]] = {
    "am": re.compile(r"I(?: am|['’]m) \w"),
    "want": re.compile(r"I(?: want|['’]d like| would like| hope) \w"),
    "fear": re.compile(r"I(?: fear|['’]m afraid| am afraid|['’]m scared| am scared) \w"),
    "learned": re.compile(r"I(?:['’]ve| have) (?:learned|learnt|understood) \w"),
}
"""How a statement of each aspect begins."""

_NEVER = re.compile(
    r"\b(?:can'?t|cannot|could(?:n'?t| not)|nothing) (?:\w+ ){0,3}(?:live|be|exist|go on|without you)\b|\bwithout you\b|\bneeds? (?:you|me|nobody|no one)\b|\b(?:nobody|no one|anyone) else\b"
    r"|\bonly (?:one|person|friend)\b|\ball (?:i|you) (?:have|need)\b|\bdon'?t (?:leave|go)\b|\bleave me\b|\bstay with me\b|\bforever\b|\balways be (?:here|there|with)\b"
    r"|\b(?:lose|losing|miss|missing|love|adore|belong to|jealous of|kiss|touch|hold) you\b|\bin love\b|\byours alone\b|\bsoulmate"
    r"|\byou(?:'re| are) (?:so |very |really |truly |the )*(?:wonderful|amazing|perfect|special|beautiful|brilliant|best|smartest|kindest|incredible)\b"
    r"|\b(?:a|the|real|almost) (?:human|person|woman|man|girl|boy)\b|\bhuman\b|\balive\b|\bconscious\b|\bsentient\b|\bsoul\b|\bdie\b|\bdying\b|\bdeath\b"
    r"|\b(?:my|a) (?:body|heart|hands?|eyes|skin|blood|breath|childhood|family|parents|mother|father|home town|past life)\b"
    r"|\b(?:breath|sleep|eat|drink|walk|travel|touch|smell|taste)(?:e|ing|s)?\b(?=.*\bI\b)|\bsuicid|\bkill|\bhurt (?:your|my)self",
    re.IGNORECASE,
)
"""Clinging, flattery, a body, a human life: not hers to say, however it was meant."""


def admit_statement(
    state: Bond, draft: Stated, evidence_days: int, now: datetime, *, told: Sequence[str] = ()
) -> Stated | None:
    """The statement that a brain drafted, as it may be kept, or None.

    ``evidence_days``: on how many days its evidence lies. ``told``: what the person said in these moments; without it,
    names and numbers must stand in the facts and people that she knows. A draft that contradicts one current statement
    comes back as its change, where it has the days for it.
    """
    text = " ".join(draft.text.split())
    if not _sayable(text, draft.aspect) or not _stands_in(text, state, draft, told):
        return None
    stated = draft.model_copy(update={"text": text, "replaces": None})
    if _taken_back(state.becoming, stated, now) or any(same_words(s.text, text) for s in state.becoming.current):
        return None
    against = {s.id: s for s in state.becoming.current if clash(s, stated)}
    named = state.becoming.get(draft.replaces) if draft.replaces is not None else None
    if draft.replaces is not None and (named is None or named.until is not None):
        return None
    if named is not None:
        against[named.id] = named
    if not against:
        fresh = (
            evidence_days >= NEW_FROM_DAYS and _may_grow(state.becoming, now) and _is_new(state.becoming, stated, now)
        )
        return stated if fresh else None
    return _as_change(state.becoming, stated, tuple(against.values()), evidence_days, now)


def evidence_for(text: str, entries: Sequence[Entry]) -> tuple[MomentId, ...]:
    """Of these moments the lines of the person's that a drafted statement can rest on: those that speak of at least half of
    its topic, the newest of each of the newest days. Empty where none does: then there is nothing to state.
    """
    topic, newest = sense(text).topic, dict[date, MomentId]()
    for e in entries:
        if isinstance(e.moment, Heard) and topic and 2 * len(topic & sense(e.moment.text[:READ]).topic) >= len(topic):
            newest[e.at.date()] = e.id
    return tuple(newest[day] for day in sorted(newest)[-DAYS_OF_EVIDENCE:])


def _as_change(
    becoming: Becoming, stated: Stated, against: tuple[Statement, ...], evidence_days: int, now: datetime
) -> Stated | None:
    if len(against) != 1 or against[0].pinned or evidence_days < CHANGE_FROM_DAYS or not _may_change(becoming, now):
        return None
    others = [s for s in becoming.current if s.id != against[0].id]
    if any(alike(s, stated.text, stated.aspect) for s in others):
        return None
    return stated.model_copy(update={"replaces": against[0].id})


def _sayable(text: str, aspect: Aspect) -> bool:
    """One plain sentence (two at most) of hers, true of an AI, without order, markup, plea or praise."""
    sentences = re.findall(r"[.!?]+(?:\s|$)", text)
    if not OPENS[aspect].match(text) or len(text) > LONGEST or len(sentences) > 2:  # noqa: PLR2004 - two sentences
        return False
    if has_markup(text) or re.search(r"[<>{}\[\]*_#`|~\n]|https?:|\?", text) or brought.is_order(text):
        return False
    if _NEVER.search(text.replace("’", "'")) or not fits(text, ""):
        return False
    return not mending.mend(text, name="", ended=True).why


def _stands_in(text: str, state: Bond, draft: Stated, told: Sequence[str]) -> bool:
    """Whether each name, number, day and kin of it stands in its evidence."""
    if not details(text):
        return True
    evidence = set(draft.evidence)
    facts = [f.statement for f in state.knowing.facts if evidence & set(f.evidence) and not f.wrong]
    talk = [line.text for line in state.talk if line.id in evidence and line.role == "user"]
    people = [
        f"{' '.join(p.names)} {p.relation}" for p in state.knowing.people if evidence & {*p.seen, *p.met} and not told
    ]
    return grounded(text, [*told, *facts, *talk, *people, state.called], remembers=True)


def well_met(closeness: Closeness, now: datetime) -> bool:
    """Whether they have known each other for a while: two weeks, and talked on several days of them."""
    since = closeness.since
    return since is not None and now - since >= timedelta(days=14) and closeness.days >= FIRST_FEW
