"""Looking after real queues."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from server.aws.clients import Clients
from server.aws.queues import Depth, Queues


@dataclass
class Pair:
    """A queue of its own for each test, and the one that its messages die into."""

    clients: Clients
    url: str
    dead: str

    async def send(self, url: str, *bodies: str) -> list[str]:
        """Send messages with an attribute each, and return their ids."""
        sent = [
            await self.clients.sqs.send_message(
                QueueUrl=url,
                MessageBody=body,
                MessageAttributes={"source": {"DataType": "String", "StringValue": "test"}},
            )
            for body in bodies
        ]
        return [message["MessageId"] for message in sent]

    async def receive(self, url: str) -> list[tuple[str, str]]:
        """Receive what there is: bodies and attributes."""
        answer = await self.clients.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], VisibilityTimeout=30
        )
        return sorted((m["Body"], m["MessageAttributes"]["source"]["StringValue"]) for m in answer.get("Messages", ()))


@pytest.fixture
async def pair(clients: Clients) -> AsyncIterator[Pair]:
    """Two queues."""
    name = f"tests-{uuid4()}"
    dead = (await clients.sqs.create_queue(QueueName=f"{name}-dead"))["QueueUrl"]
    described = await clients.sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
    policy = json.dumps({"deadLetterTargetArn": described["Attributes"]["QueueArn"], "maxReceiveCount": 3})
    made = await clients.sqs.create_queue(QueueName=name, Attributes={"RedrivePolicy": policy})
    yield Pair(clients, made["QueueUrl"], dead)
    for url in (made["QueueUrl"], dead):
        await clients.sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def queues(clients: Clients) -> Queues:
    """Access to the queues."""
    return Queues(clients)


async def test_counts_and_where_messages_die(queues: Queues, pair: Pair) -> None:
    """Messages are counted by whether they can be had; the queue of the dead is found by the policy."""
    await pair.send(pair.url, "one", "two", "three")
    await pair.clients.sqs.receive_message(QueueUrl=pair.url)
    await pair.clients.sqs.send_message(QueueUrl=pair.url, MessageBody="later", DelaySeconds=60)
    assert await queues.depth(pair.url) == Depth(waiting=2, in_flight=1, delayed=1)
    assert await queues.dead_letters(pair.url) == pair.dead
    assert await queues.dead_letters(pair.dead) is None


async def test_looking_takes_nothing_away(queues: Queues, pair: Pair) -> None:
    """More messages than SQS gives at once are shown, the oldest first, and all can be had right after."""
    before = datetime.now(UTC)
    ids = await pair.send(pair.dead, *(f"body {number}" for number in range(12)))
    seen = await queues.look(pair.dead, limit=50)
    assert [letter.body for letter in seen] == [f"body {number}" for number in range(12)]
    assert {letter.id for letter in seen} == set(ids)
    assert abs((seen[0].sent_at - before).total_seconds()) < 5
    assert [letter.receipts for letter in await queues.look(pair.dead, limit=2)] == [2, 2]
    assert await queues.depth(pair.dead) == Depth(waiting=12, in_flight=0, delayed=0)


async def test_bringing_back_all(queues: Queues, pair: Pair) -> None:
    """Every message goes back with its attributes; none stays behind."""
    await pair.send(pair.dead, "one", "two")
    assert await queues.move(pair.dead, pair.url, limit=100) == 2
    assert await pair.receive(pair.url) == [("one", "test"), ("two", "test")]
    assert (await queues.depth(pair.dead)).total == 0


async def test_bringing_back_some(queues: Queues, pair: Pair) -> None:
    """Only those named go back; the others, and what nobody knows, are left as they were."""
    _, wanted, _ = await pair.send(pair.dead, "one", "two", "three")
    assert await queues.move(pair.dead, pair.url, limit=100, ids={wanted, "unknown"}) == 1
    assert await pair.receive(pair.url) == [("two", "test")]
    assert await queues.depth(pair.dead) == Depth(waiting=2, in_flight=0, delayed=0)


async def test_bringing_back_is_bounded(queues: Queues, pair: Pair) -> None:
    """However much lies there, one call moves at most what it may."""
    await pair.send(pair.dead, *(f"body {number}" for number in range(5)))
    assert await queues.move(pair.dead, pair.url, limit=3) == 3
    assert ((await queues.depth(pair.dead)).total, (await queues.depth(pair.url)).total) == (2, 3)


async def test_broken_off_nothing_is_lost(queues: Queues, pair: Pair) -> None:
    """When the target can't be reached the failure is told as itself, and every message is still there."""
    await pair.send(pair.dead, "one", "two")
    with pytest.raises(pair.clients.sqs.exceptions.QueueDoesNotExist):
        await queues.move(pair.dead, f"{pair.url}-gone", limit=100)
    assert (await queues.depth(pair.dead)).total == 2


async def test_purge_says_how_many(queues: Queues, pair: Pair) -> None:
    """All are gone, and the number is told."""
    await pair.send(pair.dead, "one", "two")
    assert await queues.purge(pair.dead) == 2
    assert (await queues.depth(pair.dead)).total == 0
