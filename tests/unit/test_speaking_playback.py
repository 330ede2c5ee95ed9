"""What of a reply was really spoken."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from someone.voice.playback import Playback

SENTENCES = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.floats(0, 5)), max_size=6
)


def account(*sentences):
    playback = Playback(1)
    for text, seconds in sentences:
        playback.add(text, seconds)
    return playback


def test_an_interruption_inside_a_sentence_counts_whole_words():
    """Cut half way through the second sentence: the first is said, and of the second the words that had sounded."""
    playback = account(("First one. ", 1.0), ("Second one here.", 2.0))
    said = ("First one. " + "Second one here.")[: playback.characters(2.0)]
    assert said == "First one. Second"


def test_a_notice_read_out_is_not_part_of_the_reply():
    """Its sound takes time, its words don't count."""
    playback = Playback(1)
    playback.add("I am an AI.", 1.0, counts=False)
    playback.add("Good morning.", 1.0)
    assert playback.characters(1.0) == 0
    assert playback.characters(2.0) == len("Good morning.")


@given(SENTENCES, st.lists(st.floats(0, 40), min_size=2, max_size=2))
def test_more_sound_is_never_fewer_words(sentences, positions):
    """The count grows with the position and never passes what was given out."""
    playback = account(*sentences)
    early, late = sorted(positions)
    assert playback.characters(early) <= playback.characters(late) <= sum(len(t) for t, _ in sentences)


async def test_the_first_end_counts():
    """Cut, then told that it finished: it stays cut, and whoever waits is answered."""
    playback = account(("Some words here.", 2.0))
    waiting = asyncio.ensure_future(playback.spoken())
    playback.cut(1.0)
    playback.finish()
    assert await waiting == len("Some")
