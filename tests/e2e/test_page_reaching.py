"""What she comes with by herself, in a real browser: seen once, marked as hers, still there when the page comes back."""

from __future__ import annotations

import pytest

from someone.testing.brains import ScriptedBrain
from someone.testing.clock import FakeClock
from someone.testing.page import served, wake
from tests.e2e.test_page import CHROMIUM, _plain_key, becomes, browser, home, opened, transcript_has, write  # noqa: F401

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")


async def test_the_page_that_opens_after_it_was_due_shows_the_question_once(home, monkeypatch):  # noqa: F811
    """One line, marked in her own words, large as a caption too; a reload shows it again in its place, once."""
    monkeypatch.setenv("SOMEONE_REACH_OUT", "on")
    clock = FakeClock()
    await wake(home)
    async with served(home, brain=ScriptedBrain("Good luck with it."), clock=clock) as page, browser() as context:
        tab = await opened(context, page)
        await write(tab, "I have an interview on Friday")
        await transcript_has(tab, "Good luck with it.")
        clock.move(days=3)
        for _ in range(2):
            await tab.reload()
            line = tab.locator("#transcript .unasked", has_text="How did the interview go?")
            await line.locator("small", has_text="I came with this myself.").wait_for()
            await becomes(tab, "document.querySelectorAll('#transcript .unasked').length === 1")
        assert tab.faults == []
