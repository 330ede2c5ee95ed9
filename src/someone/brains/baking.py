"""Baking a voice adapter into the weights it speaks through: one file, which is read and spoken faster than the two.

A low-rank adapter (LoRA, Hu et al. 2021) adds ``scale * B @ A`` to a weight, ``scale = alpha / rank``; put on while the
model runs, it costs two more products for each of them. Here the sum is made once and kept as Q8_0. Four bits would be
faster still, but they round most of the adapter away, for it is smaller than their steps: ``docs/models/embedded.md``
has the figures.

The container (GGUF) and the block formats are read and written by ``gguf``, from the authors of llama.cpp. All metadata
(tokenizer, chat template, sizes) is copied but for ``general.file_type``, which names the format of most tensors.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from gguf import GGUFReader, GGUFWriter
    from gguf.gguf_reader import ReaderTensor

    Floats = npt.NDArray[np.float32]

RECIPE = "q8_0-2"
"""The format of what is baked, and a count of the changes to this code that change its result."""

BLOCK = 32
"""Values in a block of Q8_0 (ggml's ``QK8_0``); a row is made of whole blocks."""

TOGETHER = 2**18
"""Multiplications that are done at once. OpenBLAS gives more to several threads (``interface/gemm.c``: 65536 times
``GEMM_MULTITHREAD_THRESHOLD``), which wait for each other spinning: beside a talk that takes many times as long."""

SPARE = 256 * 1024**2
"""Bytes of the disk that are left free: a faster voice is not worth a full disk."""

KEPT_DAYS = 90
"""A baked file that was not used for so long is removed when another one is made."""


class NotBakedError(Exception):
    """There is no baked file, for the reason given: a plain half sentence that may be shown."""


# Baking ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What the adapter adds to one weight. ``a``: rank rows as long as the weight's; ``b``: as many rows as it has."""

    a: ReaderTensor
    b: ReaderTensor
    scale: float

    def added_to(self, weight: ReaderTensor) -> Floats:
        import numpy as np

        a, b, total = values(self.a), values(self.b), values(weight).copy()
        step = max(1, TOGETHER // a.size)
        for begin in range(0, len(b), step):
            rows = slice(begin, begin + step)
            total[rows] += np.float32(self.scale) * (b[rows] @ a)
        return total


def read(path: Path) -> GGUFReader:
    """Map a GGUF file. Raises NotBakedError for one that is damaged, or of a version or type not known to ``gguf``."""
    import numpy as np
    from gguf import GGUFReader

    class Reader(GGUFReader):
        # A tokenizer is some 250,000 small views. As plain arrays they take a quarter of the time and memory that they
        # take as memory maps, and one that passes the end of the file raises instead of coming out short (which would
        # let a damaged count run on). Files in the other byte order make no sense then, and are refused for that.
        def _get(self, offset: int, dtype: Any, count: int = 1, override_order: Any = None) -> npt.NDArray[Any]:  # noqa: ARG002
            return np.ndarray(int(count), dtype, self.data, int(offset))

    try:
        return Reader(path)
    except (OSError, ValueError, LookupError, OverflowError, TypeError) as e:
        raise NotBakedError(f"{path.name} can't be read as a model") from e


def values(tensor: ReaderTensor) -> Floats:
    """The values of a tensor, rows first. Raises NotImplementedError for a type that ``gguf`` can't unpack."""
    from gguf import dequantize

    return dequantize(tensor.data, tensor.tensor_type)


def bake(base: Path, voice: Path, out: Path, *, stop: Callable[[], bool] = lambda: False) -> None:
    """Write ``base`` with ``voice`` in it to ``out``; what lies there after an error is not to be used.

    ``stop`` is asked before each file is read (the base takes about half a second), and before each tensor (about 10 ms
    apart). Raises NotBakedError, OSError.
    """
    import numpy as np
    from gguf import GGMLQuantizationType, GGUFWriter, Keys, quantize

    _go_on(stop)
    weights = read(base)
    _go_on(stop)
    adapter = read(voice)
    try:
        changes = _changes(weights, adapter)
        architecture = weights.fields[Keys.General.ARCHITECTURE].contents()
        with contextlib.closing(GGUFWriter(out, architecture)) as writer:
            _lay_out(weights, changes, writer)
            weights.fields.clear()  # copied by now, and the largest thing in memory
            for tensor in weights.tensors:
                _go_on(stop)
                data, change = tensor.data, changes.get(tensor.name)
                if change:
                    with np.errstate(over="ignore", invalid="ignore"):  # blocks next to zero: their steps become zero
                        data = quantize(change.added_to(tensor), GGMLQuantizationType.Q8_0)
                writer.write_tensor_data(data)
    except (ValueError, TypeError, LookupError, NotImplementedError) as e:
        raise NotBakedError("the weights or the voice are of a kind that is not known here") from e


def _go_on(stop: Callable[[], bool]) -> None:
    if stop():
        raise NotBakedError("it was stopped before it was done")


def _changes(weights: GGUFReader, adapter: GGUFReader) -> dict[str, Change]:
    """The change of each weight that the adapter changes. Raises NotBakedError where the two don't fit."""
    field = adapter.get_field("adapter.lora.alpha")
    alpha = float(field.contents()) if field else 0.0
    targets, halves = ({t.name: t for t in reader.tensors} for reader in (weights, adapter))
    changes = dict[str, Change]()
    for name, a in halves.items():
        stem, _, half = name.rpartition(".")
        if half == "lora_b":
            continue
        b, target = halves.get(f"{stem}.lora_b"), targets.get(stem)
        if half != "lora_a" or b is None or target is None or not _fit(target, a, b):
            raise NotBakedError("the voice was made for other weights")
        changes[stem] = Change(a, b, alpha / int(a.shape[1]) if alpha else 1.0)
    return changes


def _fit(weight: ReaderTensor, a: ReaderTensor, b: ReaderTensor) -> bool:
    """Whether B @ A has the shape of the weight, whose rows are whole blocks. (The length of a row stands first here.)"""
    match weight.shape.tolist(), a.shape.tolist(), b.shape.tolist():
        case [width, rows], [a_width, rank], [b_width, b_rows]:
            return rank > 0 and (a_width, b_width, b_rows) == (width, rank, rows) and width % BLOCK == 0
    return False


def _lay_out(weights: GGUFReader, changes: Mapping[str, Change], writer: GGUFWriter) -> None:
    """Write all that stands before the data: the metadata, and where each tensor will lie."""
    import numpy as np
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, Keys, LlamaFileType

    for field in weights.fields.values():
        kind, *inner = field.types
        if len(inner) > 1:
            raise ValueError("lists of lists are read flattened")
        if field.name == Keys.General.FILE_TYPE:
            writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
        elif field.name != Keys.General.ARCHITECTURE and not field.name.startswith("GGUF."):  # the writer's own
            writer.add_key_value(field.name, field.contents(), kind, *inner)
    writer.data_alignment = int(weights.alignment)
    for tensor in weights.tensors:
        kind = GGMLQuantizationType.Q8_0 if tensor.name in changes else tensor.tensor_type
        block, length = GGML_QUANT_SIZES[kind]
        size = int(tensor.n_elements) // block * length
        writer.add_tensor_info(tensor.name, tensor.shape.tolist()[::-1], np.dtype(np.float32), size, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()


# The cache ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another without reading it: its length, and when it was written."""

    size: int
    written_ns: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Label:
    """What lies beside a baked file: what it was made of, and what it has to be."""

    recipe: str
    base: Stamp
    voice_sha256: str
    baked: Stamp
    sha256: str

    def write(self, path: Path) -> None:
        made = path.with_suffix(f".{os.getpid()}.tmp")
        made.write_text(json.dumps(asdict(self)), encoding="utf8")
        made.replace(path)

    @classmethod
    def read(cls, path: Path) -> Label | None:
        try:
            d = json.loads(path.read_text(encoding="utf8"))
            return cls(d["recipe"], Stamp(**d["base"]), d["voice_sha256"], Stamp(**d["baked"]), d["sha256"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


def find(cache: Path, base: Path, voice_sha256: str, *, recipe: str = RECIPE) -> Path | None:
    """The file that was baked here of these two with this recipe, whole, or None. Some milliseconds.

    A file whose length and time are those on its label is taken as it is; one of another time is read through, and
    what is not what was baked is removed.
    """
    try:
        wanted = (recipe, Stamp.of(base), voice_sha256)
        for path in cache.glob("voice-*.json"):
            label = Label.read(path)
            if label and (label.recipe, label.base, label.voice_sha256) == wanted and _whole(path, label):
                return path.with_suffix(".gguf")
    except OSError:
        return None
    return None


def _whole(path: Path, label: Label) -> bool:
    file = path.with_suffix(".gguf")
    with contextlib.suppress(OSError):
        stamp = Stamp.of(file)
        if stamp == label.baked or (stamp.size == label.baked.size and sha256(file) == label.sha256):
            os.utime(path)  # used today
            return True
    discard(file)
    return False


def discard(baked: Path) -> None:
    """Remove a baked file and its label, as far as they can be removed."""
    for path in (baked.with_suffix(".json"), baked):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def make(
    cache: Path,
    base: Path,
    voice: Path,
    *,
    stop: Callable[[], bool] = lambda: False,
    recipe: str = RECIPE,
    spare: int = SPARE,
) -> Path:
    """Bake into the cache: beside its place, then renamed, then labelled. Takes seconds (``stop`` as in :func:`bake`).

    Raises NotBakedError, and leaves nothing then; so also where less than ``spare`` bytes would stay free.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        _tidy(cache)
        if shutil.disk_usage(cache).free < 2 * base.stat().st_size + spare:
            raise NotBakedError(f"there is too little room in {cache}")
        stamp, voice_sha256 = Stamp.of(base), sha256(voice)
        key = hashlib.sha256(f"{sha256(base)} {voice_sha256} {recipe}".encode()).hexdigest()[:16]
        place = cache / f"voice-{key}.gguf"
        with _beside(place) as made:
            bake(base, voice, made, stop=stop)
            with made.open("rb+") as file:
                os.fsync(file.fileno())
            digest = sha256(made)
            discard(place)
            made.replace(place)
        Label(recipe, stamp, voice_sha256, Stamp.of(place), digest).write(place.with_suffix(".json"))
    except OSError as e:
        raise NotBakedError(f"{cache} can't be written: {e.strerror or 'no reason given'}") from e
    return place


@contextlib.contextmanager
def _beside(place: Path) -> Iterator[Path]:
    made = place.with_suffix(f".{os.getpid()}.tmp")
    try:
        yield made
    finally:
        made.unlink(missing_ok=True)


def _tidy(cache: Path) -> None:
    """Remove what a killed process left half made, and what was baked and not used for long."""
    now = time.time()
    for path in (*cache.glob("voice-*.tmp"), *cache.glob("voice-*.json")):
        days = (now - path.stat().st_mtime) / 86400
        if path.suffix == ".tmp" and days > 1:
            path.unlink(missing_ok=True)
        elif path.suffix == ".json" and days > KEPT_DAYS:
            discard(path.with_suffix(".gguf"))


def sha256(path: Path) -> str:
    """Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
