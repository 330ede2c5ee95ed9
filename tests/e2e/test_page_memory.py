"""The drawer "what I know about you" in a real browser: seen, searched, explained, corrected, forgotten; people and days."""

from __future__ import annotations

import pytest

from someone.testing.brains import ScriptedBrain
from someone.testing.page import served, wake
from tests.e2e.test_page import CHROMIUM, _plain_key, becomes, browser, home, opened, transcript_has, write  # noqa: F401

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

TOLD = (
    "My sister Mara lives in Oslo.",
    "My brother Theo Lindqvist is a carpenter.",
    "I work at the harbour.",
)


REPLIES = ("I see.", "That is good to know.", "How do you like it there?")


async def told(tab):
    for line, reply in zip(TOLD, REPLIES, strict=True):
        await write(tab, line)
        await transcript_has(tab, reply)


def brain():
    return ScriptedBrain(list(REPLIES))


async def test_what_she_knows_is_seen_explained_corrected_and_forgotten(home):  # noqa: F811
    """Each line shows the words it stands on; a correction takes its place; forgetting asks once and then it is gone."""
    await wake(home)
    async with served(home, brain=brain()) as page, browser() as context:
        tab = await opened(context, page)
        await told(tab)
        await tab.click("#show-memory")
        line = tab.locator("#memory-lines > li", has_text="Oslo")
        await line.locator("text=What this stands on").click()
        await line.locator(".evidence li", has_text="My sister Mara lives in Oslo.").wait_for()

        await tab.fill("#memory-search", "harbour")
        await becomes(tab, "document.querySelectorAll('#memory-lines > li').length === 1")
        work = tab.locator("#memory-lines > li").first
        await work.locator("text=Correct").click()
        await work.locator("textarea").fill("I work at the lighthouse.")
        await work.locator("text=Keep this").click()
        await tab.fill("#memory-search", "lighthouse")
        await tab.locator("#memory-lines > li:not(.past)", has_text="lighthouse").wait_for()

        await tab.fill("#memory-search", "Oslo")
        line = tab.locator("#memory-lines > li", has_text="Oslo")
        await line.locator("text=Forget").click()
        await tab.locator("text=Really forget?").click()
        await tab.locator("#memory-lines .none", has_text="I hold nothing on that.").wait_for()
        assert tab.faults == []


async def test_people_are_a_map_and_days_a_calendar(home):  # noqa: F811
    """A person on the map opens what is known of them, by keyboard too; a day of the calendar says what mattered in it."""
    await wake(home)
    async with served(home, brain=brain()) as page, browser() as context:
        tab = await opened(context, page)
        await told(tab)
        await tab.click("#show-memory")
        await tab.click("#tab-people")
        mara = tab.locator("#memory-map .person", has_text="Mara")
        await mara.wait_for()
        await mara.focus()
        await tab.keyboard.press("Enter")
        await tab.locator("#memory-lines > li", has_text="Oslo").wait_for()
        await becomes(tab, "!document.querySelector('#memory-lines').innerText.includes('harbour')")

        await tab.locator("#tab-known").focus()
        await tab.keyboard.press("ArrowLeft")
        await tab.locator("#memory-calendar button.day").first.click()
        await tab.locator("#memory-day li", has_text="I work at the harbour.").wait_for()
        await tab.keyboard.press("Escape")
        assert not await tab.evaluate("document.querySelector('#memory').open")
        assert tab.faults == []
