"""What admins can see and do, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from arq.connections import ArqRedis
from fastapi import FastAPI
from fastapi.routing import APIRoute

from server.admin.router import router
from server.settings import Settings
from server.tasks.models import Kind, State, Task
from server.tasks.queues import Queue
from server.unit_of_work import Units
from server.users import service as users
from server.users.models import Role, UserKind
from server.users.service import Claimed
from tests.admin.conftest import Post
from tests.swapping import instead
from tests.tokens import Pool

OPERATIONS = [
    (method, route.path.format(name="uploads"))
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods or ()
]


async def add(units: Units, *tasks: dict[str, Any]) -> None:
    """Add tasks as they would stand."""
    usual = {"kind": Kind.INTAKE, "queue": Queue.WORK}
    async with units.begin() as work:
        for columns in tasks:
            work.session.add(Task(subject_id=uuid4(), owner_id=uuid4(), **(usual | columns)))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_others_than_admins_are_turned_away(http: httpx.AsyncClient, pool: Pool, method: str, path: str) -> None:
    """People in other roles and machines with the base scope learn only that this isn't for them."""
    assert (await http.request(method, path)).status_code == 401
    for headers in (pool.person("somebody"), pool.machine("lectern/base")):
        refused = await http.request(method, path, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "admin_only")


async def test_people_are_admins_by_their_role(http: httpx.AsyncClient, units: Units, pool: Pool) -> None:
    """A person needs the role; no scope is asked for."""
    async with units.begin() as work:
        await users.provision(work, Claimed(UserKind.PERSON, pool.issuer, "the-admin"), Role.ADMIN)
    assert (await http.get("/admin/tasks", headers=pool.person("the-admin"))).json()["items"] == []


async def test_queues_with_depth_and_age(admin: httpx.AsyncClient, post: Post, units: Units) -> None:
    """Messages are counted by whether they can be had, tasks by whether they wait, run or have failed."""
    await post.send(post.url, "one", "two")
    await post.clients.sqs.receive_message(QueueUrl=post.url)
    await post.send(post.dead, "poison")
    now = datetime.now(UTC)
    await add(
        units,
        {"run_after": now - timedelta(seconds=100)},
        {"run_after": now - timedelta(seconds=10), "kind": Kind.TRANSCODE},
        {"run_after": now + timedelta(hours=1)},
        {"state": State.RUNNING, "lease_until": now + timedelta(hours=1)},
        {"state": State.FAILED},
        {"state": State.DONE},
        {"state": State.RUNNING, "lease_until": now - timedelta(seconds=5), "queue": Queue.WHISPER},
    )
    shown = (await admin.get("/admin/queues")).json()
    messages = {queue["name"]: queue for queue in shown["messages"]}
    expected = {"name": "uploads", "waiting": 1, "in_flight": 1, "delayed": 0, "dead_letters": 1}
    assert messages["uploads"] == expected
    assert set(messages) == {"uploads", "transcribe-events", "mail-events", "preprocessing"}
    tasks = {queue["name"]: queue for queue in shown["tasks"]}
    work, whisper = tasks["lectern:work"], tasks["lectern:whisper"]
    assert (work["due"], work["later"], work["running"], work["failed"]) == (2, 1, 1, 1)
    assert work["oldest_due_seconds"] == pytest.approx(100, abs=5)
    assert (whisper["due"], whisper["running"]) == (1, 0)
    assert whisper["oldest_due_seconds"] == pytest.approx(5, abs=5)


async def test_dead_letters_from_look_to_purge(admin: httpx.AsyncClient, post: Post) -> None:
    """They can be looked at as often as wished, brought back by id or all at once, and deleted."""
    first, second, long = await post.send(post.dead, "first", "second", "x" * 5_000)
    for _ in range(2):
        items = (await admin.get("/admin/queues/uploads/dead-letters")).json()["items"]
        assert {item["id"]: item["body"] for item in items} == {first: "first", second: "second", long: "x" * 2_000}
    answer = await admin.post("/admin/queues/uploads/redrive", json={"ids": [second]})
    assert answer.json() == {"redriven": 1, "left": 2}
    assert (await admin.delete("/admin/queues/uploads/dead-letters")).json() == {"purged": 2}
    assert (await admin.post("/admin/queues/uploads/redrive")).json() == {"redriven": 0, "left": 0}
    received = await post.clients.sqs.receive_message(QueueUrl=post.url)
    assert [message["Body"] for message in received["Messages"]] == ["second"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/queues/elsewhere/dead-letters"),
        ("POST", "/admin/queues/elsewhere/redrive"),
        ("DELETE", "/admin/queues/uploads-dead-letters/dead-letters"),
    ],
)
async def test_unknown_queue_is_404(admin: httpx.AsyncClient, method: str, path: str) -> None:
    """Only the queues that the settings name can be asked for."""
    assert (await admin.request(method, path)).status_code == 404


async def test_unset_queue_is_left_out(admin: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> None:
    """What a deployment does without is not asked after."""
    less = settings.model_copy(deep=True)
    less.aws.transcribe_events_queue_url = None
    with instead(running_app, settings=less):
        shown = (await admin.get("/admin/queues")).json()
    assert [queue["name"] for queue in shown["messages"]] == ["uploads", "mail-events", "preprocessing"]


async def test_failed_tasks_with_their_reason(admin: httpx.AsyncClient, units: Units) -> None:
    """Failed tasks are listed newest first, page by page, by kind if wished; other states on demand."""
    ended = {"state": State.FAILED, "finished_at": datetime.now(UTC), "attempt": 5, "failures": 5}
    for number in range(3):
        await add(units, ended | {"error": f"code: reason {number}"})
    await add(units, ended | {"kind": Kind.ERASE}, {"state": State.DONE})
    page = (await admin.get("/admin/tasks", params={"kind": "intake", "limit": 2})).json()
    assert [item["error"] for item in page["items"]] == ["code: reason 2", "code: reason 1"]
    assert (page["items"][0]["attempts"], page["items"][0]["state"]) == (5, "failed")
    rest = {"kind": "intake", "cursor": page["next_cursor"]}
    page = (await admin.get("/admin/tasks", params=rest)).json()
    assert ([item["error"] for item in page["items"]], page["next_cursor"]) == (["code: reason 0"], None)
    done = (await admin.get("/admin/tasks", params={"state": "done"})).json()["items"]
    assert [item["state"] for item in done] == ["done"]
    assert (await admin.get("/admin/tasks", params={"cursor": "nonsense"})).status_code == 422


async def test_sweep_on_demand(admin: httpx.AsyncClient, units: Units, valkey: ArqRedis) -> None:
    """Workers are called at once for what is due, and the buckets are to be gone through now."""
    await valkey.flushdb()
    await add(units, {})
    begun = await admin.post("/admin/sweep")
    assert (begun.status_code, begun.json()) == (202, {"due": 2, "overdue": 0})
    assert await valkey.zcard(Queue.WORK) == 2
    tasks = (await admin.get("/admin/tasks", params={"state": "pending"})).json()["items"]
    assert sorted(task["kind"] for task in tasks) == ["intake", "tidy"]
