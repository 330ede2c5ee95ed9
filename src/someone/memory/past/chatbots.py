"""ChatGPT's and Claude's exports: ``conversations.json``, one conversation at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from someone.memory.past.reading import Reading, Source, opened
from someone.mind.past import Record, records


def read(source: Source, reading: Reading) -> Iterator[Record]:
    """The messages of all conversations, each by the shape it has. A file that breaks off gives all before the break."""
    import ijson

    whole = 0
    with opened(source, reading) as file:
        try:
            for conversation in ijson.items(file, "item", use_float=True):
                try:
                    yield from list(_conversation(conversation, reading))
                except (ValueError, KeyError, TypeError, AttributeError):
                    reading.skip("conversations of a shape that I don't know")
                whole += 1
        except (ijson.JSONError, UnicodeDecodeError):
            reading.skip("conversations after the point where the file breaks off or is damaged")
            reading.note(
                f"{source.name} stops half way or is damaged there. I kept the {whole} conversations before it."
            )


def _conversation(conversation: dict[str, Any], reading: Reading) -> Iterator[Record]:
    if "mapping" in conversation:
        yield from _chatgpt(conversation, reading)
    elif "chat_messages" in conversation:
        yield from _claude(conversation, reading)
    else:
        reading.skip("conversations of a shape that I don't know")


def _chatgpt(conversation: dict[str, Any], reading: Reading) -> Iterator[Record]:
    """All branches: what was written and then asked anew was written too."""
    messages = [node["message"] for node in conversation["mapping"].values() if node and node.get("message")]
    title, begun = str(conversation.get("title") or ""), conversation.get("create_time")
    for message in sorted(messages, key=lambda m: _number(m.get("create_time"))):
        role = (message.get("author") or {}).get("role")
        if role not in ("user", "assistant"):
            reading.skip("messages of the program itself")
            continue
        content = message.get("content") or {}
        parts = content.get("parts") or [content.get("text") or content.get("result") or ""]
        text = "\n".join(p if isinstance(p, str) else str(p.get("text") or "") for p in parts if p)
        if not text.strip():
            reading.skip("messages without words")
            continue
        yield from records(
            "chatgpt",
            text,
            origin=title,
            author=(reading.my_name or "You") if role == "user" else "ChatGPT",
            mine=role == "user",
            said_at=_of_epoch(message.get("create_time") or begun),
            ids=(str(message.get("id") or ""),),
        )


def _claude(conversation: dict[str, Any], reading: Reading) -> Iterator[Record]:
    for message in conversation["chat_messages"]:
        mine = message.get("sender") == "human"
        blocks = [b.get("text") or "" for b in message.get("content") or () if b.get("type") == "text"]
        text = "\n".join(b for b in blocks if b) or str(message.get("text") or "")
        attached = [str(a.get("extracted_content") or "") for a in message.get("attachments") or ()]
        if not text.strip() and not any(attached):
            reading.skip("messages without words")
        for number, words in enumerate((text, *attached)):
            yield from records(
                "claude",
                words,
                origin=str(conversation.get("name") or ""),
                author=(reading.my_name or "You") if mine else "Claude",
                mine=mine and number == 0,  # what was attached is by whomever
                said_at=of_iso(message.get("created_at") or conversation.get("created_at")),
                ids=(str(message.get("uuid") or ""), str(number)),
            )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _of_epoch(value: Any) -> datetime | None:
    if isinstance(value, str):
        return of_iso(value)
    try:
        return datetime.fromtimestamp(float(value), UTC) if value else None
    except (OverflowError, ValueError, OSError, TypeError):
        return None


def of_iso(value: Any) -> datetime | None:
    """An ISO 8601 date and time; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
