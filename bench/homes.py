"""A home with a past, for benchmarks: made through the product's own stores, with invented talk."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from someone import bootstrap
from someone.bootstrap import Answers
from someone.home import Home
from someone.mind.moments import Heard, Said
from someone.settings import Settings

if TYPE_CHECKING:
    import numpy as np

    from someone.ports import Brain

_PEOPLE = [
    "Mara",
    "Jonas",
    "Priya",
    "Omar",
    "Freya",
    "Tariq",
    "Nadia",
    "Emil",
    "Ruth",
    "Aiko",
    "Luca",
    "Zainab",
    "Bram",
    "Elif",
    "Hugo",
    "Noor",
    "Oskar",
    "Leila",
]
_KIN = ["sister", "brother", "aunt", "cousin", "friend", "neighbour", "boss", "niece", "uncle", "colleague"]
_THINGS = [
    "bread",
    "guitar",
    "garden",
    "letter",
    "marathon",
    "kitchen",
    "exam",
    "bicycle",
    "wedding",
    "violin",
    "boat",
    "novel",
    "choir",
    "soup",
    "lamp",
    "ladder",
]
_PLACES = [
    "Oslo",
    "Leeds",
    "Porto",
    "Ghent",
    "Turin",
    "Krakow",
    "Bergen",
    "Lyon",
    "Cork",
    "Riga",
    "Malmo",
    "Graz",
    "Split",
    "Bilbao",
]
_FRAMES = (
    "My {kin} {who} lives in {place} and is learning about the {thing}.",
    "I talked with {who} about the {thing} for an hour today.",
    "The {thing} broke again, so {who} came over from {place}.",
    "I keep thinking of {place} and of the {thing} that {who} gave me.",
    "{who} called about the {thing}, {n} minutes before dinner.",
)


def line(rng: random.Random) -> str:
    """One invented thing to say."""
    return rng.choice(_FRAMES).format(
        kin=rng.choice(_KIN),
        who=rng.choice(_PEOPLE),
        place=rng.choice(_PLACES),
        thing=rng.choice(_THINGS),
        n=rng.randint(2, 59),
    )


async def lived(folder: Path, moments: int, brain: Brain | None = None, seed: int = 7) -> Home:
    """An awake home with about this many moments, all indexed. Vectors of the past are random directions (making real
    ones takes 10 ms each and costs a search nothing more); queries go through the real embedder.
    """
    rng = random.Random(seed)
    settings = Settings(key="file")
    answers = Answers(accepts_notice=True, call_me="Theo", about="My sister Mara lives in Oslo.", seed=seed)
    await bootstrap.wake(folder, settings, answers, bootstrap.name_for(answers))
    home = await bootstrap.open_home(folder, settings, brain=brain)
    at = datetime.now(UTC) - timedelta(minutes=10 * moments)
    for _ in range(moments // 2):
        at += timedelta(minutes=20)
        heard = await home.talk.ledger.keep(Heard(text=line(rng)), at)
        await home.talk.ledger.keep(Said(text="I see. How was that for you?", to=heard.id, by="brain:bench"), at)
    memory = home.talk.memory
    embedder = getattr(memory, "_embedder", None)
    if embedder is not None:
        real, embedder.passages = embedder.passages, _random_passages(embedder.dim, seed)
        while await memory.catch_up(limit=2000):
            pass
        embedder.passages = real
    return home


def _random_passages(dim: int, seed: int):  # noqa: ANN202 (a stand-in of the embedder's own method)
    import numpy as np

    rng = np.random.default_rng(seed)

    def passages(texts: list[str]) -> np.ndarray:
        vectors = rng.standard_normal((len(texts), dim)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return passages
