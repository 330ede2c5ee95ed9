"""One owner per home. Whoever holds the lock file has the home open; everyone else reaches it through its socket.

``at_home`` gives a :class:`~someone.home.House` either way. The socket lies in the home (0600, below a 0700 folder) and
speaks JSON lines: ``{"call": name, "args": {...}}`` is answered by ``{"value": ...}``, or by ``{"part": ...}`` lines and
``{"end": true}`` for a turn, or by ``{"error": {...}}``. Closing the connection interrupts the turn that runs on it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from someone import parts
from someone.errors import HomeBusy, HomeReadOnly, SomeoneError, from_code
from someone.home import Home
from someone.house import House
from someone.mind.past import Counts, Record
from someone.views import (
    BecomingView,
    BrainView,
    DayView,
    Exported,
    FactView,
    FeelingsView,
    Finding,
    LoopView,
    MomentView,
    NameView,
    NightView,
    PersonView,
    ReachedView,
    ReplayView,
    SkillTextView,
    SkillView,
    SleepView,
    StatementView,
    TrialView,
    Who,
    Why,
)

LOCK = "someone.lock"
PATIENCE_S = 8.0
"""Seconds to wait for an owner that is starting or going."""
LONGEST_LINE = 16 * 1024 * 1024
_SUN_PATH = 100
"""Unix socket paths are limited to about 104 bytes; a longer home gets its socket in a private temporary folder."""

ANSWERS: dict[str, TypeAdapter[Any]] = {
    "who": TypeAdapter(Who),
    "journal": TypeAdapter(list[MomentView]),
    "why": TypeAdapter(Why),
    "find": TypeAdapter(list[MomentView]),
    "forget": TypeAdapter(int),
    "bring": TypeAdapter(Counts),
    "brought_from": TypeAdapter(list[int]),
    "memory": TypeAdapter(list[FactView]),
    "people": TypeAdapter(list[PersonView]),
    "person": TypeAdapter(list[PersonView]),
    "days": TypeAdapter(list[DayView]),
    "feelings": TypeAdapter(FeelingsView),
    "behind": TypeAdapter(list[MomentView]),
    "moments": TypeAdapter(list[MomentView]),
    "becoming": TypeAdapter(BecomingView),
    "nights": TypeAdapter(list[NightView]),
    "correct": TypeAdapter(list[FactView]),
    "merge": TypeAdapter(PersonView),
    "skills": TypeAdapter(list[SkillView]),
    "skill": TypeAdapter(SkillTextView),
    "install_skill": TypeAdapter(SkillView),
    "approve_skill": TypeAdapter(SkillView),
    "take_back_skill": TypeAdapter(SkillView),
    "shelve_skill": TypeAdapter(SkillView),
    "statements": TypeAdapter(list[StatementView]),
    "pin": TypeAdapter(StatementView),
    "take_back": TypeAdapter(StatementView),
    "loops": TypeAdapter(list[LoopView]),
    "let_go": TypeAdapter(LoopView),
    "reached": TypeAdapter(list[ReachedView]),
    "waiting": TypeAdapter(list[ReachedView]),
    "export": TypeAdapter(Exported),
    "replay": TypeAdapter(list[ReplayView]),
    "rename": TypeAdapter(NameView),
    "doctor": TypeAdapter(list[Finding]),
    "brains": TypeAdapter(list[BrainView]),
    "try_brain": TypeAdapter(TrialView),
    "use_brain": TypeAdapter(BrainView),
    "sleep": TypeAdapter(list[NightView]),
    "asleep": TypeAdapter(SleepView),
}
"""Every call but ``turn``, and what it answers."""


@asynccontextmanager
async def at_home(folder: Path, build: Callable[[], Awaitable[Home]], *, talks: bool = True) -> AsyncIterator[House]:
    """The home of this folder: opened here when nobody has it, else reached through its owner. ``talks``: a talk is to
    follow, so what it needs is loaded at once.

    Raises HomeBusy when the owner does not answer, HomeReadOnly, and whatever ``build`` raises.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    waited = 0.0
    while True:
        if _acquired(lock, folder):
            try:
                async with _owning(folder, build, talks=talks) as home:
                    yield home
            finally:
                lock.release()
            return
        if (remote := await _reach(folder)) is not None:
            yield remote
            return
        if waited >= PATIENCE_S:
            raise HomeBusy
        await asyncio.sleep(0.1)
        waited += 0.1


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the home with nobody in it, for what needs no one awake. Raises HomeBusy while an owner lives."""
    lock = FileLock(folder / LOCK, timeout=0)
    if not _acquired(lock, folder):
        raise HomeBusy("She is awake in another window.", do="End the other talk first, then try again.")
    try:
        yield
    finally:
        lock.release()


def _acquired(lock: FileLock, folder: Path) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return False
    except OSError as e:
        raise HomeReadOnly(f"The home folder {folder} can't be written: {e.strerror}.") from e
    return True


@asynccontextmanager
async def _owning(folder: Path, build: Callable[[], Awaitable[Home]], *, talks: bool) -> AsyncIterator[Home]:
    home = await build()
    door = Door(home)
    try:
        await door.open(socket_path(folder))
        home.start(talks=talks)
        yield home
    finally:
        await door.close()
        await home.aclose()


def socket_path(folder: Path) -> Path:
    """Where the owner listens: in the home, or in a folder of this user's own where the path would be too long."""
    usual = folder / "someone.sock"
    if len(os.fsencode(usual)) <= _SUN_PATH:
        return usual
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"someone-{os.getuid()}" / f"{digest}.sock"


class Door:
    """The owner's socket."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._server: asyncio.Server | None = None
        self._path: Path | None = None
        self._calls: set[asyncio.Task[None]] = set()

    async def open(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.parent.stat().st_uid != os.getuid():
            raise HomeBusy(f"The folder {path.parent} belongs to someone else.", do="Remove it, or move the home.")
        path.unlink(missing_ok=True)  # the lock is ours, so a socket that lies there is of an owner that died
        mask = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._connected, str(path), limit=LONGEST_LINE)
        finally:
            os.umask(mask)
        self._path = path

    async def close(self) -> None:
        """Let no one new in, let the calls under way finish, then close."""
        if self._server is not None:
            self._server.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        if self._calls:
            await asyncio.wait(self._calls, timeout=PATIENCE_S)
        for call in tuple(self._calls):
            call.cancel()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline())
            answering = asyncio.ensure_future(self._answer(request, writer))
            gone = asyncio.ensure_future(reader.read())
            await asyncio.wait((answering, gone), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                answering.cancel()
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await answering
        except (ValueError, ConnectionError):
            await _send(writer, {"error": _plain(SomeoneError("That was not a call that I know."))})
        finally:
            with suppress(ConnectionError):
                writer.close()
                await writer.wait_closed()

    async def _answer(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        try:
            name, args = str(request["call"]), dict(request.get("args", {}))
            if name == "turn":
                async with aclosing(self._home.turn(**args)) as stream:
                    async for part in stream:
                        await _send(writer, parts.dump(part))
                await _send(writer, {"end": True})
            elif name in ANSWERS:
                value = await getattr(self._home, name)(**args)
                await _send(writer, {"value": ANSWERS[name].dump_python(value, mode="json")})
            else:
                await _send(writer, {"error": _plain(SomeoneError("That was not a call that I know."))})
        except SomeoneError as e:
            await _send(writer, {"error": _plain(e)})
        except (KeyError, TypeError):
            await _send(writer, {"error": _plain(SomeoneError("That was not a call that I know."))})


class Away:
    """The home as another process sees it: the same calls, through the owner's socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def turn(
        self,
        text: str,
        channel: str,
        spoken: Callable[[], Awaitable[int]] | None = None,  # noqa: ARG002 - can't be asked across the socket
    ) -> AsyncGenerator[parts.Part, None]:
        reader, writer = await self._call("turn", {"text": text, "channel": channel})
        try:
            while "end" not in (answer := await _receive(reader)):
                yield parts.load(answer)
        finally:
            writer.close()

    async def who(self) -> Who:
        return await self._ask("who")

    async def journal(self, limit: int) -> list[MomentView]:
        return await self._ask("journal", limit=limit)

    async def why(self, text: str) -> Why:
        return await self._ask("why", text=text)

    async def find(self, text: str) -> list[MomentView]:
        return await self._ask("find", text=text)

    async def forget(self, ids: list[int]) -> int:
        return await self._ask("forget", ids=ids)

    async def bring(self, records: Sequence[Record], again: bool = False) -> Counts:
        return await self._ask("bring", records=[r.model_dump(mode="json") for r in records], again=again)

    async def brought_from(self, source: str) -> list[int]:
        return await self._ask("brought_from", source=source)

    async def memory(self, text: str, person: str, since: str, until: str) -> list[FactView]:
        return await self._ask("memory", text=text, person=person, since=since, until=until)

    async def people(self) -> list[PersonView]:
        return await self._ask("people")

    async def person(self, who: str) -> list[PersonView]:
        return await self._ask("person", who=who)

    async def days(self, limit: int) -> list[DayView]:
        return await self._ask("days", limit=limit)

    async def feelings(self, limit: int) -> FeelingsView:
        return await self._ask("feelings", limit=limit)

    async def behind(self, fact: str) -> list[MomentView]:
        return await self._ask("behind", fact=fact)

    async def moments(self, ids: list[int]) -> list[MomentView]:
        return await self._ask("moments", ids=ids)

    async def becoming(self, days: int) -> BecomingView:
        return await self._ask("becoming", days=days)

    async def nights(self, limit: int) -> list[NightView]:
        return await self._ask("nights", limit=limit)

    async def correct(self, fact: str, text: str) -> list[FactView]:
        return await self._ask("correct", fact=fact, text=text)

    async def merge(self, one: str, other: str) -> PersonView:
        return await self._ask("merge", one=one, other=other)

    async def skills(self) -> list[SkillView]:
        return await self._ask("skills")

    async def skill(self, name: str) -> SkillTextView:
        return await self._ask("skill", name=name)

    async def install_skill(self, path: str) -> SkillView:
        return await self._ask("install_skill", path=str(Path(path).expanduser().absolute()))

    async def approve_skill(self, name: str, digest: str = "") -> SkillView:
        return await self._ask("approve_skill", name=name, digest=digest)

    async def take_back_skill(self, name: str) -> SkillView:
        return await self._ask("take_back_skill", name=name)

    async def shelve_skill(self, name: str, on: bool = True) -> SkillView:
        return await self._ask("shelve_skill", name=name, on=on)

    async def statements(self, at: str) -> list[StatementView]:
        return await self._ask("statements", at=at)

    async def pin(self, statement: int, on: bool) -> StatementView:
        return await self._ask("pin", statement=statement, on=on)

    async def take_back(self, statement: int) -> StatementView:
        return await self._ask("take_back", statement=statement)

    async def loops(self) -> list[LoopView]:
        return await self._ask("loops")

    async def let_go(self, loop: int) -> LoopView:
        return await self._ask("let_go", loop=loop)

    async def reached(self, limit: int) -> list[ReachedView]:
        return await self._ask("reached", limit=limit)

    async def waiting(self, channel: str) -> list[ReachedView]:
        return await self._ask("waiting", channel=channel)

    async def export(self, folder: str) -> Exported:
        return await self._ask("export", folder=str(Path(folder).absolute()))

    async def replay(self) -> list[ReplayView]:
        return await self._ask("replay")

    async def rename(self) -> NameView:
        return await self._ask("rename")

    async def doctor(self) -> list[Finding]:
        return await self._ask("doctor")

    async def brains(self) -> list[BrainView]:
        return await self._ask("brains")

    async def try_brain(self, spec: str, url: str) -> TrialView:
        return await self._ask("try_brain", spec=spec, url=url)

    async def use_brain(self, spec: str, url: str) -> BrainView:
        return await self._ask("use_brain", spec=spec, url=url)

    async def sleep(self) -> list[NightView]:
        return await self._ask("sleep")

    async def asleep(self) -> SleepView:
        return await self._ask("asleep")

    async def _call(self, name: str, args: dict[str, Any]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            reader, writer = await asyncio.open_unix_connection(str(self._path), limit=LONGEST_LINE)
        except OSError as e:
            raise HomeBusy from e
        await _send(writer, {"call": name, "args": args})
        return reader, writer

    async def _ask(self, call: str, /, **args: Any) -> Any:
        reader, writer = await self._call(call, args)
        try:
            return ANSWERS[call].validate_python((await _receive(reader))["value"])
        finally:
            writer.close()


async def _reach(folder: Path) -> Away | None:
    path = socket_path(folder)
    try:
        _, writer = await asyncio.open_unix_connection(str(path))
    except OSError:
        return None
    writer.close()
    return Away(path)


async def _send(writer: asyncio.StreamWriter, value: dict[str, Any]) -> None:
    with suppress(ConnectionError):
        writer.write(json.dumps(value, ensure_ascii=True).encode() + b"\n")
        await writer.drain()


async def _receive(reader: asyncio.StreamReader) -> dict[str, Any]:
    line = await reader.readline()
    if not line:
        raise HomeBusy("The process that had the home open went away.", safe="What it acknowledged is kept.")
    answer: dict[str, Any] = json.loads(line)
    if (error := answer.get("error")) is not None:
        raise from_code(**error)
    return answer


def _plain(error: SomeoneError) -> dict[str, str]:
    return {"code": error.code, "what": error.what, "safe": error.safe, "do": error.do}
