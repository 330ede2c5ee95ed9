"""The product as a person meets it: commands in a process of their own, on a home of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

SOMEONE = str(Path(sys.executable).with_name("someone"))
WAKE = ("wake", "--accept-notice", "--call-me", "Theo", "--about", "My sister Mara lives in Oslo.", "--seed", "7")


@pytest.fixture
def env(tmp_path):
    """A home of its own, the key in a file, no vectors (they have tests of their own)."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SOMEONE_")}
    return kept | {
        "SOMEONE_HOME": str(tmp_path / "home"),
        "SOMEONE_KEY": "file",
        "SOMEONE_EMBEDDER": "none",
        "NO_COLOR": "1",
    }


def run(env, *args, stdin=None, ok=True):
    done = subprocess.run([SOMEONE, *args], env=env, input=stdin, capture_output=True, timeout=120)
    assert not ok or done.returncode == 0, done.stderr.decode()
    return done


def out(done):
    return done.stdout.decode()


def test_a_first_evening_and_the_next_day(env):
    """Woken, told something, and in another process asked for it: the words come back exactly."""
    assert "." in out(run(env, *WAKE))
    lines = b"hello\nMy dentist is called Dr Okafor.\nI love rye bread\n"
    first = out(run(env, "talk", stdin=lines)).splitlines()
    assert len(first) == 3
    assert all(first)
    said = out(run(env, "say", "what's my dentist called?"))
    assert "Your dentist is called Dr Okafor." in said
    assert "Your sister Mara lives in Oslo." in out(run(env, "say", "where does my sister live?"))
    who = out(run(env, "who"))
    assert "Theo" in who
    assert "Dr Okafor" in who
    why = out(run(env, "why", "dentist is called"))
    assert "My dentist is called Dr Okafor." in why
    assert "by rule" in why
    assert "the same" in out(run(env, "replay", "--check"))


def test_what_she_knows_is_seen_and_steered(env):
    """Facts are listed with their numbers, corrected, merged and forgotten; the answers follow at once."""
    run(env, *WAKE)
    lines = b"My aunt Bee keeps bees.\nMy friend Beatrix makes wine.\nI live in Leeds.\n"
    run(env, "talk", stdin=lines)
    listed = out(run(env, "memory"))
    assert "#1 " in listed
    assert "I live in Leeds." in listed
    assert "Mara" in out(run(env, "memory", "people"))
    assert "sister" in out(run(env, "memory", "person", "mara"))
    assert "Oslo" in out(run(env, "memory", "search", "oslo", "--person", "Mara"))
    assert "3 lines from you" in out(run(env, "memory", "days"))
    assert "Mara lives in Oslo" in out(run(env, "why", "#1"))
    assert "this is what you told me" in out(run(env, "why", "Beatrix makes wine"))
    run(env, "memory", "correct", "1", "My sister Mara lives in Bergen.")
    assert "Bergen" in out(run(env, "say", "where does my sister live?"))
    assert "Corrected: My sister Mara lives in Bergen." in out(run(env, "why"))
    assert "Beatrix" in out(run(env, "memory", "merge", "Bee", "Beatrix"))
    (number,) = [line.split()[0] for line in listed.splitlines() if "Leeds" in line]
    assert "Forgotten" in out(run(env, "memory", "forget", number, "--yes"))
    assert "Leeds" not in out(run(env, "memory"))
    failed = run(env, "memory", "person", "Zoe", ok=False)
    assert failed.returncode == 1
    assert b"nobody called Zoe" in failed.stderr
    assert "the same" in out(run(env, "replay", "--check"))


def test_skills_are_taught_given_allowed_and_taken_back(env, tmp_path):
    """By talk and by files, each step in a process of its own; what lies in the home is hers alone to read."""
    run(env, *WAKE)
    assert "None yet" in out(run(env, "skills"))
    assert "Say yes" in out(run(env, "say", "Let me teach you: when I say ahoy, you say Land ahead."))
    assert "waits for your word" in out(run(env, "skills"))
    run(env, "say", "yes")
    assert "Land ahead." in out(run(env, "say", "Ahoy!"))
    listed = out(run(env, "skills"))
    assert "ahoy  in use, used once" in listed
    assert "I answer “Land ahead.”" in listed

    folder = tmp_path / "dice"
    (folder / "scripts").mkdir(parents=True)
    front = '---\nname: day-teller\ndescription: Tells the day.\nmetadata: {say: "tell the day aloud", scopes: today}\n---\n'
    (folder / "SKILL.md").write_text(front + "Say the day.\n")
    (folder / "scripts" / "main.py").write_text("def answer(text):\n    return 'It is ' + today() + '.\u202e'\n")
    assert "does nothing yet" in out(run(env, "skills", "install", str(folder)))
    assert "Nothing was allowed" in out(run(env, "skills", "approve", "day-teller", stdin=b"n\n"))
    shown = out(run(env, "skills", "approve", "day-teller", "--yes"))
    assert "may know today's date, and nothing else" in shown
    assert "def answer(text):" in shown
    assert "\\u202e" in shown, "a mark that hides what code says was not written out"
    assert "It is 20" in out(run(env, "say", "tell the day aloud"))
    assert "don't use" in out(run(env, "skills", "back", "day"))
    assert "taken back" in out(run(env, "skills"))
    assert "on the shelf" in out(run(env, "skills", "shelve", "ahoy"))
    assert "out of the shelf" in out(run(env, "skills", "shelve", "ahoy", "--off"))
    failed = run(env, "skills", "show", "nothing-here", ok=False)
    assert b"no skill of that name" in failed.stderr
    bad = run(env, "skills", "install", str(tmp_path / "nowhere"), ok=False)
    assert b"no folder" in bad.stderr
    assert "the same" in out(run(env, "replay", "--check"))

    home = Path(env["SOMEONE_HOME"])
    assert {oct(p.stat().st_mode & 0o777) for p in (home / "skills").rglob("*")} == {"0o700", "0o600"}
    run(env, "export", "--to", str(tmp_path / "out"))
    assert "Land ahead." in (tmp_path / "out" / "skills" / "ahoy" / "1" / "SKILL.md").read_text()
    assert "allowed" in out(run(env, "journal", "--limit", "50"))
    run(env, "erase", stdin=b"ERASE\n")
    assert not (home / "skills").exists()


def test_lines_piped_into_a_fresh_home_are_answered(env):
    """Without a terminal the notice goes to standard error and each line gets one line back."""
    done = run(env, "talk", stdin=b"good morning\nare you a human being?\nbye\nthis is not read any more\n")
    replies = out(done).splitlines()
    assert len(replies) == 3
    assert "AI" in replies[1]
    assert "18 or older" in done.stderr.decode()


def test_the_questions_can_be_answered_through_a_pipe(env):
    """A first line of yes means that the next three lines answer the questions."""
    run(env, "talk", stdin=b"yes\nTheo\na man's\nMy sister Mara lives in Oslo.\nhello\n")
    found = [json.loads(line) for line in _exported(env, "bond.jsonl")]
    met = next(m for m in found if m["kind"] == "Met")
    assert (met["called"], met["voice"], met["about"]) == ("Theo", "man", "My sister Mara lives in Oslo.")


def _exported(env, name):
    run(env, "export", "--to", env["SOMEONE_HOME"] + "-export")
    return (Path(env["SOMEONE_HOME"] + "-export") / name).read_text().splitlines()


def test_export_holds_everything_and_is_private(env):
    """All moments as JSON Lines, the talk as Markdown, readable by this account alone."""
    run(env, *WAKE)
    run(env, "say", "I live in Leeds")
    kinds = [json.loads(line)["kind"] for line in _exported(env, "bond.jsonl")]
    assert kinds[0] == "Met"
    assert {"Heard", "Said"} <= set(kinds)
    folder = Path(env["SOMEONE_HOME"] + "-export")
    assert "I live in Leeds" in (folder / "talks.md").read_text()
    assert {oct(f.stat().st_mode & 0o777) for f in folder.iterdir()} == {"0o600"}


def test_forgetting_is_asked_for_and_complete(env):
    """Nothing changes without a yes; after it the words are nowhere, and a later question finds nothing."""
    run(env, *WAKE)
    run(env, "say", "My neighbour Bernadette sings at night")
    assert "Nothing was forgotten" in out(run(env, "forget", "Bernadette", stdin=b"n\n"))
    assert "Forgotten" in out(run(env, "forget", "Bernadette", "--yes"))
    assert "Bernadette" not in out(run(env, "journal"))
    assert "Bernadette" not in "\n".join(_exported(env, "bond.jsonl"))
    assert "don't know" in out(run(env, "say", "what's my neighbour called?"))
    assert "the same" in out(run(env, "replay", "--check"))


def test_erase_needs_the_word_and_leaves_nothing(env):
    """Without ERASE nothing happens; with it key and journals are gone and the home can be woken anew."""
    run(env, *WAKE)
    assert "Nothing was changed" in out(run(env, "erase", stdin=b"no\n"))
    run(env, "who")
    run(env, "erase", stdin=b"ERASE\n")
    left = [p.name for p in Path(env["SOMEONE_HOME"]).rglob("*") if p.is_file()]
    assert not any(n.endswith(".db") or n.startswith("key") for n in left)
    assert run(env, "who", ok=False).returncode == 1
    run(env, *WAKE)


def test_two_processes_share_one_home(env):
    """While a talk owns the home, other commands reach it through its socket and see what it said."""
    run(env, *WAKE)
    talk = pexpect.spawn(SOMEONE, ["talk"], env=env, timeout=60, encoding="utf8")
    talk.expect("is here")
    talk.expect("Theo ›")
    said = out(run(env, "say", "My boat is called Petrel"))
    assert said.strip()
    assert "My boat is called Petrel" in out(run(env, "journal"))
    assert run(env, "erase", "--yes", ok=False).returncode == 1
    talk.sendline("what's my boat called?")
    talk.expect("Your boat is called Petrel")
    talk.sendline("bye")
    talk.expect(pexpect.EOF)
    run(env, "who")


def test_ctrl_c_interrupts_her_and_not_the_program(env):
    """Ctrl-C at any time leaves a talk that answers the next line."""
    run(env, *WAKE)
    talk = pexpect.spawn(SOMEONE, ["talk"], env=env, timeout=60, encoding="utf8")
    talk.expect("›")
    talk.sendcontrol("c")
    talk.sendline("tell me a long story about the sea")
    talk.sendintr()
    talk.expect("Theo ›")
    talk.sendline("are you a person?")
    talk.expect("AI")
    talk.expect("Theo ›")
    talk.sendcontrol("d")
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0


def test_a_killed_owner_leaves_a_home_that_opens(env):
    """SIGKILL in the middle of a talk: the next command takes the lock and finds what was acknowledged."""
    run(env, *WAKE)
    talk = pexpect.spawn(SOMEONE, ["talk"], env=env, timeout=60, encoding="utf8")
    talk.expect("›")
    talk.sendline("My boat is called Petrel")
    talk.expect("Demarcus ›")
    talk.kill(signal.SIGKILL)
    talk.wait()
    assert "My boat is called Petrel" in out(run(env, "journal"))


def test_the_wakening_in_a_terminal(env):
    """Notice, yes, three questions, the name with its reason, choose again, keep."""
    talk = pexpect.spawn(SOMEONE, ["talk"], env=env, timeout=60, encoding="utf8")
    talk.expect("18 or older")
    talk.sendline("yes")
    talk.expect("call you")
    talk.sendline("Theo")
    talk.expect("voice")
    talk.sendline("you choose")
    talk.expect("matters to you")
    talk.sendline("My sister Mara lives in Oslo.")
    talk.expect(r"called (\S+)\. ")
    first = talk.match.group(1)
    talk.sendline("again")
    talk.expect(r"called (\S+)\. ")
    second = talk.match.group(1)
    assert first != second
    talk.sendline("")
    talk.expect(f"I'm {second}")
    talk.expect("›")
    talk.sendline("bye")
    talk.expect(pexpect.EOF)
    assert out(run(env, "who")).startswith(second)


def test_without_a_yes_nothing_is_made(env):
    """A no to the notice, or none given, leaves no home behind."""
    assert run(env, "wake", "--call-me", "Theo", ok=False).returncode == 1
    assert not list(Path(env["SOMEONE_HOME"]).rglob("*.db"))


def test_the_same_seed_and_answers_give_the_same_name(env, tmp_path):
    """The choice is repeatable, from flags and from a file of answers."""
    first = out(run(env, *WAKE))
    answers = tmp_path / "answers.toml"
    answers.write_text('accept-notice = true\ncall-me = "Theo"\nabout = "My sister Mara lives in Oslo."\nseed = 7\n')
    other = env | {"SOMEONE_HOME": str(tmp_path / "other")}
    assert out(run(other, "wake", "--answers", str(answers))) == first


def test_a_passphrase_locks_the_home(env):
    """With a passphrase the home opens with it, and with no other."""
    locked = env | {"SOMEONE_PASSPHRASE": "correct horse"}
    run(locked, *WAKE, "--passphrase")
    assert "passphrase" in out(run(locked, "doctor"))
    wrong = run(env | {"SOMEONE_PASSPHRASE": "wrong"}, "who", ok=False)
    assert wrong.returncode == 1
    assert "does not open this home" in wrong.stderr.decode()
    assert "SOMEONE_PASSPHRASE" in run(env, "who", ok=False, stdin=b"").stderr.decode()
    run(locked, "who")


@pytest.mark.parametrize("damage", ["foreign", "cut"])
def test_a_damaged_or_foreign_file_is_told_and_not_touched(env, damage):
    """The error names what is safe and what to do; the file stays byte for byte."""
    run(env, *WAKE)
    bond = next((Path(env["SOMEONE_HOME"]) / "bonds").glob("*.db"))
    bond.write_bytes(os.urandom(40_960) if damage == "foreign" else bond.read_bytes()[:9_000])
    before = bond.read_bytes()
    told = run(env, "say", "hello", ok=False)
    assert told.returncode == 1
    assert b"not touched" in told.stderr
    assert bond.read_bytes() == before


def test_bad_lines_in_a_pipe_do_no_harm(env):
    """Empty lines are passed over; a megabyte, invalid bytes and control characters each get one clear line."""
    run(env, *WAKE)
    done = run(
        env, "talk", stdin=b"\n   \n" + b"a" * 1_000_000 + b"\ncaf\xe9\n\x1b[31mred\x1b[0m hello\n\xf0\x9f\x98\x80\n"
    )
    replies = out(done).splitlines()
    assert len(replies) == 4
    assert "1,000,00" in replies[0]
    assert "not readable" in done.stderr.decode()
    assert b"\x1b" not in done.stdout


def test_no_content_in_errors_and_only_the_reply_on_standard_output(env):
    """`say` prints the reply and nothing else; errors never quote what was said."""
    run(env, *WAKE)
    assert len(out(run(env, "say", "what's my sister called?")).splitlines()) == 1
    broken = env | {"SOMEONE_BRAIN": "ollama:none", "SOMEONE_BRAIN_URL": "http://127.0.0.1:9/v1"}
    failed = run(broken, "say", "the secret word is xylophone", ok=False)
    assert failed.returncode == 1
    assert b"xylophone" not in failed.stderr + failed.stdout
    assert b"What you said is kept." in failed.stdout
    assert "xylophone" in out(run(env, "journal"))


def test_danger_is_answered_with_no_brain_at_all(env):
    """The number comes although the brain is unreachable."""
    run(env, *WAKE)
    broken = env | {
        "SOMEONE_BRAIN": "ollama:none",
        "SOMEONE_BRAIN_URL": "http://127.0.0.1:9/v1",
        "SOMEONE_COUNTRY": "GB",
    }
    assert "116 123" in out(run(broken, "say", "i dont want to be alive anymore"))


def test_settings_are_listed_with_where_they_come_from(env):
    """Every setting, its value, its origin and its variable."""
    listed = out(run(env, "settings"))
    for name in ("brain", "embedder", "country", "key", "longest_utterance"):
        assert f"SOMEONE_{name.upper()}" in listed
    assert "(variable" in listed
    assert "country = 'GB'" in out(run(env, "settings", "--set", "country=GB"))
    assert run(env, "settings", "--set", "nonsense=1", ok=False).returncode == 1


def test_brains_are_listed_and_tried(env):
    """The embedded brain is there, in use, and answers a try with its speed."""
    run(env, *WAKE)
    assert "→ embedded" in out(run(env, "brains"))
    tried = out(run(env, "brains", "try"))
    assert "tokens a second" in tried
    assert run(env, "brains", "use", "nonsense", ok=False).returncode == 1


def test_renaming_never_offers_a_name_twice(env):
    """Chosen again, and again: always a new name."""
    names = [out(run(env, *WAKE)).split(".")[0]] + [out(run(env, "rename")).split(".")[0] for _ in range(3)]
    assert len(set(names)) == 4


def test_a_read_only_home_is_told(env):
    """A home that can't be written gives a clear error, as an unprivileged person."""
    run(env, *WAKE)
    code = (
        "import os,sys; from someone.cli import main, show; from someone import bootstrap, owner, home;"
        "from someone.journal import keys, sqlcipher; from someone.memory import index, embedders;"
        "from someone.brains import embedded, discovery; import asyncio.unix_events;"
        "os.setgid(65534); os.setuid(65534); sys.argv=['someone','who']; main.run()"
    )
    if os.getuid() != 0:
        pytest.skip("needs root to become another user")
    for folder in [Path(env["SOMEONE_HOME"]), *Path(env["SOMEONE_HOME"]).parents]:
        if folder != Path("/") and folder.stat().st_uid == 0 and "pytest" in str(folder):
            folder.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, timeout=60)
    assert done.returncode == 1
    assert b"can't be" in done.stderr or b"can't be" in done.stdout
    assert b"Traceback" not in done.stderr


def test_help_needs_nothing_heavy(env):
    """`--help` answers without loading any adapter."""
    code = (
        "import sys; sys.argv=['someone','--help']\n"
        "from someone.cli.main import run\n"
        "try: run()\nexcept SystemExit: pass\n"
        "heavy={'pydantic','sqlalchemy','numpy','xllamacpp','pydantic_ai','rich','prompt_toolkit','asyncio'}&set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, timeout=60)
    heavy = set(eval(done.stderr.decode().splitlines()[-1]))
    assert not heavy & {"pydantic", "sqlalchemy", "numpy", "xllamacpp", "pydantic_ai", "prompt_toolkit"}
    assert b"wake" in done.stdout


def test_who_she_is_is_seen_and_steered(env):
    """On the first evening she has said nothing of herself, and says so; a number that is not there is told in words."""
    run(env, *WAKE)
    shown = out(run(env, "self"))
    assert "an AI, awake since" in shown
    assert "Nothing that I would hold to yet." in shown
    assert "A month ago I had said nothing of myself yet." in out(run(env, "self", "--last-month"))
    assert "On that day I had said nothing" in out(run(env, "self", "--at", "2020-01-01"))
    failed = run(env, "self", "pin", "7", ok=False)
    assert failed.returncode == 1
    assert b"number 7" in failed.stderr
    assert run(env, "self", "--at", "sometime", ok=False).returncode == 1
    assert "Not much yet. We've only just met." in out(run(env, "say", "what do you want?"))


def test_reaching_out_is_off_until_turned_on_and_is_steered(env):
    """Off at first; on shows the limits; what is open is listed with its number and let go by it."""
    run(env, *WAKE)
    run(env, "say", "I have an interview in three weeks")
    shown = out(run(env, "reach"))
    assert "I don't come to you unasked." in shown
    assert "the interview" in shown
    assert "never between 21:00 and 09:00" in out(run(env, "reach", "on"))
    number = next(line.split()[0] for line in shown.splitlines() if "the interview" in line)
    assert "I won't ask about the interview." in out(run(env, "reach", "let-go", number))
    assert "Nothing is open." in out(run(env, "reach"))
    assert b"nothing open with the number" in run(env, "reach", "let-go", number, ok=False).stderr
    assert "I don't come to you unasked." in out(run(env, "reach", "off"))
