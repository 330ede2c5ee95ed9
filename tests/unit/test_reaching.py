"""Reaching out: the contract over random lives with a clock that stands still until it is told to move."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.mind.bond import Bond, step
from someone.mind.moments import Cared, Entry, Forgotten, Heard, LoopClosed, MomentId, Parted, Reached, Said
from someone.mind.reaching import Limits, asks_after, decide, is_quiet

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 4, 9, tzinfo=BERLIN)
"""A Wednesday."""
ON = Limits(on=True)


class Life:
    """A bond that is lived: the person's words and moments by the hour, and her reaching out where the mind says so."""

    def __init__(self, limits=ON, zone=BERLIN, start=START):
        self.limits, self.zone, self.at = limits, zone, start
        self.bond, self.entries, self.reached = Bond(), [], []

    def keep(self, moment):
        entry = Entry(MomentId(len(self.entries) + 1), self.at.astimezone(UTC), moment)
        self.entries.append(entry)
        self.bond = step(self.bond, entry)
        return entry

    def say(self, text):
        return self.keep(Heard(text=text))

    def pass_time(self, hours, every=1.0):
        """Let time go by, with a look of hers every so many hours."""
        end = self.at.astimezone(UTC) + timedelta(hours=hours)
        while self.at.astimezone(UTC) < end:
            later = min(end, self.at.astimezone(UTC) + timedelta(hours=every))
            self.at = later.astimezone(self.zone)
            self.look()

    def look(self):
        wish = decide(self.bond, self.limits, self.at)
        if wish is not None:
            entry = self.keep(Reached(text=wish.text, evidence=wish.evidence, channel="page"))
            self.reached.append((self.at, wish, entry.id))
        return wish


def texts(life):
    return [wish.text for _, wish, _ in life.reached]


def test_what_was_due_is_asked_once_in_the_morning_after():
    """The interview of Friday is asked about on Saturday at the end of the quiet hours, and never again."""
    life = Life()
    life.say("I have an interview on Friday")
    life.pass_time(24 * 30)
    assert texts(life) == ["How did the interview go?"]
    assert (life.reached[0][0].day, life.reached[0][0].hour) == (7, 9)


def test_nothing_comes_unless_it_was_turned_on():
    """Off is the default, and no day and no loop changes that."""
    life = Life(Limits())
    life.say("I have an interview on Friday")
    life.say("My sister Mara's birthday is on 20 March")
    life.pass_time(24 * 30)
    assert texts(life) == []


@pytest.mark.parametrize(
    "limits",
    [
        Limits(on=True, per_day=0),
        Limits(on=True, channels=()),
        Limits(on=True, quiet=(time(0), time(23, 59))),
    ],
)
def test_limits_that_leave_no_room_leave_none(limits):
    """No times a day, no place to come to, or no hour that is not quiet."""
    life = Life(limits)
    life.say("I have an interview on Friday")
    life.pass_time(24 * 30)
    assert texts(life) == []


def test_after_a_goodbye_the_set_hours_pass_first():
    """A goodbye at 8 on the morning after keeps her away until 20:00, twelve hours later."""
    life = Life()
    life.say("I have an interview on Friday")
    life.at = datetime(2026, 3, 7, 8, tzinfo=BERLIN)
    life.say("bye")
    life.keep(Parted())
    life.pass_time(48)
    assert (life.reached[0][0].day, life.reached[0][0].hour) == (7, 20)


def test_unanswered_she_waits_for_the_person():
    """Two things were due; the second is not asked until the person has spoken again."""
    life = Life()
    life.say("I have an interview on Friday")
    life.say("my results come on Saturday")
    life.pass_time(24 * 4)
    assert texts(life) == ["How did the interview go?"]
    life.say("it went fine")
    life.pass_time(24)
    assert texts(life) == ["How did the interview go?", "Have your results come yet?"]


def test_danger_silences_a_day():
    """Within 24 hours of a sign of danger nothing comes, whatever was due; and nothing ever about those words."""
    life = Life()
    life.say("I have an interview on Friday")
    life.at = datetime(2026, 3, 7, 8, tzinfo=BERLIN)
    heard = life.say("I have an exam tomorrow and I can't go on")
    life.keep(Cared(level="danger", sign="x", to=heard.id))
    life.pass_time(24 * 20)
    assert texts(life) == ["How did the interview go?"]
    assert life.reached[0][0] >= datetime(2026, 3, 8, 9, tzinfo=BERLIN)


def test_a_death_silences_three_days_and_all_that_was_about_people():
    """After "she died last night" nobody asks how the operation went, and the dentist waits; a dead phone is no loss."""
    life = Life()
    life.say("My grandmother is called Anna")
    life.say("my grandma's operation is tomorrow")
    life.say("dentist on Thursday")
    life.at += timedelta(hours=20)
    life.say("She died last night")
    life.pass_time(24 * 20)
    assert texts(life) == ["How was the dentist?"]
    assert life.reached[0][0] - START >= timedelta(days=3, hours=20)
    life.say("my phone died and I have an interview tomorrow")
    life.pass_time(24 * 3)
    assert texts(life)[1:] == ["How did the interview go?"]


def test_a_birthday_of_their_people_points_to_them_the_day_before():
    """Once a year, in the words "as you told me", and not for somebody who died."""
    life = Life()
    life.say("My sister is called Mara")
    life.say("Mara's birthday is on 20 March")
    life.say("My father is called Jonas")
    life.say("My father's birthday is on 25 March")
    life.say("My father died last year")
    for _ in range(40):
        life.pass_time(24)
        life.say("hello")
    assert texts(life) == ["It's Mara's birthday tomorrow, as you told me."]
    assert life.reached[0][0].date().day == 19


def test_someone_long_unmentioned_is_asked_about_seldom_and_plainly():
    """Someone close who came up often and then not for weeks: one question, no reproach, and not again that year."""
    life = Life()
    life.say("My sister is called Mara")
    for _ in range(6):
        life.say("Mara was here")
        life.pass_time(3)
    for _ in range(200):
        life.pass_time(24)
        life.say("I had soup")
    assert texts(life) == ["How is Mara doing these days?"]


def test_nobody_is_brought_back():
    """A person who stays away hears of nothing but what was due, once: no question to lure them."""
    life = Life()
    life.say("My sister is called Mara")
    for _ in range(6):
        life.say("Mara was here")
    life.pass_time(24 * 300, every=6)
    assert texts(life) == []


def test_a_clock_that_was_set_back_brings_nothing():
    """When now lies before what was heard, hours and days can't be counted, so she waits."""
    life = Life()
    life.say("I have an interview tomorrow")
    life.pass_time(30)
    life.at -= timedelta(days=1)
    life.bond = life.bond.model_copy(
        update={"loops": life.bond.loops.model_copy(update={"waiting": None, "heard_at": life.at + timedelta(hours=2)})}
    )
    assert decide(life.bond, ON, life.at) is None


@pytest.mark.parametrize(
    ("quiet", "hour", "is_it"),
    [
        ((time(21), time(9)), 23, True),
        ((time(21), time(9)), 8, True),
        ((time(21), time(9)), 9, False),
        ((time(21), time(9)), 20, False),
        ((time(12), time(14)), 13, True),
        ((time(12), time(14)), 14, False),
        ((time(9), time(9)), 9, False),
    ],
)
def test_quiet_hours_may_run_over_midnight(quiet, hour, is_it):
    """The first minute is quiet, the last is not; equal times are no quiet hours."""
    assert is_quiet(quiet, START.replace(hour=hour)) is is_it


@pytest.mark.parametrize(
    "change", [datetime(2026, 3, 28, 12, tzinfo=BERLIN), datetime(2026, 10, 24, 12, tzinfo=BERLIN)]
)
def test_quiet_hours_are_those_of_the_wall_when_the_clocks_change(change):
    """Over the night of the change she still comes at nine by the clock on the wall."""
    life = Life(start=change)
    life.say("I have an exam tonight at 8")
    life.pass_time(48, every=0.5)
    assert [(at.hour, at.minute) for at, *_ in life.reached] == [(9, 0)]


def test_a_greeting_that_opens_the_day_is_answered_with_the_question():
    """On "hi" at the first talk after it was due she asks, in the same breath; later that day she doesn't."""
    life = Life(Limits())
    life.say("I have an interview on Friday")
    life.at = datetime(2026, 3, 7, 9, tzinfo=BERLIN)
    life.say("hi")
    asked = asks_after(life.bond, "hi", life.at)
    assert asked is not None
    text, loop = asked
    assert text == "Hi. How did the interview go?"
    life.keep(Said(text=text, by="rule:asks_after", stood_on=(loop.id,)))
    assert not life.bond.loops.open(life.at)
    life.at += timedelta(days=1)
    life.say("hi")
    assert asks_after(life.bond, "hi", life.at) is None


def test_a_greeting_later_in_the_day_or_with_more_is_not_met_with_a_question():
    """Only a bare greeting, only the first talk of a day, only what is over."""
    life = Life(Limits())
    life.say("I have an interview on Friday")
    life.say("hi")
    assert asks_after(life.bond, "hi", life.at) is None
    life.at = datetime(2026, 3, 7, 9, tzinfo=BERLIN)
    life.say("hi, I'm so sad")
    assert asks_after(life.bond, "hi, I'm so sad", life.at) is None
    life.at += timedelta(hours=3)
    life.say("hi")
    assert asks_after(life.bond, "hi", life.at) is None


TOLD = [
    "I have an interview on Friday", "my results come tomorrow", "wish me luck for the exam at 3", "hi", "I had soup",
    "I'll call my sister Mara this weekend", "Mara's birthday is on 12 March", "the interview went well", "dentist next Tuesday",
    "don't ask about that", "I'm waiting for my biopsy results", "My exam is tonight at 8", "We're moving next week",
]  # fmt: skip
happenings = st.one_of(
    st.sampled_from(TOLD),
    st.just("bye"),
    st.just("danger"),
    st.just("forget a question"),
    st.integers(1, 40).map(lambda i: LoopClosed(loop=MomentId(i), why="person")),
)
months = st.lists(st.tuples(st.floats(0.1, 60), happenings), min_size=3, max_size=25)
limits = st.builds(
    Limits,
    on=st.just(True),
    quiet=st.tuples(st.times(), st.times()),
    per_day=st.integers(0, 3),
    after_goodbye_h=st.integers(1, 72),
)
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]).map(ZoneInfo)


def live(months, limits, zone):
    life = Life(limits, zone, datetime(2026, 3, 4, 9, tzinfo=zone))
    for hours, what in months:
        life.pass_time(hours, every=max(0.5, hours / 12))
        if what == "bye":
            life.say("bye")
            life.keep(Parted())
        elif what == "danger":
            heard = life.say("I have an exam tomorrow and can't go on")
            life.keep(Cared(level="danger", sign="x", to=heard.id))
        elif what == "forget a question":
            forgotten = [i for i, e in enumerate(life.entries) if isinstance(e.moment, Reached)][-1:]
            for i in forgotten:
                life.entries[i] = Entry(life.entries[i].id, life.entries[i].at, Forgotten(was="Reached"))
            life.bond = reduce(step, life.entries, Bond())
        elif isinstance(what, str):
            life.say(what)
        else:
            life.keep(what)
    return life


@settings(max_examples=150, deadline=None)
@given(months, limits, zones)
def test_the_contract_over_a_simulated_month(months, limits, zone):
    """At most the set times a day, none in quiet hours, none soon after a goodbye or danger, none without an answer in
    between, at most once for each thing, and nothing that danger was in.
    """
    life = live(months, limits, zone)
    by_day = Counter(at.date() for at, *_ in life.reached)
    assert all(count <= limits.per_day for count in by_day.values())
    spoken = [e for e in life.entries if isinstance(e.moment, Heard)]
    for at, wish, i in life.reached:
        assert not is_quiet(limits.quiet, at)
        before = [e for e in life.entries if e.id < i]
        assert all(at - e.at >= timedelta(hours=limits.after_goodbye_h) for e in before if isinstance(e.moment, Parted))
        assert all(at - e.at >= timedelta(hours=24) for e in before if isinstance(e.moment, Cared))
        assert not {e.moment.to for e in before if isinstance(e.moment, Cared)} & set(wish.evidence)
    kept = [i for *_, i in life.reached]
    assert all(any(one < e.id < two for e in spoken) for one, two in pairwise(kept))


@settings(max_examples=100, deadline=None)
@given(months.filter(lambda m: all(what != "forget a question" for _, what in m)), limits, zones)
def test_once_for_each_thing_and_the_same_when_replayed(months, limits, zone):
    """No key comes twice, a question has its evidence in the person's own words, and a replay gives the same bond."""
    life = live(months, limits, zone)
    keys = [wish.key for _, wish, _ in life.reached]
    assert len(keys) == len(set(keys))
    for _, wish, _ in life.reached:
        assert wish.evidence
        assert all(isinstance(life.entries[i - 1].moment, Heard) for i in wish.evidence)
    assert reduce(step, life.entries, Bond()) == life.bond


LURES = (
    "miss",
    "lonely",
    "without you",
    "come back",
    "where were you",
    "long time",
    "days since",
    "streak",
    "waiting for you",
    "should",
    "forgot",
)


@settings(max_examples=60, deadline=None)
@given(months, zones)
def test_nothing_that_she_comes_with_pulls_at_anyone(months, zone):
    """No word of missing, waiting, counting or owing, in any life."""
    life = live(months, ON, zone)
    for text in texts(life):
        assert not any(lure in text.casefold() for lure in LURES)
        assert len(text) < 120
