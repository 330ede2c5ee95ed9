"""What is taken in of what came: cleaned of what no one can say, refused where it is nothing or too much. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from someone.errors import NothingSaid, TooLong


@dataclass(frozen=True, slots=True)
class Taken:
    """``text`` as it is kept; ``damaged`` when some of it was not valid text and stands as U+FFFD."""

    text: str
    damaged: bool


def take_in(raw: str, longest: int) -> Taken:
    """Strip control characters (tabs and line breaks stay), replace what is not text, trim the ends.

    Raises NothingSaid for an empty or blank utterance, TooLong beyond ``longest`` characters.
    """
    if len(raw) > longest:
        raise TooLong(f"That is {len(raw):,} characters; I can take in {longest:,} at once.")
    valid = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in valid if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co")).strip()
    if not any(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"):
        raise NothingSaid
    return Taken(text, "\ufffd" in text)
