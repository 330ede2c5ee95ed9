"""What every memory keeps to: the index over SQLCipher (with and without an embedder) and the fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from someone.journal.sqlcipher import SqlcipherJournal
from someone.memory import schema
from someone.memory.index import IndexedMemory
from someone.mind.moments import BondId, Brought, Entry, Felt, Forgotten, Heard, Met, Moment, MomentId, Said
from someone.mind.recall import Query
from someone.testing.lane import PlainLane
from someone.testing.memory import FakeEmbedder, FakeMemory

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOND = BondId("theo")


class World:
    """A journal of sorts and a memory over it, alike for all kinds of memory."""

    def __init__(self, memory: Any, lane: PlainLane | SqlcipherJournal | None) -> None:
        self.memory, self.lane = memory, lane
        self.entries: list[Entry] = []

    async def read(self, **_: Any) -> list[Entry]:
        return self.entries

    async def append(self, moment: Moment, minutes: int = 0) -> Entry:
        at = START + timedelta(minutes=minutes or len(self.entries))
        if self.lane is not None:
            entry = await self.lane.append(moment, at)
        else:
            entry = Entry(MomentId(len(self.entries) + 1), at, moment)
        self.entries.append(entry)
        return entry

    async def live(self, moment: Moment, minutes: int = 0) -> Entry:
        entry = await self.append(moment, minutes)
        await self.memory.index(entry)
        return entry

    async def forget(self, *ids: int) -> None:
        if self.lane is not None:
            await self.lane.forget(list(ids), START)
        self.entries = [Entry(e.id, e.at, Forgotten(was=e.moment.kind)) if e.id in ids else e for e in self.entries]

    async def ask(self, text: str, **more: Any) -> list[str]:
        hits = await self.memory.recall(Query(text, START + timedelta(days=1), **more))
        return [hit.text for hit in hits]


@pytest.fixture(params=["fake", "words", "vectors", "journal"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "fake":
        world = World(None, None)
        world.memory = FakeMemory(BOND, world)  # type: ignore[arg-type]
        yield world
        return
    if request.param == "journal":
        lane = SqlcipherJournal.open(tmp_path / "bond.db", bytes(range(32)), identity="home/theo")
    else:
        lane = PlainLane(tmp_path / "bond.db")
    memory = IndexedMemory(lane, BOND, None if request.param == "words" else FakeEmbedder())
    await memory.prepare()
    yield World(memory, lane)
    await lane.aclose()


async def test_what_was_brought_is_found_as_its_own(world: World) -> None:
    """By its words and its author's name, with its own date, author and source; a future date counts as today's; the
    person's own is the person's. Many are indexed at once.
    """
    said = datetime(2019, 5, 4, 8, tzinfo=UTC)
    far = datetime(2199, 1, 1, tzinfo=UTC)
    mara = await world.append(Brought(source="mail", author="Mara", text="The boat is Heron.", said_at=said))
    mine = await world.append(Brought(source="notes", author="Theo", mine=True, text="Bought a tent.", said_at=far))
    none = await world.append(Brought(source="calendar", text="Dentist at noon"))
    await world.memory.index_all([mara, mine, none])
    now = START + timedelta(days=1)
    (boat, *_) = await world.memory.recall(Query("What did Mara say of the boat?", now))
    (tent, *_) = await world.memory.recall(Query("the tent", now))
    (dentist, *_) = await world.memory.recall(Query("the dentist", now))
    assert (boat.speaker, boat.source, boat.at, boat.text) == ("Mara", "mail", said, "Mara: The boat is Heron.")
    assert (tent.speaker, tent.source, tent.at) == ("person", "notes", mine.at)
    assert (dentist.speaker, dentist.at, dentist.text) == ("", none.at, "Dentist at noon")
    await world.forget(mara.id)
    assert not any("Heron" in text for text in await world.ask("What did Mara say of the boat?"))


async def test_an_empty_store_finds_nothing(world: World) -> None:
    """Before anything was said, recall gives an empty list and nothing is left to index."""
    assert await world.ask("what's my sister called?") == []
    assert await world.memory.catch_up() == 0


async def test_words_are_found_at_once(world: World) -> None:
    """A moment is findable when index() returns, by another form of its word, with its time, speaker and bond."""
    await world.live(Heard(text="It rained all day."))
    entry = await world.live(Heard(text="My sister Mara lives in Oslo."))
    hit = (await world.memory.recall(Query("sisters", START + timedelta(days=1))))[0]
    assert (hit.id, hit.text, hit.at, hit.speaker, hit.bond) == (
        entry.id, "My sister Mara lives in Oslo.", entry.at, "person", BOND
    )  # fmt: skip
    assert hit.cover == pytest.approx(1.0)


async def test_listening_ahead_changes_nothing_that_is_found(world: World) -> None:
    """Whatever was announced, the same question finds the same, also another one, twice, and of nothing."""
    await world.live(Heard(text="My sister Mara plays the cello in Oslo."))
    await world.live(Heard(text="The boiler broke in January."))
    await world.memory.catch_up()
    plain = [await world.ask(asked) for asked in ("cello Oslo", "boiler January")]
    world.memory.listen("cello Oslo")
    assert [await world.ask(asked) for asked in ("cello Oslo", "boiler January")] == plain
    world.memory.listen("boiler January")
    world.memory.listen("  ")
    assert [await world.ask(asked) for asked in ("cello Oslo", "boiler January")] == plain


async def test_all_kinds_that_hold_words(world: World) -> None:
    """Heard, Said and what was told at the meeting are found; a feeling is passed over."""
    await world.live(Met(called="Theo", about="Grandpa Anselm builds violins"))
    await world.live(Said(text="Violins take patience, I have read."))
    await world.live(Felt(feeling="glad about violins", cause=()))
    hits = await world.memory.recall(Query("violins", START + timedelta(days=1)))
    assert sorted((h.speaker, h.text) for h in hits) == [
        ("her", "Violins take patience, I have read."),
        ("person", "Grandpa Anselm builds violins"),
    ]


async def test_indexing_twice_is_indexing_once(world: World) -> None:
    """index() is idempotent: the moment is found once, and forgetting it once is enough."""
    entry = await world.live(Heard(text="The zeppelin landed."))
    await world.memory.index(entry)
    assert await world.ask("zeppelin") == ["The zeppelin landed."]
    await world.forget(entry.id)
    assert await world.ask("zeppelin") == []


async def test_catch_up_indexes_what_was_missed(world: World) -> None:
    """Moments appended without index() are found after catch_up, which keeps to its limit and says what is left."""
    for i in range(5):
        await world.append(Heard(text=f"The lighthouse blinked {i} times"))
    assert await world.memory.catch_up(limit=2) > 0
    assert len(await world.ask("lighthouse")) == 2
    assert await world.memory.catch_up() == 0
    assert len(await world.ask("lighthouse")) == 5


async def test_limit_and_before(world: World) -> None:
    """At most ``limit`` hits; the moment ``before`` and later ones are left out."""
    entries = [await world.live(Heard(text=f"Marmalade number {i}")) for i in range(6)]
    assert len(await world.ask("marmalade", limit=3)) == 3
    assert await world.ask("marmalade", limit=0) == []
    assert sorted(await world.ask("marmalade", before=entries[2].id)) == ["Marmalade number 0", "Marmalade number 1"]


async def test_the_person_counts_more_than_she(world: World) -> None:
    """The same words said by both: the person's stand first."""
    await world.live(Said(text="The ferry leaves at nine."), 1)
    await world.live(Heard(text="The ferry leaves at nine."), 500)
    hits = await world.memory.recall(Query("when does the ferry leave", START + timedelta(days=1)))
    assert [h.speaker for h in hits] == ["person", "her"]


async def test_a_forgotten_moment_is_never_recalled(world: World) -> None:
    """After forgetting, neither its words nor its meaning bring it back, and its neighbours are still found."""
    await world.live(Heard(text="Quokkas are cheerful."), 1)
    secret = await world.live(Heard(text="I stole the quokka."), 2)
    await world.memory.catch_up()
    assert "I stole the quokka." in await world.ask("stole quokka")
    await world.forget(secret.id)
    assert await world.ask("stole quokka") == ["Quokkas are cheerful."]
    assert await world.memory.catch_up() == 0
    assert await world.ask("stole quokka") == ["Quokkas are cheerful."]


AWKWARD = [
    "", " ", "\0", "😀😀", '"', "'; DROP TABLE moments; --", "NEAR(a b)", "text:sister*", "AND OR NOT", "(", '""""',
    "שלום אחותי", "أختي", "\u202eretsis", "sister\0brother", "x" * 1_000_000, "sister " * 150_000, "a.b-c_d^e",
]  # fmt: skip


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
async def test_any_text_can_be_asked_and_kept(world: World, text: str) -> None:
    """Empty, emoji, a megabyte, NUL, right to left, quotes, FTS operators: all give a list, kept or asked."""
    await world.live(Heard(text="My sister Mara lives in Oslo."))
    entry = await world.live(Heard(text=text))
    await world.memory.catch_up()
    assert isinstance(await world.ask(text), list)
    await world.forget(entry.id)
    assert text not in await world.ask(text)
    assert await world.ask("sister") == ["My sister Mara lives in Oslo."]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
async def test_property_any_text_gives_a_list(world: World, text: str) -> None:
    """Whatever is asked, recall answers with hits of this bond, none twice."""
    if not world.entries:
        await world.live(Heard(text="My sister Mara lives in Oslo."))
    hits = await world.memory.recall(Query(text, START + timedelta(days=1)))
    assert len({h.id for h in hits}) == len(hits) <= 1


# What only the index over SQLCipher promises.


@pytest.fixture(params=["plain", "journal"])
async def lane(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Any]:
    if request.param == "plain":
        lane: Any = PlainLane(tmp_path / "bond.db")
    else:
        lane = SqlcipherJournal.open(tmp_path / "bond.db", bytes(range(32)), identity="home/theo")
    yield lane
    await lane.aclose()


def _dump(connection: Any) -> bytes:
    """All that any table holds, shadow tables included, as bytes in a row."""
    names = [r[0] for r in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    out = b""
    for name in names:
        if name == "memory_words":  # virtual and contentless: its shadow tables hold what there is
            continue
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
            out += b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    return out


async def test_no_table_holds_a_forgotten_word(lane: Any) -> None:
    """The word is in the full-text segments before, and in no table at all after, however segments were merged."""
    memory = IndexedMemory(lane, BOND, FakeEmbedder())
    await memory.prepare()
    for i in range(100):
        await memory.index(await lane.append(Heard(text=f"An ordinary day, number {i}"), START))
    entry = await lane.append(Heard(text="The Xylophage ate xylophages"), START)
    await memory.index(entry)
    for i in range(100):
        await memory.index(await lane.append(Heard(text=f"Another ordinary day, number {i}"), START))
    await memory.catch_up()
    assert b"ylophag" in (await lane.query(_dump)).replace(b"Xylophage ate", b"")
    vectors = "SELECT count(*) FROM memory_vectors WHERE id = ?"
    assert await lane.query(lambda c: c.exec_driver_sql(vectors, (entry.id,)).scalar()) == 1
    await lane.forget([entry.id], START)
    assert b"ylophag" not in (await lane.query(_dump)).lower()
    assert await lane.query(lambda c: c.exec_driver_sql(vectors, (entry.id,)).scalar()) == 0
    await lane.write(lambda c: c.exec_driver_sql("INSERT INTO memory_words(memory_words) VALUES('integrity-check')"))


async def test_a_forgotten_vector_leaves_the_cache_and_is_not_written_late(lane: Any) -> None:
    """A moment forgotten while its vector was being made gets none, and none stays in memory."""

    class Slow(FakeEmbedder):
        def __init__(self) -> None:
            super().__init__()
            self.during: list[int] = []

        def passages(self, texts: Any) -> Any:
            if self.during:
                lane_forget(self.during.pop())
            return super().passages(texts)

    loop = asyncio.get_running_loop()

    def lane_forget(moment: int) -> None:
        asyncio.run_coroutine_threadsafe(lane.forget([moment], START), loop).result()

    embedder = Slow()
    memory = IndexedMemory(lane, BOND, embedder)
    await memory.prepare()
    first = await lane.append(Heard(text="Stay"), START)
    second = await lane.append(Heard(text="Vanish"), START)
    embedder.during.append(second.id)
    assert await memory.catch_up() == 0
    rows = await lane.query(lambda c: [r[0] for r in c.exec_driver_sql("SELECT id FROM memory_vectors")])
    assert rows == [first.id]


async def test_another_version_rebuilds_and_another_embedder_embeds_anew(lane: Any) -> None:
    """Words answer while vectors are made anew; a changed version drops all: the newest words come back at once."""
    memory = IndexedMemory(lane, BOND, FakeEmbedder())
    await memory.prepare()
    await memory.index(await lane.append(Heard(text="My sister Mara lives in Oslo."), START))
    assert await memory.catch_up() == 0
    other = FakeEmbedder(dim=32)
    other.name = "fake/other"
    memory = IndexedMemory(lane, BOND, other)
    await memory.prepare()
    query = Query("sister", START)
    assert [(h.text, h.cosine) for h in await memory.recall(query)] == [("My sister Mara lives in Oslo.", None)]
    assert await memory.catch_up() == 0
    assert (await memory.recall(query))[0].cosine is not None
    await lane.write(lambda c: c.exec_driver_sql("UPDATE memory_meta SET value = 'old' WHERE name = 'version'"))
    memory = IndexedMemory(lane, BOND, other)
    await memory.prepare()
    assert [h.cosine for h in await memory.recall(query)] == [None]  # the newest by their words; vectors are gone
    assert await memory.catch_up() == 0
    assert (await memory.recall(query))[0].cosine is not None


async def test_vectors_find_what_words_do_not_and_survive_the_many(lane: Any) -> None:
    """Beyond the size where all vectors are compared, the nearest by sign bits are still found, forgotten ones not."""
    memory = IndexedMemory(lane, BOND, FakeEmbedder(), exact=50)
    await memory.prepare()
    entries = [await lane.append(Heard(text=f"w{i % 7} v{i} u{i}"), START + timedelta(hours=2 * i)) for i in range(120)]
    await memory.catch_up()
    hit = (await memory.recall(Query("v77 u77", START + timedelta(days=20))))[0]
    assert hit.id == entries[77].id
    assert hit.cosine is not None
    assert hit.cosine > 0.7
    await lane.forget([entries[77].id], START)
    assert entries[77].id not in [h.id for h in await memory.recall(Query("v77 u77", START + timedelta(days=20)))]
    entry = await lane.append(Heard(text="v500 u500"), START + timedelta(days=30))
    await memory.catch_up()
    assert (await memory.recall(Query("v500 u500", START + timedelta(days=31))))[0].id == entry.id


async def test_what_was_said_last_is_findable_from_the_start(lane: Any) -> None:
    """Kept by a process that ended before it indexed anything: found by its words as soon as the next is prepared."""
    entry = await lane.append(Met(called="Ana", about="My brother Leo plays drums."), START)
    memory = IndexedMemory(lane, BOND)
    await memory.prepare()
    assert [h.id for h in await memory.recall(Query("who plays drums?", START))] == [entry.id]


async def test_forgetting_rolls_back_as_one(tmp_path: Path) -> None:
    """The index loses a moment in the journal's own transaction: when that is undone, it is findable as before."""
    lane = PlainLane(tmp_path / "bond.db")
    memory = IndexedMemory(lane, BOND)
    await memory.prepare()
    entry = await lane.append(Heard(text="The zeppelin landed."), START)
    await memory.index(entry)

    def undone(connection: Any) -> None:
        connection.exec_driver_sql("UPDATE moments SET kind = 'Forgotten', body = '{}' WHERE id = ?", (entry.id,))
        raise LookupError

    with pytest.raises(LookupError):
        await lane.write(undone)
    assert [h.id for h in await memory.recall(Query("zeppelin", START))] == [entry.id]
    await lane.aclose()


def test_the_schema_knows_all_kinds_that_hold_words() -> None:
    """The fake's idea of which kinds hold words, and the schema's, are the same."""
    assert set(schema.KINDS) == {"Heard", "Said", "Met", "Brought"}
