"""Importing the past: what a path holds is found out, and read as a stream of records, one module a format.

Readers are generators: they hold one message, not one file. What they can't read they count, with the reason, and go on.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from someone.errors import NotUnderstood
from someone.memory.past import cards, characters, chatbots, mail, notes, whatsapp
from someone.memory.past.reading import UTF16_BOMS, Reading, Source, decoded
from someone.mind.past import Record

Reader = Callable[[Source, Reading], Iterator[Record]]

READERS: dict[str, Reader] = {
    "chatgpt": chatbots.read,
    "claude": chatbots.read,
    "whatsapp": whatsapp.read,
    "mail": mail.read_mbox,
    "eml": mail.read_eml,
    "calendar": cards.read_calendar,
    "contacts": cards.read_contacts,
    "notes": notes.read,
    "chat": characters.read_chat,
    "character": characters.read_card,
}
"""What ``--as`` may say, and who reads it."""

_FEW = 16
OTHER = "files of a kind that I can't read"
_CARD_WORDS = (b'"first_mes"', b'"char_name"', b'"chara_card', b'"mes_example"', b'"personality"')


def kind_of(source: Source) -> str:
    """What a file is, by its beginning and its name; "" for what can't be read."""
    head = source.head()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for kind, begins in (
        ("character", characters.PNG),
        ("calendar", b"BEGIN:VCALENDAR"),
        ("contacts", b"BEGIN:VCARD"),
        ("mail", b"From "),
    ):
        if start[: len(begins)].upper() == begins.upper() and (kind != "mail" or b"\n" in head):
            return kind
    if start[:1] in (b"[", b"{") and source.suffix in (".json", ".jsonl", ""):
        return _json_kind(start, source)
    named = {".mbox": "mail", ".mbx": "mail", ".eml": "eml", ".ics": "calendar", ".vcf": "contacts"}
    if source.suffix in named:
        return named[source.suffix]
    if source.suffix in notes.SUFFIXES and _is_text(head):
        return "whatsapp" if whatsapp.looks_like(decoded(head)) else "notes"
    return ""


def _is_text(head: bytes) -> bool:
    """Text holds no NUL, but for UTF-16, and for a few bytes that went wrong."""
    return head[:2] in UTF16_BOMS or head.count(b"\0") < _FEW


def _json_kind(start: bytes, source: Source) -> str:
    if start.startswith(b"["):
        if b'"chat_messages"' in start:
            return "claude"
        return "chatgpt" if b'"mapping"' in start or "conversations" in source.name else ""
    if source.suffix == ".jsonl" or b'"mes"' in start:
        return "chat"
    return "character" if any(word in start for word in _CARD_WORDS) else ""


def sources(path: Path, reading: Reading) -> list[Source]:
    """The files below a path, those in archives too; what is hidden is left out."""
    found: list[Source] = []
    for file in _files(path):
        try:
            name = file.name if file == path else file.relative_to(path).as_posix()
            if zipfile.is_zipfile(file) and file.suffix.lower() not in (".png", ".mbox"):
                found += _members(file)
            else:
                found.append(Source.of(file, name))
        except (OSError, zipfile.BadZipFile):
            reading.skip("files that could not be opened")
    return found


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, below, files in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(files) if not name.startswith("."))


def _members(file: Path) -> list[Source]:
    with zipfile.ZipFile(file) as archive:
        return [
            Source(info.filename, info.file_size, lambda info=info: _Member(file, info))  # pyright: ignore[reportArgumentType]
            for info in archive.infolist()
            if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        ]


class _Member:
    """One file of an archive, opened by itself and closed with it."""

    def __init__(self, file: Path, info: zipfile.ZipInfo) -> None:
        self._archive = zipfile.ZipFile(file)
        self._stream = self._archive.open(info)

    def read(self, most: int = -1) -> bytes:
        return self._stream.read(most)

    def close(self) -> None:
        self._stream.close()
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read(path: Path, reading: Reading, kind: str = "") -> Iterator[Record]:
    """Everything that a path holds, file after file. ``kind``: one of :data:`READERS`, or "" to find out.

    Raises NotUnderstood when there is no such path or kind, or nothing in it can be read.
    """
    if kind and kind not in READERS:
        raise NotUnderstood(f"I don't know '{kind}'.", do=f"I can read {', '.join(READERS)}.")
    if not path.exists():
        raise NotUnderstood(f"There is nothing at {path}.", do="Look at the path once more.")
    if path.is_dir() and mail.is_maildir(path):
        reading.total = sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
        return mail.read_maildir(path, reading)
    found = [(source, kind or _kind(source, reading)) for source in sources(path, reading)]
    known = [(source, what) for source, what in found if what]
    if not known:
        raise NotUnderstood
    if len(found) > len(known):
        reading.skip(OTHER, len(found) - len(known))
    reading.total = sum(source.size for source, _ in known)
    return _each(known, reading)


def _kind(source: Source, reading: Reading) -> str:
    try:
        return kind_of(source)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        reading.skip("files that could not be opened")  # damaged, or an archive under a password
        return ""


def _each(known: list[tuple[Source, str]], reading: Reading) -> Iterator[Record]:
    for source, kind in known:
        try:
            yield from READERS[kind](source, reading)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
            reading.skip("files that broke off while they were read")
            reading.note(
                f"{source.name} could not be read to its end ({type(error).__name__}). I kept what came before."
            )
