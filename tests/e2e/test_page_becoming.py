"""The view "becoming" in a real browser: a day and what moved her, a self that changed, nights, and a quiet morning card."""

from __future__ import annotations

import pytest

from someone.testing.page import served, wake
from tests.e2e.a_life import live
from tests.e2e.test_page import CHROMIUM, _plain_key, becomes, browser, home, opened  # noqa: F401

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

PHONE = {"width": 360, "height": 740}


async def test_a_day_opens_the_moments_behind_it_by_finger_and_by_keyboard(home):  # noqa: F811
    """A point of the mood shows its day, feelings and the words behind them; the arrows go on to the next day."""
    await wake(home)
    await live(home, days=40)
    async with served(home) as page, browser(viewport=PHONE, has_touch=True) as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.locator("#timeline .moved").nth(2).tap()
        await tab.locator("#detail .evidence li").first.wait_for()
        first = await tab.inner_text("#detail-title")
        assert "I felt" in await tab.inner_text("#detail-body")
        await tab.focus("#timeline .mood")
        await tab.keyboard.press("ArrowRight")
        await becomes(tab, f"document.querySelector('#detail-title').textContent !== {first!r}")
        told = await tab.get_attribute("#timeline .mood", "aria-valuetext")
        assert (await tab.inner_text("#detail-title")) in told
        wide = "document.querySelector('#becoming').scrollWidth <= document.querySelector('#becoming').clientWidth"
        assert await tab.evaluate(wide)
        assert tab.faults == []


async def test_who_she_is_now_and_was_a_month_ago(home):  # noqa: F811
    """A statement on the lanes shows before and after; a month ago the self was another; each stands on moments."""
    await wake(home)
    await live(home, days=60)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.locator("#talk").wait_for()
        await tab.keyboard.press("b")
        await tab.locator("#timeline .bar", has=tab.locator(".turn")).first.focus()
        await tab.keyboard.press("Enter")
        await tab.locator("#detail s", has_text="I am glad when you tell me about Mara.").wait_for()
        await tab.click("#tab-self")
        now = await tab.inner_text("#self-held")
        await tab.click("#self-when button[value=then]")
        then = await tab.inner_text("#self-held")
        assert "I am slower to answer when you are sad." in now
        assert "I am slower to answer when you are sad." not in then
        assert "I want to ask less and listen longer." in then
        await tab.locator("#self-held li", has_text="Mara").locator("text=What this stands on").click()
        await tab.locator("#self-held .evidence li").first.wait_for()
        assert "You took this back" in await tab.inner_text("#self-changes")
        assert tab.faults == []


async def test_a_statement_is_kept_and_another_taken_back(home):  # noqa: F811
    """Keeping one says so by it; taking one back asks once, and then it stands among what changed."""
    await wake(home)
    await live(home, days=30)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.click("#tab-self")
        wish = tab.locator("#self-held li", has_text="I want to know how the new job goes.")
        await wish.locator("text=Keep it so").click()
        await wish.locator("text=Let it change again").wait_for()
        learned = tab.locator("#self-held li", has_text="Sundays")
        await learned.locator("text=Take it back").click()
        await learned.locator("text=Really take it back?").click()
        await tab.locator("#self-changes li", has_text="Sundays").wait_for()
        assert "Sundays" not in await tab.inner_text("#self-held")
        assert "You asked me to keep it so." in await tab.inner_text("#self-held")
        assert tab.faults == []


async def test_a_skill_is_read_and_taken_back(home):  # noqa: F811
    """What she was taught can be read whole, laid aside, and taken back; what it may do is said in words."""
    await wake(home)
    await live(home, days=20)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.click("#tab-skills")
        tea = tab.locator("#skills-list > li", has_text="How your grandmother made tea")
        await tea.locator("text=Read it").click()
        await tea.locator("pre", has_text="Warm the pot first.").wait_for()
        await tea.locator("text=It may look at nothing").wait_for()
        await tea.locator("text=Lay it aside").click()
        await tea.locator("text=Use it again").click()
        await tea.locator("text=Take it back").click()
        await tea.locator("text=Really take it back?").click()
        await tea.locator("text=Taken back.").wait_for()
        assert tab.faults == []


async def test_untold_dreams_are_counted_and_not_shown(home):  # noqa: F811
    """What was told stands there, what was not is one sentence, and the drawing has a table that says the same."""
    await wake(home)
    await live(home, days=60)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.click("text=The same in words")
        await tab.locator("#becoming-table tr", has_text="I felt").first.wait_for()
        await tab.click("#tab-nights")
        assert await tab.locator("#dreams-list li:not(.none)").count() == 4
        assert "There are 3 dreams nobody asked about." in await tab.inner_text("#dreams-list")
        assert tab.faults == []


async def test_the_morning_card_comes_once_a_day_and_goes_at_a_touch(home):  # noqa: F811
    """After a night the first opening says what it did; closed or not, the second opening of the day is quiet."""
    await wake(home)
    await live(home, days=8)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.locator("#morning").wait_for()
        assert "I " in await tab.inner_text("#morning-says")
        await tab.click("#morning-close")
        assert not await tab.locator("#morning").is_visible()
        await tab.reload()
        await tab.locator("#talk").wait_for()
        await becomes(tab, "document.body.dataset.line === 'open'")
        assert not await tab.locator("#morning").is_visible()


async def test_the_first_evening_says_that_there_is_nothing_yet(home):  # noqa: F811
    """No card, no empty drawing: one honest line."""
    await wake(home)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.locator("#becoming-nothing").wait_for()
        assert not await tab.locator("#becoming-some").is_visible()
        assert not await tab.locator("#morning").is_visible()
        assert tab.faults == []


async def test_years_are_drawn_by_the_week(home):  # noqa: F811
    """A long life has room on a phone: weeks take the place of days, and nothing runs over the edge."""
    await wake(home)
    await live(home, days=200)
    async with served(home) as page, browser(viewport=PHONE) as context:
        tab = await opened(context, page)
        await tab.click("#show-becoming")
        await tab.select_option("#becoming-span", label="All of it")
        await becomes(tab, "Number(document.querySelector('#timeline .mood').getAttribute('aria-valuemax')) === 28")
        edge = "Math.max(...[...document.querySelectorAll('#timeline *')].map((e) => e.getBoundingClientRect().right))"
        assert await tab.evaluate(edge) <= PHONE["width"]
        assert tab.faults == []
