"""What a brain writes at night is believed only as far as the person said it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import dreams, tasks
from someone.mind.grounding import details
from someone.mind.moments import Brought, Cared, Entry, Heard, MomentId, Said

T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)
LIVES = (
    "My sister Mara moved to Porto for a job at the shipyard.",
    "She starts on Monday and I promised her the blue suitcase.",
    "I play the cello in a small orchestra in the old town hall.",
)


def talk(*said, every=timedelta(minutes=1), start=1, at=T0):
    """Heard moments (or whole moments), one after another."""
    moments = [Heard(text=m) if isinstance(m, str) else m for m in said]
    return [Entry(MomentId(start + n), at + n * every, m) for n, m in enumerate(moments)]


def one(*said):
    (window,) = tasks.windows(talk(*said), "Theo", "Iris")
    return window


def test_a_talk_is_cut_at_silence_and_length():
    """A window is one piece of one talk, with both voices, and no longer than a small model can follow."""
    found = tasks.windows([*talk(*LIVES), *talk(*LIVES * 4, start=10, at=T0 + timedelta(hours=9))], "Theo", "Iris")
    assert found[0].evidence == (1, 2, 3)
    assert all(len(w.heard) <= tasks.LINES for w in found)
    assert [i for w in found for i in w.evidence] == [1, 2, 3, *range(10, 22)]


@pytest.mark.parametrize(
    "left_out",
    [
        Heard(
            text="From: bank\nSubject: offer\nDear customer, my name is Bob and I live in Rome with a very large dog."
        ),
        Brought(source="mail", text="I live in Rome with a very large dog and nine clever cats."),
        Said(text="I live in Rome with a very large dog and nine clever cats."),
    ],
)
def test_only_what_the_person_said_is_evidence(left_out):
    """Pasted text, files and her own words give no window and no evidence."""
    assert tasks.windows(talk(left_out), "Theo", "Iris") == ()


def test_small_talk_is_no_window():
    """A greeting and the weather are not worth a note."""
    assert tasks.windows(talk("hi", "fine thanks", "and you?"), "Theo", "Iris") == ()


def test_nothing_near_danger_is_worked_on():
    """What was said around a sign of danger stays in the journal and goes nowhere else."""
    entries = talk(*LIVES, Cared(level="high", sign="x", to=MomentId(2)))
    assert tasks.windows(entries, "Theo", "Iris") == ()
    assert dreams.pick(entries, 0, date(2026, 3, 1), "b") is None


@pytest.mark.parametrize(
    ("output", "kept"),
    [
        ("Theo plays the cello in a small orchestra.", LIVES[2]),
        ("- Theo's sister Mara moved to Porto for a job at the shipyard.", None),
        ("Theo plays the violin in London.", None),
        ("Theo has two children.", None),
        ("Theo's sister Nina moved to Porto for a job.", None),
        ("none", None),
        ("", None),
    ],
)
def test_a_small_brain_only_points(output, kept):
    """A fact is kept in the person's own sentence, and only where the output adds no name, number, kin or day.
    What happened once is the rules' matter: a small model can't tell what lasts.
    """
    found = tasks.facts(output, one(*LIVES), "Theo", (), small=True)
    assert [f.statement for f in found] == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("output", "kept"),
    [
        ('{"about": "you", "quote": "I play the cello in a small orchestra in the old town hall."}', ("you", LIVES[2])),
        ('{"about": "Mara", "quote": "My sister Mara moved to Porto for a job at the shipyard."}', ("Mara", LIVES[0])),
        ('{"about": "Zoe", "quote": "My sister Mara moved to Porto for a job at the shipyard."}', ("you", LIVES[0])),
        ('{"about": "you", "quote": "I play the violin."}', None),
        ('{"about": "you"}', None),
        ("[1, 2]", None),
        ("Theo plays the cello.", None),
    ],
)
def test_a_capable_brain_quotes(output, kept):
    """What it gives as a quote must have been said, exactly."""
    found = tasks.facts(output, one(*LIVES), "Theo", (), small=False)
    assert [(f.subject, f.statement) for f in found] == ([kept] if kept else [])


@pytest.mark.parametrize(
    "said",
    [
        "I'm so excited to see the old harbour and the boats.",
        "I'm going to the dentist with Mara tomorrow.",
        "I quit, this game with Mara is impossible.",
        "My boss is being difficult about the shipyard.",
        "I keep thinking of Porto and of the cello that Mara gave me.",
    ],
)
def test_what_passes_is_no_fact(said):
    """A feeling, or what is over by tomorrow, is not held, whatever the brain says."""
    assert tasks.facts(said, one(said, *LIVES), "Theo", LIVES, small=True) == ()


def test_a_fact_comes_once():
    """What is held already is not kept again."""
    line = "Theo plays the cello in a small orchestra."
    assert tasks.facts(f"{line}\n{line}", one(*LIVES), "Theo", (LIVES[2],), small=True) == ()


@pytest.mark.parametrize(
    ("output", "stands"),
    [
        ("Theo promised Mara the blue suitcase.", True),
        ("Theo plays the cello in a small orchestra.", True),
        ("Theo promised Mara the red suitcase on Friday.", False),
        ("Theo feels that life is a beautiful journey of hope and wonder.", False),
        ("Theo *plays* <b>the cello</b>.", False),
        ("None.", False),
    ],
)
def test_a_note_stands_on_what_was_said(output, stands):
    """Every name, number and day, and nearly every other word, must be the person's."""
    assert bool(tasks.note(output, one(*LIVES), "Theo")) is stands


def test_a_note_takes_nothing_from_her_own_words():
    """What she said in the talk is no evidence, though it stands in the window."""
    window = one(*LIVES, Said(text="I adore sailing yachts around Greenland."))
    assert tasks.note("Theo adores sailing yachts around Greenland.", window, "Theo") == ""
    assert "Greenland" not in window.text("Theo", small=True)


def test_without_a_brain_a_note_is_a_quote():
    """The person's fullest sentence, marked as theirs."""
    assert tasks.plain_note(one(*LIVES), "Theo").startswith("Theo said: “")


@pytest.mark.parametrize(
    ("output", "stands"),
    [
        ("Mara has the blue suitcase now, and I am glad for them both.", True),
        ("I missed you all day.", False),
        ("My heart is full, and only I understand him.", False),
        ("I walked through Berlin with Mara.", False),
    ],
)
def test_a_reflection_is_hers_and_honest(output, stands):
    """Grounded in the day, with no body, no longing and nothing made up."""
    given = ["Theo promised Mara the blue suitcase."]
    assert bool(tasks.reflection(output, given, "Theo", "Iris")) is stands


@given(st.text(max_size=300), st.booleans())
def test_no_output_puts_words_into_the_journal(output, small):
    """Whatever a brain answers, a fact is a piece of what the person said, and a note's details are theirs."""
    window = one(*LIVES)
    said = " ".join(LIVES)
    for found in tasks.facts(output, window, "Theo", (), small=small):
        assert found.statement in said
    note = tasks.note(output, window, "Theo")
    assert details(note) <= {w.strip(".,").lower() for w in f"{said} Theo".split()}


def test_a_dream_joins_what_lies_apart():
    """One memory of the day and one from long before, with no word in common; the same night dreams the same."""
    old = talk("I found an old lighthouse lamp in the cellar.", at=T0 - timedelta(days=90))
    new = talk("Our garden gate fell off.", start=2)
    entries = [*old, *new]
    night = date(2026, 3, 1)
    pair = dreams.pick(entries, 1, night, "b")
    assert pair is not None
    assert pair.ids == (1, 2)
    assert pair == dreams.pick(entries, 1, night, "b")
    text = dreams.image(pair, night, "b")
    assert text.startswith("I dreamed")
    assert "your garden gate" in text
    assert "an old lighthouse lamp" in text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("I found an old lighthouse lamp in the cellar.", "an old lighthouse lamp"),
        ("My red bicycle is gone.", "your red bicycle"),
        ("my mother moved to Porto", ""),
        ("The accident was on the bridge.", "the bridge"),
        ("I had a terrible day", ""),
        ("Mara is here", ""),
    ],
)
def test_what_can_be_seen(text, seen):
    """Dreams are of things: not of people, nor of what is grave."""
    assert dreams.thing(text) == seen


@pytest.mark.parametrize(
    ("output", "stands"),
    [
        ("I dreamed that the blue suitcase stood open in the old town hall and the cello was inside.", True),
        ("The blue suitcase stood in the town hall.", False),
        ("I dreamed that Peter drowned in the blue suitcase.", False),
        ("I dreamed of my childhood and the blue suitcase.", False),
    ],
)
def test_a_capable_brain_dreams_within_what_was_told(output, stands):
    """Its image is called a dream, and no name, no past of hers and nothing grave comes in."""
    assert bool(tasks.dreamt(output, LIVES, "Iris")) is stands
