"""A larger open model, fetched once (:mod:`someone.brains.catalogue`), in this process like the one that comes along.

It reads the large dialect through its own chat template. Most templates know one system line, at the beginning, and then
strictly alternating turns; the note right before the last user line therefore goes into that line, and the prefix before
it stays the same from turn to turn, so that it is read once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from someone.brains.embedded import EmbeddedBrain, serve
from someone.brains.fitting import neutral
from someone.errors import BrainUnknown
from someone.mind.deliberation import Prompt

CONTEXT = 8192
"""Tokens a talk may take: half an hour of talk and its memories. The models could take far more; memory could not."""
BATCH = 32
"""Prompt tokens in one step. A 3B model reads some 20 a second on two cores: a cancelled talk is let go within 2 s there."""


class FetchedBrain(EmbeddedBrain):
    """``file``: the GGUF; it must be there (BrainUnknown otherwise, at the first load)."""

    def __init__(self, name: str, file: Path, *, context: int = CONTEXT, threads: int | None = None) -> None:
        super().__init__(context=context, threads=threads, ahead=False, voice=None)
        self.name = name
        self.ability = replace(self.ability, dialect="large", context=context)
        self._file = file

    def _load(self) -> Any:
        with self._load_lock:
            if self._server is None:
                if not self._file.is_file():
                    raise BrainUnknown(
                        f"The file of {self.name} is not here.",
                        do=f"Fetch it with `someone brains get {self.name.partition(':')[2]}`.",
                    )
                self._server = serve(self._parameters(self._file, BATCH))
                self.note = "I run in this process."
            return self._server

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        return {"messages": messages(prompt), "max_tokens": prompt.max_tokens, "temperature": prompt.temperature}

    def _hand_over(self, server: Any, request: Mapping[str, Any], heard: Any) -> None:
        server.handle_chat_completions(request, heard)

    @staticmethod
    def _said(choice: Mapping[str, Any]) -> str:
        return (choice.get("delta") or {}).get("content") or ""


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """Roles and contents: one system line first, then user and assistant in turn, the last of them the user's."""
    out: list[dict[str, str]] = []
    aside = ""
    for n, line in enumerate(prompt.lines):
        text = neutral(line.text)
        if line.role == "system" and n:
            aside = f"{aside}\n{text}".strip()
            continue
        if line.role == "user" and aside:
            text, aside = f"[For you alone, before you answer:\n{aside}]\n\n{text}", ""
        if out and out[-1]["role"] == line.role:
            out[-1]["content"] += f"\n{text}"
        else:
            out.append({"role": line.role, "content": text})
    return _begun_by_the_user(out)


def _begun_by_the_user(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    first = 1 if lines and lines[0]["role"] == "system" else 0
    if len(lines) > first and lines[first]["role"] == "assistant":
        return lines[:first] + lines[first + 1 :]
    return lines
