"""Delivering messages: a real receiver, a real queue, and what follows from each answer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import update
from standardwebhooks import Webhook, WebhookVerificationError

from server.auth.sealing import Seal
from server.webhooks import deliveries, endpoints
from server.webhooks.deliveries import Target
from server.webhooks.kinds import DeliveryStatus, Disabled, Proof, Transport
from server.webhooks.models import WebhookEndpoint
from server.webhooks.problems import EndpointDisabled
from tests.outbound.serving import Answer, serving
from tests.pipeline.conftest import Bench
from tests.pipeline.delivering import FINE, PAYLOAD, TITLE, Post, callback, headers, slow


@pytest.fixture
def post(bench: Bench) -> Post:
    """The bench's own."""
    return Post(bench)


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
