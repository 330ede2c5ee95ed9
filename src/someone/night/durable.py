"""A night that lasts through a kill at any step: one durable workflow on ``dbos``, in a database of its own.

The database (``night.db`` in the home) holds ids, dates and counts, never a word of anyone: inputs are the bond's id and
the plan's, and a step answers with numbers. It is opened for a night and closed after it; no network, no telemetry.
A step that fails is written down as failed and the night goes on; only a stop or a kill breaks it off, and then the same
workflow is taken up at the step where it was.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from someone.errors import HomeError, SomeoneError
from someone.mind.moments import Entry, MomentId, Slept
from someone.mind.nights import evening
from someone.night import steps
from someone.night.steps import STEPS, Night, Plan

LAYOUT = "1"
"""Of the workflow's steps: raised when their order changes, since a night that broke off before can't be taken up then."""
POLL_S = 0.1
_log = logging.getLogger("someone.night")
_ONE = threading.Lock()  # dbos is one a process
_ASLEEP: dict[str, Durable] = {}


class Stopped(BaseException):
    """The owner goes: the step is not over, and not failed. No ``Exception``, so that nothing records it as an outcome."""


@dataclass(slots=True)
class Progress:
    """Where a night is: ``done`` of ``of`` steps, and the one it is at."""

    step: str = ""
    done: int = 0
    of: int = 0


@dataclass(slots=True)
class Durable:
    """Runs the nights of one bond, one at a time. ``fault``: called with
    its name when a step is done and not recorded yet, for tests of a kill.
    """

    night: Night
    database: Path
    fault: Callable[[str], None] = lambda _: None
    progress: Progress = field(default_factory=Progress)
    _loop: asyncio.AbstractEventLoop | None = None
    _stopping: bool = False
    _doing: Any = None

    def unfinished(self) -> bool:
        """Whether a night broke off. Reads the file alone; blocking, briefly."""
        if not self.database.exists():
            return False
        try:
            with sqlite3.connect(f"{self.database.resolve().as_uri()}?mode=ro", uri=True) as connection:
                sql = "SELECT count(*) FROM workflow_status WHERE status IN ('PENDING', 'ENQUEUED') AND application_version = ?"
                return bool(connection.execute(sql, (LAYOUT,)).fetchone()[0])
        except sqlite3.Error:
            return False

    async def sleep(self) -> Entry | None:
        """Take up a night that broke off, then have this one, unless it was had and nothing was said since. The newest
        ``Slept``, or None where the journal could not take it.
        """
        self._loop, self._stopping = asyncio.get_running_loop(), False
        await asyncio.to_thread(_ONE.acquire)
        _ASLEEP[self.night.bond] = self
        try:
            await asyncio.to_thread(_open, self.database)
            try:
                await self._resume()
                await self._tonight()
            finally:
                await asyncio.shield(asyncio.to_thread(_close))
        finally:
            _ASLEEP.pop(self.night.bond, None)
            _ONE.release()
        slept = await self.night.ledger.journal.read(kinds=("Slept",), limit=1, newest_first=True)
        return slept[0] if slept else None

    async def stop(self) -> None:
        """Break the night off where it is; it is taken up at the next."""
        self._stopping = True
        if self._doing is not None:
            self._doing.cancel()

    async def _resume(self) -> None:
        for handle in await asyncio.to_thread(_broken_off):
            await self._until_over(handle)

    async def _tonight(self) -> None:
        nights, night = self.night.ledger.state.nights, evening(self.night.clock.now())
        if self._stopping or (nights.night == night and not await self._news(nights.upto)):
            return
        handle = await asyncio.to_thread(_start, self.night.bond, night.isoformat(), nights.upto)
        await self._until_over(handle)

    async def _news(self, upto: int) -> bool:
        return bool(await self.night.ledger.journal.read(after=upto, kinds=("Heard", "Brought", "Forgot"), limit=1))

    async def _until_over(self, handle: Any) -> None:
        while True:
            status = await asyncio.to_thread(handle.get_status)
            if self._stopping or status.status not in ("PENDING", "ENQUEUED", "DELAYED"):
                return
            await asyncio.sleep(POLL_S)

    def step(self, name: str, work: Callable[[], Coroutine[Any, Any, dict[str, int]]]) -> dict[str, Any]:
        """Run one step on the owner's loop, from dbos's thread: what it did, counted; ``failed`` the code of an error."""
        if self._stopping or self._loop is None:
            raise Stopped
        self.progress.step = name
        began = time.monotonic()
        out: dict[str, Any] = {"did": {}, "failed": ""}
        try:
            self._doing = asyncio.run_coroutine_threadsafe(work(), self._loop)
            out["did"] = self._doing.result()
        except CancelledError:
            raise Stopped from None
        except Exception as error:  # noqa: BLE001 - the boundary: one step's failure is recorded and stops no other
            out["failed"] = error.code if isinstance(error, SomeoneError) else type(error).__name__
            _log.warning("night: step %s failed: %s", name, out["failed"])
        if self._stopping:
            raise Stopped
        self.fault(name)
        self.progress.done += 1
        return out | {"seconds": round(time.monotonic() - began, 3)}


def _workflow(bond: str, night: str, after: int) -> dict[str, Any]:
    """The night as dbos runs it, on a thread of its own."""
    asleep = _ASLEEP[bond]
    try:
        return _night(asleep, night, after)
    except Stopped:
        asleep._stopping = True  # noqa: SLF001 - the owner waits for the workflow, which stays open
        raise


def _night(asleep: Durable, night: str, after: int) -> dict[str, Any]:
    """Every step in order, each recorded before the next begins."""
    from dbos import DBOS

    run = Run(asleep)

    def do(name: str, work: Callable[[], Coroutine[Any, Any, dict[str, int]]]) -> dict[str, Any]:
        return DBOS.run_step({"name": name}, asleep.step, name, work)

    asleep.progress = Progress("begin", 0, len(STEPS) + 2)
    begun = do("begin", lambda: run.begin(date.fromisoformat(night), after))
    if begun["failed"]:
        raise Stopped  # the journal can't be read: nothing to go on, and it is tried again
    plan = Plan(night=date.fromisoformat(night), **begun["did"])
    asleep.progress.of += plan.windows
    outcomes: list[tuple[str, dict[str, Any]]] = []
    brainless = False
    for number in range(plan.windows):
        if not brainless:
            outcomes.append(("facts", do(f"facts:{number}", lambda number=number: run.window(plan, number, True))))
            brainless = outcomes[-1][1]["failed"].startswith("brain")
        if brainless:
            outcomes.append(("notes", do(f"notes:{number}", lambda number=number: run.window(plan, number, False))))
    outcomes += [(name, do(name, lambda name=name: run.named(name, plan))) for name in STEPS]
    last = do("slept", lambda: run.slept(plan, outcomes))
    if last["failed"]:
        raise Stopped
    return {"night": night, "upto": plan.upto}


@dataclass(slots=True)
class Run:
    """The steps as coroutines that answer with counts."""

    asleep: Durable

    async def begin(self, night: date, after: int) -> dict[str, int]:
        plan = await steps.begin(self.asleep.night, night, after)
        return {"after": plan.after, "upto": plan.upto, "windows": plan.windows}

    async def window(self, plan: Plan, number: int, asks: bool) -> dict[str, int]:
        await self.asleep.night.rest.quiet()
        return await steps.window(self.asleep.night, plan, number, asks=asks)

    async def named(self, name: str, plan: Plan) -> dict[str, int]:
        await self.asleep.night.rest.quiet()
        return {name: await STEPS[name](self.asleep.night, plan)}

    async def slept(self, plan: Plan, outcomes: list[tuple[str, dict[str, Any]]]) -> dict[str, int]:
        slept = told(plan, outcomes)
        night = self.asleep.night
        key = f"night:{plan.night}:{plan.after}:slept"
        await night.ledger.keep(slept, night.clock.now(), key=key)
        return {}


def told(plan: Plan, outcomes: list[tuple[str, dict[str, Any]]]) -> Slept:
    """The night in numbers."""
    did: dict[str, int] = {}
    failed: dict[str, None] = {}
    for name, outcome in outcomes:
        for what, count in outcome["did"].items():
            did[what] = did.get(what, 0) + count
        if outcome["failed"]:
            failed[name] = None
    return Slept(
        night=plan.night,
        upto=MomentId(plan.upto),
        did={what: count for what, count in did.items() if count},
        failed=tuple(failed),
        seconds=round(sum(o["seconds"] for _, o in outcomes), 2),
    )


def _open(database: Path) -> None:
    """Open the database, or a fresh one where it can't be read: it holds nothing but where a night was."""
    try:
        _launch(database)
    except Exception as error:  # noqa: BLE001 - the boundary to dbos: whatever it finds wrong with its file
        _log.warning("night: the database of the nights can't be used (%s); it is made anew", type(error).__name__)
        _close()
        try:
            for path in database.parent.glob(f"{database.name}*"):
                path.unlink()
            _launch(database)
        except Exception as again:  # the same boundary: told as an error of the home
            _close()
            raise HomeError(
                "The night could not begin: its file can't be written.",
                do="Check the free space of the disk, then run `someone doctor`.",
            ) from again


def _launch(database: Path) -> None:
    from dbos import DBOS
    from dbos._serialization import DBOSPortableJSON

    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    global _registered  # noqa: PLW0603 - dbos keeps one registry a process
    if _registered is None:
        _registered = DBOS.workflow(name="night", max_recovery_attempts=1000)(_workflow)
    database.touch(mode=0o600)
    DBOS(
        config={
            "name": "someone-night",
            "system_database_url": f"sqlite:///{database.resolve()}",
            "application_version": LAYOUT,
            "executor_id": "local",
            "serializer": DBOSPortableJSON,
            "log_level": "CRITICAL",
            "enable_otlp": False,
            "sys_db_pool_size": 2,
        }
    )
    DBOS.launch()


_registered: Any = None


def _broken_off() -> list[Any]:
    from dbos import DBOS

    there = DBOS.list_workflows(status=["PENDING", "ENQUEUED"], app_version=LAYOUT, load_input=False, load_output=False)
    return [DBOS.retrieve_workflow(w.workflow_id) for w in there]


def _start(bond: str, night: str, after: int) -> Any:
    from dbos import DBOS, SetWorkflowID

    with SetWorkflowID(f"{bond}:{night}:{after}"):
        return DBOS.start_workflow(_registered, bond, night, after)


def _close() -> None:
    from dbos import DBOS

    DBOS.destroy()
