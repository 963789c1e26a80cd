"""A caller's own account, and what it takes to add content."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from server.audit.models import Action
from server.settings import Settings
from server.users.models import Role, User
from tests.auth.conftest import Town, bearer
from tests.swapping import instead
from tests.tokens import Pool

EMAIL = "ada@example.com"
SPEECH = {"filename": "a.wav", "content_type": "audio/wav", "size": 100}
CONTRIBUTIONS = ["/uploads", f"/results/{uuid4()}/retry", f"/results/{uuid4()}/transcribe"]


@pytest.fixture
async def ada(http: httpx.AsyncClient, town: Town) -> httpx.AsyncClient:
    """A client that is signed in as Ada."""
    http.headers.update(bearer(await town.session(EMAIL)))
    return http


@pytest.fixture
def terms(running_app: FastAPI, settings: Settings) -> Iterator[Settings]:
    """A deployment that has terms."""
    changed = settings.model_copy(deep=True)
    changed.people.agreement_version, changed.people.agreement_url = "2", "https://lectern.example/terms"
    with instead(running_app, settings=changed):
        yield changed


async def test_only_what_is_given_changes(ada: httpx.AsyncClient, town: Town) -> None:
    """What is left out stays, null empties, and the log names the fields without what is in them."""
    before = (await ada.get("/me")).json()
    assert (before["email"], before["role"], before["kind"], before["agreement"]) == (EMAIL, "none", "person", None)
    first = {"name": " Ada Lovelace ", "language": "en-GB", "birth_year": 1988, "sex": "female"}
    await ada.patch("/me", json=first)
    after = (await ada.patch("/me", json={"birth_year": None, "mails_texts": False})).json()
    changed = {"name": "Ada Lovelace", "language": "en-GB", "sex": "female", "mails_texts": False}
    assert after == before | changed == (await ada.get("/me")).json()
    assert (await ada.patch("/me", json={})).json() == after
    details = [entry.details["fields"] for entry in await town.log(Action.PROFILE_CHANGED)]
    assert details == ["birth_year, language, name, sex", "birth_year, mails_texts"]


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "A\0da"},
        {"name": " "},
        {"name": "x" * 81},
        {"language": "Old English"},
        {"birth_year": 1899},
        {"birth_year": datetime.now(UTC).year + 1},
        {"sex": "yes"},
        {"mails_texts": None},
        {"role": "admin"},
        {"email": "bob@example.com"},
    ],
)
async def test_wishes_without_sense_change_nothing(ada: httpx.AsyncClient, wish: dict[str, Any]) -> None:
    """One bad field, or one that isn't theirs to set, and the others stay too."""
    before = (await ada.get("/me")).json()
    assert (await ada.patch("/me", json={"language": "de"} | wish)).status_code == 422
    assert (await ada.get("/me")).json() == before


async def test_machine_has_no_profile(http: httpx.AsyncClient, pool: Pool) -> None:
    """It can see who it is; what people say of themselves is not for it."""
    http.headers.update(pool.machine())
    me = (await http.get("/me")).json()
    assert (me["kind"], me["email"], me["agreement"]) == ("machine", None, None)
    for answer in (await http.patch("/me", json={}), await http.post("/me/agreement", json={"version": "2"})):
        assert (answer.status_code, answer.json()["code"]) == (403, "people_only")


@pytest.mark.usefixtures("terms")
async def test_nothing_is_added_before_the_terms_are_agreed_to(ada: httpx.AsyncClient, town: Town, pool: Pool) -> None:
    """Whatever page or program asks, people agree first, and to the current version; machines have nothing to agree."""
    assert (await ada.get("/me")).json()["agreement"]["agreed_at"] is None
    for path in CONTRIBUTIONS:
        refused = await ada.post(path, json=SPEECH if path == "/uploads" else {})
        told = {name: refused.json()[name] for name in ("code", "version", "url")}
        assert refused.status_code == 403
        assert told == {"code": "agreement_required", "version": "2", "url": "https://lectern.example/terms"}
    assert (await ada.post("/uploads", json=SPEECH, headers=pool.machine())).status_code == 201
    old = await ada.post("/me/agreement", json={"version": "1"})
    assert (old.status_code, old.json()["code"], old.json()["version"]) == (409, "not_current", "2")
    once, again = [(await ada.post("/me/agreement", json={"version": "2"})).json()["agreement"] for _ in range(2)]
    assert once == again
    assert once["agreed_at"]
    assert (await ada.post("/uploads", json=SPEECH)).status_code == 201
    assert [entry.details for entry in await town.log(Action.AGREED)] == [{"version": "2"}]


async def test_new_terms_are_agreed_to_anew(ada: httpx.AsyncClient, terms: Settings) -> None:
    """Who has agreed to the last version has not agreed to this one."""
    await ada.post("/me/agreement", json={"version": "2"})
    terms.people.agreement_version = "3"
    assert (await ada.post("/uploads", json=SPEECH)).json()["code"] == "agreement_required"
    terms.people.agreement_version = None
    assert (await ada.post("/uploads", json=SPEECH)).status_code == 201
    assert (await ada.post("/me/agreement", json={"version": "3"})).json()["code"] == "not_current"


async def test_nothing_is_added_to_what_goes(ada: httpx.AsyncClient, town: Town) -> None:
    """Who is about to leave is told how to stay."""
    async with town.units.begin() as work:
        await work.session.execute(update(User).values(leaves_at=datetime.now(UTC) + timedelta(days=3)))
    for path in CONTRIBUTIONS:
        refused = await ada.post(path, json=SPEECH if path == "/uploads" else {})
        assert (refused.status_code, refused.json()["code"]) == (409, "account_leaving")
        assert "/me/stay" in refused.json()["detail"]


async def test_everybody_may_be_a_speaker(
    ada: httpx.AsyncClient, town: Town, running_app: FastAPI, settings: Settings, pool: Pool
) -> None:
    """Where no approval is asked for, people are speakers without any row saying so, and machines are not."""
    assert settings.people.speakers_need_approval
    await town.person("bob@example.com", Role.ADMIN)
    with instead(running_app, gate=replace(town.gate, lowest_role=Role.SPEAKER)):
        callers = [{}, bearer(await town.session("bob@example.com")), pool.machine()]
        shown = [(await ada.get("/me", headers=headers)).json()["role"] for headers in callers]
    assert shown == ["speaker", "admin", "none"]
    async with town.units.begin() as work:
        assert await work.session.scalar(select(User.role).where(User.email == EMAIL)) is Role.NONE
