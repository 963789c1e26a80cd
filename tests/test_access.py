"""Who may do what: every operation of the API, tried by every kind of caller."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest
from arq.connections import ArqRedis
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, async_sessionmaker
from starlette.types import Message

from server.auth.registration import Registration
from server.aws.clients import Clients
from server.aws.store import Store
from server.documents.kinds import Origin
from server.documents.models import Document
from server.local.backing import Backing
from server.recitals.models import Recital
from server.settings import Settings
from server.unit_of_work import Units
from server.users import service as users
from server.users.models import Role, UserKind
from server.users.service import Claimed
from tests.access import ACCESS, CALLERS, FILE, HOOK, TOMORROW, Row
from tests.results.conftest import Shelf
from tests.swapping import instead
from tests.tokens import Pool

PEOPLE = {
    "none": Role.NONE,
    "speaker": Role.SPEAKER,
    "other": Role.SPEAKER,
    "admin": Role.ADMIN,
    "second": Role.ADMIN,  # so that the first may leave, or lose the role
}
STREAMS = frozenset({"/api/v1/events"})
Headers = dict[str, str]


@dataclass(frozen=True)
class World:
    """What there is, by the names that the table has for it, and how each caller comes."""

    names: dict[str, str]
    credentials: Mapping[str, Headers]

    def fill(self, template: str) -> str:
        """Put what there is into a path or a body."""
        named = {"name": "uploads" if "/queues/" in template else "light"}
        if "/results/exports/" in template:
            named["export_id"] = self.names["bundle_id"]
        for name, value in (self.names | named).items():
            template = template.replace(f"{{{name}}}", value)
        return template


@pytest.fixture(scope="module")
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One outer transaction, never committed, for all: what a caller does is undone after each request."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


@pytest.fixture(scope="module")
async def units(running_app: FastAPI, connection: AsyncConnection, valkey: ArqRedis) -> AsyncIterator[Units]:
    """The application's units of work, within that transaction."""
    sessions = async_sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    units = Units(sessions, valkey)
    with instead(running_app, units=units):
        yield units


@pytest.fixture(scope="module", autouse=True)
async def registration(running_app: FastAPI, clients: Clients, services: Backing) -> AsyncIterator[None]:
    """Have the application use the local pool."""
    client_id = services.environment["COGNITO_CLIENT_IDS"]
    with instead(running_app, registration=Registration(clients.cognito, client_id)):
        yield


@pytest.fixture(scope="module")
async def world(units: Units, running_app: FastAPI, store: Store, settings: Settings, pool: Pool) -> World:
    """One thing of each sort, and everybody who may come; what can be owned is the speaker's."""
    sessions, credentials, ids = running_app.state.gate.sessions, {}, {}
    async with units.begin() as work:
        for name, role in PEOPLE.items():
            claimed = Claimed(UserKind.PERSON, "https://issuer.test", name, email=f"{name}@example.com")
            ids[name] = (await users.provision(work, claimed, role)).id
            credentials[name] = _bearer(sessions.issue(ids[name], 0)[0])
    shelf = Shelf(units, store, settings, ids["speaker"])
    result = await shelf.add()
    transcript = await shelf.add_transcript(result, "Good morning")
    await shelf.put_rendition(result, "light", b"sound", "audio/mp4")
    names = {"result_id": result, "extension": "txt", "person_id": str(ids["other"]), "file": "main", "sequence": "0"}
    names |= {"transcript_id": transcript, "number": "0"}
    names |= await _add_recital(units, ids["speaker"])
    transport = httpx.ASGITransport(running_app)
    async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as http:
        made = await _furnish(http, credentials) | await _give_away(http, credentials["speaker"], result)
    tool = settings.auth.delegating_tools[0].get_secret_value().rpartition(":")[2]
    credentials |= {
        "anonymous": {},
        "base": pool.machine("lectern/base", "machine-a"),
        "machine": pool.machine("lectern/admin", "machine-b"),
        "delegated": {"x-delegation-secret-key": tool, "x-delegated-user-email": "speaker@example.com"},
        "key": _bearer(made.pop("key")),
    }
    return World(names | made, credentials)


async def _add_recital(units: Units, owner_id: UUID) -> dict[str, str]:
    """Add a document that all may read, and begin to read it."""
    text = {"title": "A walk", "language": "en", "origin": Origin.TEXT, "sentence_count": 0, "character_count": 0}
    document = Document(owner_id=owner_id, is_public=True, **text)
    async with units.begin() as work:
        work.session.add(document)
        await work.session.flush()
        recital = Recital(owner_id=owner_id, document_id=document.id, title=document.title, language=document.language)
        work.session.add(recital)
    return {"document_id": str(document.id), "recital_id": str(recital.id)}


def _bearer(token: str) -> Headers:
    return {"authorization": f"Bearer {token}"}


async def _furnish(http: httpx.AsyncClient, credentials: Mapping[str, Headers]) -> dict[str, str]:
    speaker, admin = credentials["speaker"], credentials["admin"]
    wish = {"name": "class", "role": "speaker", "most_uses": 9, "expires_at": TOMORROW}
    key = (await http.post("/auth/keys", json={"name": "a key"}, headers=speaker)).json()
    invite = (await http.post("/admin/invites", json=wish, headers=admin)).json()
    await http.post("/admin/approvals", json={"email": "ahead@example.com", "role": "speaker"}, headers=admin)
    endpoint = (await http.post("/webhook-endpoints", json=HOOK, headers=speaker)).json()["id"]
    return {
        "endpoint_id": endpoint,
        "delivery_id": (await http.post(f"/webhook-endpoints/{endpoint}/test", headers=speaker)).json()["id"],
        "key_id": key["id"],
        "key": key["key"],
        "upload_id": (await http.post("/uploads", json=FILE, headers=speaker)).json()["id"],
        "export_id": (await http.post("/me/export", headers=speaker)).json()["id"],
        "invite_id": invite["id"],
        "secret": invite["link"].rpartition("#")[2],
        "email": "ahead@example.com",
    }


async def _give_away(http: httpx.AsyncClient, speaker: Headers, result_id: str) -> dict[str, str]:
    bundle = {"ids": [result_id], "formats": ["txt"]}
    share = (await http.post(f"/results/{result_id}/shares", json={"with_sound": True}, headers=speaker)).json()
    return {
        "share_id": share["id"],
        "share_secret": share["url"].rpartition("#")[2],
        "bundle_id": (await http.post("/results/exports", json=bundle, headers=speaker)).json()["id"],
    }


def operations(app: FastAPI) -> set[str]:
    """Name every operation of the OpenAPI document, and the pages that are not in it."""
    document = app.openapi()["paths"]
    return {f"{method.upper()} {path}" for path, methods in document.items() for method in methods}


def test_every_operation_has_its_row(running_app: FastAPI) -> None:
    """Whoever adds an operation says who may use it; a row of one that is gone goes too."""
    assert operations(running_app) == set(ACCESS)
    assert all(len(row.statuses) == len(CALLERS) for row in ACCESS.values())


@pytest.mark.parametrize("operation", ACCESS)
async def test_everybody_gets_what_they_may(
    running_app: FastAPI, connection: AsyncConnection, world: World, operation: str
) -> None:
    """Each caller gets the status that the table says, whatever the others did before."""
    row, got = ACCESS[operation], {}
    for caller in CALLERS:
        undone = await connection.begin_nested()
        got[caller] = await _status_of(running_app, operation, row, world, world.credentials[caller])
        await undone.rollback()
    assert got == dict(zip(CALLERS, row.statuses, strict=True))


async def _status_of(app: FastAPI, operation: str, row: Row, world: World, headers: Headers) -> int:
    """Send a request, and return the status as soon as it is told: a stream would go on for ever."""
    method, _, path = world.fill(operation).partition(" ")
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    body, content_type = _written(row, world)
    messages = _messages(body)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.set_result(message["status"])

    own = {"host": "lectern.test", "content-type": content_type, "content-length": str(len(body))}
    sent = own | dict(row.headers) | headers
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": row.query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("lectern.test", 80),
        "state": {},
    }
    serving = asyncio.create_task(app(scope, lambda: anext(messages), send))
    async with asyncio.timeout(20):
        status = await told
    if path in STREAMS:
        serving.cancel()
    await asyncio.wait({serving})
    return status


def _written(row: Row, world: World) -> tuple[bytes, str]:
    if row.form:
        return urlencode(row.form).encode(), "application/x-www-form-urlencoded"
    return (b"" if row.body is None else world.fill(json.dumps(row.body)).encode()), "application/json"


async def _messages(body: bytes) -> AsyncIterator[Message]:
    """Give a request's body, and then stay connected."""
    yield {"type": "http.request", "body": body, "more_body": False}
    await asyncio.Event().wait()
