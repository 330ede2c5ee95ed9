"""What she knows of a life: facts with two times, and people, as a fold that can be replayed in any cut."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import answers, care, helplines, people
from someone.mind.bond import Bond, step
from someone.mind.dating import date_in, leaning
from someone.mind.intents import recognise
from someone.mind.knowing import Knowing, anchors, now_holds, time_meant, timeline
from someone.mind.knowing import step as know
from someone.mind.moments import Corrected, Entry, Heard, Met, MomentId, Noticed, PersonMerged, Said
from someone.mind.selfhood import Self

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 7, 10, 10, tzinfo=ZONE)


def life(*lines):
    """A bond after lines told on days: ``("2026-01-05", "I live in Leeds.")``; a moment may stand for a line."""
    moments = [
        Entry(MomentId(i), datetime.fromisoformat(day).replace(tzinfo=UTC), Heard(text=x) if isinstance(x, str) else x)
        for i, (day, x) in enumerate(lines, 1)
    ]
    return reduce(step, moments, Bond())


def asked(bond, question, now=NOW):
    """What she answers by rule, with the moments that it stands on; None where a brain would answer."""
    return answers.answer(
        answers.Situation(
            me=Self(name="Iris"),
            bond=bond,
            text=question,
            id=MomentId(999),
            now=now,
            sign=care.read(question, ()),
            intent=recognise(question),
            helpline=helplines.for_country("US"),
        )
    )


MOVES = life(
    ("2026-01-05", "I live in Leeds."),
    ("2026-05-01", "I moved to York in April."),
    ("2026-06-01", "We moved into the new flat last week."),
    ("2026-06-02", "I lived in Turin from 2001 to 2004."),
    ("2026-06-02", "I used to live in Bergen."),
)


@pytest.mark.parametrize(
    ("question", "holds", "stands_on"),
    [
        ("where do I live?", "York", 2),
        ("where do i live now", "York", 2),
        ("do you remember where I live?", "York", 2),
        ("where did I live in March?", "Leeds", 1),
        ("where did I live before?", "Leeds", 1),
        ("where did I live in 2003?", "Turin", 4),
        ("where did I live the week we moved?", "York", 2),
        ("when did we move?", "week of 25 May 2026", 3),
    ],
)
def test_what_held_when(question, holds, stands_on):
    """The newest answers for now, the one that held then for then, and the answer names its moment."""
    answer = asked(MOVES, question)
    assert holds in answer.text
    assert MomentId(stands_on) in answer.stood_on


def test_a_time_of_which_nothing_is_known_is_an_honest_gap():
    """Between two known homes, and where only an end is known, she does not guess."""
    assert asked(MOVES, "where did I live in 2015?").rule == "not_known"


@pytest.mark.parametrize(
    "other",
    [
        "what do I do?",
        "where do penguins live?",
        "where do you live?",
        "how old is the universe?",
        "tell me about Oslo",
    ],
)
def test_what_is_no_question_about_a_fact_is_left_alone(other):
    """A cry for advice, the world and herself are not answered with the person's home or trade."""
    bond = life(("2026-01-05", "I live in Leeds. I'm a nurse. I work at the clinic."))
    found = asked(bond, other)
    assert found is None or not {MomentId(1)} & set(found.stood_on)


def test_nothing_is_overwritten():
    """What was superseded is still there, with its end."""
    line = timeline(MOVES.knowing.facts, "you", "home")
    assert [s.fact.value for s in line] == ["bergen", "turin", "leeds", "york"]
    assert [s.until is None for s in line] == [False, False, False, True]


def test_news_of_a_change_ends_what_was_told_the_day_before():
    """A move told late is still a move; one of long ago is history."""
    bond = life(("2026-07-09", "I live in Leeds."), ("2026-07-10", "I moved to York last week."))
    assert now_holds(bond.knowing.facts, "you", "home").fact.value == "york"
    bond = life(("2026-07-09", "I live in Leeds."), ("2026-07-10", "I moved to Bergen in 2010."))
    assert now_holds(bond.knowing.facts, "you", "home").fact.value == "leeds"


def test_what_is_over_is_not_held():
    """A job that was quit, a place that was left."""
    bond = life(("2026-01-01", "I work at a bakery."), ("2026-07-01", "I quit my job last Friday."))
    assert "quit" in asked(bond, "where do I work?").text
    assert "Friday, 26 June 2026" in asked(bond, "where do I work?").text
    bond = life(("2026-01-01", "I live in Leeds."), ("2026-07-01", "I don't live in Leeds anymore."))
    assert now_holds(bond.knowing.facts, "you", "home") is None


def test_moving_back_is_a_new_fact():
    """The same words hold again where something else held in between."""
    bond = life(
        ("2026-01-01", "I live in Leeds."), ("2026-02-01", "I live in York."), ("2026-03-01", "I live in Leeds.")
    )
    assert [s.fact.value for s in timeline(bond.knowing.facts, "you", "home")] == ["leeds", "york", "leeds"]


def test_when_was_that():
    """Right after a fact was given, its day is told; where none was said, she says so."""
    given_back = Said(text="...", by="rule:quoted", to=MomentId(2), stood_on=(MomentId(1),))
    bond = life(("2026-07-04", "We moved last month."), ("2026-07-10", "hm"), ("2026-07-10", given_back))
    assert "June 2026" in asked(bond, "when was that?").text
    bond = life(("2026-07-04", "I have a dog named Rex."), ("2026-07-10", "hm"), ("2026-07-10", given_back))
    assert "you didn't say" in asked(bond, "when was that?").text


def test_someone_without_a_name_is_not_named():
    """Of someone who has no name yet she says just that; never an empty name."""
    bond = life(("2026-07-01", "My landlord has a dog. He wants to sell the house."), ("2026-07-02", "hm"))
    assert asked(bond, "who's my landlord?").text.endswith("You haven't told me your landlord's name.")


def test_a_birthday_and_who_is_meant_by_she():
    """Facts that follow with "she" belong to the one before; a birthday is found by name and by relation."""
    bond = life(("2026-01-06", "My sister Mara lives in Oslo. She is a vet. Her birthday is 14 May."))
    assert "14 May" in asked(bond, "when is Mara's birthday?").text
    assert "14 May" in asked(bond, "when is my sister's birthday?").text
    assert "Mara is a vet" in asked(bond, "what does Mara do?").text
    who = asked(bond, "who is Mara?").text
    assert "sister" in who
    assert "Oslo" in who


def test_times_that_lean_on_what_is_known():
    """ "Two days before her birthday" and "the year my mum died" are days and years."""
    bond = life(
        ("2026-01-06", "My sister Mara's birthday is on May 14th."),
        ("2026-01-07", "My mum died in 2019."),
        ("2026-06-01", "We moved last week."),
    )
    for text, start, days in (
        ("what did I say two days before Mara's birthday?", datetime(2026, 5, 12, tzinfo=ZONE), 1),
        ("two days before her birthday", datetime(2026, 5, 12, tzinfo=ZONE), 1),
        ("the week we moved", datetime(2026, 5, 25, tzinfo=ZONE), 7),
        ("the year my mum died", datetime(2019, 1, 1, tzinfo=ZONE), 365),
        ("last October", datetime(2025, 10, 1, tzinfo=ZONE), 31),
    ):
        assert time_meant(text, bond.knowing, NOW) == (start, start + timedelta(days=days)), text
    assert leaning("the week we went to Mars", anchors(bond.knowing, NOW)) is None


def test_a_short_and_a_full_name_are_one():
    """By the same relation, or on the person's word; their facts come together."""
    bond = life(
        ("2026-01-01", "My brother Theo Lindqvist is a carpenter."),
        ("2026-01-02", "Theo called."),
        ("2026-01-03", "My friend Beatrix makes wine."),
        ("2026-01-03", "My aunt Bee keeps bees."),
        ("2026-01-04", "Bee is short for Beatrix."),
    )
    theo, bee = bond.knowing.people
    assert (theo.called, theo.full, theo.times) == ("Theo", "Theo Lindqvist", 2)
    assert set(bee.names) == {"Beatrix", "Bee"}
    assert {f.subject for f in bond.knowing.facts} == {theo.key, bee.key}


TWO = (("2026-07-04", "My friend Anna makes wine."), ("2026-07-04", "My boss Anna lives in Hull."))


def test_two_people_with_one_name_stay_two_and_she_asks_which():
    """A bare name means neither; with the relation, or after her question, the right one answers."""
    bond = life(*TWO, ("2026-07-05", "Anna was late."))
    assert [p.times for p in bond.knowing.people] == [1, 1]
    assert asked(bond, "where does Anna live?").text == "Do you mean your friend Anna or your boss Anna?"
    assert "Hull" in asked(bond, "where does my boss Anna live?").text
    which = Said(text="Do you mean ...?", by="rule:which_one", to=MomentId(3))
    bond = life(*TWO, ("2026-07-10", "where does Anna live?"), ("2026-07-10", which), ("2026-07-10", "my boss"))
    assert "Hull" in asked(bond, "my boss").text


def test_people_merged_on_the_persons_word_are_one():
    """The facts of both belong to the one; a key that is not known changes nothing."""
    bond = life(*TWO, ("2026-07-05", PersonMerged(kept="1.0", gone="2.0")))
    assert [p.key for p in bond.knowing.people] == ["1.0"]
    assert {f.subject for f in bond.knowing.facts} == {"1.0"}
    assert life(*TWO, ("2026-07-05", PersonMerged(kept="1.0", gone="9.9"))).knowing == life(*TWO).knowing


def test_a_correction_stands_in_the_place_of_what_was_wrong():
    """The wrong fact stays, marked; the right one has its time and answers; a bare "wrong" leaves a gap."""
    told = ("2026-01-06", "My sister Mara lives in Oslo.")
    bond = life(
        told, ("2026-02-01", Corrected(fact="1", text="My sister Mara lives in Bergen.", evidence=(MomentId(1),)))
    )
    assert [f.wrong for f in bond.knowing.facts] == [True, False]
    assert "Bergen" in asked(bond, "where does Mara live?").text
    bond = life(told, ("2026-02-01", Corrected(fact="1", evidence=(MomentId(1),))))
    assert bond.held == ()
    assert bond.knowing.disowned == {1}


def test_what_a_brain_noticed_needs_evidence_and_is_no_duplicate():
    """It is kept once, about somebody known; a fact that rules found already is not doubled."""
    noticed = Noticed(subject="Mara", statement="Mara lives in Oslo", evidence=(MomentId(1),), by="brain:x")
    assert len(life(("2026-01-06", "My sister Mara lives in Oslo."), ("2026-01-07", noticed)).knowing.facts) == 1
    new = Noticed(subject="Mara", statement="Mara is fond of ferries", evidence=(MomentId(1),), by="brain:x")
    known = life(("2026-01-06", "My sister Mara lives in Oslo."), ("2026-01-07", new)).knowing
    assert [f.by for f in known.facts] == ["", "brain:x"]
    stranger = Noticed(subject="Zoe", statement="Zoe sings", evidence=(MomentId(1),))
    assert len(life(("2026-01-06", "My sister Mara lives in Oslo."), ("2026-01-07", stranger)).knowing.facts) == 1


def test_only_what_the_person_said_is_evidence():
    """Her own words make neither facts nor people."""
    bond = life(("2026-01-01", Said(text="My sister Mara lives in Oslo. I live in Leeds.")))
    assert bond.knowing == Knowing()


def test_mentions_are_counted_and_asking_is_none():
    """How often and when last; a question about someone is not talk of them."""
    bond = life(
        ("2026-07-01", "My brother Theo is a carpenter."), ("2026-07-06", "Theo called"), ("2026-07-08", "who is Theo?")
    )
    assert "Monday, 6 July" in asked(bond, "when did I last mention Theo?").text
    assert "twice" in asked(bond, "how often do I mention Theo?").text


@pytest.mark.parametrize(
    "said",
    [
        "MY SISTER IS HERE",
        "imagine my brother Bob",
        'she said "my uncle Max"',
        "if my friend Zed were here",
        "my mother, God bless",
    ],
)
def test_nobody_is_made_up(said):
    """Shouting, supposing, quoting and exclaiming name nobody."""
    met = people.meet((), said, NOW, MomentId(1))
    assert not any(p.names for p in met)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("the 4th of May", (None, 5, 4)),
        ("May 14th, 1990", (1990, 5, 14)),
        ("1962-05-04", (1962, 5, 4)),
        ("31 June", None),
    ],
)
def test_dates_of_birthdays(text, date):
    """Days of the year in the usual spellings; impossible ones are none."""
    assert date_in(text) == date


SAYINGS = st.sampled_from(
    [
        "I live in Leeds.", "I moved to York in April.", "I live in Oslo.", "I used to live in Bergen.", "I quit my job.",
        "I work at a bakery.", "I don't live in Leeds anymore.", "My sister Mara lives in Oslo.", "Mara is late",
        "My sister's birthday is 4 May.", "My favourite tea is sencha.", "My favourite tea is assam.", "hello", "my boss Mara",
        "I lived in Turin from 2001 to 2004.", "Bee is short for Mara.", "My aunt Bee makes wine.", "where do I live?", "😀",
    ]
)  # fmt: skip
LIVES = st.lists(
    st.one_of(
        SAYINGS.map(lambda t: Heard(text=t)),
        SAYINGS.map(lambda t: Met(called="Theo", about=t)),
        st.builds(Corrected, fact=st.sampled_from(["1", "2", "3.2"]), text=SAYINGS),
        st.builds(PersonMerged, kept=st.sampled_from(["1.0", "2.0"]), gone=st.sampled_from(["3.0", "2.0"])),
        st.builds(
            Noticed, subject=st.sampled_from(["you", "Mara"]), statement=SAYINGS, evidence=st.just((MomentId(1),))
        ),
    ),
    max_size=30,
)


def entries(moments):
    return [Entry(MomentId(i), NOW.astimezone(UTC) + timedelta(days=i), m) for i, m in enumerate(moments, 1)]


@given(LIVES, st.integers(0, 30))
def test_a_snapshot_in_the_middle_changes_nothing(moments, cut):
    """What is known goes through JSON and on, and is the same as folded whole."""
    whole = entries(moments)
    middle = Knowing.model_validate_json(reduce(know, whole[:cut], Knowing()).model_dump_json())
    assert reduce(know, whole[cut:], middle) == reduce(know, whole, Knowing())


@given(LIVES, st.randoms(use_true_random=False))
def test_a_timeline_does_not_depend_on_the_order_of_the_facts(moments, rng: random.Random):
    """The same facts give the same timeline, in whatever order they are handed over."""
    facts = list(reduce(know, entries(moments), Knowing()).facts)
    before = timeline(facts, "you", "home")
    rng.shuffle(facts)
    assert timeline(facts, "you", "home") == before


@given(LIVES)
def test_saying_all_again_the_next_day_adds_no_second_fact(moments):
    """Restating what holds gains evidence, not a double; and every fact rests on some moment."""
    said = [m for m in moments if isinstance(m, Heard)]
    once = reduce(know, entries(said), Knowing())
    for fact in once.current:
        again = know(once, Entry(MomentId(900), NOW.astimezone(UTC) + timedelta(days=60), Heard(text=fact.statement)))
        if fact.subject == "you":
            assert len(again.facts) == len(once.facts)
    assert all(f.evidence for f in once.facts)


@given(LIVES)
def test_at_most_one_home_holds_now(moments):
    """Of what there is one at a time, one at most is open."""
    facts = reduce(know, entries(moments), Knowing()).facts
    open_ended = {s.fact.value for s in timeline(facts, "you", "home") if s.until is None}
    assert len(open_ended) <= 1


@given(st.text(max_size=300))
def test_any_text_is_survived(text):
    """Whatever is said, the fold goes on, and every fact is a piece of it."""
    known = know(Knowing(), Entry(MomentId(1), NOW.astimezone(UTC), Heard(text=text)))
    assert all(f.statement in text for f in known.facts)
