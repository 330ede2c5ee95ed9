"""Talking in the terminal: streaming replies, history, Ctrl-C that interrupts her and not the program."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING

import typer

from someone.errors import InputError, SomeoneError
from someone.parts import Done, Notice, Text, Trouble

if TYPE_CHECKING:
    from someone.house import House


class Lines:
    """Standard input, line by line, undecodable bytes kept for the turn to tell of."""

    def __init__(self) -> None:
        self._peeked: str | None = None

    def first_is_yes(self) -> bool:
        """Whether the next line is a bare yes; then it is taken, else it stays."""
        line = self._next()
        if line is not None and line.strip().casefold().rstrip(".!") in ("y", "yes", "i accept", "i agree"):
            return True
        self._peeked = line
        return False

    def take(self) -> str:
        return (self._next() or "").strip()

    def __iter__(self) -> Iterator[str]:
        while (line := self._next()) is not None:
            yield line

    def _next(self) -> str | None:
        if self._peeked is not None:
            line, self._peeked = self._peeked, None
            return line
        raw = sys.stdin.buffer.readline()
        return raw.decode("utf8", "surrogateescape") if raw else None


STDIN = Lines()


async def once(house: House, text: str) -> bool:
    """One turn: the reply on standard output, everything else on standard error. False when something failed."""
    return await _reply_line(house, text, "say") is not None


async def piped(house: House) -> None:
    """Each line of standard input is a turn; each reply is one line. A goodbye ends the talk."""
    lines = iter(STDIN)
    while (line := await asyncio.to_thread(next, lines, None)) is not None:
        if not line.strip():
            continue
        try:
            done = await _reply_line(house, line, "pipe")
        except InputError as e:
            typer.echo(str(e))
            continue
        if done is not None and done.parted:
            return


async def _reply_line(house: House, text: str, channel: str) -> Done | None:
    done: Done | None = None
    failed = False
    said = ""
    async with aclosing(house.turn(text, channel)) as stream:
        async for part in stream:
            match part:
                case Text(text=words):
                    said += words
                case Notice(text=words):
                    typer.echo(words, err=True)
                case Trouble() as trouble:
                    failed = True
                    typer.echo(str(trouble.error()), err=True)
                case Done() as done:
                    pass
                case _:
                    pass
    typer.echo(" ".join(visible(said).split()))
    return None if failed and channel == "say" else done


async def interactive(house: House) -> None:
    """The talk in a terminal, until a goodbye, Ctrl-D, or "exit"."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.history import InMemoryHistory

    who = await house.who()
    recent = await house.journal(200)
    # The history of the prompt lives in memory only: a plain file of what was said would undo the encryption.
    history = InMemoryHistory([m.text for m in recent if m.who == "you" and m.kind == "Heard" and "\n" not in m.text])
    session: PromptSession[str] = PromptSession(history=history)
    _dim(f"{who.name} is here. Ctrl-C interrupts, Ctrl-D or a goodbye ends the talk.")
    for came in await house.waiting("terminal"):
        sys.stdout.write(_styled(f"{who.name} › ", "1;38;5;173") + visible(came.text) + "\n")
    while True:
        try:
            line = await session.prompt_async(FormattedText([("bold", f"{who.called or 'you'} › ")]))
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line.strip() in ("exit", "quit", ":q"):
            return
        if line.strip() and await _spoken(house, line, who.name):
            return


async def _spoken(house: House, line: str, name: str) -> bool:
    """Show one turn as it comes. True when it was a goodbye."""
    speaking = asyncio.ensure_future(_show(house, line, name))
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, speaking.cancel)
    try:
        return await speaking
    except asyncio.CancelledError:
        if not speaking.cancelled():
            raise
        sys.stdout.write(" —\n")
        return False
    except SomeoneError as e:
        _dim(str(e))
        return False
    finally:
        loop.remove_signal_handler(signal.SIGINT)


async def _show(house: House, line: str, name: str) -> bool:
    begun = False
    parted = False
    async with aclosing(house.turn(line, "terminal")) as stream:
        async for part in stream:
            match part:
                case Text(text=words):
                    if not begun:
                        sys.stdout.write(_styled(f"{name} › ", "1;38;5;173"))
                        begun = True
                    sys.stdout.write(visible(words))
                    sys.stdout.flush()
                case Notice(text=words):
                    _dim(words)
                case Trouble(do=do):
                    sys.stdout.write(" ")
                    sys.stdout.write(_styled(do, "2"))
                case Done(parted=parted):
                    pass
                case _:
                    pass
    sys.stdout.write("\n\n")
    return parted


def visible(text: str) -> str:
    """What a terminal may be given: no control characters, so that no reply can drive it."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")


def _dim(text: str) -> None:
    sys.stdout.write(_styled(text, "2") + "\n")


def _styled(text: str, code: str) -> str:
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return f"\x1b[{code}m{text}\x1b[0m"
