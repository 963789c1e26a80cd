"""Receiving from a real queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

import pytest

from server.aws.clients import Clients
from server.aws.queues import Letter
from server.worker.settings import end
from server.worker.sqs import Handler, LongHandler, consume, consume_long


class Queue:
    """A queue of its own for each test, and a worker on it."""

    def __init__(self, clients: Clients, url: str) -> None:
        self.sqs, self.url = clients.sqs, url
        self.ready = True

    async def send(self, body: str) -> None:
        """Send a message."""
        await self.sqs.send_message(QueueUrl=self.url, MessageBody=body)

    async def _can_work(self) -> bool:
        return self.ready

    async def consume_until(self, handle: Handler, done: asyncio.Event) -> None:
        """Consume until `done` is set, and a moment longer."""
        consuming = asyncio.create_task(consume(self.sqs, self.url, handle, self._can_work))
        async with asyncio.timeout(10):
            await done.wait()
        await asyncio.sleep(0.2)
        consuming.cancel()
        with suppress(asyncio.CancelledError):
            await consuming

    def consume_long(self, handle: LongHandler, hidden_seconds: int) -> asyncio.Task[None]:
        """Consume what takes its time."""
        consuming = consume_long(self.sqs, self.url, handle, self._can_work, hidden_seconds=hidden_seconds)
        return asyncio.create_task(consuming)

    async def left(self) -> int:
        """Count the messages that are still there, hidden ones too."""
        found = (await self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["All"]))["Attributes"]
        return int(found["ApproximateNumberOfMessages"]) + int(found["ApproximateNumberOfMessagesNotVisible"])


@pytest.fixture
async def queue(clients: Clients) -> AsyncIterator[Queue]:
    """A queue whose messages come back after a second."""
    made = await clients.sqs.create_queue(QueueName=f"tests-{uuid4()}", Attributes={"VisibilityTimeout": "1"})
    yield Queue(clients, made["QueueUrl"])
    await clients.sqs.delete_queue(QueueUrl=made["QueueUrl"])


async def test_handled_message_is_deleted(queue: Queue) -> None:
    """What was handled doesn't come again; with each message comes how long it has waited, in seconds."""
    bodies, ages, done = [], [], asyncio.Event()

    async def handle(body: str, age: float) -> None:
        bodies.append(body)
        ages.append(age)
        if len(bodies) == 2:
            done.set()

    await queue.send("one")
    await asyncio.sleep(0.2)
    await queue.send("two")
    await queue.consume_until(handle, done)
    assert (sorted(bodies), await queue.left()) == (["one", "two"], 0)
    assert 0.2 <= max(ages) < 10


async def test_message_that_fails_stays_and_the_others_go_on(queue: Queue) -> None:
    """A message that can't be handled comes back, and holds up no other."""
    seen, done = [], asyncio.Event()

    async def handle(body: str, _age: float) -> None:
        seen.append(body)
        if seen.count("bad") == 2 and "good" in seen:
            done.set()
        if body == "bad":
            raise ValueError(body)

    await queue.send("bad")
    await queue.send("good")
    await queue.consume_until(handle, done)
    assert (seen.count("good"), await queue.left()) == (1, 1)


async def test_nothing_is_received_while_it_could_not_be_kept(queue: Queue) -> None:
    """While the database is away, messages stay unread, so that none dies of our own trouble."""
    queue.ready = False
    handled, done = asyncio.Event(), asyncio.Event()

    async def handle(_: str, _age: float) -> None:
        handled.set()

    await queue.send("good")
    asyncio.get_running_loop().call_later(0.5, done.set)
    await queue.consume_until(handle, done)
    assert not handled.is_set()
    queue.ready = True
    await queue.consume_until(handle, handled)
    assert await queue.left() == 0


async def test_an_unreachable_queue_does_not_end_the_worker(queue: Queue) -> None:
    """When SQS can't be asked, the worker asks again later."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, done.set)
    queue.url += "-that-is-not-there"

    async def handle(_: str, _age: float) -> None: ...

    await queue.consume_until(handle, done)


async def test_long_work_has_its_message_to_itself(queue: Queue) -> None:
    """However long it takes, no other worker gets the message meanwhile."""
    begun: list[Letter] = []

    async def handle(letter: Letter) -> None:
        begun.append(letter)
        await asyncio.sleep(1.2)

    await queue.send("long")
    workers = [queue.consume_long(handle, hidden_seconds=1) for _ in range(2)]
    async with asyncio.timeout(10):
        while not begun or await queue.left():
            await asyncio.sleep(0.05)
    await asyncio.gather(*map(end, workers))
    assert [(letter.body, letter.receipts) for letter in begun] == [("long", 1)]


async def test_long_work_that_is_stopped_is_there_for_others_at_once(queue: Queue) -> None:
    """A worker that is told to stop keeps nobody waiting until its time would have been over."""
    begun = asyncio.Event()

    async def handle(_: Letter) -> None:
        begun.set()
        await asyncio.Event().wait()

    await queue.send("long")
    worker = queue.consume_long(handle, hidden_seconds=600)
    async with asyncio.timeout(10):
        await begun.wait()
    await end(worker)
    assert worker.cancelled()
    received = await queue.sqs.receive_message(QueueUrl=queue.url, WaitTimeSeconds=0)
    assert [message["Body"] for message in received["Messages"]] == ["long"]
