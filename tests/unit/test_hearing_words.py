"""What the words of a sound tell about the floor, and what her own echo may not do."""

from __future__ import annotations

import pytest

from someone.senses.echo import Echo
from someone.senses.stt import once, worded
from someone.senses.words import Openness, Overlap, echoes, openness, overlap


@pytest.mark.parametrize(
    "text",
    [
        "I was...",
        "I need milk, bread and.",
        "My sister told me that.",
        "Um.",
        "Could you remind me to?",
        "Her name was",
        "The thing is.",
    ],
)
def test_words_that_go_on_are_open(text):
    """Nobody ends a turn there, whatever the melody said."""
    assert openness(text) is Openness.OPEN


@pytest.mark.parametrize(
    "text",
    ["Yes.", "I'm going to bed now.", "What should I cook?", "I told him that story.", "No, not really.", "And?", ""],
)
def test_whole_words_are_closed(text):
    """Whole sentences ask for no further silence."""
    assert openness(text) is Openness.CLOSED


def test_a_question_may_end_with_a_preposition():
    """The question "What are you listening to?" is not waited for as long as "I want to"."""
    assert openness("What are you listening to?") is Openness.MAYBE


@pytest.mark.parametrize("text", ["Mm-hm.", "Yeah.", "Right, okay.", "", "I see."])
def test_murmurs_are_no_claims(text):
    """Sounds of listening don't take the floor."""
    assert overlap(text, "and then the train was late") is Overlap.BACK_CHANNEL


@pytest.mark.parametrize("text", ["Stop.", "Wait a second.", "No!", "But that is not what I meant."])
def test_claims_are_claims(text):
    """Words that ask her to stop, and whole sentences, take the floor."""
    assert overlap(text, "and then the train was late") is Overlap.CLAIM


def test_her_own_words_are_an_echo_and_an_answer_is_not():
    """Her sentence coming back is not a claim; one word of it may be an answer ("Anna")."""
    hers = "Is it your sister Anna who moved to the coast?"
    assert echoes("your sister Anna who moved", hers)
    assert not echoes("Anna", hers)
    assert not echoes("No, it was my brother", hers)


def test_echo_is_learnt_and_a_voice_over_it_is_not_taken_for_it():
    """With a third of her level coming back, that level is explained; twice it is a person."""
    echo = Echo()
    for _ in range(60):
        echo.explains(0.1, 0.3)
    assert echo.explains(0.1, 0.3)
    assert not echo.explains(0.3, 0.3)


def test_two_sounds_that_came_to_nothing_are_taken_for_echo():
    """Before her echo could be learnt: the first stop is a murmur, after the second the same level no longer counts."""
    echo = Echo()
    for _ in range(2):
        assert not any(echo.explains(0.1, 0.3) for _ in range(4))
        echo.came_to_nothing()
    assert echo.explains(0.1, 0.3)


def test_nothing_is_echo_while_she_is_silent():
    """In her silence every voice counts, however faint."""
    echo = Echo()
    for _ in range(60):
        echo.explains(0.1, 0.3)
    assert not echo.explains(0.02, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "I bought a new.",
        "They were really.",
        "After that we all.",
        "It began when my father.",
        "She keeps asking me too.",
        "I wonder whether.",
        "I bought, uhm.",
    ],
)
def test_what_names_nothing_yet_is_open(text):
    """A quality of nothing, somebody who does nothing yet, a filler however it is spelt: more is coming."""
    assert openness(text) is Openness.OPEN


@pytest.mark.parametrize(
    "text",
    ["Yes, I think so.", "We all went.", "It was really new.", "I want one too.", "That is the best part of it all."],
)
def test_what_ends_like_an_open_one_and_is_whole_is_closed(text):
    """The same words at the end of a whole sentence wait for nothing."""
    assert openness(text) is Openness.CLOSED


def test_words_repeated_without_end_are_said_once_and_meant_repeats_stay():
    """A reader caught in a loop is cut to one round, also when the last is broken off; "no, no, no" is somebody's."""
    round_ = "We should leave before it rains again."
    assert once(f"{round_} {round_} {round_} We should") == round_
    assert once("No, no, no.") == "No, no, no."
    assert once(round_) == round_


def test_a_guess_at_a_sound_is_no_words_and_a_short_answer_is():
    """Sentences below the bound are a guess; a single word is let in at the same certainty; a cry is no word."""
    assert not worded("Draw the strings again.", -1.35, 0.1)
    assert worded("Okay.", -1.35, 0.1)
    assert not worded("F", -4.25, 0.1)
    assert not worded("Aaaaaaaaaaaa", -0.2, 0.1)
    assert not worded("Thank you.", -1.25, 0.9)
    assert worded("I went to see my sister.", -0.2, 0.1)
