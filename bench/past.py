"""How fast a past is brought in: ``python -m bench.past [--messages N] [--mbox-mb M]``. One JSON line last.

Two files are made and brought through the product's own path into a new home without an embedder: a WhatsApp chat of N
messages, and an mbox of M megabytes that is mostly attachments. ``minutes_100k``: what 100,000 messages take at the
chat's pace; ``again_s``: a second reading of the same chat, which keeps nothing; ``grew_mb``: how far the process grew
over the mbox; ``found``: whether a line from the middle of the chat is recalled right after.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import report, resident_mb
from someone import bootstrap
from someone.cli.remembering import BATCH
from someone.home import Home
from someone.mind.past import Counts
from someone.mind.recall import Query
from someone.settings import Settings

WORDS = (  # noqa: SIM905
    "the a we you I to and on at in with for river train garden bread music winter letter window doctor school tent "
    "harbour sister kitchen ticket coffee evening paper storm yellow early again maybe tomorrow because never really "
    "walked found called missed bought forgot promised painted cooked booked Lisbon Oslo Porto Mara Theo Ingrid Sam"
).split()


def write_chat(path: Path, messages: int, draw: random.Random) -> None:
    at = datetime(2015, 1, 1, 8).astimezone()
    with path.open("w", encoding="utf8") as file:
        for i in range(messages):
            at += timedelta(minutes=draw.randint(0, 50))
            text = " ".join(draw.choices(WORDS, k=draw.randint(3, 25)))
            if i == messages // 2:
                text = "The spare key hides under the zanzibar pot."
            file.write(f"{at:%d/%m/%Y, %H:%M} - {draw.choice(('Mara', 'Theo'))}: {text}\n")


def write_mbox(path: Path, megabytes: int, draw: random.Random) -> int:
    """Mails with attachments of one megabyte; one in fifty has one of twenty."""
    line = b"QUJD" * 19 + b"\n"
    mails = size = 0
    with path.open("wb") as file:
        while size < megabytes * 1_000_000:
            attached = line * ((20_000_000 if mails % 50 == 7 else 1_000_000) // len(line))
            text = " ".join(draw.choices(WORDS, k=60))
            mail = (
                f"From a@example.org Mon Jan  1 00:00:00 2024\nFrom: Ann <ann@example.org>\nSubject: Letter {mails}\n"
                f"Message-ID: <{mails}@x>\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n"
                'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
                f"{text}\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
            ).encode()
            size += file.write(mail + attached + b"--b--\n\n")
            mails += 1
    return mails


async def bring(home: Home, path: Path) -> tuple[Counts, float, float]:
    """What was kept, the seconds it took, and the most megabytes in memory meanwhile."""
    _, records = bootstrap.read_past(path, "", ("Theo",), "Theo")
    counts, began, most = Counts(), time.perf_counter(), 0.0
    while batch := tuple(islice(records, BATCH)):
        counts = counts.plus(await home.bring(batch))
        most = max(most, resident_mb())
    return counts, time.perf_counter() - began, most


async def measure(folder: Path, messages: int, megabytes: int) -> dict[str, Any]:
    draw = random.Random(1)
    chat, mbox = folder / "chat.txt", folder / "all.mbox"
    write_chat(chat, messages, draw)
    mails = write_mbox(mbox, megabytes, draw)
    settings = Settings(embedder="none", key="file")
    answers = bootstrap.Answers(accepts_notice=True, call_me="Theo", seed=1)
    await bootstrap.wake(folder / "home", settings, answers, bootstrap.name_for(answers))
    home = await bootstrap.open_home(folder / "home", settings)
    before = resident_mb()
    mailed, mbox_s, most = await bring(home, mbox)
    mbox_bytes = mbox.stat().st_size
    mbox.unlink()
    bonds = sum(p.stat().st_size for p in (folder / "home" / "bonds").glob("*"))
    chatted, chat_s, _ = await bring(home, chat)
    again, again_s, _ = await bring(home, chat)
    grown = sum(p.stat().st_size for p in (folder / "home" / "bonds").glob("*")) - bonds
    hits = await home.talk.memory.recall(Query("where does the spare key hide?", home.talk.clock.now()))
    await home.aclose()
    return {
        "messages": messages,
        "chat_s": round(chat_s, 1),
        "per_s": round(chatted.fresh / chat_s),
        "minutes_100k": round(chat_s / messages * 100_000 / 60, 2),
        "kept": chatted.fresh,
        "again_s": round(again_s, 1),
        "again_kept": again.fresh,
        "bytes_per_message": round(grown / messages),
        "mbox_mb": round(mbox_bytes / 1e6),
        "mails": mails,
        "mails_kept": mailed.fresh,
        "mbox_s": round(mbox_s, 1),
        "grew_mb": round(most - before, 1),
        "found": bool(hits) and "zanzibar" in hits[0].text,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--mbox-mb", type=int, default=400)
    parser.add_argument("--folder", type=Path, help="where to lay the files; a temporary folder by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        report("past", **asyncio.run(measure(Path(folder), given.messages, given.mbox_mb)))


if __name__ == "__main__":
    main()
