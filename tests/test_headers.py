"""What every answer tells the browser about itself."""

import base64
import hashlib
import re

import httpx
import pytest
from fastapi import FastAPI

from server.application import create_app
from server.headers import ALWAYS, CLOSED, headers_for
from server.settings import Settings
from tests.swapping import instead
from tests.tokens import Pool

NAMED = "https://pages.example"


@pytest.mark.parametrize("path", ["/results", "/nothing", "/auth/session", "/openapi.json", "/"])
async def test_every_answer_is_closed_to_browsers(http: httpx.AsyncClient, path: str) -> None:
    """Good and bad answers say that nothing in them is run, framed, guessed about or kept."""
    answer = await http.get(path)
    assert {name: answer.headers.get(name) for name in ALWAYS} == dict(ALWAYS)
    assert answer.headers["cache-control"] == "no-store"


async def test_failure_of_ours_is_closed_too(http: httpx.AsyncClient, running_app: FastAPI, pool: Pool) -> None:
    """What nobody expected passes through the same middleware as all else."""
    with instead(running_app, gate="not a gate at all"):
        answer = await http.get("/results", headers=pool.person())
    assert (answer.status_code, answer.headers["content-security-policy"]) == (500, CLOSED)


async def test_health_is_closed_and_says_nothing_of_keeping(http: httpx.AsyncClient) -> None:
    """Outside of the API, answers decide for themselves how long they are kept."""
    answer = await http.get("http://lectern.test/healthz")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get("cache-control") != "no-store"


def test_only_https_is_pinned() -> None:
    """A service reached without encryption must not have browsers refuse it."""
    assert "Strict-Transport-Security" in headers_for("https://lectern.example")
    assert "Strict-Transport-Security" not in headers_for("http://127.0.0.1:8000")


async def test_reference_may_do_what_it_needs(http: httpx.AsyncClient) -> None:
    """Its policy allows every script in it, and the hosts it names, and nothing else inline."""
    answer = await http.get("/docs")
    scripts = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))[
        "script-src"
    ].split()
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    hosts = {"/".join(source.split("/")[:3]) for source in re.findall(r'src="(.*?)"', answer.text)}
    assert digests
    assert set(scripts) == {*digests, *hosts}


@pytest.mark.parametrize(
    ("allowed", "origin", "answered", "with_cookies"),
    [
        ([NAMED], NAMED, NAMED, True),
        ([NAMED], "https://evil.example", None, False),
        (["*"], "https://any.example", "*", False),
        ([], NAMED, None, False),
    ],
)
async def test_other_origins(
    settings: Settings, allowed: list[str], origin: str, answered: str | None, *, with_cookies: bool
) -> None:
    """Pages of origins that are named may call with cookies; where all may, none may bring them."""
    service = settings.service.model_copy(update={"cors_origins": allowed})
    app = create_app(settings.model_copy(update={"service": service}))
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lectern.test") as client:
        answer = await client.options("/api/v1/me", headers=asked)
    assert answer.headers.get("access-control-allow-origin") == answered
    cookies = answered is not None and answer.headers.get("access-control-allow-credentials") == "true"
    assert cookies is with_cookies
