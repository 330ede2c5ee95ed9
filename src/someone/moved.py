"""What moved her, as the page and the terminal show it: her feeling now, her mood, and emotions with their causes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from someone.mind import mood as moods
from someone.mind.bond import Bond
from someone.mind.feelings import MOOD, Feeling, name_of
from someone.mind.intents import Kind, recognise
from someone.mind.moments import Entry, Felt
from someone.mind.mood import Mood
from someone.views import FeelingsView, FeltView, MoodView, Why, view


def now_feels(bond: Bond, now: datetime) -> Feeling:
    """Her feeling at this time, with what time has taken of it."""
    return moods.present(bond.mood, now, bond.called)


def feelings(bond: Bond, felt: Sequence[Entry], now: datetime) -> FeelingsView:
    """``felt``: the newest ``Felt`` of the journal, the newest first."""
    feeling = now_feels(bond, now)
    return FeelingsView(
        feeling=_to_you(feeling.word, bond),
        why=feeling.why,
        cause=feeling.cause,
        mood=mood_view(moods.mood_at(bond.mood, now)),
        felt=tuple(felt_view(e, bond.called) for e in felt if isinstance(e.moment, Felt) and e.moment.emotion != MOOD),
    )


def mood_view(mood: Mood) -> MoodView:
    return MoodView(pleasure=mood.p, arousal=mood.a, dominance=mood.d, word=moods.mood_word(mood))


def felt_view(entry: Entry, person: str = "") -> FeltView:
    """What was felt; of a journal from before there were kinds, with the kind that its word stands for."""
    felt = entry.moment
    assert isinstance(felt, Felt)
    kind, intensity = moods.kind_of(felt) or ("", 0.0)
    return FeltView(
        id=entry.id,
        at=entry.at,
        feeling=felt.feeling,
        why=felt.why,
        emotion=str(kind),
        name=name_of(str(kind), felt.about, person),
        intensity=intensity,
        about=felt.about,
        cause=felt.cause,
    )


def asks_for_it(text: str) -> bool:
    """Whether these words, with or without a "why" before them, ask for the cause of her feeling."""
    return any(
        found is not None and found.kind is Kind.WHY_FEELING for found in (recognise(text), recognise(f"why {text}"))
    )


def why(bond: Bond, now: datetime, causes: Sequence[Entry]) -> Why:
    """Her feeling, named, with its cause in words and the moments behind it."""
    feeling = now_feels(bond, now)
    called = name_of(feeling.kind, feeling.about, bond.called)
    how = f"I feel {_to_you(feeling.word, bond)}, because {feeling.why}."
    named = f" I call it {called}." if called else ""
    return Why(about=None, stood_on=tuple(view(e) for e in causes), how=how + named)


def _to_you(word: str, bond: Bond) -> str:
    return word.replace(f"for {bond.called}", "for you") if bond.called else word
