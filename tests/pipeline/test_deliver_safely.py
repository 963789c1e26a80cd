"""Deliveries to where nobody may send us, by a worker that dies, and by two at once."""

import asyncio
import ipaddress
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, update

from server.configuration.services import Outbound
from server.outbound.addresses import Allowed
from server.outbound.client import PublicTransport, open_outbound
from server.pipeline.deliver import deliver
from server.pipeline.stages import stages
from server.problems import NotFound
from server.tasks.models import Kind, Task
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.unit_of_work import UnitOfWork
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries import Target
from server.webhooks.kinds import DeliveryStatus, Proof, Transport
from server.webhooks.models import Delivery
from tests.outbound.serving import Site, serving
from tests.outbound.test_client import Names
from tests.pipeline.conftest import Bench, authorities
from tests.pipeline.delivering import FINE, Post, callback, headers, slow

OURS = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "10.0.0.1", "169.254.169.254")


@pytest.fixture
def post(bench: Bench) -> Post:
    """The bench's own."""
    return Post(bench)


async def test_our_own_network_is_not_called(post: Post) -> None:
    """Whatever was said of it when it was asked for, and however it is written; the owner reads why."""
    post.bench.tools.settings.outbound.allowed_hosts = []
    async with serving(lambda _: FINE) as site, open_outbound(Outbound(), "x", authorities()) as http:
        tools = replace(post.bench.tools, courier=replace(post.bench.tools.courier, http=http))
        for url in [site.url(host, scheme) for host in OURS for scheme in ("http", "https")]:
            delivery = await post.attempt(await post.send(Target(url, Transport.HTTP, Proof.CALLBACK)), tools)
            assert delivery.status is DeliveryStatus.PENDING
            assert "Nothing can be sent there" in ((await post.attempts(delivery.id))[0].error or "")
    assert site.requests == []


async def test_name_that_leads_elsewhere_is_not_followed(post: Post) -> None:
    """A name server may answer as it likes: what is connected to is what was checked."""
    names = Names("169.254.169.254", "127.0.0.1")
    allowed = Allowed(networks=(ipaddress.ip_network("127.0.0.0/8"),))
    async with (
        serving(lambda _: FINE) as site,
        httpx.AsyncClient(transport=PublicTransport(allowed, tls=authorities(), resolver=names)) as http,
    ):
        tools = replace(post.bench.tools, courier=replace(post.bench.tools.courier, http=http))
        post.bench.tools.settings.outbound.allowed_hosts.append("changing.example")
        delivery_id = await post.send(Target(site.url("changing.example"), Transport.HTTP, Proof.CALLBACK))
        for _ in range(2):
            await post.attempt(delivery_id, tools)
    errors = [attempt.error for attempt in await post.attempts(delivery_id)]
    assert errors == ["changing.example is none that may be called from here.", None]
    assert len(site.requests) == 1


async def test_killed_in_the_middle_it_is_repeated(post: Post) -> None:
    """What a worker sent that died over it comes again, to the byte, under the same name; the log has one attempt."""
    async with serving(lambda _: FINE) as site:
        delivery_id = await post.send(callback(site))
        await deliver(post.bench.tools, await post.bench.take(Kind.DELIVER, delivery_id))
        async with post.units.begin() as work:
            overdue = update(Task).where(Task.subject_id == delivery_id)
            await work.session.execute(overdue.values(lease_until=func.now() - timedelta(minutes=5)))
        delivery = await post.attempt(delivery_id)
        await post.attempt(delivery_id)  # a task too many: there is nothing to do
    first, second = headers(site)
    assert first["webhook-id"] == second["webhook-id"] == delivery.webhook_id
    assert site.bodies[0] == site.bodies[1]
    assert len(await post.attempts(delivery_id)) == 1


@pytest.mark.parametrize(("status", "left"), [(200, 0), (500, 1)])
async def test_redelivery_while_an_attempt_is_under_way(committing: Bench, status: int, left: int) -> None:
    """It is that attempt: there is one task before, and after it only what follows from how it went."""
    post = Post(committing)
    runner = Runner(post.units, stages(committing.tools), timedelta(minutes=1), 5)
    async with slow(b"", f"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n".encode()) as site:
        delivery_id = await post.send(callback(site))
        async with asyncio.TaskGroup() as group:
            group.create_task(runner.run_next(Queue.SENDING))
            await asyncio.wait_for(site.asked.wait(), 5)
            await post.redeliver(delivery_id)
            assert len(await post.tasks(delivery_id)) == 1
            site.go_on.set()
    assert (await post.read(delivery_id)).attempt_count == len(site.requests) == 1
    assert len(await post.tasks(delivery_id)) == left


async def test_endpoint_that_two_use_at_once(committing: Bench) -> None:
    """Of two who try it, the second gets the first one's; what is removed meanwhile is not there to be repeated."""
    post = Post(committing)
    endpoint, _ = await post.endpoint(Site(9))

    async def ping(work: UnitOfWork) -> Delivery:
        return await deliveries.ping(work, await endpoints.show(work, post.caller, endpoint.id, for_change=True))

    async def ping_too() -> Delivery:
        async with post.units.begin() as work:
            return await ping(work)

    async with post.units.begin() as work:
        first = await ping(work)
        second = asyncio.create_task(ping_too())
        await asyncio.sleep(0.05)
    assert (await second).id == first.id
    async with post.units.begin() as work:
        await endpoints.remove(work, post.caller, endpoint.id)
        await work.session.flush()
        repeated = asyncio.create_task(post.redeliver(first.id))
        await asyncio.sleep(0.05)
    with pytest.raises(NotFound):
        await repeated
