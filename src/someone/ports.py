"""What the mind needs from the world: one protocol a port. Adapters implement these and import nothing else of ours
but :mod:`someone.mind` and :mod:`someone.errors`; only ``bootstrap`` builds them. A fake of each ships in
:mod:`someone.testing` and passes the same contract suite.

All times are aware datetimes in UTC; all ids are of the one journal that the port serves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from sqlalchemy import Connection

    from someone.mind.deliberation import Prompt
    from someone.mind.emotions import Reading
    from someone.mind.moments import Entry, Moment
    from someone.mind.recall import Hit, Query

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A fold's state (JSON) up to and including moment ``upto``; ``version`` is the fold's own."""

    fold: str
    version: int
    upto: int
    state: str


class Journal(Protocol):
    """One append-only journal. ``append`` returns only when the moment is on the disk (synced)."""

    async def append(self, moment: Moment, at: datetime, *, key: str | None = None) -> Entry:
        """Keep a moment. A second append with the same ``key`` keeps nothing and returns the first entry.

        Raises DiskFull, AppendRefused, HomeReadOnly.
        """
        ...

    async def append_all(self, moments: Sequence[tuple[Moment, str | None]], at: datetime) -> list[Entry]:
        """Keep many moments, each with its key or None, in one synced transaction: all or none. As for ``append``, what
        has a key that is known already is not kept again; its first entry is returned in its place.
        """
        ...

    async def read(
        self,
        *,
        after: int = 0,
        limit: int | None = None,
        kinds: Sequence[str] = (),
        without: Sequence[str] = (),
        newest_first: bool = False,
    ) -> list[Entry]:
        """Entries with ``id > after`` in order of id (or newest first), at most ``limit``; of these ``kinds`` only, or of
        all, but of none that is in ``without``.
        """
        ...

    async def get(self, ids: Sequence[int]) -> list[Entry]:
        """The entries of these ids that exist, in order of id."""
        ...

    async def count(self) -> int: ...

    async def last(self) -> Entry | None: ...

    async def forget(self, ids: Sequence[int], at: datetime) -> Entry:
        """Empty these moments for good (a ``Forgotten`` tombstone stays in each place), with all that is derived from
        them and every snapshot, and append ``Forgot``; one transaction, synced, freed pages overwritten.
        """
        ...

    async def load_snapshot(self, fold: str) -> Snapshot | None: ...

    async def save_snapshot(self, snapshot: Snapshot) -> None: ...

    async def aclose(self) -> None: ...


class Lane(Protocol):
    """The one writer of a bond's file, and its free readers. Functions run on a worker thread, never on the loop."""

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in one ``BEGIN IMMEDIATE`` transaction, in turn with every other write; commit, synced."""
        ...

    async def query(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on a reading connection (WAL snapshot)."""
        ...


class Memory(Protocol):
    """The index over one bond's journal. Derived: it can always be rebuilt from the journal."""

    async def index(self, entry: Entry) -> None:
        """Make a moment findable by its words, at once. Kinds that hold no words are passed over. Idempotent."""
        ...

    async def index_all(self, entries: Sequence[Entry]) -> None:
        """As ``index``, for many at once."""
        ...

    async def catch_up(self, *, limit: int | None = None) -> int:
        """Index what is missing (words first, then vectors), at most ``limit`` moments; returns how many are left."""
        ...

    def listen(self, text: str) -> None:
        """Recall will be asked about this in a moment: it may begin. Returns at once, keeps nothing, never raises."""
        ...

    async def recall(self, query: Query) -> list[Hit]:
        """The best memories for this query, best first. An empty store gives an empty list."""
        ...


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole copy of a home's journals, encrypted as they are. ``night``: which one made it; ``upto``: the last moment of
    the bond in it; ``proved_at``: when it was last restored on trial, None for never; ``size`` in bytes.
    """

    name: str
    night: date
    upto: int
    proved_at: datetime | None = None
    size: int = 0


class Backups(Protocol):
    """The backups of one home. None holds the key that opens it."""

    async def make(self, night: date, upto: int) -> Backup:
        """Copy the journals as they are now, while others go on writing. The same night and moment: the one that is there.

        Raises DiskFull, HomeReadOnly, JournalDamaged (a page that can't be read is not copied).
        """
        ...

    async def trial(self, backup: Backup) -> Trial:
        """Restore it into a folder of its own and check every page there. Close what comes back: that removes the copy."""
        ...

    async def proved(self, backup: Backup, at: datetime) -> None:
        """Write down that it was restored."""
        ...

    async def rotate(self, forgot: int) -> int:
        """Remove what need not be kept, and every one that ends before moment ``forgot`` (it may hold what was forgotten
        there), but only beside a proved one; how many went.
        """
        ...

    async def listed(self) -> list[Backup]:
        """All of them, the newest first."""
        ...


class Trial(Protocol):
    """A restored copy of a bond's journal. ``broken``: what its check found; empty is good news."""

    @property
    def journal(self) -> Journal: ...

    @property
    def broken(self) -> tuple[str, ...]: ...

    async def aclose(self) -> None: ...


class Embedder(Protocol):
    """Texts to unit vectors (float32, shape ``(n, dim)``). Blocking: call it on a thread."""

    name: str
    dim: int

    def query(self, text: str) -> np.ndarray: ...

    def passages(self, texts: Sequence[str]) -> np.ndarray: ...


class Reader(Protocol):
    """Guesses the person's emotion from the words of one utterance. Keeps and logs nothing."""

    async def read(self, text: str) -> Reading:
        """A guess for any text. Reads for milliseconds at most once recall has embedded the same text."""
        ...


@dataclass(frozen=True, slots=True)
class Ability:
    """What a brain can do. ``context`` in tokens. ``dialect``: which prompt the mind lays out for it."""

    dialect: Literal["small", "large"] = "large"
    context: int = 8192
    tools: bool = False
    structured: bool = False
    local: bool = True


class Notifier(Protocol):
    """The desktop's notifications, on this machine."""

    def available(self) -> bool:
        """Whether there may be a desktop to show something on."""
        ...

    async def show(self, title: str, text: str) -> bool:
        """Show it. False where nothing was shown; never raises."""
        ...


class Brain(Protocol):
    """A language model that phrases what the mind decided. ``note``: how it runs here, a sentence for ``doctor``, or ""."""

    name: str
    ability: Ability
    note: str

    async def warm(self) -> None:
        """Load what the first reply needs. Safe to call twice. Raises BrainError."""
        ...

    def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        """Stream the reply as it comes. Closing the iterator, or cancelling its task, stops the model within 50 ms.

        Raises BrainUnreachable, BrainFailed, BrainKeyRefused.
        """
        ...

    def expect(self, beginning: Prompt) -> None:
        """The next prompt will begin like this: a brain may read it while nobody waits. Returns at once."""
        ...

    async def aclose(self) -> None: ...


Grants = Mapping[str, Callable[..., Awaitable[str | list[str]]]]
"""What a skill's code may call while it runs, by name. Arguments arrive as strings; nothing else of the host is there."""


class Skills(Protocol):
    """The folders in which her skills lie, and the sandbox in which their code runs.

    Files are ``{path below the skill's folder: bytes}``, checked by :mod:`someone.mind.skill_text`.
    """

    async def keep(self, name: str, version: int, files: Mapping[str, bytes]) -> None:
        """Keep a version beside the others. A version is written once: the same files again are no error, others are.

        Raises SkillRefused, DiskFull.
        """
        ...

    async def version(self, name: str, version: int) -> dict[str, bytes]:
        """The files of a kept version. Raises SkillUnknown."""
        ...

    async def place(self, name: str, version: int) -> None:
        """Put a kept version in the open, where it is used from and the person can read it; 0 takes away what is there.

        Raises SkillUnknown.
        """
        ...

    async def placed(self, name: str) -> dict[str, bytes]:
        """The files that lie in the open now, whoever changed them; empty where there are none. Raises SkillRefused."""
        ...

    async def kept(self) -> list[tuple[str, int]]:
        """Every version there is, by name and number."""
        ...

    async def look_in(self, path: str) -> dict[str, bytes]:
        """The files of a skill's folder, or of a ZIP of one, anywhere on this machine. Raises SkillRefused."""
        ...

    async def erase(self, name: str, version: int) -> None:
        """Remove a version for good, also from the open if it is the one that lies there. Nothing there is no error."""
        ...

    async def run(self, code: str, text: str, grants: Grants) -> str:
        """What ``answer(text)`` of this code gives, "" for None. No file, network, environment or clock is there but what
        is granted; time and memory are limited. Cancelling its task ends the code within 200 ms.

        Raises SkillBroke, SkillTooMuch.
        """
        ...

    async def aclose(self) -> None: ...
