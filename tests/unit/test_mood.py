"""Mood: bounded, decaying to her temperament, nearly independent of order, without drift, and the same when replayed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from someone.mind import bond as bonds
from someone.mind import mood as moods
from someone.mind.feelings import MOOD, Emotion
from someone.mind.moments import Entry, Felt, Heard, MomentId, Said, Shared, load
from someone.mind.mood import (
    CENTRES,
    MOOD_HALF_LIFE,
    PACE_BOUND,
    PUSH,
    TEMPERAMENT,
    Mood,
    mood_at,
    mood_word,
    pace,
    present,
    pushed,
    step,
    temperament,
)

START = datetime(2026, 3, 4, 9, tzinfo=UTC)
kinds = st.sampled_from(Emotion)
intensities = st.floats(0, 1)
emotions = st.lists(st.tuples(kinds, intensities), max_size=12)
inside = st.builds(Mood, p=st.floats(-1, 1), a=st.floats(-1, 1), d=st.floats(-1, 1), at=st.just(START))


def felt(kind, intensity, number=2, *, about="", why="it happened", cause=1, feeling="glad"):
    return Felt(feeling=feeling, emotion=kind, intensity=intensity, about=about, why=why, cause=(MomentId(cause),))


def life(*timed):
    """Entries of (minutes since the start, moment)."""
    return [Entry(MomentId(i), START + timedelta(minutes=m), x) for i, (m, x) in enumerate(timed, 1)]


def fold(entries, mood=None):
    return reduce(step, entries, mood or Mood())


def test_the_published_example_of_a_temperament():
    """Gebhard's worked example of Mehrabian's equations comes out as printed, to two places."""
    assert [round(x, 2) for x in temperament(0.4, 0.8, 0.6, 0.3, 0.4)] == [0.38, -0.08, 0.50]


def test_hers_is_calm_and_pleasant():
    """At rest she is in the octant called relaxed, and the word for it is calm."""
    assert TEMPERAMENT[0] > 0 > TEMPERAMENT[1]
    assert TEMPERAMENT[2] > 0
    assert mood_word(Mood()) == "calm"


@given(inside, emotions)
def test_the_mood_never_leaves_the_space(mood, felts):
    """Whatever is felt, however often and strongly, each dimension stays within -1..1."""
    pad = mood.pad
    for kind, intensity in felts * 5:
        pad = pushed(pad, kind, intensity)
        assert all(-1 <= x <= 1 for x in pad)


@given(inside, kinds, st.floats(0.01, 1))
def test_an_emotion_moves_the_mood_to_its_side(mood, kind, intensity):
    """No dimension moves against the emotion's own sign."""
    after = pushed(mood.pad, kind, intensity)
    for before, now, centre in zip(mood.pad, after, CENTRES[kind], strict=True):
        assert (now - before) * centre >= -1e-12


@given(inside, st.lists(st.floats(0, 100), min_size=2, max_size=6))
def test_it_decays_to_her_temperament_and_never_past_it(mood, hours):
    """Later is nearer, in each dimension, on the same side; after ten half-lives a thousandth is left."""
    offs = [
        [m - t for m, t in zip(mood_at(mood, START + timedelta(hours=h)).pad, TEMPERAMENT, strict=True)]
        for h in sorted(hours)
    ]
    for early, late in pairwise(offs):
        assert all(abs(b) <= abs(a) + 1e-12 and a * b >= 0 for a, b in zip(early, late, strict=True))
    gone = mood_at(mood, START + 10 * MOOD_HALF_LIFE)
    assert all(abs(x - t) <= 2 / 1000 for x, t in zip(gone.pad, TEMPERAMENT, strict=True))


@given(inside, st.floats(0, 50), st.floats(0, 50))
def test_waiting_twice_is_waiting_once(mood, one, other):
    """It does not matter how often the mood is looked at."""
    twice = mood_at(mood_at(mood, START + timedelta(hours=one)), START + timedelta(hours=one + other))
    once = mood_at(mood, START + timedelta(hours=one + other))
    assert twice.pad == pytest.approx(once.pad, abs=1e-6)


@given(inside, emotions, st.randoms())
def test_the_order_of_independent_events_hardly_matters(mood, felts, chance):
    """In any order, each dimension differs by at most 2 x the product of the shares of every pair on opposite sides."""
    mixed = list(felts)
    chance.shuffle(mixed)
    one = reduce(lambda m, x: pushed(m, *x), felts, mood.pad)
    other = reduce(lambda m, x: pushed(m, *x), mixed, mood.pad)
    for i in range(3):
        shares = [PUSH * strength * CENTRES[kind][i] for kind, strength in felts]
        most = sum(2 * abs(a * b) for a, b in combinations(shares, 2) if a * b < 0)
        assert abs(one[i] - other[i]) <= most + 1e-9


def test_two_events_of_everyday_strength_differ_by_little_in_either_order():
    """The tolerance that a page may state: good news and a loss, in either order, within 0.05."""
    good, bad = (Emotion.HAPPY_FOR, 0.7), (Emotion.SORRY_FOR, 0.8)
    one = pushed(pushed(TEMPERAMENT, *good), *bad)
    other = pushed(pushed(TEMPERAMENT, *bad), *good)
    assert one == pytest.approx(other, abs=0.05)


def test_ten_years_leave_no_drift():
    """After ten years of days, good and bad, a quiet week brings her back to where she began."""
    chance = random.Random(7)
    mood, minutes = Mood(), 0.0
    for number in range(1, 3651 * 4):
        minutes += chance.uniform(60, 660)
        kind, strength = chance.choice(list(Emotion)), chance.random()
        mood = step(mood, Entry(MomentId(number), START + timedelta(minutes=minutes), felt(kind, strength)))
        assert all(-1 <= x <= 1 for x in mood.pad)
    assert minutes > 365 * 10 * 24 * 60 * 0.9
    rested = mood_at(mood, START + timedelta(minutes=minutes, days=7))
    assert rested.pad == pytest.approx(TEMPERAMENT, abs=1e-9)
    assert len(mood.stirrings) <= moods.KEPT


moments = st.one_of(
    st.builds(felt, kinds, intensities),
    st.just(Heard(text="hello")),
    st.just(Said(text="It's nine.", by="rule:time")),
    st.just(Felt(feeling="warm", cause=(MomentId(1),))),
    st.just(Felt(feeling="thoughtful", cause=(), emotion=MOOD)),
    st.just(Felt(feeling="?", cause=(), emotion="of a later release", intensity=0.5)),
    st.just(Shared(what="joke", text="the goose", evidence=(MomentId(1),))),
)
lives = st.lists(st.tuples(st.integers(-60, 3000), moments), max_size=40)


@given(lives, st.integers(0, 40))
def test_a_replay_gives_the_same_mood(timed, cut):
    """Folding on from a mood that went through JSON equals folding the whole; clocks that go backwards don't break it."""
    entries = life(*timed)
    middle = Mood.model_validate_json(fold(entries[:cut]).model_dump_json())
    assert fold(entries[cut:], middle) == fold(entries)


@given(lives)
def test_the_bond_carries_the_mood(timed):
    """The bond's mood is the fold of its moments, and nothing that a bond holds changes it otherwise."""
    entries = life(*timed)
    assert reduce(bonds.step, entries, bonds.Bond()).mood == fold(entries)


@pytest.mark.parametrize(
    ("body", "brighter"),
    [
        ('{"v":1,"kind":"Felt","feeling":"happy for Theo","cause":[1],"why":"something good happened to you"}', True),
        ('{"v":1,"kind":"Felt","feeling":"worried","cause":[1],"why":"x"}', False),
        ('{"v":1,"kind":"Felt","feeling":"a little worried","cause":[1]}', False),
        ('{"v":1,"kind":"Felt","feeling":"calm","cause":[1]}', None),
        ('{"v":1,"kind":"Felt","feeling":"something else","cause":[]}', None),
    ],
)
def test_a_journal_from_before_there_were_kinds_folds(body, brighter):
    """Old words push the mood to the side that they speak of; calm and unknown ones leave it."""
    mood = step(Mood(), Entry(MomentId(2), START, load(body)))
    if brighter is None:
        assert mood == Mood()
    else:
        assert (mood.p > TEMPERAMENT[0]) is brighter


def test_a_feeling_fades_by_lines_and_time_and_keeps_its_cause():
    """Good news: its own word, then warm while it fades, then the mood, each time with the moment behind it."""
    entries = life(
        (0, Heard(text="a")), (0, felt("happy_for", 0.75, about="Mara", why="something good happened to Mara"))
    )
    mood, now = fold(entries), START
    assert present(mood, now).word == "happy for Mara"
    mood = step(mood, Entry(MomentId(3), now, Heard(text="b")))
    fading = present(mood, now)
    assert (fading.word, fading.cause) == ("warm", (1,))
    assert "something good happened to Mara" in fading.why
    mood = step(mood, Entry(MomentId(4), now, Heard(text="c")))
    left = present(step(mood, Entry(MomentId(5), now, Heard(text="d"))), now)
    assert (left.kind, left.word, left.cause) == (MOOD, "warm", (1,))
    assert present(mood, now + timedelta(days=2)).word == "calm"


def test_a_plain_request_does_not_move_the_talk_on():
    """ "Why do you feel that?" asks about the feeling that she had, not about what the question left of it."""
    entries = life((0, Heard(text="a")), (0, felt("happy_for", 0.75, about="Mara")), (1, Heard(text="why?")))
    assert present(fold(entries), START, asked=True).word == "happy for Mara"


def test_answered_requests_leave_the_feeling_as_it_was():
    """How she feels, and then why: both answers speak of the same feeling."""
    asked = (Heard(text="how do you feel?"), Said(text="I feel ...", by="rule:feeling"))
    entries = life((0, Heard(text="a")), (0, felt("sorry_for", 0.8)), *((0, x) for x in asked * 3))
    assert present(fold(entries), START).word == "a little worried"


def test_danger_is_not_put_away_at_once():
    """A line later she is still worried, a little; then it fades."""
    danger = felt("fear", 1.0, about="Theo", feeling="worried")
    mood = fold(life((0, Heard(text="a")), (0, danger), (1, Heard(text="b"))))
    assert present(mood, START + timedelta(minutes=1)).word == "a little worried"


def test_several_hard_things_make_her_quiet_and_several_good_ones_bright():
    """The mood's words follow the mood, in both directions."""
    hard = fold(life(*((i, felt("sorry_for", 0.8)) for i in range(3))))
    good = fold(life(*((i, felt("happy_for", 0.9)) for i in range(5))))
    later = START + timedelta(hours=1)
    assert mood_word(mood_at(hard, later)) == "quiet"
    assert mood_word(mood_at(good, later)) == "bright"


@given(inside)
def test_the_pace_stays_easy_to_follow(mood):
    """Whatever the mood, she speaks at most so much faster or slower."""
    assert abs(pace(mood.pad) - 1) <= PACE_BOUND + 1e-9


def test_the_pace_follows_the_mood():
    """Slower in sorrow, quicker in laughter, as usual at rest."""
    assert pace(TEMPERAMENT) == 1.0
    assert pace(pushed(TEMPERAMENT, Emotion.SORRY_FOR, 0.8)) < 1.0 < pace(pushed(TEMPERAMENT, Emotion.AMUSEMENT, 0.8))


def test_jokes_are_remembered_once_each():
    """What they laugh about is at hand, once, the newest last."""
    goose, map_ = (Shared(what="joke", text=t, evidence=(MomentId(1),)) for t in ("the goose", "the map"))
    song = Shared(what="song", text="our song", evidence=(MomentId(1),))
    assert fold(life((0, goose), (1, map_), (2, goose), (3, song))).jokes == ("the map", "the goose")
