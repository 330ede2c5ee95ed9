"""The typed stream that a turn gives: every door (terminal, socket, page, voice) consumes the same parts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from someone.errors import SomeoneError, from_code
from someone.mind.moments import MomentId


@dataclass(frozen=True, slots=True)
class Kept:
    """What was heard is on the disk, as this moment."""

    id: MomentId


@dataclass(frozen=True, slots=True)
class Notice:
    """Said beside the talk, not in it: that she is an AI, that a character was unreadable."""

    text: str


@dataclass(frozen=True, slots=True)
class Feels:
    """Her feeling changed; ``why`` fits "because {why}". ``pace``: how fast she speaks in her mood, times the usual."""

    feeling: str
    why: str = ""
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """The next words of her reply, a sentence at a time. Joined without a separator they are the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A stage failed. What she says about it comes as Text as well."""

    code: str
    what: str
    safe: str
    do: str

    @classmethod
    def of(cls, error: SomeoneError) -> Trouble:
        return cls(error.code, error.what, error.safe, error.do)

    def error(self) -> SomeoneError:
        return from_code(self.code, self.what, self.safe, self.do)


@dataclass(frozen=True, slots=True)
class Done:
    """The turn is over. ``said``: the moment of the reply; ``by``: the rule or brain; ``parted``: it was a goodbye;
    ``ms``: milliseconds from the first word heard to the end of each stage.
    """

    said: MomentId | None
    by: str = ""
    stood_on: tuple[MomentId, ...] = ()
    parted: bool = False
    ms: dict[str, float] = field(default_factory=dict[str, float])


Part: TypeAlias = Kept | Notice | Feels | Text | Trouble | Done

_KINDS: dict[str, type[Part]] = {c.__name__: c for c in (Kept, Notice, Feels, Text, Trouble, Done)}


def dump(part: Part) -> dict[str, Any]:
    """As plain data, for a wire."""
    return {"part": type(part).__name__} | asdict(part)


def load(data: dict[str, Any]) -> Part:
    """The part of plain data. Raises KeyError or TypeError on what is not one."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k != "part"}
    return _KINDS[data["part"]](**values)
