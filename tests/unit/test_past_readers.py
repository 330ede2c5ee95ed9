"""Each format of the past, read from small files made here: what comes out, and what becomes of what is broken."""

from __future__ import annotations

import base64
import json
import os
import struct
import time
import zipfile
import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from someone.errors import NotUnderstood
from someone.memory import past
from someone.memory.past import mail, whatsapp
from someone.memory.past.html import text_of
from someone.memory.past.reading import Reading


@pytest.fixture(autouse=True)
def _in_oslo(monkeypatch):
    """Local times are those of one zone, whatever the machine's."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def bring(path: Path, kind: str = "", me: tuple[str, ...] = (), called: str = "Theo"):
    """The moments and the account of a reading."""
    reading = past.Reading(me=me, called=called)
    return [r.moment for r in past.read(path, reading, kind)], reading


def keys(path: Path) -> list[str]:
    return [r.key for r in past.read(path, past.Reading())]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


CHATGPT = [
    {
        "title": "Bread",
        "create_time": 1700000000.0,
        "mapping": {
            "root": {"message": None},
            "s": {"message": {"id": "s", "author": {"role": "system"}, "content": {"parts": [""]}}},
            "a": {
                "message": {
                    "id": "a",
                    "author": {"role": "assistant"},
                    "create_time": 1700000020.0,
                    "content": {"content_type": "text", "parts": ["Feed it daily."]},
                }
            },
            "u": {
                "message": {
                    "id": "u",
                    "author": {"role": "user"},
                    "create_time": 1700000010.0,
                    "content": {"content_type": "multimodal_text", "parts": [{"image": 1}, "My starter is Bubbles."]},
                }
            },
        },
    }
]
CLAUDE = [
    {
        "uuid": "1",
        "name": "Trip",
        "chat_messages": [
            {
                "uuid": "m1",
                "sender": "human",
                "text": "I want to see Kyoto",
                "created_at": "2024-05-01T10:00:00.5Z",
                "attachments": [{"extracted_content": "an attached page"}],
            },
            {"uuid": "m2", "sender": "assistant", "content": [{"type": "text", "text": "Go in November."}]},
        ],
    }
]


def test_a_chatgpt_export_in_its_archive(tmp_path):
    """The zip is read as it is: the person's words are theirs, in the order of time, system messages are left out."""
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("conversations.json", json.dumps(CHATGPT))
        archive.writestr("user.json", "{}")
    found, reading = bring(tmp_path / "export.zip")
    assert [(m.source, m.author, m.mine, m.text) for m in found] == [
        ("chatgpt", "Theo", True, "My starter is Bubbles."),
        ("chatgpt", "ChatGPT", False, "Feed it daily."),
    ]
    assert found[0].said_at == utc(2023, 11, 14, 22, 13, 30)
    assert reading.skipped["messages of the program itself"] == 1


def test_a_claude_export(tmp_path):
    """Text stands in one field or in blocks; what was attached is kept, and is not the person's own words."""
    found, _ = bring(put(tmp_path, "conversations.json", json.dumps(CLAUDE)))
    assert [(m.author, m.mine, m.text) for m in found] == [
        ("Theo", True, "I want to see Kyoto"),
        ("Theo", False, "an attached page"),
        ("Claude", False, "Go in November."),
    ]


def test_an_export_that_stops_half_way_gives_what_stood_before(tmp_path):
    """A cut file: the whole conversations come, and the account says where it ends."""
    whole = json.dumps(CHATGPT + CHATGPT[:1])
    found, reading = bring(put(tmp_path, "conversations.json", whole[: len(whole) - 40]))
    assert len(found) == 2
    assert any("stops half way" in note for note in reading.notes)


def test_an_archive_that_is_damaged_says_so(tmp_path):
    """A member whose bytes are wrong ends the reading of that member with a note, never with a traceback."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(CHATGPT * 3000))
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 30] = bytes(30)
    path.write_bytes(raw)
    _, reading = bring(path)
    assert reading.notes


WHATSAPP = [
    ("[12.03.24, 21:15:07] Mara: hei", utc(2024, 3, 12, 20, 15, 7)),
    ("\u200e[3/13/24, 9:15:07\u202fPM] Mara: hi", utc(2024, 3, 13, 20, 15, 7)),
    ("13/03/2024, 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("13-03-2024 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("2024-03-13, 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("2024/03/13, 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("13.03.24, 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("13.03.24 um 21:15 - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("3/13/24, 9:15 p.m. - Mara: hi", utc(2024, 3, 13, 20, 15)),
    ("13/3/24 12:05 am - Mara: hi", utc(2024, 3, 12, 23, 5)),
]


@pytest.mark.parametrize(("line", "at"), WHATSAPP)
def test_whatsapp_dates_as_phones_write_them(tmp_path, line, at):
    """Each known shape of a date is understood to the minute."""
    found, _ = bring(put(tmp_path, "chat.txt", line + "\n"))
    assert [(m.author, m.said_at) for m in found] == [("Mara", at)]


@given(
    start=st.dates(date(2010, 1, 1), date(2029, 1, 1)),
    steps=st.lists(st.integers(1, 40), min_size=30, max_size=60),
    order=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m/%d/%y", "%Y-%m-%d"]),
)
def test_the_order_of_day_and_month_is_decided_by_the_whole_file(start, steps, order):
    """Of a chat that runs over months, every order is found out from the dates alone, surely."""
    days = [start + timedelta(days=sum(steps[:i])) for i in range(len(steps))]
    written = [tuple(d.strftime(order).replace(".", "/").replace("-", "/").split("/")) for d in days]
    expected = {"d": "dmy", "m": "mdy", "Y": "ymd"}[order[1]]
    assert whatsapp.order_of(written) == (expected, True)


def test_a_chat_that_could_be_read_both_ways_says_which_was_taken(tmp_path):
    """With one early date nothing decides: it is taken as day first, and the account says so."""
    found, reading = bring(put(tmp_path, "chat.txt", "03/04/2024, 10:00 - Mara: hi\n"))
    assert found[0].said_at == utc(2024, 4, 3, 8)
    assert any("more than one way" in note for note in reading.notes)


def test_a_whatsapp_chat_whole(tmp_path):
    """Lines that go on, what the app says, pictures, two equal lines in one minute, and who of them is the person."""
    chat = (
        "13/03/2024, 21:14 - Messages are end-to-end encrypted.\n"
        "13/03/2024, 21:15 - Mara Lind: We land\non Friday: early\n"
        "13/03/2024, 21:15 - Theo Berg: ok\n13/03/2024, 21:15 - Theo Berg: ok\n"
        "13/03/2024, 21:16 - Mara Lind: <Media omitted>\n"
    )
    path = put(tmp_path, "WhatsApp Chat with Mara.txt", chat)
    found, reading = bring(path)
    assert [(m.author, m.mine, m.text) for m in found] == [
        ("Mara Lind", False, "We land\non Friday: early"),
        ("Theo Berg", True, "ok"),
        ("Theo Berg", True, "ok"),
    ]
    assert reading.skipped == {"notices of the app": 1, "messages without words (pictures, sounds, deleted ones)": 1}
    assert len(set(keys(path))) == 3


def test_two_who_bear_the_persons_name_are_not_guessed(tmp_path):
    """Where two writers are called Theo, neither is taken for the person, and the account asks; --me decides."""
    path = put(tmp_path, "c.txt", "13/03/2024, 21:15 - Theo Berg: a\n13/03/2024, 21:16 - Theo Dahl: b\n")
    found, reading = bring(path)
    assert not any(m.mine for m in found)
    assert any("--me" in note for note in reading.notes)
    assert [m.mine for m in bring(path, me=("Theo Dahl",))[0]] == [False, True]


MBOX = b"""From a@x Mon Jan  1 00:00:00 2024
From: =?utf-8?q?J=C3=BCrgen?= <J@Example.org>
Subject: =?utf-8?b?VGhlIGJvYXQ=?=
Date: Mon, 1 Jan 2024 10:00:00 +0100
Message-ID: <1@x>
Content-Type: text/plain; charset=no-such-charset

The boat is called Heron, gr\xfc\xdfe.
>From the harbour it is far.

From here: not at all.

On Sunday Theo wrote:
> which boat?

From b@x Mon Jan  1 00:00:00 2024
From: J\xfcrgen <other@example.org>
Message-ID: <1@x>
Date: sometime
Content-Type: multipart/mixed; boundary="never closed

the rest
"""


def test_an_mbox_with_all_that_goes_wrong(tmp_path):
    """An unknown charset, raw bytes in a header, a boundary that never comes, one id twice, no date: both mails come."""
    found, reading = bring(put(tmp_path, "all.mbox", MBOX))
    assert [(m.author, m.address) for m in found] == [("Jürgen", "j@example.org"), ("Jürgen", "other@example.org")]
    assert (
        found[0].text
        == "The boat\nThe boat is called Heron, grüße.\nFrom the harbour it is far.\n\nFrom here: not at all."
    )
    assert found[0].said_at == utc(2024, 1, 1, 9)
    assert found[1].said_at is None
    assert reading.skipped["dates that are none (kept without a date)"] == 1


def test_a_mail_is_the_persons_by_address_or_as_sent(tmp_path):
    """--me takes an address; a mail that its box says was sent is the person's own."""
    sent = b"From x\nFrom: T <t@example.org>\nX-Gmail-Labels: Sent,Important\nSubject: a\n\nb\n"
    assert [m.mine for m in bring(put(tmp_path, "s.mbox", sent))[0]] == [True]
    assert [m.mine for m in bring(put(tmp_path, "a.mbox", MBOX), me=("OTHER@example.org",))[0]] == [False, True]


def test_a_huge_attachment_is_never_held(tmp_path, monkeypatch):
    """Of a mail only the first bytes are taken; what follows it is read as ever."""
    monkeypatch.setattr(mail, "LARGEST", 2000)
    big = (
        b"From x\nFrom: a@x\nSubject: one\n\nwords\n"
        + b"QUJD" * 25 * 400
        + b"\n\nFrom y\nFrom: b@x\nSubject: two\n\nmore\n"
    )
    reading = Reading()
    raw = list(mail._split(past.Source.of(put(tmp_path, "m.mbox", big)), reading))
    assert len(raw) == 2
    assert all(len(r) < 100_000 for r in raw)
    assert reading.at == len(big)


def test_a_maildir_and_its_folders(tmp_path):
    """Mails in cur and new, and in the boxes below, with the box as their origin."""
    for box in ("box/cur", "box/new", "box/.Work/cur", "box/.Work/new"):
        put(tmp_path, f"{box}/1", f"From: a@x\nSubject: {box}\n\nwords")
    found, _ = bring(tmp_path / "box")
    assert {m.origin for m in found} == {"box", "box/Work"}
    assert len(found) == 4


def test_html_mail_in_words():
    """Blocks become lines, entities characters; scripts, styles and quoted mails are left out; nothing breaks."""
    shown = text_of(
        "<p>Hello &amp; <b>good</b> day</p><style>x{}</style><script>bad()</script><blockquote>old</blockquote>"
    )
    assert shown == "Hello & good day"
    assert text_of("<div>a<div>b <b") == "a\nb <b"


ICS = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTART;TZID=Europe/Oslo:20240503T100000\r\nSUMMARY:Dentist\\, Dr Okafor\r\nLOCATION:Main\r\n  Street 4\r\n"
    'ATTENDEE;CN="Lind, Mara":mailto:m@x.org\r\nBEGIN:VALARM\r\nDESCRIPTION:beep\r\nEND:VALARM\r\nEND:VEVENT\r\n'
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20990101\r\nSUMMARY:Far\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:cut"
)


def test_a_calendar(tmp_path):
    """Folded lines, escapes, zones, whole days; alarms are no event, and an entry that breaks off is told."""
    found, reading = bring(put(tmp_path, "c.ics", ICS))
    assert [m.text for m in found] == [
        "Dentist, Dr Okafor, 3 May 2024, 10:00, at Main Street 4, with Lind, Mara",
        "Far, 1 January 2099, yearly",
    ]
    assert found[0].said_at == utc(2024, 5, 3, 8)
    assert reading.skipped["entries that break off"] == 1


def test_contacts_of_several_versions_and_two_of_one_name(tmp_path):
    """VCard 2.1 with quoted-printable, 3.0 and 4.0; two people with one name stay two."""
    cards = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Ann=\n=61\nTEL;CELL:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Mara Lind\nBDAY:1988-05-04\nitem1.ADR;TYPE=home:;;Elm 1;Oslo;;;\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nFN:Mara Lind\nBDAY:--0709\nEND:VCARD\n"
    )
    found, _ = bring(put(tmp_path, "c.vcf", cards))
    assert [m.text for m in found] == [
        "Anna Müller: phone 1.",
        "Mara Lind: birthday 4 May 1988; lives at Elm 1, Oslo.",
        "Mara Lind: birthday 9 July.",
    ]


def test_a_folder_of_notes(tmp_path):
    """Sections with their title, the date of front matter, name or last change; hidden folders and pictures left out."""
    put(tmp_path, "n/2023-06-01 garden.md", "# Beds\nTomatoes.\n# Trees\nThe plum is Ingrid's.\n")
    put(tmp_path, "n/deep/trip.txt", b"\xff\xfe" + "Porto in spring".encode("utf-16-le"))
    os.utime(put(tmp_path, "n/old.md", "---\ndate: 2019-02-03\n---\nWe moved.\n"), (0, 0))
    put(tmp_path, "n/.hidden/x.md", "no")
    put(tmp_path, "n/a.jpg", b"\xff\xd8\0\0\0")
    found, reading = bring(tmp_path / "n")
    assert [(m.origin, m.text) for m in found] == [
        ("2023-06-01 garden.md", "2023-06-01 garden, Beds\nTomatoes."),
        ("2023-06-01 garden.md", "2023-06-01 garden, Trees\nThe plum is Ingrid's."),
        ("old.md", "old\nWe moved."),
        ("deep/trip.txt", "trip\nPorto in spring"),
    ]
    assert found[0].said_at == utc(2023, 6, 1, 10)
    assert found[2].said_at.date() == date(2019, 2, 3)
    assert reading.skipped == {past.OTHER: 1}


def test_a_sillytavern_chat(tmp_path):
    """The first line is about the chat; dates of every shape; a broken last line is told."""
    said = [
        {"user_name": "Theo", "character_name": "Sera"},
        {"name": "Sera", "is_user": False, "mes": "Welcome", "send_date": "June 19, 2023 2:20pm"},
        {"name": "Theo", "is_user": True, "mes": "Thanks", "send_date": "2023-06-19@14h21m05s"},
        {"name": "Sera", "is_user": False, "mes": "Sit", "send_date": 1687177320000},
    ]
    found, reading = bring(put(tmp_path, "s.jsonl", "\n".join(map(json.dumps, said)) + '\n{"name": "Th'))
    assert [(m.author, m.mine, m.said_at) for m in found] == [
        ("Sera", False, utc(2023, 6, 19, 12, 20)),
        ("Theo", True, utc(2023, 6, 19, 12, 21, 5)),
        ("Sera", False, utc(2023, 6, 19, 12, 22)),
    ]
    assert reading.skipped["lines that are broken or break off"] == 1


def test_a_character_card_in_a_picture_and_as_json(tmp_path):
    """The card's words are the character's, found in a PNG's text chunk and in a JSON file alike."""
    card = {"spec": "chara_card_v2", "data": {"name": "Sera", "description": "A guardian.", "first_mes": "Hello."}}

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    words = base64.b64encode(json.dumps(card).encode())
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"tEXt", b"chara\0" + words) + chunk(b"IEND", b"")
    for name, content in (("a.png", png), ("a.json", json.dumps(card))):
        found, _ = bring(put(tmp_path, name, content))
        assert [(m.author, m.mine, m.text) for m in found] == [
            ("Sera", False, "A guardian."),
            ("Sera", False, "Hello."),
        ]
    _, reading = bring(put(tmp_path, "b.png", png[:40]))
    assert reading.skipped


def test_what_is_nothing_that_can_be_read(tmp_path):
    """No path, a program, an unknown format: refused in words, before anything is kept."""
    for path, kind in ((tmp_path / "no", ""), (put(tmp_path, "x.exe", b"MZ\0\0"), ""), (tmp_path, "hieroglyphs")):
        with pytest.raises(NotUnderstood):
            bring(path, kind)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(past.READERS)),
    raw=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda t: t.encode("utf8", "surrogatepass")),
        st.integers(0, len(MBOX)).map(lambda n: MBOX[:n] + b"\0\xff" + MBOX[n:]),
        st.integers(0, len(ICS)).map(lambda n: (ICS[:n] + ":;=" + ICS[n:]).encode()),
        st.integers(0, 300).map(lambda n: json.dumps(CHATGPT)[n:].encode()),
    ),
)
def test_no_bytes_break_any_reader(tmp_path, kind, raw):
    """Whatever a file holds, under whatever name it is brought, a reading ends in words and not in an error."""
    path = put(tmp_path, "file", raw)
    found, _ = bring(path, kind)
    assert all(m.text.strip() and "\ud800" not in m.text for m in found)
    assert keys(path) == keys(path) if past.kind_of(past.Source.of(path)) else True
