"""Mail: mbox files (split as they stream, never held whole), Maildir folders, single ``.eml`` files."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from someone.memory.past.html import text_of
from someone.memory.past.reading import Reading, Source, decoded, opened
from someone.mind.past import Record, records

LARGEST = 4 * 1024 * 1024
"""Bytes of one mail that are read; words come first in a mail, what is beyond is attachments."""

_LINE = 65_536
_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]+:|>?From ")
_QUOTE_INTRO = re.compile(
    r"(?:on|am|le|el|il|op) .{5,200}(?:wrote|schrieb.*|a écrit|escribió|ha scritto|schreef)\s?:", re.IGNORECASE
)


def read_mbox(source: Source, reading: Reading) -> Iterator[Record]:
    """The mails of an mbox in its order; the memory it takes does not grow with the file."""
    for raw in _split(source, reading):
        yield from parse(raw, source.name, reading)


def read_eml(source: Source, reading: Reading) -> Iterator[Record]:
    with opened(source, reading) as file:
        yield from parse(file.read(LARGEST), source.name, reading)


def read_maildir(folder: Path, reading: Reading) -> Iterator[Record]:
    """The mails of a Maildir and of the Maildirs in it."""
    for path in sorted(p for p in folder.rglob("*") if p.parent.name in ("cur", "new") and p.is_file()):
        box = path.parent.parent
        try:
            raw = path.read_bytes()[:LARGEST]
        except OSError:
            reading.skip("files that could not be opened")
            continue
        reading.at += path.stat().st_size
        yield from parse(raw, folder.name if box == folder else f"{folder.name}/{box.name.strip('.')}", reading)


def is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _split(source: Source, reading: Reading) -> Iterator[bytes]:
    """One mail at a time. A line "From " begins one after an empty line (or at the start) where a header follows it, as
    not every writer marks such lines of a letter (RFC 4155, appendix A); the mark, ">From ", is undone.
    """
    mail, size, blank, inside = list[bytes](), 0, True, False
    with opened(source, reading) as file:
        line = file.readline(_LINE)
        while line:
            following = file.readline(_LINE)
            if blank and line.startswith(b"From ") and _HEADER.match(following):
                if mail:
                    yield b"".join(mail)
                mail, size, inside = [], 0, True
            elif not inside:
                reading.skip("lines before the first mail")
            elif size < LARGEST:
                mail.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
                size += len(line)
            blank = line in (b"\n", b"\r\n")
            line = following
    if mail:
        yield b"".join(mail)


def parse(raw: bytes, origin: str, reading: Reading) -> Iterator[Record]:
    """The records of one mail: its subject and its words, without what it quotes of others."""
    try:
        mail = email.message_from_bytes(raw)
        labels = _header(mail, "X-Gmail-Labels").split(",")
        if "Spam" in labels:
            reading.skip("mails marked as spam")
            return
        name, address = parseaddr(_header(mail, "From"))
        subject = _header(mail, "Subject")
        body = own_words(_body(mail))
        ids = (_header(mail, "Message-ID") or _header(mail, "Message-Id"),)
        at = _date(mail)
    except (ValueError, LookupError, TypeError, AttributeError, MessageError, RecursionError):
        reading.skip("mails too broken to read")
        return
    if not body and not subject:
        reading.skip("mails without words")
        return
    if at is None:
        reading.skip("dates that are none (kept without a date)")
    found = records(
        "mail",
        f"{subject}\n{body}".strip(),
        origin=origin,
        author=name or address or "someone",
        address=address.lower(),
        mine=reading.is_me(name, address) or "Sent" in labels,
        said_at=at,
        ids=ids,
    )
    yield from found


def _header(mail: Message, name: str) -> str:
    """A header in words; what no charset explains is read as well as it can be."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    if not raw.isascii():  # bytes that no header may hold come as surrogates
        raw = decoded(raw.encode("utf8", "surrogateescape"))
    if "=?" in raw:
        with suppress(ValueError, LookupError, MessageError):
            parts = decode_header(raw)
            raw = "".join(p if isinstance(p, str) else _of_charset(p, charset) for p, charset in parts)
    return " ".join(raw.split())


def _of_charset(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset) if charset and charset.lower() not in ("unknown-8bit", "unknown") else decoded(raw)
    except (LookupError, UnicodeDecodeError, ValueError):
        return decoded(raw)


def _body(mail: Message) -> str:
    """The plain text of a mail; where it has none, that of its HTML."""
    plain: list[str] = []
    marked: list[str] = []
    for part in mail.walk():
        kind = part.get_content_type()
        unclosed = kind.startswith("multipart/") and not part.is_multipart()  # its boundary never came
        if not unclosed and (kind not in ("text/plain", "text/html") or part.get_filename()):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            (marked if kind == "text/html" else plain).append(_of_charset(payload, part.get_content_charset()))
    return "\n\n".join(p for p in plain if p.strip()) or "\n\n".join(text_of(m) for m in marked)


def own_words(body: str) -> str:
    """A mail's text without the lines it quotes from the mail that it answers; all of it where it only quotes."""
    kept: list[str] = []
    for line in body.splitlines():
        if line.lstrip().startswith(">"):
            while kept and (not kept[-1].strip() or _QUOTE_INTRO.match(kept[-1].strip())):
                kept.pop()
            continue
        kept.append(line.rstrip())
    return "\n".join(kept).strip() or body.strip()


def _date(mail: Message) -> datetime | None:
    """When it was sent; else when it was first received."""
    received = mail.get_all("Received") or [""]
    for words in (_header(mail, "Date"), str(received[-1]).rpartition(";")[2].strip()):
        try:
            at = parsedate_to_datetime(words)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None
