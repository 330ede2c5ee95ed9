"""Draw docs/pictures/terminal.svg from a real talk: a new home, a real terminal (tmux), the embedded brain.

python docs/pictures/terminal.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
SOMEONE = str(Path(sys.executable).with_name("someone"))
LINES = (
    "My sister Mara got a job in Oslo!!",
    "I'm so proud of her",
    "where does my sister have a job?",
    "what's my brother called?",
    "are you a real person?",
    "good night",
)
COLUMNS, ROWS = 92, 30


def tmux(*args: str) -> str:
    return subprocess.run(["tmux", "-L", "someone", *args], check=True, capture_output=True, text=True).stdout  # noqa: S603, S607


def screen() -> str:
    return tmux("capture-pane", "-e", "-p", "-t", "talk")


def wait_for_prompt(seen: int) -> None:
    """Until the screen shows one more prompt than before, or the talk is over."""
    for _ in range(120):
        time.sleep(0.25)
        if screen().count("Theo ›") > seen or "$" in screen().rstrip().rsplit("\n", 1)[-1]:
            return


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"SOMEONE_HOME": home, "SOMEONE_KEY": "file"}
        wake = ["wake", "--accept-notice", "--call-me", "Theo", "--about", "My sister Mara.", "--seed", "11"]
        subprocess.run([SOMEONE, *wake], env=env, check=True)  # noqa: S603
        tmux("new-session", "-d", "-s", "talk", "-x", str(COLUMNS), "-y", str(ROWS), "env", f"SOMEONE_HOME={home}",
             "PS1=$ ", "bash", "--norc")  # fmt: skip
        tmux("send-keys", "-t", "talk", f"clear; PATH={Path(SOMEONE).parent}:$PATH; clear; someone talk", "Enter")
        wait_for_prompt(0)
        time.sleep(4)
        for line in LINES:
            seen = screen().count("Theo ›")
            tmux("send-keys", "-t", "talk", "-l", line)
            tmux("send-keys", "-t", "talk", "Enter")
            wait_for_prompt(seen)
            time.sleep(1.0)
        shown = screen().rstrip()
        tmux("kill-server")
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(shown))
    svg = console.export_svg(title="someone")
    # No picture of ours makes a reader's browser ask a third party for a font.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace")
    (HERE / "terminal.svg").write_text(svg, encoding="utf8")


if __name__ == "__main__":
    main()
