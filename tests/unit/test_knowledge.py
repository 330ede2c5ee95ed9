"""What a page or a command shows of what she knows."""

from __future__ import annotations

import pytest

from someone import knowledge
from someone.errors import InputError, SomeoneError
from someone.mind.moments import Felt, Heard, MomentId
from tests.unit.test_knowing import NOW, life

KNOWN = life(
    ("2026-01-05", "I live in Leeds."),
    ("2026-05-01", "I moved to York in April."),
    ("2026-05-02", "My sister Mara lives in Oslo. Her birthday is 14 May."),
    ("2026-07-01", "My friend Anna makes wine."),
    ("2026-07-02", "My boss Anna lives in Hull."),
).knowing


def said(**how):
    return [f.statement for f in knowledge.facts(KNOWN, NOW, **how)]


def test_facts_are_found_by_words_person_and_time():
    """Filters narrow, each alone and together; the last told stands first."""
    assert said()[0] == "My boss Anna lives in Hull."
    assert said(text="oslo mara") == ["My sister Mara lives in Oslo."]
    assert said(person="Mara") == ["My sister Mara lives in Oslo.", "Her birthday is 14 May."]
    assert said(since="2026-07-02") == ["My boss Anna lives in Hull."]
    assert said(until="last January") == ["I live in Leeds."]
    assert said(person="my sister", since="this month") == []


def test_what_is_over_is_shown_as_over():
    """The old home has an end, the new one a beginning; both rest on their moments."""
    old, new = knowledge.facts(KNOWN, NOW, text="i live in leeds") + knowledge.facts(KNOWN, NOW, text="york")
    assert (old.current, new.current) == (False, True)
    assert old.until == new.since
    assert (old.evidence, new.evidence) == ((1,), (2,))


def test_people_and_one_person():
    """Everyone, the last mentioned first; a name that two have shows both, with what is known of each."""
    assert [p.name for p in knowledge.people(KNOWN)] == ["Anna", "Anna", "Mara"]
    assert [p.relation for p in knowledge.person(KNOWN, "anna")] == ["friend", "boss"]
    (mara,) = knowledge.person(KNOWN, "Mara")
    assert "14 May" in mara.birthday
    assert len(mara.facts) == 2


def test_what_is_not_known_is_said_in_words():
    """A stranger, an unknown number and a time that is none are errors that say what to do."""
    for wrong in (
        lambda: knowledge.person(KNOWN, "Zoe"),
        lambda: knowledge.fact(KNOWN, "99"),
        lambda: knowledge.two_people(KNOWN, "Anna", "Mara"),
        lambda: knowledge.two_people(KNOWN, "Mara", "my sister"),
    ):
        with pytest.raises(SomeoneError) as told:
            wrong()
        assert told.value.do
    with pytest.raises(InputError):
        said(since="when pigs fly")


def test_days_show_what_mattered():
    """One line a day, the newest first: what was told, who came up, what she felt."""
    from someone.mind.moments import Entry

    at = NOW.replace(hour=9)
    entries = [
        Entry(MomentId(4), at.replace(day=1), Heard(text="My friend Anna makes wine.")),
        Entry(MomentId(5), at.replace(day=2), Heard(text="My boss Anna lives in Hull.")),
        Entry(MomentId(6), at.replace(day=2), Felt(feeling="glad", cause=(MomentId(5),))),
    ]
    newest, older = knowledge.days(KNOWN, entries, NOW, 10)
    assert (newest.day.day, newest.lines, newest.feelings, newest.people) == (2, 1, ("glad",), ("Anna",))
    assert [f.statement for f in older.facts] == ["My friend Anna makes wine."]
    assert knowledge.days(KNOWN, entries, NOW, 1) == [newest]
