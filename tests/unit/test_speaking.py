"""Written words to spoken ones, and feeling to delivery."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind.numerals import cardinal, ordinal, year
from someone.mind.speaking import delivery, readable

READ = {
    "It's 9:30am on 2026-03-04.": "It's nine thirty a m on March fourth, twenty twenty-six.",
    "See you at 20:15.": "See you at eight fifteen in the evening.",
    "At 7:00 or 7:05?": "At seven o'clock or seven oh five?",
    "on 4 March": "on the fourth of March",
    "The party is on March 4th, 2026.": "The party is on March fourth, twenty twenty-six.",
    "It costs $3.50 or €20, £1.2 million.": "It costs three dollars and fifty cents or twenty euros, one point two million pounds.",
    "1,250 people": "one thousand two hundred fifty people",
    "0.5 km and 1 kg": "zero point five kilometers and one kilogram",
    "3-4 days, 10% of them": "three to four days, ten percent of them",
    "the 1990s and 2005": "the nineteen nineties and two thousand five",
    "Call 988 now.": "Call nine eight eight now.",
    "Call 116 123.": "Call one one six, one two three.",
    "See https://example.com/a?b=1 now.": "See example dot com now.",
    "Look at findahelpline.com.": "Look at findahelpline dot com.",
    "Write to anna.b@example.org.": "Write to anna dot b at example dot org.",
    "Dr. Smith lives on St. John St.": "Doctor Smith lives on Saint John Street.",
    "fruit, e.g. apples, etc.": "fruit, for example, apples, and so on.",
    "**bold**, _leaning_ and `code`": "bold, leaning and code",
    "# Plan\n- one\n- two": "Plan. one. two",
    "1. Milk\n2. Bread": "One: Milk. Two: Bread",
    "[here](http://x.y/z) it is": "here it is",
    "Good 😀 morning — dear ❤️": "Good morning, dear",
    "-5°C": "minus five degrees Celsius",
    "he/she": "he or she",
}


@pytest.mark.parametrize(("written", "spoken"), READ.items())
def test_figures_addresses_and_markup_are_read(written, spoken):
    """Each kind of writing that a voice would stumble over comes out as words."""
    assert readable(written) == spoken


@pytest.mark.parametrize("written", ["", "  \n", "😀", "---", "***", ":)"])
def test_what_cannot_be_said_is_nothing(written):
    """No sound is made for it."""
    assert readable(written) == ""


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """Whatever a brain writes, reading never fails and leaves no markup."""
    spoken = readable(text)
    assert not re.search(r"[*_`#|<>\[\]{}]", spoken)


@given(st.integers(0, 10**15))
def test_plain_numbers_leave_no_figures(n):
    """A number alone always becomes words."""
    assert not re.search(r"\d", readable(f"I counted {n} of them"))


def test_numbers_in_words():
    """The corners of cardinals, ordinals and years."""
    assert [cardinal(n) for n in (0, 19, 40, 101, -7)] == [
        "zero",
        "nineteen",
        "forty",
        "one hundred one",
        "minus seven",
    ]
    assert [ordinal(n) for n in (1, 12, 20, 21, 103)] == [
        "first", "twelfth", "twentieth", "twenty-first", "one hundred third",
    ]  # fmt: skip
    assert [year(n) for n in (1900, 1905, 2000, 2026)] == [
        "nineteen hundred", "nineteen oh five", "two thousand", "twenty twenty-six",
    ]  # fmt: skip


@given(st.text(max_size=30), st.text(max_size=60))
def test_every_delivery_stays_easy_to_follow(feeling, sentence):
    """No feeling, known or not, makes her too fast, too slow, too loud or too quiet."""
    how = delivery(feeling, sentence)
    assert 0.8 <= how.pace <= 1.2
    assert 0.05 <= how.pause_s <= 0.6
    assert 0.5 <= how.loudness <= 1.3


def test_worry_is_slower_and_softer_than_joy():
    """The directions are those of the literature, and "a little" halves them."""
    worried, little, happy = delivery("worried"), delivery("a little worried"), delivery("happy for Theo")
    assert worried.pace < little.pace < 1 < happy.pace
    assert worried.loudness < little.loudness < 1 < happy.loudness


@pytest.mark.parametrize("feeling", ["calm", "sad", "playful", "worried", "happy for Theo", "thoughtful", "bright"])
def test_her_mood_adds_to_the_pace_within_bounds(feeling):
    """A quicker or slower mood is heard in every feeling, and both together stay easy to follow."""
    slow, usual, quick = (delivery(feeling, "Hello.", pace).pace for pace in (0.92, 1.0, 1.08))
    assert 0.8 <= slow < usual < quick <= 1.2
    assert delivery(feeling, "Hello.").pace == usual
