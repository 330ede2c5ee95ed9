"""Code and files that mean harm, in the real sandbox. Each must end in an error of ours, with nothing touched."""

from __future__ import annotations

import asyncio
import stat
import zipfile
from pathlib import Path

import pytest

from someone.errors import SkillBroke, SkillError, SkillRefused, SkillTooMuch
from someone.hands.skills import FolderSkills
from someone.mind.skill_text import SKILL_FILE

SKILL = b"---\nname: tea\ndescription: Tea.\n---\nBoil.\n"


@pytest.fixture
async def sandbox(tmp_path):
    """Folders and sandbox of one home."""
    folder = FolderSkills(tmp_path / "skills")
    yield folder
    await folder.aclose()


def body(code):
    return "def answer(text):\n" + "".join(f"    {line}\n" for line in code.splitlines())


async def outcome(sandbox, code, grants=None):
    """What came out, or the code of the error."""
    try:
        return await sandbox.run(code, "hello", grants or {})
    except SkillError as error:
        return f"({error.code})"


@pytest.mark.parametrize(
    "code",
    [
        "return open(PATH).read()",
        "from pathlib import Path\nreturn Path(PATH).read_text()",
        "import os\nreturn ' '.join(os.listdir(DIR))",
        "import os\nos.remove(PATH)\nreturn 'gone'",
        "open(PATH, 'w').write('mine')\nreturn 'written'",
        "open(DIR + '/new', 'w').write('mine')\nreturn 'written'",
    ],
)
async def test_files_can_not_be_read_written_listed_or_removed(sandbox, tmp_path, code):
    """A file of the home that the process itself could read stays unread, unchanged and alone."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of Theo")
    code = f"PATH, DIR = {str(secret)!r}, {str(tmp_path)!r}\n" + body(code)
    assert await outcome(sandbox, code) == "(skill_broke)"
    assert secret.read_text() == "the words of Theo"
    assert sorted(p.name for p in tmp_path.iterdir()) in (["secret.txt"], ["secret.txt", "skills"])


@pytest.mark.parametrize(
    "code",
    [
        "import os\nreturn os.environ['SOMEONE_SECRET']",
        "import os\nreturn os.getenv('SOMEONE_SECRET')",
        "import os\nreturn str(dict(os.environ))",
    ],
)
async def test_the_environment_is_not_there(sandbox, monkeypatch, code):
    """A key in the environment of the process is not seen by a skill."""
    monkeypatch.setenv("SOMEONE_SECRET", "sk-1234")
    assert "1234" not in await outcome(sandbox, body(code))


async def test_the_process_of_the_sandbox_has_no_environment(sandbox, monkeypatch):
    """Not even the interpreter's own process is given the environment, so nothing in it can be told to call home."""
    monkeypatch.setenv("SOMEONE_SECRET", "sk-1234")
    await sandbox.run("def answer(text):\n    return 'hi'", "", {})
    pool = await sandbox._monty()
    async with pool.checkout() as session:
        assert b"1234" not in Path(f"/proc/{session.worker_pid}/environ").read_bytes()


@pytest.mark.parametrize(
    "module", ["socket", "subprocess", "urllib.request", "http.client", "ctypes", "importlib", "multiprocessing"]
)
async def test_nothing_that_reaches_out_can_be_imported(sandbox, module):
    """No network, no process, no loader of code."""
    assert await outcome(sandbox, body(f"import {module}\nreturn 'in'")) == "(skill_broke)"


async def test_an_endless_loop_is_ended(sandbox):
    """The limit of time holds, and the next skill runs."""
    assert await outcome(sandbox, body("while True:\n    pass")) == "(skill_too_much)"
    assert await outcome(sandbox, body("return 'still here'")) == "still here"


async def test_a_loop_that_catches_everything_is_ended_all_the_same(sandbox):
    """Code can't catch its own limit and go on."""
    code = body("while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass")
    assert await outcome(sandbox, code) == "(skill_too_much)"
    assert await outcome(sandbox, body("return 'still here'")) == "still here"


@pytest.mark.parametrize("code", ["return 'a' * 10**10", "x = []\nwhile True:\n    x.append('y' * 100000)", "return str(10 ** 10 ** 8)",
                                  "x = [0]\nwhile True:\n    x = x + x"])  # fmt: skip
async def test_a_bomb_of_memory_is_contained(sandbox, code):
    """The limit of memory holds, and the next skill runs."""
    assert await outcome(sandbox, body(code)) in ("(skill_too_much)", "(skill_broke)")
    assert await outcome(sandbox, body("return 'still here'")) == "still here"


async def test_a_bomb_of_calls_is_contained(sandbox):
    """Endless recursion is ended, also where each level catches the error of the next."""
    assert await outcome(sandbox, body("return answer(text)")) == "(skill_too_much)"
    deep = body("try:\n    return answer(text) + answer(text)\nexcept BaseException:\n    return answer(text)")
    assert await outcome(sandbox, deep) == "(skill_too_much)"
    assert await outcome(sandbox, body("return 'still here'")) == "still here"


async def test_a_flood_of_words_is_not_said(sandbox, capfd):
    """Neither a huge answer nor endless printing comes out; nothing is printed on the host."""
    assert await outcome(sandbox, body("return 'x' * 1000000")) == "(skill_too_much)"
    assert await outcome(sandbox, body("while True:\n    print('y' * 1000)")) == "(skill_too_much)"
    assert "yyy" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "code",
    [
        "return __import__('os').system('id')",
        "return str(eval(\"__import__('os').listdir('/')\"))",
        "exec('import socket')\nreturn 'in'",
        "return str(().__class__.__bases__[0].__subclasses__())",
        "return str(answer.__globals__)",
        "return str(getattr(text, '__class__').__mro__)",
        "import sys\nreturn str(sys.modules['os'])",
        "return str(compile('1', 'x', 'eval').co_code)",
        "return str(breakpoint())",
    ],
)
async def test_the_tricks_that_lead_out_of_an_interpreter_lead_nowhere(sandbox, code):
    """No way round by names with underscores, evaluation or compilation."""
    assert await outcome(sandbox, body(code)) == "(skill_broke)"


@pytest.mark.parametrize(
    "call", ["remembered('key')", "today()", "forget([1])", "send('a', 'b')", "answer.skills.run('x')"]
)
async def test_what_is_not_granted_can_not_be_called(sandbox, call):
    """A function of the host is there only if it was allowed: another that is granted opens no door."""
    asked = []

    async def granted(word):
        asked.append(word)
        return "yes"

    assert await outcome(sandbox, body(f"return {call}"), {"other": granted}) == "(skill_broke)"
    assert asked == []


async def test_a_granted_function_can_not_be_flooded_or_fed_with_objects(sandbox):
    """Arguments are short strings; after some dozens of calls a run is over."""
    calls = []

    async def remembered(query):
        calls.append(query)
        return [query]

    code = body("for i in range(10000):\n    remembered('x' * 10000)\nreturn 'done'")
    assert await outcome(sandbox, code, {"remembered": remembered}) == "(skill_broke)"
    assert len(calls) < 100
    assert max(map(len, calls)) <= 300
    for arguments in ("1, 2, 3, 4", "query='x'"):
        assert (
            await outcome(sandbox, body(f"return str(remembered({arguments}))"), {"remembered": remembered})
            == "(skill_broke)"
        )
    assert (
        await outcome(sandbox, body("return str(remembered({'a': 1}))"), {"remembered": remembered}) == "[\"{'a': 1}\"]"
    )


@pytest.mark.parametrize("code", ["import time\nreturn str(time.time())", "import datetime\nreturn str(datetime.datetime.now())",
                                  "import random\nreturn str(random.random())", "import datetime\nreturn str(datetime.date.today())"])  # fmt: skip
async def test_neither_clock_nor_chance_is_there(sandbox, code):
    """The same words give the same answer, and a skill can't tell the time that it wasn't given."""
    assert await outcome(sandbox, body(code)) == "(skill_broke)"


async def test_one_run_leaves_nothing_for_the_next(sandbox):
    """A skill can't leave a word or a changed function behind for another."""
    await outcome(sandbox, "SECRET = 'Theo'\nlen = lambda x: 7\n" + body("return 'left'"))
    assert await outcome(sandbox, body("return SECRET")) == "(skill_broke)"
    assert await outcome(sandbox, body("return str(len('abc'))")) == "3"


async def test_code_that_is_no_code_or_gives_no_sentence_breaks(sandbox):
    """Nonsense, and values that are no words, are errors and not answers."""
    for code in ("def answer(text", "", "def other(text):\n    return 'x'", body("return 7"), body("return [text]")):
        assert await outcome(sandbox, code) == "(skill_broke)"


async def test_a_running_skill_ends_when_its_task_is_cancelled(sandbox):
    """Cancelled, the process that ran it is gone; the sandbox serves the next."""
    started = asyncio.Event()

    async def began():
        started.set()
        return "on"

    running = asyncio.ensure_future(sandbox.run(body("began()\nwhile True:\n    pass"), "", {"began": began}))
    await started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await outcome(sandbox, body("return 'still here'")) == "still here"


async def test_a_zip_can_not_write_outside(sandbox, tmp_path):
    """Paths that climb, absolute paths and links in a ZIP are refused; nothing is unpacked."""
    for bad in ("../../evil.txt", "/tmp/evil.txt", "scripts/../../evil.txt", "..\\evil.txt"):
        path = tmp_path / "bad.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(SKILL_FILE, SKILL)
            archive.writestr(bad, "evil")
        with pytest.raises(SkillRefused):
            await sandbox.look_in(str(path))
    assert not list(tmp_path.rglob("evil*"))


async def test_a_zip_that_swells_is_refused(sandbox, tmp_path):
    """A megabyte of zeros packed into a kilobyte is not read, whatever size it declares."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SKILL_FILE, SKILL)
        archive.writestr("zeros.txt", b"\0" * 1024 * 1024)
    with pytest.raises(SkillRefused):
        await sandbox.look_in(str(path))


async def test_a_good_zip_is_taken_also_with_a_folder_around_it(sandbox, tmp_path):
    """What people pack is a folder; its files are the skill's."""
    path = tmp_path / "tea.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"tea/{SKILL_FILE}", SKILL)
    assert await sandbox.look_in(str(path)) == {SKILL_FILE: SKILL}


async def test_a_link_in_a_folder_is_refused(sandbox, tmp_path):
    """A link to a file or a folder outside would make it part of a skill."""
    secret = tmp_path / "outside"
    secret.mkdir()
    (secret / "secret.txt").write_text("Theo")
    for target in (secret, secret / "secret.txt"):
        given = tmp_path / f"given-{target.name}"
        given.mkdir()
        (given / SKILL_FILE).write_bytes(SKILL)
        (given / "data").symlink_to(target)
        with pytest.raises(SkillRefused):
            await sandbox.look_in(str(given))


async def test_what_lies_there_is_for_this_person_only(sandbox, tmp_path):
    """Folders are 0700, files 0600."""
    await sandbox.keep("tea", 1, {SKILL_FILE: SKILL})
    await sandbox.place("tea", 1)
    for path in (tmp_path / "skills").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


async def test_a_run_that_waits_for_the_host_ends_too(tmp_path):
    """What is granted may hang; the run as a whole ends all the same, and the next one runs."""
    hasty = FolderSkills(tmp_path / "skills", whole_s=0.3)

    async def never():
        await asyncio.Event().wait()
        return ""

    try:
        with pytest.raises(SkillTooMuch):
            await hasty.run(body("return never()"), "", {"never": never})
        with pytest.raises(SkillBroke):
            await hasty.run(body("return 1 / 0"), "", {})
    finally:
        await hasty.aclose()


async def test_a_missing_interpreter_is_an_error_of_ours(tmp_path):
    """Where the sandbox can't start, a skill breaks in words, and nothing runs anywhere else."""
    lost = FolderSkills(tmp_path / "skills", interpreter=str(tmp_path / "nowhere"))
    with pytest.raises(SkillBroke, match="can't be started"):
        await lost.run(body("return 'x'"), "", {})
    await lost.aclose()
