"""The list of given names that ships."""

from __future__ import annotations

import re
from importlib.resources import files

from someone.mind import naming, naming_words, sounds

NAMES = naming.parse(files("someone.data").joinpath("names.csv").read_text(encoding="utf-8"))


def test_many_names_of_each_kind() -> None:
    """There are thousands to know people by, and enough to choose from whatever is wished."""
    assert len(NAMES) >= 5000
    for sex, least in (("F", 2000), ("M", 2000), ("U", 200)):
        assert sum(name.sex == sex for name in NAMES) >= least


def test_rows_are_sane() -> None:
    """Each name stands once, in letters only, with a count and a year that can be; the commonest come first."""
    assert len({name.name for name in NAMES}) == len(NAMES)
    for name in NAMES:
        assert re.fullmatch(r"[A-Z][a-z]{2,14}", name.name)
        assert name.peak_count > 0
        assert 1880 <= name.peak_year <= 2020
    assert [n.peak_count for n in NAMES] == sorted((n.peak_count for n in NAMES), reverse=True)


def test_respellings_are_what_the_sounds_say() -> None:
    """``respells`` names the commonest spelling of the same sound, or a far commoner name with two letters swapped."""
    first: dict[str, str] = {}
    letters: dict[str, int] = {}
    for name in NAMES:
        main = first.setdefault(sounds.skeleton(name.name), name.name)
        same_letters = "".join(sorted(name.name.lower()))
        if main != name.name:
            assert name.respells == main
        elif name.respells:
            assert letters[same_letters] >= 10 * name.peak_count
            assert name.respells in first.values()
        letters.setdefault(same_letters, name.peak_count)


def test_placeholders_are_no_names() -> None:
    """What clerks wrote where no name was given yet is not in the list."""
    assert not {"Unknown", "Unnamed", "Baby", "Babyboy", "Babygirl", "Infant", "Male", "Female"} & {
        n.name for n in NAMES
    }


def test_people_s_names_stay_known() -> None:
    """A name that she would not take is still one that a person may have, and is kept to be recognised."""
    known = naming.lowered(NAMES)
    for name in ("alexa", "grace", "will", "mark", "samantha", "kevin", "mara", "theo"):
        assert name in known
    assert naming_words.unfit("Alexa")


def test_rest_for_the_fallback() -> None:
    """Hardly anything of the list is shut out: what is unfit is a small part."""
    assert sum(naming_words.unfit(n.name) for n in NAMES) < len(NAMES) / 10
