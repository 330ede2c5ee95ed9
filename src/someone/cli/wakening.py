"""The wakening in the terminal: an honest notice, three questions, and she chooses her own name."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import typer

from someone import bootstrap, settings
from someone.bootstrap import Answers
from someone.errors import AlreadyAwake, ConsentNeeded, SettingsError
from someone.mind import care
from someone.mind.naming import Naming

QUESTIONS = (
    "What shall I call you?",
    "Which voice would you like me to have: a woman's, a man's, or shall I choose?",
    "Tell me about someone who matters to you.",
)
_YES = {"y", "yes", "i accept", "accept", "i agree", "agree", "ok", "sure"}


def in_terminal(folder: Path) -> None:
    """The whole wakening, asked line by line. Raises ConsentNeeded for a no."""
    if bootstrap.is_awake(folder):
        raise AlreadyAwake
    typer.echo(notice(folder))
    if not _is_yes(_ask("Do you agree, and are you 18 or older? (yes/no)")):
        raise ConsentNeeded
    typer.echo()
    called = _ask(QUESTIONS[0])
    voice = voice_of(_ask(QUESTIONS[1]))
    about = _ask(QUESTIONS[2])
    answers = Answers(accepts_notice=True, call_me=called, voice=voice, about=about)
    typer.echo()
    naming, offered = _choose_name(answers)
    _wake(folder, answers, naming, offered)
    typer.echo(f"{greeting(naming.name, answers.call_me)}\n")


def before_first_talk(folder: Path, piped: bool) -> None:
    """The first talk wakes her. With lines piped in, a first line of "yes" means that the next three are the answers;
    otherwise going on counts as a yes to the notice, which is said aloud on standard error.
    """
    if not piped:
        in_terminal(folder)
        return
    typer.echo(notice(folder), err=True)
    lines = _stdin_lines()
    if lines.first_is_yes():
        called, voice, about = (lines.take() for _ in QUESTIONS)
        answers = Answers(accepts_notice=True, call_me=called, voice=voice_of(voice), about=about, seed=_seed())
    else:
        typer.echo("There is no terminal to ask in: going on means that you agree and are 18 or older.", err=True)
        answers = Answers(accepts_notice=True, call_me=os.environ.get("SOMEONE_CALL_ME", ""), seed=_seed())
    naming = bootstrap.name_for(answers)
    _wake(folder, answers, naming, ())
    typer.echo(f"I'm {naming.name}. {naming.reason}", err=True)


def by_answers(folder: Path, given: dict[str, Any]) -> None:
    """Wake without a terminal. Raises SettingsError for a voice that is none of the three."""
    if bootstrap.is_awake(folder):
        raise AlreadyAwake
    if given["voice"] not in ("woman", "man", "choose"):
        raise SettingsError(f"The voice '{given['voice']}' is none of woman, man, choose.")
    answers = Answers(
        accepts_notice=bool(given["accept_notice"]),
        call_me=str(given["call_me"]),
        voice=given["voice"],
        about=str(given["about"]),
        seed=given["seed"],
    )
    naming = bootstrap.name_for(answers)
    _wake(folder, answers, naming, ())
    typer.echo(f"{naming.name}. {naming.reason}")


def from_file(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    """The answers of a TOML or JSON file; what was given on the command line wins. Raises SettingsError."""
    try:
        text = path.read_text(encoding="utf8")
        found = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as e:
        raise SettingsError(f"{path} can't be read as answers: {e}.", do="Give a TOML or JSON file.") from e
    plain = {str(k).replace("-", "_"): v for k, v in found.items()}
    if unknown := set(plain) - set(given):
        raise SettingsError(f"{path} has keys I don't know: {', '.join(sorted(unknown))}.")
    return given | plain | {k: v for k, v in given.items() if v not in ("", None, False, "choose")}


def notice(folder: Path) -> str:
    return care.NOTICE.format(home=folder)


def voice_of(text: str) -> Any:
    """woman, man or choose, out of whatever way it was said."""
    words = set(text.casefold().replace("'s", " ").replace("’s", " ").split())
    if words & {"woman", "female", "her", "she", "w", "f"}:
        return "woman"
    return "man" if words & {"man", "male", "him", "he", "m"} else "choose"


def greeting(name: str, called: str) -> str:
    return (
        f"Hello, {called}. I'm {name}. It's good to meet you."
        if called
        else f"Hello. I'm {name}. It's good to meet you."
    )


def new_passphrase() -> str:
    """Ask twice for a passphrase. Raises SettingsError when there is none or the two differ."""
    if not sys.stdin.isatty():
        given = os.environ.get("SOMEONE_PASSPHRASE", "")
        if not given:
            raise SettingsError("There is no terminal to ask for a passphrase in.", do="Set SOMEONE_PASSPHRASE.")
        return given
    first = getpass.getpass("Passphrase (nobody can recover it): ")
    if not first or first != getpass.getpass("Once more: "):
        raise SettingsError("The two passphrases differ, or are empty.", do="Try again.")
    return first


def _choose_name(answers: Answers) -> tuple[Naming, tuple[Naming, ...]]:
    offered: list[Naming] = []
    while True:
        naming = bootstrap.name_for(answers, tuple(n.name for n in offered))
        typer.echo(f"I'd like to be called {naming.name}. {naming.reason}")
        said = _ask("Keep it? (Enter keeps it, 'again' lets me choose again)")
        if "again" not in said.casefold() and not said.casefold().startswith("n"):
            return naming, tuple(offered)
        offered.append(naming)


def _wake(folder: Path, answers: Answers, naming: Naming, offered: tuple[Naming, ...]) -> None:
    passphrase = os.environ.get("SOMEONE_PASSPHRASE")
    asyncio.run(bootstrap.wake(folder, settings.load(), answers, naming, offered, passphrase))


def _ask(question: str) -> str:
    typer.echo(question)
    try:
        return input("› ").strip()
    except EOFError:
        return ""


def _is_yes(text: str) -> bool:
    return text.strip().casefold().rstrip(".!") in _YES


def _seed() -> int | None:
    given = os.environ.get("SOMEONE_SEED", "")
    return int(given) if given.isdigit() else None


def _stdin_lines() -> Any:
    from someone.cli.talking import STDIN

    return STDIN
