"""Laying a prompt out for a model: counting, trimming to its context, keeping words from becoming commands. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from someone.mind.deliberation import Line, Prompt

Count = Callable[[str], int]
"""Text to tokens."""

LINE_TOKENS = 6
"""What the tags around one line cost in ChatML (two tags, the role and two line breaks), and one to spare."""

SHORTEST = 24
"""Characters of the last user line that stay, however little room there is."""

GAP = " ... "

_UNIT = re.compile(r"[A-Za-z]+|[0-9]|[^\x00-\x7f]|\n+|[^\sA-Za-z0-9]")

_CONTROL = re.compile(
    r"<(?=\|)"
    r"|<(?=/?(?:s|bos|eos|pad|unk|im_start|im_end|start_of_turn|end_of_turn|think)>)"
    r"|<(?=(?:repo_?name|file_sep|filename|gh_stars|issue_(?:start|comment|closed)"
    r"|jupyter_(?:start|text|code|output|script)|empty_output)>)"
    r"|\[(?=/?INST\]|/?SYSTEM_PROMPT\]|/?AVAILABLE_TOOLS\]|/?TOOL_(?:RESULTS|CALLS)\])"
    r"|<(?=<SYS>>|</SYS>>)",
    re.IGNORECASE,
)


def count_tokens(text: str) -> int:
    """A quick estimate that leans high: three letters a token, every digit, sign and line break one, and what is not
    ASCII by its UTF-8 bytes less one (byte-level BPE never needs more than one token a byte).

    English prose comes out about a third above SmolLM2's own count; a count that is still too low is found by the
    server, which refuses and says the right one.
    """
    total = 0
    for unit in _UNIT.findall(text):
        if unit.isascii():
            total += math.ceil(len(unit) / 3) if unit[0].isalpha() else 1
        else:
            total += max(1, len(unit.encode("utf-8", "replace")) - 1)
    return total


def neutral(text: str) -> str:
    """The same words, with a space put into whatever a model's tokenizer would take for a control token.

    Covers every control token of SmolLM2's vocabulary, every ``<|...|>`` tag, and the tags of the Llama, Mistral and
    Gemma families. What is left can't end a line or speak in another role.
    """
    return _CONTROL.sub(lambda m: m.group() + " ", text)


def chatml(prompt: Prompt) -> str:
    """The prompt in ChatML, open for the assistant's next words. No line can hold a control token."""
    lines = "".join(f"<|im_start|>{line.role}\n{neutral(line.text)}<|im_end|>\n" for line in prompt.lines)
    return lines + "<|im_start|>assistant\n"


def size(prompt: Prompt, count: Count = count_tokens) -> int:
    """Tokens of the laid out prompt and of the reply that it leaves room for."""
    return sum(count(line.text) + LINE_TOKENS for line in prompt.lines) + LINE_TOKENS + prompt.max_tokens


def fit(prompt: Prompt, context: int, count: Count = count_tokens) -> Prompt:
    """Make the prompt fit ``context`` tokens, reply included.

    The oldest exchanges go first. The first system line (the persona), the system lines right before the last user line
    (the note) and that line always stay; if they alone are too long, the last user line is shortened in its middle, and
    then the reply's length, down to a quarter. A prompt that fits comes back as it is.
    """
    if size(prompt, count) <= context:
        return prompt
    head, history, tail = _parts(prompt.lines)
    while history and size(replace(prompt, lines=head + history + tail), count) > context:
        history = _without_oldest(history)
    fitted = replace(prompt, lines=head + history + tail)
    over = size(fitted, count) - context
    if over <= 0 or not tail:
        return fitted
    last = tail[-1]
    room = count(last.text) - over
    shorter = replace(last, text=_shortened(last.text, room, count))
    fitted = replace(fitted, lines=(*fitted.lines[:-1], shorter))
    over = size(fitted, count) - context
    if over > 0:
        fitted = replace(fitted, max_tokens=max(prompt.max_tokens // 4, prompt.max_tokens - over, 1))
    return fitted


def _parts(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """Persona, history, and the note with the last user line."""
    users = [i for i, line in enumerate(lines) if line.role == "user"]
    start = users[-1] if users else len(lines)
    while start > 1 and lines[start - 1].role == "system":
        start -= 1
    first = 1 if lines and lines[0].role == "system" and start > 0 else 0
    return lines[:first], lines[first:start], lines[start:]


def _without_oldest(history: tuple[Line, ...]) -> tuple[Line, ...]:
    """Drop the first exchange: up to the next user line."""
    for i in range(1, len(history)):
        if history[i].role == "user":
            return history[i:]
    return ()


def _shortened(text: str, room: int, count: Count) -> str:
    """Keep the beginning and the end of ``text`` so that it counts at most ``room`` tokens."""

    def cut(keep: int) -> str:
        front = keep - keep // 2
        return text[:front].rstrip() + GAP + text[len(text) - keep // 2 :].lstrip()

    low, high = min(SHORTEST, len(text)), len(text)
    if count(cut(low)) > room:
        return cut(low) if len(text) > SHORTEST + len(GAP) else text
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(cut(middle)) <= room else (low, middle - 1)
    return cut(low)
