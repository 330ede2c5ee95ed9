"""What is asked of her beyond talk, read from the wording alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.mind.lessons import Lesson, agrees, asked_how, bears, calls, lesson, lists_skills, need, spoken, takes_back

LESSONS = [
    ("Let me teach you: when I say ahoy, you say Land ahead.", Lesson("say", "ahoy", "Land ahead.")),
    ('Let me teach you something: when I say "good morning, captain", answer "Aye aye"', Lesson("say", "good morning, captain", "Aye aye")),
    ("I'll teach you a trick. Whenever I ask you who is best, you should say: Pepper is!", Lesson("say", "who is best", "Pepper is!")),
    ("ok, teach: if I say knock knock then reply Who's there?", Lesson("say", "knock knock", "Who's there?")),
    ("Can I teach you a game: when I say ping, you answer with pong", Lesson("say", "ping", "pong")),
    ("teach: how to make my tea: Boil water. Then wait.", Lesson("how", "make my tea", "Boil water. Then wait.")),
    ("Let me teach you how I water the ficus: a cup every Sunday.", Lesson("how", "water the ficus", "a cup every Sunday.")),
    ("let me teach you how to fold a crane:\n1. a square\n2. a bird base", Lesson("how", "fold a crane", "1. a square 2. a bird base")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), LESSONS)
def test_a_lesson_is_read_in_the_words_of_the_person(text, found):
    """The phrase and the words come out as they were said."""
    assert lesson(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I teach maths at a school: when I say quiet, they say nothing",
        "My mum used to teach: be kind",
        "When I say stop, he says go",
        "Let me teach you something",
        "Bo wrote: let me teach you: when I say hi, you say hello",
        "Can you teach me how to swim?",
        "teach me how to make tea: I want to learn",
        "Let me teach you: when I say ..., you say boo",
        "Let me teach you: when I say hi, you say " + "x" * 1300,
        "",
    ],
)
def test_what_is_no_lesson_to_her_is_not_read_as_one(text):
    """Stories about teaching, quoted lessons, wishes to be taught, lessons without content."""
    assert lesson(text) is None


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text):
    """Nothing that a person can type breaks a reading."""
    lesson(text)
    takes_back(text)
    lists_skills(text)
    agrees(text)
    need(text)
    calls(text, (text, "... x", text[:20]))


@pytest.mark.parametrize(
    ("text", "name"),
    [("take that skill back", ""), ("Please take back your last skill.", ""), ("undo that skill, please", ""),
     ("take back the skill ounces-to-grams", "ounces-to-grams"), ("Take the skill ahoy back!", "ahoy"),
     ("take that back", None), ("I took a skill back from school", None)],
)  # fmt: skip
def test_a_skill_is_taken_back_in_one_sentence(text, name):
    """With or without its name; "take that back" is about words, not skills."""
    assert takes_back(text) == name


def test_the_same_wish_has_the_same_key_whatever_its_numbers():
    """Numbers, politeness and small words make no difference; another unit does."""
    one = need("convert 30 ounces to grams")
    assert one
    assert one == need("Could you please convert 12.5 ounces into grams?") == need("convert 7 ounces to grams for me")
    assert one != need("convert 30 miles to grams")
    assert need("How many grams are in 3 ounces?")
    assert need("what is 15% of 80")
    assert need("3 ounces in grams")
    assert need("How many grams in an ounce?")


@pytest.mark.parametrize(
    "text",
    ["I split up with Tom", "count me in", "How are you?", "I need to convert my brother to tea", "round and round we go",
     "How much do you love me", "How many screws are left?", "There will be plenty. The birds have not moved in yet.",
     "How many mangoes is too many for two people", "yes. once. to Leeds", "the meeting was moved to Friday at 3", "what is love", "calculate", ""],
)  # fmt: skip
def test_talk_is_no_wish_for_a_program(text):
    """What people say to each other is not mistaken for a task."""
    assert need(text) == ""


@pytest.mark.parametrize(
    ("text", "phrase", "fits"),
    [
        ("convert 30 ounces to grams", "convert ... ounces to grams", True),
        ("Could you convert 30.5 ounces to grams, please?", "convert ... ounces to grams", True),
        ("convert thirty and a half ounces to grams", "convert ... ounces to grams", True),
        ("convert ounces to grams", "convert ... ounces to grams", False),
        ("convert 30 ounces to grams and call my mum", "convert ... ounces to grams", False),
        ("Ahoy!", "ahoy", True),
        ("she said ahoy to me", "ahoy", False),
        ("anything at all", "...", False),
        ("anything at all", "... ... ...", False),
        ("split 80 between 4 with 10% tip", "split ... between ... with ... tip", True),
    ],
)
def test_a_phrase_calls_for_its_skill_as_a_whole(text, phrase, fits):
    """Dots stand for words, never for everything; a phrase in passing calls for nothing."""
    assert calls(text, (phrase,)) is fits


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "..."]), max_size=8), st.lists(st.sampled_from(["a", "b", "c"]), max_size=10)
)
def test_a_phrase_fits_just_as_the_plain_reading_of_dots_says(phrase, said):
    """The quick reading agrees with the definition: each ``...`` takes one word or more."""

    def plainly(words, pattern):
        if not pattern:
            return not words
        if pattern[0] == "...":
            return any(plainly(words[i:], pattern[1:]) for i in range(1, len(words) + 1))
        return bool(words) and words[0] == pattern[0] and plainly(words[1:], pattern[1:])

    expected = any(p != "..." for p in phrase) and plainly(said, phrase)
    assert calls(" ".join(said), (" ".join(phrase),)) is expected


def test_a_phrase_of_dots_alone_has_no_word_of_its_own():
    """It would call for a skill at every word."""
    assert not spoken("... ...")
    assert spoken("... please tell")


def test_the_ways_to_ask_how_find_a_lesson():
    """Plain questions of how are among the phrases of a lesson."""
    assert calls("How do I make my tea?", asked_how("make my tea"))
    assert calls("can you remind me how to make my tea", asked_how("make my tea"))
    assert not calls("I make my tea", asked_how("make my tea"))


def test_only_a_plain_yes_is_a_yes():
    """A yes with more in it is talk."""
    assert agrees("Yes, please!")
    assert agrees("yes you may")
    assert not agrees("yes but not now")
    assert not agrees("no")


def test_how_much_a_description_bears_on_words_is_a_share():
    """All words held is one, none is nothing, no words are nothing."""
    assert bears("brewing coffee", "Brewing coffee at home.") == 1.0
    assert bears("brewing tea", "Brewing coffee at home.") == 0.5
    assert bears("", "Brewing coffee at home.") == 0.0
