"""Baking a voice adapter into the weights it speaks through: one file, which is read and spoken faster than the two.

A low-rank adapter (LoRA, Hu et al. 2021) adds ``scale * B @ A`` to a weight, ``scale = alpha / rank``; put on while the
model runs, it costs two more products for each of them. Here the sum is made once and kept as Q8_0. Four bits would be
faster still, but they round most of the adapter away, for it is smaller than their steps: ``docs/models/embedded.md``
has the figures.

The container and the block formats are those of the ``gguf`` package, by the authors of the runtime. Metadata
(tokenizer, chat template, sizes) is copied as it is but for ``general.file_type``, which names the format of most tensors.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from gguf import GGUFReader, GGUFWriter, ReaderTensor

    Floats = npt.NDArray[np.float32]

RECIPE = "q8_0-2"
"""The format of what is baked, and a count of the changes to this code that change its result."""

SPARE = 256 * 1024**2
"""Bytes of the disk that are left free: a faster voice is not worth a full disk."""

KEPT_DAYS = 90
"""A baked file that was not used for so long is removed when another one is made."""

_UNREADABLE = (ValueError, KeyError, IndexError, OverflowError, NotImplementedError)
"""What ``gguf`` raises for a file that is damaged, or of a version or type that it does not know."""


class NotBakedError(Exception):
    """There is no baked file, for the reason given: a plain half sentence that may be shown."""


# Baking ---------------------------------------------------------------------------------------------------------------


def bake(base: Path, voice: Path, out: Path, *, stop: Callable[[], bool] = lambda: False) -> str:
    """Write ``base`` with ``voice`` in it to ``out``; returns the SHA-256 of what was written.

    ``stop`` is asked when the two are read (about 0.7 s) and before each tensor (about 10 ms apart). Raises
    NotBakedError, OSError; ``out`` is not whole then.
    """
    from gguf import GGUFWriter

    weights, adapter = _read(base), _read(voice)
    _go_on(stop)
    try:
        sums = _sums(weights, adapter)
        with contextlib.closing(GGUFWriter(out, arch=_value(weights, "general.architecture"))) as writer:
            _write(weights, sums, writer, stop)
    except _UNREADABLE as e:
        raise NotBakedError(f"{base.name} can't be read as a model") from e
    return sha256(out)


def _read(path: Path) -> GGUFReader:
    from gguf import GGUFReader
    from numpy import asarray

    class Reader(GGUFReader):
        """Keeps a view of each token; those of a plain array are made three times as fast as those of a mapping, and
        take half the memory.
        """

        @property
        def data(self) -> Any:
            return self._data

        @data.setter
        def data(self, mapped: Any) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
            self._data = asarray(mapped)

    try:
        reader = Reader(path)
        if reader.byte_order == "S":
            raise ValueError("of another byte order")  # noqa: TRY301 - one reason among those of the package
    except (OSError, *_UNREADABLE) as e:
        raise NotBakedError(f"{path.name} can't be read as a model") from e
    return reader


def _value(reader: GGUFReader, key: str) -> Any:
    field = reader.get_field(key)
    return field.contents() if field else None


def _go_on(stop: Callable[[], bool]) -> None:
    if stop():
        raise NotBakedError("it was stopped before it was done")


def _sums(weights: GGUFReader, adapter: GGUFReader) -> dict[str, Callable[[], Floats]]:
    """For each weight that the adapter changes, what makes the sum. Raises NotBakedError where the two don't fit."""
    from gguf import dequantize

    alpha = _value(adapter, "adapter.lora.alpha")
    targets, halves = ({t.name: t for t in reader.tensors} for reader in (weights, adapter))

    def values(tensor: ReaderTensor) -> Floats:
        return dequantize(tensor.data, tensor.tensor_type)

    def summed(target: ReaderTensor, a: ReaderTensor, b: ReaderTensor) -> Floats:
        product = values(b) @ values(a)
        product *= alpha / int(a.shape[1]) if alpha else 1.0
        return product + values(target)

    sums = dict[str, Callable[[], Floats]]()
    for name, a in halves.items():
        stem, _, half = name.rpartition(".")
        if half == "lora_b":
            continue
        target, b = targets.get(stem), halves.get(f"{stem}.lora_b")
        if half != "lora_a" or target is None or b is None or not _fit(target, a, b):
            raise NotBakedError("the voice was made for other weights")
        sums[stem] = lambda target=target, a=a, b=b: summed(target, a, b)
    return sums


def _fit(target: ReaderTensor, a: ReaderTensor, b: ReaderTensor) -> bool:
    """Whether B A is of the target's shape, and its rows are whole blocks (shapes here: the length of a row first)."""
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

    block, _ = GGML_QUANT_SIZES[GGMLQuantizationType.Q8_0]
    if any(len(t.shape) != 2 for t in (target, a, b)):  # noqa: PLR2004 - rows and columns
        return False
    (columns, rows), (wide, rank) = target.shape, a.shape
    return wide == columns and tuple(b.shape) == (rank, rows) and columns % block == 0


def _write(
    weights: GGUFReader, sums: dict[str, Callable[[], Floats]], writer: GGUFWriter, stop: Callable[[], bool]
) -> None:
    from gguf import GGMLQuantizationType, quant_shape_to_byte_shape, quantize
    from numpy import dtype, uint8

    eight = GGMLQuantizationType.Q8_0
    _copy_metadata(weights, writer)
    for old in weights.tensors:
        if old.name in sums:
            rows, length = quant_shape_to_byte_shape([int(n) for n in old.shape[::-1]], eight)
            writer.add_tensor_info(old.name, (rows, length), dtype(uint8), rows * length, eight)
        else:
            writer.add_tensor_info(old.name, old.data.shape, old.data.dtype, old.data.nbytes, old.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in weights.tensors:
        _go_on(stop)
        writer.write_tensor_data(quantize(sums[tensor.name](), eight) if tensor.name in sums else tensor.data)


def _copy_metadata(weights: GGUFReader, writer: GGUFWriter) -> None:
    """As gguf's own ``gguf_new_metadata`` does. The reader's fields are emptied: they are tens of megabytes."""
    from gguf import GGUFValueType, Keys, LlamaFileType

    writer.data_alignment = int(weights.alignment)
    for name, field in weights.fields.items():
        if name.startswith("GGUF.") or name == Keys.General.ARCHITECTURE:
            continue  # the writer's own
        kind, *of = field.types
        if kind == GGUFValueType.ARRAY and len(of) != 1:
            raise ValueError("an empty array or one of arrays, which the package does not keep")
        value = LlamaFileType.MOSTLY_Q8_0 if name == Keys.General.FILE_TYPE else field.contents()
        writer.add_key_value(name, value, kind, sub_type=of[0] if of else None)
    weights.fields.clear()


# The cache ------------------------------------------------------------------------------------------------------------


def usual_cache() -> Path:
    """The folder for what can be made again, as the system names it."""
    from platformdirs import user_cache_path

    return user_cache_path("someone")


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
            digest = bake(base, voice, made, stop=stop)
            with made.open("rb+") as file:
                os.fsync(file.fileno())
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
        made.touch()
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
