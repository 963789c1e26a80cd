"""What deliveries are tested with: their sender, and receivers that take their time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from server.auth.principal import Principal
from server.pipeline.deliver import deliver
from server.pipeline.tools import Tools
from server.tasks.models import Kind, State, Task
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries import Message, Target
from server.webhooks.endpoints import Office
from server.webhooks.kinds import Event, Proof, Transport
from server.webhooks.models import Delivery, DeliveryAttempt, WebhookEndpoint
from server.webhooks.schemas import EndpointWish
from tests.outbound.serving import Answer, Site
from tests.pipeline.conftest import Bench

TITLE = "שלום \N{SLIGHTLY SMILING FACE} <b>&"
PAYLOAD = {"type": "result.completed", "timestamp": "2026-11-22T00:00:00Z", "data": {"title": TITLE, "text_url": "/x"}}
FINE: Answer = (200, {}, b"thanks")


class Post:
    """Endpoints and messages of the bench's owner, and the stage that delivers them."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.units = bench, bench.tools.units
        self.office = Office(bench.tools.settings, bench.tools.courier.seal)
        self.caller = Principal(bench.owner, sees_all=False)

    async def endpoint(self, site: Site, path: str = "/hook") -> tuple[WebhookEndpoint, str]:
        """Have a site told of results."""
        wish = EndpointWish(url=site.url() + path, events=[Event.RESULT_COMPLETED])
        async with self.units.begin() as work:
            return await endpoints.make(work, self.office, self.caller, wish)

    async def send(self, target: Target, payload: dict[str, Any] = PAYLOAD) -> UUID:
        """Add a delivery."""
        async with self.units.begin() as work:
            message = Message("result.completed", payload, uuid4())
            sent = await deliveries.send(work, target, message, owner_id=self.bench.owner, dedupe=uuid4().hex)
        assert sent is not None
        return sent

    async def attempt(self, delivery_id: UUID, tools: Tools | None = None) -> Delivery:
        """Make one attempt, as the runner would, and return how the delivery stands."""
        taken = await self.bench.take(Kind.DELIVER, delivery_id)
        await self.bench.write(taken, await deliver(tools or self.bench.tools, taken))
        return await self.read(delivery_id)

    async def read(self, delivery_id: UUID) -> Delivery:
        """Read a delivery anew."""
        async with self.units.begin() as work:
            return await work.session.get_one(Delivery, delivery_id, populate_existing=True)

    async def attempts(self, delivery_id: UUID) -> list[DeliveryAttempt]:
        """Read the attempts at a delivery, in their order."""
        async with self.units.begin() as work:
            query = select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == delivery_id)
            return list((await work.session.execute(query.order_by(DeliveryAttempt.number))).scalars())

    async def tasks(self, delivery_id: UUID) -> list[Task]:
        """Read the tasks of a delivery that wait or are under way."""
        async with self.units.begin() as work:
            query = select(Task).where(Task.subject_id == delivery_id, Task.state.in_((State.PENDING, State.RUNNING)))
            return list((await work.session.execute(query)).scalars())

    async def redeliver(self, delivery_id: UUID) -> Delivery:
        """Have a delivery repeated, as its owner would."""
        async with self.units.begin() as work:
            return await deliveries.repeat(work, self.caller, delivery_id)


def callback(site: Site, path: str = "/hook") -> Target:
    """Return a site as an upload's callback."""
    return Target(site.url() + path, Transport.HTTP, Proof.CALLBACK)


def headers(site: Site) -> list[dict[str, str]]:
    """Read the headers of the requests that a site has had."""
    lines = (request.split("\r\n")[1:] for request in site.requests)
    return [{name.lower(): value for name, _, value in (line.partition(": ") for line in head)} for head in lines]


@dataclass
class Slow(Site):
    """A site that says when it is asked, and goes on when it is told to."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def slow(first: bytes, then: bytes = b"") -> AsyncIterator[Slow]:
    """Serve while the block lasts; at its end, whoever still waits is let go."""
    site = Slow(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.requests.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(first)
        site.asked.set()
        await site.go_on.wait()
        writer.write(then)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    async with server:
        yield site
        site.go_on.set()
