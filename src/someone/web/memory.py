"""What the page's drawer "what I know about you" asks: to see what she holds, and to steer it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from someone.errors import InputError
from someone.home import House

MOST_DAYS = 400
"""Days of talk that the calendar shows, the newest ones."""

Body = Callable[[Request], Awaitable[dict[str, Any]]]


class Asked(BaseModel):
    """What the list is narrowed to. Days as the page's date fields give them, or words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field("", max_length=1000)
    person: str = Field("", max_length=200)
    since: str = Field("", max_length=100)
    until: str = Field("", max_length=100)


class Correction(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    fact: str = Field(max_length=200)
    text: str = Field("", max_length=2000)


class Forgetting(BaseModel):
    """The moments to be emptied: those behind what is to be forgotten."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    ids: list[int] = Field(min_length=1, max_length=1000)


class Merging(BaseModel):
    """Two people, by key, who are one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    one: str = Field(max_length=200)
    other: str = Field(max_length=200)


def routes(house: Callable[[], House], body: Body) -> list[Route]:
    """The calls of the drawer. ``house`` raises NotAwake before the wakening; ``body`` reads a JSON object."""

    async def known(request: Request) -> Response:
        asked = _valid(Asked, dict(request.query_params))
        return _answer(await house().memory(asked.text, asked.person, asked.since, asked.until))

    async def people(_: Request) -> Response:
        return _answer(await house().people())

    async def days(_: Request) -> Response:
        return _answer(await house().days(MOST_DAYS))

    async def behind(request: Request) -> Response:
        return _answer(await house().behind(request.query_params.get("fact", "")))

    async def correct(request: Request) -> Response:
        given = _valid(Correction, await body(request))
        return _answer(await house().correct(given.fact, given.text))

    async def forget(request: Request) -> Response:
        return JSONResponse({"gone": await house().forget(_valid(Forgetting, await body(request)).ids)})

    async def merge(request: Request) -> Response:
        given = _valid(Merging, await body(request))
        return _answer([await house().merge(given.one, given.other)])

    return [
        Route("/api/memory", known),
        Route("/api/memory/people", people),
        Route("/api/memory/days", days),
        Route("/api/memory/behind", behind),
        Route("/api/memory/correct", correct, methods=["POST"]),
        Route("/api/memory/forget", forget, methods=["POST"]),
        Route("/api/memory/merge", merge, methods=["POST"]),
    ]


M = TypeVar("M", bound=BaseModel)


def _valid(kind: type[M], given: dict[str, Any]) -> M:
    try:
        return kind.model_validate(given)
    except ValidationError:
        raise InputError("I could not read that.", safe="Nothing was changed.", do="Load this page again.") from None


def _answer(views: list[Any]) -> Response:
    return JSONResponse([v.model_dump(mode="json") for v in views])
