"""SillyTavern's chats (JSON lines) and character cards (JSON, or inside a PNG's text chunk)."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from someone.memory.past.chatbots import of_iso
from someone.memory.past.reading import Reading, Source, lines, opened
from someone.mind.past import Record, records

PNG = b"\x89PNG\r\n\x1a\n"
_MILLISECONDS = 1e11  # an epoch beyond is in milliseconds
_LARGEST = 16 * 1024 * 1024
_FIELDS = ("description", "personality", "scenario", "first_mes", "mes_example", "creator_notes", "system_prompt")
_PLAIN = re.compile(r"(\w+ \d{1,2}, \d{4}) (\d{1,2}:\d{2})\s?([ap]m)", re.IGNORECASE)
_SPOKEN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m(?: ?(\d{1,2})s)?")


def read_chat(source: Source, reading: Reading) -> Iterator[Record]:
    """The messages of a chat; the first line is about the chat."""
    for number, line in enumerate(lines(source, reading)):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            words, who = said.get("mes"), str(said.get("name") or "")
        except (ValueError, AttributeError):
            reading.skip("lines that are broken or break off")
            continue
        if words is None and number == 0:
            continue
        if not str(words or "").strip():
            reading.skip("messages without words")
            continue
        yield from records(
            "chat",
            str(words),
            origin=source.name,
            author=who,
            mine=bool(said.get("is_user")),
            said_at=date_of(said.get("send_date")),
            ids=(str(number),),
        )


def date_of(value: Any) -> datetime | None:
    """A SillyTavern date in any of the ways it has written them: epoch (ms), ISO, "June 19, 2023 2:20pm", "... @14h 20m"."""
    if isinstance(value, int | float) or str(value).isdigit():
        try:
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC)
        except (OverflowError, ValueError, OSError):
            return None
    words = str(value or "")
    try:
        if found := _PLAIN.match(words):
            return datetime.strptime(f"{found[1]} {found[2]} {found[3].upper()}", "%B %d, %Y %I:%M %p").astimezone()
        if found := _SPOKEN.match(words):
            return _local(*(int(n or 0) for n in found.groups()))
    except (ValueError, OverflowError):
        return None
    return of_iso(words)


def _local(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime:
    return datetime(year, month, day, hour, minute, second).astimezone()


def read_card(source: Source, reading: Reading) -> Iterator[Record]:
    """The fields of a character card that hold words."""
    with opened(source, reading) as file:
        raw = file.read(_LARGEST)
    try:
        body = embedded(raw) if raw.startswith(PNG) else raw
        card: dict[str, Any] = json.loads(body)
        data: dict[str, Any] = card["data"] if isinstance(card.get("data"), dict) else card
    except (ValueError, AttributeError):
        reading.skip("character cards that are broken or empty")
        return
    name = str(data.get("name") or data.get("char_name") or "a character")
    found = {field: data.get(field) for field in _FIELDS}
    book = (data.get("character_book") or {}).get("entries") or ()
    entries = book.values() if isinstance(book, dict) else book
    found |= {f"book {n}": e.get("content") for n, e in enumerate(entries) if isinstance(e, dict)}
    for field, words in found.items():
        if isinstance(words, str) and words.strip():
            yield from records(
                "character",
                words,
                origin=source.name,
                author=name,
                said_at=date_of(card.get("create_date")),
                ids=(field,),
            )


def embedded(png: bytes) -> bytes:
    """The card in a PNG: the text chunk ``ccv3``, else ``chara``, base64; empty where there is none.

    A chunk is its length (4 bytes), type, data and CRC: W3C PNG, 5.3. Raises ValueError for what can't be read.
    """
    found: dict[bytes, bytes] = {}
    at = len(PNG)
    while at + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"tEXt":
            keyword, _, words = png[at + 8 : at + 8 + length].partition(b"\0")
            found[keyword.lower()] = words
        at += length + 12
    words = found.get(b"ccv3") or found.get(b"chara") or b""
    return base64.b64decode(words)
