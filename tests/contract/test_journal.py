"""What every journal keeps to, run the same on the one in memory and on SQLCipher."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from someone.errors import AppendRefused, JournalError
from someone.journal.sqlcipher import SqlcipherJournal
from someone.mind.moments import Cared, Entry, Felt, Forgot, Forgotten, Heard, Moment, MomentId, Parted, Said
from someone.ports import Journal, Snapshot
from someone.testing.journal import MemoryJournal

KEY = bytes(range(32))
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def open_sqlcipher(folder: Path) -> SqlcipherJournal:
    return SqlcipherJournal.open(folder / "home" / "bond.db", KEY, identity="home/bond", cache_kib=1024)


@pytest.fixture(params=["memory", "sqlcipher"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    store: Journal = MemoryJournal() if request.param == "memory" else open_sqlcipher(tmp_path)
    yield store
    await store.aclose()


def words(entries: list[Entry]) -> list[str]:
    return [entry.moment.text for entry in entries if isinstance(entry.moment, Heard | Said)]


async def fill(journal: Journal, n: int) -> None:
    for i in range(1, n + 1):
        await journal.append(Heard(text=f"line {i}"), NOON + timedelta(seconds=i))


async def test_an_empty_journal_is_empty(journal: Journal) -> None:
    """A new journal answers every question with nothing, not with an error."""
    assert await journal.read() == []
    assert await journal.get([1, 2]) == []
    assert await journal.count() == 0
    assert await journal.last() is None
    assert await journal.load_snapshot("bond") is None


async def test_what_was_appended_is_read_back_whole(journal: Journal) -> None:
    """Every field of several kinds of moment, and its time to the microsecond, comes back as it went in."""
    told: list[Moment] = [
        Heard(text="I moved to Porto.", channel="voice"),
        Felt(feeling="glad", cause=(MomentId(1),), why="a new start"),
        Said(text="To Porto!", to=MomentId(1), stood_on=(MomentId(1),), by="brain:x", cut=True, unsaid="When?"),
        Cared(level="low", sign="tired", to=MomentId(1)),
        Parted(),
    ]
    entries = [await journal.append(moment, NOON) for moment in told]
    assert entries == [Entry(MomentId(i), NOON, moment) for i, moment in enumerate(told, start=1)]
    assert await journal.read() == entries
    assert await journal.last() == entries[-1]
    assert await journal.count() == len(told)


async def test_many_are_kept_at_once_and_each_key_once(journal: Journal) -> None:
    """Many come back in order with numbers that follow; a key that is known, or twice among them, keeps nothing new."""
    first = await journal.append(Heard(text="a"), NOON, key="k1")
    many: list[tuple[Moment, str | None]] = [
        (Heard(text="again"), "k1"),
        (Heard(text="b"), "k2"),
        (Heard(text="c"), None),
        (Heard(text="twice"), "k2"),
        (Heard(text="c"), None),
    ]
    entries = await journal.append_all(many, NOON + timedelta(seconds=1))
    assert entries[0] == first
    assert words(entries) == ["a", "b", "c", "b", "c"]
    assert await journal.read(after=1) == [entries[1], entries[2], entries[4]]
    assert [entry.id for entry in await journal.read()] == [1, 2, 3, 4]
    assert await journal.append_all([], NOON) == []
    await journal.forget([2], NOON)
    assert [e.moment for e in await journal.append_all([(Heard(text="b"), "k2")], NOON)] == [Forgotten(was="Heard")]


async def test_of_many_all_or_none(journal: Journal) -> None:
    """Where one can't be kept, none is."""
    with pytest.raises(ValueError, match="aware"):
        await journal.append_all([(Heard(text="a"), None)], datetime(2026, 1, 1))
    assert await journal.count() == 0


async def test_reading_in_parts(journal: Journal) -> None:
    """``after``, ``limit``, ``kinds`` and ``newest_first`` each narrow the reading, and work together."""
    for i in range(1, 11):
        moment = Said(text=f"s{i}") if i % 2 == 0 else Heard(text=f"h{i}")
        await journal.append(moment, NOON)
    assert words(await journal.read(after=7)) == ["s8", "h9", "s10"]
    assert words(await journal.read(limit=2)) == ["h1", "s2"]
    assert words(await journal.read(without=["Heard"], limit=2)) == ["s2", "s4"]
    assert words(await journal.read(limit=0)) == []
    assert words(await journal.read(kinds=["Said"], after=4)) == ["s6", "s8", "s10"]
    assert words(await journal.read(kinds=["Said", "Heard"], limit=1)) == ["h1"]
    assert words(await journal.read(newest_first=True, limit=3)) == ["s10", "h9", "s8"]
    assert words(await journal.read(newest_first=True, kinds=["Heard"], after=3, limit=2)) == ["h9", "h7"]
    assert await journal.read(kinds=["Parted"]) == []
    assert await journal.read(after=10) == []
    assert await journal.read(after=10_000) == []
    assert len(await journal.read(after=-5)) == 10
    with pytest.raises(ValueError, match="limit"):
        await journal.read(limit=-1)


async def test_get_gives_those_that_exist_in_order(journal: Journal) -> None:
    """``get`` sorts, takes each once, passes over unknown numbers, and takes very many."""
    await fill(journal, 5)
    assert words(await journal.get([4, 2, 2, 99, 0, -1])) == ["line 2", "line 4"]
    assert len(await journal.get(range(300_000))) == 5
    assert await journal.get([]) == []


async def test_a_key_keeps_one_moment(journal: Journal) -> None:
    """A retried append with the same key keeps nothing and returns the first entry; another key keeps another."""
    first = await journal.append(Heard(text="once"), NOON, key="a")
    again = await journal.append(Heard(text="twice"), NOON + timedelta(days=1), key="a")
    assert again == first
    other = await journal.append(Heard(text="once"), NOON, key="b")
    assert (other.id, await journal.count()) == (2, 2)


async def test_a_key_keeps_one_moment_even_at_once(journal: Journal) -> None:
    """Twenty appends with one key at the same time keep one moment and all return it."""
    entries = await asyncio.gather(*(journal.append(Heard(text=str(i)), NOON, key="same") for i in range(20)))
    assert await journal.count() == 1
    assert set(entries) == set(await journal.read())


async def test_many_appends_at_once_leave_no_gap(journal: Journal) -> None:
    """200 concurrent appends get the numbers 1 to 200 in the order in which they were asked, and none is lost."""
    entries = await asyncio.gather(*(journal.append(Heard(text=f"{i}"), NOON) for i in range(200)))
    assert [entry.id for entry in entries] == list(range(1, 201))
    assert await journal.read() == entries


async def test_time_may_go_backwards(journal: Journal) -> None:
    """The order is that of telling; a clock that was set back changes no order, and its word is kept as told."""
    times = [NOON, NOON - timedelta(days=3), NOON + timedelta(days=1), datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=UTC)]
    for at in times:
        await journal.append(Heard(text="tick"), at)
    assert [entry.at for entry in await journal.read()] == times


async def test_times_are_utc_and_aware(journal: Journal) -> None:
    """A time in another zone is the same instant, given back in UTC; one without a zone is refused, nothing kept."""
    entry = await journal.append(Heard(text="hi"), NOON.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert entry.at == NOON
    assert (await journal.read())[0].at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="aware"):
        await journal.append(Heard(text="hi"), NOON.replace(tzinfo=None))
    assert await journal.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "👩‍👩‍👧‍👦 🇵🇹 é e\u0301",
        "שלום עולם \u202eabc\u202c مرحبا",
        "nul \x00 in the middle",
        "'; DROP TABLE moments; --",
        'quote " back \\ slash \r\n tab \t \u2028 \x7f \x1b[31m',
        "\U0010ffff\ufeff\uffff",
        "long " * 200_000,
    ],
    ids=["empty", "space", "emoji", "rtl", "nul", "sql", "control", "edges", "one megabyte"],
)
async def test_any_text_comes_back_as_it_was(journal: Journal, text: str) -> None:
    """What was said is kept to the last character, however odd or long."""
    await journal.append(Heard(text=text), NOON)
    assert words(await journal.read()) == [text]
    await journal.forget([1], NOON)
    assert words(await journal.read()) == []


async def test_what_is_forgotten_is_gone(journal: Journal) -> None:
    """The tombstone keeps place, time and kind; the words are gone from every way of reading; ``Forgot`` tells it."""
    await fill(journal, 4)
    entry = await journal.forget([3, 1], NOON + timedelta(hours=1))
    assert entry == Entry(MomentId(5), NOON + timedelta(hours=1), Forgot(ids=(MomentId(1), MomentId(3))))
    left = await journal.read()
    assert [e.id for e in left] == [1, 2, 3, 4, 5]
    assert left[0] == Entry(MomentId(1), NOON + timedelta(seconds=1), Forgotten(was="Heard"))
    assert words(left) == ["line 2", "line 4"]
    assert [e.moment for e in await journal.get([1, 3])] == [Forgotten(was="Heard")] * 2
    assert [e.id for e in await journal.read(kinds=["Heard"])] == [2, 4]
    assert [e.id for e in await journal.read(kinds=["Forgotten"])] == [1, 3]
    assert await journal.last() == entry


async def test_forgetting_twice_or_the_unknown_is_harmless(journal: Journal) -> None:
    """What is gone already, was never there, or is named twice changes nothing else; ``Forgot`` names only real ones."""
    await fill(journal, 2)
    await journal.forget([1], NOON)
    for ids in ([1], [999, 0, -4], [], [1, 1]):
        entry = await journal.forget(ids, NOON)
        assert entry.moment == Forgot(ids=())
    assert (await journal.get([1]))[0].moment == Forgotten(was="Heard")
    assert (await journal.forget([2, 2, 1], NOON)).moment == Forgot(ids=(MomentId(2),))


async def test_the_record_of_a_forgetting_stays(journal: Journal) -> None:
    """A ``Forgot`` holds no words: asked to forget it too, the journal keeps the record that something was there."""
    await fill(journal, 1)
    record = await journal.forget([1], NOON)
    assert (await journal.forget([1, record.id], NOON)).moment == Forgot(ids=())
    assert await journal.get([record.id]) == [record]


async def test_a_retry_does_not_bring_back_what_was_forgotten(journal: Journal) -> None:
    """A key is remembered past the forgetting: appending again under it returns the tombstone and keeps nothing."""
    await journal.append(Heard(text="private"), NOON, key="turn-1")
    await journal.forget([1], NOON)
    entry = await journal.append(Heard(text="private"), NOON, key="turn-1")
    assert entry.moment == Forgotten(was="Heard")
    assert await journal.count() == 2


async def test_snapshots_are_kept_and_replaced(journal: Journal) -> None:
    """A fold has one snapshot, its last; another fold's is its own; keeping one is no moment."""
    await fill(journal, 3)
    one, two = Snapshot("bond", 1, 2, '{"a": 1}'), Snapshot("bond", 2, 3, '{"a": "é"}')
    await journal.save_snapshot(one)
    assert await journal.load_snapshot("bond") == one
    await journal.save_snapshot(two)
    await journal.save_snapshot(Snapshot("self", 7, 1, "{}"))
    assert await journal.load_snapshot("bond") == two
    assert await journal.load_snapshot("feelings") is None
    assert await journal.count() == 3


async def test_forgetting_drops_every_snapshot(journal: Journal) -> None:
    """A state that was folded from forgotten words is gone too, and one folded before can't be kept afterwards."""
    await fill(journal, 3)
    old = Snapshot("bond", 1, 3, "line 2 and more")
    await journal.save_snapshot(old)
    record = await journal.forget([2], NOON)
    assert await journal.load_snapshot("bond") is None
    await journal.save_snapshot(old)
    assert await journal.load_snapshot("bond") is None
    fresh = Snapshot("bond", 1, record.id, "clean")
    await journal.save_snapshot(fresh)
    assert await journal.load_snapshot("bond") == fresh


async def test_forgetting_among_appends(journal: Journal) -> None:
    """Forgetting while others append leaves no gap and touches no other moment."""
    await fill(journal, 10)
    jobs: list[Awaitable[Entry]] = []
    for i in range(30):
        jobs += [journal.append(Heard(text=f"new {i}"), NOON), journal.forget([i % 10 + 1], NOON)]
    await asyncio.gather(*jobs)
    entries = await journal.read()
    assert [entry.id for entry in entries] == list(range(1, 71))
    assert words(entries) == [f"new {i}" for i in range(30)]


async def test_a_closed_journal_says_so(journal: Journal) -> None:
    """After closing, each call is refused with an error of ours that says what is safe; closing twice is harmless."""
    await fill(journal, 1)
    await journal.aclose()
    await journal.aclose()
    for write in (journal.append(Heard(text="late"), NOON), journal.forget([1], NOON)):
        with pytest.raises(AppendRefused, match=r"closed\. Everything that was acknowledged before is kept"):
            await write
    with pytest.raises(AppendRefused):
        await journal.save_snapshot(Snapshot("bond", 1, 1, "{}"))
    reads: list[Callable[[], Awaitable[Any]]] = [journal.read, journal.count, journal.last, lambda: journal.get([1])]
    for ask in reads:
        with pytest.raises(JournalError, match="closed"):
            await ask()


async def test_closing_finishes_what_was_begun(journal: Journal) -> None:
    """Appends that were asked before the closing are either kept and acknowledged, or refused; never half."""
    appends = [asyncio.ensure_future(journal.append(Heard(text=str(i)), NOON)) for i in range(20)]
    await asyncio.sleep(0)
    await journal.aclose()
    entries = await asyncio.gather(*appends)
    assert [entry.id for entry in entries] == list(range(1, 21))


class JournalMachine(RuleBasedStateMachine):
    """Any sequence of calls, with restarts between, against a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.model: list[tuple[datetime, Moment]] = []
        self.keys: dict[str, int] = {}
        self.saved: dict[str, Snapshot] = {}
        self.journal = self.first()

    def first(self) -> Journal:
        raise NotImplementedError

    def again(self) -> Journal:
        raise NotImplementedError

    def run(self, call: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(call)

    times = st.datetimes(
        min_value=datetime(1950, 1, 1),
        max_value=datetime(2150, 1, 1),
        timezones=st.just(UTC),
    )
    some_ids = st.lists(st.integers(-1, 40), max_size=6)

    @rule(text=st.text(max_size=200), at=times, key=st.none() | st.sampled_from("abc"), said=st.booleans())
    def append(self, text: str, at: datetime, key: str | None, said: bool) -> None:
        moment = Said(text=text) if said else Heard(text=text)
        entry = self.run(self.journal.append(moment, at, key=key))
        if key is not None and key in self.keys:
            expected = self.keys[key]
        else:
            self.model.append((at, moment))
            expected = len(self.model)
            if key is not None:
                self.keys[key] = expected
        assert entry == Entry(MomentId(expected), *self.model[expected - 1])

    @rule(ids=some_ids, at=times)
    def forget(self, ids: list[int], at: datetime) -> None:
        entry = self.run(self.journal.forget(ids, at))
        known = [i for i in sorted(set(ids)) if 0 < i <= len(self.model)]
        alive = [i for i in known if self.model[i - 1][1].kind not in ("Forgotten", "Forgot")]
        for i in alive:
            when, moment = self.model[i - 1]
            self.model[i - 1] = (when, Forgotten(was=moment.kind))
        self.model.append((at, Forgot(ids=tuple(MomentId(i) for i in alive))))
        self.saved.clear()
        assert entry == Entry(MomentId(len(self.model)), *self.model[-1])

    @rule(fold=st.sampled_from(["bond", "self"]), version=st.integers(1, 3), behind=st.integers(0, 3))
    def save(self, fold: str, version: int, behind: int) -> None:
        upto = max(0, len(self.model) - behind)
        snapshot = Snapshot(fold, version, upto, f"state {upto}")
        self.run(self.journal.save_snapshot(snapshot))
        if all(moment.kind != "Forgot" for _, moment in self.model[upto:]):
            self.saved[fold] = snapshot

    @rule(
        after=st.integers(0, 30),
        limit=st.none() | st.integers(0, 5),
        kinds=st.sampled_from([(), ("Heard",), ("Said", "Forgotten"), ("Forgot",)]),
        newest_first=st.booleans(),
    )
    def read(self, after: int, limit: int | None, kinds: tuple[str, ...], newest_first: bool) -> None:
        found = self.run(self.journal.read(after=after, limit=limit, kinds=kinds, newest_first=newest_first))
        expected = [e for e in self.entries() if e.id > after and (not kinds or e.moment.kind in kinds)]
        assert found == (expected[::-1] if newest_first else expected)[:limit]

    @rule(ids=some_ids)
    def get(self, ids: list[int]) -> None:
        assert self.run(self.journal.get(ids)) == [e for e in self.entries() if e.id in ids]

    @precondition(lambda self: self.model)
    @rule()
    def restart(self) -> None:
        self.run(self.journal.aclose())
        self.journal = self.again()
        assert self.run(self.journal.read()) == self.entries()

    @invariant()
    def agrees(self) -> None:
        assert self.run(self.journal.count()) == len(self.model)
        assert self.run(self.journal.last()) == (self.entries()[-1] if self.model else None)
        for fold in ("bond", "self"):
            assert self.run(self.journal.load_snapshot(fold)) == self.saved.get(fold)

    def entries(self) -> list[Entry]:
        return [Entry(MomentId(i), at, moment) for i, (at, moment) in enumerate(self.model, start=1)]

    def teardown(self) -> None:
        self.run(self.journal.aclose())
        self.loop.close()


class MemoryMachine(JournalMachine):
    journal: MemoryJournal

    def first(self) -> Journal:
        return MemoryJournal()

    def again(self) -> Journal:
        return self.journal.reopen()


class SqlcipherMachine(JournalMachine):
    journal: SqlcipherJournal

    def first(self) -> Journal:
        self.folder = Path(tempfile.mkdtemp())
        return open_sqlcipher(self.folder)

    def again(self) -> Journal:
        return open_sqlcipher(self.folder)

    def teardown(self) -> None:
        found = self.run(self.journal.check())
        super().teardown()
        shutil.rmtree(self.folder)
        assert found == []


class TestMemoryMachine(MemoryMachine.TestCase):
    """Whatever is called in whatever order, the journal in memory agrees with a plain list."""

    settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


class TestSqlcipherMachine(SqlcipherMachine.TestCase):
    """Whatever is called in whatever order, with restarts, the encrypted journal agrees with a plain list."""

    settings = settings(
        max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
