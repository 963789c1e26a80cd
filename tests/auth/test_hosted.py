"""Signing in on the user pool's own page."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from server.auth.hosted import HostedPage, own_page
from server.auth.signer import Signer
from server.db.sessions import open_sessions
from server.settings import Settings
from server.unit_of_work import Units
from tests.swapping import instead
from tests.tokens import Pool

CALLBACK = "https://lectern.test/api/v1/auth/callback"


@dataclass
class Provider:
    """A pool's token endpoint, at the outermost edge: it answers as it is told to, and looks around when asked."""

    pool: Pool
    answer: httpx.Response | Exception | None = None
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    look: Callable[[], int] | None = None
    seen: list[int] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request for tokens."""
        self.asked.append(parse_qs(request.content.decode()))
        if self.look is not None:
            self.seen.append(self.look())
        if isinstance(self.answer, Exception):
            raise self.answer
        claims = {"token_use": "id", "aud": self.pool.client_id, "email": "ada@example.com", "email_verified": True}
        good = self.pool.sign(self.pool.claims(client_id=None, **claims))
        return self.answer or httpx.Response(200, json={"id_token": good, "access_token": "unused"})


@pytest.fixture
async def provider(running_app: FastAPI, pool: Pool, settings: Settings) -> AsyncIterator[Provider]:
    """Put a token endpoint of our own behind the application's sign-in."""
    provider = Provider(pool)
    signer = Signer(settings.auth.access_token_secret_keys)
    async with httpx.AsyncClient(transport=httpx.MockTransport(provider)) as away:
        page = HostedPage("https://pool.test/", pool.client_id, CALLBACK, signer, away)
        with instead(running_app, hosted_page=page):
            yield provider


async def depart(http: httpx.AsyncClient, then: str = "/results") -> dict[str, str]:
    """Go to the sign-in page, and return what its address asks for."""
    answer = await http.get("/auth/login", params={"then": then})
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert (address.netloc, address.path) == ("pool.test", "/oauth2/authorize")
    return {name: values[0] for name, values in parse_qs(address.query).items()}


async def come_back(http: httpx.AsyncClient, state: str, code: str = "a-code") -> httpx.Response:
    """Come back from there."""
    return await http.get("/auth/callback", params={"state": state, "code": code})


async def test_there_and_back(http: httpx.AsyncClient, provider: Provider, pool: Pool) -> None:
    """The browser comes back with a code, we exchange it with our proof of having asked, and it is signed in."""
    asked = await depart(http)
    assert (asked["response_type"], asked["client_id"], asked["redirect_uri"]) == ("code", pool.client_id, CALLBACK)
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    back = await come_back(http, asked["state"])
    assert (back.status_code, back.headers["location"]) == (303, "/results")
    cookie = next(value for value in back.headers.get_list("set-cookie") if value.startswith("lectern="))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert (await http.get("/auth/session")).json()["email"] == "ada@example.com"
    [form] = provider.asked
    assert (form["grant_type"], form["code"], form["redirect_uri"]) == (["authorization_code"], ["a-code"], [CALLBACK])
    assert len(form["code_verifier"][0]) >= 43


async def test_return_is_good_once(http: httpx.AsyncClient, provider: Provider) -> None:
    """Whoever gets hold of the address of a return and of the cookie can't use them again."""
    asked = await depart(http)
    kept = http.cookies["lectern_sign_in"]
    assert (await come_back(http, asked["state"])).status_code == 303
    http.cookies.set("lectern_sign_in", kept, domain="lectern.test", path="/api/v1/auth")
    again = await come_back(http, asked["state"])
    assert (again.status_code, again.json()["code"]) == (400, "sign_in_failed")
    assert len(provider.asked) == 2  # the pool took the code again; we didn't


async def test_pool_that_is_slow_holds_up_nobody_else(
    http: httpx.AsyncClient, running_app: FastAPI, settings: Settings, provider: Provider
) -> None:
    """While we wait for it, no connection to the database is kept from others."""
    asked = await depart(http)
    async with open_sessions(settings.database) as sessions:
        provider.look = sessions.kw["bind"].pool.checkedout
        with instead(running_app, units=Units(sessions, running_app.state.valkey)):
            provider.answer = httpx.Response(502)
            assert (await come_back(http, asked["state"])).status_code == 503
    assert provider.seen == [0]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (httpx.Response(400, json={"error": "invalid_grant"}), 400),
        (httpx.Response(200, json={"access_token": "only"}), 400),
        (httpx.Response(200, json={"id_token": "nonsense"}), 401),
        (httpx.Response(200, json=[]), 400),
        (httpx.Response(200, text="<html>"), 400),
        (httpx.Response(502), 503),
        (httpx.ConnectError("away"), 503),
        (httpx.ReadTimeout("slow"), 503),
    ],
)
async def test_pool_that_does_not_play_along(
    http: httpx.AsyncClient, provider: Provider, answer: httpx.Response | Exception, status: int
) -> None:
    """A code that does not hold, a token that does not, and a pool that is away are told apart; nobody is signed in."""
    provider.answer = answer
    back = await come_back(http, (await depart(http))["state"])
    assert back.status_code == status
    assert "lectern=" not in back.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    ("then", "page"),
    [
        ("/results?sort=title", "/results?sort=title"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("", "/"),
    ],
)
def test_sign_in_leads_to_our_own_pages(then: str, page: str) -> None:
    """A link that signs in can't be made to lead elsewhere."""
    assert own_page(then) == page


async def test_person_whose_sign_in_fails_is_told_on_a_page(http: httpx.AsyncClient, provider: Provider) -> None:
    """A browser that shows what it gets is sent to our sign-in page, which says so; nobody is signed in."""
    asked = await depart(http)
    provider.answer = httpx.Response(400, json={"error": "invalid_grant"})
    answer = await http.get("/auth/callback", params=asked | {"code": "x"}, headers={"Sec-Fetch-Mode": "navigate"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?news=failed")
    assert (await http.get("/auth/session")).json()["user_id"] is None


async def test_where_there_is_no_page(http: httpx.AsyncClient, running_app: FastAPI) -> None:
    """A deployment without one says so."""
    with instead(running_app, hosted_page=None):
        answer = await http.get("/auth/login")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_provider")
        assert (await http.get("/auth/session")).json()["providers"] == []
