"""What the page's view "becoming" asks: her days, her nights, the moments behind them; and how the person steers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from someone.house import House
from someone.web.asking import Body, answer, valid

MOST_BEHIND = 60
"""Moments shown behind one thing."""


class Span(BaseModel):
    """How many of the last days are wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(90, ge=1, le=40_000)


class Lately(BaseModel):
    """How many of the last nights are wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(1, ge=1, le=400)


class Which(BaseModel):
    """The numbers of moments, with commas between."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ids: Annotated[
        tuple[int, ...],
        BeforeValidator(lambda given: [i for i in str(given).split(",") if i]),
        Field(max_length=MOST_BEHIND),
    ]


class OfStatement(BaseModel):
    """A statement of her self, by its number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    statement: int


class Pinning(OfStatement):
    on: bool


class OfSkill(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(min_length=1, max_length=200)


class Allowing(OfSkill):
    """``digest``: of the files that the person was shown."""

    digest: str = Field(min_length=1, max_length=200)


class Shelving(OfSkill):
    on: bool


def routes(house: Callable[[], House], body: Body) -> list[Route]:
    """The calls of the view. ``house`` raises NotAwake before the wakening; ``body`` reads a JSON object."""

    async def becoming(request: Request) -> Response:
        seen = await house().becoming(valid(Span, dict(request.query_params)).days)
        return JSONResponse(seen.model_dump(mode="json"))

    async def nights(request: Request) -> Response:
        return answer(await house().nights(valid(Lately, dict(request.query_params)).limit))

    async def behind(request: Request) -> Response:
        return answer(await house().moments(list(valid(Which, dict(request.query_params)).ids)))

    async def pin(request: Request) -> Response:
        given = valid(Pinning, await body(request))
        return answer([await house().pin(given.statement, given.on)])

    async def take_back(request: Request) -> Response:
        return answer([await house().take_back(valid(OfStatement, await body(request)).statement)])

    async def read_skill(request: Request) -> Response:
        text = await house().skill(valid(OfSkill, dict(request.query_params)).name)
        return JSONResponse(text.model_dump(mode="json"))

    async def allow_skill(request: Request) -> Response:
        given = valid(Allowing, await body(request))
        return answer([await house().approve_skill(given.name, given.digest)])

    async def take_back_skill(request: Request) -> Response:
        return answer([await house().take_back_skill(valid(OfSkill, await body(request)).name)])

    async def shelve_skill(request: Request) -> Response:
        given = valid(Shelving, await body(request))
        return answer([await house().shelve_skill(given.name, given.on)])

    return [
        Route("/api/becoming", becoming),
        Route("/api/becoming/behind", behind),
        Route("/api/becoming/pin", pin, methods=["POST"]),
        Route("/api/becoming/take-back", take_back, methods=["POST"]),
        Route("/api/skills/read", read_skill),
        Route("/api/skills/allow", allow_skill, methods=["POST"]),
        Route("/api/skills/take-back", take_back_skill, methods=["POST"]),
        Route("/api/skills/shelve", shelve_skill, methods=["POST"]),
        Route("/api/nights", nights),
    ]
