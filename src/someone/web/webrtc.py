"""Her sound over WebRTC, for phones: the same talk, with the sound of both ways carried by UDP instead of ``/talk``.

``Calls`` stands around the page's server and carries the open talk's sound while a call is up. To whoever holds the talk
nothing changes: what the microphone gives arrives as sound frames, in order, under the same limits, and how far she was
heard as ``played``; her sound is taken out on the way to the page. Every other frame keeps going over the WebSocket,
and so does the sound before a call is up and after it is down.

Nobody is called: there is no STUN or TURN server, the addresses in an offer are not read, and her one UDP port is opened
on the address at which the page itself was reached (this machine, by default). The page comes to her, proves itself with
the password of the answer, and only then is answered.
"""

from __future__ import annotations

import asyncio
import json
import struct
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from someone.errors import InputError
from someone.voice.events import RATE

if TYPE_CHECKING:
    from aiortc import MediaStreamTrack, RTCPeerConnection
    from av import AudioFrame

RATE_IN = 16_000
FRAME_S = 0.02
FRAME_BYTES = round(RATE * FRAME_S) * 2
LONGEST_OFFER = 16 * 1024
"""Characters; a browser's offer of one sound track is about 2,000."""
SETTING_UP_S = 5.0
"""An answer that takes longer is none."""
COMING_UP_S = 10.0
"""A page that has not come to the port by then is not coming."""
CLOSING_S = 3.0
LEFT_S = 2.0
"""A page that still, or again, sends its sound over the line so long after its call came up has lost the call."""
DELAY_FRAMES = 5
"""What was given out is heard about 0.1 s later: the way, and what a browser holds back to even it out."""
REPORT_FRAMES = 5
MOST_WAITING = 64
"""Frames of the page that wait to be read; further sound of a call is dropped, as sound is worth nothing late."""
MOST_SOUND = RATE * 2 * 120
"""Bytes of her voice that wait to be given out; the talk itself stays a third of a second ahead."""

MISSING = {
    "code": "no_webrtc",
    "what": "Sound over WebRTC is not installed here.",
    "safe": "The talk goes on over the page's own line.",
    "do": "If you want it: pip install 'someone[webrtc]', then start me again.",
}


def available() -> bool:
    """Whether the extra is installed."""
    try:
        return find_spec("aiortc") is not None
    except ValueError:
        return False


class Calls:
    """ASGI middleware inside the guard; ``offer`` puts a call under the talk that was opened last."""

    def __init__(self) -> None:
        self._newest: _Carried | None = None

    def around(self, app: ASGIApp) -> ASGIApp:
        async def carrying(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "websocket":
                await app(scope, receive, send)
                return
            carried = _Carried(receive, send, self._opened)
            try:
                await app(scope, carried.receive, carried.send)
            finally:
                if self._newest is carried:
                    self._newest = None
                await carried.aclose()

        return carrying

    async def offer(self, given: dict[str, Any], address: str) -> dict[str, str]:
        """The answer to a page's offer; ``address``: where the UDP port is opened. Raises InputError."""
        sdp = _sound_only(given)
        if self._newest is None:
            raise InputError("There is no talk to carry.", safe="Nothing changed.", do="Load this page again.")
        return {"type": "answer", "sdp": await self._newest.call(sdp, address)}

    def _opened(self, carried: _Carried) -> None:
        self._newest = carried


class _Carried:
    """One page's talk, and the call under it, if there is one."""

    def __init__(self, receive: Receive, send: Send, opened: Callable[[_Carried], None]) -> None:
        self._receive, self._send, self._opened = receive, send, opened
        self._waiting: asyncio.Queue[Message] = asyncio.Queue(MOST_WAITING)
        self._reading: asyncio.Task[None] | None = None
        self._peer: _Peer | None = None
        self._change = asyncio.Lock()
        self._closed = False

    async def receive(self) -> Message:
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read())
        return await self._waiting.get()

    async def send(self, message: Message) -> None:
        peer = self._peer
        if message["type"] == "websocket.send" and peer is not None and peer.up:
            if (frame := message.get("bytes")) is not None:
                peer.mouth.feed(frame)
                return
            told = json.loads(message.get("text") or "{}")
            if told.get("event") == "Flush":
                peer.mouth.flush(told["utterance"], told["at_s"])
        await self._send(message)
        if message["type"] == "websocket.accept":
            self._opened(self)
        elif message["type"] == "websocket.close":
            await self.aclose()

    async def call(self, sdp: str, address: str) -> str:
        """The answer. A call that is up already gives way. Raises InputError."""
        async with self._change:
            if self._closed:
                raise InputError("There is no talk to carry.", safe="Nothing changed.", do="Load this page again.")
            former, self._peer = self._peer, None
            if former is not None:
                await former.aclose()
            peer = _Peer(self._from_call)
            try:
                answer = await peer.answer(sdp, address)
            except BaseException:
                await peer.aclose()
                raise
            self._peer = peer
            return answer

    async def aclose(self) -> None:
        self._closed = True
        async with self._change:
            peer, self._peer = self._peer, None
            if peer is not None:
                await peer.aclose()
            if self._reading is not None:
                self._reading.cancel()

    async def _read(self) -> None:
        """The page's own frames. While a call is up its sound is the call's alone."""
        while True:
            message = await self._receive()
            peer = self._peer
            if message.get("bytes") is None or peer is None or not peer.up:
                await self._waiting.put(message)
            elif peer.up_for_s > LEFT_S:
                self._peer = None
                await peer.aclose()
            if message["type"] == "websocket.disconnect":
                return

    def _from_call(self, **content: Any) -> None:
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait({"type": "websocket.receive"} | content)


class _Peer:
    """One call. ``take`` gets what it brings as the content of WebSocket frames: ``bytes=`` sound, ``text=`` commands."""

    def __init__(self, take: Callable[..., None]) -> None:
        self._take = take
        self._connection: RTCPeerConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._since: float | None = None
        self.mouth = Mouth(lambda utterance, seconds: take(text=_played(utterance, seconds)))

    @property
    def up(self) -> bool:
        return self._connection is not None and self._connection.connectionState == "connected"

    @property
    def up_for_s(self) -> float:
        return 0.0 if self._since is None else asyncio.get_running_loop().time() - self._since

    async def answer(self, sdp: str, address: str) -> str:
        """Raises InputError for an offer that can't be answered."""
        await asyncio.to_thread(_import)
        from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

        self._connection = connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        connection.add_listener("track", self._track)
        connection.add_listener("connectionstatechange", self._changed)
        try:
            async with asyncio.timeout(SETTING_UP_S):
                await connection.setRemoteDescription(RTCSessionDescription(_callers_removed(sdp), "offer"))
                connection.addTrack(_voice_track(self.mouth))
                _only_on(address, connection)
                await connection.setLocalDescription(await connection.createAnswer())
        except Exception as fault:
            # The boundary of a foreign parser: whatever it makes of a stranger's text, the text was not an offer.
            raise _unreadable() from fault
        self._tasks.append(asyncio.ensure_future(self._come_up(connection)))
        return connection.localDescription.sdp

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        for task in self._tasks:
            task.cancel()
        if connection is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_S):
                    await connection.close()

    async def _come_up(self, connection: RTCPeerConnection) -> None:
        await asyncio.sleep(COMING_UP_S)
        if connection.connectionState != "connected":
            await connection.close()

    def _changed(self) -> None:
        if self.up and self._since is None:
            self._since = asyncio.get_running_loop().time()

    def _track(self, track: MediaStreamTrack) -> None:
        self._tasks.append(asyncio.ensure_future(self._hear(track)))

    async def _hear(self, track: MediaStreamTrack) -> None:
        from aiortc.mediastreams import MediaStreamError
        from av import AudioResampler

        resampler = AudioResampler(format="s16", layout="mono", rate=RATE_IN)
        with suppress(MediaStreamError):
            while True:
                for frame in resampler.resample(await track.recv()):  # type: ignore[arg-type]
                    self._take(bytes=frame.to_ndarray().tobytes())


class Mouth:
    """Her voice on its way out, in frames of 20 ms. ``played`` is told (utterance, seconds) how far she was heard."""

    def __init__(self, played: Callable[[int, float], None]) -> None:
        self._played = played
        self._pieces: deque[tuple[int, bytes]] = deque()
        self._size = 0
        self._utterance = -1
        self._given = 0.0
        self._on_the_way: deque[tuple[int, float]] = deque(maxlen=DELAY_FRAMES)
        self._told = (-1, 0.0)
        self._frames = 0

    def feed(self, frame: bytes) -> None:
        """A sound frame as ``/talk`` would have sent it."""
        utterance, _ = struct.unpack_from("<II", frame)
        if self._size < MOST_SOUND:
            self._pieces.append((utterance, frame[8:]))
            self._size += len(frame) - 8

    def flush(self, utterance: int, at_s: float) -> None:
        """Silence now; if she goes on, then from ``at_s``."""
        self._pieces = deque(p for p in self._pieces if p[0] > utterance)
        self._size = sum(len(pcm) for _, pcm in self._pieces)
        self._on_the_way.clear()
        if self._utterance == utterance:
            self._given = at_s
            self._told = (utterance, at_s)

    def frame(self) -> bytes:
        """The next 20 ms, silent where there is nothing to say."""
        out = bytearray()
        while self._pieces and len(out) < FRAME_BYTES:
            utterance, pcm = self._pieces.popleft()
            if utterance != self._utterance:
                self._utterance, self._given = utterance, 0.0
            now, later = pcm[: FRAME_BYTES - len(out)], pcm[FRAME_BYTES - len(out) :]
            if later:
                self._pieces.appendleft((utterance, later))
            out += now
            self._size -= len(now)
            self._given += len(now) / 2 / RATE
        self._report()
        return bytes(out.ljust(FRAME_BYTES, b"\0"))

    def _report(self) -> None:
        heard = self._on_the_way[0] if len(self._on_the_way) == DELAY_FRAMES else self._told
        self._on_the_way.append((self._utterance, self._given))
        self._frames += 1
        if self._frames >= REPORT_FRAMES and heard != self._told and heard[0] >= 0:
            self._frames, self._told = 0, heard
            self._played(*heard)


def _voice_track(mouth: Mouth) -> MediaStreamTrack:
    from aiortc import MediaStreamTrack
    from aiortc.mediastreams import MediaStreamError

    class Voice(MediaStreamTrack):
        """Gives a frame every 20 ms; one that was waited for in vain is not made up for."""

        kind = "audio"
        due = 0.0
        samples = 0

        async def recv(self) -> AudioFrame:
            if self.readyState != "live":
                raise MediaStreamError
            now = asyncio.get_running_loop().time()
            self.due = max(self.due + FRAME_S, now - FRAME_S)
            await asyncio.sleep(self.due - now)
            frame = _sound(mouth.frame(), self.samples)
            self.samples += frame.samples
            return frame

    return Voice()


def _sound(pcm: bytes, begin: int) -> AudioFrame:
    import numpy as np
    from av import AudioFrame

    frame = AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
    return frame


def _sound_only(given: dict[str, Any]) -> str:
    """The SDP of an offer of one sound track and nothing else. Raises InputError."""
    match given:
        case {"type": "offer", "sdp": str(sdp), **rest} if not rest and len(sdp) <= LONGEST_OFFER and sdp.isascii():
            media = [line for line in sdp.splitlines() if line.startswith("m=")]
            if len(media) == 1 and media[0].startswith("m=audio "):
                return sdp
    raise _unreadable()


def _callers_removed(sdp: str) -> str:
    """Without the addresses at which the page could be called: she calls nobody and looks no name up."""
    kept = [s for s in sdp.splitlines() if not s.startswith(("a=candidate:", "a=end-of-candidates", "a=remote-cand"))]
    return "\r\n".join([*kept, ""])


def _only_on(address: str, connection: RTCPeerConnection) -> None:
    """Open ports on this address alone; left to itself the library opens one on every network of the machine."""
    for transceiver in connection.getTransceivers():
        ice = transceiver.sender.transport.transport.iceGatherer._connection  # noqa: SLF001 - there is no public way
        gather = ice.get_component_candidates

        async def there(component: int, addresses: list[str], timeout: int = 5, gather: Any = gather) -> Any:  # noqa: ASYNC109
            del addresses
            return await gather(component=component, addresses=[address], timeout=timeout)

        ice.get_component_candidates = there


def _played(utterance: int, seconds: float) -> str:
    return json.dumps({"do": "played", "utterance": utterance, "seconds": seconds})


def _unreadable() -> InputError:
    return InputError("I could not read that offer of sound.", safe="Nothing changed.", do="Load this page again.")


def _import() -> None:
    """Half a second, once per process, off the event loop."""
    import aiortc  # noqa: F401
