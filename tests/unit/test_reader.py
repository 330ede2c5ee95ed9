"""The bundled reader: any text is read, the plain cases rightly, and it is small."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.brains.reader import LOOK_AT, EmotionReader, bundled, tokens
from someone.memory.embedders import E5
from someone.mind.appraisal import Happening, appraise
from someone.mind.care import Level
from someone.mind.emotions import LABELS, Tone, tone
from someone.mind.feelings import word_for
from someone.testing.memory import FakeEmbedder


@pytest.fixture(scope="module")
def reader():
    return bundled(E5())


@pytest.mark.parametrize(
    ("text", "named", "meant"),
    [
        ("I got the job! I'm so happy", {"joy", "excitement"}, Tone.GLAD),
        ("my dog died", {"sadness", "grief"}, Tone.SAD),
        ("I'm so sad, I miss my grandmother", {"sadness", "grief"}, Tone.SAD),
        ("I'm really scared of the operation", {"fear", "nervousness"}, Tone.AFRAID),
        ("I am so angry at him right now", {"anger", "annoyance"}, Tone.ANGRY),
        ("lol that is hilarious", {"amusement"}, Tone.LAUGHING),
        ("Thank you so much for this", {"gratitude"}, Tone.THANKFUL),
        ("I love this little town", {"love"}, Tone.LOVING),
        ("The shop opens at nine on Mondays", {"neutral"}, None),
    ],
)
async def test_plain_words_are_read_as_anyone_would(reader, text, named, meant):
    """The first label is one that anyone would give, and the tone is that of it."""
    reading = await reader.read(text)
    assert reading.labels[0] in named
    assert tone(reading) is meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I got the job!!", "happy for Theo"),
        ("I'm overjoyed, what a happy morning", "happy for Theo"),
        ("my dog died", "a little worried"),
        ("my heart is so heavy and I feel so down", "a little worried"),
    ],
)
async def test_she_feels_with_the_person(reader, text, word):
    """By the rules where they know the words, by the reading where they don't: gladness for good news, not for a death."""
    reading = await reader.read(text)
    assert felt(text, reading) == word


async def test_a_death_is_read_as_one_without_any_rule(reader):
    """The reading alone, put beside words that no rule knows, gives the same feeling."""
    reading = await reader.read("my dog died")
    assert felt("well, here it is", reading) == "a little worried"


def felt(text, reading):
    stirred = appraise(Happening(text, Level.NONE, "Theo", reading=reading))
    return word_for(stirred.kind, stirred.intensity, stirred.about) if stirred else "calm"


vectors = st.integers(0, 2**32 - 1).map(lambda seed: _unit(np.random.default_rng(seed).standard_normal(384)))


def _unit(vector):
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@given(text=st.text(max_size=300), vector=vectors)
@settings(deadline=None)
def test_any_text_is_read(reader, text, vector):
    """Emoji, control characters, lone surrogates, nothing at all: chances in 0..1 and at least one label."""
    reading = reader.reading(reader.logits(text, vector))
    assert reading.labels
    assert set(reading.labels) <= set(LABELS)
    assert list(reading.labels) == sorted(reading.labels, key=lambda x: -reading.chance(x))


def test_only_the_beginning_of_a_long_text_is_read():
    """A pasted book costs no more than a remark."""
    assert tokens("a " * LOOK_AT) == tokens("a " * (LOOK_AT // 2))


def test_the_same_words_are_read_alike(reader):
    """A reading is a pure function of the text and its vector."""
    vector = _unit(np.ones(384))
    assert reader.reading(reader.logits("so happy", vector)) == reader.reading(reader.logits("so happy", vector))


def test_another_embedder_is_refused():
    """The head can't be put on vectors that it was not trained on."""
    with pytest.raises(ValueError, match="not fake"):
        bundled(FakeEmbedder(384))


def test_the_file_is_small_and_whole():
    """At most 2 MB; a row of weights for each n-gram, whose hashes are sorted, as the reader looks them up."""
    file = resources.files("someone.data").joinpath("emotion.npz")
    assert len(file.read_bytes()) <= 2_000_000
    with file.open("rb") as opened, np.load(opened) as parts:
        assert parts["weights"].shape == (len(parts["keys"]), len(LABELS))
        assert (np.diff(parts["keys"].astype(np.int64)) > 0).all()
        assert EmotionReader(dict(parts)).grams("hello").shape == (len(LABELS),)


def test_the_last_vector_is_not_made_twice():
    """What recall has just embedded is at hand for the reader."""
    embedder = E5()
    assert embedder.query("a walk by the river") is embedder.query("a walk by the river")
