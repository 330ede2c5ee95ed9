"""A journal whose file is foreign, damaged, of the future, full or read-only: each is told, and nothing is touched."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, StatementError

from someone.errors import (
    DiskFull,
    HomeBusy,
    HomeReadOnly,
    JournalDamaged,
    JournalForeign,
    JournalFromFuture,
    SomeoneError,
)
from someone.journal import keys
from someone.journal.cipher import connector
from someone.journal.migrations import MIGRATIONS, Migration
from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Entry, Forgotten, Heard
from someone.ports import Lane

KEY = bytes(range(32))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAGE = 4096


def opened(path: Path, key: bytes = KEY, identity: str = "home/bond", create: bool = True) -> SqlcipherJournal:
    return SqlcipherJournal.open(path, key, identity=identity, create=create, cache_kib=1024)


async def filled(path: Path, n: int = 60) -> None:
    """A closed journal of ``n`` moments, a few dozen pages."""
    journal = opened(path)
    for i in range(n):
        await journal.append(Heard(text=f"line {i} " * 100), NOON)
    await journal.aclose()


def state(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def require_refused(path: Path, error: type[SomeoneError], **how: object) -> SomeoneError:
    """Opening raises ``error``, and every file is afterwards as it was before, byte by byte."""
    before = state(path.parent)
    with pytest.raises(error) as raised:
        opened(path, **how)  # type: ignore[arg-type]
    assert state(path.parent) == before
    assert type(raised.value) is error
    return raised.value


async def test_one_bonds_key_does_not_open_anothers_file(tmp_path: Path) -> None:
    """Two bonds of one home have two keys: each opens its own file and neither opens the other's."""
    master = bytes(range(32))
    paths = {name: tmp_path / f"{name}.db" for name in ("ana", "ben")}
    bond_keys = {name: keys.derive(master, keys.bond(name)) for name in paths}
    for name, path in paths.items():
        journal = opened(path, bond_keys[name], name)
        await journal.append(Heard(text=f"only for {name}"), NOON)
        await journal.aclose()
    for name, other in (("ana", "ben"), ("ben", "ana")):
        require_refused(paths[name], JournalForeign, key=bond_keys[other], identity=name)
    journal = opened(paths["ana"], bond_keys["ana"], "ana")
    assert [e.moment for e in await journal.read()] == [Heard(text="only for ana")]
    await journal.aclose()


async def test_a_file_of_another_identity_is_foreign(tmp_path: Path) -> None:
    """The right key is not enough: a file that was made for another journal is refused."""
    await filled(tmp_path / "bond.db", 1)
    error = require_refused(tmp_path / "bond.db", JournalForeign, identity="home/other")
    assert "another home" in str(error)


def test_other_files_are_foreign(tmp_path: Path) -> None:
    """A plain SQLite file, a text and random bytes are none of ours."""
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE moments (id INTEGER PRIMARY KEY)")
    plain.commit()
    plain.close()
    (tmp_path / "text.db").write_text("dear diary " * 2000)
    (tmp_path / "noise.db").write_bytes(bytes((i * 7919 + i // 255) % 256 for i in range(PAGE * 3)))
    for name in ("plain.db", "text.db", "noise.db"):
        require_refused(tmp_path / name, JournalForeign)


def test_a_folder_in_its_place_is_foreign(tmp_path: Path) -> None:
    """A folder where the journal should be is told like any other thing that is not ours."""
    (tmp_path / "bond.db").mkdir()
    with pytest.raises(JournalForeign):
        opened(tmp_path / "bond.db")


_AS_NOBODY = """
import os, sys
from pathlib import Path
from someone.errors import HomeReadOnly
from tests.unit.test_journal_files import opened
if os.geteuid() == 0:
    os.setuid(65534)
for name in ("shut/bond.db", "kept/bond.db", "kept/new.db"):
    try:
        opened(Path(sys.argv[1]) / name)
    except HomeReadOnly as error:
        print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
async def test_permissions_that_are_missing_are_told() -> None:
    """For an account without rights, a file it can't read, one it can't write and a folder it can't write are each
    HomeReadOnly. (Root has every right, so the test steps down to an account that has none.)
    """
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        for part, file_mode in (("shut", 0o000), ("kept", 0o444)):
            await filled(home / part / "bond.db", 1)
            (home / part / "bond.db").chmod(file_mode)
            (home / part).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, name],
            cwd=Path(__file__).parents[2],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        for part in ("shut", "kept"):
            (home / part).chmod(0o700)
    assert done.stdout.split() == ["home_read_only"] * 3, done.stderr


@pytest.mark.parametrize("size", [0, 1, PAGE - 1])
def test_a_file_too_short_for_anything_is_damaged(tmp_path: Path, size: int) -> None:
    """An empty or cut file is not taken for a new journal: its moments would be lost in silence."""
    (tmp_path / "bond.db").write_bytes(bytes(size))
    require_refused(tmp_path / "bond.db", JournalDamaged)


async def test_a_missing_file_is_told_where_one_is_expected(tmp_path: Path) -> None:
    """With ``create`` unset nothing new is laid; with a log left behind, neither."""
    with pytest.raises(JournalDamaged, match="missing"):
        opened(tmp_path / "bond.db", create=False)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "bond.db-wal").write_bytes(b"what was acknowledged last")
    require_refused(tmp_path / "bond.db", JournalDamaged)


async def test_a_cut_file_is_damaged(tmp_path: Path) -> None:
    """A file that lost its end is told at opening."""
    path = tmp_path / "bond.db"
    await filled(path)
    os.truncate(path, path.stat().st_size // PAGE // 2 * PAGE)
    require_refused(path, JournalDamaged)


async def test_a_damaged_first_page_is_damage_not_foreign(tmp_path: Path) -> None:
    """When other pages still answer to the key, the file is ours and damaged; the advice differs."""
    path = tmp_path / "bond.db"
    await filled(path)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    require_refused(path, JournalDamaged)


async def test_a_changed_bit_anywhere_is_noticed(tmp_path: Path) -> None:
    """One flipped bit in any page makes ``check`` name it or the opening fail; reading never gives wrong words."""
    path = tmp_path / "bond.db"
    await filled(path)
    whole = path.read_bytes()
    sound = {f"line {i} " * 100 for i in range(60)}
    for page in range(1, len(whole) // PAGE):
        content = bytearray(whole)
        content[page * PAGE + 1234] ^= 0x10
        path.write_bytes(content)
        try:
            journal = opened(path)
        except JournalDamaged:
            continue
        try:
            read = await journal.read()
        except JournalDamaged:
            read = []
        assert {e.moment.text for e in read if isinstance(e.moment, Heard)} <= sound
        assert any(f"page {page + 1}" in line for line in await journal.check())
        await journal.aclose()


async def test_a_sound_journal_checks_sound(tmp_path: Path) -> None:
    """No news from ``check`` on a journal with a full log, forgotten moments and snapshots."""
    journal = opened(tmp_path / "bond.db")
    for i in range(30):
        await journal.append(Heard(text=f"line {i} " * 300), NOON)
    await journal.forget([3, 4], NOON)
    assert await journal.check() == []
    await journal.aclose()


def _one_more(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE more (id INTEGER PRIMARY KEY)")


def _broken(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    raise RuntimeError("this step fails")


async def test_an_older_journal_is_brought_up_to_date_once(tmp_path: Path) -> None:
    """A missing step runs at opening and only once; the moments stay; the older release then refuses the file."""
    path = tmp_path / "bond.db"
    await filled(path, 3)
    newer: tuple[Migration, ...] = (*MIGRATIONS, _one_more)
    for _ in range(2):
        journal = SqlcipherJournal.open(path, KEY, identity="home/bond", migrations=newer)
        assert await journal.count() == 3
        await journal.aclose()
    require_refused(path, JournalFromFuture)


async def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    """A migration that breaks off leaves the file as it was, open to the release that wrote it."""
    path = tmp_path / "bond.db"
    await filled(path, 3)
    with pytest.raises(RuntimeError, match="this step fails"):
        SqlcipherJournal.open(path, KEY, identity="home/bond", migrations=(*MIGRATIONS, _broken))
    journal = opened(path)
    assert await journal.count() == 3
    tables = await journal.query(lambda c: c.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all())
    assert "half" not in tables
    await journal.aclose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moments SET body = '{}' WHERE id = 1",
        "UPDATE moments SET at_us = 0",
        "UPDATE OR REPLACE moments SET id = 2 WHERE id = 1",
        "DELETE FROM moments WHERE id = 3",
        "INSERT INTO moments VALUES (9, 0, 'Heard', '{}', NULL)",
        "INSERT INTO moments VALUES (0, 0, 'Heard', '{}', NULL)",
        "INSERT OR REPLACE INTO moments VALUES (2, 0, 'Heard', '{}', NULL)",
        "INSERT OR REPLACE INTO moments VALUES (4, 0, 'Heard', '{}', 'k')",
        "INSERT INTO moments VALUES (1, 0, 'Heard', '{}', NULL) ON CONFLICT DO UPDATE SET body = '{}'",
        "INSERT INTO forgetting (id) VALUES (1)",
    ],
)
async def test_the_file_itself_refuses_to_rewrite(tmp_path: Path, statement: str) -> None:
    """No statement, from whatever part, changes or removes a moment, leaves a gap, or keeps the permission to."""
    journal = opened(tmp_path / "bond.db")
    for text, key in (("one", None), ("two", None), ("three", "k")):
        await journal.append(Heard(text=text), NOON, key=key)
    before = await journal.read()
    with pytest.raises((IntegrityError, OperationalError, DatabaseError)):
        await journal.write(lambda c: c.exec_driver_sql(statement))
    assert await journal.read() == before
    assert (await journal.append(Heard(text="four"), NOON)).id == 4
    await journal.aclose()


async def test_a_forgetting_can_only_empty(tmp_path: Path) -> None:
    """Even a moment that is being forgotten can't be given other words, another time or another number."""
    journal = opened(tmp_path / "bond.db")
    await journal.append(Heard(text="one"), NOON)
    for change in ("kind = 'Said'", "kind = 'Forgotten', at_us = 1", "kind = 'Forgotten', id = 7"):

        def sneak(connection: Connection, change: str = change) -> None:
            connection.exec_driver_sql("INSERT INTO forgetting (id) VALUES (1)")
            connection.exec_driver_sql(f"UPDATE moments SET {change} WHERE id = 1")

        with pytest.raises(IntegrityError):
            await journal.write(sneak)
    assert [e.moment for e in await journal.read()] == [Heard(text="one")]
    await journal.aclose()


async def test_readers_can_not_write(tmp_path: Path) -> None:
    """Only the lane writes: a reading connection refuses to."""
    journal = opened(tmp_path / "bond.db")
    with pytest.raises(HomeReadOnly):
        await journal.query(lambda c: c.exec_driver_sql("CREATE TABLE mine (id INTEGER)"))
    await journal.aclose()


async def test_work_that_fails_is_undone(tmp_path: Path) -> None:
    """What a function on the lane wrote before it raised is rolled back, and its own error comes out."""
    journal = opened(tmp_path / "bond.db")

    def half(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO moments VALUES (1, 0, 'Parted', '{\"kind\":\"Parted\"}', NULL)")
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await journal.write(half)
    assert await journal.count() == 0
    await journal.aclose()


async def test_writes_take_turns(tmp_path: Path) -> None:
    """50 read-then-write functions at once on the lane lose no update, and readers see each as it is acknowledged."""
    journal = opened(tmp_path / "bond.db")
    lane: Lane = journal
    await lane.write(lambda c: c.exec_driver_sql("CREATE TABLE tally (n INTEGER)"))
    await lane.write(lambda c: c.exec_driver_sql("INSERT INTO tally VALUES (0)"))

    def more(connection: Connection) -> int:
        n = int(connection.exec_driver_sql("SELECT n FROM tally").scalar_one())
        connection.exec_driver_sql(f"UPDATE tally SET n = {n + 1}")
        return n + 1

    async def step() -> bool:
        mine = await lane.write(more)
        return mine <= await lane.query(lambda c: int(c.exec_driver_sql("SELECT n FROM tally").scalar_one()))

    assert all(await asyncio.gather(*(step() for _ in range(50))))
    assert await lane.query(lambda c: c.exec_driver_sql("SELECT n FROM tally").scalar_one()) == 50
    await journal.aclose()


async def test_a_cancelled_caller_breaks_nothing(tmp_path: Path) -> None:
    """Callers that are cancelled while they wait leave each moment wholly kept or not at all, without a gap."""
    journal = opened(tmp_path / "bond.db")
    jobs = [asyncio.create_task(journal.append(Heard(text=str(i)), NOON)) for i in range(40)]
    await jobs[0]
    for job in jobs[1::2]:
        job.cancel()
    done = await asyncio.gather(*jobs, return_exceptions=True)
    acknowledged = [entry for entry in done if isinstance(entry, Entry)]
    entries = await journal.read()
    assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    assert len(acknowledged) >= 20
    assert all(entries[entry.id - 1] == entry for entry in acknowledged)
    assert (await journal.append(Heard(text="on"), NOON)).id == len(entries) + 1
    await journal.aclose()


async def test_errors_do_not_carry_what_was_said(tmp_path: Path) -> None:
    """The text of a failed statement's error holds none of its values."""
    journal = opened(tmp_path / "bond.db")
    with pytest.raises(StatementError) as raised:
        await journal.write(lambda c: c.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("a private word",)))
    assert "private" not in str(raised.value)
    await journal.aclose()


async def test_vectors_can_be_kept_in_the_same_file(tmp_path: Path) -> None:
    """sqlite-vec answers on writing and reading connections, and loading of other extensions is shut off."""
    journal = opened(tmp_path / "bond.db")
    for ask in (journal.write, journal.query):
        assert str(await ask(lambda c: c.exec_driver_sql("SELECT vec_version()").scalar_one())).startswith("v")
        with pytest.raises(OperationalError, match="not authorized"):
            await ask(lambda c: c.exec_driver_sql("SELECT load_extension('nothing')"))
    await journal.aclose()


async def test_a_full_database_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """When SQLite reports that nothing more fits, DiskFull is raised, all before is there, and it goes on after."""
    journal = opened(tmp_path / "bond.db")

    def bound(pages: int) -> Callable[[Connection], object]:
        return lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()

    await journal.write(bound(30))
    kept = await append_until_full(journal)
    assert 0 < kept < 100
    assert await journal.count() == kept
    await journal.write(bound(10_000))
    assert (await journal.append(Heard(text="again"), NOON)).id == kept + 1
    assert await journal.check() == []
    await journal.aclose()


async def append_until_full(journal: SqlcipherJournal) -> int:
    """Append until DiskFull is raised; returns how many were acknowledged."""
    kept = 0
    try:
        while True:
            await journal.append(Heard(text=f"{kept} " + "x" * 3000), NOON)
            kept += 1
    except DiskFull:
        return kept


_ON_A_TINY_DISK = """
import asyncio, sys
from pathlib import Path
from tests.unit.test_journal_files import fill_the_disk
asyncio.run(fill_the_disk(Path(sys.argv[1])))
"""


async def fill_the_disk(folder: Path) -> None:
    """Run where ``folder`` is a disk of 1 MiB: fill it, read it, make room, go on, reopen."""
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(256 * 1024))
    journal = opened(folder / "home" / "bond.db")
    kept = await append_until_full(journal)
    assert kept > 10
    assert await journal.count() == kept
    ballast.unlink()
    assert (await journal.append(Heard(text="again"), NOON)).id == kept + 1
    await journal.aclose()
    journal = opened(folder / "home" / "bond.db")
    texts = [e.moment.text for e in await journal.read() if isinstance(e.moment, Heard)]
    assert texts == [*(f"{i} " + "x" * 3000 for i in range(kept)), "again"]
    assert await journal.check() == []
    await journal.aclose()
    print("sound")


def _in_own_mounts(mount: str, folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` where ``mount`` (a shell line, ``$1`` is the folder) was done in a namespace of its own."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare(1) to mount a disk of its own")
    probe = subprocess.run([unshare, "-rm", "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("this system lets nobody mount a disk in a namespace of their own")
    line = f"set -e; {mount}; exec {sys.executable} -c '{code}' \"$1\""
    return subprocess.run(
        [unshare, "-rm", "sh", "-c", line, "sh", str(folder)],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_really_full_disk_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """On a real disk of 1 MiB: DiskFull when it is full, every acknowledged moment after it, and on with more room."""
    done = _in_own_mounts('mount -t tmpfs -o size=1m none "$1"', tmp_path, _ON_A_TINY_DISK)
    assert (done.returncode, done.stdout.strip()) == (0, "sound"), done.stderr


_ON_A_READ_ONLY_DISK = """
import sys
from pathlib import Path
from someone.errors import HomeReadOnly
from tests.unit.test_journal_files import opened
for name in ("there.db", "new.db", "folder/new.db"):
    try:
        opened(Path(sys.argv[1]) / name)
    except HomeReadOnly as error:
        print(error.code)
"""


async def test_a_read_only_disk_is_told(tmp_path: Path) -> None:
    """On a disk that was mounted read-only, an existing and a new journal both raise HomeReadOnly, even for root."""
    await filled(tmp_path / "there.db", 3)
    before = state(tmp_path)
    mount = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"'
    done = _in_own_mounts(mount, tmp_path, _ON_A_READ_ONLY_DISK)
    assert done.stdout.split() == ["home_read_only"] * 3, done.stderr
    assert state(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    """The folder that was made is 0700; the journal and the files beside it are 0600, whatever the mask allows."""
    mask = os.umask(0)
    try:
        opened(tmp_path / "home" / "bond.db")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "home").iterdir()} == {0o600}


async def test_a_draft_that_a_crash_left_is_replaced(tmp_path: Path) -> None:
    """What a broken-off creation left beside the place does not keep a new journal from being laid."""
    for end in ("", "-wal", "-journal"):
        (tmp_path / f"bond.db.new{end}").write_bytes(b"half")
    await filled(tmp_path / "bond.db", 1)
    assert [file.name for file in tmp_path.iterdir()] == ["bond.db"]


async def test_a_moment_of_a_newer_release_is_told(tmp_path: Path) -> None:
    """A kind that this release does not know is JournalFromFuture when it is read; the others are still there."""
    journal = opened(tmp_path / "bond.db")
    await journal.append(Heard(text="known"), NOON)
    body = '{"v":1,"kind":"Sang","song":"la"}'
    await journal.write(lambda c: c.exec_driver_sql("INSERT INTO moments VALUES (2, 0, 'Sang', ?, NULL)", (body,)))
    with pytest.raises(JournalFromFuture):
        await journal.read()
    assert [e.moment for e in await journal.get([1])] == [Heard(text="known")]
    await journal.forget([2], NOON)
    assert (await journal.get([2]))[0].moment == Forgotten(was="Sang")
    await journal.aclose()


async def test_another_process_that_holds_the_file_is_told(tmp_path: Path) -> None:
    """A write that can't begin, because another process writes, is refused with an error of ours; nothing is kept."""
    path = tmp_path / "bond.db"
    journal = opened(path)
    await journal.write(lambda c: c.exec_driver_sql("PRAGMA busy_timeout = 1").scalar())
    other = connector(path, KEY, mode="write")()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HomeBusy):
        await journal.append(Heard(text="hi"), NOON)
    other.execute("ROLLBACK")
    other.close()
    assert (await journal.append(Heard(text="hi"), NOON)).id == 1
    await journal.aclose()
