"""A served page without a browser: a home, a scripted brain, a fake voice, and a client that came in by invitation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from someone import bootstrap, settings
from someone.bootstrap import Answers
from someone.home import Home
from someone.house import House
from someone.owner import at_home
from someone.ports import Brain, Clock
from someone.testing.brains import ScriptedBrain
from someone.testing.voice_session import FakeVoiceSession
from someone.web.place import NewSession, Place
from someone.web.seat import Sender, Session
from someone.web.serve import serve


@dataclass
class ServedPage:
    """``address`` ends in the invitation; ``sessions``: every voice session that was begun, in order."""

    address: str
    folder: Path
    sessions: list[FakeVoiceSession] = field(default_factory=list[FakeVoiceSession])

    @property
    def origin(self) -> str:
        return self.address.split("/#")[0]

    @property
    def host(self) -> str:
        return self.origin.removeprefix("http://")

    @property
    def port(self) -> int:
        return int(self.host.rsplit(":", 1)[1])

    @property
    def code(self) -> str:
        return self.address.split("#")[1]


async def wake(folder: Path, called: str = "Theo") -> str:
    """Someone awake in this folder; her name."""
    answers = Answers(accepts_notice=True, call_me=called, voice="woman", seed=7)
    naming = bootstrap.name_for(answers)
    await bootstrap.wake(folder, settings.load(key="file", embedder="none"), answers, naming)
    return naming.name


@asynccontextmanager
async def served(
    folder: Path,
    *,
    brain: Brain | None = None,
    script: Iterable[str] = (),
    pace: float = 20.0,
    port: int = 0,
    new_session: NewSession | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[ServedPage]:
    """The page of this home, on a port of its own until the block ends. ``new_session``: in the place of the fake voice."""
    page = ServedPage("", folder)
    thinks = brain or ScriptedBrain(["Good to hear from you. How was the walk?"])
    lines = list(script)

    @asynccontextmanager
    async def house() -> AsyncIterator[House]:
        async def build() -> Home:
            return await bootstrap.open_home(
                folder, settings.load(key="file", embedder="none"), brain=thinks, clock=clock
            )

        async with at_home(folder, build) as opened:
            yield opened

    async def session(opened: House, sender: Sender) -> Session:
        page.sessions.append(FakeVoiceSession(opened, send=sender, script=lines, pace=pace))
        return page.sessions[-1]

    invited: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(serve(Place(folder, house, new_session or session), port, invited.set_result))
    await asyncio.wait((serving, invited), return_when=asyncio.FIRST_COMPLETED)
    if not invited.done():
        await serving  # raises what kept it from serving
    page.address = invited.result()
    try:
        yield page
    finally:
        serving.cancel()
        await asyncio.wait((serving,))
