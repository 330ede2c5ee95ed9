"""Builds the voice: the ears and the mouth of an owner, loaded once, and one session for each live talk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from someone.senses.ears import LocalEars
from someone.settings import Settings, load
from someone.voice.events import Event
from someone.voice.session import VoiceSession
from someone.voice.tts import HibariVoice

if TYPE_CHECKING:
    from someone.house import House


class VoiceParts:
    """What hears and speaks in this process. Building it loads nothing; ``warm`` does, and a session's start waits."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or load()
        self.ears = LocalEars(model=settings.hearing_model)
        self.voice = HibariVoice(settings.voice)

    async def warm(self) -> None:
        """Load everything, in the background of a start. Raises VoiceError."""
        await asyncio.gather(self.ears.warm(), self.voice.warm())

    def session(self, house: House, *, send: Callable[[Event], Awaitable[None]], feeling: str = "") -> VoiceSession:
        """A live talk with this home; its events go to ``send``."""
        return VoiceSession(house, send=send, ears=self.ears, voice=self.voice, feeling=feeling)

    async def aclose(self) -> None:
        await self.ears.aclose()
        await self.voice.aclose()
