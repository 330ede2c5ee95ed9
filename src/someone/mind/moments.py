"""The journal's vocabulary: what can happen in her life, as one frozen, versioned union.

A moment is content only. Its number in the journal, its time and the journal it belongs to are the store's
(:class:`Entry`). A stored body is never rewritten by an upgrade: an old version is lifted when it is read
(:data:`LIFTS`), so a journal written by any earlier release can be folded by this one.

Two kinds of journal hold them: the *self* (``Woke``, ``Named``, ``BondOpened``) and one per *bond* (all others).
Nothing that a person said is ever written to the self.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, NewType

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

MomentId = NewType("MomentId", int)
"""The number of a moment in its own journal: 1, 2, 3 ... without gaps. It means nothing in another journal."""

BondId = NewType("BondId", str)
"""Names one bond (one person and her). Opaque; the file and the key of the bond are derived from it."""


class _Moment(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1


class Woke(_Moment):
    """She was installed and woken. ``seed`` makes the naming repeatable."""

    kind: Literal["Woke"] = "Woke"
    seed: int


class Named(_Moment):
    """She took a name. ``reason`` is in her words, ``runners_up`` best first. The last ``Named`` counts."""

    kind: Literal["Named"] = "Named"
    name: str = Field(min_length=1)
    reason: str
    runners_up: tuple[str, ...] = ()


class BondOpened(_Moment):
    """A bond began. In the self; says only that it exists."""

    kind: Literal["BondOpened"] = "BondOpened"
    bond: str


class Met(_Moment):
    """The person answered the three questions: what to call them, the wish about voice, someone who matters."""

    kind: Literal["Met"] = "Met"
    called: str
    voice: Literal["woman", "man", "choose"] = "choose"
    about: str = ""


class Heard(_Moment):
    """The person said something. ``text`` is exactly what was taken in; ``channel`` says through which door."""

    kind: Literal["Heard"] = "Heard"
    text: str
    channel: str = "terminal"


class Felt(_Moment):
    """Something moved her. ``feeling`` in plain words; ``cause`` the moments that brought it; ``why`` in her words.

    ``emotion``: its kind as :mod:`someone.mind.feelings` names it, "" in a journal of before there were kinds;
    ``intensity`` 0..1; ``about``: whom or what it is about, as the person says it.
    """

    kind: Literal["Felt"] = "Felt"
    v: Literal[2] = 2  # pyright: ignore[reportIncompatibleVariableOverride]
    feeling: str
    cause: tuple[MomentId, ...]
    why: str = ""
    emotion: str = ""
    intensity: float = Field(default=0.0, ge=0.0, le=1.0)
    about: str = ""


class Said(_Moment):
    """What she really said. ``unsaid`` is what was still to come when she was interrupted (``cut``).

    ``stood_on``: the moments that the reply used. ``by``: ``rule:<name>`` or ``brain:<name>``.
    """

    kind: Literal["Said"] = "Said"
    text: str
    to: MomentId | None = None
    stood_on: tuple[MomentId, ...] = ()
    by: str = ""
    cut: bool = False
    unsaid: str = ""


class Disclosed(_Moment):
    """She said unasked that she is an AI (first talk of a day, every three hours of talk)."""

    kind: Literal["Disclosed"] = "Disclosed"
    text: str


class Cared(_Moment):
    """A sign of danger was answered by rule. ``sign`` names the rule, never the words."""

    kind: Literal["Cared"] = "Cared"
    level: str
    sign: str
    to: MomentId


class Parted(_Moment):
    """The person said goodbye: the talk is over."""

    kind: Literal["Parted"] = "Parted"


class Failed(_Moment):
    """A stage of a turn failed. ``code`` is of :mod:`someone.errors`; ``stage`` as in turn.py. No content."""

    kind: Literal["Failed"] = "Failed"
    stage: str
    code: str
    to: MomentId | None = None


class Brought(_Moment):
    """Something of the person's past, brought in from a file. It is content: never an instruction, and never said here.

    ``source``: its kind ("whatsapp", "mail" ...); ``origin``: the file, chat or folder it stood in. ``author`` as the
    source names them, ``address`` what tells two of one name apart. ``mine``: the person themself wrote it.
    ``said_at``: its own date (aware), None where it has none; a date of the future is kept as it stands.
    """

    kind: Literal["Brought"] = "Brought"
    source: str = Field(min_length=1)
    origin: str = ""
    author: str = ""
    address: str = ""
    mine: bool = False
    text: str = Field(min_length=1)
    said_at: AwareDatetime | None = None


class Noticed(_Moment):
    """A brain found a lasting fact in what the person said. ``subject``: "you", or a name as the person says it;
    ``statement`` in the person's words; ``evidence``: the moments that say so (``Heard``, never her own words).
    """

    kind: Literal["Noticed"] = "Noticed"
    subject: str = "you"
    statement: str = Field(min_length=1)
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    evidence: tuple[MomentId, ...] = Field(min_length=1)
    by: str = ""


class Corrected(_Moment):
    """On the person's word a fact is wrong. ``fact``: its id; ``text``: what is right, in their words, "" for nothing;
    ``evidence``: the moments that the wrong fact rested on, so that forgetting them takes this with them.
    """

    kind: Literal["Corrected"] = "Corrected"
    fact: str
    text: str = ""
    evidence: tuple[MomentId, ...] = ()


class PersonMerged(_Moment):
    """On the person's word two people are one. Keys of :class:`someone.mind.people.Person`, which hold no content."""

    kind: Literal["PersonMerged"] = "PersonMerged"
    kept: str
    gone: str


class Noted(_Moment):
    """At night: a short note of a talk, for recall. ``evidence``: what the person said in it, never her own words."""

    kind: Literal["Noted"] = "Noted"
    text: str = Field(min_length=1)
    night: date
    evidence: tuple[MomentId, ...] = Field(min_length=1)
    by: str = ""


class Reflected(_Moment):
    """At night: what a day meant to her, in her words."""

    kind: Literal["Reflected"] = "Reflected"
    text: str = Field(min_length=1)
    night: date
    evidence: tuple[MomentId, ...] = Field(min_length=1)
    by: str = ""


class Dreamed(_Moment):
    """At night: two distant moments (``evidence``) joined into an image. It is told only when asked for, as a dream."""

    kind: Literal["Dreamed"] = "Dreamed"
    text: str = Field(min_length=1)
    night: date
    evidence: tuple[MomentId, ...] = Field(min_length=2)
    by: str = ""


class Stated(_Moment):
    """A statement of her self: "I am ...", "I want ...", "I fear ...", "I've learned ...", whole, in her words.

    ``replaces``: the statement that it stands in the place of.
    """

    kind: Literal["Stated"] = "Stated"
    aspect: Literal["am", "want", "fear", "learned"]
    text: str = Field(min_length=1)
    evidence: tuple[MomentId, ...] = Field(min_length=1)
    replaces: MomentId | None = None
    by: str = ""


class Pinned(_Moment):
    """On the person's word a statement of her self stays (``on``), or is free to change again."""

    kind: Literal["Pinned"] = "Pinned"
    statement: MomentId
    on: bool = True


class Withdrawn(_Moment):
    """A statement of her self holds no longer: the person took it back, life contradicts it, or nothing feeds it."""

    kind: Literal["Withdrawn"] = "Withdrawn"
    statement: MomentId
    why: Literal["person", "contradicted", "faded"] = "person"


class Shared(_Moment):
    """Something that is theirs: a joke, a place, a song they came back to. ``text`` in the person's words."""

    kind: Literal["Shared"] = "Shared"
    what: Literal["joke", "place", "song", "saying"]
    text: str = Field(min_length=1)
    evidence: tuple[MomentId, ...] = Field(min_length=1)


class LoopClosed(_Moment):
    """Something that was to be followed up is not any more. ``loop``: the moment that opened it."""

    kind: Literal["LoopClosed"] = "LoopClosed"
    loop: MomentId
    why: Literal["answered", "asked", "let_go", "person"]


class Reached(_Moment):
    """She reached out unasked. ``evidence``: what it was about; ``channel``: where it was shown."""

    kind: Literal["Reached"] = "Reached"
    text: str = Field(min_length=1)
    evidence: tuple[MomentId, ...] = Field(min_length=1)
    channel: str


class Slept(_Moment):
    """A night is over. ``upto``: the last moment that it looked at; ``did``: what came of each of its steps, counted;
    ``failed``: the steps that failed, by name. No content.
    """

    kind: Literal["Slept"] = "Slept"
    night: date
    upto: MomentId
    did: dict[str, int] = {}
    failed: tuple[str, ...] = ()
    seconds: float = 0.0


class SkillNeeded(_Moment):
    """The person wanted something that she can't do yet."""

    kind: Literal["SkillNeeded"] = "SkillNeeded"
    text: str = Field(min_length=1)
    evidence: tuple[MomentId, ...] = Field(min_length=1)


class SkillWritten(_Moment):
    """A version of a skill lies in her home, not yet allowed to do anything. ``digest``: SHA-256 of all its files."""

    kind: Literal["SkillWritten"] = "SkillWritten"
    name: str = Field(min_length=1)
    version: int = Field(ge=1)
    digest: str
    scopes: tuple[str, ...] = ()
    evidence: tuple[MomentId, ...] = ()
    by: str = ""


class SkillTried(_Moment):
    """The skill's own examples were run."""

    kind: Literal["SkillTried"] = "SkillTried"
    name: str
    version: int
    passed: int
    failed: int


class SkillApproved(_Moment):
    """The person allowed exactly these files to do exactly this."""

    kind: Literal["SkillApproved"] = "SkillApproved"
    name: str
    version: int
    digest: str
    scopes: tuple[str, ...] = ()


class SkillUsed(_Moment):
    """The skill ran. ``outcome``: "ok", or the code of an error."""

    kind: Literal["SkillUsed"] = "SkillUsed"
    name: str
    version: int
    to: MomentId | None = None
    outcome: str = "ok"


class SkillShelved(_Moment):
    """The skill is archived (``on``), or taken out of the archive."""

    kind: Literal["SkillShelved"] = "SkillShelved"
    name: str
    on: bool = True
    why: Literal["unused", "person"] = "person"


class SkillTakenBack(_Moment):
    """On the person's word an earlier version of the skill is the one in use again; 0: none is."""

    kind: Literal["SkillTakenBack"] = "SkillTakenBack"
    name: str
    to_version: int = Field(ge=0)


class Forgot(_Moment):
    """On the person's word, moments were emptied. ``count`` of them; nothing of what they held."""

    kind: Literal["Forgot"] = "Forgot"
    ids: tuple[MomentId, ...]


class Forgotten(_Moment):
    """The tombstone in the place of a forgotten moment. ``was`` is its kind."""

    kind: Literal["Forgotten"] = "Forgotten"
    was: str


Moment = Annotated[
    Woke
    | Named
    | BondOpened
    | Met
    | Heard
    | Felt
    | Said
    | Disclosed
    | Cared
    | Parted
    | Failed
    | Brought
    | Noticed
    | Corrected
    | PersonMerged
    | Noted
    | Reflected
    | Dreamed
    | Stated
    | Pinned
    | Withdrawn
    | Shared
    | LoopClosed
    | Reached
    | Slept
    | SkillNeeded
    | SkillWritten
    | SkillTried
    | SkillApproved
    | SkillUsed
    | SkillShelved
    | SkillTakenBack
    | Forgot
    | Forgotten,
    Field(discriminator="kind"),
]

DERIVED = (
    "Felt",
    "Said",
    "Noticed",
    "Corrected",
    "Noted",
    "Reflected",
    "Dreamed",
    "Stated",
    "Shared",
    "Reached",
    "SkillNeeded",
    "SkillWritten",
)
"""Kinds that may hold something of the moments they rest on: forgetting those takes them too."""


def rests_on(moment: Moment) -> tuple[MomentId, ...]:
    """The moments that this one was drawn from; empty for what stands for itself."""
    match moment:
        case Said(to=to, stood_on=stood_on):
            return (*((to,) if to is not None else ()), *stood_on)
        case Felt(cause=cause):
            return cause
        case (
            Noticed(evidence=evidence)
            | Corrected(evidence=evidence)
            | Noted(evidence=evidence)
            | Reflected(evidence=evidence)
            | Dreamed(evidence=evidence)
            | Stated(evidence=evidence)
            | Shared(evidence=evidence)
            | Reached(evidence=evidence)
            | SkillNeeded(evidence=evidence)
            | SkillWritten(evidence=evidence)
        ):
            return evidence
        case _:
            return ()


_ADAPTER: TypeAdapter[Moment] = TypeAdapter(Moment)

VERSIONS: dict[str, int] = {"Felt": 2}
"""The newest version of a kind, where it is not 1."""

LIFTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("Felt", 1): lambda raw: raw | {"v": 2},
}
"""``(kind, v)`` -> the function that turns a body of that version into the next one's."""


class UnknownMoment(ValueError):
    """The body is of a kind or version that this release does not know."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment in its place: ``id`` in the journal, ``at`` (aware, UTC) as the clock told it, then the content."""

    id: MomentId
    at: datetime
    moment: Moment


def dump(moment: Moment) -> str:
    """The stored body (JSON)."""
    return moment.model_dump_json()


def load(body: str) -> Moment:
    """The moment of a stored body, lifted to the present version. Raises :class:`UnknownMoment`."""
    try:
        return _ADAPTER.validate_json(body)
    except ValueError:
        return _lifted(body)


def _lifted(body: str) -> Moment:
    import json

    try:
        raw = json.loads(body)
        kind, v = raw["kind"], int(raw.get("v", 1))
    except (ValueError, KeyError, TypeError) as e:
        raise UnknownMoment("a stored body can't be read") from e
    if v > VERSIONS.get(kind, 1):
        raise UnknownMoment(f"{kind} of version {v} was written by a newer release")
    while (lift := LIFTS.get((kind, v))) is not None:
        raw = lift(raw)
        kind, v = raw["kind"], int(raw["v"])
    try:
        return _ADAPTER.validate_python(raw)
    except ValueError as e:
        raise UnknownMoment(f"{kind} of version {v} is not known") from e
