"""Any other brain: a server on this machine or in the house that speaks OpenAI's protocol, or a provider.

What is said goes to the address that the person chose and nowhere else: no instrumentation, no telemetry, no second try
at another address, and for a server on this machine no proxy. Nothing of a talk or of a key is ever put into an error.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from someone.brains.fitting import fit, neutral
from someone.brains.streams import Tidy
from someone.errors import BrainError, BrainFailed, BrainKeyRefused, BrainUnknown, BrainUnreachable
from someone.mind.deliberation import Prompt
from someone.ports import Ability

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import Model

SERVERS = {
    "ollama": ("Ollama", "http://127.0.0.1:11434/v1"),
    "lmstudio": ("LM Studio", "http://127.0.0.1:1234/v1"),
    "llamacpp": ("llama.cpp", "http://127.0.0.1:8080/v1"),
    "vllm": ("vLLM", "http://127.0.0.1:8000/v1"),
}
"""Servers that speak OpenAI's protocol: what to call them, and where they listen when nobody says otherwise."""

PROVIDERS = {
    "openai": ("OpenAI", "openai"),
    "anthropic": ("Anthropic", "anthropic"),
    "google": ("Google", "google"),
    "mistral": ("Mistral", "mistral"),
    "groq": ("Groq", "groq"),
    "cohere": ("Cohere", "cohere"),
    "openrouter": ("OpenRouter", "openai"),
    "deepseek": ("DeepSeek", "openai"),
    "together": ("Together", "openai"),
    "fireworks": ("Fireworks", "openai"),
}
"""Providers: what to call them, and the extra of ``pydantic-ai-slim`` that brings their client."""

OPENAI = "https://api.openai.com/v1"

FIRST_EVENT_S = 120.0
"""Seconds until the first words: a local server may have to load many gigabytes before."""

SILENCE_S = 60.0
"""Seconds between two pieces."""

PATIENCE = 1
"""A capable model may mean a refrain: one repetition of a sentence is let through."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a brain is: ``kind`` as in the spec, ``model`` as the server calls it, ``label`` for people."""

    kind: str
    model: str
    label: str
    base_url: str | None

    @property
    def local(self) -> bool:
        return self.base_url is not None and urlsplit(self.base_url).hostname in _LOOPBACK


class RemoteBrain:
    """A brain behind an address. ``spec`` is ``kind:model``, for example ``ollama:llama3.2`` or ``openai:gpt-5-mini``.

    ``base_url`` moves a server elsewhere (with ``openai:`` it names any server that speaks the protocol); without
    ``api_key`` the key is taken from where the provider's own tools look (``OPENAI_API_KEY`` ...). ``context`` in
    tokens. Nothing is imported and nothing is asked before the first ``warm`` or ``reply``. Raises BrainUnknown for a
    spec that names no kind of brain.
    """

    def __init__(
        self, spec: str, *, base_url: str | None = None, api_key: str | None = None, context: int = 8192
    ) -> None:
        self.name = spec
        self._place = _place(spec, base_url)
        self._key = api_key
        self.ability = Ability(dialect="large", context=context, local=self._place.local)
        self.note = ""
        self._model: Model | None = None
        self._client: Any = None

    async def warm(self) -> None:
        """Import the client (about two seconds, on a thread) and prepare it. Connects to nothing. Raises BrainError."""
        if self._model is None:
            await asyncio.to_thread(self._build)

    async def reply(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """Stream a tidied reply. Raises BrainUnreachable, BrainFailed, BrainKeyRefused, BrainUnknown, also midway."""
        await self.warm()
        tidy, begun, error = Tidy(patience=PATIENCE), False, None
        finish = ["error"]
        pieces = self._pieces(prompt, finish)
        try:
            async for piece in pieces:
                begun = True
                if text := tidy.feed(piece):
                    yield text
                if tidy.done:
                    break
        except Exception as e:  # noqa: BLE001  The boundary to foreign clients; each error is named.
            error = _named(e, self._place.label, begun=begun)
        finally:
            await pieces.aclose()
        if text := tidy.end(finish[0] if error is None else "error"):
            yield text
        if error is not None:
            raise error
        if finish[0] == "error" and not tidy.done:
            raise BrainFailed(f"{self._place.label} broke off in the middle of a reply.")

    def expect(self, beginning: Prompt) -> None:
        """Nothing: a server keeps its own cache, and reading ahead could cost the person money."""

    async def aclose(self) -> None:
        """Close the connections. Safe to call twice."""
        client, self._client, self._model = self._client, None, None
        if client is not None:
            await client.aclose()

    async def _pieces(self, prompt: Prompt, finish: list[str]) -> AsyncGenerator[str, None]:
        """The text of the reply as it comes; ``finish[0]`` becomes how the model said that it ended."""
        from pydantic_ai.direct import model_request_stream
        from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta
        from pydantic_ai.settings import ModelSettings

        assert self._model is not None
        fitted = fit(prompt, self.ability.context)
        settings = ModelSettings(
            max_tokens=fitted.max_tokens,
            temperature=fitted.temperature,
            timeout=SILENCE_S if not self.ability.local else FIRST_EVENT_S,
            first_event_timeout=FIRST_EVENT_S,
            max_retries=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # A model that takes no temperature is no news for the person.
            opened = model_request_stream(self._model, _messages(fitted), model_settings=settings, instrument=False)
        async with opened as stream:
            async for event in stream:
                if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart) and event.part.content:
                    yield event.part.content
                elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
                    yield event.delta.content_delta
            finish[0] = stream.finish_reason or "error"

    def _build(self) -> None:
        """Make the model. On a thread: the imports take seconds."""
        place = self._place
        error: BrainError | None = None
        try:
            if place.kind in SERVERS or place.base_url is not None:
                self._model, self._client = _compatible(place, self._key)
            else:
                self._model = _provided(place, self._key)
        except ImportError:
            extra = PROVIDERS.get(place.kind, ("", "openai"))[1]
            error = BrainUnknown(
                f"The part that talks to {place.label} is not installed.",
                do=f"Install it with `pip install 'pydantic-ai-slim[{extra}]'`, or choose another brain.",
            )
        except Exception as e:  # noqa: BLE001  The boundary to foreign clients; each error is named.
            error = _unbuilt(e, place.label)
        if error is not None:
            raise error


def _place(spec: str, base_url: str | None) -> _Place:
    kind, _, model = spec.partition(":")
    if not model or (kind not in SERVERS and kind not in PROVIDERS):
        known = ", ".join([*SERVERS, *PROVIDERS])
        raise BrainUnknown(do=f"Name it as kind:model, where kind is one of {known}.")
    if kind in SERVERS:
        label, usual = SERVERS[kind]
        return _Place(kind, model, label, base_url or usual)
    label = PROVIDERS[kind][0] if base_url is None else urlsplit(base_url).hostname or "the server"
    return _Place(kind, model, label, base_url)


def _compatible(place: _Place, key: str | None) -> tuple[Model, Any]:
    """A model behind OpenAI's protocol at ``place.base_url``, and the client to close at the end."""
    import httpx2
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    assert place.base_url is not None
    client = httpx2.AsyncClient(trust_env=not place.local, follow_redirects=False)
    provider = OpenAICompatibleProvider(place.kind, base_url=place.base_url, api_key=key, http_client=client)
    return OpenAIChatModel(place.model, provider=provider), client


def _provided(place: _Place, key: str | None) -> Model:
    """A provider's model at the provider's own address, whatever the environment says about addresses."""
    from pydantic_ai.models import infer_model
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers import Provider, infer_provider_class
    from pydantic_ai.providers.openai import OpenAIProvider

    if place.kind == "openai":
        return OpenAIChatModel(place.model, provider=OpenAIProvider(base_url=OPENAI, api_key=_openai_key(key)))

    def provider(name: str) -> Provider[Any]:
        made: Any = infer_provider_class(name)
        return made(api_key=key) if key else made()

    return infer_model(f"{place.kind}:{place.model}", provider)


def _openai_key(key: str | None) -> str:
    import os

    from pydantic_ai.exceptions import UserError

    found = key or os.environ.get("OPENAI_API_KEY")
    if not found:
        raise UserError("no key")
    return found


def _messages(prompt: Prompt) -> list[ModelMessage]:
    """The prompt as a provider takes it. All system lines, the note too, go first, as the instructions: many chat
    templates refuse or misplace a system line in the middle.
    """
    from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart

    instructions = "\n\n".join(neutral(line.text) for line in prompt.lines if line.role == "system")
    messages: list[ModelMessage] = []
    for line in prompt.lines:
        if line.role == "user":
            messages.append(ModelRequest([UserPromptPart(neutral(line.text))], instructions=instructions))
        elif line.role == "assistant":
            messages.append(ModelResponse([TextPart(neutral(line.text))]))
    return messages or [ModelRequest([UserPromptPart("")], instructions=instructions)]


def _unbuilt(error: Exception, label: str) -> BrainError:
    from pydantic_ai.exceptions import UserError

    if isinstance(error, UserError):
        return BrainKeyRefused(f"{label} needs a key, and none is set.")
    return BrainFailed(f"The part that talks to {label} could not be started.")


def _named(error: Exception, label: str, *, begun: bool) -> BrainError:
    """Our error for a foreign one. Takes its kind and nothing of its text, which may hold what was said."""
    from pydantic_ai import exceptions as x

    gone = BrainFailed(f"{label} broke off in the middle of a reply.")
    nowhere = BrainUnreachable(f"{label} does not answer.")
    wait = BrainFailed(f"{label} is asking me to wait.", do="Say it again in a minute, or choose another brain.")
    spent = BrainFailed(f"The account at {label} is used up.", do="Top it up, or choose another brain.")
    table: list[tuple[type[Exception], BrainError]] = [
        (x.ModelAuthenticationError, BrainKeyRefused(f"{label} did not accept the key.")),
        (x.ModelNotFoundError, BrainUnknown(f"{label} has no model of that name.")),
        (x.ModelQuotaExceededError, spent),
        (x.ModelRateLimitError, wait),
        (x.ModelOverloadedError, wait),
        *((kind, gone if begun else nowhere) for kind in (x.ModelConnectionError, x.ModelRequestTimeout)),
        *((kind, gone if begun else nowhere) for kind in (x.ModelUnavailableError, OSError)),
    ]
    if isinstance(error, BrainError):
        return error
    return next((ours for kind, ours in table if isinstance(error, kind)), BrainFailed(f"{label} failed."))
