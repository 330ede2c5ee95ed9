"""The page's server: a plain list of routes behind the guard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope
from starlette.websockets import WebSocket

from someone.errors import ConsentNeeded, InputError, NotAwake, SomeoneError
from someone.web import becoming, memory, talk, webrtc, wire
from someone.web.guard import Guard, cookie_name
from someone.web.passes import Passes
from someone.web.place import Place

PAGE = Path(__file__).parent / "page"
A_MONTH_S = 30 * 24 * 3600
MOST_MOMENTS = 200
"""Moments of the journal that the page shows."""

Answer = Callable[[Request], Awaitable[Response]]


def build(place: Place, passes: Passes, port: int) -> ASGIApp:
    """The whole page, guarded, for the port that it will be served on."""
    calls = webrtc.Calls()
    door = _Door(place, passes, port, calls)
    routes = [
        Route("/api/enter", door.enter, methods=["POST"]),
        Route("/api/state", door.state),
        Route("/api/journal", door.journal),
        Route("/api/wakening/name", door.name, methods=["POST"]),
        Route("/api/wakening/again", door.again, methods=["POST"]),
        Route("/api/wakening/keep", door.keep, methods=["POST"]),
        Route("/api/offer", door.offer, methods=["POST"]),
        *memory.routes(lambda: place.house, _body),
        *becoming.routes(lambda: place.house, _body),
        WebSocketRoute("/talk", door.talk),
        Route("/", _shell),
        Mount("/", _Shell(directory=PAGE)),
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(passes.admits, "")
        try:
            yield
        finally:
            await place.aclose()

    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={SomeoneError: _told, HTTPException: _missing})
    return Guard(calls.around(app), passes, port)


class _Door:
    """The calls of the page."""

    def __init__(self, place: Place, passes: Passes, port: int, calls: webrtc.Calls) -> None:
        self._place, self._passes, self._port, self._calls = place, passes, port, calls

    async def enter(self, request: Request) -> Response:
        """An invitation becomes a pass, in a cookie that no script reads and no other site sends."""
        code = (await _body(request)).get("code")
        token = await asyncio.to_thread(self._passes.enter, code) if isinstance(code, str) else None
        if token is None:
            return JSONResponse({"code": "not_let_in"}, 403)
        answer = JSONResponse({})
        answer.set_cookie(cookie_name(self._port), token, max_age=A_MONTH_S, path="/", httponly=True, samesite="strict")
        return answer

    async def state(self, _: Request) -> Response:
        return JSONResponse(await self._state())

    async def journal(self, _: Request) -> Response:
        moments = await self._place.house.journal(MOST_MOMENTS)
        shown = [m.model_dump(mode="json", include={"id", "at", "kind", "who", "text"}) for m in moments if m.who]
        return JSONResponse(shown)

    async def name(self, request: Request) -> Response:
        return JSONResponse(await self._place.name(await _body(request)))

    async def again(self, _: Request) -> Response:
        return JSONResponse(await self._place.again())

    async def keep(self, _: Request) -> Response:
        await self._place.keep()
        return JSONResponse(await self._state())

    async def offer(self, request: Request) -> Response:
        """A page that wants the sound over WebRTC gets the answer, or is told what is missing."""
        given = await _body(request)
        if not webrtc.available():
            return JSONResponse(webrtc.MISSING, 501)
        return JSONResponse(await self._calls.offer(given, request.scope["server"][0]))

    async def _state(self) -> dict[str, Any]:
        return await self._place.state() | {"webrtc": webrtc.available()}

    async def talk(self, socket: WebSocket) -> None:
        try:
            seat = self._place.seat
        except NotAwake:
            await socket.accept()
            await socket.close(wire.AWAY, "nobody is awake here")
            return
        await talk.talk(socket, seat, lambda: self._place.house.waiting("page"))


class _Shell(StaticFiles):
    """The files of the page; they hold nothing of anyone, and are asked for anew each time, so never stale."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["cache-control"] = "no-cache"
        return answer


async def _shell(_: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers={"cache-control": "no-cache"})


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises InputError."""
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError):
        data = None
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind != "application/json" or not isinstance(data, dict):
        raise InputError("I could not read that.", safe="Nothing was kept.", do="Load this page again.")
    return data


async def _told(_: Request, error: Exception) -> Response:
    if not isinstance(error, SomeoneError):
        raise error
    status = 400 if isinstance(error, InputError | ConsentNeeded) else 404 if isinstance(error, NotAwake) else 409
    return JSONResponse({"code": error.code, "what": error.what, "safe": error.safe, "do": error.do}, status)


async def _missing(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"code": "not_found" if status == 404 else "refused"}, status)  # noqa: PLR2004
