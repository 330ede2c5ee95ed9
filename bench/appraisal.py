"""How long a moment's appraisal takes: ``python -m bench.appraisal [--moments N] [--people N]``. One JSON line last.

Measured is all that the turn adds for a feeling: what is still felt, the appraisal with people known and emotions behind
her, and the fold of mood over what was heard and felt. The emotion reader is not in it. ``appraise_ms``: without the fold; ``cpu_ms``: the whole in time of the processor, which other
work on the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import UTC, datetime, timedelta

from bench.figures import report, spread
from someone.mind import people as folk
from someone.mind.appraisal import Happening, moved
from someone.mind.moments import Entry, Heard, MomentId
from someone.mind.mood import Mood, mood_at, pace, step
from someone.mind.people import Person

BAR_MS = 0.2
NAMES = [
    "Mara",
    "Ben",
    "Ida",
    "Jonas",
    "Priya",
    "Tom",
    "Lena",
    "Samir",
    "Chloe",
    "Piet",
    "Aiko",
    "Rosa",
    "Emil",
    "Nadia",
    "Hugo",
    "Vera",
    "Sven",
    "Alma",
    "Otto",
    "Zoe",
]
KIN = ["sister", "brother", "friend", "aunt", "uncle", "cousin", "neighbour", "colleague", "boss", "teacher"]
LINES = (
    "I got the job!!",
    "the train from the north comes in at nine and I am still at the station with a coffee",
    "{name} is in hospital again, I could not sleep all night and then I had to go to work",
    "thank you, that helped",
    "no, it was on Tuesday",
    "I have an interview tomorrow morning and {name} will drive me there",
    "haha that is so silly",
    "we had soup for dinner, it was the one with lentils that {name} likes so much",
    "{name} passed her exam, and she is over the moon about it",
    "do you remember what I told you about the boat?",
    "it went well!",
    "my dog died",
    "I walked along the river, the light was soft, and I thought about what {name} had said the week before about moving "
    "to another town; I don't know yet what I think of it, but it stays with me when I go to bed and when I get up, and "
    "at work I look out of the window more than at the screen, which my boss has surely seen by now",
)


def known(count: int, now: datetime) -> tuple[Person, ...]:
    people: tuple[Person, ...] = ()
    for i in range(count):
        name = NAMES[i] if i < len(NAMES) else f"{NAMES[i % len(NAMES)]}{chr(97 + i // len(NAMES))}"
        people = folk.meet(people, f"my {KIN[i % len(KIN)]} {name} lives far away", now, MomentId(i + 1))
    return people


def measure(moments: int, count: int) -> dict[str, object]:
    chance = random.Random(3)
    now, mood = datetime(2026, 6, 1, 9, tzinfo=UTC), Mood()
    people = known(count, now)
    whole: list[float] = []
    cpu: list[float] = []
    words: list[float] = []
    felt_times, word = 0, "calm"
    for number in range(1, moments + 1):
        now += timedelta(minutes=chance.uniform(0.5, 40))
        text = chance.choice(LINES).format(name=chance.choice(NAMES))
        heard = Entry(MomentId(2 * number), now, Heard(text=text))
        began, began_cpu = time.perf_counter(), time.thread_time()
        mood = step(mood, heard)
        at = time.perf_counter()
        happening = Happening(
            text, person="Theo", people=people, now=now, heard_before=now, hers="That sounds good.", mood=mood
        )
        feeling, felt = moved(happening, heard.id, word, now)
        words.append((time.perf_counter() - at) * 1e3)
        word = feeling.word
        if felt is not None:
            mood = step(mood, Entry(MomentId(2 * number + 1), now, felt))
            felt_times += 1
        pace(mood_at(mood, now).pad)
        cpu.append((time.thread_time() - began_cpu) * 1e3)
        whole.append((time.perf_counter() - began) * 1e3)
    return {
        "moments": moments,
        "people": len(people),
        "felt": felt_times,
        "whole_ms": spread(whole, 4),
        "cpu_ms": spread(cpu, 4),
        "appraise_ms": spread(words, 4),
        "bar_ms": BAR_MS,
        "met": spread(whole, 4)["median"] <= BAR_MS,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=5000)
    parser.add_argument("--people", type=int, default=40, help="how many are known")
    given = parser.parse_args()
    measure(200, given.people)  # patterns are compiled at their first use
    report("appraisal", **measure(given.moments, given.people))


if __name__ == "__main__":
    main()
