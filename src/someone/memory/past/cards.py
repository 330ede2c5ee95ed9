"""Calendars (``.ics``, RFC 5545) and contacts (``.vcf``, RFC 6350 and the older versions): lines of one grammar."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from someone.memory.past.reading import Reading, Source, decoded, lines
from someone.mind.past import Record, records

_LINE = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;[^:\";]*(?:\"[^\"]*\"[^:\";]*)*)*):(?P<value>.*)", re.DOTALL
)
_LONGEST_BLOCK = 5000
EVENTS = frozenset({"VEVENT", "VTODO", "VJOURNAL"})


@dataclass(frozen=True, slots=True)
class Field:
    """One line: ``NAME;PARAM=x:value``; the value as it is written there, but decoded where it says it is encoded."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], self.value).strip()


def read_calendar(source: Source, reading: Reading) -> Iterator[Record]:
    """Events, tasks and journal entries, each a record that says when it is."""
    for fields in _blocks(source, reading, EVENTS):
        found = {f.name: f for f in reversed(fields)}
        at, words = _event(found, [f for f in fields if f.name == "ATTENDEE"])
        if not words:
            reading.skip("events without words")
            continue
        if at is None:
            reading.skip("dates that are none (kept without a date)")
        ids = tuple(found[n].value if n in found else "" for n in ("UID", "RECURRENCE-ID"))
        yield from records("calendar", words, origin=source.name, said_at=at, ids=ids)


def read_contacts(source: Source, reading: Reading) -> Iterator[Record]:
    """People, each a record in words. Two of one name stay two."""
    for fields in _blocks(source, reading, frozenset({"VCARD"})):
        words = _contact(fields)
        if not words:
            reading.skip("contacts without a name")
            continue
        uid = next((f.value for f in fields if f.name == "UID"), "")
        yield from records("contacts", words, origin=source.name, ids=(uid,))


def _blocks(source: Source, reading: Reading, wanted: frozenset[str]) -> Iterator[list[Field]]:
    fields: list[Field] | None = None
    inner: list[str] = []
    for line in _unfolded(lines(source, reading)):
        head, _, name = line.partition(":")
        if (head := head.strip().upper()) == "BEGIN":
            name = name.strip().upper()
            if name in wanted:
                if fields is not None:
                    reading.skip("entries that break off")
                fields, inner = [], []
            elif fields is not None:
                inner.append(name)
        elif head == "END" and fields is not None:
            if inner:
                inner.pop()
            else:
                yield fields
                fields = None
        elif fields is not None and not inner and len(fields) < _LONGEST_BLOCK and (field := _field(line)):
            fields.append(field)
    if fields is not None:
        reading.skip("entries that break off")
        reading.note(f"{source.name} stops in the middle of an entry.")


def _unfolded(raw: Iterator[str]) -> Iterator[str]:
    """Whole lines: a blank at the start continues the last; so does quoted-printable's "=" at an end (vCard 2.1)."""
    line = ""
    for piece in raw:
        if piece[:1] in (" ", "\t") and line:
            line += piece[1:]
        elif line.endswith("=") and "QUOTED-PRINTABLE" in line.upper():
            line += "\n" + piece
        else:
            if line:
                yield line
            line = piece
    if line:
        yield line


def _field(line: str) -> Field | None:
    found = _LINE.match(line)
    if found is None:
        return None
    pairs = (p.partition("=") for p in found["params"].split(";") if p)
    params = {name.upper(): value.strip('"') for name, _, value in pairs}
    value = found["value"]
    if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in params:
        raw = quopri.decodestring(value.encode("utf8", "surrogateescape"))
        try:
            value = raw.decode(params.get("CHARSET", "utf8"))
        except (LookupError, UnicodeDecodeError):
            value = decoded(raw)
    return Field(found["name"].upper(), params, value)


def _event(found: dict[str, Field], guests: list[Field]) -> tuple[datetime | None, str]:
    def text(name: str) -> str:
        return found[name].text if name in found else ""

    starts = next((found[n] for n in ("DTSTART", "DUE", "DTSTAMP") if n in found), None)
    at = moment_of(starts) if starts else None
    parts = [text("SUMMARY")]
    if starts and at:
        whole_day = "T" not in starts.value
        parts.append(f"{at.day} {at:%B %Y}" if whole_day else f"{at.day} {at:%B %Y, %H:%M}")
    if "RRULE" in found and (every := re.search(r"FREQ=(\w+)", found["RRULE"].value)):
        parts.append(every[1].lower())
    parts += [f"at {text('LOCATION')}"] if text("LOCATION") else []
    names = [g.params.get("CN") or g.value.removeprefix("mailto:") for g in guests]
    parts += [f"with {', '.join(names[:12])}"] if names else []
    words = ", ".join(p for p in parts if p)
    described = "\n".join(t for t in (words, text("DESCRIPTION")) if t)
    return at, described if text("SUMMARY") or text("DESCRIPTION") else ""


def moment_of(field: Field) -> datetime | None:
    """The time of a date field in its own zone; a day or a floating time is in the machine's."""
    value = field.value.strip()
    try:
        if "T" not in value:
            return datetime.strptime(value[:8], "%Y%m%d").astimezone()
        at = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
        if value.endswith("Z"):
            return at.replace(tzinfo=UTC)
        zone = field.params.get("TZID", "")
        return at.replace(tzinfo=ZoneInfo(zone)) if zone else at.astimezone()
    except (ZoneInfoNotFoundError, OSError):
        return datetime.strptime(value[:15], "%Y%m%dT%H%M%S").astimezone()
    except (ValueError, OverflowError):
        return None


_SHOWN = {
    "NICKNAME": "called",
    "ORG": "works at",
    "TITLE": "as",
    "TEL": "phone",
    "EMAIL": "mail",
    "ADR": "lives at",
    "BDAY": "birthday",
    "ANNIVERSARY": "anniversary",
    "RELATED": "related to",
    "NOTE": "note",
}


def _contact(fields: list[Field]) -> str:
    name = next((f.text for f in fields if f.name == "FN" and f.text), "")
    if not name:
        parts = next((f.text.split(";") for f in fields if f.name == "N"), [])
        name = " ".join(p for p in (*parts[1:2], *parts[:1]) if p)
    if not name:
        return ""
    told = [f"{_SHOWN[f.name]} {shown}" for f in fields if f.name in _SHOWN and (shown := _shown(f))]
    return f"{name}: {'; '.join(told)}." if told else f"{name}."


def _shown(field: Field) -> str:
    if field.name in ("BDAY", "ANNIVERSARY"):
        return _day(field.value.strip())
    if field.name in ("ADR", "ORG"):
        return ", ".join(p.strip() for p in field.text.split(";") if p.strip())
    return field.text.removeprefix("tel:").removeprefix("mailto:")


def _day(value: str) -> str:
    digits = re.sub(r"\D", "", value.partition("T")[0])
    try:
        if value.startswith("--") and len(digits) == 4:
            return f"{int(digits[2:])} {date(2000, int(digits[:2]), 1):%B}"
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return value
    return f"{day.day} {day:%B %Y}"
