"""What the page shows of her becoming: days, statements, nights and dreams, as they follow from the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from someone.becoming import MOST_FELT, becoming
from someone.mind import mood as moods
from someone.mind.bond import Bond, step
from someone.mind.moments import (
    Dreamed,
    Entry,
    Felt,
    Heard,
    Moment,
    MomentId,
    Reflected,
    Said,
    Slept,
    Stated,
    Withdrawn,
)

BEGAN = datetime(2026, 3, 1, 18, tzinfo=UTC)
NOW = BEGAN + timedelta(days=9, hours=4)
NIGHT = date(2026, 3, 3)
ONE = (MomentId(1),)


def entries(*moments: Moment | tuple[float, Moment]) -> list[Entry]:
    """Numbered from 1, an hour apart, or at the given days after the beginning."""
    out: list[Entry] = []
    for i, given_ in enumerate(moments, 1):
        days, moment = given_ if isinstance(given_, tuple) else (i / 24, given_)
        out.append(Entry(MomentId(i), BEGAN + timedelta(days=days), moment))
    return out


def seen(*moments: Moment | tuple[float, Moment], days: int = 90, now: datetime = NOW):
    all_ = entries(*moments)
    talk = [e for e in all_ if isinstance(e.moment, Heard | Said)]
    bond = reduce(step, all_, Bond())
    return becoming(bond, all_, talk, name="Rhoda", since=BEGAN, now=now, days=days)


def felt(feeling: str = "warm", strength: float = 0.5) -> Felt:
    return Felt(feeling=feeling, cause=ONE, why="you were kind to me", emotion="gratitude", intensity=strength)


def stated(text: str, replaces: int | None = None) -> Stated:
    before = MomentId(replaces) if replaces is not None else None
    return Stated(aspect="want", text=text, evidence=ONE, replaces=before)


def test_every_day_is_there_from_the_first_to_today():
    """Days without a word have a mood too; what was said and felt stands on its day."""
    view = seen((0, Heard(text="Hello.")), (0, felt()), (2, Heard(text="Again.")))
    assert [d.day for d in view.days] == [date(2026, 3, 1) + timedelta(days=n) for n in range(10)]
    assert [d.lines for d in view.days][:3] == [1, 0, 1]
    assert [len(d.felt) for d in view.days][:3] == [1, 0, 0]
    assert view.days[0].felt[0].cause == (1,)


def test_a_day_is_the_persons_day():
    """Just before midnight where the person lives belongs to the day that they call it."""
    there = timezone(timedelta(hours=-8))
    view = seen((0.5, Heard(text="Good night.")), now=NOW.astimezone(there))
    assert [(d.day.day, d.lines) for d in view.days if d.lines] == [(1, 1)]


def test_fewer_days_are_the_last_ones_and_begin_in_the_same_mood():
    """A narrow view shows the last days exactly as the wide one does, and all statements, however old."""
    told = [(n + 0.1, felt("happy for Theo", 0.9)) for n in range(9)]
    wide, narrow = seen((0, stated("I want rain.")), *told), seen((0, stated("I want rain.")), *told, days=3)
    assert narrow.days == wide.days[-3:]
    assert narrow.statements == wide.statements


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 1), st.sampled_from(["warm", "worried", "?"])), max_size=30))
def test_the_mood_of_a_day_lies_within_its_band(happened):
    """Whatever was felt, the day's mood lies between its low and its high, and all within -1..1."""
    view = seen(*[(day, felt(word, strength)) for day, strength, word in sorted(happened)])
    for day in view.days:
        assert -1 <= day.low <= day.mood.pleasure + 1e-9 <= day.high + 2e-9 <= 1 + 1e-6


def test_the_line_ends_in_the_mood_that_she_is_in():
    """What is drawn is her own mood, not another one: today's band holds the mood that the bond's fold is in."""
    told = entries((9.0, felt("happy for Theo", 0.9)), (9.1, felt("a little worried", 0.4)))
    now = moods.mood_at(reduce(step, told, Bond()).mood, NOW)
    today = seen((9.0, felt("happy for Theo", 0.9)), (9.1, felt("a little worried", 0.4))).days[-1]
    assert today.low <= now.p <= today.high


def test_good_news_lifts_the_day_and_bad_news_weighs_on_it():
    """The line goes up on the one day and down on the other."""
    good, bad = (
        seen((1, Felt(feeling=word, cause=ONE, emotion=kind, intensity=0.9))).days
        for word, kind in (("happy for Theo", "happy_for"), ("a little worried", "sorry_for"))
    )
    assert good[1].high > good[0].high
    assert bad[1].low < bad[0].low


def test_a_crowded_day_shows_the_strongest_in_order():
    """Of many feelings the strongest few are shown, in the order felt."""
    view = seen(*[(1 + i / 100, felt(strength=i / 10)) for i in (1, 9, 2, 8, 3, 7, 4, 6, 5)])
    shown = view.days[1].felt
    assert len(shown) == MOST_FELT
    assert {f.intensity for f in shown} == {0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
    assert [f.id for f in shown] == sorted(f.id for f in shown)


def test_statements_are_all_there_with_their_ends():
    """One takes the place of another, one is taken back: both stay to be seen, each with its end."""
    old, new, gone = seen(
        stated("I want to ask more."),
        stated("I want to listen longer.", replaces=1),
        stated("I want to know how the job goes."),
        Withdrawn(statement=MomentId(3), why="person"),
    ).statements
    assert (old.ended, old.until, new.replaces, new.until) == ("replaced", new.since, 1, None)
    assert (gone.ended, gone.until is not None) == ("person", True)


def test_a_dream_is_shown_once_it_was_told():
    """A dream that nobody asked about is counted and its words are nowhere in the view."""
    dream = Dreamed(text="A river ran up the stairs.", night=NIGHT, evidence=(MomentId(1), MomentId(3)))
    quiet = seen(Heard(text="Hello."), dream)
    assert (quiet.dreams, quiet.dreams_untold) == ((), 1)
    assert "river" not in quiet.model_dump_json()
    told = seen(Heard(text="Did you dream?"), dream, Said(text="Of a river.", stood_on=(MomentId(2),)))
    assert ([d.text for d in told.dreams], told.dreams_untold) == (["A river ran up the stairs."], 0)


def test_nights_and_what_she_wrote_in_them():
    """A night shows what it did and what failed; what she wrote stands by its night."""
    wrote = Reflected(text="You were tired.", night=NIGHT, evidence=ONE)
    view = seen(Heard(text="Hello."), wrote, Slept(night=NIGHT, upto=MomentId(1), did={"notes": 2}, failed=("backup",)))
    assert [(n.night, n.did, n.failed) for n in view.nights] == [(NIGHT, {"notes": 2}, ("backup",))]
    assert [(r.night, r.text) for r in view.reflections] == [(NIGHT, "You were tired.")]


def test_the_first_evening_has_nothing():
    """Before anything happened there is one still day and nothing else."""
    view = seen(now=BEGAN + timedelta(hours=1))
    assert len(view.days) == 1
    assert [*view.days[0].felt, *view.statements, *view.nights, *view.dreams, *view.skills] == []
