"""Long bodies, before they are taken apart."""

import json
import time

import pytest
from fastapi.exceptions import RequestValidationError

from server.documents.bodies import parse
from server.documents.schemas import DocumentWish

LONG = 2_000_000
QUICK = 1.0
"""Seconds, on a machine that has other things to do; each of these took a parser more, or never ended."""


def test_long_texts_are_read() -> None:
    """Whatever stands in them, signs of JSON as well."""
    text = '{"[\\, \u05d0\n' * (LONG // 10)
    for content in (json.dumps({"text": text}), json.dumps({"text": text}, ensure_ascii=False, indent=1)):
        assert parse(content.encode(), DocumentWish).text == text


@pytest.mark.parametrize(
    "content",
    [
        b"[]," * LONG,
        b'{"text": [' + b'{"":1},' * LONG,
        b'"",' * LONG,
        b'"' + b'\\"' * LONG,
        b"{" + b",".join(b'"%x":1' % number for number in range(LONG // 10)) + b"}",
        b"",
        b"\xff",
        b"null",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_other_bodies_are_refused_at_once(content: bytes) -> None:
    """What is no wish is told so, with few words."""
    begun = time.perf_counter()
    with pytest.raises(RequestValidationError) as refused:
        parse(content, DocumentWish)
    assert time.perf_counter() - begun < QUICK
    assert [fault["loc"][0] for fault in refused.value.errors()] == ["body"]
