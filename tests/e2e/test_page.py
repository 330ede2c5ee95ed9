"""The page in a real browser: spoken to, answered in sound, written to, interrupted, taken over, restarted, refused."""

from __future__ import annotations

import asyncio
import math
import wave
from array import array
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from someone.testing.brains import ScriptedBrain
from someone.testing.page import served, wake

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no Chromium at {CHROMIUM}")

LONG = "This is the first of several long sentences of mine. " * 12
QUIET_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _plain_key(monkeypatch):
    """Homes of these tests keep their key in a file, whatever the machine has."""
    monkeypatch.setenv("SOMEONE_KEY", "file")
    monkeypatch.setenv("SOMEONE_EMBEDDER", "none")
    monkeypatch.delenv("SOMEONE_PASSPHRASE", raising=False)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def burst(path, seconds=1.2, rate=48_000, channels=2):
    """A loud hum between silences, as a stereo file of 48 kHz, for a microphone that is fed from a file."""
    still = [0] * rate
    loud = [int(12_000 * math.sin(2 * math.pi * 220 * i / rate)) for i in range(int(seconds * rate))]
    samples = array("h", (s for one in (*still, *loud, *still, *still) for s in [one] * channels))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


async def spoken(parts, path, text):
    """A sentence in her own voice, after a moment of silence, as a file for the microphone."""
    from someone.mind.speaking import Delivery

    pcm = await parts.voice.speak(text, Delivery())
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(bytes(72_000) + pcm + bytes(480_000))
    return path


@asynccontextmanager
async def browser(speech=None, **options):
    """A fresh browser window; what it asks from anywhere but the page's own server fails the test."""
    from playwright.async_api import async_playwright

    flags = (*QUIET_FLAGS, *((f"--use-file-for-fake-audio-capture={speech}%noloop",) if speech else ()))
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(flags))
        context = await chromium.new_context(**options)
        context.set_default_timeout(20_000)
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        try:
            yield context
        finally:
            await chromium.close()
        assert not [u for u in asked if not u.startswith(("http://127.0.0.1:", "ws://127.0.0.1:"))]


async def opened(context, page, *, init=""):
    """The page, open; its errors are kept in ``tab.faults``."""
    tab = await context.new_page()
    tab.faults = []
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.on("console", lambda said: tab.faults.append(said.text) if "Content Security Policy" in said.text else None)
    if init:
        await tab.add_init_script(init)
    await tab.goto(page.address)
    return tab


async def transcript_has(tab, text):
    await tab.locator("#transcript li", has_text=text).first.wait_for(state="attached")


async def becomes(tab, condition):
    """Wait until a condition holds in the page (whose policy forbids the browser's own way of waiting for one)."""
    async with asyncio.timeout(20):
        while not await tab.evaluate(condition):
            await asyncio.sleep(0.03)


async def write(tab, text):
    await tab.fill("#words", text)
    await tab.press("#words", "Enter")


async def test_one_speaks_to_the_page_and_is_answered_in_a_voice(home, tmp_path):
    """A stereo 48 kHz microphone reaches her as speech; the reply is seen, sounds, and its progress is reported."""
    await wake(home)
    brain = ScriptedBrain(["I heard you well. How was the walk?"])
    speech = burst(tmp_path / "speech.wav")
    async with (
        served(home, brain=brain, script=["I walked along the river"], pace=1.5) as page,
        browser(speech) as context,
    ):
        tab = await opened(context, page)
        await tab.click("#begin")
        await becomes(tab, "someone.talk.state === 'hearing'")
        await transcript_has(tab, "I walked along the river")
        await transcript_has(tab, "How was the walk?")
        await becomes(tab, "someone.talk.voice.heard > 1 && !someone.talk.voice.playing")
        assert await tab.evaluate("someone.talk.voice.sounds")
        await becomes(tab, "document.querySelector('#status').textContent === 'Listening'")
        assert tab.faults == []
    assert page.sessions[0].spoken[1] > 1


async def test_a_spoken_sentence_goes_all_the_way(home, tmp_path):
    """With the real ears and the real voice: the words that were spoken stand in the transcript, and she is heard."""
    from someone.bootstrap_voice import VoiceParts

    parts = VoiceParts()
    await parts.warm()
    speech = await spoken(parts, tmp_path / "speech.wav", "I went for a long walk along the river today.")

    async def session(house, sender):
        return parts.session(house, send=sender)

    await wake(home)
    brain = ScriptedBrain(["That sounds like a good walk. Was the water high?"])
    async with served(home, brain=brain, new_session=session) as page, browser(speech) as context:
        tab = await opened(context, page)
        await becomes(tab, "someone.talk.state === 'resting'")
        await tab.click("#begin")
        await transcript_has(tab, "river today")
        await transcript_has(tab, "Was the water high?")
        await becomes(tab, "someone.talk.voice.heard > 1.5 && !someone.talk.voice.playing")
        await becomes(tab, "someone.talk.state === 'listening'")
        assert tab.faults == []
    await parts.aclose()


async def test_one_writes_and_reads_without_any_sound(home):
    """Typing needs neither microphone nor tap; the timings drawer then shows the stages of that turn."""
    await wake(home)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await write(tab, "I walked along the river")
        await transcript_has(tab, "How was the walk?")
        assert await tab.input_value("#words") == ""
        await tab.click("#show-timings")
        await tab.locator("#timings-rows tr", has_text="remembered").wait_for()
        await tab.keyboard.press("Escape")
        assert tab.faults == []


@pytest.mark.parametrize("by", ["Escape", "#interrupt", "#stop"])
async def test_she_is_interrupted_at_once(home, by):
    """By key, by button and by stop: the voice is silent, the rest is unsaid, and the line shows that it was cut."""
    await wake(home)
    async with served(home, brain=ScriptedBrain([LONG]), pace=1.2) as page, browser() as context:
        tab = await opened(context, page)
        await write(tab, "tell me everything")
        await becomes(tab, "someone.talk.voice.heard > 0.3")
        await (tab.click(by) if by.startswith("#") else tab.keyboard.press(by))
        await becomes(tab, "!someone.talk.voice.playing && someone.talk.state === 'resting'")
        await tab.locator("#transcript .her", has_text="—").wait_for()
        heard = await tab.evaluate("someone.talk.voice.heard")
        await tab.wait_for_timeout(400)
        assert await tab.evaluate("someone.talk.voice.heard") == heard
        assert heard < 15


async def test_the_first_run_by_keyboard_alone(home):
    """The wakening can be gone through with Tab, Enter and letters, and ends in a talk with the one who woke."""
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.locator("#notice p").first.wait_for()
        assert str(home) in await tab.inner_text("#notice")
        await tab.focus("text=I am 18 or older, and I agree")
        await tab.keyboard.press("Enter")
        await tab.keyboard.type("Theo")
        await tab.keyboard.press("Enter")
        await tab.keyboard.press("ArrowLeft")
        await tab.keyboard.press("Enter")
        await tab.keyboard.type("My sister Mara, a nurse")
        await tab.keyboard.press("Enter")
        await tab.locator("#naming").wait_for()
        first = await tab.inner_text("#chosen")
        assert await tab.evaluate("document.activeElement.id") == "chosen"
        await tab.focus("#again")
        await tab.keyboard.press("Enter")
        await becomes(tab, f"document.querySelector('#chosen').textContent !== '{first}'")
        name = await tab.text_content("#chosen")
        await tab.locator("#keep:enabled").press("Enter")
        await tab.locator("#talk").wait_for()
        assert await tab.inner_text("#name") == name
        assert "Hello, Theo" in await tab.inner_text("#caption")
        await write(tab, "I am back from the river")
        await transcript_has(tab, "Good to hear from you.")
        assert tab.faults == []


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("NotAllowedError", "not allowed to use the microphone"),
        ("NotFoundError", "find no microphone"),
        ("NotReadableError", "Another program holds the microphone"),
    ],
)
async def test_without_a_microphone_she_says_what_to_do(home, error, says):
    """Denied, missing and busy are told in words; writing goes on, and trying again works once it is there."""
    init = f"""{{
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let refused = false;
      navigator.mediaDevices.getUserMedia = (wish) => {{
        if (refused) return real(wish);
        refused = true;
        return Promise.reject(new DOMException("", "{error}"));
      }};
    }}"""
    await wake(home)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page, init=init)
        await tab.click("#begin")
        await tab.locator("#trouble", has_text=says).wait_for()
        await write(tab, "then I write")
        await transcript_has(tab, "How was the walk?")
        await tab.click("#trouble-again")
        await becomes(tab, "someone.talk.microphone.open")
        assert await tab.is_hidden("#trouble")


async def test_muting_keeps_every_sound_at_home(home, tmp_path):
    """While she is muted not one frame leaves the page; unmuted, they flow again."""
    await wake(home)
    async with served(home) as page, browser(burst(tmp_path / "speech.wav", seconds=20)) as context:
        tab = await opened(context, page)
        await tab.click("#begin")
        await becomes(tab, "someone.talk.microphone.level > 0")
        await tab.evaluate("document.activeElement.blur()")
        await tab.keyboard.press("m")
        await tab.locator("#mute[aria-pressed=true]").wait_for()
        await tab.wait_for_timeout(300)
        before = page.sessions[0].heard_bytes
        await tab.wait_for_timeout(600)
        assert page.sessions[0].heard_bytes == before
        assert "don’t hear you" in await tab.inner_text("#status")
        await tab.click("#mute")
        await becomes(tab, "someone.talk.microphone.level > 0")


async def test_a_second_tab_takes_over_and_the_first_can_take_it_back(home):
    """The first tab says where she is, and one click there brings the talk back, with all that was said meanwhile."""
    await wake(home)
    async with served(home) as page, browser() as context:
        first = await opened(context, page)
        await write(first, "I am back from the river")
        await transcript_has(first, "How was the walk?")
        second = await context.new_page()
        await second.goto(page.origin)
        await first.locator("#closed", has_text="another tab").wait_for()
        await write(second, "I came over here")
        await transcript_has(second, "I came over here")
        await first.click("#closed-again")
        await transcript_has(first, "I came over here")
        await second.locator("#closed", has_text="another tab").wait_for()


async def test_a_restart_under_the_open_page_loses_nothing(home):
    """While she is away the page says so and keeps what is being written; then it comes back by itself."""
    await wake(home)
    async with browser() as context:
        async with served(home) as page:
            tab = await opened(context, page)
            await write(tab, "before the restart")
            await transcript_has(tab, "before the restart")
            await transcript_has(tab, "How was the walk?")
        await tab.fill("#words", "half a thought")
        await tab.locator("#trouble", has_text="She is not running").wait_for()
        async with served(home) as page:
            await becomes(tab, "someone.line.open")
            await tab.locator("#trouble").wait_for(state="hidden")
            await transcript_has(tab, "before the restart")
            assert await tab.input_value("#words") == "half a thought"
            await tab.press("#words", "Enter")
            await transcript_has(tab, "half a thought")


async def test_the_installed_page_opens_without_her_and_says_so(home):
    """The service worker holds the shell and nothing else; without a server it says what to do."""
    await wake(home)
    async with browser() as context:
        async with served(home) as page:
            tab = await opened(context, page)
            await tab.evaluate("navigator.serviceWorker.ready.then(() => 0)")
            await write(tab, "something of mine")
            await transcript_has(tab, "How was the walk?")
            cached = await tab.evaluate(
                "caches.keys().then(async (names) => (await Promise.all(names.map(async (n) => "
                "(await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).flat())"
            )
            shell = {"/" + str(f.relative_to(PAGE)) for f in PAGE.rglob("*") if f.is_file()}
            assert set(cached) == shell - {"/index.html", "/sw.js"} | {"/"}
            manifest = await tab.evaluate("fetch('/manifest.webmanifest').then((m) => m.json())")
            assert {i["sizes"] for i in manifest["icons"]} >= {"192x192", "512x512"}
        late = await context.new_page()
        await late.goto(page.origin)
        await late.locator("#closed", has_text="She is not running").wait_for()


PAGE = Path(__file__).parents[2] / "src" / "someone" / "web" / "page"


async def test_without_an_invitation_the_page_says_how_to_come_in(home):
    """The bare address shows nothing of anyone, and says what to run."""
    await wake(home)
    async with served(home) as page, browser() as context:
        tab = await context.new_page()
        await tab.goto(page.origin)
        await tab.locator("#closed", has_text="can’t let this page in").wait_for()
        assert await tab.is_hidden("#talk")
        await tab.goto(page.address)
        await tab.locator("#talk").wait_for()
        assert "#" not in tab.url


async def test_what_she_feels_is_shown_with_its_cause(home):
    """A change of feeling is seen at once, and the page says what caused it."""
    await wake(home)
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        await tab.locator("#feeling", has_text="feels calm").wait_for()
        await write(tab, "I got the job")
        await tab.locator("#feeling", has_text="feels happy for Theo, because something good happened").wait_for()


async def test_words_are_shown_as_words(home):
    """Markup in what either side says is text on the page: nothing is loaded and nothing runs."""
    await wake(home)
    nasty = "<img src=x onerror=\"document.title='taken'\"> <b>bold</b>"
    async with served(home, brain=ScriptedBrain([f"You wrote {nasty} to me."])) as page, browser() as context:
        tab = await opened(context, page)
        await write(tab, nasty)
        await transcript_has(tab, "to me.")
        assert nasty in await tab.text_content("#transcript .you")
        assert await tab.locator("#transcript img, #transcript b").count() == 0
        assert await tab.title() != "taken"


async def test_everything_has_a_name_and_less_motion_is_kept_to(home):
    """Each control has a name for a screen reader, live regions are there, and reduced motion stops the turning."""
    await wake(home)
    async with served(home) as page, browser(reduced_motion="reduce") as context:
        tab = await opened(context, page)
        await tab.locator("#talk").wait_for()
        for role in ("button", "textbox"):
            for control in await tab.get_by_role(role).all():
                name = await control.evaluate(
                    "e => e.ariaLabel || e.labels?.[0]?.textContent || e.innerText || e.textContent"
                )
                assert name.strip()
        await tab.get_by_role("log", name="What was said").wait_for(state="attached")
        await tab.get_by_role("status").wait_for(state="attached")
        angle = await tab.evaluate("someone.presence.angle")
        await tab.wait_for_timeout(300)
        assert await tab.evaluate("someone.presence.angle") == angle


async def test_any_rate_becomes_sixteen_kilohertz(home):
    """The resampler keeps a tone (within 1 %), drops what 16 kHz can't hold (by 40 dB), and does not mind the chunking."""
    script = """async () => {
      const { Resampler } = await import("/resampler.js");
      const run = (rate, hertz, chunk) => {
        const r = new Resampler(rate, 16000), out = [];
        const input = Float32Array.from({ length: rate }, (_, i) => Math.sin(2 * Math.PI * hertz * i / rate));
        for (let i = 0; i < rate; i += chunk) out.push(...r.feed(input.slice(i, i + chunk)));
        return out;
      };
      const rms = (xs) => Math.sqrt(xs.slice(800, -800).reduce((s, x) => s + x * x, 0) / (xs.length - 1600));
      const rates = [8000, 22050, 44100, 48000, 96000];
      return {
        tone: rates.map((r) => rms(run(r, 1000, 128))), count: rates.map((r) => run(r, 1000, 128).length),
        alias: [44100, 48000, 96000].map((r) => rms(run(r, 12000, 128))),
        same: run(44100, 1000, 128).every((x, i) => Math.abs(x - run44[i]) < 1e-5),
      };
    }""".replace("const rms", "const run44 = run(44100, 1000, 441); const rms")
    async with served(home) as page, browser() as context:
        tab = await opened(context, page)
        found = await tab.evaluate(script)
    assert all(abs(level - math.sqrt(0.5)) < 0.007 for level in found["tone"])
    assert all(abs(count - 16_000) < 40 for count in found["count"])
    assert all(level < 0.01 for level in found["alias"])
    assert found["same"]


async def test_a_goodbye_ends_the_talk_and_words_begin_it_again(home):
    """She answers the goodbye, the line closes, and whoever writes again is heard again."""
    await wake(home)
    async with served(home, pace=3.0) as page, browser() as context:
        tab = await opened(context, page)
        await becomes(tab, "someone.line.open")
        await tab.click("#goodbye")
        await tab.locator("#status", has_text="Come back whenever you like").wait_for()
        await becomes(tab, "!someone.line.open")
        await write(tab, "one more thing")
        await transcript_has(tab, "Good to hear from you.")
    assert len(page.sessions) == 2
