"""What was forgotten is not in any byte of the files, even for one who holds the key.

Each page of the file and of the write-ahead log is decrypted here by hand, from SQLCipher 4's published format
(https://www.zetetic.net/sqlcipher/design/): pages of 4096 bytes, AES-256-CBC, the last 80 bytes hold the IV (16) and the
HMAC (64), the first 16 of the file the salt.
"""

from __future__ import annotations

import asyncio
import random
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Connection, text

from someone.journal.sqlcipher import SqlcipherJournal
from someone.memory.columns import pack
from someone.memory.index import IndexedMemory
from someone.mind.moments import BondId, Forgotten, Heard
from someone.ports import Snapshot
from someone.testing.memory import FakeEmbedder

KEY = bytes(range(32))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAGE, RESERVE, SALT = 4096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def opened(folder: Path) -> SqlcipherJournal:
    return SqlcipherJournal.open(folder / "bond.db", KEY, identity="home/bond")


def decrypted(page: bytes, skip: int = 0) -> bytes:
    iv = page[PAGE - RESERVE : PAGE - RESERVE + 16]
    reader = Cipher(algorithms.AES(KEY), modes.CBC(iv)).decryptor()
    return reader.update(page[skip : PAGE - RESERVE]) + reader.finalize()


def clear_bytes(folder: Path) -> bytes:
    """All that the files hold, decrypted: the file's pages (used, free and slack), then the frames of the log."""
    file = (folder / "bond.db").read_bytes()
    assert len(file) % PAGE == 0
    parts = [decrypted(file[at : at + PAGE], SALT if at == 0 else 0) for at in range(0, len(file), PAGE)]
    wal = (folder / "bond.db-wal").read_bytes() if (folder / "bond.db-wal").exists() else b""
    for at in range(WAL_HEADER, len(wal) - FRAME_HEADER - PAGE + 1, FRAME_HEADER + PAGE):
        number = int.from_bytes(wal[at : at + 4], "big")
        frame = wal[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        parts.append(decrypted(frame, SALT if number == 1 else 0))
    return b"".join(parts)


def raw_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def marks(found: bytes) -> set[int]:
    """Which numbered markers stand in the bytes."""
    return {int(number) for number in re.findall(rb"secret-(\d{6}) ", found)}


def line(number: int, length: int) -> str:
    """A text that carries its marker all along, so that any 40 bytes of it give it away."""
    return (f"secret-{number:06} été " * (length // 18 + 1))[: max(length, 14)]


async def test_nothing_said_stands_in_clear(tmp_path: Path) -> None:
    """Without the key nothing that was said, nor even its kind, is found in any file of the journal."""
    journal = opened(tmp_path)
    await journal.append(Heard(text=line(1, 9000)), NOON)
    assert marks(clear_bytes(tmp_path)) == {1}
    assert b"secret" not in raw_bytes(tmp_path)
    assert b"Heard" not in raw_bytes(tmp_path)
    await journal.aclose()
    assert marks(clear_bytes(tmp_path)) == {1}
    assert b"secret" not in raw_bytes(tmp_path)


async def test_forgotten_words_are_in_no_byte(tmp_path: Path) -> None:
    """Short and long texts and a snapshot are in the decrypted bytes before the forgetting and in none after it."""
    journal = opened(tmp_path)
    for number, length in enumerate((20, 900, 5000, 200_000, 300, 60), start=1):
        await journal.append(Heard(text=line(number, length)), NOON)
    await journal.save_snapshot(Snapshot("bond", 1, 6, line(77, 5000)))
    assert marks(clear_bytes(tmp_path)) == {1, 2, 3, 4, 5, 6, 77}
    await journal.forget([1, 3, 4, 6], NOON)
    assert marks(clear_bytes(tmp_path)) == {2, 5}
    assert (tmp_path / "bond.db-wal").stat().st_size == 0
    await journal.aclose()
    assert marks(clear_bytes(tmp_path)) == {2, 5}


async def test_forgetting_bit_by_bit_leaves_no_trace(tmp_path: Path) -> None:
    """Pages merge as they empty, and cells move: after each of many forgettings, in any order, only what is still
    remembered is in the bytes. (A copy that a merge left in a page's slack would show here.)
    """
    chance = random.Random(7)
    journal = opened(tmp_path)
    alive = set(range(1, 161))
    for number in sorted(alive):
        await journal.append(Heard(text=line(number, chance.choice((20, 60, 200, 700, 1500, 3000, 9000)))), NOON)
    while alive:
        gone = set(chance.sample(sorted(alive), k=min(len(alive), chance.choice((1, 3, 12, 20)))))
        await journal.forget(sorted(gone), NOON)
        alive -= gone
        assert marks(clear_bytes(tmp_path)) == alive
    assert "été".encode() not in clear_bytes(tmp_path)
    assert await journal.check() == []
    await journal.aclose()


async def test_what_other_tables_derived_is_dropped_by_their_trigger(tmp_path: Path) -> None:
    """A table of another part with an AFTER UPDATE trigger loses its copy in the same transaction, to the last byte."""

    def derive(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT)")
        connection.exec_driver_sql(
            "CREATE TRIGGER words_follow AFTER UPDATE ON moments BEGIN DELETE FROM words WHERE id = NEW.id; END"
        )
        for number in (1, 2):
            connection.execute(text("INSERT INTO words VALUES (:i, :t)"), {"i": number, "t": line(90 + number, 3000)})

    journal = opened(tmp_path)
    for number in (1, 2):
        await journal.append(Heard(text=line(number, 30)), NOON)
    await journal.write(derive)
    assert marks(clear_bytes(tmp_path)) == {1, 2, 91, 92}
    await journal.forget([1], NOON)
    assert marks(clear_bytes(tmp_path)) == {2, 92}
    await journal.aclose()


async def test_a_reader_in_the_way_only_delays_the_cut(tmp_path: Path) -> None:
    """While a reader still stands on the log, forgetting succeeds; once the reader has ended, the log is cut."""
    journal = opened(tmp_path)
    await journal.append(Heard(text=line(1, 300)), NOON)
    inside, leave = threading.Event(), threading.Event()

    def linger(connection: Connection) -> int:
        seen = int(connection.execute(text("SELECT count(*) FROM moments")).scalar_one())
        inside.set()
        assert leave.wait(30)
        return seen

    reading = asyncio.ensure_future(journal.query(linger))
    await asyncio.to_thread(inside.wait, 30)
    await journal.forget([1], NOON)
    assert (await journal.get([1]))[0].moment == Forgotten(was="Heard")
    leave.set()
    assert await reading == 1
    assert marks(clear_bytes(tmp_path)) == set()
    await journal.aclose()


async def test_a_forgetting_killed_before_the_cut_is_finished_at_the_next_opening(tmp_path: Path) -> None:
    """If the process ends right after the commit, the log still holds the old pages; opening the journal cuts it."""
    journal = opened(tmp_path / "first")
    await journal.append(Heard(text=line(1, 300)), NOON)
    killed = tmp_path / "killed"
    killed.mkdir()
    for file in (tmp_path / "first").iterdir():
        if not file.name.endswith("-shm"):
            (killed / file.name).write_bytes(file.read_bytes())
    await journal.aclose()
    assert (killed / "bond.db-wal").stat().st_size > 0
    again = opened(killed)
    assert (killed / "bond.db-wal").stat().st_size == 0
    assert marks(clear_bytes(killed)) == {1}
    await again.forget([1], NOON)
    assert marks(clear_bytes(killed)) == set()
    await again.aclose()


async def test_the_index_over_the_words_forgets_too(tmp_path: Path) -> None:
    """The full-text index and the vectors lie in the same file: no rare word of a forgotten moment, and no vector of
    it, is left in any byte, while those of its neighbours are.
    """
    embedder = FakeEmbedder()
    texts = {1: "qwuplonk by the sea", 2: "zvarnimel and the ferry", 3: "xobrutan at noon"}
    vectors = {number: pack(embedder.passages([said])[0]) for number, said in texts.items()}
    journal = opened(tmp_path)
    memory = IndexedMemory(journal, BondId("b"), embedder)
    await memory.prepare()
    for said in texts.values():
        await memory.index(await journal.append(Heard(text=said), NOON))
    assert await memory.catch_up() == 0

    def left() -> set[int]:
        found = clear_bytes(tmp_path)
        words = {number for number, said in texts.items() if said.split()[0][1:].encode() in found}
        assert words == {number for number, vector in vectors.items() if vector in found}
        return words

    assert left() == {1, 2, 3}
    await journal.forget([2], NOON)
    assert left() == {1, 3}
    await journal.forget([1, 3], NOON)
    assert left() == set()
    await journal.aclose()
