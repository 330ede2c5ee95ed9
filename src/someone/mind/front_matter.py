"""The YAML front matter of a Markdown file, read strictly: maps, lists and strings, and not deep. Pure.

A library reads the events of YAML; what they may build is decided here. No tag, anchor or alias is followed, so nothing
in a file can grow beyond its own size or become anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from someone.errors import SkillRefused

Value = str | tuple["Value", ...] | Mapping[str, "Value"]

LONGEST = 8 * 1024
"""Characters."""
DEEPEST = 3
"""Levels: the map, a map in it, a list there, and its strings."""

_PARTS = re.compile(r"\A---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*\r?$\n?(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


def split(text: str) -> tuple[Mapping[str, Value], str]:
    """The front matter and the body. Raises SkillRefused where there is none, or more than plain keys and values."""
    found = _PARTS.match(text.removeprefix("\ufeff"))
    if found is None or len(found["front"]) > LONGEST:
        raise SkillRefused("Its SKILL.md does not begin with a front matter.")
    value = _read(found["front"])
    if not isinstance(value, Mapping):
        raise SkillRefused("Its front matter is no map of keys and values.")
    return value, found["body"]


def _read(text: str) -> Value:
    import yaml

    try:
        parse = cast(Any, yaml).parse
        events: Iterator[Any] = iter(list(parse(text, Loader=yaml.SafeLoader)))
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                return _value(next(events), events, 0)
    except (yaml.YAMLError, ValueError, RecursionError) as e:
        raise SkillRefused("Its front matter can't be read.") from e
    return ""


def _value(event: Any, events: Iterator[Any], depth: int) -> Value:
    import yaml

    plain = depth <= DEEPEST and getattr(event, "anchor", None) is None
    if plain and isinstance(event, yaml.ScalarEvent):
        return str(cast(Any, event).value)
    if plain and isinstance(event, yaml.SequenceStartEvent):
        found: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(_value(event, events, depth + 1))
        return tuple(found)
    if plain and isinstance(event, yaml.MappingStartEvent):
        pairs: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = str(_value(event, events, depth + 1))
            pairs[key] = _value(next(events), events, depth + 1)
        return pairs
    raise SkillRefused("Its front matter is more than plain keys and values.")
