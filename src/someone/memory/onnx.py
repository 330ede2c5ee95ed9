"""Writing a neural network in the ONNX format, as far as one is written here: nodes, weights, one input, one output.

ONNX is a protocol buffer (https://protobuf.dev/programming-guides/encoding); the numbers of the fields are those of
``onnx/onnx.proto`` (IR version 8). The ``onnx`` package would bring a whole toolbox for these few messages.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

CONTRIB = "com.microsoft"
"""The domain of the operators that onnxruntime adds to the standard's: fused and quantized ones."""

IR_VERSION, OPSET = 8, 17

_MORE = 0x80
"""The bit of a byte that says that more follow."""

_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}


def varint(number: int) -> bytes:
    """A whole number in groups of seven bits, the lowest first; a negative one as its 64-bit two's complement."""
    number &= (1 << 64) - 1
    out = bytearray()
    while number >= _MORE:
        out.append(number & 127 | _MORE)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number: int, value: float | str | bytes) -> bytes:
    """One field of a message: an integer, a float of 32 bits, or bytes (a text, or a message already written)."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


class Graph:
    """A network under construction. Values are known by their names; nodes have to be added in an order of running."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def weight(self, name: str, values: np.ndarray) -> str:
        """Add a constant; its type is one of float32, uint8, int8, int64. Returns its name."""
        data = values.tobytes()
        about = b"".join(field(1, n) for n in values.shape) + field(2, _TYPES[values.dtype.name]) + field(8, name)
        about += varint(9 << 3 | 2) + varint(len(data))
        self._parts += [varint(5 << 3 | 2) + varint(len(about) + len(data)) + about, data]
        return name

    def node(self, op: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **options: float) -> str:
        """Add an operation. An input that is left out is "". Returns the name of its first output."""
        names = b"".join(field(1, name) for name in inputs) + b"".join(field(2, name) for name in outputs)
        attributes = b"".join(field(5, _attribute(name, value)) for name, value in options.items())
        self._parts.append(field(1, names + field(4, op) + attributes + (field(7, domain) if domain else b"")))
        return outputs[0]

    def model(self, takes: str, gives: str, shape: Sequence[int | str]) -> bytes:
        """The whole model, whose input and output have one shape (a text names a length that is open), in float32."""
        ends = field(2, "graph") + field(11, _value(takes, shape)) + field(12, _value(gives, shape))
        size = sum(map(len, self._parts)) + len(ends)
        opsets = field(8, field(1, "") + field(2, OPSET)) + field(8, field(1, CONTRIB) + field(2, 1))
        # The graph is field 7, written out here: as a value of its own it would take its size in memory once more.
        return b"".join([field(1, IR_VERSION), opsets, varint(7 << 3 | 2), varint(size), *self._parts, ends])


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, float):
        return field(1, name) + field(2, value) + field(20, 1)
    return field(1, name) + field(3, value) + field(20, 2)


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    lengths = b"".join(field(1, field(1 if isinstance(n, int) else 2, n)) for n in shape)
    tensor: Any = field(1, _TYPES["float32"]) + field(2, lengths)
    return field(1, name) + field(2, field(1, tensor))
