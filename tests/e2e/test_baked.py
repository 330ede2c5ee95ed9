"""The embedded brain with its voice baked in: it says what it would say without, and any fault of the cache is survived."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from someone.brains import baking
from someone.brains.embedded import VOICE, VOICE_SHA256, EmbeddedBrain, weights
from someone.errors import BrainFailed
from someone.mind.deliberation import Line, Prompt

BASE = weights()
pytestmark = pytest.mark.skipif(BASE is None, reason="the embedded model's weights are not installed")

SAID = (
    "i passed my driving test today, third try",
    "my boss shouted at me in front of everyone",
    "slept maybe three hours",
)


def prompt(said: str) -> Prompt:
    persona = Line("system", "You are Wren, Ana's companion, an AI. Short, kind, true.")
    return Prompt((persona, Line("system", "I feel warm."), Line("user", said)), max_tokens=40, temperature=0.0)


async def replies(brain: EmbeddedBrain) -> list[str]:
    return ["".join([piece async for piece in brain.reply(prompt(said))]) for said in SAID]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert BASE is not None
    folder = tmp_path_factory.mktemp("cache")
    baking.make(folder, BASE, VOICE)
    return folder


async def test_the_first_start_bakes_and_the_next_uses_it(tmp_path: Path) -> None:
    """The first load makes the file and speaks with it; a second brain makes none, and loads the one that is there."""
    times = list[int]()
    for _ in range(2):
        brain = EmbeddedBrain(cache=tmp_path)
        await brain.warm()
        assert brain.note == "My voice is baked into the weights."
        assert all(await replies(brain))
        await brain.aclose()
        (made,) = tmp_path.glob("voice-*.gguf")
        times.append(made.stat().st_mtime_ns)
    assert times[0] == times[1]


async def test_it_is_the_same_voice(cache: Path) -> None:
    """Baked, the greedy replies begin as with the voice put on, and not as without it."""
    heard = dict[str, list[str]]()
    for kind, made in {
        "apart": EmbeddedBrain(),
        "baked": EmbeddedBrain(cache=cache),
        "without": EmbeddedBrain(voice=None),
    }.items():
        heard[kind] = [reply[:12] for reply in await replies(made)]
        await made.aclose()

    def alike(kind: str) -> int:
        return sum(a == b for a, b in zip(heard["apart"], heard[kind], strict=True))

    assert alike("baked") > alike("without")


async def test_a_file_that_does_not_load_is_put_away(cache: Path, tmp_path: Path) -> None:
    """A labelled file that the runtime refuses is removed, and she speaks with the voice put on."""
    assert BASE is not None
    made = tmp_path / "voice-0.gguf"
    made.write_bytes(b"GGUF, but not really")
    label = baking.Label(baking.RECIPE, baking.Stamp.of(BASE), VOICE_SHA256, baking.Stamp.of(made), baking.sha256(made))
    label.write(made.with_suffix(".json"))
    brain = EmbeddedBrain(cache=tmp_path)
    await brain.warm()
    assert not made.exists()
    assert "put on as I speak" in brain.note
    await brain.aclose()


async def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    """Without a place for the baked file she speaks all the same, and the note says why it is slower."""
    (tmp_path / "file").write_text("in the way")
    brain = EmbeddedBrain(cache=tmp_path / "file" / "cache")
    await brain.warm()
    assert "can't be written" in brain.note
    assert all(await replies(brain))
    await brain.aclose()


async def test_an_altered_voice_is_refused_with_a_cache_too(cache: Path, tmp_path: Path) -> None:
    """A baked file does not hide that the adapter beside it is not the tested one."""
    altered = tmp_path / "voice.gguf"
    altered.write_bytes(VOICE.read_bytes()[:-1] + b"x")
    brain = EmbeddedBrain(voice=altered, cache=cache)
    with pytest.raises(BrainFailed, match="not the one that was made for me"):
        await brain.warm()
    await brain.aclose()


async def test_closing_stops_the_baking(tmp_path: Path) -> None:
    """A brain that is put away while it bakes stops, and leaves nothing half made."""
    brain = EmbeddedBrain(cache=tmp_path)
    loading = asyncio.ensure_future(brain.warm())
    while not list(tmp_path.glob("*.tmp")):
        await asyncio.sleep(0)
    await brain.aclose()
    await asyncio.gather(loading, return_exceptions=True)
    assert not list(tmp_path.iterdir())
