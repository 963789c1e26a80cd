"""Bodies of requests that may be long, read once it is known who sends them.

FastAPI reads and takes apart JSON before anybody has signed in, and ten megabytes of empty lists hold up everybody else
for seconds.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from server.auth.conditions import Contributor
from server.unit_of_work import Work

Wish = TypeVar("Wish", bound=BaseModel)

STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
MOST_STRINGS = 100
MOST_AROUND = 64 * 1024
"""Bytes besides the strings, blanks among them: of what is wished for, only a text is long."""


async def get_body(request: Request, work: Work, _: Contributor) -> bytes:
    """Read the body; on a slow line no connection to the database is kept meanwhile."""
    await work.session.commit()
    return await request.body()


LateBody = Annotated[bytes, Depends(get_body, scope="function")]


def described(kind: type[BaseModel]) -> dict[str, Any]:
    """Describe for OpenAPI that the body is a wish as JSON."""
    content = {"application/json": {"schema": kind.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


def json_of(kind: type[Wish]) -> Callable[[bytes], Awaitable[Wish]]:
    """Return a dependency that reads the body as a wish."""

    async def get_wish(content: LateBody) -> Wish:
        return await asyncio.to_thread(parse, content, kind)

    return get_wish


def parse(content: bytes, kind: type[Wish]) -> Wish:
    """Read a wish.

    Raises:
        RequestValidationError: it is none, told as FastAPI tells it.
    """
    if not _is_simple(content):
        raise RequestValidationError([{"loc": ("body",), "msg": "Input should be an object with few members"}])
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in faults]) from None


def _is_simple(content: bytes) -> bool:
    """Say whether there is little to take apart, as what is all structure takes a parser seconds and a gigabyte."""
    around = len(content)
    for count, found in enumerate(STRING.finditer(content)):
        around -= found.end() - found.start()
        if count == MOST_STRINGS:
            return False
    return around <= MOST_AROUND
