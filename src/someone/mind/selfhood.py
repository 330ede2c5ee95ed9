"""Who she is: a pure fold over the self journal."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from someone.mind.moments import BondId, BondOpened, Entry, Named, Woke

FOLD = "self"
VERSION = 1


class Self(BaseModel):
    """Her name and its reason, when she woke, the names she has already offered, and the bonds there are."""

    model_config = ConfigDict(frozen=True)

    seed: int = 0
    woke_at: datetime | None = None
    name: str = ""
    reason: str = ""
    runners_up: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    bonds: tuple[BondId, ...] = ()


def step(me: Self, entry: Entry) -> Self:
    """The self after one more moment."""
    match entry.moment:
        case Woke(seed=seed):
            return me.model_copy(update={"seed": seed, "woke_at": entry.at})
        case Named(name=name, reason=reason, runners_up=others):
            return me.model_copy(
                update={"name": name, "reason": reason, "runners_up": others, "offered": (*me.offered, name)}
            )
        case BondOpened(bond=bond):
            return me.model_copy(update={"bonds": (*me.bonds, BondId(bond))})
        case _:
            return me
