"""The words of a mail that has only HTML. No link is followed, no picture looked at."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "head", "title", "blockquote", "template", "noscript"})
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "pre"}
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def text_of(markup: str) -> str:
    """The words in reading order, a line a block. Broken markup gives what can be made out."""
    parser = _Words()
    try:
        parser.feed(markup)
        parser.close()
    except (AssertionError, ValueError):  # the parser's own, on markup that is none
        pass
    shown = [" ".join(line.split()) for line in "".join(parser.words).splitlines()]
    return "\n".join(line for line in shown if line)
