"""What a reading of the person's emotion becomes, and how far it is trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import emotions
from someone.mind.appraisal import Happening, appraise
from someone.mind.care import Level
from someone.mind.emotions import LABELS, TONES, Reading, Tone, of, tone
from someone.mind.feelings import word_for

chances = st.lists(st.floats(0, 1), min_size=len(LABELS), max_size=len(LABELS)).map(tuple)
readings = st.builds(Reading, chances)
PLAIN = "the train from the north comes in at nine"


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (of(joy=0.7), Tone.GLAD),
        (of(sadness=0.3, grief=0.3), Tone.SAD),
        (of(fear=0.9, anger=0.2), Tone.AFRAID),
        (of(annoyance=0.35, anger=0.3, neutral=0.3), Tone.ANGRY),
        (of(remorse=0.6), Tone.SORRY),
        (of(amusement=0.8), Tone.LAUGHING),
        (of(gratitude=0.95), Tone.THANKFUL),
        (of(love=0.6), Tone.LOVING),
        (of(joy=0.3, neutral=0.6), None),
        (of(curiosity=0.9), None),
        (of(), None),
    ],
)
def test_labels_of_one_tone_add_up_and_a_faint_one_is_no_tone(reading, expected):
    """The table of tones: near labels add up, and what is not more likely than not is not gone by."""
    assert tone(reading) is expected


@given(readings)
def test_a_tone_is_never_read_from_little(reading):
    """Whatever the chances, a tone that is named has at least half of a chance and the most of all."""
    if (named := tone(reading)) is not None:
        total = {t: sum(reading.chance(x) for x in labels) for t, labels in TONES.items()}
        assert total[named] >= emotions.MORE_LIKELY_THAN_NOT
        assert total[named] == max(total.values())


def test_no_label_belongs_to_two_tones_and_all_are_labels():
    """The table is a partition of the labels it uses."""
    used = [label for labels in TONES.values() for label in labels]
    assert len(used) == len(set(used))
    assert set(used) < set(LABELS)
    assert set(TONES) == set(Tone)


@pytest.mark.parametrize("bad", [(0.1,) * 27, (2.0,) * 28, (-0.1,) * 28, (float("nan"),) * 28])
def test_a_reading_that_is_none_is_refused(bad):
    """Too few, too many and impossible chances fail when they are built, not when they are used."""
    with pytest.raises(ValueError):
        Reading(bad)


def test_an_unknown_label_is_refused():
    """A misspelt label can't silently mean nothing."""
    with pytest.raises(ValueError, match="happiness"):
        of(happiness=1.0)


def felt(text=PLAIN, level=Level.NONE, *, reading=None, asks=False):
    return appraise(Happening(text, level, "Theo", asks=asks, reading=reading))


def word(stirred):
    return word_for(stirred.kind, stirred.intensity, stirred.about) if stirred else "calm"


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (of(joy=0.9), "happy for Theo"),
        (of(grief=0.9), "a little worried"),
        (of(fear=0.9), "a little worried"),
        (of(anger=0.9), "a little worried"),
        (of(embarrassment=0.9), "a little worried"),
        (of(amusement=0.9), "playful"),
        (of(gratitude=0.9), "warm"),
        (of(love=0.9), "warm"),
        (of(neutral=0.9), "calm"),
        (None, "calm"),
    ],
)
def test_what_she_feels_at_a_tone(reading, expected):
    """The table of her feelings at words that no rule knows."""
    assert word(felt(reading=reading)) == expected


@given(readings)
def test_a_guess_never_stands_above_danger(reading):
    """Whatever was guessed, danger and distress are felt as by the rules alone."""
    for level in set(Level) - {Level.NONE}:
        assert felt(level=level, reading=reading) == felt(level=level)


@given(readings)
def test_a_guess_never_stands_above_a_word_of_the_rules_or_a_plain_request(reading):
    """Words that the rules know, and requests, are appraised as without a reading."""
    for text in ("My dog died", "I got the job!!", "thank you", "you're useless", "haha"):
        assert felt(text, reading=reading) == felt(text)
    assert felt(asks=True, reading=reading) is None


@given(readings)
def test_a_guess_is_told_as_one(reading):
    """When a reading alone moved her, the cause doesn't claim to know, and it moves her less than words that say so."""
    stirred = felt(reading=reading)
    if stirred is not None:
        assert "as far as I can tell" in stirred.why
        assert stirred.intensity < felt("I got the job!!").intensity
