"""Limits over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from server.auth.sessions import Sessions
from server.auth.signer import Signer
from server.settings import Settings
from tests.limits.conftest import limited
from tests.tokens import Pool

BAD = {"Authorization": "Bearer nonsense"}


async def test_caller_who_asks_too_much_is_told_when_to_come_back(
    http: httpx.AsyncClient, running_app: FastAPI, counters: Redis, pool: Pool
) -> None:
    """Each answer tells how one stands to the tightest limit; over it, it is 429 with the time to wait."""
    me = pool.person("eager")
    with limited(running_app, counters, per_caller=2, per_address=50):
        good = [await http.get("/results", headers=me) for _ in range(2)]
        over = await http.get("/results", headers=me)
        other = await http.get("/results", headers=pool.person("patient"))
    assert [answer.status_code for answer in (*good, over, other)] == [200, 200, 429, 200]
    assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in good] == ['"caller";r=1', '"caller";r=0']
    assert good[0].headers["ratelimit-policy"] == '"address";q=50;w=60, "caller";q=2;w=60'
    wait = int(over.headers["retry-after"])
    assert over.headers["ratelimit"] == f'"caller";r=0;t={wait}'
    assert 1 <= wait <= 120
    assert over.headers["content-type"] == "application/problem+json"
    assert (over.json()["code"], over.json()["rate"]) == ("too_many_requests", "caller")


async def test_address_is_refused_before_anything_costs(
    http: httpx.AsyncClient, running_app: FastAPI, counters: Redis, pool: Pool
) -> None:
    """Whoever calls, and whatever for, counts by where it comes from, even what doesn't exist; health does not."""
    asked = pool.requests
    with limited(running_app, counters, per_address=2):
        first = [await http.get("/nothing"), await http.get("/openapi.json")]
        over = await http.get("/results", headers=pool.person("new-here") | {"Origin": "https://a.example"})
        health = await http.get("http://lectern.test/healthz")
    assert [answer.status_code for answer in (*first, over, health)] == [404, 200, 429, 200]
    assert pool.requests == asked
    assert "ratelimit" not in health.headers
    assert over.headers["x-content-type-options"] == "nosniff"
    assert over.headers["x-request-id"]


async def test_refused_credentials_count_with_the_sign_ins(
    http: httpx.AsyncClient, running_app: FastAPI, counters: Redis, pool: Pool
) -> None:
    """They share a limit; who has none isn't counted, and one that holds is let in from there all the same."""
    with limited(running_app, counters, sign_ins=3):
        nobody = [await http.get("/results") for _ in range(4)]
        tried = [await http.get("/results", headers=BAD), await http.get("/auth/session", headers=BAD)]
        tried += [await http.get("/auth/callback?code=a&state=b"), await http.get("/auth/login")]
        tried += [await http.get("/results", headers=BAD)]
        good = await http.get("/results", headers=pool.person())
    assert {answer.status_code for answer in nobody} == {401}
    assert [answer.status_code == 429 for answer in tried] == [False, False, False, True, True]
    assert good.status_code == 200


async def test_credentials_that_have_ended_shut_nobody_out(
    http: httpx.AsyncClient, running_app: FastAPI, counters: Redis, pool: Pool, settings: Settings
) -> None:
    """Nobody guesses by a cookie that has gone stale: those of a whole house may, and all can still sign in."""
    past = Sessions(Signer(settings.auth.access_token_secret_keys), timedelta(seconds=-3))
    token, _ = past.issue(uuid4(), version=0)
    expired = pool.sign(pool.claims(exp=1))
    with limited(running_app, counters, sign_ins=1):
        for credential in (token, expired):
            headers = {"Authorization": f"Bearer {credential}"}
            assert [(await http.get("/results", headers=headers)).status_code for _ in range(3)] == [401] * 3
        assert (await http.get("/auth/login")).status_code == 303


@pytest.mark.parametrize("declared", [True, False])
async def test_body_that_is_too_large(http: httpx.AsyncClient, pool: Pool, *, declared: bool) -> None:
    """It is refused in the form that all problems have, whether its length is declared or not."""
    body = bytes(300 * 1024)

    async def chunks() -> AsyncIterator[bytes]:
        yield body

    content = body if declared else chunks()
    headers = pool.person() | {"Content-Type": "application/json"}
    answer = await http.post("/uploads", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "request_entity_too_large")
    assert answer.headers["content-type"] == "application/problem+json"
