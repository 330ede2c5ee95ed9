"""Baking a voice into the weights: the arithmetic, the container, and a cache that can be damaged, full or read-only."""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from someone.brains import baking
from someone.brains.baking import NotBakedError

F32, F16, Q4_1, Q8_0, I8 = 0, 1, 3, 8, 24
ROWS, COLUMNS, RANK, ALPHA = 3, 64, 4, 8.0
NORM, PLAIN, TUNED = "output_norm.weight", "token_embd.weight", "blk.0.ffn_up.weight"

PLAIN_FORMS = {F32: "<f4", F16: "<f2", I8: "i1"}

Values = np.ndarray
Content = Mapping[str, tuple[int, Values]]


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def entry(name: str, kind: int, body: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + body


def packed(values: Values, kind: int) -> bytes:
    """Independent of the code under test, a value at a time."""
    if kind in PLAIN_FORMS:
        return values.astype(PLAIN_FORMS[kind]).tobytes()
    out = b""
    for block in values.astype(np.float32).reshape(-1, 32):
        if kind == Q8_0:
            d = np.float16(max(abs(float(x)) for x in block) / 127)
            out += d.tobytes() + bytes(round(float(x) / float(d)) & 255 for x in block)
        else:
            m, d = np.float16(min(block)), np.float16((max(block) - min(block)) / 15)
            q = [min(15, max(0, round((float(x) - float(m)) / float(d)))) for x in block]
            out += d.tobytes() + m.tobytes() + bytes(q[i] | q[i + 16] << 4 for i in range(16))
    return out


def unpacked(data: bytes, kind: int, shape: tuple[int, ...]) -> Values:
    """The same way back."""
    if kind in PLAIN_FORMS:
        return np.frombuffer(data, PLAIN_FORMS[kind]).astype(float).reshape(shape)
    length, out = {Q4_1: 20, Q8_0: 34}[kind], list[float]()
    for begin in range(0, len(data), length):
        block = data[begin : begin + length]
        if kind == Q8_0:
            d, *q = struct.unpack("<e32b", block)
            out += [d * x for x in q]
        else:
            d, m, *q = struct.unpack("<2e16B", block)
            out += [d * x + m for x in (*(b & 15 for b in q), *(b >> 4 for b in q))]
    return np.array(out).reshape(shape)


def model(path: Path, entries: list[bytes], content: Content, alignment: int = 32) -> Path:
    infos, data = b"", b""
    for name, (kind, values) in content.items():
        dims = values.shape[::-1]
        infos += text(name) + struct.pack(f"<I{len(dims)}Q", len(dims), *dims) + struct.pack("<IQ", kind, len(data))
        data += packed(values, kind)
        data += bytes(-len(data) % alignment)
    front = struct.pack("<4sIQQ", b"GGUF", 3, len(content), len(entries)) + b"".join(entries) + infos
    path.write_bytes(front + bytes(-len(front) % alignment) + data)
    return path


ENTRIES = [
    entry("general.architecture", 8, text("llama")),
    entry("general.file_type", 4, struct.pack("<I", 3)),
    entry("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 3) + text("a") + text("ö漢") + text("")),
    entry("tokenizer.ggml.scores", 9, struct.pack("<IQ3f", 6, 3, 0.5, -1.0, 2.0)),
    entry("tokenizer.ggml.add_bos_token", 7, b"\0"),
    entry("tokenizer.chat_template", 8, text("{% for m in messages %}{{ m }}{% endfor %}")),
    entry("llama.rope.freq_base", 6, struct.pack("<f", 1e5)),
]


@pytest.fixture
def weights() -> dict[str, Values]:
    rng = np.random.default_rng(7)
    return {
        NORM: rng.normal(size=5).astype(np.float32),
        PLAIN: rng.normal(size=(2, COLUMNS)).astype(np.float32),
        TUNED: rng.normal(size=(ROWS, COLUMNS)).astype(np.float32),
    }


@pytest.fixture
def adapter() -> dict[str, Values]:
    rng = np.random.default_rng(8)
    return {
        f"{TUNED}.lora_a": rng.normal(size=(RANK, COLUMNS)).astype(np.float16),
        f"{TUNED}.lora_b": rng.normal(size=(ROWS, RANK)).astype(np.float16),
    }


@pytest.fixture
def base(tmp_path: Path, weights: dict[str, Values]) -> Path:
    kinds = {NORM: F32, PLAIN: Q8_0, TUNED: Q4_1}
    return model(tmp_path / "base.gguf", ENTRIES, {n: (kinds[n], v) for n, v in weights.items()})


def lora(path: Path, content: Mapping[str, Values], alpha: float | None = ALPHA) -> Path:
    entries = [entry("adapter.type", 8, text("lora"))]
    entries += [entry("adapter.lora.alpha", 6, struct.pack("<f", alpha))] if alpha is not None else []
    return model(path, entries, {n: (F16, v) for n, v in content.items()})


@pytest.fixture
def voice(tmp_path: Path, adapter: dict[str, Values]) -> Path:
    return lora(tmp_path / "voice.gguf", adapter)


def baked(base: Path, voice: Path, tmp_path: Path) -> gguf.GGUFReader:
    baking.bake(base, voice, tmp_path / "out.gguf")
    return gguf.GGUFReader(tmp_path / "out.gguf")


def tensor(reader: gguf.GGUFReader, name: str) -> gguf.gguf_reader.ReaderTensor:
    (found,) = (t for t in reader.tensors if t.name == name)
    return found


def tuned(reader: gguf.GGUFReader) -> Values:
    found = tensor(reader, TUNED)
    assert found.tensor_type == Q8_0
    return unpacked(found.data.tobytes(), Q8_0, tuple(found.shape.tolist()[::-1]))


def near(found: Values, wanted: Values) -> bool:
    """To half a step of eight bits, and what the rounding of the step itself (to half precision) adds."""
    largest = np.abs(wanted.reshape(-1, 32)).max(axis=1, keepdims=True)
    return bool((np.abs(found - wanted).reshape(-1, 32) <= largest / 127 * 0.6 + largest * 0.001 + 2e-5).all())


@pytest.mark.parametrize("kind", [F32, F16, Q4_1, Q8_0])
@pytest.mark.parametrize(("alpha", "scale"), [(ALPHA, ALPHA / RANK), (None, 1.0)])
def test_the_sum(weights, adapter, tmp_path: Path, kind: int, alpha: float | None, scale: float) -> None:
    """A tuned weight of any kind becomes W + alpha/rank * B A (or B A alone without alpha), to half a step of 8 bits."""
    base = model(tmp_path / "base.gguf", ENTRIES, {TUNED: (kind, weights[TUNED])})
    found = tuned(baked(base, lora(tmp_path / "v.gguf", adapter, alpha), tmp_path))
    a, b = (adapter[f"{TUNED}.lora_{x}"].astype(float) for x in "ab")
    before = unpacked(packed(weights[TUNED], kind), kind, (ROWS, COLUMNS))
    wanted = [
        [before[i, j] + scale * math.fsum(b[i, r] * a[r, j] for r in range(RANK)) for j in range(COLUMNS)]
        for i in range(ROWS)
    ]
    assert near(found, np.array(wanted))


def test_a_large_sum(tmp_path: Path) -> None:
    """A weight of more multiplications than are done at once gets all of its rows, the last ones too."""
    rng, rows, columns, rank = np.random.default_rng(9), 5, 2048, 64
    assert rank * columns * rows > 2 * baking.TOGETHER
    weight = rng.normal(size=(rows, columns)).astype(np.float32)
    a, b = (rng.normal(size=s).astype(np.float16) for s in ((rank, columns), (rows, rank)))
    base = model(tmp_path / "base.gguf", ENTRIES, {TUNED: (F32, weight)})
    voice = lora(tmp_path / "v.gguf", {f"{TUNED}.lora_a": a, f"{TUNED}.lora_b": b}, alpha=rank * 0.5)
    assert near(tuned(baked(base, voice, tmp_path)), weight + 0.5 * b.astype(float) @ a.astype(float))


@given(arrays(np.float32, (2, 32), elements=st.floats(-1000, 1000, width=32)))
def test_any_values(tmp_path_factory, values: Values) -> None:
    """Whatever the values, each comes back to half a step of its block, and a block of zeros stays zeros."""
    folder = tmp_path_factory.mktemp("any", numbered=True)
    base = model(folder / "base.gguf", ENTRIES, {TUNED: (F32, values)})
    nothing = {f"{TUNED}.lora_a": np.zeros((1, 32)), f"{TUNED}.lora_b": np.zeros((2, 1))}
    found = tuned(baked(base, lora(folder / "v.gguf", nothing), folder))
    assert near(found, values)
    assert not found[~values.any(axis=1)].any()


def test_the_rest_is_untouched(base: Path, voice: Path, tmp_path: Path) -> None:
    """Tensors that the voice does not change are the same bytes, and so is all metadata but the name of the format."""
    before, after = gguf.GGUFReader(base), baked(base, voice, tmp_path)
    for name in (NORM, PLAIN):
        assert tensor(after, name).tensor_type == tensor(before, name).tensor_type
        assert tensor(after, name).data.tobytes() == tensor(before, name).data.tobytes()
    entries = [entry("general.file_type", 4, struct.pack("<I", 7)) if b"file_type" in e else e for e in ENTRIES]
    front = struct.pack("<4sIQQ", b"GGUF", 3, 3, len(entries)) + b"".join(entries)
    assert (tmp_path / "out.gguf").read_bytes().startswith(front)
    assert [t.name for t in after.tensors] == [t.name for t in before.tensors]


def test_alignment_is_kept(weights, voice: Path, tmp_path: Path) -> None:
    """Every tensor lies at a multiple of the alignment that the file names."""
    entries = [*ENTRIES, entry("general.alignment", 4, struct.pack("<I", 128))]
    base = model(tmp_path / "wide.gguf", entries, {n: (F32, v) for n, v in weights.items()}, alignment=128)
    found = baked(base, voice, tmp_path)
    assert found.alignment == 128
    assert all(t.data_offset % 128 == 0 for t in found.tensors)
    assert (tensor(found, NORM).data == weights[NORM]).all()


@pytest.mark.parametrize(
    "broken",
    [
        lambda a: {f"{TUNED}.lora_a": a[f"{TUNED}.lora_a"]},
        lambda a: {n.replace("ffn_up", "ffn_other"): v for n, v in a.items()},
        lambda a: {n: v if n.endswith("lora_b") else v[:, :32] for n, v in a.items()},
        lambda a: {n: v if n.endswith("lora_b") else v[:2] for n, v in a.items()},
        lambda a: {n.replace("lora_a", "other"): v for n, v in a.items()},
        lambda a: {n: v[:, :0] if n.endswith("lora_b") else v[:0] for n, v in a.items()},
        lambda a: {n: v[0] for n, v in a.items()},
    ],
    ids=["half", "unknown weight", "other width", "other rank", "other name", "no rank", "one row"],
)
def test_a_voice_for_other_weights(base: Path, adapter, tmp_path: Path, broken) -> None:
    """A voice that does not fit the weights is refused, never half applied."""
    with pytest.raises(NotBakedError, match="other weights"):
        baked(base, lora(tmp_path / "v.gguf", broken(adapter)), tmp_path)


@given(st.integers(0, 3000))
def test_a_file_that_is_cut_short(tmp_path_factory, cut: int) -> None:
    """A model cut off anywhere is refused, not read past its end."""
    folder = tmp_path_factory.mktemp("cut", numbered=True)
    whole = model(folder / "m.gguf", ENTRIES, {NORM: (F32, np.ones(64, np.float32))}).read_bytes()
    path = folder / "cut.gguf"
    path.write_bytes(whole[: min(cut, len(whole) - 1)])
    with pytest.raises(NotBakedError, match="can't be read as a model"):
        baking.read(path)


def test_a_count_that_is_wrong(tmp_path: Path) -> None:
    """A list that says that it goes on beyond the end of the file is refused; it is not read for as long as it says."""
    types = entry("tokenizer.ggml.token_type", 9, struct.pack("<IQ3B", 0, 100_000, 1, 2, 3))
    with pytest.raises(NotBakedError, match="can't be read as a model"):
        baking.read(model(tmp_path / "m.gguf", [types], {}))


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ([entry("deep", 9, struct.pack("<IQIQ", 9, 1, 8, 1) + text("x"))], F32),
        ([entry("empty", 9, struct.pack("<IQ", 4, 0))], F32),
        ([], I8),
    ],
    ids=["lists in a list", "an empty list", "a type without values"],
)
def test_what_cannot_be_copied_faithfully(
    tmp_path: Path, weights, voice: Path, entries: list[bytes], kind: int
) -> None:
    """Metadata that would come out otherwise, or a weight that can't be added to, is refused, and leaves nothing."""
    base = model(tmp_path / "base.gguf", [*ENTRIES, *entries], {TUNED: (kind, weights[TUNED])})
    with pytest.raises(NotBakedError, match="not known here"):
        baking.make(tmp_path / "cache", base, voice)
    assert not list((tmp_path / "cache").iterdir())


def test_weights_without_an_architecture(tmp_path: Path, weights, voice: Path) -> None:
    """A file that does not say what it is can't be baked into."""
    base = model(tmp_path / "base.gguf", ENTRIES[1:], {TUNED: (F32, weights[TUNED])})
    with pytest.raises(NotBakedError, match="not known here"):
        baking.bake(base, voice, tmp_path / "out.gguf")


# The cache


def find(cache: Path, base: Path, voice: Path) -> Path | None:
    return baking.find(cache, base, baking.sha256(voice))


def test_what_was_made_is_found(base: Path, voice: Path, tmp_path: Path) -> None:
    """Nothing is found before, the file after; it is what baking gives, and nothing else is left in the folder."""
    cache = tmp_path / "cache"
    assert find(cache, base, voice) is None
    made = baking.make(cache, base, voice)
    assert find(cache, base, voice) == made
    baking.bake(base, voice, tmp_path / "out.gguf")
    assert made.read_bytes() == (tmp_path / "out.gguf").read_bytes()
    assert {p.suffix for p in cache.iterdir()} == {".gguf", ".json"}


def test_other_inputs_are_not_mistaken(base: Path, voice: Path, adapter, tmp_path: Path) -> None:
    """Another voice, or weights that were replaced, find nothing and get a file of their own."""
    made = baking.make(tmp_path / "cache", base, voice)
    other = lora(tmp_path / "other.gguf", {n: v * 2 for n, v in adapter.items()})
    assert find(tmp_path / "cache", base, other) is None
    assert baking.make(tmp_path / "cache", base, other) != made
    os.utime(base, ns=(1, 1))
    assert find(tmp_path / "cache", base, voice) is None
    assert baking.make(tmp_path / "cache", base, voice) == made
    assert find(tmp_path / "cache", base, voice) == made


def test_another_recipe_bakes_anew(base: Path, voice: Path, tmp_path: Path) -> None:
    """What an earlier version of the recipe made is not used."""
    made = baking.make(tmp_path, base, voice)
    assert baking.find(tmp_path, base, baking.sha256(voice), recipe="another") is None
    other = baking.make(tmp_path, base, voice, recipe="another")
    assert baking.find(tmp_path, base, baking.sha256(voice), recipe="another") == other != made


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        flip,
        lambda p: p.write_bytes(p.read_bytes()[:-1]),
        lambda p: p.write_bytes(b""),
        lambda p: p.unlink(),
        lambda p: p.with_suffix(".json").write_text("{"),
        lambda p: p.with_suffix(".json").write_text("[]"),
        lambda p: p.with_suffix(".json").unlink(),
    ],
    ids=["altered", "cut", "emptied", "gone", "label cut", "label of another shape", "label gone"],
)
def test_a_damaged_file_is_baked_anew(base: Path, voice: Path, tmp_path: Path, harm) -> None:
    """A file that is not what was baked is never given, and the next baking puts the right one back."""
    made = baking.make(tmp_path / "cache", base, voice)
    right = made.read_bytes()
    harm(made)
    if made.exists():
        os.utime(made, ns=(5, 5))
    assert find(tmp_path / "cache", base, voice) is None
    assert baking.make(tmp_path / "cache", base, voice).read_bytes() == right
    assert find(tmp_path / "cache", base, voice) == made


def test_a_copied_cache_is_read_through(base: Path, voice: Path, tmp_path: Path) -> None:
    """A whole file of another time (copied, restored) is taken."""
    made = baking.make(tmp_path / "cache", base, voice)
    os.utime(made, ns=(5, 5))
    assert find(tmp_path / "cache", base, voice) == made


def test_a_folder_that_cannot_be_written(base: Path, voice: Path, tmp_path: Path) -> None:
    """Where no folder can be made, baking says so in its own error, and nothing is found."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotBakedError, match="can't be written"):
        baking.make(tmp_path / "file" / "cache", base, voice)
    assert find(tmp_path / "file" / "cache", base, voice) is None


def test_a_disk_with_too_little_room(base: Path, voice: Path, tmp_path: Path) -> None:
    """Baking does not fill a disk: with less room than is to be spared it leaves nothing."""
    with pytest.raises(NotBakedError, match="too little room"):
        baking.make(tmp_path / "cache", base, voice, spare=1 << 62)
    assert not list((tmp_path / "cache").iterdir())


@pytest.mark.parametrize("step", range(5))
def test_stopping(base: Path, voice: Path, tmp_path: Path, step: int) -> None:
    """Stopped at any of its steps, two files and three tensors, it leaves no trace that could be taken for whole."""
    answers = iter([False] * step + [True])
    with pytest.raises(NotBakedError, match="stopped"):
        baking.make(tmp_path / "cache", base, voice, stop=lambda: next(answers))
    assert not list((tmp_path / "cache").iterdir())


def test_what_is_old_goes(base: Path, voice: Path, tmp_path: Path) -> None:
    """What a killed process left, and what was not used for a season, is removed at the next baking; the rest stays."""
    old, recent, torn, other = (tmp_path / n for n in ("voice-1.gguf", "voice-2.gguf", "voice-3.9.tmp", "notes.txt"))
    for path in (old, recent, torn, other, old.with_suffix(".json"), recent.with_suffix(".json")):
        path.write_text("{}")
    for path in (old.with_suffix(".json"), torn, other):
        os.utime(path, (5, 5))
    baking.make(tmp_path, base, voice)
    assert [p.exists() for p in (old, recent, torn, other)] == [False, True, False, True]
