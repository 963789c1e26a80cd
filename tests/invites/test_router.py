"""Invites, from the admin who makes one to whoever follows it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from server.audit.models import Action
from server.auth.principal import Principal
from server.invites import service
from server.invites.models import Invite, InviteUse
from server.invites.schemas import InviteAccepted, InviteWish
from server.invites.service import NoSuchInvite
from server.mails.postbox import Postbox
from server.settings import Settings
from server.unit_of_work import Units
from server.users import service as users
from server.users.models import Role, User
from tests.auth.conftest import Town, bearer, claimed
from tests.tokens import Pool


def wish(**changed: Any) -> dict[str, Any]:
    """What an admin asks for."""
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    return {"name": "Choir", "role": "speaker", "most_uses": 2, "expires_at": later} | changed


@pytest.fixture
def boss(pool: Pool) -> dict[str, str]:
    """An admin's headers."""
    return pool.machine("lectern/admin")


async def make(http: httpx.AsyncClient, boss: dict[str, str], **changed: Any) -> tuple[str, dict[str, str]]:
    """Make an invite; return its id, and what whoever follows its link sends."""
    made = (await http.post("/admin/invites", json=wish(**changed), headers=boss)).raise_for_status().json()
    return made["id"], {"secret": made["link"].rpartition("/invite#")[2]}


async def test_invite_from_the_first_look_to_the_last_use(
    http: httpx.AsyncClient, town: Town, boss: dict[str, str]
) -> None:
    """Anybody with the link sees what it gives; each person counts once; after the last it holds no longer."""
    invite_id, secret = await make(http, boss)
    assert (await http.post("/invites/look", json=secret)).json()["role"] == "speaker"
    ada, bob, eve = [bearer(await town.session(f"{name}@example.com")) for name in ("ada", "bob", "eve")]
    for headers in (ada, ada, bob, ada):
        assert (await http.post("/invites/accept", json=secret, headers=headers)).json() == {"role": "speaker"}
    assert (await http.get("/me", headers=ada)).json()["role"] == "speaker"
    assert (await http.post("/invites/accept", json=secret, headers=eve)).status_code == 404
    assert (await http.get("/me", headers=eve)).json()["role"] == "none"
    listed = await http.get("/admin/invites", headers=boss)
    assert [(item["id"], item["uses"]) for item in listed.json()["items"]] == [(invite_id, 2)]
    assert secret["secret"] not in listed.text
    entries = [await town.log(action) for action in (Action.INVITE_MADE, Action.INVITE_USED, Action.ROLE_CHANGED)]
    assert [len(of_kind) for of_kind in entries] == [1, 2, 2]
    assert secret["secret"] not in str([entry.details for of_kind in entries for entry in of_kind])


async def test_ended_and_unknown_invites_answer_alike(
    http: httpx.AsyncClient, town: Town, boss: dict[str, str]
) -> None:
    """Whoever guesses learns nothing from the answer."""
    ada = bearer(await town.session("ada@example.com"))
    revoked_id, revoked = await make(http, boss)
    for _ in range(2):
        assert (await http.delete(f"/admin/invites/{revoked_id}", headers=boss)).status_code == 204
    _, used = await make(http, boss, most_uses=1)
    await http.post("/invites/accept", json=used, headers=bearer(await town.session("bob@example.com")))
    expired_id, expired = await make(http, boss)
    async with town.units.begin() as work:
        past = datetime.now(UTC) - timedelta(seconds=1)
        await work.session.execute(update(Invite).where(Invite.id == expired_id).values(expires_at=past))
    answers = [
        await http.post(f"/invites/{act}", json=secret, headers=ada)
        for secret in (revoked, used, expired, {"secret": "unknown"}, {"secret": "\0"})
        for act in ("look", "accept")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len(await town.log(Action.INVITE_REVOKED)) == 1


async def test_role_is_raised_and_given_once(http: httpx.AsyncClient, town: Town, boss: dict[str, str]) -> None:
    """An admin stays one; who had the role taken away doesn't get it back by the same link."""
    _, secret = await make(http, boss, most_uses=5)
    await town.person("ada@example.com", Role.ADMIN)
    ada = bearer(await town.session("ada@example.com"))
    assert (await http.post("/invites/accept", json=secret, headers=ada)).json() == {"role": "admin"}
    bob = bearer(await town.session("bob@example.com"))
    await http.post("/invites/accept", json=secret, headers=bob)
    bobs_id = (await http.get("/me", headers=bob)).json()["id"]
    await http.patch(f"/admin/people/{bobs_id}", json={"role": "none"}, headers=boss)
    assert (await http.post("/invites/accept", json=secret, headers=bob)).json() == {"role": "none"}


async def test_invites_are_for_people_who_sign_in(
    http: httpx.AsyncClient, town: Town, pool: Pool, boss: dict[str, str]
) -> None:
    """Machines and keys can't follow one, and only admins make them."""
    _, secret = await make(http, boss)
    ada = bearer(await town.session("ada@example.com"))
    key = (await http.post("/auth/keys", json={"name": "k"}, headers=ada)).json()["key"]
    tries = {"people_only": pool.machine(), "sign_in_required": bearer(key), "unauthenticated": {}}
    for code, headers in tries.items():
        assert (await http.post("/invites/accept", json=secret, headers=headers)).json()["code"] == code
    assert (await http.post("/admin/invites", json=wish(), headers=ada)).json()["code"] == "admin_only"


@pytest.mark.parametrize(
    "changed",
    [
        {"most_uses": 0},
        {"most_uses": 10_001},
        {"role": "none"},
        {"name": "\0"},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": (datetime.now(UTC) + timedelta(days=400)).isoformat()},
        {"expires_at": "2027-01-01T00:00:00"},
        {"uses": 1},
        {"email": "nobody"},
    ],
)
async def test_wishes_without_sense_are_refused(
    http: httpx.AsyncClient, boss: dict[str, str], changed: dict[str, Any]
) -> None:
    """An invite gives something, to somebody, until a time to come that is not far."""
    assert (await http.post("/admin/invites", json=wish(**changed), headers=boss)).status_code == 422


async def test_invites_page_by_page(http: httpx.AsyncClient, boss: dict[str, str]) -> None:
    """The newest come first, and the cursor goes on."""
    ids = [(await make(http, boss))[0] for _ in range(3)]
    first = (await http.get("/admin/invites", params={"limit": 2}, headers=boss)).json()
    rest = (await http.get("/admin/invites", params={"cursor": first["next_cursor"]}, headers=boss)).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next_cursor"] is None


async def test_last_use_is_not_given_to_two(separate_units: Units, settings: Settings) -> None:
    """Of people who come at once for the last place, one has it; the same person twice counts once."""
    async with separate_units.begin() as work:
        people = [await users.recognise(work, claimed(f"{number}@example.com")) for number in range(4)]
        asked = InviteWish.model_validate(wish(most_uses=2))
        boss, postbox = Principal(people[0].id, sees_all=True), Postbox.of(settings)
        made = await service.make(work, boss, "https://lectern.test", asked, postbox)
    secret = made.link.rpartition("#")[2]

    async def come(who: users.Known) -> InviteAccepted:
        async with separate_units.begin() as work:
            return await service.accept(work, Principal(who.id, sees_all=False), secret)

    same = await asyncio.gather(come(people[0]), come(people[0]))
    assert [accepted.role for accepted in same] == [Role.SPEAKER] * 2
    others = await asyncio.gather(*(come(who) for who in people[1:]), return_exceptions=True)
    assert sorted(type(outcome) is NoSuchInvite for outcome in others) == [False, True, True]
    async with separate_units.begin() as work:
        assert await work.session.scalar(select(Invite.uses)) == 2
        assert await work.session.scalar(select(func.count()).select_from(InviteUse)) == 2
        speakers = select(User.id).where(User.role == Role.SPEAKER, User.id.in_([who.id for who in people]))
        assert set(await work.session.scalars(speakers)) == set(await work.session.scalars(select(InviteUse.user_id)))
