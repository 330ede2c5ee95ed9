"""Takes the pictures of docs/pictures: ``python -m tests.e2e.pictures`` (needs Chromium at /usr/bin/chromium).

A scripted brain and a humming voice stand in, so that the pictures are the same every time; the page is the real one,
and the drawer shows a turn of the real voice and the embedded brain.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

os.environ |= {"SOMEONE_KEY": "file", "SOMEONE_EMBEDDER": "none"}
from someone.testing.brains import ScriptedBrain
from someone.testing.page import served, wake
from tests.e2e.a_life import live
from tests.e2e.test_page import becomes, browser, burst, opened, spoken, transcript_has, write

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
DARK = {"device_scale_factor": 2, "color_scheme": "dark"}
SAID = "I got the job at the harbour. I start in spring."
REPLIES = [
    "That is wonderful news. Who did you tell first?",
    "Mara will have laughed and cried at once. I'm glad she was the first to know. Will you see the water from there?",
]


async def first_run(folder: Path) -> None:
    """The notice, a question, and the naming."""
    async with served(folder) as page, browser(viewport=WIDE) as context:
        tab = await opened(context, page)
        await tab.locator("#notice p").first.wait_for()
        usual = (
            "document.querySelectorAll('#notice p').forEach((p) => p.textContent = p.textContent.replace('%s', '%s'))"
        )
        await tab.evaluate(usual % (folder, "~/.local/share/someone"))
        await take(tab, "first-run-notice")
        await tab.click("text=I am 18 or older")
        await tab.fill("#call-me", "Theo")
        await tab.keyboard.press("Enter")
        await take(tab, "first-run-question")
        await tab.click("fieldset:not([hidden]) .firm")
        await tab.fill("#about", "My sister Mara. She is a nurse, and she laughs at everything.")
        await tab.keyboard.press("Enter")
        await tab.locator("#naming").wait_for()
        await take(tab, "first-run-naming")


async def talking(folder: Path, name: str, speech: Path, **options: object) -> None:
    """Resting, listening and speaking."""
    await wake(folder)
    brain = ScriptedBrain(REPLIES)
    async with served(folder, brain=brain, script=[SAID], pace=1.2) as page, browser(speech, **options) as context:
        tab = await opened(context, page)
        await tab.locator("#talk").wait_for()
        await take(tab, f"{name}-resting")
        await tab.click("#begin")
        await becomes(tab, "someone.talk.state === 'hearing'")
        await take(tab, f"{name}-listening")
        await transcript_has(tab, "Who did you tell first?")
        await becomes(tab, "!someone.talk.voice.playing")
        await write(tab, "Mara, of course.")
        await becomes(tab, "someone.talk.state === 'speaking' && someone.talk.voice.level > 0")
        await transcript_has(tab, "glad she was the first")
        await take(tab, f"{name}-speaking", after_ms=500)


async def timings(folder: Path) -> None:
    """The drawer after a spoken turn of the real voice and the embedded brain: the figures are of the machine that ran it."""
    from someone.bootstrap import build_brain
    from someone.bootstrap_voice import VoiceParts
    from someone.settings import load

    await wake(folder)
    parts = VoiceParts(load())
    await parts.warm()
    speech = await spoken(parts, folder / "speech.wav", "Hello. I went for a long walk along the river today.")

    async def session(house, sender):
        return parts.session(house, send=sender)

    brain = build_brain(load(), "embedded")
    await brain.warm()
    async with served(folder, brain=brain, new_session=session) as page, browser(speech, viewport=WIDE) as context:
        tab = await opened(context, page)
        await becomes(tab, "someone.talk.state === 'resting'")
        await tab.click("#begin")
        await becomes(tab, "document.querySelector('#timings-says').textContent.includes('last word')")
        await tab.click("#show-timings")
        await take(tab, "timings")
    await parts.aclose()


TOLD = (
    "My sister Mara lives in Oslo.",
    "Mara's birthday is on 3 May.",
    "I work at the harbour.",
    "My brother Jonas is a carpenter.",
    "My friend Priya moved to Lisbon last spring.",
    "My boss Mr. Adler never says good morning.",
    "My grandmother Ines taught me to bake.",
    "I play the cello.",
)


async def known(folder: Path, name: str, **options: object) -> None:
    """The drawer "what I know about you": lines with what they stand on, people, days."""
    await wake(folder)
    async with served(folder, brain=ScriptedBrain(["I see."])) as page, browser(**options) as context:
        tab = await opened(context, page)
        for i, line in enumerate(TOLD):
            await write(tab, line)
            await becomes(tab, f"document.querySelectorAll('#transcript .her').length > {i}")
        await tab.click("#show-memory")
        await tab.locator("#memory-lines > li", has_text="Oslo").locator("text=What this stands on").click()
        await take(tab, f"{name}-known")
        await tab.click("#tab-people")
        await take(tab, f"{name}-people")
        await tab.click("#tab-days")
        await tab.locator("#memory-calendar button.day").first.click()
        await take(tab, f"{name}-days")


async def becoming(folder: Path, name: str, wanted: tuple[str, ...], **options: object) -> None:
    """The view "becoming" after sixty days; of the morning's card, over time, a day, a change, who she is and the nights,
    the pictures that are wanted.
    """
    await wake(folder)
    await live(folder, days=60)
    async with served(folder) as page, browser(**options) as context:
        tab = await opened(context, page)

        async def taken(what: str) -> None:
            if what in wanted:
                await take(tab, f"{name}-{what}")

        await tab.locator("#morning").wait_for()
        await taken("morning")
        await tab.click("#morning-close")
        await tab.click("#show-becoming")
        await tab.locator("#timeline .mood").wait_for()
        await taken("time")
        await tab.locator("#timeline .moved").nth(3).click()
        await tab.locator("#detail .evidence li").first.wait_for()
        await taken("day")
        await tab.locator("#timeline .bar", has=tab.locator(".turn")).first.click()
        await tab.locator("#detail s").wait_for()
        await taken("change")
        for view in ("self", "nights"):
            await tab.click(f"#tab-{view}")
            await taken(view)


async def refused(folder: Path) -> None:
    """No microphone."""
    await wake(folder)
    init = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    async with served(folder) as page, browser(viewport=PHONE, device_scale_factor=2) as context:
        tab = await opened(context, page, init=init)
        await tab.click("#begin")
        await take(tab, "phone-no-microphone")


async def take(tab, name: str, after_ms: int = 1400) -> None:
    await tab.wait_for_timeout(after_ms)  # things settle
    await tab.screenshot(path=PICTURES / f"{name}.jpg", type="jpeg", quality=88)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        speech = burst(root / "speech.wav", seconds=2.5)
        await first_run(root / "a")
        await talking(root / "b", "light", speech, viewport=WIDE)
        await talking(root / "c", "dark", speech, viewport=WIDE, color_scheme="dark")
        await talking(root / "d", "phone", speech, viewport=PHONE, device_scale_factor=2)
        await refused(root / "e")
        await known(root / "g", "memory", viewport=WIDE)
        await known(root / "h", "memory-phone", viewport=PHONE, device_scale_factor=2, color_scheme="dark")
        await becoming(root / "i", "becoming", ("time", "day", "self"), viewport={"width": 1280, "height": 800})
        small = {"width": 360, "height": 740}
        await becoming(root / "j", "becoming-phone", ("morning", "time", "change", "nights"), viewport=small, **DARK)
        await timings(root / "f")


if __name__ == "__main__":
    asyncio.run(main())
