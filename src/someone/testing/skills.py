"""Skills without a disk and without a sandbox: held to the same contract as the real ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from someone.errors import SkillBroke, SkillRefused, SkillTooMuch, SkillUnknown
from someone.mind.skill_text import check_files, digest, valid_name
from someone.ports import Grants

Program = Callable[[str, Grants], Awaitable[str | None]]

LONGEST_OUT = 2000


class FakeSkills:
    """Implements ports.Skills in memory. ``programs``: what to do in the place of a piece of code that is run; code that
    is not there breaks. ``elsewhere``: the folders that ``look_in`` finds. ``open``: what lies in the open, to be changed
    by a test as a person would by hand. ``ran`` counts runs.
    """

    def __init__(
        self,
        programs: Mapping[str, Program] | None = None,
        elsewhere: Mapping[str, Mapping[str, bytes]] | None = None,
    ) -> None:
        self.programs = dict(programs or {})
        self.elsewhere = dict(elsewhere or {})
        self.open: dict[str, dict[str, bytes]] = {}
        self.ran = 0
        self.closed = False
        self._versions: dict[tuple[str, int], dict[str, bytes]] = {}

    async def keep(self, name: str, version: int, files: Mapping[str, bytes]) -> None:
        check_files(files)
        _check(name)
        there = self._versions.setdefault((name, version), dict(files))
        if digest(there) != digest(files):
            raise SkillRefused

    async def version(self, name: str, version: int) -> dict[str, bytes]:
        _check(name)
        if (name, version) not in self._versions:
            raise SkillUnknown
        return dict(self._versions[name, version])

    async def place(self, name: str, version: int) -> None:
        if version:
            self.open[name] = await self.version(name, version)
        else:
            self.open.pop(name, None)

    async def placed(self, name: str) -> dict[str, bytes]:
        _check(name)
        return dict(self.open.get(name, {}))

    async def kept(self) -> list[tuple[str, int]]:
        return sorted(self._versions)

    async def look_in(self, path: str) -> dict[str, bytes]:
        if path not in self.elsewhere:
            raise SkillRefused
        check_files(self.elsewhere[path])
        return dict(self.elsewhere[path])

    async def erase(self, name: str, version: int) -> None:
        _check(name)
        files = self._versions.pop((name, version), None)
        if files is not None and self.open.get(name) == files:
            del self.open[name]

    async def run(self, code: str, text: str, grants: Grants) -> str:
        self.ran += 1
        program = self.programs.get(code)
        if program is None:
            raise SkillBroke
        said = await program(text, grants) or ""
        if len(said) > LONGEST_OUT:
            raise SkillTooMuch
        return said

    async def aclose(self) -> None:
        self.closed = True


def _check(name: str) -> None:
    if not valid_name(name):
        raise SkillRefused
