"""Expected failures as classes, and how they are told over HTTP (RFC 9457)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
AWAY = ("08", "53", "57P")
"""How SQLSTATEs begin that speak of the connection, of resources and of an operator's intervention:
https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """An expected failure that the caller can do something about.

    A subclass names its `status` and `code`; its first argument is the sentence that says what to do.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"

    def __init__(self, detail: str, *, headers: Mapping[str, str] | None = None, **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


class NotFound(Problem):
    """There is no such row, or it is not the caller's to see."""

    status = 404
    code = "not_found"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}, or it is not yours.")


class ProblemBody(BaseModel):
    """An `application/problem+json` document."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Describe error responses for OpenAPI: one entry a status, with the codes that it may carry."""
    codes: dict[int, list[str]] = {}
    for kind in kinds:
        codes.setdefault(kind.status, []).append(kind.code)
    return {
        status: {
            "model": ProblemBody,
            "description": f"{HTTPStatus(status).phrase}: {', '.join(f'`{code}`' for code in named)}",
        }
        for status, named in codes.items()
    }


def _answer(
    status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **members: object
) -> JSONResponse:
    body = ProblemBody(title=HTTPStatus(status).phrase, status=status, code=code, detail=detail)
    return JSONResponse(
        body.model_dump() | jsonable_encoder(members), status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def as_response(problem: Problem) -> JSONResponse:
    """Tell a problem over HTTP, where no handler does."""
    return _answer(problem.status, problem.code, problem.detail, headers=problem.headers, **problem.members)


async def _problem(_: Request, problem: Exception) -> JSONResponse:
    if not isinstance(problem, Problem):
        raise problem
    return as_response(problem)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [
        {"field": ".".join(map(str, fault["loc"][1:])) or fault["loc"][0], "problem": fault["msg"]}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['field']}: {fault['problem']}" for fault in faults)
    return _answer(422, "invalid_request", detail, errors=faults)


async def _http(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    return _answer(error.status_code, phrase.lower().replace(" ", "_"), str(error.detail), headers=error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("request failed", path=request.url.path, exc_info=error)
    return _answer(500, "internal_error", "Something went wrong on our side. It is logged under the request id.")


async def _unavailable(request: Request, error: Exception) -> JSONResponse:
    if not getattr(error, "connection_invalidated", True) and not _is_away(error):
        raise error  # SQLAlchemy's word for a database that answers, only not as we thought: a fault of ours
    log.warning("answered 503", path=request.url.path, error=repr(error))
    detail = "Something that this needs does not answer. Try again shortly."
    return _answer(503, "unavailable", detail, headers={"Retry-After": "2"})


def _is_away(error: Exception) -> bool:
    """Say whether a database has answered that it can't serve, as one does that is about to stop or to start."""
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None)
    return str(sqlstate).startswith(AWAY)


def add_problem_handlers(app: FastAPI, outages: Iterable[type[Exception]]) -> None:
    """Let every failure of the application be told as problem+json; `outages` are 503, not our fault.

    The unexpected is told by a middleware of its own: Starlette's would stand outside of all that are added after, and
    their headers be missing from its answer.
    """
    for outage in outages:
        app.add_exception_handler(outage, _unavailable)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(ServerErrorMiddleware, handler=_unexpected)
