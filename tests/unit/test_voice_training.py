"""Training renders what the product asks, and an adapter means the same in llama.cpp as in its own arithmetic."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from someone.brains.embedded import weights
from someone.brains.fitting import chatml
from someone.mind.bond import Bond
from someone.mind.deliberation import small_prompt
from someone.mind.selfhood import Self
from training.voice import adapter, render

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
WIDE, HIDDEN, HEADS, KV_HEADS, LAYERS, RANK, ALPHA = 64, 96, 4, 2, 2, 4, 8.0
SIZE = WIDE // HEADS
CLOSE = 0.1
"""How far log probabilities may lie apart: llama.cpp keeps keys and values in half precision."""
SHAPES = {
    "self_attn.q_proj": (WIDE, WIDE),
    "self_attn.k_proj": (KV_HEADS * SIZE, WIDE),
    "self_attn.v_proj": (KV_HEADS * SIZE, WIDE),
    "self_attn.o_proj": (WIDE, WIDE),
    "mlp.gate_proj": (HIDDEN, WIDE),
    "mlp.up_proj": (HIDDEN, WIDE),
    "mlp.down_proj": (WIDE, HIDDEN),
}
"""Every linear layer of the tiny model: (out, in)."""

Weights = dict[str, np.ndarray]


def test_training_renders_what_the_running_product_asks():
    """The prompt of a rendered line is, to the letter, what the product lays out for the same talk."""
    line = {
        "k": "talk",
        "m": [],
        "f": "calm",
        "h": [["user", "hi"], ["her", "Hi, {you}."]],
        "u": "it rains",
        "a": "It does, {you}.",
    }
    sample = render.plain_sample(line, random.Random(3))
    me = next(n for n in render.NAMES if f"You are {n}," in sample.prompt)
    you = next(p for p in render.PEOPLE if f", {p}'s companion" in sample.prompt)
    said = [("user", "hi"), ("assistant", f"Hi, {you}.")]
    talk = tuple({"role": role, "text": text, "id": i} for i, (role, text) in enumerate(said))
    bond = Bond.model_validate({"called": you, "talk": talk, "talk_lines": 2})
    assert sample.prompt == chatml(small_prompt(Self(name=me), bond, "it rains", "calm", [], NOW))
    assert sample.reply == f"It does, {you}.<|im_end|>\n"


def test_the_lines_of_the_repository_are_all_rendered_and_parted_once():
    """No placeholder is left, and no held-out line is trained on."""
    train, held = render.load()
    assert len(train) > 8000
    assert len(held) > 150
    assert not any("{you}" in s.prompt + s.reply or "{me}" in s.prompt + s.reply for s in (*train, *held))
    assert render.load() == (train, held)


def test_a_matrix_without_a_place_is_refused(tmp_path):
    """What llama.cpp has no name for would be lost silently; so would an empty adapter."""
    odd = {"base_model.model.model.layers.0.mlp.router.lora_A.default.weight": np.ones((2, 2))}
    with pytest.raises(ValueError, match="no place"):
        adapter.write(tmp_path / "a.gguf", odd, alpha=1, heads=1, kv_heads=1)
    with pytest.raises(ValueError, match="no LoRA"):
        adapter.write(tmp_path / "a.gguf", {}, alpha=1, heads=1, kv_heads=1)


def drawn(rng: np.random.Generator, vocabulary: int) -> Weights:
    """A tiny Llama with random weights, by the names of transformers."""
    out = {
        "model.embed_tokens.weight": rng.normal(0, 0.5, (vocabulary, WIDE)),
        "model.norm.weight": np.ones(WIDE),
    }
    for layer in range(LAYERS):
        for norm in ("input_layernorm", "post_attention_layernorm"):
            out[f"model.layers.{layer}.{norm}.weight"] = np.ones(WIDE)
        for module, shape in SHAPES.items():
            out[f"model.layers.{layer}.{module}.weight"] = rng.normal(0, 0.2, shape)
    return {k: v.astype(np.float32) for k, v in out.items()}


def drawn_lora(rng: np.random.Generator) -> Weights:
    out: Weights = {}
    for layer in range(LAYERS):
        for module, (rows, columns) in SHAPES.items():
            name = f"base_model.model.model.layers.{layer}.{module}"
            out[f"{name}.lora_A.default.weight"] = rng.normal(0, 0.2, (RANK, columns)).astype(np.float16)
            out[f"{name}.lora_B.default.weight"] = rng.normal(0, 0.2, (rows, RANK)).astype(np.float16)
    return out


def merged(base: Mapping[str, np.ndarray], lora: Mapping[str, np.ndarray]) -> Weights:
    """Base and LoRA as one, by LoRA's own definition: W + alpha / rank * B A (Hu et al. 2021)."""
    out = dict(base)
    for name in base:
        key = f"base_model.model.{name.removesuffix('.weight')}"
        if f"{key}.lora_A.default.weight" in lora:
            a, b = (lora[f"{key}.lora_{side}.default.weight"].astype(np.float32) for side in "AB")
            out[name] = base[name] + ALPHA / RANK * b @ a
    return out


def write_model(path: Path, model: Mapping[str, np.ndarray]) -> Path:
    """A Llama GGUF with the tokenizer of the embedded model."""
    gguf = pytest.importorskip("gguf", reason="the gguf package writes the tiny model")
    writer = gguf.GGUFWriter(path, "llama")
    tokenizer = gguf.GGUFReader(weights())
    for name, found in tokenizer.fields.items():
        if name.startswith("tokenizer."):
            sub = found.types[-1] if len(found.types) > 1 else None
            writer.add_key_value(name, found.contents(), found.types[0], sub_type=sub)
    writer.add_block_count(LAYERS)
    writer.add_context_length(256)
    writer.add_embedding_length(WIDE)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(SIZE)
    writer.add_rope_freq_base(10_000.0)
    names = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", **adapter.MODULES}
    for name, value in model.items():
        if name == "model.embed_tokens.weight":
            writer.add_tensor("token_embd.weight", value)
        elif name == "model.norm.weight":
            writer.add_tensor("output_norm.weight", value)
        else:
            layer, module = name.removeprefix("model.layers.").removesuffix(".weight").split(".", 1)
            if module in ("self_attn.q_proj", "self_attn.k_proj"):
                value = adapter.rotary(value, HEADS if "q_proj" in module else KV_HEADS)  # noqa: PLW2901
            writer.add_tensor(f"blk.{layer}.{names[module]}.weight", np.ascontiguousarray(value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def spoken(model: Path, prompt: list[int], voice: Path | None = None, count: int = 12) -> tuple[list[int], np.ndarray]:
    """Greedy tokens, and the log probabilities of the five likeliest at each of them."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="the runtime of the embedded brain is not installed")
    p = xllamacpp.CommonParams()
    p.model.path, p.n_ctx, p.n_parallel, p.verbosity, p.port = str(model), 256, 1, -1, 0
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
    p.hostnames = ["127.0.0.1"]
    if voice is not None:
        p.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(str(voice), 1.0)]
    server = xllamacpp.Server(p)
    asked = {"prompt": prompt, "max_tokens": count, "temperature": 0.0, "ignore_eos": True, "logprobs": 5, "top_k": 1}
    found: Any = server.handle_completions(asked)
    found = json.loads(found) if isinstance(found, str) else found
    tokens = found["choices"][0]["logprobs"]["content"]
    return [t["id"] for t in tokens], np.array([sorted(o["logprob"] for o in t["top_logprobs"]) for t in tokens])


@pytest.mark.skipif(weights() is None, reason="the embedded model's tokenizer is not installed")
def test_an_adapter_means_in_llama_cpp_what_it_means_in_arithmetic(tmp_path):
    """Base and adapter in llama.cpp speak exactly as the merged weights do, and not as the base alone: names, scale and the
    order of rotary rows are right.
    """
    pytest.importorskip("gguf", reason="the gguf package writes the tiny model")
    rng = np.random.default_rng(5)
    base, lora = drawn(rng, 49152), drawn_lora(rng)
    plain = write_model(tmp_path / "base.gguf", base)
    whole = write_model(tmp_path / "whole.gguf", merged(base, lora))
    sha256 = adapter.write(tmp_path / "voice.gguf", lora, alpha=ALPHA, heads=HEADS, kv_heads=KV_HEADS)
    assert len(sha256) == 64
    prompt = [1, 504, 338, 7, 260, 1343, 99]
    with_voice, likely = spoken(plain, prompt, tmp_path / "voice.gguf")
    as_one, also_likely = spoken(whole, prompt)
    alone, _ = spoken(plain, prompt)
    assert with_voice == as_one
    assert np.allclose(likely, also_likely, atol=CLOSE)
    assert with_voice != alone


@pytest.mark.skipif(weights() is None, reason="the embedded model's tokenizer is not installed")
def test_two_steps_of_training_come_back_through_llama_cpp(tmp_path):
    """A tiny model of transformers, trained for two steps on real lines and written as an adapter, gives in llama.cpp the
    log probabilities that torch gives.
    """
    torch = pytest.importorskip("torch", reason="torch is not installed (training/voice/requirements.txt)")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    pytest.importorskip("peft", reason="peft is not installed")
    from training.voice import train

    config = transformers.LlamaConfig(
        vocab_size=49152, hidden_size=WIDE, intermediate_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        num_key_value_heads=KV_HEADS, tie_word_embeddings=True, rms_norm_eps=1e-5, max_position_embeddings=256,
        rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
    )  # fmt: skip
    torch.manual_seed(5)
    base = transformers.LlamaForCausalLM(config)
    state = {k: v.numpy().astype(np.float32) for k, v in base.state_dict().items() if k != "lm_head.weight"}
    plain = write_model(tmp_path / "base.gguf", state)
    rows = [([1, 504, 338, 7, 260, 1343, 99, 2], [-100] * 4 + [260, 1343, 99, 2])] * 4
    recipe = train.Recipe(rank=RANK, alpha=int(ALPHA), dropout=0.0, epochs=1.0, lr=0.05, batch=2)
    assert train.steps(rows, recipe) == 2
    before = train.held_out_loss(base, rows, "cpu", 2)
    model = train.tuned(base, rows, recipe, "cpu")
    assert train.held_out_loss(model, rows, "cpu", 2) < before
    train.write(model, tmp_path / "voice.gguf", recipe)
    prompt = [1, 504, 338, 7, 260]
    tokens, likely = spoken(plain, prompt, tmp_path / "voice.gguf", count=4)
    model.eval()
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([prompt + tokens])).logits[0, len(prompt) - 1 : -1]
    expected = torch.log_softmax(logits.float(), -1)
    assert expected.argmax(-1).tolist() == tokens
    assert np.allclose(likely, expected.topk(5).values.sort().values.numpy(), atol=CLOSE)
