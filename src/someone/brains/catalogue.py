"""Stronger brains that can be fetched: a short list, each an open model as one GGUF file with its SHA-256.

Chosen for what a machine of 8, 16 or 32 GB can hold beside everything else it does: instruction-tuned, without a thinking
mode that would make her silent for a minute, Apache-2.0, and of an architecture that ``xllamacpp`` runs. Repositories,
checksums and licences as the LocalAI gallery lists them (2026-05), each file of the repository named in its address;
sizes are rounded, the server says the exact one before anything is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "local:"
"""How a fetched brain's spec begins: ``local:ministral-3b``."""


@dataclass(frozen=True, slots=True)
class Offer:
    """``gigabytes``: about what is fetched and lies on the disk; ``memory``: of the machine, in GB, from which it fits."""

    name: str
    model: str
    address: str
    sha256: str
    licence: str
    gigabytes: float
    memory: int
    why: str

    @property
    def file(self) -> str:
        return self.address.rpartition("/")[2]

    @property
    def spec(self) -> str:
        return PREFIX + self.name


_HUB = "https://huggingface.co/{repository}/resolve/main/{file}"

OFFERS = (
    Offer(
        name="ministral-3b",
        model="Ministral 3 3B Instruct 2512 (Mistral AI), Q4_K_M",
        address=_HUB.format(
            repository="unsloth/Ministral-3-3B-Instruct-2512-GGUF", file="Ministral-3-3B-Instruct-2512-Q4_K_M.gguf"
        ),
        sha256="fd46fc371ff0509bfa8657ac956b7de8534d7d9baaa4947975c0648c3aa397f4",
        licence="Apache-2.0",
        gigabytes=2.1,
        memory=8,
        why="talks well in many languages, on almost any laptop",
    ),
    Offer(
        name="ministral-8b",
        model="Ministral 3 8B Instruct 2512 (Mistral AI), Q4_K_M",
        address=_HUB.format(
            repository="unsloth/Ministral-3-8B-Instruct-2512-GGUF", file="Ministral-3-8B-Instruct-2512-Q4_K_M.gguf"
        ),
        sha256="5dbc3647eb563b9f8d3c70ec3d906cce84b86bb35c5e0b8a36e7df3937ab7174",
        licence="Apache-2.0",
        gigabytes=5.2,
        memory=16,
        why="understands more of what lies between the lines; wants four fast cores",
    ),
    Offer(
        name="qwen3-30b",
        model="Qwen3 30B-A3B Instruct 2507 (Alibaba), Q4_K_M",
        address=_HUB.format(
            repository="bartowski/Qwen_Qwen3-30B-A3B-Instruct-2507-GGUF",
            file="Qwen_Qwen3-30B-A3B-Instruct-2507-Q4_K_M.gguf",
        ),
        sha256="382b4f5a164d200f93790ee0e339fae12852896d23485cfb203ce868fea33a95",
        licence="Apache-2.0",
        gigabytes=18.6,
        memory=32,
        why="the strongest here, and quick for its size: of its 30 billion weights 3 billion work at a time",
    ),
)


def offer(name: str) -> Offer | None:
    """The offer of this name, given with or without ``local:``; None where there is none."""
    wanted = name.strip().lower().removeprefix(PREFIX)
    return next((o for o in OFFERS if o.name == wanted), None)


def fitting(memory_gb: float) -> Offer | None:
    """The strongest that this much memory holds; None where even the smallest is too large.

    A machine sold as one of 8 GB shows a little less, so an eighth is allowed for.
    """
    return max((o for o in OFFERS if o.memory * 7 / 8 <= memory_gb), key=lambda o: o.memory, default=None)
