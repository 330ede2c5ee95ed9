"""What the page's drawer "what I know about you" asks: to see what she holds, and to steer it."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from someone.house import House
from someone.web.asking import Body, answer, valid

MOST_DAYS = 400
"""Days of talk that the calendar shows, the newest ones."""


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
        asked = valid(Asked, dict(request.query_params))
        return answer(await house().memory(asked.text, asked.person, asked.since, asked.until))

    async def people(_: Request) -> Response:
        return answer(await house().people())

    async def days(_: Request) -> Response:
        return answer(await house().days(MOST_DAYS))

    async def behind(request: Request) -> Response:
        return answer(await house().behind(request.query_params.get("fact", "")))

    async def correct(request: Request) -> Response:
        given = valid(Correction, await body(request))
        return answer(await house().correct(given.fact, given.text))

    async def forget(request: Request) -> Response:
        return JSONResponse({"gone": await house().forget(valid(Forgetting, await body(request)).ids)})

    async def merge(request: Request) -> Response:
        given = valid(Merging, await body(request))
        return answer([await house().merge(given.one, given.other)])

    return [
        Route("/api/memory", known),
        Route("/api/memory/people", people),
        Route("/api/memory/days", days),
        Route("/api/memory/behind", behind),
        Route("/api/memory/correct", correct, methods=["POST"]),
        Route("/api/memory/forget", forget, methods=["POST"]),
        Route("/api/memory/merge", merge, methods=["POST"]),
    ]
