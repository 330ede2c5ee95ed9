"""Her skills as the person sees them: listed, read before they are allowed, checked, taken along."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from someone.errors import SkillError, SomeoneError
from someone.growing import Growing
from someone.mind import skill_text
from someone.mind.skill_text import SCOPES
from someone.views import Finding, SkillTextView, SkillView


async def listed(growing: Growing) -> list[SkillView]:
    """Every skill: those in use first, then what waits, then the shelf."""
    order = {"approved": 0, "written": 1, "shelved": 2, "off": 3}
    views = [await view(growing, s.name) for s in growing.growth.skills]
    return sorted(views, key=lambda v: (order[v.state], v.name))


async def view(growing: Growing, name: str) -> SkillView:
    grown = growing.known(name)
    shown = grown.allowed or grown.newest
    asked = grown.waiting or shown
    about = ""
    with suppress(SkillError):
        about = (await growing.kept(grown.name, asked)).description
    return SkillView(
        name=grown.name,
        about=about,
        version=shown.number,
        versions=len(grown.versions),
        state=grown.state,
        asks=may(asked.scopes),
        allowed=may(grown.allowed.scopes) if grown.allowed else (),
        used=grown.used,
        last_used=grown.last_used,
        since=grown.allowed.approved_at if grown.allowed else None,
        evidence=shown.evidence,
    )


async def show(growing: Growing, name: str) -> SkillTextView:
    """The files to read: what waits for the person's word, else what lies there. Raises SkillUnknown."""
    grown = growing.known(name)
    waiting = grown.waiting
    files = await growing.skills.placed(grown.name)
    by_hand = bool(files) and skill_text.digest(files) not in {v.digest for v in grown.versions}
    if not by_hand:
        files = await growing.skills.version(grown.name, (waiting or grown.allowed or grown.newest).number)
    skill = skill_text.read(files)
    digest = skill_text.digest(files)
    version = next((v for v in grown.versions if v.digest == digest), None)
    return SkillTextView(
        skill=await view(growing, name),
        digest=digest,
        may=may(skill.scopes),
        text=files[skill_text.SKILL_FILE].decode("utf8"),
        code=skill.code,
        passed=version.passed if version else -1,
        failed=version.failed if version else -1,
        changed=by_hand,
    )


async def check(growing: Growing) -> Finding:
    """For the doctor: whether what is allowed lies there as it was allowed, and whether code can run."""
    changed: list[str] = []
    for grown in growing.growth.in_use:
        try:
            await growing.card(grown)
        except SomeoneError:
            changed.append(grown.name)
    if changed:
        says = f"The files of “{changed[0]}” are not the ones you allowed, so I don't use it."
        do = f"Look at it with `someone skills show {changed[0]}`, then allow it again or take it back."
        return Finding(part="skills", ok=False, says=says, do=do)
    try:
        await growing.skills.run("def answer(text):\n    return text", "hello", {})
    except SkillError as error:
        return Finding(part="skills", ok=False, says=error.what, do="Install Someone again.")
    count = len(growing.growth.in_use)
    return Finding(part="skills", ok=True, says=f"{count or 'none'} in use; the place where they run is whole.")


async def every_file(growing: Growing) -> dict[str, bytes]:
    """Every version's files, for the export: "skills/NAME/VERSION/PATH"."""
    found: dict[str, bytes] = {}
    for name, number in await growing.skills.kept():
        files = await growing.skills.version(name, number)
        found |= {f"skills/{name}/{number}/{path}": content for path, content in files.items()}
    return found


def may(scopes: Sequence[str]) -> tuple[str, ...]:
    """What these scopes let a skill do, in words for the person."""
    return tuple(f"may {SCOPES[s]}" for s in scopes if s in SCOPES)
