"""What is refused before anything of ours sees it, on HTTP and on WebSockets alike.

- a ``Host`` that is not this machine by name: a foreign name that resolves here is DNS rebinding;
- an ``Origin`` that is not this page, and no origin at all where something is changed or a WebSocket is opened;
- a request for anything but the shell without a pass;
- a body that is larger than any of ours.

And every answer carries the headers that keep the page to itself.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from someone.web.passes import Passes

LARGEST_BODY = 64 * 1024
SAFE = ("GET", "HEAD")
OPEN = "/api/enter"
"""The one call that needs no pass: it gives one."""

POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "x-frame-options": "DENY",
    "permissions-policy": "microphone=(self), camera=(), geolocation=(), display-capture=()",
}


class Guard:
    """ASGI middleware around the whole page. ``port``: the one that it is served on."""

    def __init__(self, app: ASGIApp, passes: Passes, port: int) -> None:
        self._app = app
        self._passes = passes
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if scope["type"] == "websocket":
            if refusal:
                await _decline(refusal[0], receive, send)
            else:
                await self._app(scope, receive, send)
        elif refusal:
            await JSONResponse({"code": refusal[1], "do": refusal[2]}, refusal[0])(scope, receive, _with_headers(send))
        else:
            await self._app(scope, _limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers = Headers(scope=scope)
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE
        if headers.getlist("host") and [h.lower() for h in headers.getlist("host")] != [headers["host"].lower()]:
            return 421, "host", "Open the page by the address that was printed."
        if headers.get("host", "").lower() not in self._hosts:
            return 421, "host", "Open the page by the address that was printed."
        origin = headers.get("origin")
        if not self._own(origin, headers["host"]) and (changes or origin is not None):
            return 403, "origin", "Open the page by the address that was printed."
        if changes and not _small(headers.get("content-length")):
            return 413, "too_big", "Say it in parts."
        path = scope["path"]
        if (path.startswith("/api/") and path != OPEN) or scope["type"] == "websocket":
            return None if self._passes.admits(self._token(headers)) else _UNKNOWN
        return None

    def _own(self, origin: str | None, host: str) -> bool:
        """The same name in both, too: localhost and 127.0.0.1 are two origins."""
        return origin in self._origins and urlsplit(origin or "").netloc == host.lower()

    def _token(self, headers: Headers) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return ""
        return found.value if found else ""


_UNKNOWN = (401, "not_let_in", "Run `someone` in a terminal: it opens this page with a fresh invitation.")


def cookie_name(port: int) -> str:
    """Cookies know no ports, so the name holds it: two homes on one machine don't overwrite each other's."""
    return f"someone-{port}"


def _small(length: str | None) -> bool:
    return length is None or (length.isascii() and length.isdigit() and int(length) <= LARGEST_BODY)


def _limited(receive: Receive) -> Receive:
    """A body without a declared length is cut off at the limit; what is left of it is no JSON and is refused as such."""
    left = LARGEST_BODY

    async def limited() -> Message:
        nonlocal left
        message = await receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            left -= len(body)
            if left < 0:
                return {"type": "http.request", "body": b"", "more_body": False}
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


async def _decline(status: int, receive: Receive, send: Send) -> None:
    """Refuse before the handshake: the other side gets 403, whatever the reason."""
    del status
    await receive()
    await send({"type": "websocket.close", "code": 1008, "reason": ""})
