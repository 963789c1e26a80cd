"""Every failure is told as problem+json."""

import httpx
import pytest
from fastapi import FastAPI

from server.problems import MEDIA_TYPE
from tests.swapping import instead
from tests.tokens import Pool


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("PUT", "/uploads", 405), ("POST", "/uploads", 422)]
)
async def test_failures_share_one_form(
    http: httpx.AsyncClient, pool: Pool, method: str, path: str, status: int
) -> None:
    """Unknown paths, wrong methods and bad bodies look alike (RFC 9457)."""
    answer = await http.request(method, path, headers=pool.person(), content=b"{not json")
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE)
    body = answer.json()
    assert body["status"] == status
    assert body["detail"]


async def test_unexpected_failure_tells_nothing_but_its_id(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool
) -> None:
    """Our own faults show no inner detail; the request id leads to the log."""
    with instead(running_app, verifier="not a verifier at all"):
        answer = await http.get("/results", headers=pool.person() | {"X-Request-ID": "my-id"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["x-request-id"] == "my-id"
    assert "verifier" not in answer.text


@pytest.mark.parametrize(("sent", "kept"), [("abc-1", True), ("a" * 129, False), ("a b", False), ("", False)])
async def test_request_id_goes_in_and_out(http: httpx.AsyncClient, sent: str, *, kept: bool) -> None:
    """A caller's own id is kept when it is harmless; else there is a new one."""
    answer = await http.get("/results", headers={"X-Request-ID": sent})
    assert (answer.headers["x-request-id"] == sent) is kept
    assert answer.headers["x-request-id"]
