"""The wall between people. Storage keeps each bond in a file of its own under a key of its own; this is the last gate
before a prompt: whatever is not of this bond stops the turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from someone.errors import WallBreach
from someone.mind.moments import BondId
from someone.mind.recall import Hit


def admit(bond: BondId, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, all of this bond. Raises WallBreach when one is of another."""
    if any(hit.bond != bond for hit in hits):
        raise WallBreach
    return tuple(hits)
