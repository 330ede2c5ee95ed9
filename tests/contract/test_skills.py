"""What every keeper and runner of skills keeps to: folders with the sandbox, and the fake."""

from __future__ import annotations

import pytest

from someone.errors import SkillBroke, SkillRefused, SkillTooMuch, SkillUnknown
from someone.hands.skills import FolderSkills
from someone.mind.skill_text import CODE_FILE, SKILL_FILE
from someone.testing.skills import FakeSkills

FILES = {SKILL_FILE: b"---\nname: tea\ndescription: Tea.\n---\nBoil.\n", CODE_FILE: b"def answer(text): return text\n"}
OTHER = FILES | {SKILL_FILE: b"---\nname: tea\ndescription: Green tea.\n---\nDon't boil.\n"}

ECHO = "def answer(text):\n    return 'You said ' + text"
NOTHING = "def answer(text):\n    return None"
ASKS = "def answer(text):\n    return 'It is ' + today()"
LONG = "def answer(text):\n    return 'x' * 100000"
FAILS = "def answer(text):\n    return 1 / 0"


async def _today(_text, grants):
    if "today" not in grants:
        raise SkillBroke
    return f"It is {await grants['today']()}"


async def _says(said):
    return said


PROGRAMS = {
    ECHO: lambda text, _: _says(f"You said {text}"),
    NOTHING: lambda *_: _says(None),
    ASKS: _today,
    LONG: lambda *_: _says("x" * 100_000),
}


@pytest.fixture(params=["folders", "fake"])
async def skills(request, tmp_path):
    """A keeper of skills and a function that changes what lies in the open, as a person does with an editor."""
    if request.param == "fake":
        fake = FakeSkills(PROGRAMS, {"/given": FILES})
        yield fake, fake.open.__setitem__, "/given"
        return
    given = tmp_path / "given"
    (given / "scripts").mkdir(parents=True)
    for path, content in FILES.items():
        (given / path).write_bytes(content)

    def change(name, files):
        for path, content in files.items():
            (tmp_path / "home" / name / path).write_bytes(content)

    folder = FolderSkills(tmp_path / "home")
    yield folder, change, str(given)
    await folder.aclose()


async def test_a_version_is_kept_and_given_back_as_it_was(skills):
    """What goes in comes out, byte for byte, and is listed."""
    keeper, _, _ = skills
    await keeper.keep("tea", 1, FILES)
    await keeper.keep("tea", 2, OTHER)
    assert await keeper.version("tea", 1) == FILES
    assert await keeper.version("tea", 2) == OTHER
    assert await keeper.kept() == [("tea", 1), ("tea", 2)]


async def test_a_version_is_written_once(skills):
    """The same files again are fine; others under the same number are refused and change nothing."""
    keeper, _, _ = skills
    await keeper.keep("tea", 1, FILES)
    await keeper.keep("tea", 1, FILES)
    with pytest.raises(SkillRefused):
        await keeper.keep("tea", 1, OTHER)
    assert await keeper.version("tea", 1) == FILES


async def test_a_version_that_is_not_there_is_unknown(skills):
    """Neither a version nor a skill appears from nowhere."""
    keeper, _, _ = skills
    with pytest.raises(SkillUnknown):
        await keeper.version("tea", 1)
    with pytest.raises(SkillUnknown):
        await keeper.place("tea", 3)
    assert await keeper.placed("tea") == {}


async def test_the_version_in_the_open_can_be_changed_put_back_and_taken_away(skills):
    """What lies in the open is what a hand left there; the kept versions stay what they were."""
    keeper, change, _ = skills
    await keeper.keep("tea", 1, FILES)
    await keeper.place("tea", 1)
    assert await keeper.placed("tea") == FILES
    change("tea", OTHER)
    assert await keeper.placed("tea") == OTHER
    assert await keeper.version("tea", 1) == FILES
    await keeper.place("tea", 1)
    assert await keeper.placed("tea") == FILES
    await keeper.place("tea", 0)
    assert await keeper.placed("tea") == {}


async def test_an_erased_version_is_gone_from_everywhere(skills):
    """Also from the open when it is the one that lies there; the others stay. Erasing it again is no error."""
    keeper, _, _ = skills
    await keeper.keep("tea", 1, FILES)
    await keeper.keep("tea", 2, OTHER)
    await keeper.place("tea", 1)
    await keeper.erase("tea", 1)
    await keeper.erase("tea", 1)
    assert await keeper.kept() == [("tea", 2)]
    assert await keeper.placed("tea") == {}


async def test_a_name_can_not_lead_out_of_the_folder(skills):
    """A name that is no name is refused by every call that would make a path of it."""
    keeper, _, _ = skills
    for name in ("../tea", "..", "", "/etc", "a/b", ".versions", "Tea", "tea\x00"):
        for call in (keeper.keep(name, 1, FILES), keeper.version(name, 1), keeper.placed(name), keeper.erase(name, 1)):
            with pytest.raises(SkillRefused):
                await call


async def test_files_that_lead_out_of_the_folder_are_refused(skills):
    """No path of a skill's files leaves its folder, and nothing of such a skill is kept."""
    keeper, _, _ = skills
    for path in ("../../evil", "/etc/passwd", "scripts/../../x", "a\\..\\b", ".hidden", "x/" * 9 + "y"):
        with pytest.raises(SkillRefused):
            await keeper.keep("tea", 1, FILES | {path: b"x"})
    assert await keeper.kept() == []


async def test_what_the_person_points_at_is_looked_into(skills):
    """A folder gives its files; what is not there is refused."""
    keeper, _, given = skills
    assert await keeper.look_in(given) == FILES
    with pytest.raises(SkillRefused):
        await keeper.look_in("/nowhere/at/all")


async def test_code_gives_a_sentence_or_nothing(skills):
    """The words go in, what it returns comes out; None is nothing."""
    keeper, _, _ = skills
    assert await keeper.run(ECHO, "tea", {}) == "You said tea"
    assert await keeper.run(NOTHING, "tea", {}) == ""


async def test_code_may_call_what_is_granted_and_nothing_else(skills):
    """With the grant it gets the day, without it it breaks."""
    keeper, _, _ = skills

    async def today():
        return "2026-03-02"

    assert await keeper.run(ASKS, "", {"today": today}) == "It is 2026-03-02"
    with pytest.raises(SkillBroke):
        await keeper.run(ASKS, "", {})


async def test_code_that_fails_or_says_too_much_is_told_apart(skills):
    """An exception is a break; a flood of words is too much."""
    keeper, _, _ = skills
    with pytest.raises(SkillBroke):
        await keeper.run(FAILS, "", {})
    with pytest.raises(SkillTooMuch):
        await keeper.run(LONG, "", {})
