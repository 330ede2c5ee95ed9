"""Reading and writing a skill's files: what comes in is checked, and nothing in it grows, climbs or becomes code."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.errors import SkillRefused
from someone.mind import front_matter
from someone.mind.skill_text import (
    Example,
    Skill,
    digest,
    named,
    read,
    unpack,
    valid_name,
    write,
)

WORDS = st.text(st.characters(codec="utf8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60).map(
    lambda t: " ".join("".join(c for c in t if c.isprintable()).split())
)
NAMES = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
SKILLS = st.builds(
    Skill,
    name=NAMES,
    description=WORDS.filter(bool),
    instructions=WORDS,
    say=st.lists(WORDS.filter(lambda w: w and "|" not in w), max_size=4, unique=True).map(tuple),
    scopes=st.lists(st.sampled_from(["today", "remembered"]), max_size=2, unique=True).map(tuple),
    code=st.just("def answer(text):\n    return text\n"),
    examples=st.lists(
        st.builds(Example, WORDS, WORDS, remembered=st.lists(WORDS, max_size=2).map(tuple)), max_size=3
    ).map(tuple),
)


def md(front, body="Do it."):
    return {"SKILL.md": f"---\n{front}\n---\n{body}\n".encode()}


@settings(deadline=None)
@given(SKILLS)
def test_what_is_written_is_read_back(skill):
    """A skill survives its files, whatever words stand in it."""
    assert read(write(skill)) == skill


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    """No content makes the reader fail in another way than by refusing."""
    with suppress(SkillRefused):
        read({"SKILL.md": content})


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_front_matter_is_read_or_refused(front):
    """Not even YAML that is odd, deep or broken gets out of the reader."""
    with suppress(SkillRefused):
        read(md(f"name: tea\ndescription: Tea.\n{front}"))


def test_a_skill_of_another_hand_is_read():
    """Folded text, lists and keys that are not ours, as skills from elsewhere have them."""
    front = (
        "name: pdf-forms\ndescription: >-\n  Fill PDF\n  forms.\nlicense: MIT\nallowed-tools: [Read, Write]\n"
        "metadata:\n  author: someone else\n  say: [fill a form, 'fill ... form']"
    )
    skill = read(md(front, "# Forms\n\nFill them."))
    assert (skill.name, skill.description, skill.say) == (
        "pdf-forms",
        "Fill PDF forms.",
        ("fill a form", "fill ... form"),
    )
    assert skill.instructions.startswith("# Forms")


@pytest.mark.parametrize(
    "front",
    [
        "name: ../tea\ndescription: x",
        "name: tea/..\ndescription: x",
        "name: Tea\ndescription: x",
        "name: tea--pot\ndescription: x",
        f"name: {'a' * 65}\ndescription: x",
        "description: x",
        "name: tea",
        f"name: tea\ndescription: {'x' * 1025}",
        "name: tea\ndescription: x\nmetadata: none",
        "name: tea\ndescription: x\nmetadata: {scopes: today}",
        "name: tea\ndescription: x\nmetadata: {scopes: everything}",
        "name: &a tea\ndescription: *a",
        "name: tea\ndescription: x\na: [[[[[[1]]]]]]",
        "name: tea\ndescription: x\n? {a: b}\n: c\n- d",
        "- a\n- b",
    ],
)
def test_what_is_no_skill_is_refused(front):
    """Names that climb, missing words, unknown wishes, wishes without code, anchors and depth."""
    with pytest.raises(SkillRefused):
        read(md(front))


def test_no_tag_becomes_anything_but_text():
    """The classic attack on readers of YAML gives a string and runs nothing."""
    found, _ = front_matter.split('---\nname: !!python/object/apply:os.system ["id"]\nother: !!int "7"\n---\n')
    assert found == {"name": ("id",), "other": "7"}


def test_a_bomb_of_aliases_is_refused_at_once():
    """Anchors are not followed, so nothing can multiply."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(SkillRefused):
        read(md(f"name: tea\ndescription: x\n{bomb}"))


def test_too_much_is_refused():
    """Too large a file, and too many of them."""
    good = md("name: tea\ndescription: Tea.")
    read(good)
    with pytest.raises(SkillRefused):
        read(good | {"big.txt": b"x" * 65_537})
    with pytest.raises(SkillRefused):
        read(good | {f"f{i}.txt": b"" for i in range(40)})


@settings(deadline=None)
@given(st.dictionaries(NAMES, st.binary(max_size=20), min_size=1, max_size=4), st.data())
def test_any_change_of_any_file_changes_the_digest(files, data):
    """A byte more, a file renamed, a byte moved from one file to the next."""
    before = digest(files)
    assert before == digest(dict(reversed(files.items())))
    name = data.draw(st.sampled_from(sorted(files)))
    assert digest(files | {name: files[name] + b"x"}) != before
    assert digest({(f"{k}x" if k == name else k): v for k, v in files.items()}) != before


def test_bytes_that_move_between_files_change_the_digest():
    """The borders of files are part of what is hashed."""
    assert digest({"a": b"xy", "b": b"z"}) != digest({"a": b"x", "b": b"yz"})


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_name_made_of_any_words_is_a_name(words):
    """Whatever is taught, its folder is one that can't climb."""
    assert valid_name(named(words))


def test_a_brain_can_write_only_the_three_files():
    """Other paths in its reply are not taken, and fences are left out."""
    found = unpack(
        "Sure!\n=== SKILL.md\n```markdown\n---\nname: x\n---\n```\n=== ../../evil\nboo\n=== scripts/main.py ===\n```python\npass\n```\n"
    )
    assert sorted(found) == ["SKILL.md", "scripts/main.py"]
    assert found["scripts/main.py"] == b"pass\n"
