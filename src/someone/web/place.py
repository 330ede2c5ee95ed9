"""The home behind the page: nobody yet, or someone awake; and the wakening that leads from the one to the other."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from someone.errors import AlreadyAwake, ConsentNeeded, InputError, NotAwake
from someone.house import House
from someone.web.seat import Seat, Sender, Session

if TYPE_CHECKING:
    from someone.bootstrap import Answers
    from someone.mind.naming import Naming

OpenHouse = Callable[[], AbstractAsyncContextManager[House]]
NewSession = Callable[[House, Sender], Awaitable[Session]]


class Asked(BaseModel):
    """The answers to the three questions, as the page sends them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    accepts_notice: bool
    call_me: str = Field("", max_length=200)
    voice: str = Field("choose", pattern="^(woman|man|choose)$")
    about: str = Field("", max_length=4000)


class Place:
    """One home, from before its wakening on. ``open_house`` enters it, ``new_session`` gives it ears and a voice."""

    def __init__(self, folder: Path, open_house: OpenHouse, new_session: NewSession) -> None:
        self.folder = folder
        self._open_house = open_house
        self._new_session = new_session
        self._stack = AsyncExitStack()
        self._house: House | None = None
        self._seat: Seat | None = None
        self._answers: Answers | None = None
        self._offered: list[Naming] = []
        self._change = asyncio.Lock()

    @property
    def house(self) -> House:
        """Raises NotAwake."""
        if self._house is None:
            raise NotAwake(do="Answer the three questions on this page.")
        return self._house

    @property
    def seat(self) -> Seat:
        """Raises NotAwake."""
        house = self.house
        if self._seat is None:
            self._seat = Seat(lambda sender: self._new_session(house, sender))
        return self._seat

    async def enter(self) -> None:
        """Open the home if someone lives there. Raises what opening raises."""
        from someone import bootstrap

        if bootstrap.is_awake(self.folder) and self._house is None:
            self._house = await self._stack.enter_async_context(self._open_house())

    async def aclose(self) -> None:
        if self._seat is not None:
            await self._seat.aclose()
        self._house = None
        await self._stack.aclose()

    async def state(self) -> dict[str, Any]:
        """What the page shows first."""
        if self._house is None:
            return {"awake": False} | _first_words(self.folder)
        who = await self._house.who()
        return {"awake": True} | who.model_dump(
            mode="json", include={"name", "called", "feeling", "feeling_why", "brain"}
        )

    async def name(self, given: Any) -> dict[str, str]:
        """The name she would choose after these answers. Raises ConsentNeeded, InputError, AlreadyAwake."""
        from someone.bootstrap import Answers

        if self._house is not None:
            raise AlreadyAwake(do="Load this page again to talk.")
        asked = _asked(given)
        if not asked.accepts_notice:
            raise ConsentNeeded(do="Read the notice and say yes, if you are 18 or older and agree.")
        self._answers = Answers(
            accepts_notice=True,
            call_me=asked.call_me,
            voice=asked.voice,  # pyright: ignore[reportArgumentType]
            about=asked.about,
        )
        self._offered = []
        return await self.again()

    async def again(self) -> dict[str, str]:
        """Another name; none that was offered comes back."""
        from someone import bootstrap

        if self._answers is None:
            raise InputError("The questions come first.", safe="Nothing was kept.", do="Load this page again.")
        avoid = tuple(n.name for n in self._offered)
        naming = await asyncio.to_thread(bootstrap.name_for, self._answers, avoid)
        self._offered.append(naming)
        return {"name": naming.name, "reason": naming.reason}

    async def keep(self) -> None:
        """She wakes with the name offered last, and the home is entered. Raises AlreadyAwake, HomeReadOnly."""
        from someone import bootstrap, settings

        async with self._change:
            if self._house is not None:
                raise AlreadyAwake(do="Load this page again to talk.")
            if self._answers is None or not self._offered:
                raise InputError("The questions come first.", safe="Nothing was kept.", do="Load this page again.")
            *aside, naming = self._offered
            passphrase = os.environ.get("SOMEONE_PASSPHRASE")
            await bootstrap.wake(self.folder, settings.load(), self._answers, naming, tuple(aside), passphrase)
            await self.enter()


def _asked(given: Any) -> Asked:
    try:
        return Asked.model_validate(given)
    except ValidationError:
        raise InputError(
            "I could not read those answers.", safe="Nothing was kept.", do="Make them shorter, and try again."
        ) from None


def _first_words(folder: Path) -> dict[str, Any]:
    from someone.mind import care

    return {
        "notice": care.NOTICE.format(home=folder),
        "questions": {
            "call_me": "What shall I call you?",
            "voice": "Which voice would you like me to have?",
            "about": "Tell me about someone who matters to you.",
        },
    }
