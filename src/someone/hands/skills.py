"""Her skills on the disk, and the sandbox that runs their code.

    skills/NAME/                 the version in use (or the newest, while none is): open for the person to read
    skills/.versions/NAME/N/     every version there was

Code runs in `pydantic-monty`: an interpreter of its own, in a process of its own that is started with an empty
environment. It has no file, network, environment or clock; every call to the host is refused here but for the functions
that the person allowed. Telemetry of the interpreter is never installed.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import zipfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from someone.errors import DiskFull, HomeReadOnly, SkillBroke, SkillRefused, SkillTooMuch, SkillUnknown, SomeoneError
from someone.mind.skill_text import LONGEST_FILE, MOST_FILES, check_files, digest, valid_name

if TYPE_CHECKING:
    from pydantic_monty import AsyncFunctionSnapshot, AsyncMonty, ExternalResult, OSPolicy, ResourceLimits

    from someone.ports import Grants

T = TypeVar("T")

VERSIONS = ".versions"
LIMITS: ResourceLimits = {
    "max_feed_duration_secs": 1.0,
    "max_memory": 32 * 1024**2,
    "max_recursion_depth": 200,
    "max_suspensions": 64,
    "max_total_sleep_secs": 0.0,
}
"""Of one run, in the interpreter: a second of its own time, 32 MiB, 64 calls to the host."""
WHOLE_S = 5.0
"""Seconds of one run in all, waiting for the host included; then the process is killed."""
POLICY: OSPolicy = {"datetime": "call_host", "sleep": "zero", "process_time": "zero", "random_start": "call_host"}
"""Clock and chance are asked of the host, which refuses them: a skill gives the same for the same words."""
LONGEST_OUT = 2000
"""Characters. An answer is a sentence or a few."""
LONGEST_ARGUMENT, MOST_ARGUMENTS = 300, 3


class FolderSkills:
    """Implements ports.Skills below one folder. The interpreter (that of the package, or the given one) starts with the
    first run and stays for the next; ``whole_s``: seconds of one run in all.
    """

    def __init__(self, folder: Path, whole_s: float = WHOLE_S, interpreter: str | None = None) -> None:
        self._folder = folder
        self._whole_s = whole_s
        self._interpreter = interpreter
        self._pool: AsyncMonty | None = None
        self._starting = asyncio.Lock()

    async def keep(self, name: str, version: int, files: Mapping[str, bytes]) -> None:
        check_files(files)
        there = self._kept(name, version)

        def write() -> None:
            if there.is_dir():
                if digest(_read(there)) != digest(files):
                    raise SkillRefused("That version is there already, with other files in it.")
                return
            _write(there, files)

        await _disk(write)

    async def version(self, name: str, version: int) -> dict[str, bytes]:
        there = self._kept(name, version)
        if not there.is_dir():
            raise SkillUnknown
        return await _disk(lambda: _read(there))

    async def place(self, name: str, version: int) -> None:
        files = await self.version(name, version) if version else {}
        there = self._open(name)

        def put() -> None:
            _remove(there)
            if files:
                _write(there, files)

        await _disk(put)

    async def placed(self, name: str) -> dict[str, bytes]:
        there = self._open(name)
        return await _disk(lambda: _read(there) if there.is_dir() and not there.is_symlink() else {})

    async def kept(self) -> list[tuple[str, int]]:
        there = self._folder / VERSIONS
        return await _disk(
            lambda: sorted(
                (folder.name, int(version.name))
                for folder in (there.iterdir() if there.is_dir() else ())
                if valid_name(folder.name)
                for version in folder.iterdir()
                if version.name.isdigit()
            )
        )

    async def look_in(self, path: str) -> dict[str, bytes]:
        given = Path(path).expanduser()

        def look() -> dict[str, bytes]:
            if given.is_dir():
                return _read(given)
            if given.is_file() and zipfile.is_zipfile(given):
                return _unzipped(given)
            raise SkillRefused("There is no folder and no ZIP file of that name.")

        files = await _disk(look)
        check_files(files)
        return files

    async def erase(self, name: str, version: int) -> None:
        there, open_ = self._kept(name, version), self._open(name)

        def remove() -> None:
            if not there.is_dir():
                return
            if open_.is_dir() and digest(_read(open_)) == digest(_read(there)):
                _remove(open_)
            _remove(there)
            with suppress(OSError):  # the folder of its versions goes with the last of them
                there.parent.rmdir()

        await _disk(remove)

    async def run(self, code: str, text: str, grants: Grants) -> str:
        from pydantic_monty import MontyCrashedError, MontyError

        pool = await self._monty()
        try:
            async with asyncio.timeout(self._whole_s):
                async with pool.checkout(limits=LIMITS, os_policy=POLICY) as session:
                    said = await _driven(session, f"{code}\n\nanswer(text)\n", text, grants)
        except TimeoutError as e:
            raise SkillTooMuch from e
        except MontyCrashedError as e:
            raise SkillTooMuch from e
        except MontyError as e:
            inner = e.exception()
            raise (
                SkillTooMuch if isinstance(inner, TimeoutError | MemoryError | RecursionError) else SkillBroke
            ) from None
        return _sentence(said)

    async def aclose(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.__aexit__(None, None, None)

    async def _monty(self) -> AsyncMonty:
        from pydantic_monty import AsyncMonty, MontyError

        async with self._starting:
            if self._pool is None:
                try:
                    pool = AsyncMonty(
                        binary_path=self._interpreter, min_processes=1, max_processes=2, request_timeout=WHOLE_S
                    )
                    self._pool = await pool.__aenter__()
                except (RuntimeError, OSError, MontyError) as e:
                    raise SkillBroke(
                        "The place where my skills run can't be started.", do="`someone doctor` says more."
                    ) from e
            return self._pool

    def _open(self, name: str) -> Path:
        if not valid_name(name):
            raise SkillRefused("That is not a name that a skill can have.")
        return self._folder / name

    def _kept(self, name: str, version: int) -> Path:
        return self._folder / VERSIONS / self._open(name).name / str(int(version))


async def _driven(session: Any, code: str, text: str, grants: Grants) -> Any:
    """Run to the end, answering each call out of the sandbox: what is granted is done, all else gets its refusal."""
    from pydantic_monty import AsyncFunctionSnapshot, MontyComplete

    at = await session.feed_start(code, inputs={"text": text}, external_lookup={}, print_callback=_unheard)
    while not isinstance(at, MontyComplete):
        if isinstance(at, AsyncFunctionSnapshot) and (granted := _allowed(at, grants)) is not None:
            at = await at.resume(await _granted(granted, at.args, at.kwargs))
        else:
            at = await at.resume_auto()  # with nothing handed in, the library refuses
    return at.output


def _allowed(call: AsyncFunctionSnapshot, grants: Grants) -> Callable[..., Awaitable[str | list[str]]] | None:
    """The function that is called, if it is one that was granted, called by its plain name."""
    plain = not call.is_os_function and call.object_id is None
    return grants.get(call.function_name) if plain else None


async def _granted(
    granted: Callable[..., Awaitable[str | list[str]]], args: Sequence[Any], named: Mapping[str, Any]
) -> ExternalResult:
    if named or len(args) > MOST_ARGUMENTS:
        return {"exc_type": "TypeError", "message": "no such arguments"}
    try:
        return {"return_value": await granted(*(str(a)[:LONGEST_ARGUMENT] for a in args))}
    except TypeError:
        return {"exc_type": "TypeError", "message": "no such arguments"}
    except SomeoneError:
        return {"exc_type": "RuntimeError", "message": "not to be had just now"}


def _unheard(_stream: str, _text: str) -> None:
    """What a skill prints is read by nobody."""


def _sentence(said: object) -> str:
    if said is None:
        return ""
    if not isinstance(said, str):
        raise SkillBroke
    if len(said) > LONGEST_OUT:
        raise SkillTooMuch
    return said


async def _disk(work: Callable[[], T]) -> T:
    """Run on a thread; what the disk refuses is said in our words."""
    try:
        return await asyncio.to_thread(work)
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from e
        if e.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise HomeReadOnly(f"I can't read or write the skill's files: {e.strerror}.") from e
        raise SkillRefused("The skill's files can't be read.") from e


def _read(folder: Path) -> dict[str, bytes]:
    """Every plain file below, hidden ones apart. Raises SkillRefused at a link, or where there is too much."""
    files: dict[str, bytes] = {}
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        linked = [f for f in folders if (Path(top) / f).is_symlink()]
        for name in sorted(n for n in names if not n.startswith(".")):
            path = Path(top) / name
            if linked or path.is_symlink() or not path.is_file():
                raise SkillRefused("It holds a link, which could lead anywhere.")
            if len(files) >= MOST_FILES or path.stat().st_size > LONGEST_FILE:
                raise SkillRefused("It holds too much for a skill.")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
        if linked:
            raise SkillRefused("It holds a link, which could lead anywhere.")
    return files


def _unzipped(path: Path) -> dict[str, bytes]:
    """The files of a ZIP, read into memory and never unpacked to the disk. A single folder around them is left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [i for i in archive.infolist() if not i.is_dir()]
            if len(inside) > MOST_FILES or any(i.file_size > LONGEST_FILE for i in inside):
                raise SkillRefused("It holds too much for a skill.")
            files: dict[str, bytes] = {}
            for info in inside:
                with archive.open(info) as file:
                    files[info.filename] = file.read(LONGEST_FILE + 1)  # the size that a ZIP declares need not be true
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as e:
        raise SkillRefused("That ZIP file can't be read.") from e
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        files = {name.partition("/")[2]: content for name, content in files.items()}
    return files


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of them or none: written beside, then moved into place."""
    beside = folder.with_name(f".{folder.name}.writing")
    shutil.rmtree(beside, ignore_errors=True)
    for path, content in files.items():
        target = beside / path
        _make(target.parent)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    beside.rename(folder)
    parent = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(parent)  # the name of the folder is on the disk before a moment speaks of it
    finally:
        os.close(parent)


def _make(folder: Path) -> None:
    """The folder and those above that are missing, each for this person only."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
