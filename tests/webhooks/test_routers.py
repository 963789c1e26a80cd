"""Endpoints and deliveries over HTTP, and what is kept of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select, update

from server.tasks.models import Kind, Task
from server.unit_of_work import Units
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries import Message, Target
from server.webhooks.kinds import Proof, Transport
from server.webhooks.models import CallbackSecret, Delivery, WebhookEndpoint
from tests.tokens import Pool

WISH = {"url": "https://example.com/lectern", "events": ["result.failed", "result.completed", "result.failed"]}


@pytest.fixture
def mine(http: httpx.AsyncClient, pool: Pool) -> httpx.AsyncClient:
    """A client that is signed in as me."""
    http.headers.update(pool.person("me"))
    return http


async def made(mine: httpx.AsyncClient, **changed: object) -> Any:
    """Make an endpoint."""
    answer = await mine.post("/webhook-endpoints", json=WISH | changed)
    assert answer.status_code == 201
    return answer.json()


async def test_secret_is_told_once_and_kept_sealed(mine: httpx.AsyncClient, units: Units) -> None:
    """Whoever reads the database or the list doesn't have it; a new one leaves the former one for a day."""
    endpoint = await made(mine, description="The archive")
    rotated = (await mine.post(f"/webhook-endpoints/{endpoint['id']}/secret")).json()
    callback = [(await mine.get("/webhook-endpoints/callback-secret")).json()["secret"] for _ in range(2)]
    shown = (await mine.get(f"/webhook-endpoints/{endpoint['id']}")).json()
    assert shown["former_secret_until"] == rotated["former_secret_until"] is not None
    assert (shown["events"], shown["is_enabled"]) == (["result.completed", "result.failed"], True)
    assert (await mine.get("/webhook-endpoints")).json() == {"items": [shown]}
    assert callback[0] == callback[1]
    async with units.begin() as work:
        row = (await work.session.execute(select(WebhookEndpoint))).scalar_one()
        sealed = await work.session.scalar(select(CallbackSecret.sealed_secret))
    for secret in (endpoint["secret"], rotated["secret"], callback[0]):
        assert secret.startswith("whsec_")
        for text in (row.sealed_secret, row.former_sealed_secret, sealed, str(shown)):
            assert secret.removeprefix("whsec_") not in str(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "https://127.0.0.2/hook"},
        {"url": "https://example.com/" + "x" * 2_048},
        {"url": "https://example.com/\x00"},
        {"events": []},
        {"events": ["ping"]},
        {"events": ["result.deleted"]},
        {"description": "two\nlines"},
        {"secret": "whsec_mine"},
    ],
)
async def test_nonsense_is_refused(mine: httpx.AsyncClient, changed: dict[str, object]) -> None:
    """When it is made, and when it is changed to that."""
    assert (await mine.post("/webhook-endpoints", json=WISH | changed)).status_code == 422
    endpoint = await made(mine)
    assert (await mine.patch(f"/webhook-endpoints/{endpoint['id']}", json=changed)).status_code == 422


async def test_nobody_has_more_than_so_many(mine: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is removed makes room."""
    monkeypatch.setattr(endpoints, "MOST", 2)
    endpoint_ids = [(await made(mine))["id"] for _ in range(endpoints.MOST)]
    refused = await mine.post("/webhook-endpoints", json=WISH)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_endpoints")
    assert (await mine.delete(f"/webhook-endpoints/{endpoint_ids[0]}")).status_code == 204
    await made(mine)


async def test_ping_is_listed_shown_and_sent_again(mine: httpx.AsyncClient, units: Units) -> None:
    """The owner sees what is said and how it goes; one that is on its way is not doubled."""
    endpoint = await made(mine)
    asked = [await mine.post(f"/webhook-endpoints/{endpoint['id']}/test") for _ in range(2)]
    delivery = asked[0].json()
    assert [answer.json()["id"] for answer in asked] == [delivery["id"]] * 2
    assert asked[0].headers["location"] == f"/api/v1/deliveries/{delivery['id']}"
    assert (delivery["event"], delivery["status"], delivery["type"]) == ("ping", "pending", "HTTP")
    shown = (await mine.get(f"/deliveries/{delivery['id']}")).json()
    assert shown["payload"]["type"] == "ping"
    assert shown["payload"]["data"] == {"endpoint_id": endpoint["id"]}
    assert shown["attempts"] == []
    assert (await mine.post(f"/deliveries/{delivery['id']}/redeliver")).json()["status"] == "pending"
    async with units.begin() as work:
        found = await work.session.execute(select(Task.kind).where(Task.subject_id == UUID(delivery["id"])))
        assert found.scalars().all() == [Kind.DELIVER]


async def test_disabled_endpoint_gives_up_what_waits(mine: httpx.AsyncClient) -> None:
    """It is neither tried nor told again what it missed, until it is enabled and that is asked for."""
    path = f"/webhook-endpoints/{(await made(mine))['id']}"
    delivery = (await mine.post(f"{path}/test")).json()
    disabled = (await mine.patch(path, json={"is_enabled": False})).json()
    assert (disabled["is_enabled"], disabled["disabled"]) == (False, "by_owner")
    given_up = (await mine.get(f"/deliveries/{delivery['id']}")).json()
    assert (given_up["status"], given_up["next_at"]) == ("given_up", None)
    for asked in (f"{path}/test", f"/deliveries/{delivery['id']}/redeliver"):
        refused = await mine.post(asked)
        assert (refused.status_code, refused.json()["code"]) == (409, "endpoint_disabled")
    assert (await mine.patch(path, json={"is_enabled": True})).json()["disabled"] is None
    assert (await mine.get(f"/deliveries/{delivery['id']}")).json()["status"] == "given_up"
    assert (await mine.post(f"/deliveries/{delivery['id']}/redeliver")).json()["status"] == "pending"


async def test_deliveries_are_listed_by_pages_and_filters(mine: httpx.AsyncClient, units: Units) -> None:
    """Newest first, those of one endpoint, those that stand so; what has long ended is forgotten."""
    endpoint = await made(mine)
    await mine.post(f"/webhook-endpoints/{endpoint['id']}/test")
    async with units.begin() as work:
        owner_id = await work.session.scalar(select(WebhookEndpoint.owner_id))
        target = Target("https://example.com/callback", Transport.HTTP, Proof.CALLBACK)
        message = Message("result.completed", {"type": "result.completed", "data": {}}, uuid4())
        for name in ("a", "b", "a"):
            await deliveries.send(work, target, message, owner_id=owner_id, dedupe=name)
    first = (await mine.get("/deliveries", params={"limit": 2})).json()
    rest = (await mine.get("/deliveries", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    ids = [one["id"] for one in first["items"] + rest["items"]]
    assert (len(ids), ids, rest["next_cursor"]) == (3, sorted(ids, reverse=True), None)
    of_endpoint = (await mine.get("/deliveries", params={"endpoint_id": endpoint["id"]})).json()["items"]
    assert [one["event"] for one in of_endpoint] == ["ping"]
    async with units.begin() as work:
        ended = {"status": "delivered", "ended_at": func.now() - timedelta(days=31)}
        await work.session.execute(update(Delivery).where(Delivery.dedupe == "a").values(ended))
    delivered = (await mine.get("/deliveries", params={"status": "delivered"})).json()["items"]
    assert [one["id"] for one in delivered] == [ids[1]]
    async with units.begin() as work:
        await deliveries.forget_ended(work, timedelta(days=30))
    assert len((await mine.get("/deliveries")).json()["items"]) == 2
