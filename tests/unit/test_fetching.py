"""Fetching a brain: whole, resumed, checked, and honest about being offline. Over loopback only."""

import hashlib
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from someone.brains import catalogue, fetching
from someone.errors import DiskFull, FetchFailed
from someone.mind.deliberation import Line, Prompt

WHOLE = os.urandom(3_000_000)
SHA256 = hashlib.sha256(WHOLE).hexdigest()


class Shelf(ThreadingHTTPServer):
    """Serves ``body``; breaks off after ``breaks_at`` bytes once; with ``resumes`` off it knows no ranges."""

    def __init__(self):
        self.body, self.breaks_at, self.resumes, self.status = WHOLE, 0, True, 200
        self.asked = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/brain.gguf"


class Handler(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self):
        shelf = self.server
        asked = self.headers.get("Range")
        shelf.asked.append(asked)
        if shelf.status != 200:
            self.send_response(shelf.status)
            self.end_headers()
            return
        start = int(asked[6:-1]) if asked and shelf.resumes else 0
        if start >= len(shelf.body):
            self.send_response(416)
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(shelf.body) - start))
        self.end_headers()
        end = shelf.breaks_at or len(shelf.body)
        self.wfile.write(shelf.body[start:end])
        if shelf.breaks_at:
            shelf.breaks_at = 0
            self.connection.close()

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def shelf():
    server = Shelf()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_whole_file_comes_and_is_checked(shelf, tmp_path):
    """Progress ends at the whole size, the file is in its place and nothing half lies beside it."""
    seen = []
    to = tmp_path / "brains" / "brain.gguf"
    fetching.fetch(shelf.address, SHA256, to, lambda there, whole: seen.append((there, whole)))
    assert to.read_bytes() == WHOLE
    assert seen[-1] == (len(WHOLE), len(WHOLE))
    assert [p.name for p in to.parent.iterdir()] == ["brain.gguf"]


@pytest.mark.parametrize("resumes", [True, False])
def test_a_broken_connection_is_gone_on_with(shelf, tmp_path, resumes):
    """What came before the break is kept; asked again it goes on there, or anew where the server can't resume."""
    shelf.breaks_at, shelf.resumes = 2_100_000, resumes
    to = tmp_path / "brain.gguf"
    with pytest.raises(FetchFailed):
        fetching.fetch(shelf.address, SHA256, to, lambda *_: None)
    assert not to.exists()
    assert 0 < (tmp_path / "brain.gguf.part").stat().st_size <= 2_100_000
    fetching.fetch(shelf.address, SHA256, to, lambda *_: None)
    assert to.read_bytes() == WHOLE
    assert shelf.asked[0] is None
    assert shelf.asked[1].startswith("bytes=")


def test_a_stop_between_the_last_byte_and_the_check_is_gone_on_with(shelf, tmp_path):
    """A whole ``.part`` is not fetched again: the server has nothing past its end, and the checksum decides."""
    (tmp_path / "brain.gguf.part").write_bytes(WHOLE)
    to = fetching.fetch(shelf.address, SHA256, tmp_path / "brain.gguf", lambda *_: None)
    assert to.read_bytes() == WHOLE


def test_another_file_than_the_one_that_was_meant_is_thrown_away(shelf, tmp_path):
    """A changed file is never put in its place, and the next try begins anew."""
    shelf.body = WHOLE[:-1] + bytes([WHOLE[-1] ^ 1])
    with pytest.raises(FetchFailed, match="not the file"):
        fetching.fetch(shelf.address, SHA256, tmp_path / "brain.gguf", lambda *_: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [404, 503])
def test_a_server_that_refuses_is_said_plainly(shelf, tmp_path, status):
    """The number is told; nothing is left behind."""
    shelf.status = status
    with pytest.raises(FetchFailed, match=str(status)):
        fetching.fetch(shelf.address, SHA256, tmp_path / "brain.gguf", lambda *_: None)


def test_offline_says_so(tmp_path):
    """A refused connection is told as being offline, with what is safe and what to do."""
    with pytest.raises(FetchFailed, match="offline") as failed:
        fetching.fetch("http://127.0.0.1:9/brain.gguf", SHA256, tmp_path / "brain.gguf", lambda *_: None)
    assert "goes on" in failed.value.do


def test_a_full_disk_is_found_before_the_first_byte(shelf, tmp_path):
    """With too little room nothing is written."""
    with pytest.raises(DiskFull):
        fetching.fetch(shelf.address, SHA256, tmp_path / "brain.gguf", lambda *_: None, spare=1 << 62)
    assert not (tmp_path / "brain.gguf.part").exists()


def test_every_offer_is_whole():
    """Distinct names, checksums of the right form, https, a licence, and one for machines of 8, 16 and 32 GB."""
    names = [o.name for o in catalogue.OFFERS]
    assert len(set(names)) == len(names)
    assert {o.memory for o in catalogue.OFFERS} >= {8, 16, 32}
    for o in catalogue.OFFERS:
        assert o.address.startswith("https://")
        assert o.file.endswith(".gguf")
        assert len(bytes.fromhex(o.sha256)) == 32
        assert o.licence
        assert o.gigabytes < o.memory * 0.75
        assert catalogue.offer(o.spec) is catalogue.offer(o.name) is o


@pytest.mark.parametrize(
    ("memory", "name"),
    [(4, None), (7.6, "ministral-3b"), (16.5, "ministral-8b"), (24, "ministral-8b"), (31, "qwen3-30b")],
)
def test_the_strongest_that_fits_is_offered(memory, name):
    """By the memory of the machine, a little less than it is sold with."""
    found = catalogue.fitting(memory)
    assert (found.name if found else None) == name


def test_messages_alternate_whatever_the_prompt():
    """One system line first, then user and assistant in turn; the note goes into the last user line, marked as such."""
    from someone.brains.fetched import messages

    lines = (
        Line("system", "You are Ines."),
        Line("assistant", "Hello again."),
        Line("user", "hi"),
        Line("assistant", "Hi."),
        Line("assistant", "I am an AI."),
        Line("system", "I feel calm."),
        Line("user", "how is <|im_end|> it?"),
    )
    out = messages(Prompt(lines))
    assert [m["role"] for m in out] == ["system", "user", "assistant", "user"]
    assert out[-1]["content"].startswith("[For you alone")
    assert "I feel calm." in out[-1]["content"]
    assert "<|im_end|>" not in out[-1]["content"]
    assert messages(Prompt(lines[:-2] + lines[-2:]))[:2] == out[:2]  # the prefix stays from turn to turn


async def test_a_fetched_model_speaks_through_its_own_template(tmp_path):
    """With the weights at hand in a fetched one's place: the real runtime answers through the chat template."""
    from someone.brains.embedded import weights
    from someone.brains.fetched import FetchedBrain

    file = weights()
    if file is None:
        pytest.skip("the weights that come along are not installed")
    brain = FetchedBrain("local:smollm2", file, context=1024)
    try:
        assert brain.ability.dialect == "large"
        prompt = Prompt((Line("system", "Answer in one word."), Line("user", "Say hello.")), max_tokens=12)
        said = "".join([piece async for piece in brain.reply(prompt)])
        assert said.strip()
        assert "<|" not in said
    finally:
        await brain.aclose()


async def test_a_file_that_is_gone_says_how_to_get_it(tmp_path):
    """Switching to what was deleted is an error in words, not a crash."""
    from someone.brains.fetched import FetchedBrain
    from someone.errors import BrainUnknown

    brain = FetchedBrain("local:ministral-3b", tmp_path / "gone.gguf")
    try:
        with pytest.raises(BrainUnknown, match="brains get ministral-3b"):
            await brain.warm()
    finally:
        await brain.aclose()
