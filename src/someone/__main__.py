"""``python -m someone``."""

from someone.cli.main import run

run()
