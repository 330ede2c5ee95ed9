"""What all readers of the past share: a source that can be opened again, and the account of one reading."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

UTF8_BOM, UTF16_BOMS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_LINE = 1 << 20


@dataclass(slots=True)
class Reading:
    """The account of one reading. ``total`` and ``at`` in bytes; ``skipped``: reason -> how many; ``notes``: sentences.

    ``me``: names and addresses that are the person's own. ``called``: what they are called here; it stands for them
    where exactly one writer of a chat bears it.
    """

    me: tuple[str, ...] = ()
    called: str = ""
    total: int = 0
    at: int = 0
    skipped: Counter[str] = field(default_factory=Counter[str])
    notes: list[str] = field(default_factory=list[str])

    def is_me(self, *names: str) -> bool:
        return any(name and name.casefold() in {m.casefold() for m in self.me} for name in names)

    @property
    def my_name(self) -> str:
        return next((m for m in self.me if "@" not in m), self.called)

    def skip(self, reason: str, count: int = 1) -> None:
        self.skipped[reason] += count

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the past, on the disk or in an archive. ``name`` is shown; ``open`` begins anew at every call."""

    name: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None

    @classmethod
    def of(cls, path: Path, name: str = "") -> Source:
        return cls(name or path.name, path.stat().st_size, lambda: path.open("rb"), path)

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    def head(self, most: int = 65_536) -> bytes:
        with self.open() as file:
            return file.read(most)


class Counted(io.RawIOBase):
    """A binary stream that keeps ``reading.at`` in step with what was read of it."""

    def __init__(self, raw: BinaryIO, reading: Reading) -> None:
        self._raw = raw
        self._reading = reading

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self._reading.at += len(data)
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


def opened(source: Source, reading: Reading) -> io.BufferedReader:
    """The source from its first byte, counted."""
    return io.BufferedReader(Counted(source.open(), reading), _LINE)


def decoded(raw: bytes) -> str:
    """Text of bytes of unknown encoding: by its mark, as UTF-8, else as Windows-1252, which takes any byte."""
    if raw.startswith(UTF16_BOMS):
        return raw.decode("utf-16", "replace")
    try:
        return raw.removeprefix(UTF8_BOM).decode("utf8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def lines(source: Source, reading: Reading) -> Iterator[str]:
    """The lines without their ends, each decoded by itself; one without an end comes in pieces of a megabyte."""
    with opened(source, reading) as file:
        if file.peek(2)[:2] in UTF16_BOMS:
            for line in io.TextIOWrapper(file, "utf-16", errors="replace"):
                yield line.rstrip("\r\n")
            return
        while raw := file.readline(_LINE):
            yield decoded(raw).rstrip("\r\n")
