"""The page's server, spoken to as the page does: coming in, waking her, talking, taking over, coming back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import struct
import sys
from contextlib import asynccontextmanager

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from someone.errors import BrainUnreachable, HomeReadOnly, SettingsError
from someone.testing.brains import ScriptedBrain
from someone.testing.page import ServedPage, served, wake
from someone.testing.voice_session import FakeVoiceSession
from someone.web.passes import Passes


@pytest.fixture(autouse=True)
def _plain_key(monkeypatch):
    """Homes of these tests keep their key in a file, whatever the machine has."""
    monkeypatch.setenv("SOMEONE_KEY", "file")
    monkeypatch.setenv("SOMEONE_EMBEDDER", "none")
    monkeypatch.delenv("SOMEONE_PASSPHRASE", raising=False)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@asynccontextmanager
async def let_in(page, code=""):
    """A client with a pass."""
    async with httpx.AsyncClient(base_url=page.origin, headers={"origin": page.origin}, trust_env=False) as client:
        assert (await client.post("/api/enter", json={"code": code or page.code})).status_code == 200
        yield client


def line(page, client):
    """The WebSocket that the page opens."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return connect(f"ws://{page.host}/talk", origin=page.origin, additional_headers={"cookie": cookie}, proxy=None)


async def until(socket, event):
    """All frames up to the first event of this kind; sound as (utterance, index, bytes)."""
    frames = []
    while not (frames and isinstance(frames[-1], dict) and frames[-1]["event"] == event):
        frame = await asyncio.wait_for(socket.recv(), 20)
        frames.append(json.loads(frame) if isinstance(frame, str) else (*struct.unpack("<II", frame[:8]), frame[8:]))
    return frames


async def say(socket, text):
    await socket.send(json.dumps({"do": "say", "text": text}))


def code_of(closed):
    """The code with which the server closed the line."""
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def of(frames, event):
    return [f for f in frames if isinstance(f, dict) and f["event"] == event]


async def test_what_is_written_is_answered_in_words_and_sound(home):
    """One typed turn gives the heard line, captions with their place in the sound, numbered sound, and its timing."""
    await wake(home)
    async with served(home) as page, let_in(page) as client, line(page, client) as socket:
        await say(socket, "I walked along the river")
        frames = await until(socket, "Timing")
    assert of(frames, "Heard")[-1] == {"event": "Heard", "text": "I walked along the river", "final": True}
    captions = of(frames, "Said")
    assert "".join(c["text"] for c in captions) == "Good to hear from you. How was the walk?"
    assert captions[0]["begin_s"] == 0 < captions[1]["begin_s"]
    sound = [f for f in frames if isinstance(f, tuple)]
    assert [index for _, index, _ in sound] == list(range(len(sound)))
    assert sum(len(pcm) for *_, pcm in sound) > 24_000
    assert {"heard", "speak"} <= set(of(frames, "Timing")[0]["stages"])


async def test_what_is_spoken_reaches_her_ears(home):
    """Sound frames go to the session, and what it understood comes back as text and is journaled."""
    await wake(home)
    async with served(home, script=["I got the job"]) as page, let_in(page) as client:
        async with line(page, client) as socket:
            for level in [8000] * 10 + [0] * 15:
                await socket.send(struct.pack("<640h", *([level] * 640)))
            frames = await until(socket, "Timing")
        assert "hearing" in [s["state"] for s in of(frames, "State")]
        assert of(frames, "Heard")[-1]["text"] == "I got the job"
        assert of(frames, "Feels")[0]["feeling"].startswith("happy")
        moments = (await client.get("/api/journal")).json()
    assert "I got the job" in [m["text"] for m in moments if m["who"] == "you"]


async def test_an_interruption_silences_her_and_is_journaled_as_cut(home):
    """After "interrupt" the sound is flushed, no more of it comes, and the reply is kept as cut short."""
    await wake(home)
    brain = ScriptedBrain(["This is a long first sentence of hers. And here would come the second one. And a third."])
    async with served(home, brain=brain, pace=1.0) as page, let_in(page) as client:
        async with line(page, client) as socket:
            await say(socket, "tell me about it")
            await until(socket, "Said")
            await socket.send('{"do": "interrupt"}')
            frames = await until(socket, "Flush")
            assert of(frames, "Flush")[0]["utterance"] == 1
            after = await until(socket, "State")
            assert not [f for f in after if isinstance(f, tuple)]
        moments = (await client.get("/api/journal")).json()
    last = [m for m in moments if m["kind"] == "Said"][-1]["text"]
    assert "cut short" in last
    assert "third" not in last


async def test_how_far_she_was_played_reaches_the_session(home):
    """The page's reports of what really sounded come through, with the utterance they are about."""
    await wake(home)
    async with served(home) as page, let_in(page) as client, line(page, client) as socket:
        await say(socket, "hello")
        await until(socket, "Said")
        await socket.send('{"do": "played", "utterance": 1, "seconds": 0.5}')
        await until(socket, "Timing")
        assert page.sessions[0].spoken == {1: 0.5}


async def test_a_second_tab_takes_over_and_the_first_is_told(home):
    """One voice at a time: the newest page has the same session, the older one gets word and the close code 4001."""
    await wake(home)
    async with served(home) as page, let_in(page) as client, line(page, client) as first:
        await say(first, "hello")
        await until(first, "Timing")
        async with line(page, client) as second:
            await until(first, "Taken")
            with pytest.raises(ConnectionClosed) as closed:
                await asyncio.wait_for(first.recv(), 5)
            assert code_of(closed) == 4001
            await say(second, "I am over here now")
            await until(second, "Timing")
        assert len(page.sessions) == 1


async def test_a_dropped_connection_comes_back_to_the_same_talk(home):
    """A connection that dies without a word leaves the session waiting; the next one goes on with the same."""
    await wake(home)
    async with served(home) as page, let_in(page) as client:
        async with line(page, client) as socket:
            await say(socket, "remember the river")
            await until(socket, "Timing")
            socket.transport.abort()
        async with line(page, client) as again:
            await say(again, "are you still there")
            await until(again, "Timing")
        moments = (await client.get("/api/journal")).json()
        assert len(page.sessions) == 1
        assert not page.sessions[0].closed
    heard = [m["text"] for m in moments if m["kind"] == "Heard"]
    assert heard == ["remember the river", "are you still there"]
    assert page.sessions[0].closed


async def test_a_page_that_leaves_ends_its_session(home):
    """After "leave" nothing waits: the session is closed, and a later page begins a new one."""
    await wake(home)
    async with served(home) as page, let_in(page) as client:
        async with line(page, client) as socket:
            await say(socket, "hello")
            await until(socket, "Timing")
            await socket.send('{"do": "leave"}')
            await socket.wait_closed()
        async with line(page, client) as socket:
            await say(socket, "hello again")
            await until(socket, "Timing")
        assert len(page.sessions) == 2
        assert page.sessions[0].closed


async def test_a_goodbye_is_answered_and_told_as_parting(home):
    """Goodbye goes through the turn like everything said, and the page learns that they have parted."""
    await wake(home)
    async with served(home) as page, let_in(page) as client, line(page, client) as socket:
        await say(socket, "Goodbye")
        frames = await until(socket, "Parted")
        assert of(frames, "Said")


async def test_a_brain_that_is_down_is_told_with_what_to_do(home):
    """The page gets a Trouble that names the way out, and the words that were said are kept."""
    await wake(home)
    brain = ScriptedBrain(["never said"], fail_after=0, error=BrainUnreachable())
    async with served(home, brain=brain) as page, let_in(page) as client:
        async with line(page, client) as socket:
            await say(socket, "what do you think of the sea")
            trouble = of(await until(socket, "Trouble"), "Trouble")[0]
            await until(socket, "Timing")
        assert trouble["code"] == "brain_unreachable"
        assert "someone brains" in trouble["do"]
        moments = (await client.get("/api/journal")).json()
    assert "what do you think of the sea" in [m["text"] for m in moments]


async def test_a_fault_that_nobody_foresaw_is_told_without_its_content(home, caplog):
    """A session that breaks, at its start or in a command, is a Trouble for the page and a kind in the log."""
    await wake(home)

    class Broken(FakeVoiceSession):
        async def start(self):
            if len(begun) == 1:
                raise ValueError("marzipan")

        async def hear(self, pcm):
            raise ValueError("marzipan")

    begun = []

    async def session(house, sender):
        begun.append(Broken(house, send=sender, pace=20.0))
        return begun[-1]

    async with served(home, new_session=session) as page, let_in(page) as client:
        async with line(page, client) as socket:
            assert of(await until(socket, "Trouble"), "Trouble")[0]["code"] == "error"
            with pytest.raises(ConnectionClosed) as closed:
                await until(socket, "never")
            assert code_of(closed) == 1013
        async with line(page, client) as socket:
            await socket.send(bytes(640))
            assert of(await until(socket, "Trouble"), "Trouble")[0]["code"] == "error"
            await say(socket, "hello")
            await until(socket, "Timing")
    assert "ValueError" in caplog.text
    assert "marzipan" not in caplog.text


async def test_what_cannot_be_taken_in_is_told_and_the_talk_goes_on(home):
    """Nothing, and far too much, are told in words over the open line."""
    await wake(home)
    async with served(home) as page, let_in(page) as client, line(page, client) as socket:
        await say(socket, "   ")
        assert of(await until(socket, "Trouble"), "Trouble")[0]["code"] == "nothing_said"
        await say(socket, "x" * 25_000)
        assert of(await until(socket, "Trouble"), "Trouble")[0]["code"] == "too_long"
        await say(socket, "and now a sentence")
        assert of(await until(socket, "Timing"), "Said")


async def test_the_wakening_through_the_page(home):
    """From an empty folder: notice, answers, a second name, keeping it, and then a talk with her by that name."""
    async with served(home) as page, let_in(page) as client:
        state = (await client.get("/api/state")).json()
        assert not state["awake"]
        assert str(home) in state["notice"]
        answers = {"accepts_notice": True, "call_me": "Theo", "voice": "woman", "about": "My sister Mara is a nurse."}
        first = (await client.post("/api/wakening/name", json=answers)).json()
        second = (await client.post("/api/wakening/again", json={})).json()
        assert first["name"] != second["name"]
        assert second["reason"]
        awake = (await client.post("/api/wakening/keep", json={})).json()
        assert awake["name"] == second["name"]
        assert awake["called"] == "Theo"
        async with line(page, client) as socket:
            await say(socket, "hello")
            await until(socket, "Timing")


async def test_the_wakening_needs_a_yes_and_its_order(home):
    """No name without a yes to the notice, no keeping without a name, no answers of another shape, no second waking."""
    async with served(home) as page, let_in(page) as client:
        assert (await client.post("/api/wakening/keep", json={})).status_code == 400
        no = await client.post("/api/wakening/name", json={"accepts_notice": False})
        assert (no.status_code, no.json()["code"]) == (400, "consent_needed")
        for wrong in ({"voice": "robot"}, {"call_me": "x" * 500}, {"more": 1}, {"about": ["list"]}):
            answer = await client.post("/api/wakening/name", json={"accepts_notice": True} | wrong)
            assert answer.status_code == 400
        assert not (home / "self.db").exists()
        await client.post("/api/wakening/name", json={"accepts_notice": True})
        assert (await client.post("/api/wakening/keep", json={})).status_code == 200
        assert (await client.post("/api/wakening/keep", json={})).json()["code"] == "already_awake"


async def test_before_the_wakening_there_is_nobody_to_talk_with(home):
    """The line is closed with 4004 and the journal says that nobody lives here."""
    async with served(home) as page, let_in(page) as client:
        assert (await client.get("/api/journal")).status_code == 404
        async with line(page, client) as socket:
            with pytest.raises(ConnectionClosed) as closed:
                await asyncio.wait_for(socket.recv(), 5)
        assert code_of(closed) == 4004


async def test_a_restart_keeps_the_port_and_lets_the_open_page_in(home):
    """The server comes back on the port it had, and the pass of an open page still counts."""
    await wake(home)
    async with served(home) as page, let_in(page) as client:
        port, cookies = page.port, dict(client.cookies)
        async with line(page, client) as socket:
            await say(socket, "before the restart")
            await until(socket, "Timing")
    async with (
        served(home) as page,
        httpx.AsyncClient(base_url=page.origin, cookies=cookies, trust_env=False) as client,
    ):
        assert page.port == port
        assert (await client.get("/api/state")).json()["awake"]
        async with line(page, client) as socket:
            await say(socket, "after the restart")
            await until(socket, "Timing")


async def test_an_open_page_is_told_when_the_server_goes(home):
    """Shutting down closes the line with a code, and the session with it."""
    await wake(home)
    async with served(home) as page, let_in(page) as client:
        socket = await line(page, client)
        await say(socket, "hello")
        await until(socket, "Timing")
    with pytest.raises(ConnectionClosed) as closed:
        await until(socket, "never")
    assert code_of(closed) in (1001, 1012)
    assert page.sessions[0].closed


async def test_a_second_start_invites_to_the_page_that_is_served(home):
    """Starting again while she is served gives a fresh address of the same page, and returns."""
    await wake(home)
    async with served(home) as page, served(home) as second:
        assert second.origin == page.origin
        assert second.code != page.code
        async with let_in(page, second.code) as client:
            assert (await client.get("/api/state")).json()["awake"]


async def test_a_taken_port_is_told_and_a_taken_last_port_gives_way(home, tmp_path):
    """A port that was asked for and is taken is an error in words; the one of the last time is only preferred."""
    await wake(home)
    async with served(home) as page:
        with pytest.raises(SettingsError, match="taken"):
            async with served(tmp_path / "other", port=page.port):
                pass
        (tmp_path / "third" / "page").mkdir(parents=True)
        (tmp_path / "third" / "page" / "port").write_text(str(page.port))
        async with served(tmp_path / "third") as third:
            assert third.port != page.port


async def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A home in whose place no folder can be made is an error that says so."""
    tmp_path = tmp_path / "file"
    tmp_path.touch()
    with pytest.raises(HomeReadOnly):
        async with served(tmp_path / "home"):
            pass


async def test_the_command_serves_until_it_is_told_to_end(home):
    """``someone serve`` prints an address that lets one in, a second one another, and a signal ends it without a trace."""
    name = await wake(home)
    environment = os.environ | {"SOMEONE_HOME": str(home)}

    async def started():
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "someone", "serve", "--no-open"),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def address(process):
        async for line in process.stdout:
            if b"http://" in line:
                return ServedPage(line.decode().strip(), home)
        raise AssertionError((await process.stderr.read()).decode())

    first = await started()
    try:
        page = await address(first)
        second = await started()
        invited = await address(second)
        assert await second.wait() == 0
        assert invited.origin == page.origin
        async with let_in(page, invited.code) as client:
            assert (await client.get("/api/state")).json()["name"] == name
    finally:
        first.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(first.communicate(), 30)
    assert first.returncode in (0, 130)
    assert b"Traceback" not in errors


def test_invitations_count_once_and_for_a_while(home):
    """A code gives one pass, an old one none; the disk holds neither codes nor passes."""
    passes = Passes(home)
    code, old = passes.invite(), passes.invite()
    for file in (home / "page" / "invited").iterdir():
        assert code not in file.name
    (stale,) = [f for f in (home / "page" / "invited").iterdir() if f.name != _digest(code)]
    os.utime(stale, (1, 1))
    token = passes.enter(code)
    assert token is not None
    assert passes.enter(code) is None
    assert passes.enter(old) is None
    assert Passes(home).admits(token)
    assert not Passes(home).admits(token[:-1])
    assert token not in (home / "page" / "passes.json").read_text()


def _digest(code):
    return hashlib.sha256(code.encode()).hexdigest()
