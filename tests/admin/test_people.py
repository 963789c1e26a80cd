"""People and their roles, as admins see them, and the audit log."""

from uuid import uuid4

import httpx
import pytest
from fastapi.routing import APIRoute

from server.admin.audit_router import router as audit
from server.admin.people_router import router as people
from server.audit.models import Action
from server.invites.router import admin as invites
from server.users.models import Role
from server.users.service import recognise
from tests.auth.conftest import Town, bearer, claimed
from tests.tokens import Pool

PATHS = sorted(
    (method, route.path.format(person_id=uuid4(), invite_id=uuid4(), email="a@example.com"))
    for router in (people, invites, audit)
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
)


async def test_others_than_admins_learn_nothing(http: httpx.AsyncClient, town: Town, pool: Pool) -> None:
    """Nobody, speakers, and machines with the base scope are turned away at every door."""
    await town.person("ada@example.com", Role.SPEAKER)
    callers = [bearer(await town.session("ada@example.com")), pool.machine("lectern/base")]
    for method, path in PATHS:
        assert (await http.request(method, path)).status_code == 401
        for headers in callers:
            assert (await http.request(method, path, headers=headers)).json()["code"] == "admin_only"


async def test_people_are_found_by_the_beginning(admin: httpx.AsyncClient, town: Town) -> None:
    """Of the address or the name, whatever its case; what means something to a pattern means itself."""
    for email, role in (("Ada@example.com", Role.SPEAKER), ("a_b@example.com", Role.NONE), ("bob@x.org", Role.ADMIN)):
        await town.person(email, role)

    async def found(**params: str | int) -> list[str]:
        answer = await admin.get("/admin/people", params=params)
        return [person["email"] for person in answer.raise_for_status().json()["items"]]

    assert await found() == ["bob@x.org", "a_b@example.com", "Ada@example.com"]
    assert await found(query="aDa@") == ["Ada@example.com"]
    assert await found(query="a_") == ["a_b@example.com"]
    assert await found(query="%") == await found(query="\\") == await found(query="example") == []
    assert await found(query="a per", role="admin") == ["bob@x.org"]
    page = (await admin.get("/admin/people", params={"limit": 2})).json()
    assert await found(limit=2, cursor=page["next_cursor"]) == ["Ada@example.com"]
    for bad in ({"query": "\0"}, {"role": "boss"}, {"cursor": "x"}):
        assert (await admin.get("/admin/people", params=bad)).status_code == 422


async def test_role_changes_are_written_down(admin: httpx.AsyncClient, town: Town) -> None:
    """Who gave which role instead of which is in the log, once for each change that is one."""
    ada = await town.person("ada@example.com")
    boss = (await admin.get("/me")).json()["id"]
    for _ in range(2):
        changed = await admin.patch(f"/admin/people/{ada.id}", json={"role": "speaker"})
        assert changed.json()["role"] == "speaker"
    listed = await admin.get("/admin/audit", params={"action": "role_changed", "subject_id": str(ada.id)})
    [entry] = listed.json()["items"]
    assert (entry["actor_id"], entry["details"]) == (boss, {"old": "none", "new": "speaker"})
    assert (await admin.patch(f"/admin/people/{ada.id}", json={"role": "boss"})).status_code == 422
    for nobody in (boss, uuid4()):
        assert (await admin.patch(f"/admin/people/{nobody}", json={"role": "admin"})).status_code == 404
        assert (await admin.get(f"/admin/people/{nobody}")).status_code == 404


async def test_last_admin_stays(admin: httpx.AsyncClient, town: Town) -> None:
    """Somebody has to be able to give roles; with a second one, the first may go."""
    ada = await town.person("ada@example.com", Role.ADMIN)
    refused = await admin.patch(f"/admin/people/{ada.id}", json={"role": "none"})
    assert (refused.status_code, refused.json()["code"]) == (409, "last_admin")
    await town.person("bob@example.com", Role.ADMIN)
    assert (await admin.patch(f"/admin/people/{ada.id}", json={"role": "none"})).json()["role"] == "none"


async def test_approvals_wait_for_their_people(admin: httpx.AsyncClient, town: Town) -> None:
    """A role given ahead waits until its person comes, can be taken back, and never makes anybody less."""
    for email in ("Ada@example.com", "bob@example.com", "eve@example.com"):
        approved = await admin.post("/admin/approvals", json={"email": email, "role": "speaker"})
        assert approved.json() == {"email": email, "role": "speaker", "person_id": None}
    first = (await admin.get("/admin/approvals", params={"limit": 2})).json()
    assert [item["email"] for item in first["items"]] == ["ada@example.com", "bob@example.com"]
    rest = (await admin.get("/admin/approvals", params={"cursor": first["next_cursor"]})).json()
    assert [item["email"] for item in rest["items"]] == ["eve@example.com"]
    assert [(await admin.delete("/admin/approvals/EVE@example.com")).status_code for _ in range(2)] == [204, 404]
    async with town.units.begin() as work:
        ada = await recognise(work, claimed("ada@example.com"))
    assert ada.role is Role.SPEAKER
    waiting = (await admin.get("/admin/approvals")).json()["items"]
    assert [item["email"] for item in waiting] == ["bob@example.com"]
    for given, has in (("admin", "admin"), ("speaker", "admin")):
        approved = await admin.post("/admin/approvals", json={"email": "ADA@example.com", "role": given})
        assert (approved.json()["role"], approved.json()["person_id"]) == (has, str(ada.id))
    assert len(await town.log(Action.APPROVED_AHEAD)) == 3
    assert len(await town.log(Action.APPROVAL_WITHDRAWN)) == 1


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "mi\N{KELVIN SIGN}e@example.com",
        "a@b@c",
        "a b@example.com",
        "\0@example.com",
        "@",
        "a" * 65 + "@example.com",
    ],
)
async def test_what_is_no_address_is_not_approved(admin: httpx.AsyncClient, email: str) -> None:
    """It would wait for ever."""
    assert (await admin.post("/admin/approvals", json={"email": email})).status_code == 422


async def test_audit_log_by_what_is_asked(admin: httpx.AsyncClient, town: Town) -> None:
    """Entries are found by what was done, by whom and to whom, newest first, page by page."""
    ada, bob = [await town.person(f"{name}@example.com") for name in ("ada", "bob")]
    for name in ("ada", "bob", "ada"):
        await town.session(f"{name}@example.com")
    by_ada: dict[str, str | int] = {"actor_id": str(ada.id), "limit": 1}
    first = (await admin.get("/admin/audit", params=by_ada)).json()
    rest = (await admin.get("/admin/audit", params=by_ada | {"cursor": first["next_cursor"]})).json()
    assert first["items"][0]["id"] > rest["items"][0]["id"]
    assert rest["next_cursor"] is None
    signed_in = (await admin.get("/admin/audit", params={"action": "signed_in"})).json()["items"]
    assert [entry["actor_id"] for entry in signed_in] == [str(who) for who in (ada.id, bob.id, ada.id)]
    assert (await admin.get("/admin/audit", params={"subject_id": str(ada.id)})).json()["items"] == []
    await admin.patch(f"/admin/people/{ada.id}", json={"role": "speaker"})
    [changed] = (await admin.get("/admin/audit", params={"subject_id": str(ada.id)})).json()["items"]
    assert (changed["actor_email"], changed["subject_email"]) == (None, "ada@example.com")
    assert {entry["actor_email"] for entry in signed_in} == {"ada@example.com", "bob@example.com"}
    for bad in ({"action": "x"}, {"actor_id": "x"}, {"cursor": "x"}):
        assert (await admin.get("/admin/audit", params=bad)).status_code == 422
