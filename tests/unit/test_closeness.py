"""Closeness and trust: slow, bounded, mended; what is theirs; and never a number for anyone to see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import closeness as near
from someone.mind.bond import Bond, step
from someone.mind.closeness import BY_RUPTURE, BY_TALK, MOST_A_DAY, MOST_LOST_A_DAY, Closeness
from someone.mind.deliberation import Answer, Phrase, Prompt
from someone.mind.mends import led_by, put_right, repair
from someone.mind.moments import Cared, Corrected, Entry, Failed, Heard, Met, MomentId, Said, Shared
from someone.mind.sharing import comes_back, shared

START = datetime(2026, 3, 2, 19, tzinfo=UTC)

words = st.sampled_from(
    ["hello", "thank you", "you're useless", "No, that's wrong.", "I'm sorry about yesterday", "I live in Leeds", "My dog is called Rex"]
)  # fmt: skip
moments = st.one_of(
    words.map(lambda t: Heard(text=t)),
    st.builds(Said, text=st.just("I see."), stood_on=st.just(()) | st.integers(1, 60).map(lambda i: (MomentId(i),))),
    st.builds(Corrected, fact=st.integers(1, 60).map(str)),
    st.just(Failed(stage="speak", code="brain_failed")),
    st.builds(Shared, what=st.just("joke"), text=words, evidence=st.just((MomentId(1),))),
)
lives = st.lists(st.tuples(moments, st.integers(-7200, 90_000)), max_size=80)


def entries(life):
    at, out = START, []
    for n, (moment, seconds) in enumerate(life, 1):
        at += timedelta(seconds=seconds)
        out.append(Entry(MomentId(n), at, moment))
    return out


def fold(*timed):
    """A bond after ``(days, hours, moment)``; a text was heard."""
    made = [
        Entry(MomentId(n), START + timedelta(days=d, hours=h), Heard(text=m) if isinstance(m, str) else m)
        for n, (d, h, m) in enumerate(timed, 1)
    ]
    return reduce(step, made, Bond())


@given(lives)
def test_both_stay_within_bounds_and_move_slowly(life):
    """Whatever happens, 0..1, and no single day moves either by more than its bound."""
    state, by_day = Bond(), {}
    for entry in entries(life):
        before = state.closeness
        state = step(state, entry)
        after = state.closeness
        assert 0 <= after.closeness <= 1
        assert 0 <= after.trust <= 1
        if after.day is not None:
            rose, fell = by_day.get(after.day, (0.0, 0.0))
            moved = after.trust - before.trust
            by_day[after.day] = (rose + max(0.0, moved), fell + max(0.0, -moved))
    assert all(fell <= MOST_LOST_A_DAY + 1e-6 for _, fell in by_day.values())
    assert all(rose <= MOST_A_DAY + MOST_LOST_A_DAY + 1e-6 for rose, _ in by_day.values())


@given(lives, st.integers(0, 80))
def test_a_snapshot_in_the_middle_changes_nothing(life, cut):
    """The same through JSON, to the last digit."""
    whole = entries(life)
    middle = Bond.model_validate_json(reduce(step, whole[:cut], Bond()).model_dump_json())
    assert reduce(step, whole[cut:], middle).closeness == reduce(step, whole, Bond()).closeness


def test_ninety_days_of_talk_bring_them_nearer_every_day_a_little():
    """Monotone, slow, and after three months neither strangers nor at the end of it."""
    state, so_far = Bond(), []
    for n in range(90):
        state = step(state, Entry(MomentId(n + 1), START + timedelta(days=n), Heard(text="It rained today.")))
        so_far.append(state.closeness.closeness)
    rises = [b - a for a, b in pairwise(so_far)]
    assert all(0 < rise <= MOST_A_DAY for rise in rises)
    assert so_far[-1] == pytest.approx(1 - (1 - BY_TALK) ** 90, abs=1e-6)


def test_a_long_day_brings_no_more_than_the_bound():
    """A hundred thanks in a day are one good day: nothing is won by volume."""
    day = fold(*((0, n / 100, "Thank you, that helped.") for n in range(100)))
    assert day.closeness.closeness <= MOST_A_DAY + 1e-9


def test_absence_costs_little_and_never_trust():
    """After two months away they are hardly further apart, and trust is what it was."""
    talk = [(n, 0, "It rained today.") for n in range(30)]
    before, after = fold(*talk).closeness, fold(*talk, (90, 0, "hello")).closeness
    assert before.closeness * 0.9 < after.closeness < before.closeness + BY_TALK
    assert after.trust >= before.trust


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("No, that's wrong.", "wrong"),
        ("That's not what I said, I said Tuesday.", "wrong"),
        ("You got my sister wrong.", "wrong"),
        (Corrected(fact="1"), "wrong"),
        (Failed(stage="speak", code="brain_failed"), "broke"),
        ("You're useless.", "unkind"),
    ],
)
def test_a_rupture_is_noticed_and_costs_trust(moment, kind):
    """Being corrected, breaking off and unkind words, each by its kind, each at a cost that is bounded."""
    talk = [*((n, 0, "It rained today.") for n in range(20)), (20, 0, "hello"), (20, 0.01, Said(text="I see."))]
    before, after = fold(*talk).closeness, fold(*talk, (20, 0.02, moment)).closeness
    assert after.rupture.kind == kind
    assert 0 < before.trust - after.trust <= BY_RUPTURE + 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "He said you're useless.",
        "No, that's wrong of him to shout.",
        "That's not true love.",
        "No, I went home.",
        "My boss told me: you're stupid.",
        "Is that wrong?",
        "He got my name wrong again.",
    ],
)
def test_what_others_did_is_no_rupture(text):
    """Reported words and wrongs of the world are not between the two."""
    assert fold((0, 0, "hello"), (0, 0.01, Said(text="I see.")), (0, 0.02, text)).closeness.rupture is None


def test_a_correction_out_of_nowhere_is_none_of_hers():
    """Where she said nothing before, she got nothing wrong."""
    assert fold((0, 0, "That's wrong.")).closeness.rupture is None


def test_repair_gives_back_some_and_is_over():
    """Her sentence, or the person's own apology, ends it; trust comes back in part; the same does not open again at once."""
    talk = [*((n, 0, "It rained today.") for n in range(20)), (20, 0, "You're useless.")]
    hurt = fold(*talk)
    mended = fold(*talk, (20, 0.1, Said(text="...", stood_on=(hurt.closeness.rupture.moment,))))
    assert mended.closeness.rupture is None
    assert hurt.closeness.trust < mended.closeness.trust
    sorry = fold(*talk, (21, 0, "I'm sorry about yesterday."))
    assert sorry.closeness.rupture is None
    assert sorry.closeness.trust > hurt.closeness.trust
    assert fold(*talk, (20, 0.1, "sorry, I was unfair"), (20, 0.2, "you're useless")).closeness.rupture is None


def test_a_repair_names_whom_it_was_about():
    """A corrected fact about somebody is mended by their name; one about the person by none."""
    met = (0, 0, Met(called="Theo", about="My sister Mara lives in Oslo."))
    bond = fold(met, (0, 1, Corrected(fact="1", text="My sister Mara lives in Bergen.", evidence=(MomentId(1),))))
    now = START + timedelta(hours=2)
    assert bond.closeness.rupture is not None
    assert repair(bond.closeness.rupture, now) == (
        "I got that wrong earlier, about your sister Mara. I'm sorry. Thank you for telling me."
    )
    assert "last time" in repair(bond.closeness.rupture, now + timedelta(days=1))


GREETING, EXACT = Answer("Hi, Theo.", "greeting"), Answer("Your sister lives in Oslo.", "quoted")
PHRASE = Phrase(Prompt(()))


def test_the_word_of_repair_stands_before_what_fits_and_nothing_else():
    """Before a greeting or a brain's words, once; never before an exact answer, in sorrow, in danger, or weeks later."""
    bond = fold((0, 0, "hello"), (0, 0.01, Failed(stage="speak", code="brain_failed")), (1, 0, "hi"))
    now = START + timedelta(days=1)
    led = led_by(GREETING, bond, "hi", now, grave=False)
    assert led.text == "I broke off last time, and I'm sorry for that. Hi, Theo."
    assert led.stood_on == (2,)
    assert led_by(PHRASE, bond, "I had soup", now, grave=False).lead.startswith("I broke off")
    assert led_by(EXACT, bond, "where does she live?", now, grave=False) == EXACT
    assert led_by(GREETING, bond, "hi", now, grave=True) == GREETING
    assert led_by(PHRASE, bond, "my father died", now, grave=False) == PHRASE
    assert led_by(GREETING, bond, "hi", now + timedelta(days=30), grave=False) == GREETING


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("No, that's wrong.", True),
        ("that's not right", True),
        ("No, that's not what I said. I said he moved to Hull.", False),
        ("You got that wrong, she is a vet in Oslo now", False),
    ],
)
def test_put_right_in_talk_she_takes_it_at_once(text, asks):
    """She says so plainly, and asks what is right only where she was not told."""
    found = put_right(text, MomentId(9), after="brain:x")
    assert found.text.startswith("I got that wrong. I'm sorry.")
    assert found.text.endswith("What is right?") == asks
    assert put_right(text, MomentId(9), after="") is None


# --------------------------------------------------------------------------------------------------------------- theirs


def lines(*timed):
    return [
        Entry(MomentId(n), START + timedelta(days=d), Heard(text=m) if isinstance(m, str) else m)
        for n, (d, m) in enumerate(timed, 1)
    ]


@pytest.mark.parametrize(
    ("first", "second", "what", "text"),
    [
        ("A goose took my sandwich", "haha remember the goose?", "joke", "the goose"),
        ("haha the goose came back", "lol that goose again", "joke", "the goose"),
        ("Wonderwall came on in the bar", "Wonderwall is our song", "song", "Wonderwall"),
        ("Our song is Blue Moon", "They played Blue Moon tonight", "song", "Blue Moon"),
        ("We sat on the bench by the lake", "The bench by the lake is our place", "place", "The bench by the lake"),
        ("As we say, soup first", "Soup first, always.", "saying", "soup first"),
    ],
)
def test_what_comes_up_on_two_days_by_name_or_laughter_becomes_theirs(first, second, what, text):
    """Each kind, with the moments it rests on; on one day alone it is not theirs yet, and it becomes so once."""
    found = shared(lines((0, first), (3, second)), Bond())
    assert [(s.what, s.text, s.evidence) for s in found] == [(what, text, (1, 2))]
    assert shared(lines((0, first), (0, second)), Bond()) == ()
    known = reduce(step, lines((0, first), (3, second), (4, found[0])), Bond())
    assert shared(lines((0, first), (3, second)), known) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We had soup", "We had soup again"),
        ("Remember the funeral? I cried", "haha remember the funeral, it was awful"),
        ("Remember the time I told you", "remember the time we spoke"),
    ],
)
def test_sorrow_and_plain_days_make_nothing_theirs(first, second):
    """What merely comes up twice, or hurts, is no shared thing."""
    assert shared(lines((0, first), (3, second)), Bond()) == ()


def test_where_danger_was_answered_nothing_becomes_theirs():
    """A line with a sign of danger is looked at for nothing else."""
    life = lines((0, "haha the goose"), (0, Cared(level="ask", sign="x", to=MomentId(1))), (3, "haha the goose"))
    assert shared(life, Bond()) == ()


GOOSE = Closeness(shared=(near.Theirs(id=MomentId(7), what="joke", text="the goose", since=START),))
LATER = START + timedelta(days=10)


def test_she_comes_back_to_it_sparingly():
    """Only when the words touch it, days after the last time, and never in sorrow or at a question."""
    assert comes_back(GOOSE, "There was a goose in the park", LATER) == ("That makes me think of the goose.", 7)
    assert comes_back(GOOSE, "There was a duck in the park", LATER) is None
    assert comes_back(GOOSE, "Do you know what a goose eats?", LATER) is None
    assert comes_back(GOOSE, "The goose died", LATER) is None
    assert comes_back(GOOSE, "There was a goose in the park", START + timedelta(days=1)) is None
    used = GOOSE.model_copy(update={"shared_at": LATER - timedelta(days=1)})
    assert comes_back(used, "There was a goose in the park", LATER) is None


def test_the_rhythm_is_counted_once_a_talk():
    """The hour of the week in which a talk began, not each line of it; an hour near a usual one is usual."""
    bond = fold(*((n, m / 60, "hello") for n in range(14) for m in (0, 5, 10)))
    assert sum(bond.closeness.hours.values()) == 14
    assert near.usual(bond.closeness, START + timedelta(days=3, minutes=30))
    assert not near.usual(bond.closeness, START + timedelta(days=3, hours=9))
    assert not near.usual(Closeness(), START)
