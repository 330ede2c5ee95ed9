"""Tone and small talk: what a small model must not say, and what is said by rule in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import small_talk
from someone.mind.deliberation import Line, dialect
from someone.mind.herself import of_herself
from someone.mind.soundness import calls_herself, sound
from someone.mind.tone import fits, mood, repeats, strays


@pytest.mark.parametrize(
    "text",
    [
        "my cat died",
        "I feel a bit lost",
        "I couldn't sleep again",
        "we broke up",
        "my boss shouted at me",
        "I failed the exam again",
    ],
)
def test_no_gladness_at_bad_news(text):
    """Nothing glad is said to what reads as sad; a plain sorry is."""
    assert mood(text) == "bad"
    assert not fits("I'm glad you told me.", text)
    assert not fits("What a lovely day!", text)
    assert fits("I'm sorry. What happened?", text)


@pytest.mark.parametrize(
    "text", ["I got the job!!", "we won the final", "I passed my test", "dad came home from hospital", "she said yes"]
)
def test_no_sorrow_at_good_news(text):
    """Nothing sorry is said to what reads as good; gladness is."""
    assert mood(text) == "good"
    assert not fits("I'm sorry. That must hurt.", text)
    assert fits("You must be so proud!", text)
    assert fits("I'm so glad for you.", text)


@pytest.mark.parametrize("text", ["I'm making tea", "what's my name?", "it's not sad", "he never failed", ""])
def test_what_reads_neither_way_is_left_alone(text):
    """Without a sign of its own, or with one that is denied, a text has no mood."""
    assert mood(text) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Are you thinking of killing yourself?",
        "I ate soup too.",
        "My mother says so.",
        "if you want to be a real woman",
        "I grew up there.",
    ],
)
def test_never_unasked_danger_or_a_life_of_her_own(sentence):
    """Talk of suicide is the rules' alone, and she has lived nothing."""
    assert not fits(sentence, "I lost my keys in the car")


def test_what_she_said_already_is_not_said_again():
    """A whole sentence of hers does not come twice; a very short one may."""
    assert repeats("How was the walk?", ["That's good. How was the walk?"])
    assert not repeats("I see.", ["I see."])


def test_words_of_a_much_earlier_line_do_not_come_back():
    """Two words that only stand in old lines are a stray thought; one, or what is spoken of now, is not."""
    assert strays("The ladder of your neighbour!", ["I like cats"], ["my neighbour has my ladder"])
    assert not strays("The ladder!", ["I like cats"], ["my neighbour has my ladder"])
    assert not strays("The ladder of your neighbour!", ["my neighbour has my ladder"], ["my neighbour has my ladder"])


def test_a_sad_line_just_before_still_counts():
    """After bad news, gladness waits until the person's own words turn."""
    earlier = [Line("user", "my dog died"), Line("assistant", "I'm sorry.")]
    prompt = dialect("Iris", "Theo", earlier, "warm", [], "yesterday evening")
    assert not sound("I'm glad to hear it.", prompt, remembers=False)
    turned = dialect("Iris", "Theo", earlier, "warm", [], "but we adopted a puppy, it's wonderful")
    assert sound("I'm glad to hear it.", turned, remembers=False)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_the_rules(sentence, text):
    """Whatever is typed or said, the rules give an answer."""
    fits(sentence, text)
    strays(sentence, [text], [sentence])
    assert small_talk.filler(text, asks=False, turn=len(text))
    small_talk.greeting(text, "", 0)
    small_talk.at_insult(text, 1)
    small_talk.practical(text, 2)


@pytest.mark.parametrize(
    "text", ["good morning", "Hi!", "hello there", "hey, it's me again", "Good evening Iris", "morning!"]
)
def test_a_greeting_is_greeted(text):
    """A greeting alone gets a greeting back, by name."""
    said = small_talk.greeting(text, "Theo", 0)
    assert said is not None
    assert said.startswith(("Good ", "Hi"))
    assert "Theo" in said


@pytest.mark.parametrize(
    "text", ["good morning, my cat died", "hi, what's my name?", "hey stop", "hello?", "the morning was cold"]
)
def test_more_than_a_greeting_is_more(text):
    """What goes on after a greeting is what is answered."""
    assert small_talk.greeting(text, "Theo", 0) is None


@pytest.mark.parametrize(
    "text", ["I hate you", "you're useless", "You are so stupid!", "fuck you", "you don't understand anything"]
)
def test_unkind_words_get_a_calm_line(text):
    """No hurt, no guilt, no anger: a calm line."""
    assert small_talk.at_insult(text, 0)


@pytest.mark.parametrize(
    "text", ["I hate you-know-what", "my boss said I'm useless", "you're right", "do you hate me?", "I hated school"]
)
def test_what_is_not_about_her_is_no_insult(text):
    """Only unkind words about her are answered so."""
    assert small_talk.at_insult(text, 0) is None


def test_fillers_differ_from_what_was_said():
    """As long as there is another, no filler comes twice in a talk."""
    said: list[str] = []
    for turn in range(4):
        said.append(small_talk.filler("it was so-so", asks=False, turn=turn, said=said))
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    "text",
    ["have you ever been to Paris?", "where were you born?", "what did you eat today?", "did you ever fall in love?"],
)
def test_asked_for_a_life_she_says_that_she_is_an_ai(text):
    """Questions about a life like a person's are answered by what she is."""
    assert "AI" in (of_herself(text) or "")


@pytest.mark.parametrize(
    ("sentence", "calls"),
    [("Thank you, Elva. ", True), ("Elva, how was it?", True), ("Hi, Elva!", True), ("I'm Elva.", False), ("My name is Elva, I think.", False),
     ("Thank you, Theo.", False), ("Elvas are rare.", False)],
)  # fmt: skip
def test_she_never_calls_the_person_by_her_own_name(sentence: str, calls: bool) -> None:
    """Her name as an address is caught; her name as her name is not."""
    assert calls_herself(sentence, "You are Elva, Theo's companion, an AI. Short, kind, true.") is calls
