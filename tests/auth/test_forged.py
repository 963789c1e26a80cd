"""Everything that must not let anybody in, in one table."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from server.auth.google import GoogleSignIn
from server.auth.signer import Signer
from server.problems import MEDIA_TYPE
from server.settings import Settings
from tests.auth.conftest import Town
from tests.auth.forgery import FORGERIES
from tests.auth.forgery.base import EMAIL, Forger
from tests.swapping import instead
from tests.tokens import Google, Pool

LEAST = 60


@pytest.fixture(scope="module")
def google() -> Google:
    """Google, with a key of the tests' own."""
    return Google()


@pytest.fixture
def forger(
    http: httpx.AsyncClient, running_app: FastAPI, pool: Pool, town: Town, settings: Settings, google: Google
) -> Iterator[Forger]:
    """Somebody who has got hold of more than they should."""
    signer = Signer(settings.auth.access_token_secret_keys)
    tool = settings.auth.delegating_tools[0].get_secret_value().rpartition(":")[2]
    webhook_key = settings.auth.webhook_keys[0].get_secret_value()
    with instead(running_app, google=GoogleSignIn(google.client_id, "https://lectern.test", google.keys(), signer)):
        yield Forger(http, pool, town, google, signer, tool, webhook_key)


@pytest.mark.parametrize("name", FORGERIES)
async def test_what_is_forged_or_stale_is_refused(
    http: httpx.AsyncClient, forger: Forger, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """It gets the right status as problem+json, never a 500, and its secret is neither told nor logged."""
    attempt = await FORGERIES[name](forger)
    http.cookies.clear()
    http.cookies.update(dict(attempt.cookies))
    headers = [(header.encode(), value.encode()) for header, value in attempt.headers]
    content = {"data": attempt.form} if attempt.form else {"json": attempt.body} if attempt.body else {}
    caplog.clear()
    answer = await http.request(attempt.method, attempt.path, params=attempt.params, headers=headers, **content)
    assert (answer.status_code, answer.json()["code"]) == (attempt.status, attempt.code)
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert ("www-authenticate" in answer.headers) is (attempt.status == 401)
    assert "lectern=" not in answer.headers.get("set-cookie", "")
    assert attempt.secret not in answer.text
    assert attempt.path in caplog.text  # it was logged
    assert attempt.secret not in caplog.text


def test_table_is_long_enough() -> None:
    """There are many ways to try."""
    assert len(FORGERIES) >= LEAST


async def test_what_the_forgers_began_with_is_good(http: httpx.AsyncClient, forger: Forger) -> None:
    """The table's tokens would hold if nothing had been done to them: what was done is what is refused."""
    person = await forger.town.person(EMAIL)
    for token in (forger.pool.sign(forger.pool.claims()), forger.session(sub=str(person.id)), await forger.key()):
        answer = await http.get("/results", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
