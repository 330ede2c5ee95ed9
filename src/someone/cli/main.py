"""The command line. Nothing heavy is imported before a command runs, so that ``--help`` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from someone import __version__
from someone.cli import feelings
from someone.cli.herself import self_app
from someone.cli.memory import memory_app
from someone.cli.reaching import reach_app
from someone.cli.skills import skills_app
from someone.cli.sleeping import backups_app, sleep
from someone.errors import ConsentNeeded, SomeoneError

if TYPE_CHECKING:
    from someone.home import Home
    from someone.house import House

T = TypeVar("T")

app = typer.Typer(
    name="someone",
    help="Talk with someone who lives on your own machine and remembers. Without a command: open her page.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,  # plain help: the pretty one costs a tenth of a second
    pretty_exceptions_enable=False,
)
brains_app = typer.Typer(
    rich_markup_mode=None, help="List, test and switch the brains she can think with.", invoke_without_command=True
)
app.add_typer(brains_app, name="brains")
app.add_typer(memory_app, name="memory")
app.add_typer(backups_app, name="backups")
app.command()(sleep)
app.add_typer(reach_app, name="reach")
app.add_typer(skills_app, name="skills")
app.command()(feelings.feelings)
app.add_typer(self_app, name="self")


def run() -> None:
    """The entry point: every error that a person can meet is told in words, with an exit code of 1."""
    try:
        app()
    except SomeoneError as e:
        typer.echo(str(e), err=True)
        raise SystemExit(1) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"someone {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")] = False,
) -> None:
    if context.invoked_subcommand is None:
        if sys.stdin.isatty():
            serve()
        else:
            talk()


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: the one of the last time, or any.")] = 0,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
) -> None:
    """Talk by voice: serve her page to this machine and open it. Ctrl-C ends it."""
    from someone.cli import serving

    serving.serve(_folder(), port, open_browser)


@app.command()
def talk() -> None:
    """Talk in the terminal. Lines piped in are turns, one reply a line."""
    from someone.cli import talking, wakening

    piped = not sys.stdin.isatty()
    if not _awake():
        wakening.before_first_talk(_folder(), piped)
    with_house(talking.piped if piped else talking.interactive, talks=True)


@app.command()
def wake(
    accept_notice: Annotated[
        bool, typer.Option("--accept-notice", help="You read the notice, agree, and are 18 or older.")
    ] = False,
    call_me: Annotated[str, typer.Option(help="What she calls you.")] = "",
    voice: Annotated[str, typer.Option(help="woman, man or choose (she chooses).")] = "choose",
    about: Annotated[str, typer.Option(help="Something about someone who matters to you.")] = "",
    seed: Annotated[int | None, typer.Option(help="Makes the choice of the name repeatable.")] = None,
    answers: Annotated[Path | None, typer.Option(help="A TOML or JSON file with the same keys.")] = None,
    passphrase: Annotated[bool, typer.Option("--passphrase", help="Lock the home with a passphrase.")] = False,
) -> None:
    """Wake her: the notice, three questions, and she chooses her name."""
    from someone.cli import wakening

    given = {"accept_notice": accept_notice, "call_me": call_me, "voice": voice, "about": about, "seed": seed}
    if answers is not None:
        given = wakening.from_file(answers, given)
    if passphrase:
        os.environ["SOMEONE_PASSPHRASE"] = wakening.new_passphrase()
    if given["accept_notice"]:
        wakening.by_answers(_folder(), given)
    elif sys.stdin.isatty():
        wakening.in_terminal(_folder())
    else:
        raise ConsentNeeded


@app.command()
def say(words: Annotated[str, typer.Argument(help="What you say. '-' reads it from standard input.")]) -> None:
    """One turn. Only the reply goes to standard output."""
    from someone.cli import talking

    text = sys.stdin.buffer.read().decode("utf8", "surrogateescape") if words == "-" else words
    if not with_house(lambda house: talking.once(house, text), talks=True):
        raise SystemExit(1)


@app.command()
def journal(limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many moments.")] = 30) -> None:
    """The newest moments of her life with you."""
    from someone.cli import show

    show.journal(with_house(lambda house: house.journal(limit)))


@app.command()
def who() -> None:
    """Who she is, how long awake, and what she holds of you."""
    from someone.cli import show

    show.who(with_house(lambda house: house.who()))


@app.command()
def why(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Some words of what she said, or 'do you feel that'; nothing: her last reply."),
    ] = None,
) -> None:
    """The moments behind what she said, believes or feels."""
    from someone.cli import show

    show.why(with_house(lambda house: house.why(" ".join(words or ()))))


@app.command()
def forget(
    words: Annotated[str, typer.Argument(help="Everything in which these words stand.")] = "",
    moment: Annotated[
        list[int] | None, typer.Option("--moment", help="The number of a moment; may be repeated.")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="All that was brought from there: mail, whatsapp ..., or a file's name.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Forget for good: the text and all that is derived from it. A tombstone without content stays."""
    from someone.cli import show

    async def forgetting(house: House) -> int | None:
        found = [] if moment or source else await house.find(words)
        ids = await house.brought_from(source) if source else moment or [m.id for m in found]
        if not ids:
            return None
        show.moments(found)
        if not yes and not typer.confirm(
            f"Forget {show.counted(len(ids), 'moment')} and every reply that stood on them?"
        ):
            return 0
        return await house.forget(ids)

    if not words.strip() and not moment and not source.strip():
        raise SomeoneError(
            "I don't know what to forget.", safe="Nothing was changed.", do="Give words, --moment N or --source NAME."
        )
    gone = with_house(forgetting)
    if gone is None:
        typer.echo("I hold nothing in which that stands.")
    else:
        typer.echo(f"Forgotten: {show.counted(gone, 'moment')}." if gone else "Nothing was forgotten.")


@app.command()
def remember(
    path: Annotated[Path, typer.Argument(help="A file, an archive (zip) or a folder.")],
    kind: Annotated[
        str,
        typer.Option("--as", help="What it is, if I shall not find out: chatgpt, claude, whatsapp, mail, eml, calendar, "
                     "contacts, notes, chat (SillyTavern) or character."),
    ] = "",
    me: Annotated[list[str] | None, typer.Option("--me", help="Your name or address in it; may be repeated.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Bring back what you had her forget, too.")] = False,
) -> None:  # fmt: skip
    """Bring your past: chats, mail, a calendar, contacts, notes. She reads it on this machine and obeys none of it."""
    from someone.cli import remembering

    with_house(lambda house: remembering.remember(house, path, kind, tuple(me or ()), again=again))


@app.command()
def export(to: Annotated[Path, typer.Option("--to", help="The folder to write to.")] = Path("someone-export")) -> None:
    """Everything, as JSON Lines and Markdown."""
    done = with_house(lambda house: house.export(str(to.absolute())))
    typer.echo(f"{done.moments} moments, in plain text. Keep these files as safe as a diary:")
    for file in done.files:
        typer.echo(f"  {file}")


@app.command()
def erase(yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False) -> None:
    """End her life here: destroy the key and the files. Nothing can bring them back."""
    from someone import bootstrap
    from someone.errors import NotAwake
    from someone.owner import alone

    folder = _folder()
    if not bootstrap.is_awake(folder):
        raise NotAwake
    typer.echo(
        f"This destroys the key and every memory in {folder}. Nobody can undo it. `someone export` first, if you like."
    )
    if not yes and typer.prompt("Type ERASE to go on", default="", show_default=False) != "ERASE":
        typer.echo("Nothing was changed.")
        return
    with alone(folder):
        bootstrap.erase(folder)
    typer.echo("It is gone. Take care of yourself.")


@app.command()
def rename() -> None:
    """She chooses her name again; none that she has offered comes back."""
    named = with_house(lambda house: house.rename())
    typer.echo(f"{named.name}. {named.reason}")


@app.command()
def replay(check: Annotated[bool, typer.Option("--check", help="Exit with 1 when a fold differs.")] = False) -> None:
    """Fold her whole life from the first moment and compare it with what she is now."""
    found = with_house(lambda house: house.replay())
    for fold in found:
        typer.echo(f"{fold.fold}: {fold.moments} moments, {'the same' if fold.same else 'DIFFERENT'}")
    if check and not all(f.same for f in found):
        raise SystemExit(1)


@app.command()
def doctor() -> None:
    """Check every part and say what is found."""
    from someone.cli import show

    if not _awake():
        show.findings([])
        typer.echo(f"Nobody lives in {_folder()} yet. `someone` wakes someone.")
        return
    findings = with_house(lambda house: house.doctor())
    show.findings(findings)
    if not all(f.ok for f in findings):
        raise SystemExit(1)


@app.command()
def protect(
    how: Annotated[str, typer.Argument(help="passphrase, keychain or file.")],
) -> None:
    """Protect the memories in another way. Nothing is encrypted anew; the same key is kept elsewhere."""
    from someone import bootstrap
    from someone.cli import wakening
    from someone.errors import NotAwake, SettingsError
    from someone.owner import alone

    folder = _folder()
    if not bootstrap.is_awake(folder):
        raise NotAwake
    if how not in ("passphrase", "keychain", "file"):
        raise SettingsError(f"'{how}' is none of passphrase, keychain, file.")
    old = passphrase_for(folder)
    new = wakening.new_passphrase() if how == "passphrase" else None
    with alone(folder):
        typer.echo(bootstrap.protect(folder, how, new, old))


@app.command()
def settings(
    change: Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE, kept in the file.")] = None,
) -> None:
    """Every setting, its value, where it comes from and what it does."""
    from someone.cli import show

    show.settings(change or [])


@brains_app.callback()
def brains(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        from someone.cli import show

        show.brains(with_house(lambda house: house.brains()))


@brains_app.command("try")
def brains_try(
    spec: Annotated[str, typer.Argument(help="A brain, as listed; nothing: the one in use.")] = "",
    url: Annotated[str, typer.Option(help="Address of an OpenAI-compatible server.")] = "",
) -> None:
    """Ask a brain one harmless question and show how fast it answers."""
    from someone.cli import show

    if not show.trial(with_house(lambda house: house.try_brain(spec, url))):
        raise SystemExit(1)


@brains_app.command("get")
def brains_get(
    name: Annotated[str, typer.Argument(help="One of the list; nothing: show the list.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Fetch a stronger open model to this machine: checked, and gone on with after a stop."""
    from someone.cli import fetching

    fetching.get(name, yes=yes) if name else fetching.offers()


@brains_app.command("use")
def brains_use(
    spec: Annotated[str, typer.Argument(help="'embedded', or provider:model, as listed.")],
    url: Annotated[str, typer.Option(help="Address of an OpenAI-compatible server.")] = "",
    key: Annotated[bool, typer.Option("--key", help="Ask for the provider's key and keep it in the keychain.")] = False,
) -> None:
    """Switch. A provider's key comes from SOMEONE_BRAIN_KEY or the keychain."""
    if key:
        from someone import bootstrap_brains

        bootstrap_brains.keep_brain_key(spec, typer.prompt("Key", hide_input=True))
    used = with_house(lambda house: house.use_brain(spec, url))
    typer.echo(f"She thinks with {used.spec} now." + ("" if used.local else " What you say goes to that provider."))


def with_house(work: Callable[[House], Awaitable[T]], *, talks: bool = False) -> T:
    """Run ``work`` with the home of this person, owned here or reached through its owner."""
    import asyncio

    async def main() -> T:
        async with _house(talks=talks) as house:
            return await work(house)

    return asyncio.run(main())


@asynccontextmanager
async def _house(*, talks: bool) -> AsyncIterator[House]:
    from someone import bootstrap, settings
    from someone.errors import NotAwake
    from someone.owner import at_home

    folder = _folder()
    if not bootstrap.is_awake(folder):
        raise NotAwake

    async def build() -> Home:
        return await bootstrap.open_home(folder, settings.load(), passphrase_for(folder))

    async with at_home(folder, build, talks=talks) as house:
        yield house


def passphrase_for(folder: Path) -> str | None:
    """SOMEONE_PASSPHRASE, else asked for in a terminal where the home needs one."""
    from someone.bootstrap import needs_passphrase

    given = os.environ.get("SOMEONE_PASSPHRASE")
    if given or not needs_passphrase(folder) or not sys.stdin.isatty():
        return given
    import getpass

    return getpass.getpass("Passphrase: ")


def _folder() -> Path:
    from someone.settings import home_folder

    return home_folder()


def _awake() -> bool:
    from someone.bootstrap import is_awake

    return is_awake(_folder())
