"""Cutting a stream into sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from someone.mind.speech import Sentences


def cut(text, sizes):
    cutter, out, at = Sentences(), [], 0
    for size in sizes:
        out += cutter.feed(text[at : at + size])
        at += size
    out += cutter.feed(text[at:])
    left = cutter.end()
    return out + ([left] if left else [])


@given(st.text(alphabet="ab .!?\n“”M", max_size=80), st.lists(st.integers(1, 7), max_size=30))
def test_nothing_is_lost_however_it_is_cut(text, sizes):
    """The sentences joined are the text, whatever the pieces, and the pieces do not matter."""
    assert "".join(cut(text, sizes)) == text
    assert cut(text, sizes) == cut(text, [])


def test_a_sentence_comes_as_soon_as_the_next_word_begins():
    """It is not held back until the whole reply is there."""
    cutter = Sentences()
    assert cutter.feed("Hello there. ") == []
    assert cutter.feed("How") == ["Hello there. "]
    assert cutter.rest == "How"


def test_abbreviations_and_numbers_do_not_end_a_sentence():
    """A title or a decimal is not an end."""
    assert cut("Dr. Wu paid 3.50 for it. Good.", []) == ["Dr. Wu paid 3.50 for it. ", "Good."]
