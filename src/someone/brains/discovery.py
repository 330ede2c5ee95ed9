"""Which brains are there on this machine: asks the usual ports of the usual servers, and tries one. Never chooses."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from someone.brains.remote import SERVERS
from someone.errors import SomeoneError
from someone.mind.deliberation import Line, Prompt
from someone.ports import Brain

HOST = "127.0.0.1"
TIMEOUT_S = 0.5
"""Seconds for one server: one on this machine answers in milliseconds or not at all."""

LARGEST = 1 << 20
"""Bytes of an answer that are read."""

PORTS = {"ollama": 11434, "lmstudio": 1234, "llamacpp": 8080, "vllm": 8000}

TRY_LINES = (
    Line("system", "You are a kind companion, an AI. Answer in one short sentence."),
    Line("user", "Good morning. How does a quiet day begin?"),
)
"""What a brain is tried with: a fixed line that says nothing about anybody."""

_MODEL_NAME = re.compile(r"^[\w.:/@+ -]{1,120}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A server that answered: ``kind`` as in a brain's spec, ``label`` for people, and the ``models`` it names."""

    kind: str
    label: str
    base_url: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How a try went. Seconds to the first words, and roughly four characters a token per second after them; None where
    there was nothing to measure. ``error`` is the code of :mod:`someone.errors`, empty when ``ok``.
    """

    ok: bool
    first_token_s: float | None = None
    tokens_per_s: float | None = None
    error: str = ""
    what: str = ""


async def find_local(ports: Mapping[str, int] = PORTS, *, timeout_s: float = TIMEOUT_S) -> list[Found]:
    """Every known server that answers on loopback, in the order of ``ports``. All are asked at once."""
    found = await asyncio.gather(*(_ask(kind, port, timeout_s) for kind, port in ports.items()))
    return [f for f in found if f is not None]


async def try_brain(brain: Brain, *, now: Callable[[], float] = time.monotonic, timeout_s: float = 60.0) -> Trial:
    """Send a brain the fixed line and measure. ``now`` gives seconds (monotonic). Raises nothing but a cancellation."""
    begun, first, last, characters = now(), 0.0, 0.0, 0
    try:
        async with asyncio.timeout(timeout_s):
            await brain.warm()
            begun = now()
            pieces = brain.reply(Prompt(TRY_LINES, max_tokens=40))
            try:
                async for piece in pieces:
                    last = now()
                    first = first or last
                    characters += len(piece)
            finally:
                if isinstance(pieces, AsyncGenerator):
                    await cast("AsyncGenerator[str, None]", pieces).aclose()
    except SomeoneError as e:
        return Trial(ok=False, error=e.code, what=e.what)
    except TimeoutError:
        return Trial(ok=False, error="brain_unreachable", what=f"It said nothing whole within {timeout_s:g} seconds.")
    if not characters:
        return Trial(ok=False, error="brain_failed", what="It answered with nothing.")
    speed = characters / 4 / (last - first) if last > first else None
    return Trial(ok=True, first_token_s=first - begun, tokens_per_s=speed)


async def _ask(kind: str, port: int, timeout_s: float) -> Found | None:
    """The models that the server on this port names, or None where nothing answers as one would."""
    try:
        async with asyncio.timeout(timeout_s):
            body = await _get(port, "/v1/models")
    except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
        return None
    names = _names(body)
    if names is None:
        return None
    return Found(kind, SERVERS[kind][0], f"http://{HOST}:{port}/v1", names)


async def _get(port: int, path: str) -> Any:
    """One plain HTTP/1.0 request to loopback: no redirect, no proxy, no cookie. Raises OSError, ValueError."""
    reader, writer = await asyncio.open_connection(HOST, port, limit=LARGEST)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: {HOST}:{port}\r\nAccept: application/json\r\n\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        if b" 200" not in head[0]:
            raise ValueError("not 200")
        chunked = any(h.lower().replace(b" ", b"") == b"transfer-encoding:chunked" for h in head)
        sized = [int(h.split(b":")[1]) for h in head if h.lower().startswith(b"content-length:")]
        if chunked:
            raw = await _chunks(reader)
        elif sized:
            raw = await reader.readexactly(min(sized[0], LARGEST))
        else:
            raw = await reader.read(LARGEST)
        return json.loads(raw)
    except asyncio.LimitOverrunError as e:
        raise ValueError("too long") from e
    finally:
        writer.close()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    raw = b""
    while (size := int((await reader.readline()).split(b";")[0], 16)) and len(raw) < LARGEST:
        raw += await reader.readexactly(size)
        await reader.readline()
    return raw


def _names(body: Any) -> tuple[str, ...] | None:
    """``{"data": [{"id": name}, ...]}`` to names; None where the answer is not of that form."""
    if not isinstance(body, dict):
        return None
    data = cast("dict[str, Any]", body).get("data")
    if not isinstance(data, list):
        return None
    ids = [cast("dict[str, Any]", m).get("id") for m in cast("Sequence[Any]", data) if isinstance(m, dict)]
    return tuple(i for i in ids if isinstance(i, str) and _MODEL_NAME.match(i))
