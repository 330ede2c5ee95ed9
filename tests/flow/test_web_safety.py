"""What a foreign page, a foreign name, a guesser and a broken client get from the page's server: nothing, politely."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from someone.testing.page import served, wake
from someone.web import wire
from someone.web.talk import BURST_S, BYTES_A_SECOND, Flow
from tests.flow.test_web import _plain_key, code_of, home, let_in, line, of, say, until  # noqa: F401 - fixtures


@pytest.fixture
async def page(home):  # noqa: F811 - the fixture
    await wake(home)
    async with served(home) as served_page:
        yield served_page


@pytest.fixture
async def client(page):
    async with let_in(page) as letin:
        yield letin


def stranger(page, **headers):
    return httpx.AsyncClient(base_url=page.origin, headers=headers, trust_env=False)


async def test_without_a_pass_only_the_shell_is_given(page):
    """Every call but the entrance answers 401 without a pass, with a wrong one, and with an empty one."""
    for cookie in ("", "someone=x", f"someone-{page.port}=", f"someone-{page.port}={'A' * 43}", ";;;=,", '="'):
        async with stranger(page, origin=page.origin, cookie=cookie) as other:
            assert (await other.get("/")).status_code == 200
            for path in ("/api/state", "/api/journal"):
                assert (await other.get(path)).status_code == 401
            for path in ("/api/wakening/name", "/api/wakening/again", "/api/wakening/keep"):
                assert (await other.post(path, json={})).status_code == 401
            with pytest.raises(InvalidStatus):
                async with connect(f"ws://{page.host}/talk", origin=page.origin, proxy=None):
                    pass


async def test_the_code_is_not_guessed_and_not_used_twice(page):
    """Wrong codes, codes of a wrong kind and the same code again give 403 and no cookie."""
    async with stranger(page, origin=page.origin) as other:
        for wrong in ("", "A" * 43, page.code[:-1], page.code + "A", None, 7, ["x"], "../passes.json", "\ud800"):
            answer = await other.post("/api/enter", content=json.dumps({"code": wrong}), headers=_JSON)
            assert answer.status_code == 403
            assert not answer.cookies
        assert (await other.post("/api/enter", json={"code": page.code})).status_code == 200
    async with stranger(page, origin=page.origin) as other:
        assert (await other.post("/api/enter", json={"code": page.code})).status_code == 403


_JSON = {"content-type": "application/json"}


async def test_the_pass_is_kept_from_scripts_and_other_sites(page):
    """The cookie is HttpOnly and SameSite=Strict, and no token stands in any address or body."""
    async with stranger(page, origin=page.origin) as other:
        answer = await other.post("/api/enter", json={"code": page.code})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert answer.json() == {}


async def test_a_foreign_name_that_resolves_here_is_refused(page, client):
    """DNS rebinding: any Host but this machine's own names with this port is refused, also with a good pass."""
    foreign = (
        "evil.example",
        f"evil.example:{page.port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.evil.example:{page.port}",
    )
    for host in (*foreign, f"0.0.0.0:{page.port}", f"localhost.:{page.port}", f"[::]:{page.port}", ""):
        for path in ("/", "/main.js", "/api/state"):
            assert (await client.get(path, headers={"host": host})).status_code in (400, 421)
        with pytest.raises(InvalidStatus):
            async with connect(
                f"ws://{page.host}/talk",
                origin=Origin(f"http://{host}"),
                additional_headers={"cookie": _cookie(client), "host": host},
                proxy=None,
            ):
                pass
    assert (await client.get("/api/state", headers={"host": f"LOCALHOST:{page.port}", "origin": ""})).status_code == 403


async def test_a_foreign_origin_is_refused(page, client):
    """Another site, another port, a sandboxed frame and no origin at all change nothing and open no line."""
    foreign = (
        "https://evil.example",
        "null",
        f"http://127.0.0.1:{page.port + 1}",
        f"http://127.0.0.1:{page.port}.evil.example",
    )
    for origin in (*foreign, f"https://127.0.0.1:{page.port}", f"http://localhost:{page.port}"):
        assert (await client.post("/api/wakening/again", json={}, headers={"origin": origin})).status_code == 403
        assert (await client.get("/api/journal", headers={"origin": origin})).status_code == 403
        with pytest.raises(InvalidStatus):
            async with connect(
                f"ws://{page.host}/talk",
                origin=Origin(origin),
                additional_headers={"cookie": _cookie(client)},
                proxy=None,
            ):
                pass
    async with stranger(page, cookie=_cookie(client)) as other:
        assert (await other.post("/api/wakening/again", json={})).status_code == 403
        assert (await other.get("/api/state")).status_code == 200
    with pytest.raises(InvalidStatus):
        async with connect(f"ws://{page.host}/talk", additional_headers={"cookie": _cookie(client)}, proxy=None):
            pass


async def test_nothing_outside_the_page_folder_is_given(page, client):
    """Traversal in every spelling finds nothing."""
    tries = (
        "/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "/icons/../../app.py", "/icons/%2e%2e/%2e%2e/guard.py", "//etc/passwd",
        "/%2fetc/passwd", "/....//app.py", "/\\..\\app.py", "/%5c..%5capp.py", "/main.js%00.html", "/%c0%ae%c0%ae/app.py",
    )  # fmt: skip
    for path in tries:
        reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {page.host}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        assert b" 200 " not in answer.split(b"\r\n")[0], path
        assert b"import" not in answer


async def test_every_answer_carries_the_headers(page, client):
    """The policy without exceptions, on the shell, on calls, on refusals and on what is not found."""
    async with stranger(page, host="evil.example") as other:
        answers = [
            await client.get("/"),
            await client.get("/main.js"),
            await client.get("/api/state"),
            await client.get("/nothing"),
            await client.post("/api/enter", content="{"),
            await other.get("/"),
        ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; connect-src 'self'; script-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
        assert "server" not in answer.headers
    assert answers[2].headers["cache-control"] == "no-store"


async def test_a_body_that_is_too_large_or_no_json_is_refused(page, client):
    """Declared and undeclared large bodies, forms and broken JSON are refused, and the next call works."""
    big = json.dumps({"accepts_notice": True, "about": "x" * 200_000})
    assert (await client.post("/api/wakening/name", content=big, headers=_JSON)).status_code == 413

    async def pieces():
        for i in range(0, len(big), 1000):
            yield big[i : i + 1000].encode()

    with suppress(httpx.TransportError):  # the server may hang up on what it will not read
        assert (await client.post("/api/wakening/name", content=pieces(), headers=_JSON)).status_code == 400
    for body in (b"{", b"[1]", b"\xff\xfe", b"[" * 50_000, b'{"a": NaN'):
        assert (await client.post("/api/wakening/name", content=body, headers=_JSON)).status_code == 400
    assert (await client.post("/api/wakening/name", data={"accepts_notice": "true"})).status_code == 400
    assert (await client.get("/api/state")).status_code == 200


BAD = {
    "not JSON": ("{", 1007),
    "not an object": ("[1, 2]", 1007),
    "deep": ("[" * 100_000, 1007),
    "no command": ("{}", 1008),
    "an unknown command": ('{"do": "erase"}', 1008),
    "words that are no text": ('{"do": "say", "text": 7}', 1008),
    "more than it takes": ('{"do": "interrupt", "and": "then"}', 1008),
    "a mute that is no yes or no": ('{"do": "mute", "on": 1}', 1008),
    "a negative place": ('{"do": "played", "utterance": -1, "seconds": 1}', 1008),
    "no number": ('{"do": "played", "utterance": 1, "seconds": NaN}', 1008),
    "endless": ('{"do": "played", "utterance": 1, "seconds": 1e999}', 1008),
    "too long a text": (json.dumps({"do": "say", "text": "x" * 300_000}), 1009),
    "half a sample": (b"\x00\x01\x02", 1007),
    "no sound": (b"", 1007),
    "too long a sound": (bytes(40_000), 1009),
    "far too long a sound": (bytes(2_000_000), 1009),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_malformed_frame_closes_with_a_code_and_harms_nothing(page, client, kind):
    """The line is closed with a code that says why, and the next one works as if nothing had been."""
    frame, code = BAD[kind]
    async with line(page, client) as socket:
        await socket.send(frame)
        with pytest.raises(ConnectionClosed) as closed:
            await until(socket, "never")
        assert code_of(closed) == code
    async with line(page, client) as socket:
        await say(socket, "hello")
        assert of(await until(socket, "Timing"), "Said")


async def test_sound_faster_than_sound_is_refused(page, client):
    """A flood of sound frames closes the line; a talk's own pace never does."""
    async with line(page, client) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await _flood(socket)
        assert code_of(closed) == 1008
    clock = iter(range(10_000))
    flow = Flow(now=lambda: float(next(clock)))
    for _ in range(5_000):
        flow.take(BYTES_A_SECOND)
    with pytest.raises(wire.Malformed):
        flow.take(int((BURST_S + 3) * BYTES_A_SECOND))


async def test_nothing_that_was_said_is_logged(page, client, caplog):
    """Logs hold no content, whatever happens."""
    caplog.set_level(0)
    async with line(page, client) as socket:
        await say(socket, "the secret is marzipan")
        await until(socket, "Timing")
        await socket.send('{"do": "marzipan"}')
        with pytest.raises(ConnectionClosed):
            await until(socket, "never")
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("someone", "uvicorn", "starlette"))]
    assert not [m for m in ours if "marzipan" in m or page.code in m]


async def _flood(socket):
    for _ in range(40):
        await socket.send(bytes(32_000))
    await until(socket, "never")


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_decoding_gives_a_command_or_a_code(text):
    """Whatever stands in a text frame is a command or Malformed, never another error."""
    with suppress(wire.Malformed):
        assert isinstance(wire.decode(text), wire.Command)


def _cookie(client):
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
