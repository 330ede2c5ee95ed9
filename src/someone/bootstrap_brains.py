"""The brains: building the one in use, listing what there is, and fetching a stronger one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from someone import settings as settings_module
from someone.errors import BrainUnknown, KeyMissing
from someone.house import Brains
from someone.settings import Settings
from someone.talk import Talk
from someone.views import BrainView, OfferView, TrialView

if TYPE_CHECKING:
    from someone.ports import Brain


def build_brain(settings: Settings, spec: str, url: str = "") -> Brain:
    """The brain of this name. Raises BrainUnknown."""
    if spec == "embedded":
        from someone.brains.embedded import EmbeddedBrain

        return EmbeddedBrain(
            threads=settings.brain_threads or None,
            context=settings.brain_context,
            cache=settings_module.cache_folder(),
        )
    from someone.brains import catalogue

    if spec.startswith(catalogue.PREFIX):
        from someone.brains.fetched import FetchedBrain

        if (offer := catalogue.offer(spec)) is None:
            raise BrainUnknown
        threads = settings.brain_threads or None
        return FetchedBrain(offer.spec, brains_folder() / offer.file, threads=threads)
    from someone.brains.remote import RemoteBrain

    return RemoteBrain(spec, base_url=url or None, api_key=brain_key(spec))


def brains_folder() -> Path:
    """Where fetched brains lie. They can be fetched again, and hold nothing of a person."""
    return settings_module.cache_folder() / "brains"


def brain_key(spec: str) -> str | None:
    """A provider's key: SOMEONE_BRAIN_KEY, else from the keychain of this account; None where there is none."""
    if given := os.environ.get("SOMEONE_BRAIN_KEY"):
        return given
    from someone.journal.keychain import KeychainError, SystemKeychain

    chain = SystemKeychain()
    try:
        return chain.get(_key_name(spec)) if chain.available() else None
    except KeychainError:
        return None


def keep_brain_key(spec: str, key: str) -> None:
    """Put a provider's key into the keychain. Raises KeyMissing where this account has none that works."""
    from someone.journal.keychain import KeychainError, SystemKeychain

    chain = SystemKeychain()
    try:
        if chain.available():
            chain.set(_key_name(spec), key)
            return
    except KeychainError as e:
        raise KeyMissing("The keychain did not take the key.") from e
    raise KeyMissing(
        "This account has no keychain to keep the key in.",
        safe="The key was not written anywhere.",
        do="Set SOMEONE_BRAIN_KEY instead.",
    )


def _key_name(spec: str) -> str:
    return f"brain/{spec.partition(':')[0]}"


def offers(memory_gb: float) -> list[OfferView]:
    """The brains that can be fetched; ``fits`` marks the strongest that a machine with this much memory holds."""
    from someone.brains import catalogue

    best = catalogue.fitting(memory_gb)
    return [
        OfferView(
            name=o.name,
            spec=o.spec,
            model=o.model,
            address=o.address,
            sha256=o.sha256,
            licence=o.licence,
            gigabytes=o.gigabytes,
            memory=o.memory,
            why=o.why,
            fits=o is best,
            here=(brains_folder() / o.file).is_file(),
        )
        for o in catalogue.OFFERS
    ]


def fetch(offer: OfferView, progress: Callable[[int, int], None]) -> Path:
    """Fetch it, go on where a stop left off, check it. Raises FetchFailed, DiskFull."""
    from someone.brains import fetching

    return fetching.fetch(offer.address, offer.sha256, brains_folder() / offer.file, progress)


def brains(settings: Settings, talk: Talk) -> Brains:
    """How this home lists, tries and switches brains."""
    from someone.brains import catalogue, discovery

    def remember(spec: str, url: str) -> None:
        settings_module.write("brain", spec)
        settings_module.write("brain_url", url)

    async def listed() -> list[BrainView]:
        found = await discovery.find_local()
        there = [BrainView(spec="embedded", note=_can(build_brain(settings, "embedded")))]
        there += [
            BrainView(spec=o.spec, note=f"fetched: {o.model}")
            for o in catalogue.OFFERS
            if (brains_folder() / o.file).is_file()
        ]
        there += [
            BrainView(spec=f"{f.kind}:{model}", url=f.base_url, note=f"found: {f.label}")
            for f in found
            for model in f.models
        ]
        shown = [b.model_copy(update={"in_use": b.spec == talk.brain.name}) for b in there]
        if not any(b.in_use for b in shown):
            local = talk.brain.ability.local
            shown.append(BrainView(spec=talk.brain.name, in_use=True, local=local, note=_can(talk.brain)))
        return shown

    async def trial(brain: Brain) -> TrialView:
        t = await discovery.try_brain(brain)
        return TrialView(
            spec=brain.name,
            ok=t.ok,
            first_token_s=t.first_token_s or 0.0,
            tokens_per_s=t.tokens_per_s or 0.0,
            can=_can(brain),
            error=t.what,
        )

    return Brains(
        build=lambda spec, url: build_brain(settings, spec, url), listed=listed, trial=trial, remember=remember
    )


def _can(brain: Brain) -> str:
    """What a brain can do, in words."""
    can = ["talks"]
    can += ["uses tools"] if brain.ability.tools else []
    can += ["gives structured answers"] if brain.ability.structured else []
    return f"{', '.join(can)}; {brain.ability.context:,} tokens of context"
