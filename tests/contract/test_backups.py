"""Every store of backups does the same; the folder's is proved to restore a whole home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.errors import InputError, JournalDamaged, JournalForeign
from someone.journal.backups import DAILY, MONTHLY, WEEKLY, FolderBackups, Source, keep, restore
from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Heard
from someone.ports import Backup
from someone.testing.backups import MemoryBackups
from someone.testing.journal import MemoryJournal

T0 = datetime(2026, 11, 25, 3, tzinfo=UTC)
NIGHT = date(2026, 11, 25)
KEY, SECRET = bytes(range(32)), "the-word-that-nobody-may-read"


@dataclass
class Store:
    journal: Any
    backups: Any
    folder: Path

    async def say(self, *texts: str) -> None:
        for text in texts:
            await self.journal.append(Heard(text=text), T0)


@pytest.fixture(params=["folder", "memory"])
async def store(request, tmp_path):
    if request.param == "memory":
        journal = MemoryJournal()
        yield Store(journal, MemoryBackups(lambda: journal), tmp_path)
        return
    journal = SqlcipherJournal.open(tmp_path / "bonds" / "b.db", KEY, identity="home/b")
    (tmp_path / "key.json").write_text("{}")
    (tmp_path / "key").write_text("the master key")
    yield Store(journal, FolderBackups(tmp_path, [Source("bonds/b.db", KEY, "home/b")]), tmp_path)
    await journal.aclose()


async def test_a_backup_is_what_there_was(store):
    """It holds every moment up to when it was made, and none of after, and passes its check."""
    await store.say("one", "two")
    made = await store.backups.make(NIGHT, 2)
    await store.say("three")
    trial = await store.backups.trial(made)
    assert trial.broken == ()
    assert [e.moment.text for e in await trial.journal.read()] == ["one", "two"]
    await trial.aclose()
    assert [e.moment.text for e in await store.journal.read()] == ["one", "two", "three"]


async def test_the_same_night_makes_one(store):
    """A step that runs again after a kill leaves one backup, the first."""
    await store.say("one")
    first = await store.backups.make(NIGHT, 1)
    await store.say("two")
    assert (await store.backups.make(NIGHT, 1)).name == first.name
    assert len(await store.backups.listed()) == 1


async def test_a_proof_is_written_down(store):
    """When it was restored last can be seen, the newest backup first."""
    await store.say("one")
    old = await store.backups.make(NIGHT, 1)
    await store.backups.proved(old, T0)
    new = await store.backups.make(NIGHT + timedelta(days=1), 1)
    assert [(b.name, b.proved_at) for b in await store.backups.listed()] == [(new.name, None), (old.name, T0)]


async def test_what_was_forgotten_leaves_the_backups(store):
    """Those from before a forgetting go once a proved one from after it is there; not a moment sooner."""
    await store.say("one", "two")
    old = await store.backups.make(NIGHT, 2)
    await store.backups.proved(old, T0)
    forgot = await store.journal.forget([1], T0)
    assert await store.backups.rotate(forgot.id) == 0
    new = await store.backups.make(NIGHT + timedelta(days=1), forgot.id)
    assert await store.backups.rotate(forgot.id) == 0
    await store.backups.proved(new, T0)
    assert await store.backups.rotate(forgot.id) == 1
    assert [b.name for b in await store.backups.listed()] == [new.name]


async def folder_store(tmp_path):
    journal = SqlcipherJournal.open(tmp_path / "bonds" / "b.db", KEY, identity="home/b")
    await journal.append(Heard(text=SECRET), T0)
    (tmp_path / "key.json").write_text("{}")
    (tmp_path / "key").write_text("the master key")
    return journal, FolderBackups(tmp_path, [Source("bonds/b.db", KEY, "home/b")])


async def test_a_backup_is_encrypted_and_carries_no_key(tmp_path):
    """Whoever finds the folder reads nothing: no word, no bare key, and another key does not open it."""
    journal, backups = await folder_store(tmp_path)
    made = await backups.make(NIGHT, 1)
    await journal.aclose()
    files = [f for f in (tmp_path / "backups").rglob("*") if f.is_file()]
    held = b"".join(f.read_bytes() for f in files)
    assert SECRET.encode() not in held
    assert b"SQLite format" not in held
    assert b"the master key" not in held
    assert not [f for f in files if f.stat().st_mode & 0o077]
    path = tmp_path / "backups" / made.name / "bonds" / "b.db"
    with pytest.raises(JournalForeign):
        SqlcipherJournal.open(path, bytes(32), identity="home/b", create=False)


async def test_a_home_is_restored(tmp_path):
    """The restored folder holds the journals and what opens them, and the home itself is untouched."""
    home, to = tmp_path / "home", tmp_path / "again"
    home.mkdir()
    journal, _ = await folder_store(home)
    skill = home / "skills" / "tea" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text("Warm the pot.")
    backups = FolderBackups(home, [Source("bonds/b.db", KEY, "home/b")], trees=("skills", "none"))
    made = await backups.make(NIGHT, 1)
    await journal.aclose()
    restore(home, made.name, to)
    assert (to / "skills" / "tea" / "SKILL.md").read_text() == "Warm the pot."
    assert not (to / "proved.json").exists()
    again = SqlcipherJournal.open(to / "bonds" / "b.db", KEY, identity="home/b", create=False)
    assert [e.moment.text for e in await again.read()] == [SECRET]
    await again.aclose()
    assert (to / "key.json").read_text() == "{}"
    assert (to / "key").read_text() == "the master key"


async def test_a_restore_overwrites_nothing(tmp_path):
    """A folder with anything in it, or a name that is none of ours, is refused."""
    journal, backups = await folder_store(tmp_path)
    made = await backups.make(NIGHT, 1)
    await journal.aclose()
    for name, to in ((made.name, tmp_path), ("../../etc", tmp_path / "x"), ("2026-01-01-000001", tmp_path / "x")):
        with pytest.raises(InputError):
            restore(tmp_path, name, to)


async def test_a_damaged_backup_is_noticed(tmp_path):
    """One changed byte in the copy fails the trial: at its opening or in its check."""
    journal, backups = await folder_store(tmp_path)
    for n in range(60):
        await journal.append(Heard(text=f"{n} " * 400), T0)
    made = await backups.make(NIGHT, 61)
    path = tmp_path / "backups" / made.name / "bonds" / "b.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    try:
        trial = await backups.trial(made)
    except JournalDamaged:
        pass
    else:
        assert trial.broken
        await trial.aclose()
    await journal.aclose()


async def test_leftovers_of_a_kill_are_cleared(tmp_path):
    """A half-made copy or a trial that was never closed is gone after the next backup, and never listed."""
    journal, backups = await folder_store(tmp_path)
    for end in (".part", ".trial"):
        half = tmp_path / "backups" / f"2026-11-24-000001{end}"
        half.mkdir(parents=True)
        (half / "b.db").write_bytes(b"x")
    assert await backups.listed() == []
    await backups.make(NIGHT, 1)
    assert sorted(p.name for p in (tmp_path / "backups").iterdir()) == ["2026-11-25-000001", "key.json"]
    await journal.aclose()


NIGHTS = st.lists(st.integers(0, 900), unique=True, min_size=1, max_size=60)


@given(NIGHTS, st.integers(0, 900))
def test_what_is_kept_of_many(days, proved):
    """The newest and the last proved one always stay, and never more than a week of days, four weeks and six months."""
    made = [Backup(f"b{d}", NIGHT + timedelta(days=d), d, proved_at=T0 if d <= proved else None) for d in sorted(days)]
    stay = keep(made)
    assert made[-1].name in stay
    known = [b.name for b in made if b.proved_at]
    assert not known or known[-1] in stay
    assert len(stay) <= DAILY + WEEKLY + MONTHLY + 1
    assert {b.name for b in made[-DAILY:]} <= stay


def test_two_years_of_nights_leave_days_weeks_and_months():
    """Made and rotated every night for two years, the ages of what is left reach back half a year."""
    there: list[Backup] = []
    for d in range(730):
        there.append(Backup(f"b{d}", NIGHT + timedelta(days=d), d, proved_at=T0))
        stay = keep(there)
        there = [b for b in there if b.name in stay]
    ages = [729 - b.upto for b in there][::-1]
    assert ages[:DAILY] == list(range(DAILY))
    assert max(ages) >= 120
    assert len(there) <= DAILY + WEEKLY + MONTHLY
