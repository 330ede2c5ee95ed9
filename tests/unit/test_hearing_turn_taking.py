"""Who speaks when: the machine alone, window by window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from someone.senses.turn_taking import Began, Cut, Ended, Hold, Manners, Paused, Release, TurnTaking, WentOn
from someone.senses.words import Overlap

MANNERS = Manners()


def windows(seconds):
    return round(seconds / MANNERS.window_s)


def run(machine, seconds, voiced):
    """All acts of so much voice or silence."""
    return [act for _ in range(windows(seconds)) for act in machine.advance(voiced=voiced)]


def judged(machine, acts, *, probability=1.0, text="I am done.", overlap=Overlap.BACK_CHANNEL):
    number = next(a.number for a in reversed(acts) if isinstance(a, Paused))
    return machine.judge(number, probability, text, overlap)


def test_a_sentence_that_is_surely_over_ends_after_the_shortest_pause():
    """Speech, 0.2 s of silence, certainty: the turn is over and the machine is ready for the next."""
    machine = TurnTaking()
    assert run(machine, 1.0, voiced=True) == [Began()]
    acts = run(machine, 0.13, voiced=False)
    assert acts == [Paused(1)]
    assert judged(machine, acts) == []
    ended = run(machine, 0.1, voiced=False)
    assert len(ended) == 1
    assert isinstance(ended[0], Ended)
    assert 0.2 <= ended[0].silence_s < 0.3
    assert not machine.speaking


def test_a_thinking_pause_is_waited_out():
    """After "I was" come 1.5 s of silence: she does not cut in, and what comes after belongs to the same turn."""
    machine = TurnTaking()
    run(machine, 0.6, voiced=True)
    acts = run(machine, 0.13, voiced=False)
    assert judged(machine, acts, probability=0.99, text="I was...") == []
    assert run(machine, 1.4, voiced=False) == []
    assert run(machine, 0.5, voiced=True) == [WentOn()]


def test_a_low_certainty_waits_longer_but_not_for_ever():
    """However unsure the judge, the turn ends after longest_s of silence."""
    machine = TurnTaking()
    run(machine, 0.6, voiced=True)
    acts = run(machine, 0.13, voiced=False)
    judged(machine, acts, probability=0.0)
    assert run(machine, MANNERS.longest_s - 0.3, voiced=False) == []
    assert [type(a) for a in run(machine, 0.4, voiced=False)] == [Ended]


def test_a_click_is_not_speech():
    """Sound shorter than the onset begins nothing."""
    machine = TurnTaking()
    assert run(machine, 0.064, voiced=True) == []
    assert run(machine, 1.0, voiced=False) == []


def test_a_judgement_that_comes_too_late_is_passed_over():
    """The person went on before the judge was done: its word about the pause means nothing now."""
    machine = TurnTaking()
    run(machine, 0.6, voiced=True)
    acts = run(machine, 0.13, voiced=False)
    run(machine, 0.3, voiced=True)
    assert judged(machine, acts) == []
    assert machine.speaking


def test_a_murmur_while_she_speaks_gives_her_the_floor_back():
    """At a "mm-hm" she holds at the onset and goes on when it is over; no turn comes of it."""
    machine = TurnTaking()
    machine.hers = True
    assert run(machine, 0.35, voiced=True) == [Began(), Hold()]
    acts = run(machine, 0.13, voiced=False)
    assert judged(machine, acts, text="Mm-hm.") == []
    assert run(machine, 0.35, voiced=False) == [Release()]
    assert not machine.speaking


def test_a_long_sound_while_she_speaks_takes_the_floor():
    """From claim_s on it is a claim, whatever the words; the turn then ends like any other."""
    machine = TurnTaking()
    machine.hers = True
    assert run(machine, 0.65, voiced=True) == [Began(), Hold(), Cut()]
    acts = run(machine, 0.13, voiced=False)
    judged(machine, acts)
    assert [type(a) for a in run(machine, 0.2, voiced=False)] == [Ended]


def test_stop_takes_the_floor_however_short():
    """Words decide second: "stop" is a claim though it is as short as "yeah"."""
    machine = TurnTaking()
    machine.hers = True
    run(machine, 0.3, voiced=True)
    acts = run(machine, 0.13, voiced=False)
    acts = judged(machine, acts, text="Stop.", overlap=Overlap.CLAIM) + run(machine, 0.2, voiced=False)
    assert [type(a) for a in acts] == [Cut, Ended]


def test_speech_without_end_is_taken_at_some_point():
    """Two minutes without a pause (a radio): the turn is read and ended, not kept growing."""
    machine = TurnTaking()
    acts = run(machine, MANNERS.longest_turn_s + 1, voiced=True)
    assert isinstance(acts[-1], Paused)
    assert [type(a) for a in judged(machine, acts, probability=0.0)] == [Ended]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=20), st.booleans(), st.floats(0, 1))
def test_every_hold_is_released_or_cut(stretches, hers, probability):
    """Whatever is heard, once it is quiet again she is not left hanging: each Hold is followed by Release or Cut."""
    machine = TurnTaking()
    machine.hers = hers
    held = 0
    for voiced, length in [*stretches, (False, 200)]:
        for _ in range(length):
            acts = machine.advance(voiced=voiced)
            while acts:
                act = acts.pop(0)
                held += isinstance(act, Hold)
                held -= isinstance(act, Release | Cut)
                if isinstance(act, Paused):
                    acts += machine.judge(act.number, probability, "Yes.", Overlap.BACK_CHANNEL)
    assert held == 0
    assert not machine.speaking
