"""Export: everything she holds, as JSON Lines (exact, for machines) and Markdown (for reading). Plain files, 0600."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from someone.errors import HomeReadOnly
from someone.mind.moments import Brought, Entry
from someone.views import view


def export(
    folder: Path,
    name: str,
    called: str,
    own: Sequence[Entry],
    bond: Sequence[Entry],
    skills: Mapping[str, bytes] | None = None,
) -> tuple[Path, ...]:
    """Write ``self.jsonl``, ``bond.jsonl``, ``talks.md`` and, if any past was brought, ``brought.md`` below ``folder``,
    with the files of her ``skills`` (by path). Raises HomeReadOnly when it can't.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (
            _write(folder / "self.jsonl", "".join(map(_line, own))),
            _write(folder / "bond.jsonl", "".join(map(_line, bond))),
            _write(folder / "talks.md", markdown(name, called, bond)),
            *((_write(folder / "brought.md", past),) if (past := brought(bond)) else ()),
            *(_write(folder / path, content) for path, content in (skills or {}).items()),
        )
    except OSError as e:
        raise HomeReadOnly(
            f"I can't write to {folder}: {e.strerror}.",
            safe="Nothing of mine was changed.",
            do="Name another folder with --to.",
        ) from e


def markdown(name: str, called: str, bond: Sequence[Entry]) -> str:
    """The talks, day by day, each line with the number of its moment."""
    out = [f"# {name} and {called}" if called else f"# {name}", ""]
    day = ""
    for entry in bond:
        if isinstance(entry.moment, Brought):
            continue
        shown = view(entry)
        at = entry.at.astimezone()
        if (today := f"{at:%A, %d %B %Y}") != day:
            out += ["", f"## {today}", ""]
            day = today
        if not shown.text:
            continue
        speaker = {"you": called or "You", "her": name, "": shown.kind}[shown.who]
        text = shown.text.replace("\n", "\n  ")
        out.append(f"- {at:%H:%M} **{speaker}**: {text} `#{entry.id}`")
    return "\n".join(out) + "\n"


def brought(bond: Sequence[Entry]) -> str:
    """What was brought in from files, source by source, each with its own date and author; empty when there is none."""
    out: list[str] = []
    heading = ""
    for entry in bond:
        if not isinstance(moment := entry.moment, Brought):
            continue
        if (source := view(entry).source) != heading:
            out += ["", f"## {source}", ""]
            heading = source
        when = f"{moment.said_at.astimezone():%Y-%m-%d %H:%M}" if moment.said_at else "no date"
        text = moment.text.replace("\n", "\n  ")
        out.append(f"- {when} **{moment.author or 'nobody named'}**: {text} `#{entry.id}`")
    return "\n".join(["# What you brought", *out]) + "\n" if out else ""


def _line(entry: Entry) -> str:
    body = entry.moment.model_dump(mode="json")
    return json.dumps({"id": entry.id, "at": entry.at.isoformat(), **body}, ensure_ascii=False) + "\n"


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path
