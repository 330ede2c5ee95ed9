"""Reaching out from the person's words to where they see it: kept first, shown once, answered, forgotten."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from someone import bootstrap, settings
from someone.errors import DiskFull, SomeoneError
from someone.mind.moments import Heard, LoopClosed, Reached
from someone.owner import at_home
from someone.parts import Text
from someone.testing.brains import ScriptedBrain, WorstCaseBrain
from someone.testing.clock import FakeClock
from someone.testing.notifier import FakeNotifier
from someone.testing.page import served, wake
from tests.flow.test_web import let_in, line, say, until


@pytest.fixture(autouse=True)
def _plain_home(monkeypatch, tmp_path):
    """A home of its own with its key in a file, and reaching out turned on."""
    monkeypatch.setenv("SOMEONE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SOMEONE_KEY", "file")
    monkeypatch.setenv("SOMEONE_EMBEDDER", "none")
    monkeypatch.setenv("SOMEONE_REACH_OUT", "on")
    monkeypatch.delenv("SOMEONE_PASSPHRASE", raising=False)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home"


@asynccontextmanager
async def opened(folder, clock, *, brain=None, notifier=None):
    """The home, awake since the clock's time."""
    if not bootstrap.is_awake(folder):
        await wake(folder)
    home = await bootstrap.open_home(
        folder, settings.load(), clock=clock, brain=brain or ScriptedBrain(), notifier=notifier or FakeNotifier()
    )
    try:
        yield home
    finally:
        await home.aclose()


async def said(home, text):
    """One turn; the reply."""
    async with aclosing(home.turn(text, "terminal")) as stream:
        return "".join([p.text async for p in stream if isinstance(p, Text)])


async def kept(home, kind: type = Reached):
    return [e for e in await home.talk.ledger.journal.read() if isinstance(e.moment, kind)]


async def test_what_was_due_waits_at_the_terminal_and_is_answered_in_its_context(folder):
    """On Saturday the question stands before the prompt; the answer's prompt holds it; the second start shows nothing."""
    clock, brain = FakeClock(), ScriptedBrain("I'm glad it went well.")
    async with opened(folder, clock, brain=brain) as home:
        await said(home, "I have an interview on Friday")
        assert [lp.about for lp in await home.loops()] == ["the interview"]
        clock.move(days=3)
        assert [w.text for w in await home.waiting("terminal")] == ["How did the interview go?"]
        assert [w.text for w in await home.waiting("page")] == ["How did the interview go?"]
        assert len(await kept(home)) == 1
        assert await home.loops() == []
        why = await home.why("interview go")
        assert [m.text for m in why.stood_on] == ["I have an interview on Friday"]
        assert "myself" in why.how
        await said(home, "better than I thought, honestly")
        assert ("assistant", "How did the interview go?") in [(x.role, x.text) for x in brain.prompts[-1].lines]
        assert await home.waiting("terminal") == []
        assert [r.waits for r in await home.reached(5)] == [False]
        assert (await home.replay())[1].same


async def test_a_greeting_is_answered_with_the_question_on_the_worst_brain(folder, monkeypatch):
    """In a talk it needs no opt-in and no model; it comes once, and "why" names what it stands on."""
    monkeypatch.setenv("SOMEONE_REACH_OUT", "off")
    clock = FakeClock()
    async with opened(folder, clock, brain=WorstCaseBrain()) as home:
        await said(home, "I have an interview on Friday")
        clock.move(days=3)
        assert await home.waiting("terminal") == []
        assert await said(home, "hi") == "Hi, Theo. How did the interview go?"
        assert [m.text for m in (await home.why("")).stood_on] == ["I have an interview on Friday", "hi"]
        clock.move(days=1)
        assert "interview" not in await said(home, "hi")


async def test_asked_to_leave_it_she_does(folder):
    """ "Don't ask me about the interview" is answered by rule and closes the loop."""
    clock = FakeClock()
    async with opened(folder, clock, brain=WorstCaseBrain()) as home:
        await said(home, "I have an interview on Friday")
        assert await said(home, "please don't ask me about the interview") == "All right. I won't ask about it."
        assert await home.loops() == []
        clock.move(days=3)
        assert await home.waiting("page") == []


async def test_the_desktop_is_told_without_content_unless_the_person_wants_it(folder, monkeypatch):
    """The lock screen shows that there is a question and not which; with the setting it shows the words. Once."""
    for words, shown in (("hidden", "has a question for you."), ("shown", "How did the interview go?")):
        monkeypatch.setenv("SOMEONE_REACH_WORDS", words)
        clock, desktop = FakeClock(), FakeNotifier()
        async with opened(folder / words, clock, notifier=desktop) as home:
            await said(home, "I have an interview on Friday")
            assert not await home.reaching.look()
            clock.move(days=3)
            assert await home.reaching.look()
            assert not await home.reaching.look()
        [(title, text)] = desktop.shown
        assert title
        assert text.endswith(shown)
        assert words == "shown" or "interview" not in text


async def test_no_desktop_keeps_nothing_and_leaves_it_to_the_page(folder):
    """Where no notification can be shown the owner's look keeps nothing; the page gets it when it opens."""
    clock = FakeClock()
    async with opened(folder, clock, notifier=FakeNotifier(there=False)) as home:
        await said(home, "I have an interview on Friday")
        clock.move(days=3)
        assert not await home.reaching.look()
        assert await kept(home) == []
        assert len(await home.waiting("page")) == 1


async def test_turned_off_at_a_channel_nothing_comes_there(folder, monkeypatch):
    """A door that the person did not name gets nothing, not even what waits elsewhere."""
    monkeypatch.setenv("SOMEONE_REACH_CHANNELS", "page")
    clock, desktop = FakeClock(), FakeNotifier()
    async with opened(folder, clock, notifier=desktop) as home:
        await said(home, "I have an interview on Friday")
        clock.move(days=3)
        assert not await home.reaching.look()
        assert await home.waiting("terminal") == []
        assert len(await home.waiting("page")) == 1
        assert await home.waiting("terminal") == []
    assert desktop.shown == []


async def test_two_doors_at_once_keep_one(folder):
    """Page, terminal and owner look in the same instant: one moment, seen by both doors."""
    clock = FakeClock()
    async with opened(folder, clock) as home:
        await said(home, "I have an interview on Friday")
        clock.move(days=3)
        page, terminal, _ = await asyncio.gather(home.waiting("page"), home.waiting("terminal"), home.reaching.look())
        assert page[0].id == terminal[0].id
        assert len(await kept(home)) == 1


async def test_what_is_forgotten_is_not_asked_about_and_its_question_goes_with_it(folder):
    """Forgetting the words closes the loop; forgetting them later empties the question that was asked, too."""
    clock = FakeClock()
    async with opened(folder, clock) as home:
        await said(home, "I have an interview on Friday")
        await said(home, "my results come on Saturday")
        ids = [e.id for e in await kept(home, Heard)]
        await home.forget([ids[1]])
        clock.move(days=3)
        assert [w.text for w in await home.waiting("page")] == ["How did the interview go?"]
        await home.forget([ids[0]])
        assert await home.waiting("page") == []
        assert await home.reached(5) == []
        clock.move(days=3)
        await said(home, "I had soup")
        clock.move(days=1)
        assert await home.waiting("page") == []
        assert (await home.replay())[1].same


async def test_nothing_is_shown_that_could_not_be_kept(folder, monkeypatch):
    """With a full disk the desktop stays silent, and the question comes once there is room."""
    clock, desktop = FakeClock(), FakeNotifier()
    async with opened(folder, clock, notifier=desktop) as home:
        await said(home, "I have an interview on Friday")
        clock.move(days=3)
        journal = home.talk.ledger.journal

        class Full:
            def __getattr__(self, name):
                return getattr(journal, name)

            async def append(self, *_, **__):
                raise DiskFull

        home.talk.ledger.journal = Full()
        with pytest.raises(DiskFull):
            await home.reaching.look()
        assert desktop.shown == []
        home.talk.ledger.journal = journal
        assert await home.reaching.look()
    assert len(desktop.shown) == 1


async def test_letting_go_by_number(folder):
    """`let_go` closes that one; a number that is not open is told in words."""
    clock = FakeClock()
    async with opened(folder, clock) as home:
        await said(home, "I have an interview on Friday")
        [loop] = await home.loops()
        assert (await home.let_go(loop.id)).closed == "let_go"
        assert await home.loops() == []
        assert [e.moment.loop for e in await kept(home, LoopClosed)] == [loop.id]
        with pytest.raises(SomeoneError, match="nothing open with the number"):
            await home.let_go(loop.id)


LIFE = (
    "I have an interview on Friday", "the soup was good", "My sister is called Mara", "Mara's birthday is on 20 March",
    "dentist next Tuesday", "bye", "wish me luck for the exam at 3", "I slept badly", "my results come tomorrow", "hi",
)  # fmt: skip


async def test_a_month_on_the_worst_brain_through_the_whole_home(folder):
    """Thirty days with a page that looks every three hours: the model has no word in it, and the limits hold in the journal."""
    clock = FakeClock()
    async with opened(folder, clock, brain=WorstCaseBrain()) as home:
        for day in range(30):
            await said(home, LIFE[day % len(LIFE)])
            for _ in range(8):
                clock.move(hours=3)
                await home.waiting("page")
        came = await kept(home)
        heard = [e.id for e in await kept(home, Heard)]
    texts = [e.moment.text for e in came]
    assert len({e.moment.evidence for e in came}) == len(came)
    assert {"How did the interview go?", "It's Mara's birthday tomorrow, as you told me."} <= set(texts)
    assert all(t.startswith(("How ", "Have ", "It's Mara's")) for t in texts)
    assert len({e.at.date() for e in came}) == len(came)
    assert all(9 <= e.at.hour < 21 for e in came)
    assert all(any(one.id < i < two.id for i in heard) for one, two in pairwise(came))


async def test_the_same_journal_opened_elsewhere_means_the_days_of_there(folder):
    """Said in Auckland at 9 in the morning of the 4th, "tomorrow" is the 5th there, after a restart, too; quiet hours are
    those of where the clock is.
    """
    auckland = FakeClock(datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Pacific/Auckland")))
    async with opened(folder, auckland) as home:
        await said(home, "I have an exam tomorrow")
    auckland.move(days=1, hours=23)
    async with opened(folder, auckland) as home:
        [loop] = await home.loops()
        assert (loop.due.day, loop.due.hour) == (5, 0)
        assert await home.waiting("page") == []  # eight in the morning
        auckland.move(hours=1)
        assert len(await home.waiting("page")) == 1


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from someone import bootstrap, settings
from someone.testing.brains import ScriptedBrain
from someone.testing.clock import FakeClock

class Killer:
    def available(self): return True
    async def show(self, title, text): os.kill(os.getpid(), signal.SIGKILL)

async def main():
    clock = FakeClock()
    home = await bootstrap.open_home(
        Path(sys.argv[1]), settings.load(), clock=clock, brain=ScriptedBrain(), notifier=Killer()
    )
    async for _ in home.turn("I have an interview on Friday", "terminal"): pass
    clock.move(days=3)
    await home.reaching.look()

asyncio.run(main())
"""


async def test_killed_between_keeping_and_showing_it_waits_for_the_next_start(folder):
    """Kill -9 right before the notification: kept once, shown at the next start, and never kept again."""
    await wake(folder)
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED, str(folder)], env=os.environ, capture_output=True, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
    clock = FakeClock()
    clock.move(days=3, hours=1)
    desktop = FakeNotifier()
    async with opened(folder, clock, notifier=desktop) as home:
        assert not await home.reaching.look()
        assert [w.text for w in await home.waiting("terminal")] == ["How did the interview go?"]
        assert len(await kept(home)) == 1
    assert desktop.shown == []


async def test_another_process_sees_the_same(folder):
    """Loops, what waits, what came and letting go go through the owner's socket unchanged."""
    clock = FakeClock()
    await wake(folder)

    async def build():
        return await bootstrap.open_home(folder, settings.load(), clock=clock, brain=ScriptedBrain())

    async with at_home(folder, build, talks=False) as owner, at_home(folder, build) as away:
        await said(owner, "I have an interview on Friday")
        await said(owner, "My exam is on Monday")
        assert await away.loops() == await owner.loops()
        await away.let_go((await away.loops())[1].id)
        clock.move(days=3)
        assert await away.waiting("page") == await owner.waiting("page") != []
        assert await away.reached(5) == await owner.reached(5) != []


async def test_an_open_page_is_told_once_and_the_journal_has_it(folder):
    """The page that opens after it was due gets one line marked as unasked; one that comes back gets it from the journal."""
    clock = FakeClock()
    await wake(folder)
    async with served(folder, clock=clock) as page, let_in(page) as client:
        async with line(page, client) as socket:
            await say(socket, "I have an interview on Friday")
            await until(socket, "Said")
        clock.move(days=3)
        async with line(page, client) as socket:
            told = (await until(socket, "Unasked"))[-1]
        moments = (await client.get("/api/journal")).json()
    came = [m for m in moments if m["kind"] == "Reached"]
    assert told == {"event": "Unasked", "id": came[0]["id"], "text": "How did the interview go?"}
    assert [(m["who"], m["text"]) for m in came] == [("her", "How did the interview go?")]
