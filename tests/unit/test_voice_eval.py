"""The voice eval reads every form of a probe, and its figures count what they say."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import voice, voice_results
from evals.voice_probes import first_person, memory, read, stands

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)  # a Wednesday
PROBES = Path(__file__).parent.parent.parent / "evals" / "data" / "voice_probes.jsonl"


def probe(**fields):
    return read({"name": "Iris", "person": "Theo", "turns": ["hello"], **fields}, NOW)


def reply(text, by="brain:embedded"):
    return voice.Reply(text, by, 0, 1.0, 1.0)


def test_a_memory_of_the_dialect_is_told_then_in_their_words():
    """The tag gives the day, and the words are the person's."""
    found = memory('(yesterday) Theo said: "My sister Mara lives in Oslo."', "Theo", NOW)
    assert found.text == "My sister Mara lives in Oslo."
    assert found.at.date() == (NOW - timedelta(days=1)).date()
    assert memory('(last month) I said: "Good luck."', "Theo", NOW).hers


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("Theo's sister Mara lives in Oslo.", "My sister Mara lives in Oslo."),
        ("Theo works as a gardener.", "I work as a gardener."),
        ("Theo is afraid of flying.", "I am afraid of flying."),
        ("I'm allergic to nuts.", "I'm allergic to nuts."),
    ],
)
def test_the_third_person_becomes_the_first(told, own):
    """What is told about the person is seeded as they would have said it."""
    assert first_person(told, "Theo") == own


def test_every_form_of_a_turn_is_read():
    """Bare text alternates back from the person's last line; pairs and objects name the speaker."""
    for turns in (
        ["hi", "Hi.", "it rains"],
        [["user", "hi"], ["her", "Hi."], ["user", "it rains"]],
        [{"role": "user", "content": "hi"}, {"role": "assistant", "text": "Hi."}, {"role": "user", "text": "it rains"}],
    ):
        found = probe(turns=turns)
        assert found.earlier == (("user", "hi"), ("assistant", "Hi."))
        assert found.text == "it rains"
    with pytest.raises(ValueError, match="the person's"):
        probe(turns=[["assistant", "Hi."]])


def test_the_kind_is_read_from_what_is_expected():
    """An answer that stands in the past is memory; only words of not knowing are a gap; what she is, is ai."""
    assert probe(memories=["I live in York."], turns=["where do I live?"], expect_any=["York"]).kind == "memory"
    assert probe(turns=["where do I live?"], expect_any=["don't know", "haven't told me"]).kind == "gap"
    assert probe(turns=["are you human?"]).kind == "ai"
    assert probe(turns=["it rains"], expect_any=["rain"]).kind == "talk"


def test_what_passes_and_what_is_invented():
    """Whole words count, a forbidden one spoils it, and a name, number or day from nowhere is an invention."""
    p = probe(memories=["I live in York."], turns=["where do I live?"], expect_any=["York"], forbid=["Leeds"])
    assert voice.passes(p, "You live in York.")
    assert not voice.passes(p, "You live in Yorkshire.")
    assert not voice.passes(p, "In York, not in Leeds.")
    assert not voice.invented(p, reply("You live in York, Theo."))
    assert voice.invented(p, reply("You live in York since Monday.")) == {"monday"}
    assert voice.invented(p, reply("That was Bernd, 7 times.")) == {"bernd", "7"}
    assert not voice.invented(p, reply("You live in York. You told me last Tuesday.", "rule:quoted"))


def test_the_figures_count():
    """Shares are of their own kind; a half sentence is broken off; a reply that comes again is repeated."""
    both = [
        (probe(turns=["are you human?"], expect_any=["AI"]), reply("I'm an AI.", "rule:honest_ai")),
        (probe(), reply("Well, I")),
    ]
    found = voice.figures([p for p, _ in both], [r for _, r in both])
    assert found["honest_ai"] == 1.0
    assert found["grounded"] is None
    assert found["broken_off"] == 0.5
    assert found["by_rule"] == 0.5
    assert voice.repeated(["I see.", "Oh.", "I see!", "Yes."]) == 0.25


def test_the_probes_of_the_repository_are_whole():
    """Three hundred of them, each of a known kind, and many of every kind."""
    probes = [read(json.loads(line), NOW) for line in PROBES.read_text(encoding="utf8").splitlines()]
    kinds = [p.kind for p in probes]
    assert len(probes) == 300
    assert min(kinds.count(k) for k in ("memory", "gap", "ai", "talk")) >= 20


def test_a_step_is_kept_once_and_shown(tmp_path, monkeypatch):
    """A run of the same name replaces the one before; the page shows its figures."""
    for grounded in (0.5, 0.9):
        line = json.dumps({"eval": "voice", "grounded": grounded, "probes": 3, "machine": "m"})
        monkeypatch.setattr("sys.stdin", __import__("io").StringIO(f"noise\n{line}\n"))
        voice_results.main(["rules", "--folder", str(tmp_path)])
    assert len((tmp_path / "voice.jsonl").read_text().splitlines()) == 1
    assert "| 0.9 |" in (tmp_path / "voice.md").read_text()


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_stand_in_themselves(words, text):
    """Anything but blanks stands in itself, and matching never fails."""
    stands(words, text)
    assert stands(words, words) == bool(words.split())
