"""Notes: Markdown and plain text files. A section is a record; its title stands before it, so that recall finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from someone.memory.past.chatbots import of_iso
from someone.memory.past.reading import Reading, Source, lines
from someone.mind.past import Record, clean, records

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".org", ".rst"})
SECTION = 1500
"""Characters after which a section is ended at the next blank line."""

_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+)")
_DAY = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_WRITTEN = re.compile(r"(?:date|created|created_at)\s*:\s*[\"']?(?P<at>[^\"'#]+)", re.IGNORECASE)


def read(source: Source, reading: Reading) -> Iterator[Record]:
    """The sections of one note. Its date: the front matter's, that of the file's name, or of its last change."""
    title = Path(source.name).stem
    at: datetime | None = _of_name(title) or _changed(source)
    matter = 0  # 1 while inside the front matter, 2 beyond
    for number, line in enumerate(lines(source, reading)):
        if number == 0 and line.strip() == "---":
            matter = 1
            continue
        if matter != 1:
            break
        if line.strip() in ("---", "..."):
            break
        if found := _WRITTEN.match(line):
            at = of_iso(found["at"].strip()) or at
    reading.at = max(0, reading.at - source.size)
    for heading, text in _sections(source, reading):
        words = f"{title}\n{text}" if heading in ("", title) else f"{title}, {heading}\n{text}"
        mine, author = True, reading.my_name
        yield from records(
            "notes", words, origin=source.name, author=author, mine=mine, said_at=at, ids=(source.name, heading)
        )


def _sections(source: Source, reading: Reading) -> Iterator[tuple[str, str]]:
    heading, kept, size, inside = "", list[str](), 0, False
    for number, line in enumerate(lines(source, reading)):
        if (number == 0 or inside) and line.strip() == "---":
            inside = number == 0
            continue
        if inside:
            continue
        found = _HEADING.match(line)
        if found or (size > SECTION and not line.strip()):
            if text := clean("\n".join(kept)):
                yield heading, text
            kept, size = [], 0
        if found:
            heading = found["title"].strip()
            continue
        kept.append(line)
        size += len(line)
    if text := clean("\n".join(kept)):
        yield heading, text


def _of_name(title: str) -> datetime | None:
    """The day that a daily note's name says, at noon of this machine's zone."""
    if found := _DAY.search(title):
        try:
            return datetime(int(found[1]), int(found[2]), int(found[3]), 12).astimezone()
        except (ValueError, OverflowError):
            return None
    return None


def _changed(source: Source) -> datetime | None:
    return datetime.fromtimestamp(source.path.stat().st_mtime, UTC) if source.path else None
