"""Signing in by Google."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from server.audit.models import Action
from server.auth.google import GoogleSignIn
from server.auth.signer import Signer
from server.settings import Settings
from server.unit_of_work import Units
from tests.auth.conftest import Town
from tests.swapping import instead
from tests.tokens import Google

EMAIL = "ada@example.com"
LOGIN_URI = "https://lectern.test/api/v1/auth/google"
CSRF = "a-double-submit"


@pytest.fixture(scope="module")
def google() -> Google:
    """Google, with a key of the tests' own."""
    return Google()


@pytest.fixture
def signer(settings: Settings) -> Signer:
    """Signs as the service does."""
    return Signer(settings.auth.access_token_secret_keys)


@pytest.fixture(autouse=True)
def offered(running_app: FastAPI, google: Google, signer: Signer) -> Iterator[None]:
    """Let the application offer sign-in by Google."""
    google.is_down = False
    with instead(running_app, google=GoogleSignIn(google.client_id, LOGIN_URI, google.keys(), signer)):
        yield


async def nonce(http: httpx.AsyncClient) -> str:
    """Begin a sign-in."""
    return str((await http.get("/auth/google")).raise_for_status().json()["nonce"])


async def post(http: httpx.AsyncClient, credential: str, **headers: str) -> httpx.Response:
    """Post a credential as Google's button does, with the cookie that its script has set."""
    http.cookies.set("g_csrf_token", CSRF)
    form = {"credential": credential, "g_csrf_token": CSRF, "select_by": "btn", "clientId": Google.client_id}
    return await http.post("/auth/google", data=form, headers={"Origin": "https://accounts.google.com"} | headers)


async def test_credential_signs_in(http: httpx.AsyncClient, google: Google, town: Town) -> None:
    """Whoever comes with a credential for our nonce gets a session, and is told as every page is."""
    offer = (await http.get("/auth/google")).json()
    assert (offer["client_id"], offer["login_uri"]) == (google.client_id, LOGIN_URI)
    answer = await post(http, google.sign(google.claims(nonce=offer["nonce"])))
    assert (answer.status_code, answer.json()["email"], answer.json()["role"]) == (200, EMAIL, "none")
    assert answer.json()["csrf_token"]
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("lectern="))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    session = (await http.get("/auth/session")).json()
    assert (session, session["providers"]) == (answer.json(), ["cognito", "google"])
    assert [entry.details for entry in await town.log(Action.SIGNED_IN)] == [{"provider": "google"}]


async def test_browser_that_posts_by_itself_is_sent_home(http: httpx.AsyncClient, google: Google) -> None:
    """In redirect mode the form is posted across sites, without any cookie of ours; the browser then shows our page."""
    credential = google.sign(google.claims(nonce=await nonce(http)))
    answer = await post(http, credential, **{"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await http.get("/auth/session")).json()["email"] == EMAIL


async def test_people_are_known_by_their_subject(http: httpx.AsyncClient, google: Google, town: Town) -> None:
    """Either form of the issuer is the same Google; a verified address joins its person, a changed one changes none."""
    person = await town.person(EMAIL)
    for changed in ({"iss": "accounts.google.com"}, {"email": "other@example.com"}, {"email_verified": "true"}):
        answer = await post(http, google.sign(google.claims(nonce=await nonce(http), **changed)))
        assert (answer.json()["user_id"], answer.json()["email"]) == (str(person.id), EMAIL)
    other = await post(http, google.sign(google.claims(nonce=await nonce(http), sub="2", email="bob@example.com")))
    assert other.json()["user_id"] not in {None, str(person.id)}


async def test_credential_is_good_once(
    http: httpx.AsyncClient, running_app: FastAPI, separate_units: Units, google: Google
) -> None:
    """Of two who come with one credential at once, one gets in, and later nobody does."""
    credential = google.sign(google.claims(nonce=await nonce(http)))
    with instead(running_app, units=separate_units):
        at_once = await asyncio.gather(post(http, credential), post(http, credential))
        answers = [*at_once, await post(http, credential)]
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400]
    assert all("set-cookie" not in answer.headers for answer in answers if answer.status_code == 400)


async def test_form_that_is_none(http: httpx.AsyncClient) -> None:
    """What is missing or too long is named, and not repeated."""
    assert (await http.post("/auth/google", data={"g_csrf_token": CSRF})).status_code == 422
    long = await http.post("/auth/google", data={"g_csrf_token": CSRF, "credential": "x" * 20_000})
    assert (long.status_code, "xxx" in long.text) == (422, False)


async def test_google_away(http: httpx.AsyncClient, google: Google) -> None:
    """When Google's keys can't be had nobody is refused as forged: the answer is 503, try again."""
    google.is_down = True
    answer = await post(http, google.sign(google.claims(nonce=await nonce(http))))
    assert (answer.status_code, answer.json()["code"]) == (503, "sign_in_unavailable")


async def test_where_google_is_not_offered(http: httpx.AsyncClient, running_app: FastAPI) -> None:
    """A deployment without it says so."""
    with instead(running_app, google=None):
        for answer in [await http.get("/auth/google"), await post(http, "x")]:
            assert (answer.status_code, answer.json()["code"]) == (404, "no_such_provider")
