"""Tokens of the user pool."""

import asyncio
import time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from server.application import make_gate
from server.settings import Settings
from server.unit_of_work import UnitOfWork, Units
from server.users import service as users
from server.users.models import User
from server.users.service import Described
from tests.swapping import instead
from tests.tokens import Pool

NOW = int(time.time())


@pytest.mark.parametrize("header", [None, "Basic dXNlcjpwYXNz", "Bearer", ""])
async def test_without_a_bearer_token_nobody_is_let_in(http: httpx.AsyncClient, header: str | None) -> None:
    """No credential, or one of another kind, is 401 too."""
    answer = await http.get("/results", headers={} if header is None else {"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("use", [{}, {"token_use": "id", "aud": "web-client", "client_id": None, "username": None}])
async def test_access_and_id_tokens_of_people_are_good(
    http: httpx.AsyncClient, pool: Pool, use: dict[str, Any]
) -> None:
    """A person may bring either token of the pool."""
    headers = {"Authorization": f"Bearer {pool.sign(pool.claims(**use))}"}
    assert (await http.get("/results", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("scope", "status"),
    [("lectern/base", 200), ("lectern/admin", 200), ("other/base", 403), ("lectern/basest", 403), ("", 403)],
)
async def test_machines_need_one_of_our_scopes(http: httpx.AsyncClient, pool: Pool, scope: str, status: int) -> None:
    """A machine's token counts by its scope; one without is 403, since it is known who it is."""
    answer = await http.get("/results", headers=pool.machine(scope))
    assert answer.status_code == status


async def test_a_machine_is_never_the_person_with_its_subject(http: httpx.AsyncClient, pool: Pool) -> None:
    """A machine whose client id equals a person's `sub` is an owner of its own."""
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 10}
    made = await http.post("/uploads", json=wish, headers=pool.person("twin"))
    answer = await http.get(f"/uploads/{made.json()['id']}", headers=pool.machine(client_id="twin"))
    assert answer.status_code == 404


async def test_many_requests_at_once_cause_one_for_keys(
    running_app: FastAPI, separate_units: Units, settings: Settings, pool: Pool
) -> None:
    """However many callers come at once, the pool is asked for its keys once, and all are let in."""
    gate, before = make_gate(settings, pool.verifier(settings.auth)), pool.requests
    transport = httpx.ASGITransport(running_app)
    with instead(running_app, units=separate_units, gate=gate):
        async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as http:
            asked = (http.get("/results", headers=pool.person(f"person-{number % 20}")) for number in range(200))
            answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}
    assert pool.requests == before + 1


@pytest.mark.parametrize(
    ("claims", "person"),
    [
        ({"name": "Ada", "email": "ada@example.com"}, Described("Ada", "ada@example.com")),
        ({"name": "A\0", "email": "a\0@example.com"}, Described(None, None)),
        ({"name": "A" * 5000, "email": ""}, Described(None, None)),
        ({"name": 7, "email": ["ada@example.com"]}, Described(None, None)),
    ],
)
async def test_what_can_not_be_kept_of_a_new_person_is_left_out(
    pool: Pool, settings: Settings, work: UnitOfWork, claims: dict[str, Any], person: Described
) -> None:
    """People may write anything into the pool; they are let in all the same."""
    token = pool.sign(pool.claims(email_verified=True, **claims))
    claimed, _ = await pool.verifier(settings.auth).verify(token)
    assert await users.describe(work, (await users.recognise(work, claimed)).id) == person


@pytest.mark.parametrize(
    "address", ["m\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}ke@mail.test", "mi\N{KELVIN SIGN}e@mail.test"]
)
async def test_address_that_turns_into_another_joins_nobody(
    pool: Pool, settings: Settings, work: UnitOfWork, address: str
) -> None:
    """Who owns an address whose lower case or composed form is another's does not own that one."""
    known = set()
    for subject, email in (("mike", "mike@mail.test"), ("other", address)):
        token = pool.sign(pool.claims(sub=subject, email_verified=True, email=email))
        claimed, _ = await pool.verifier(settings.auth).verify(token)
        known.add((await users.recognise(work, claimed)).id)
    assert len(known) == 2


@pytest.mark.parametrize(
    ("locale", "language"),
    [("pt-BR", "pt-BR"), ("en-a-b-c-d-e", "en-a-b-c-d-e"), ("en_US", None), ("a\0", None), (7, None)],
)
async def test_language_of_a_new_person_is_kept(
    pool: Pool, settings: Settings, work: UnitOfWork, locale: object, language: str | None
) -> None:
    """What somebody chose when they signed up is known from the first sign-in on; what is no language is not."""
    claimed, _ = await pool.verifier(settings.auth).verify(pool.sign(pool.claims(locale=locale)))
    known = await users.recognise(work, claimed)
    assert await work.session.scalar(select(User.language).where(User.id == known.id)) == language
