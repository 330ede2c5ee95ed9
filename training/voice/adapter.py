"""A LoRA of a Llama model in the layout of Hugging Face, written as a GGUF adapter for llama.cpp."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

MODULES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""Every linear layer of a block: its name in transformers, and in GGUF."""

_KEY = re.compile(r"layers\.(?P<layer>\d+)\.(?P<module>\w+\.\w+)\.lora_(?P<side>[AB])\.(?:\w+\.)?weight$")


def rotary(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows of a query or key projection, from the order of transformers (the two halves of each head apart) to that of
    llama.cpp (pairs side by side): the permutation of its ``convert_hf_to_gguf.py``. ``rows``: (heads * size, columns).
    """
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def write(path: Path, state: Mapping[str, np.ndarray], *, alpha: float, heads: int, kv_heads: int) -> str:
    """Write every LoRA matrix of ``state`` (peft's names; A is (rank, in), B is (out, rank)) as f16; its SHA-256.

    Raises ValueError where there is none, or one of a layer that llama.cpp has no name for.
    """
    import gguf

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", "someone-voice")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(alpha))
    found = 0
    for key, value in state.items():
        if "lora_" not in key:
            continue
        match = _KEY.search(key)
        if match is None or match["module"] not in MODULES:
            raise ValueError(f"no place in a GGUF adapter for {key}")
        matrix, module, side = value.astype(np.float32), match["module"], match["side"].lower()
        if side == "b" and module in ("self_attn.q_proj", "self_attn.k_proj"):
            matrix = rotary(matrix, heads if module.endswith("q_proj") else kv_heads)
        name = f"blk.{match['layer']}.{MODULES[module]}.weight.lora_{side}"
        writer.add_tensor(name, np.ascontiguousarray(matrix.astype(np.float16)))
        found += 1
    if not found:
        raise ValueError("there is no LoRA matrix in what was to be written")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return hashlib.sha256(path.read_bytes()).hexdigest()
