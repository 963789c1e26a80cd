"""Sessions of pages, by cookie."""

from datetime import timedelta

import httpx
import pytest

from server.audit.models import Action
from server.auth import signing_in
from server.auth.sessions import Sessions
from server.auth.signer import Signer
from server.settings import Settings
from tests.auth.conftest import Town, bearer, who

EMAIL = "ada@example.com"


@pytest.fixture
async def cookie(http: httpx.AsyncClient, town: Town) -> str:
    """Sign the client in by cookie, and return the token in it."""
    token = await town.session(EMAIL)
    http.cookies.set("lectern", token)
    return token


@pytest.mark.usefixtures("cookie")
async def test_page_learns_who_is_signed_in(http: httpx.AsyncClient) -> None:
    """It is told the person, the role, until when, and what to send along with changes."""
    session = (await http.get("/auth/session")).json()
    assert (session["email"], session["role"], session["name"]) == (EMAIL, "none", "A Person")
    assert session["expires_at"]
    assert session["csrf_token"]
    http.cookies.clear()
    nobody = (await http.get("/auth/session")).json()
    assert (nobody["user_id"], nobody["csrf_token"], nobody["providers"]) == (None, None, ["cognito"])


@pytest.mark.usefixtures("cookie")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "OURS"}, 403),
        ({"Origin": "OURS"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"X-CSRF-Token": "PROOF"}, 201),
        ({"X-CSRF-Token": "0" * 64}, 403),
    ],
)
async def test_changes_come_from_our_own_pages(
    http: httpx.AsyncClient, town: Town, headers: dict[str, str], status: int
) -> None:
    """Another site's page can have a browser send the cookie, and gets nothing done by it."""
    proof = (await http.get("/auth/session")).json()["csrf_token"]
    stands_for = {"OURS": town.gate.origin, "PROOF": proof}
    sent = {name: stands_for.get(value, value) for name, value in headers.items()}
    answer = await http.post("/auth/keys", json={"name": "mine"}, headers=sent)
    assert answer.status_code == status, answer.text
    assert (answer.json().get("code") == "cross_site") is (status == 403)


async def test_signing_out_ends_the_session_everywhere_it_was_kept(
    http: httpx.AsyncClient, town: Town, cookie: str
) -> None:
    """The cookie is taken back, and the token in it is worth nothing, though it has not expired."""
    other = await town.session(EMAIL)
    answer = await http.post("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 204
    assert 'lectern=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert (await http.get("/results", headers=bearer(cookie))).status_code == 401
    assert (await http.get("/results", headers=bearer(other))).status_code == 200
    assert len(await town.log(Action.SIGNED_OUT)) == 1


async def test_two_who_end_a_session_at_once_end_it_once(town: Town) -> None:
    """Both were let in before it ended; it is written down once."""
    session = town.gate.sessions.read(await town.session(EMAIL))
    for _ in range(2):
        async with town.units.begin() as work:
            await signing_in.end(work, session)
    assert len(await town.log(Action.SIGNED_OUT)) == 1


async def test_session_that_was_ended_stays_so_as_long_as_it_would_hold(
    http: httpx.AsyncClient, town: Town, settings: Settings
) -> None:
    """It is not forgotten in the seconds for which a token holds beyond its end."""
    ada = await town.person(EMAIL)
    past = Sessions(Signer(settings.auth.access_token_secret_keys), timedelta(seconds=-3))
    token, _ = past.issue(ada.id, version=0)
    assert (await http.post("/auth/logout", headers=bearer(token))).status_code == 204
    async with town.units.begin() as work:
        await signing_in.forget_spent(work)
    assert (await http.get("/results", headers=bearer(token))).status_code == 401


async def test_signing_out_everywhere_ends_all(http: httpx.AsyncClient, town: Town, cookie: str) -> None:
    """Every session of the person ends at once, another person's goes on, and one begun after holds."""
    other, foreign = await town.session(EMAIL), await town.session("bob@example.com")
    assert (await http.post("/auth/logout-all", headers=bearer(cookie))).status_code == 204
    for token in (cookie, other):
        assert (await http.get("/results", headers=bearer(token))).status_code == 401
    assert await who(http, headers=bearer(foreign)) is not None
    assert await who(http, headers=bearer(await town.session(EMAIL))) is not None
