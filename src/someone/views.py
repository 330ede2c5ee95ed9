"""What a home answers: typed values that look the same in the process and over its socket."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from someone.mind.moments import (
    Brought,
    Corrected,
    Disclosed,
    Entry,
    Felt,
    Forgot,
    Forgotten,
    Heard,
    Met,
    Moment,
    Named,
    Noted,
    Noticed,
    Pinned,
    Reached,
    Reflected,
    Said,
    Shared,
    SkillApproved,
    SkillNeeded,
    SkillShelved,
    SkillTakenBack,
    SkillTried,
    SkillUsed,
    SkillWritten,
    Slept,
    Stated,
    Withdrawn,
)
from someone.mind.nights import account


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class MomentView(_View):
    """A moment as a person reads it. ``who``: "you", the name of hers, or "" for what nobody said.
    Of what was brought in from a file, ``at`` is its own date, ``source`` its kind and origin, ``author`` who wrote it.
    """

    id: int
    at: datetime
    kind: str
    who: Literal["you", "her", ""]
    text: str
    stood_on: tuple[int, ...] = ()
    by: str = ""
    source: str = ""
    author: str = ""


class HeldView(_View):
    id: int
    at: datetime
    text: str


class Who(_View):
    """Who she is and what she holds of the person who asks."""

    name: str
    reason: str
    runners_up: tuple[str, ...]
    woke_at: datetime
    called: str
    moments: int
    feeling: str
    feeling_why: str
    brain: str
    held: tuple[HeldView, ...]


class Why(_View):
    """The reply that was asked about, and the moments that it stood on; or the memories nearest to a belief."""

    about: MomentView | None
    stood_on: tuple[MomentView, ...]
    how: str


class FactView(_View):
    """Something known. ``about``: "you" or the name of the one; ``person``: their key, "" for the person themself.

    ``since`` and ``until``: from when until when it holds, as far as known; ``current``: it still does, and nobody called
    it ``wrong``. ``told_at``: when it was said last. ``evidence``: the moments behind it, for ``forget`` and ``why``.
    """

    id: str
    about: str
    person: str = ""
    statement: str
    matter: str = ""
    told_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    current: bool = True
    wrong: bool = False
    happened: bool = False
    by: str = ""
    evidence: tuple[int, ...] = ()


class PersonView(_View):
    """Someone in the person's life. ``birthday`` in the person's words; ``times``: moments in which they came up;
    ``facts`` only where one person was asked for.
    """

    key: str
    name: str
    names: tuple[str, ...] = ()
    relation: str = ""
    birthday: str = ""
    first_at: datetime
    last_at: datetime
    times: int
    seen: tuple[int, ...] = ()
    facts: tuple[FactView, ...] = ()


class DayView(_View):
    """A day of talk and what mattered in it. ``lines``: what the person said, counted; ``first``: the day's first moment."""

    day: date
    lines: int
    first: int
    feelings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    facts: tuple[FactView, ...] = ()


class FeltView(_View):
    """Something that moved her. ``cause``: the moments behind it; ``intensity`` 0..1; ``about``: whom or what; ``name``:
    the emotion in plain words.
    """

    id: int
    at: datetime
    feeling: str
    why: str
    emotion: str = ""
    intensity: float = 0.0
    about: str = ""
    cause: tuple[int, ...] = ()
    name: str = ""


class MoodView(_View):
    """Pleasure, arousal and dominance, each -1..1, and what that is in a word."""

    pleasure: float
    arousal: float
    dominance: float
    word: str


class FeelingsView(_View):
    """Her feeling now with its cause, her mood, and what moved her lately, the newest first."""

    feeling: str
    why: str
    cause: tuple[int, ...] = ()
    mood: MoodView
    felt: tuple[FeltView, ...] = ()


class StatementView(_View):
    """A statement of her self. ``until``: when it stopped holding, and ``ended`` why; None and "" while it holds."""

    id: int
    aspect: Literal["am", "want", "fear", "learned"]
    text: str
    since: datetime
    until: datetime | None = None
    ended: Literal["", "person", "contradicted", "faded", "replaced"] = ""
    replaces: int | None = None
    pinned: bool = False
    evidence: tuple[int, ...] = ()
    by: str = ""


class NightTextView(_View):
    """What she wrote one night: a note, what the day meant, or a dream (shown only when it was told)."""

    id: int
    night: date
    text: str
    evidence: tuple[int, ...] = ()


class NightView(_View):
    """A night. ``did``: what came of each of its steps, counted; ``failed``: the steps that failed; ``told``: it in words."""

    id: int
    night: date
    did: dict[str, int] = {}
    failed: tuple[str, ...] = ()
    seconds: float = 0.0
    told: str = ""


class SleepView(_View):
    """Where a night under way is: ``done`` of ``of`` steps, at ``step``; all empty while she is awake."""

    step: str = ""
    done: int = 0
    of: int = 0


class BackupView(_View):
    """A backup. ``night``: which one made it; ``moments`` in it at least; ``proved``: when it was last restored on trial;
    ``size`` in bytes.
    """

    name: str
    night: date
    moments: int
    proved: datetime | None = None
    size: int = 0


class SkillView(_View):
    """A skill. ``state``: "written" waits for the person's word; ``allowed``: what it may do; ``versions``: how many."""

    name: str
    about: str
    version: int
    versions: int
    state: Literal["written", "approved", "shelved", "off"]
    asks: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    used: int = 0
    last_used: datetime | None = None
    since: datetime | None = None
    evidence: tuple[int, ...] = ()


class SkillTextView(_View):
    """A skill to read before it is allowed: its files as they lie there. ``may``: what it asks for, in plain words;
    ``digest``: of exactly these files, for the approval; ``changed``: they are not the ones that were allowed.
    """

    skill: SkillView
    digest: str
    may: tuple[str, ...] = ()
    text: str
    code: str = ""
    passed: int = -1
    failed: int = -1
    changed: bool = False


class BecomingDay(_View):
    """A day of hers. ``mood``: the mean while there was something to feel; ``low`` and ``high`` the extremes of pleasure then;
    ``lines``: what was said to her.
    """

    day: date
    lines: int
    mood: MoodView
    low: float
    high: float
    felt: tuple[FeltView, ...] = ()


class BecomingView(_View):
    """Who she was and is: days oldest first, every statement of her self in the order written, nights oldest first."""

    name: str
    since: datetime
    days: tuple[BecomingDay, ...] = ()
    statements: tuple[StatementView, ...] = ()
    reflections: tuple[NightTextView, ...] = ()
    dreams: tuple[NightTextView, ...] = ()
    dreams_untold: int = 0
    skills: tuple[SkillView, ...] = ()
    nights: tuple[NightView, ...] = ()


class LoopView(_View):
    """Something to come that she may ask about. ``id``: what the person said; ``due`` and ``over``: from when until when it
    is, local; ``closed``: why it is over, "" while open.
    """

    id: int
    about: str
    question: str
    text: str
    said_at: datetime
    due: datetime
    over: datetime
    people: tuple[str, ...] = ()
    closed: Literal["", "answered", "asked", "let_go", "person", "again"] = ""


class ReachedView(_View):
    """She reached out. ``waits``: nobody has answered it."""

    id: int
    at: datetime
    text: str
    channel: str
    waits: bool = False
    evidence: tuple[int, ...] = ()


class Finding(_View):
    """One line of the doctor's. ``ok``: nothing to do. ``do`` says what to do otherwise."""

    part: str
    ok: bool
    says: str
    do: str = ""


class ReplayView(_View):
    fold: str
    moments: int
    same: bool


class NameView(_View):
    name: str
    reason: str
    runners_up: tuple[str, ...]


class Exported(_View):
    files: tuple[str, ...]
    moments: int


class BrainView(_View):
    """A brain that is in use or could be. ``note`` says what it can do, or what is missing."""

    spec: str
    url: str = ""
    in_use: bool = False
    local: bool = True
    note: str = ""


class OfferView(_View):
    """A brain that can be fetched. ``gigabytes``: about what is fetched; ``memory``: GB of the machine from which it fits."""

    name: str
    spec: str
    model: str
    address: str
    sha256: str
    licence: str
    gigabytes: float
    memory: int
    why: str
    fits: bool = False
    here: bool = False

    @property
    def file(self) -> str:
        return self.address.rpartition("/")[2]


class TrialView(_View):
    """How a brain did on one harmless question. Seconds; tokens a second."""

    spec: str
    ok: bool
    first_token_s: float = 0.0
    tokens_per_s: float = 0.0
    can: str = ""
    error: str = ""


def night_view(entry: Entry) -> NightView | None:
    """A night for a reader; None for any other moment."""
    slept = entry.moment
    if not isinstance(slept, Slept):
        return None
    return NightView(
        id=entry.id,
        night=slept.night,
        did=slept.did,
        failed=slept.failed,
        seconds=slept.seconds,
        told=account(slept.did, slept.failed),
    )


def view(entry: Entry) -> MomentView:
    """The entry for a reader."""
    moment = entry.moment
    if isinstance(moment, Brought):
        return MomentView(
            id=entry.id,
            at=moment.said_at or entry.at,
            kind=moment.kind,
            who="you" if moment.mine else "",
            text=moment.text,
            source=f"{moment.source}: {moment.origin}" if moment.origin else moment.source,
            author=moment.author,
        )
    return MomentView(
        id=entry.id,
        at=entry.at,
        kind=moment.kind,
        who=_who(moment),
        text=_text(moment),
        stood_on=moment.stood_on if isinstance(moment, Said) else (),
        by=moment.by if isinstance(moment, Said) else "",
    )


def _who(moment: Moment) -> Literal["you", "her", ""]:
    if isinstance(moment, Heard | Met | Corrected):
        return "you"
    return "her" if isinstance(moment, Said | Disclosed | Reached | Stated) else ""


def _text(moment: Moment) -> str:
    match moment:
        case Heard(text=text) | Disclosed(text=text) | Reached(text=text) | Noted(text=text) | Reflected(text=text):
            return text
        case Said(text=text, cut=cut):
            return f"{text} — (cut short)" if cut else text
        case Met(called=called, about=about):
            return f"Call me {called}. {about}".strip()
        case Named(name=name, reason=reason):
            return f"{name}. {reason}"
        case Felt(feeling=feeling, why=why):
            return f"{feeling}, because {why}" if why else feeling
        case Noticed(statement=statement):
            return f"I noticed: {statement}"
        case Corrected(text=text):
            return f"Corrected: {text}" if text else "That was wrong."
        case Forgotten(was=was):
            return f"(forgotten: {was})"
        case Forgot(ids=ids):
            return f"forgot {len(ids)} moments"
        case _:
            return _of_a_skill(moment)


def _of_a_skill(moment: Moment) -> str:
    match moment:
        case SkillNeeded(text=text):
            return f"wanted: {text}"
        case SkillWritten(name=name, version=version):
            return f"wrote the skill “{name}”, version {version}; it may do nothing yet"
        case SkillTried(name=name, passed=passed, failed=failed):
            return f"tried “{name}” on its examples: {passed} right, {failed} not"
        case SkillApproved(name=name, version=version):
            return f"allowed: “{name}”, version {version}"
        case SkillUsed(name=name, outcome=outcome):
            return f"used “{name}”" if outcome == "ok" else f"tried to use “{name}”: {outcome.replace('_', ' ')}"
        case SkillShelved(name=name, on=on):
            return f"put “{name}” on the shelf" if on else f"took “{name}” from the shelf"
        case SkillTakenBack(name=name):
            return f"taken back: “{name}”"
        case _:
            return _of_herself(moment)


def _of_herself(moment: Moment) -> str:
    match moment:
        case Stated(text=text):
            return text
        case Pinned(statement=statement, on=on):
            return f"#{statement} stays as it is" if on else f"#{statement} may change again"
        case Withdrawn(statement=statement, why=why):
            return f"#{statement} is no longer so" if why != "person" else f"#{statement}: you took it back"
        case Shared(what=what, text=text):
            return f"a {what} of yours and hers: {text}"
        case _:
            return ""
