"""How the page's calls read what was sent, and answer with views."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from someone.errors import InputError

Body = Callable[[Request], Awaitable[dict[str, Any]]]
"""Reads the JSON object that was sent. Raises InputError."""

M = TypeVar("M", bound=BaseModel)


def valid(kind: type[M], given: dict[str, Any]) -> M:
    """What was given, checked. Raises InputError."""
    try:
        return kind.model_validate(given)
    except ValidationError:
        raise InputError("I could not read that.", safe="Nothing was changed.", do="Load this page again.") from None


def answer(views: Sequence[BaseModel]) -> Response:
    return JSONResponse([v.model_dump(mode="json") for v in views])
