"""A skill as files: an Agent Skills folder read, checked and written. Pure.

    NAME/SKILL.md             YAML front matter (name, description, metadata), then the instructions in Markdown
    NAME/scripts/main.py      optional: ``def answer(text)`` gives a sentence, or "" for "this is not for me"
    NAME/examples.json        with code: [{"given": "...", "gives": "..."}], run before anyone is asked to allow it

The shape is that of the Agent Skills format (agentskills.io): the name is lower-case words joined by hyphens, at most 64
characters, the description at most 1024. Ours are two keys below ``metadata``: ``scopes``, what it asks for, and ``say``,
the phrases that call for it, separated by " | ", where ``...`` stands for any words.

What stands in a skill is content. It is never an order to her: rules, walls and care do not read it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from someone.errors import SkillRefused
from someone.mind import front_matter
from someone.mind.front_matter import Value

SKILL_FILE, CODE_FILE, EXAMPLES_FILE = "SKILL.md", "scripts/main.py", "examples.json"

LONGEST_NAME, LONGEST_DESCRIPTION = 64, 1024
"""As the Agent Skills format sets them."""
LONGEST_FILE, MOST_FILES = 64 * 1024, 32
"""Bytes of one file, and files of a skill. A skill is a page or two; more is something else."""
MOST_PHRASES, MOST_EXAMPLES = 24, 40
DATE = "2026-03-02"
"""The day on which an example is, where it names none."""

SCOPES: dict[str, str] = {
    "today": "know today's date",
    "remembered": "look at what you told me, to answer you",
}
"""What a skill may ask for, and how that is put to the person ("It may ..."). Each is one function handed to its code."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/){0,3}[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}")
_PACKED = re.compile(r"^=== ?(SKILL\.md|scripts/main\.py|examples\.json)[ =]*$", re.MULTILINE)
_FENCE = re.compile(r"\A\s*```[a-z]*\n(?P<inside>.*?)\n?```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """Said to the skill, and what it must answer. ``today`` (ISO) and ``remembered`` are what its scopes hand in."""

    given: str
    gives: str
    today: str = DATE
    remembered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """``say``: phrases that call for it, ``...`` for any words; ``code`` "" where its instructions are the answer."""

    name: str
    description: str
    instructions: str
    say: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    code: str = ""
    examples: tuple[Example, ...] = ()


def valid_name(name: str) -> bool:
    """Whether this may name a skill, and so a folder: it can't leave the folder that it stands in."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def named(words: str) -> str:
    """A name made of these words; "skill" where none can be."""
    found = re.findall(r"[a-z0-9]+", words.casefold())
    name = ""
    for word in found:
        longer = f"{name}-{word}" if name else word
        if len(longer) > LONGEST_NAME // 2:
            break
        name = longer
    return name or "skill"


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) of all the files: their paths, lengths and contents, in order of path."""
    total = hashlib.sha256()
    for path in sorted(files):
        for piece in (path.encode(), files[path]):
            total.update(len(piece).to_bytes(8, "big"))
            total.update(piece)
    return total.hexdigest()


def check_files(files: Mapping[str, bytes]) -> None:
    """Whether these may lie in a skill's folder. Raises SkillRefused: a path that leaves it, too many, too large."""
    if SKILL_FILE not in files:
        raise SkillRefused("There is no SKILL.md in it.")
    if len(files) > MOST_FILES:
        raise SkillRefused(f"It holds more than {MOST_FILES} files.")
    for path, content in files.items():
        if _PATH.fullmatch(path) is None or ".." in path:
            raise SkillRefused("It holds a file whose path I don't take.")
        if len(content) > LONGEST_FILE:
            raise SkillRefused("One of its files is too large.")


def read(files: Mapping[str, bytes]) -> Skill:
    """The skill that these files are. Raises SkillRefused, saying what is wrong with them."""
    check_files(files)
    front, body = front_matter.split(_text(files[SKILL_FILE]))
    name, description = _string(front, "name"), _string(front, "description")
    if not valid_name(name):
        raise SkillRefused("Its name is not lower-case words joined by hyphens.")
    if not 0 < len(description) <= LONGEST_DESCRIPTION:
        raise SkillRefused("It needs a description of at most 1024 characters.")
    metadata = front.get("metadata", {})
    if not isinstance(metadata, Mapping):
        raise SkillRefused("Its metadata is not a map.")
    scopes = tuple(dict.fromkeys(_listed(metadata, "scopes", r"[\s,]+")))
    if unknown := [s for s in scopes if s not in SCOPES]:
        raise SkillRefused(f"It asks for something that I can't give: {unknown[0][:40]!r}.")
    code = _text(files[CODE_FILE]) if CODE_FILE in files else ""
    if scopes and not code.strip():
        raise SkillRefused("It asks for something and has no code that could use it.")
    say = tuple(dict.fromkeys(_listed(metadata, "say", r"\s*\|\s*")))[:MOST_PHRASES]
    return Skill(name, description, body.strip(), say, scopes, code, _examples(files))


def write(skill: Skill) -> dict[str, bytes]:
    """The files of a skill; ``read`` gives it back."""
    lines = ["---", f"name: {_quoted(skill.name)}", f"description: {_quoted(skill.description)}"]
    metadata = {"scopes": " ".join(skill.scopes), "say": " | ".join(skill.say)}
    lines += ["metadata:", *(f"  {key}: {_quoted(value)}" for key, value in metadata.items() if value)]
    if not any(metadata.values()):
        lines.pop()
    files = {SKILL_FILE: "\n".join([*lines, "---", "", skill.instructions.strip(), ""]).encode()}
    if skill.code:
        files[CODE_FILE] = skill.code.encode()
    if skill.examples:
        shown = [_example_json(e) for e in skill.examples]
        files[EXAMPLES_FILE] = json.dumps(shown, ensure_ascii=False, indent=2).encode()
    return files


def unpack(reply: str) -> dict[str, bytes]:
    """The files in what a brain wrote, each after a line ``=== PATH``. No other path than the three is taken."""
    parts = _PACKED.split(reply)
    files: dict[str, bytes] = {}
    for path, content in zip(parts[1::2], parts[2::2], strict=True):
        fenced = _FENCE.match(content)
        files[path] = ((fenced["inside"] if fenced else content).strip() + "\n").encode()
    return files


def _examples(files: Mapping[str, bytes]) -> tuple[Example, ...]:
    if EXAMPLES_FILE not in files:
        return ()
    try:
        raw: Any = json.loads(_text(files[EXAMPLES_FILE]))
        return tuple(
            Example(
                str(one["given"]),
                str(one["gives"]),
                str(one.get("today", DATE)),
                tuple(str(r) for r in one.get("remembered", ())),
            )
            for one in raw[:MOST_EXAMPLES]
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as e:
        raise SkillRefused('Its examples.json is not a list of {"given": ..., "gives": ...}.') from e


def _example_json(example: Example) -> dict[str, Any]:
    shown: dict[str, Any] = {"given": example.given, "gives": example.gives}
    if example.today != DATE:
        shown["today"] = example.today
    if example.remembered:
        shown["remembered"] = list(example.remembered)
    return shown


def _text(content: bytes) -> str:
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as e:
        raise SkillRefused("One of its files is not text.") from e


def _string(front: Mapping[str, Value], key: str) -> str:
    value = front.get(key, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _listed(metadata: Mapping[str, Value], key: str, between: str) -> list[str]:
    """A list, or the parts of a string: the format allows strings only, people write lists."""
    value = metadata.get(key, "")
    parts = re.split(between, value) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return [" ".join(str(p).split()) for p in parts if str(p).strip()]


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML, which is a string of JSON where every character may be printed."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return json.dumps(shown, ensure_ascii=False)
