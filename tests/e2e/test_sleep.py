"""`someone sleep` and `someone backups`, as a person meets them, with the embedded brain."""

from __future__ import annotations

from tests.e2e.test_cli import WAKE, env, out, run

__all__ = ["env"]

DAY = b"""I found an old lighthouse lamp in the cellar of the house.
My sister Mara moved to Porto for a job at the shipyard.
Our garden gate fell off and I carried it into the garage.
"""


def test_a_night_and_the_morning(env, tmp_path):
    """She sleeps, tells step by step and in sum, again without doing anything twice; asked, she tells of night and dream;
    and the backup restores to a home that remembers.
    """
    run(env, *WAKE)
    assert "No backup yet" in out(run(env, "backups"))
    run(env, "talk", stdin=DAY)
    first = out(run(env, "sleep"))
    assert "reading what you told me..." in first
    assert "One backup was made, and restored as a proof." in first
    assert out(run(env, "sleep")).splitlines()[-1] == first.splitlines()[-1]
    (backup,) = out(run(env, "backups")).splitlines()
    assert "restored as a proof on" in backup
    assert "restored on trial" in out(run(env, "doctor"))
    assert "I take the night to sort things." in out(run(env, "say", "did you sleep?"))
    assert "I dreamed" in out(run(env, "say", "what did you dream about?"))
    again = tmp_path / "again"
    assert str(again) in out(run(env, "backups", "restore", backup.split()[0], "--to", str(again)))
    assert "lighthouse lamp" in out(run(env | {"SOMEONE_HOME": str(again)}, "journal"))
    refused = run(env, "backups", "restore", backup.split()[0], "--to", str(again), ok=False)
    assert refused.returncode == 1
    assert b"not empty" in refused.stderr
    assert list(again.iterdir())
