"""Her feelings through a home: seen, explained and the same whoever owns it; nothing of them in a log."""

from __future__ import annotations

import logging

import pytest
from typer.testing import CliRunner

from someone import bootstrap
from someone.cli.feelings import show
from someone.errors import SomeoneError
from someone.mind.moments import Felt
from someone.owner import at_home
from someone.settings import Settings
from someone.testing.brains import ScriptedBrain

SETTINGS = Settings(embedder="none", key="file")


@pytest.fixture
async def folder(tmp_path):
    answers = bootstrap.Answers(accepts_notice=True, call_me="Theo", seed=1)
    await bootstrap.wake(tmp_path / "home", SETTINGS, answers, bootstrap.name_for(answers))
    return tmp_path / "home"


def opened(folder):
    async def build():
        return await bootstrap.open_home(folder, SETTINGS, brain=ScriptedBrain(["Hm."]))

    return at_home(folder, build, talks=False)


async def says(house, *lines):
    for line in lines:
        async for _ in house.turn(line, "test"):
            pass


async def test_why_do_you_feel_that_names_the_emotion_its_cause_and_the_moments(folder):
    """The question has the same true answer as a whole sentence and as the words after "someone why"."""
    async with opened(folder) as home:
        await says(home, "My best friend Mara lives in Oslo", "Mara got the job")
        for words in ("why do you feel that", "do you feel that", "why are you so happy?"):
            found = await home.why(words)
            assert [m.text for m in found.stood_on] == ["Mara got the job"]
            assert "happy for Mara" in found.how
            assert "something good happened to Mara" in found.how
            assert "gladness for Mara" in found.how


async def test_at_rest_the_cause_is_none_and_she_says_so(folder):
    """Nothing is made up where nothing moved her."""
    async with opened(folder) as home:
        found = await home.why("why do you feel that")
        assert found.how == "I feel calm, because nothing is pressing on me."
        assert found.stood_on == ()
        seen = await home.feelings(5)
        assert (seen.feeling, seen.mood.word, seen.felt) == ("calm", "calm", ())


async def test_feelings_are_shown_with_their_causes_from_either_side(folder, capsys):
    """The owner and another process see the same; what is printed names the emotion, the cause and the moment."""
    async with opened(folder) as home, opened(folder) as away:
        assert away is not home
        await says(home, "My dog Rex died", "thank you, that helped me")
        seen = await away.feelings(10)
        here = await home.feelings(10)
        assert (seen.feeling, seen.why, seen.mood.word, seen.felt) == (
            here.feeling,
            here.why,
            here.mood.word,
            here.felt,
        )
        assert [f.emotion for f in seen.felt] == ["pride", "sorry_for"]
        assert all(0 < f.intensity <= 1 and f.cause for f in seen.felt)
        show(seen)
    out = capsys.readouterr().out
    assert "strong concern for you, because something is hard for you" in out
    assert f"#{seen.felt[1].cause[0]}" in out


async def test_a_feeling_is_still_there_after_a_restart(folder):
    """Closed and opened again, the mood is the one that she had."""
    async with opened(folder) as home:
        await says(home, "I got the job!!")
        mood = home.talk.ledger.state.mood
    async with opened(folder) as home:
        assert home.talk.ledger.state.mood == mood
        assert all(r.same for r in await home.replay())


async def test_no_feeling_and_no_cause_is_ever_logged(folder, caplog):
    """Logs carry no content: neither words, nor the emotion, nor whom it is about."""
    caplog.set_level(logging.DEBUG)
    async with opened(folder) as home:
        await says(home, "Mara got the job", "I want to kill myself", "you're useless")
        assert await home.talk.ledger.journal.read(kinds=("Felt",))
        await home.feelings(5)
    assert not any(w in caplog.text for w in ("Mara", "happy_for", "happy for", "fear", "hurt", "useless"))


def test_the_command_takes_the_question_without_quotes(monkeypatch, tmp_path):
    """`someone why do you feel that` is read as words, not as too many arguments."""
    from someone.cli.main import app

    monkeypatch.setenv("SOMEONE_HOME", str(tmp_path / "nobody"))
    found = CliRunner().invoke(app, ["why", "do", "you", "feel", "that"])
    assert isinstance(found.exception, SomeoneError)
    assert found.exit_code != 2


def test_what_was_kept_before_there_were_kinds_is_shown_by_its_word():
    """A line of an old journal has a name and a strength as well."""
    from datetime import UTC, datetime

    from someone.mind.moments import Entry, MomentId
    from someone.moved import felt_view

    old = Felt(feeling="happy for Theo", why="something good happened to you", cause=(MomentId(3),))
    seen = felt_view(Entry(MomentId(4), datetime(2025, 1, 1, tzinfo=UTC), old), "Theo")
    assert (seen.emotion, seen.name) == ("happy_for", "gladness for you")
