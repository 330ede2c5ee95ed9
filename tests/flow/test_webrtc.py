"""The talk's sound over WebRTC: what an offer must be, and a call from a peer in this process, over this machine only."""

from __future__ import annotations

import asyncio
import json
import math
import struct
from array import array
from contextlib import asynccontextmanager
from fractions import Fraction

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.errors import InputError
from someone.testing.brains import ScriptedBrain
from someone.testing.page import served, wake
from someone.web import webrtc
from tests.e2e.test_page import CHROMIUM, becomes, browser, burst, opened, transcript_has
from tests.flow.test_web import _plain_key, home, let_in, line, of, say, until  # noqa: F401 - fixtures

needs_aiortc = pytest.mark.skipif(not webrtc.available(), reason="aiortc is missing: install someone[webrtc]")

HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
OFFER = {"type": "offer", "sdp": HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n"}


@pytest.fixture
async def page(home):  # noqa: F811 - the fixture
    await wake(home)
    async with served(home, script=["I got the job"], pace=1.0) as served_page:
        yield served_page


@pytest.fixture
async def client(page):
    async with let_in(page) as letin:
        yield letin


async def test_an_offer_needs_what_everything_needs(page, client):
    """Without a pass, from a foreign origin or none, under a foreign name, too large or no JSON: refused unread."""
    async with httpx.AsyncClient(base_url=page.origin, headers={"origin": page.origin}, trust_env=False) as stranger:
        assert (await stranger.post("/api/offer", json=OFFER)).status_code == 401
    for origin in ("https://evil.example", "null", f"http://localhost:{page.port}", ""):
        assert (await client.post("/api/offer", json=OFFER, headers={"origin": origin})).status_code == 403
    for host in ("evil.example", f"evil.example:{page.port}", f"0.0.0.0:{page.port}"):
        assert (await client.post("/api/offer", json=OFFER, headers={"host": host})).status_code in (400, 421)
    assert (await client.post("/api/offer", json=OFFER | {"sdp": "x" * 70_000})).status_code == 413
    plain = {"content-type": "text/plain"}
    assert (await client.post("/api/offer", content=json.dumps(OFFER), headers=plain)).status_code == 400
    assert (await client.get("/api/offer")).status_code == 404


async def test_without_the_extra_the_page_is_told_what_to_install(page, client, monkeypatch):
    """Where aiortc is missing the state says so, and an offer gets 501 with the command."""
    monkeypatch.setitem(__import__("sys").modules, "aiortc", None)
    assert (await client.get("/api/state")).json()["webrtc"] is False
    answer = await client.post("/api/offer", json=OFFER)
    assert answer.status_code == 501
    assert "someone[webrtc]" in answer.json()["do"]


@needs_aiortc
async def test_an_offer_without_a_talk_is_refused(page, client):
    """A call carries a talk that is open; before one there is nothing to carry."""
    assert (await client.get("/api/state")).json()["webrtc"] is True
    answer = await client.post("/api/offer", json=OFFER)
    assert (answer.status_code, answer.json()["code"]) == (400, "input")


@needs_aiortc
async def test_a_malformed_offer_changes_nothing(page, client):
    """Whatever is no offer of one sound track gets 400, and the talk goes on over its own line."""
    sdp = OFFER["sdp"]
    broken = (
        {}, {"type": "answer", "sdp": sdp}, {"type": "offer"}, {"type": "offer", "sdp": 7}, OFFER | {"more": 1},
        OFFER | {"sdp": ""}, OFFER | {"sdp": "m=audio"}, OFFER | {"sdp": "m=audio x y z"}, OFFER | {"sdp": HEAD},
        OFFER | {"sdp": sdp.replace("audio", "video")}, OFFER | {"sdp": sdp + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"},
        OFFER | {"sdp": sdp + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"},
        OFFER, OFFER | {"sdp": sdp + "a=rtpmap:111 é\r\n"}, OFFER | {"sdp": sdp + "a=candidate:1 1 udp\r\n"},
        OFFER | {"sdp": sdp + "a=x\r\n" * 4000}, OFFER | {"sdp": sdp + "a=fingerprint:sha-256 00\r\n"},
    )  # fmt: skip
    async with line(page, client) as socket:
        await until(socket, "State")
        for offer in broken:
            assert (await client.post("/api/offer", json=offer)).status_code == 400, offer
        await say(socket, "hello")
        assert [f for f in await until(socket, "Timing") if isinstance(f, tuple)]


@given(st.text(max_size=200) | st.lists(st.sampled_from(OFFER["sdp"].splitlines())).map("\r\n".join))
def test_only_one_sound_track_is_ever_offered(sdp):
    """Any text either holds exactly one medium, sound, or is refused; nobody's address is left in it."""
    try:
        kept = webrtc._callers_removed(webrtc._sound_only({"type": "offer", "sdp": sdp + "\r\na=candidate:x"}))
    except InputError:
        return
    assert [m.split()[0] for m in kept.splitlines() if m.startswith("m=")] == ["m=audio"]
    assert "candidate" not in kept


def test_her_voice_leaves_in_even_frames_and_falls_silent_at_once():
    """Pieces of any length leave as 20 ms frames without a gap or loss; after a flush the next frame is silence, and the
    position goes on from where the flush says.
    """
    told = []
    mouth = webrtc.Mouth(lambda utterance, seconds: told.append((utterance, round(seconds, 3))))
    pcm = array("h", range(1, 1201)).tobytes()
    for index in range(4):
        mouth.feed(struct.pack("<II", 1, index) + pcm[index * 600 : (index + 1) * 600])
    assert b"".join(mouth.frame() for _ in range(3))[: len(pcm)] == pcm
    for _ in range(20):
        mouth.frame()
    assert told[-1] == (1, 0.05)
    mouth.feed(struct.pack("<II", 1, 4) + pcm * 40)
    assert any(mouth.frame())
    mouth.flush(1, 0.02)
    assert not any(any(mouth.frame()) for _ in range(20))
    assert told[-1] == (1, 0.05)
    mouth.feed(struct.pack("<II", 1, 5) + pcm)
    for _ in range(20):
        mouth.frame()
    assert told[-1] == (1, 0.07)


@asynccontextmanager
async def called(page, client, spoken=b""):
    """A peer of this process that called the page's server: (connection, what it hears). ``spoken``: 48 kHz, once."""
    from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    heard: asyncio.Queue[int] = asyncio.Queue()
    tasks = []
    connection.add_listener("track", lambda track: tasks.append(asyncio.ensure_future(_listen(track, heard))))
    connection.addTrack(_speaker(spoken))
    webrtc._only_on("127.0.0.1", connection)
    try:
        await connection.setLocalDescription(await connection.createOffer())
        offer = {"type": "offer", "sdp": connection.localDescription.sdp}
        answer = await client.post("/api/offer", json=offer)
        assert answer.status_code == 200, answer.text
        await connection.setRemoteDescription(RTCSessionDescription(**answer.json()))
        async with asyncio.timeout(10):
            while connection.connectionState != "connected":
                await asyncio.sleep(0.02)
        yield connection, heard, answer.json()["sdp"]
    finally:
        await connection.close()
        for task in tasks:
            task.cancel()


async def _listen(track, heard):
    from aiortc.mediastreams import MediaStreamError

    try:
        while True:
            frame = await track.recv()
            heard.put_nowait(int(abs(frame.to_ndarray().astype(int)).max()))
    except MediaStreamError:
        return


def _speaker(pcm):
    """A track that says this and is silent after."""
    from aiortc import MediaStreamTrack
    from av import AudioFrame

    class Speaker(MediaStreamTrack):
        kind = "audio"
        at = 0

        async def recv(self):
            await asyncio.sleep(0.02)
            frame = AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(pcm[self.at * 2 : self.at * 2 + 1920].ljust(1920, b"\0"))
            frame.sample_rate, frame.pts, frame.time_base = 48_000, self.at, Fraction(1, 48_000)
            self.at += 960
            return frame

    return Speaker()


async def loud(heard):
    """Wait for sound that is no silence."""
    async with asyncio.timeout(20):
        while await heard.get() < 500:
            pass


async def quiet(heard, frames=10):
    """Wait for so many silent frames in a row."""
    row = 0
    async with asyncio.timeout(20):
        while row < frames:
            row = row + 1 if await heard.get() < 500 else 0


TONE = array("h", [int(9000 * math.sin(2 * math.pi * 220 * i / 48_000)) for i in range(48_000)]).tobytes()


@needs_aiortc
async def test_what_is_spoken_over_the_call_is_answered_over_the_call(page, client):
    """Speech goes in over WebRTC and is understood; her voice comes back over it, and none over the WebSocket, which
    still carries every event. How far she was heard reaches the session.
    """
    async with line(page, client) as socket:
        await until(socket, "State")
        async with called(page, client, bytes(48_000) + TONE) as (_, heard, _sdp):
            frames = await until(socket, "Timing")
            await loud(heard)
            await quiet(heard)
    assert of(frames, "Heard")[-1]["text"] == "I got the job"
    assert of(frames, "Said")
    assert not [f for f in frames if isinstance(f, tuple)]
    assert page.sessions[0].spoken[1] > 1.0


@needs_aiortc
async def test_an_interruption_silences_the_call(home):  # noqa: F811
    """A flush empties what waits to go out: soon after there is silence, though the reply was long."""
    await wake(home)
    brain = ScriptedBrain(["This is a long first sentence of hers, and it goes on. And here would come the next one."])
    async with served(home, brain=brain, pace=20.0) as page, let_in(page) as client, line(page, client) as socket:
        await until(socket, "State")
        async with called(page, client) as (_, heard, _sdp):
            await say(socket, "tell me")
            await loud(heard)
            await socket.send('{"do": "interrupt"}')
            await quiet(heard)
            assert page.sessions[0].spoken.get(1, 0.0) < 2.5


@needs_aiortc
async def test_the_answer_names_no_address_but_the_pages_own(page, client):
    """Her one port is on the address at which the page was reached; no other network, no server of anybody."""
    async with line(page, client) as socket:
        await until(socket, "State")
        async with called(page, client) as (_, _heard, sdp):
            found = [s.split() for s in sdp.splitlines() if s.startswith("a=candidate:")]
    assert {(parts[4], parts[7]) for parts in found} == {("127.0.0.1", "host")}


@needs_aiortc
async def test_when_the_call_ends_her_voice_comes_over_the_line_again(page, client):
    """A call that hangs up leaves the talk as it was: the next reply sounds over the WebSocket."""
    async with line(page, client) as socket:
        await until(socket, "State")
        async with called(page, client):
            pass
        async with asyncio.timeout(20):
            while True:
                await say(socket, "hello")
                if [f for f in await until(socket, "Timing") if isinstance(f, tuple)]:
                    break


@needs_aiortc
async def test_a_page_that_lost_its_call_is_heard_over_the_line(page, client, monkeypatch):
    """Sound over the line while a call is up is not heard twice; where it goes on, the call is given up for it."""
    monkeypatch.setattr(webrtc, "LEFT_S", 3600.0)
    async with line(page, client) as socket:
        await until(socket, "State")
        async with called(page, client) as (connection, heard, _sdp):
            await heard.get()
            for level in [8000] * 10 + [0] * 15:
                await socket.send(struct.pack("<640h", *([level] * 640)))
            await say(socket, "hello")
            assert "hearing" not in [s["state"] for s in of(await until(socket, "Timing"), "State")]
            monkeypatch.setattr(webrtc, "LEFT_S", 0.0)
            async with asyncio.timeout(20):
                while connection.connectionState == "connected":
                    await socket.send(bytes(1280))
                    await asyncio.sleep(0.1)
            for level in [8000] * 10 + [0] * 15:
                await socket.send(struct.pack("<640h", *([level] * 640)))
            assert of(await until(socket, "Timing"), "Heard")[-1]["text"] == "I got the job"


@needs_aiortc
async def test_the_call_ends_with_its_talk(page, client):
    """A page that leaves, or is taken over, takes its call with it; the new page calls for itself."""
    async with line(page, client) as first:
        await until(first, "State")
        async with called(page, client) as (former, _, _sdp), line(page, client) as second:
            await until(second, "State")
            async with asyncio.timeout(20):
                while former.connectionState == "connected":
                    await asyncio.sleep(0.05)
            async with called(page, client) as (_, heard, _sdp):
                await say(second, "I am over here now")
                await loud(heard)


needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")


@needs_aiortc
@needs_chromium
async def test_a_browser_that_asks_for_it_talks_over_a_call(home, tmp_path):  # noqa: F811
    """With ?audio=webrtc a real page is heard and sounds over the call, falls silent when told to, and not one piece of
    her voice comes over the line meanwhile.
    """
    await wake(home)
    brain = ScriptedBrain(["I heard you well. How was the walk? " * 6])
    speech = burst(tmp_path / "speech.wav")
    async with served(home, brain=brain, script=["I walked along the river"], pace=1.0) as page:
        page.address = page.address.replace("/#", "/?audio=webrtc#")
        async with browser(speech) as context:
            tab = await opened(context, page)
            await becomes(tab, "window.someone?.talk.line.open")
            await tab.click("#begin")
            await becomes(tab, "someone.talk.call.up")
            await transcript_has(tab, "I walked along the river")
            await becomes(tab, "someone.talk.call.level > 0.01")
            await transcript_has(tab, "How was the walk?")
            await tab.keyboard.press("Escape")
            await becomes(tab, "!someone.talk.call.playing && someone.talk.state === 'listening'")
            assert await tab.evaluate("someone.talk.voice.heard") == 0
            assert tab.faults == []
    assert 0 < page.sessions[0].spoken[1] < 8


@needs_chromium
async def test_a_browser_whose_call_does_not_come_up_talks_over_the_line(home, tmp_path, monkeypatch):  # noqa: F811
    """A page that is told that it can call, and can't, is heard and sounds as if nothing had been asked."""
    monkeypatch.setattr(webrtc, "LONGEST_OFFER", 1)
    monkeypatch.setattr(webrtc, "available", lambda: True)
    await wake(home)
    speech = burst(tmp_path / "speech.wav")
    async with served(home, script=["I walked along the river"], pace=1.5) as page:
        page.address = page.address.replace("/#", "/?audio=webrtc#")
        async with browser(speech) as context:
            tab = await opened(context, page)
            await tab.click("#begin")
            await transcript_has(tab, "How was the walk?")
            await becomes(tab, "someone.talk.voice.heard > 1 && !someone.talk.call.up")
            assert tab.faults == []
