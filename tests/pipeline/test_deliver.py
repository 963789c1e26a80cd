"""Delivering messages: a real receiver, a real queue, and what follows from each answer."""

import asyncio
import ipaddress
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update
from standardwebhooks import Webhook, WebhookVerificationError

from server.auth.principal import Principal
from server.auth.sealing import Seal
from server.configuration.services import Outbound
from server.outbound.addresses import Allowed
from server.outbound.client import PublicTransport, open_outbound
from server.pipeline.deliver import deliver
from server.pipeline.stages import stages
from server.pipeline.tools import Tools
from server.problems import NotFound
from server.tasks.models import Kind, State, Task
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.unit_of_work import UnitOfWork
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries import Message, Target
from server.webhooks.endpoints import Office
from server.webhooks.kinds import DeliveryStatus, Disabled, Event, Proof, Transport
from server.webhooks.models import Delivery, DeliveryAttempt, WebhookEndpoint
from server.webhooks.problems import EndpointDisabled
from server.webhooks.schemas import EndpointWish
from tests.outbound.serving import Answer, Site, serving
from tests.outbound.test_client import Names
from tests.pipeline.conftest import Bench, authorities

TITLE = "שלום \N{SLIGHTLY SMILING FACE} <b>&"
PAYLOAD = {"type": "result.completed", "timestamp": "2026-11-22T00:00:00Z", "data": {"title": TITLE, "text_url": "/x"}}
FINE: Answer = (200, {}, b"thanks")
OURS = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "10.0.0.1", "169.254.169.254")


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


@pytest.fixture
def post(bench: Bench) -> Post:
    """The bench's own."""
    return Post(bench)


def callback(site: Site, path: str = "/hook") -> Target:
    """Return a site as an upload's callback."""
    return Target(site.url() + path, Transport.HTTP, Proof.CALLBACK)


def headers(site: Site) -> list[dict[str, str]]:
    """Read the headers of the requests that a site has had."""
    lines = (request.split("\r\n")[1:] for request in site.requests)
    return [{name.lower(): value for name, _, value in (line.partition(": ") for line in head)} for head in lines]


async def test_endpoint_verifies_what_it_is_told(post: Post) -> None:
    """By the package of Standard Webhooks; while a secret is replaced by both, and then by the new one alone."""
    async with serving(lambda _: FINE) as site:
        endpoint, former = await post.endpoint(site)
        async with post.units.begin() as work:
            _, latter = await endpoints.rotate(work, post.office, post.caller, endpoint.id)
        first = await post.attempt(await post.send(Target.of(endpoint)))
        async with post.units.begin() as work:
            await work.session.execute(update(WebhookEndpoint).values(former_until=datetime.now(UTC)))
        await post.attempt(await post.send(Target.of(endpoint)))
    told, told_later = headers(site)
    public_url = post.bench.tools.settings.service.public_url
    whole = PAYLOAD | {"data": {"title": TITLE, "text_url": f"{public_url}/x"}}
    for secret in (former, latter):
        assert Webhook(secret).verify(site.bodies[0], told) == whole
    Webhook(latter).verify(site.bodies[1], told_later)
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(site.bodies[1], told_later)
    assert (first.status, first.attempt_count, first.next_at) == (DeliveryStatus.DELIVERED, 1, None)
    assert told["webhook-id"] == first.webhook_id
    assert (told["content-type"], site.requests[0].split()[:2]) == ("application/json", ["POST", "/hook"])


async def test_secret_that_can_not_be_read_is_replaced(post: Post) -> None:
    """Where the key is gone that it was sealed by, the owner is told so, and a new one signs at once, alone."""
    forgotten = Seal([SecretStr("forgotten" * 4)], "webhook secrets")
    async with serving(lambda _: FINE) as site:
        endpoint, _ = await post.endpoint(site)
        async with post.units.begin() as work:
            await work.session.execute(update(WebhookEndpoint).values(sealed_secret=forgotten.close("whsec_bG9zdA==")))
        delivery = await post.attempt(await post.send(Target.of(endpoint)))
        assert "Make a new one" in ((await post.attempts(delivery.id))[0].error or "")
        async with post.units.begin() as work:
            _, secret = await endpoints.rotate(work, post.office, post.caller, endpoint.id)
        assert (await post.attempt(delivery.id)).status is DeliveryStatus.DELIVERED
    (told,) = headers(site)
    Webhook(secret).verify(site.bodies[0], told)
    assert " " not in told["webhook-signature"]


async def test_callback_is_signed_by_its_owners_secret_or_brings_a_key(post: Post) -> None:
    """An upload's by the secret that its owner can ask for; what was asked for by the queue brings a key instead."""
    post.bench.tools.settings.preprocessing.callback_key = SecretStr("k" * 24)
    async with serving(lambda _: FINE) as site:
        await post.attempt(await post.send(callback(site)))
        await post.attempt(await post.send(replace(callback(site), proof=Proof.API_KEY)))
    async with post.units.begin() as work:
        secret = await endpoints.show_callback_secret(work, post.office, post.caller)
    told, told_by_key = headers(site)
    Webhook(secret).verify(site.bodies[0], told)
    assert "x-webhook-api-key" not in told
    assert told_by_key["x-webhook-api-key"] == "k" * 24
    assert "webhook-signature" not in told_by_key


@pytest.mark.parametrize(
    ("answer", "said", "earliest", "latest"),
    [
        ((500, {}, b"x" * 100_000), "It answered 500.", 4, 6),
        ((404, {"Retry-After": "900"}, b""), "It answered 404.", 4, 6),
        ((302, {"Location": "http://169.254.169.254/latest"}, b""), "It answered 302. Redirects are not", 4, 6),
        ((429, {"Retry-After": "900"}, b""), "It answered 429.", 890, 901),
        ((503, {"Retry-After": "Sat, 01 Jan 2222 00:00:00 GMT"}, b""), "It answered 503.", 86_390, 86_401),
        ((503, {"Retry-After": "soon"}, b""), "It answered 503.", 4, 6),
    ],
)
async def test_another_answer_is_tried_again(
    post: Post, answer: Answer, said: str, earliest: float, latest: float
) -> None:
    """After the planned pause, or when the receiver wishes it, within a day; a redirect leads nowhere."""
    async with serving(lambda _: answer) as site:
        delivery = await post.attempt(await post.send(callback(site)))
    assert delivery.status is DeliveryStatus.PENDING
    assert len(site.requests) == 1
    (attempt,) = await post.attempts(delivery.id)
    assert (attempt.number, attempt.status_code) == (1, answer[0])
    assert (attempt.error or "").startswith(said)
    (task,) = await post.tasks(delivery.id)
    assert delivery.next_at is not None
    for due in (task.run_after, delivery.next_at):
        assert earliest < (due - datetime.now(UTC)).total_seconds() < latest


async def test_attempts_are_the_same_message_and_come_to_an_end(post: Post) -> None:
    """As many as there are pauses and one; asked for again by the owner, it is tried anew under the same name."""
    pauses = post.bench.tools.settings.callbacks.pauses
    assert (len(pauses), sum(pauses)) == (9, 272_105)  # ten attempts within about three days
    del pauses[2:]
    answers: Iterator[Answer] = iter([(500, {}, b"")] * 3 + [FINE])
    async with serving(lambda _: next(answers)) as site:
        delivery_id = await post.send(callback(site))
        stood = [(await post.attempt(delivery_id)).status for _ in range(3)]
        assert await post.tasks(delivery_id) == []
        assert (await post.redeliver(delivery_id)).status is DeliveryStatus.PENDING
        delivery = await post.attempt(delivery_id)
    assert stood == [DeliveryStatus.PENDING, DeliveryStatus.PENDING, DeliveryStatus.FAILED]
    assert (delivery.status, delivery.attempt_count) == (DeliveryStatus.DELIVERED, 4)
    assert {told["webhook-id"] for told in headers(site)} == {delivery.webhook_id}
    assert len(set(site.bodies)) == 1
    assert [attempt.number for attempt in await post.attempts(delivery_id)] == [1, 2, 3, 4]


async def test_who_is_gone_is_told_nothing_more(post: Post) -> None:
    """410 disables an endpoint and gives up what waits for it; enabled again, it is told what is new, or asked for."""
    async with serving(lambda path: (410, {}, b"") if path == "/gone" else FINE) as site:
        endpoint, _ = await post.endpoint(site, "/gone")
        waiting, other = await post.send(Target.of(endpoint)), await post.send(callback(site))
        gone = await post.attempt(await post.send(Target.of(endpoint)))
        assert [(await post.read(one)).status for one in (gone.id, waiting, other)] == [
            DeliveryStatus.GIVEN_UP,
            DeliveryStatus.GIVEN_UP,
            DeliveryStatus.PENDING,
        ]
        async with post.units.begin() as work:
            stands = await endpoints.show(work, post.caller, endpoint.id)
            assert stands.disabled is Disabled.GONE
            with pytest.raises(EndpointDisabled):
                await deliveries.repeat(work, post.caller, waiting)
            stands.disabled, stands.url = None, site.url() + "/moved"
        await post.redeliver(waiting)
        assert len(await post.tasks(waiting)) == 1
        assert (await post.attempt(waiting)).url.endswith("/moved")
        assert (await post.attempt(await post.send(callback(site, "/gone")))).status is DeliveryStatus.GIVEN_UP
    assert [request.split()[1] for request in site.requests] == ["/gone", "/moved", "/gone"]


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


async def test_who_does_not_answer(post: Post) -> None:
    """A receiver has so long, and no longer; an absent one is told apart, and an answer without end is one."""
    post.bench.tools.settings.callbacks.seconds = 0.3
    async with slow(b"") as site, slow(b"HTTP/1.1 200 Fine\r\nContent-Length: 9\r\n\r\n") as endless:
        silent = await post.attempt(await post.send(callback(site)))
        begun = await post.attempt(await post.send(callback(endless)))
    absent = await post.attempt(await post.send(callback(site)))
    assert (await post.attempts(silent.id))[0].error == "It did not answer within 0.3 seconds."
    assert 300 <= (await post.attempts(silent.id))[0].took_ms < 2_000
    assert "connection" in ((await post.attempts(absent.id))[0].error or "")
    assert begun.status is DeliveryStatus.DELIVERED


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


async def test_queue_gets_what_is_told(post: Post) -> None:
    """The payload as the message, and its name as an attribute; queues that are missing or not named are told."""
    sqs = post.bench.tools.store.clients.sqs
    url = (await sqs.create_queue(QueueName=f"told-{uuid4().hex}"))["QueueUrl"]
    post.bench.tools.settings.callbacks.queues = [f"{url.rpartition('/')[0]}/*"]
    done = await post.attempt(await post.send(Target(url, Transport.SQS, Proof.CALLBACK)))
    missing = await post.attempt(await post.send(Target(f"{url}-not", Transport.SQS, Proof.CALLBACK)))
    post.bench.tools.settings.callbacks.queues = []
    unnamed = await post.attempt(await post.send(Target(url, Transport.SQS, Proof.CALLBACK)))
    got = (await sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]))["Messages"]
    assert [json.loads(message["Body"])["data"]["title"] for message in got] == [TITLE]
    assert got[0]["MessageAttributes"]["webhook-id"].get("StringValue") == done.webhook_id
    assert done.status is DeliveryStatus.DELIVERED
    assert "NonExistentQueue" in ((await post.attempts(missing.id))[0].error or "")
    assert "none of the queues" in ((await post.attempts(unnamed.id))[0].error or "")
    await sqs.delete_queue(QueueUrl=url)


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
