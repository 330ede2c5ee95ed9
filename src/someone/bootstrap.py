"""The only place where adapters are built and put together. Everything heavy is imported inside a function."""

from __future__ import annotations

import asyncio
import locale
import os
import secrets
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import datetime, time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from someone import bootstrap_brains, bootstrap_night
from someone import settings as settings_module
from someone.errors import AlreadyAwake, ConsentNeeded, HomeReadOnly, NotAwake, SkillError
from someone.growing import Growing
from someone.home import Home
from someone.ledger import BOND, SELF, Ledger
from someone.mind import care, helplines
from someone.mind.bond import Bond
from someone.mind.moments import BondId, BondOpened, Disclosed, Met, Named, Woke
from someone.mind.naming import GivenName, Naming, choose, lowered, parse
from someone.mind.naming_words import mentioned_names
from someone.mind.reaching import Limits
from someone.night.rest import QUIET_S, Rest
from someone.reaching import Reaching
from someone.settings import Settings
from someone.skilled import Skilled
from someone.turn import Talk
from someone.views import Finding

if TYPE_CHECKING:
    from someone.journal.sqlcipher import SqlcipherJournal
    from someone.memory.past import Reading
    from someone.mind.past import Record
    from someone.ports import Brain, Clock, Embedder, Memory, Notifier, Reader

SELF_FILE = "self.db"
BONDS = "bonds"
SKILLS = "skills"


class SystemClock:
    """The machine's clock, in its own time zone: by name where the system names one, so that a day of last month is a day
    of then, whatever the clocks have changed to since; else by the offset of now. Read at each call: a traveller's moves.
    """

    def now(self) -> datetime:
        zone = _named_zone()
        return datetime.now(zone) if zone is not None else datetime.now().astimezone()


def _named_zone() -> ZoneInfo | None:
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        try:
            name = str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2]
        except OSError:
            return None
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class Answers:
    """The answers to the three questions, the yes to the notice, and a seed (drawn when None)."""

    def __init__(
        self,
        *,
        accepts_notice: bool,
        call_me: str,
        voice: Literal["woman", "man", "choose"] = "choose",
        about: str = "",
        seed: int | None = None,
    ) -> None:
        self.accepts_notice = accepts_notice
        self.call_me = call_me.strip()
        self.voice: Literal["woman", "man", "choose"] = voice
        self.about = about.strip()
        self.seed = secrets.randbits(63) if seed is None else seed


def names() -> tuple[GivenName, ...]:
    """The given names she chooses from."""
    return parse(resources.files("someone.data").joinpath("names.csv").read_text(encoding="utf8"))


def name_for(answers: Answers, avoid: tuple[str, ...] = ()) -> Naming:
    """The name she would choose after these answers."""
    listed = names()
    known = lowered(listed)
    mentioned = (answers.call_me, *mentioned_names(answers.about, known))
    return choose(listed, mentioned=mentioned, wish=answers.voice, seed=answers.seed, avoid=avoid)


def needs_passphrase(folder: Path) -> bool:
    """Whether this home opens with a passphrase."""
    from someone.journal import keys

    return keys.needs_passphrase(folder)


def is_awake(folder: Path) -> bool:
    """Whether someone lives in this folder."""
    return (folder / SELF_FILE).exists()


async def wake(
    folder: Path,
    settings: Settings,
    answers: Answers,
    naming: Naming,
    offered: tuple[Naming, ...] = (),
    passphrase: str | None = None,
    clock: Clock | None = None,
) -> None:
    """Make the home: the key, the self, the first bond. ``offered``: names chosen before ``naming`` and set aside.

    The self file comes into its place last, so a start that is killed half way leaves nobody half awake.
    Raises AlreadyAwake, ConsentNeeded, HomeReadOnly.
    """
    from someone.journal import keys

    if is_awake(folder):
        raise AlreadyAwake
    if not answers.accepts_notice:
        raise ConsentNeeded
    _make(folder)
    clock = clock or SystemClock()
    how = "passphrase" if passphrase else settings.key
    try:
        master = await asyncio.to_thread(keys.create, folder, how, passphrase)
    except AlreadyAwake:  # an earlier wakening broke off after its key was made
        master = await asyncio.to_thread(keys.unlock, folder, passphrase)
    waking = folder / f"{SELF_FILE}.waking"
    for stale in (*folder.glob(f"{SELF_FILE}.waking*"), *(folder / BONDS).glob("*")):
        stale.unlink()
    bond = BondId(secrets.token_hex(8))
    at = clock.now()

    journal = _bond_journal(folder, master, bond, create=True)
    await journal.append(Met(called=answers.call_me, voice=answers.voice, about=answers.about), at)
    await journal.append(Disclosed(text=care.disclosure(naming.name)), at)
    await journal.aclose()

    self_journal = _journal(waking, master, keys.SELF, create=True)
    await self_journal.append(Woke(seed=answers.seed), at)
    for one in (*offered, naming):
        await self_journal.append(Named(name=one.name, reason=one.reason, runners_up=one.runners_up), at)
    await self_journal.append(BondOpened(bond=bond), at)
    await self_journal.aclose()
    waking.rename(folder / SELF_FILE)


async def open_home(
    folder: Path,
    settings: Settings,
    passphrase: str | None = None,
    *,
    clock: Clock | None = None,
    brain: Brain | None = None,
    notifier: Notifier | None = None,
    quiet_s: float = QUIET_S,
) -> Home:
    """The home of this folder, open in this process (which must hold its lock). ``brain``, ``clock`` and ``notifier`` for
    tests; ``quiet_s``: how long after a turn her night waits.

    Raises NotAwake, the errors of unlocking and of the journal.
    """
    from someone.journal import keys
    from someone.memory.index import IndexedMemory

    if not is_awake(folder):
        raise NotAwake
    if not os.access(folder, os.W_OK):
        raise HomeReadOnly(f"The home folder {folder} can't be written.")
    clock = clock or SystemClock()
    master = await asyncio.to_thread(keys.unlock, folder, passphrase)
    loading = asyncio.create_task(asyncio.to_thread(_embedder_and_reader, settings))  # while the journals open
    own = await asyncio.to_thread(_journal, folder / SELF_FILE, master, keys.SELF, create=False)
    me = Ledger(own, SELF)
    await me.open()
    bond = me.state.bonds[0]
    journal = await asyncio.to_thread(_bond_journal, folder, master, bond, create=False)
    ledger = Ledger(journal, BOND)
    await ledger.open()
    embedder, reader = await loading
    memory = IndexedMemory(journal, bond, embedder)
    await memory.prepare()
    talk = Talk(
        bond=bond,
        ledger=ledger,
        memory=memory,
        brain=brain or bootstrap_brains.build_brain(settings, settings.brain, settings.brain_url),
        clock=clock,
        helpline=helplines.for_country(settings.country.upper() or _country()),
        me=me,
        longest=settings.longest_utterance,
        reader=reader,
        skilled=await _skilled(folder, bond, ledger, memory, clock),
    )
    rest = Rest(quiet_s)
    return Home(
        folder=folder,
        me=me,
        talk=talk,
        names=names(),
        check=_checks(folder, settings, own, journal, talk),
        brains_there=bootstrap_brains.brains(settings, talk),
        reaching=_reaching(talk, notifier),
        sleeper=bootstrap_night.sleeper(
            folder, master, talk, rest, lambda: reach_limits(settings_module.load()), (SELF_FILE, BONDS, SKILLS)
        ),
        _resting=rest,
    )


def reach_limits(settings: Settings) -> Limits:
    """What the person allows her to come with."""
    begin, end = (time.fromisoformat(t.zfill(5)) for t in settings.reach_quiet.split("-"))
    return Limits(
        on=settings.reach_out == "on",
        quiet=(begin, end),
        per_day=settings.reach_per_day,
        after_goodbye_h=settings.reach_after_goodbye,
        channels=tuple(settings.reach_channels.split(",")),
    )


def _reaching(talk: Talk, notifier: Notifier | None) -> Reaching:
    """The settings are read anew at each look: what was just turned off stays silent."""
    from someone.hands.notify import DesktopNotifications

    return Reaching(
        ledger=talk.ledger,
        clock=talk.clock,
        busy=talk.busy,
        limits=lambda: reach_limits(settings_module.load()),
        show_words=lambda: settings_module.load().reach_words == "shown",
        notifier=notifier or DesktopNotifications(),
        name=lambda: talk.me.state.name,
    )


async def _skilled(folder: Path, bond: BondId, ledger: Ledger[Bond], memory: Memory, clock: Clock) -> Skilled:
    from someone.hands.skills import FolderSkills

    growing = Growing(bond, ledger, memory, clock, FolderSkills(folder / SKILLS))
    with suppress(SkillError, HomeReadOnly):  # skills that can't be read keep no home shut; the doctor names them
        await growing.open()
    return Skilled(growing)


def _embedder(settings: Settings) -> Embedder | None:
    if settings.embedder == "none":
        return None
    # One thread of numpy's: its own would compete with the brain's for the same few cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from someone.memory.embedders import WordLlama, best_embedder

    return WordLlama() if settings.embedder == "wordllama" else best_embedder()


def _embedder_and_reader(settings: Settings) -> tuple[Embedder | None, Reader | None]:
    """The reader of emotions works on the vectors of one embedder; with another, or with none, there is no reader."""
    from someone.brains.reader import EmotionReader, bundled

    embedder = _embedder(settings)
    fits = embedder is not None and embedder.name == EmotionReader.EMBEDDER
    return embedder, bundled(embedder) if fits else None


def _checks(
    folder: Path, settings: Settings, own: SqlcipherJournal, bond: SqlcipherJournal, talk: Talk
) -> Callable[[], Awaitable[list[Finding]]]:
    from someone.journal import keys

    async def check() -> list[Finding]:
        free = shutil.disk_usage(folder).free
        protection = await asyncio.to_thread(keys.describe, folder)
        found = [
            Finding(part="home", ok=True, says=f"{folder}"),
            Finding(part="key", ok=True, says=protection),
            Finding(
                part="disk",
                ok=free > 200 * 1024**2,
                says=f"{free / 1024**3:.1f} GiB free.",
                do="" if free > 200 * 1024**2 else "Free some space soon; what can't be written can't be kept.",
            ),
            Finding(part="brain", ok=True, says=f"{talk.brain.name}. {talk.brain.note}".rstrip()),
            Finding(part="embedder", ok=True, says=settings.embedder),
            bootstrap_night.finding(folder),
            Finding(part="helpline", ok=True, says=_helpline(talk.helpline)),
        ]
        for name, journal in (("self", own), ("bond", bond)):
            broken = await journal.check()
            says = "every page is whole and authentic." if not broken else "; ".join(broken[:3])
            do = "" if not broken else "Copy the home folder somewhere safe, then restore the file from a backup."
            found.append(Finding(part=f"journal of the {name}", ok=not broken, says=says, do=do))
        return found

    return check


def _journal(path: Path, master: bytes, purpose: str, *, create: bool) -> SqlcipherJournal:
    from someone.journal import keys
    from someone.journal.sqlcipher import SqlcipherJournal

    identity = keys.identity(master, purpose)
    return SqlcipherJournal.open(path, keys.derive(master, purpose), identity=identity, create=create)


def _bond_journal(folder: Path, master: bytes, bond: BondId, *, create: bool) -> SqlcipherJournal:
    from someone.journal import keys

    path = folder / BONDS / f"{bond}.db"
    path.parent.mkdir(exist_ok=True, mode=0o700)
    return _journal(path, master, keys.bond(bond), create=create)


def _helpline(line: helplines.Helpline) -> str:
    number = f"{line.name}, {line.number}" if line.number else line.name
    return f"{number} (emergency {line.emergency}). Set the country with `someone settings --set country=GB`."


def read_past(path: Path, kind: str, me: tuple[str, ...], called: str) -> tuple[Reading, Iterator[Record]]:
    """The account of a reading and the records it gives as they are asked for. Raises NotUnderstood."""
    from someone.memory import past

    reading = past.Reading(me=me, called=called)
    return reading, past.read(path, reading, kind)


def protect(folder: Path, how: Literal["keychain", "passphrase", "file"], new: str | None, old: str | None) -> str:
    """Protect the same master key in another way; says what protects it now. Nobody may have the home open."""
    from someone.journal import keys

    keys.change(folder, how, new, old=old)
    return keys.describe(folder)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as e:
        raise HomeReadOnly(f"I can't make the home folder {folder}: {e.strerror}.") from e
    if not os.access(folder, os.W_OK):
        raise HomeReadOnly(f"The home folder {folder} can't be written.")


def erase(folder: Path) -> None:
    """Erase a home, the key first, so that what is left of any file can't be read. Only what is ours is removed.

    Nobody may have it open (``owner.alone``).
    """
    from someone.journal import keys

    keys.destroy(folder)
    for path in (*folder.glob(f"{SELF_FILE}*"), *(folder / BONDS).glob("*.db*"), folder / settings_module.FILE):
        path.unlink(missing_ok=True)
    bootstrap_night.erase(folder)
    shutil.rmtree(folder / SKILLS, ignore_errors=True)
    shutil.rmtree(folder / "page", ignore_errors=True)  # invitations and passes of the page
    bonds = folder / BONDS
    if bonds.exists() and not any(bonds.iterdir()):
        bonds.rmdir()


def _country() -> str | None:
    tag = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return helplines.country_of_locale(tag or locale.getlocale()[0] or "")
