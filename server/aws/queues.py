"""Looking after SQS queues and their dead letters: how full they are, what lies there, bringing it back."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from fastapi import Request

from server.aws.clients import Clients
from server.problems import Problem

if TYPE_CHECKING:
    from types_aiobotocore_sqs import SQSClient
    from types_aiobotocore_sqs.type_defs import MessageTypeDef

BATCH = 10
"""SQS gives and takes this many messages at once."""
LISTEN_SECONDS = 1
"""A receipt that doesn't wait asks only some of the servers that hold messages, and may find nothing.
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html"""
HOLD_SECONDS = 30
"""A message that is being looked at or brought back is hidden from others for this long, should we die over it."""
TRACE: Final = "AWSTraceHeader"
"""The only system attribute that a sender may set."""


class PurgedJustNow(Problem):
    """SQS is still deleting.

    Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html
    """

    status = 409
    code = "purged_just_now"

    def __init__(self) -> None:
        super().__init__("A queue can be purged once a minute. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Depth:
    """How many messages a queue has, as nearly as SQS knows: to be had now, with a receiver, and not yet to be had."""

    waiting: int
    in_flight: int
    delayed: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.in_flight + self.delayed


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it lies in a queue; `receipts` counts how often it was received, by looking too."""

    id: str
    body: str
    sent_at: datetime
    receipts: int

    @classmethod
    def of(cls, message: "MessageTypeDef") -> Self:
        """Read a message that was received with its system attributes."""
        attributes = message.get("Attributes", {})
        return cls(
            message["MessageId"],
            message["Body"],
            datetime.fromtimestamp(int(attributes["SentTimestamp"]) / 1000, UTC),
            int(attributes.get("ApproximateReceiveCount", 1)),
        )


@dataclass(frozen=True, slots=True)
class Queues:
    """Administers queues, each named by its URL."""

    clients: Clients

    @property
    def _sqs(self) -> "SQSClient":
        return self.clients.sqs

    async def depth(self, url: str) -> Depth:
        """Count a queue's messages."""
        return _depth(await self._attributes(url))

    async def dead_letters(self, url: str) -> str | None:
        """Return the URL of the queue that messages die into, or None when they don't."""
        policy = (await self._attributes(url)).get("RedrivePolicy")
        if not policy:
            return None
        # arn:aws:sqs:region:account:name; it is in the same account and region as the queue itself.
        name = json.loads(policy)["deadLetterTargetArn"].rpartition(":")[2]
        return (await self._sqs.get_queue_url(QueueName=name))["QueueUrl"]

    async def look(self, url: str, limit: int) -> list[Letter]:
        """Return some messages, the oldest first, and leave them where they are."""
        held: list[MessageTypeDef] = []
        expected = min(limit, (await self.depth(url)).waiting)
        try:
            async for batch in self._batches(url, expected):
                held += batch
        finally:
            await self._release(url, held)
        return sorted(map(Letter.of, held), key=lambda letter: (letter.sent_at, letter.id))

    async def move(self, source: str, target: str, limit: int, ids: Collection[str] | None = None) -> int:
        """Send messages from one queue to another with their attributes, all or those with the ids.

        Each is sent before it is deleted: when something breaks between, it is there twice, and never lost. At most
        `limit` messages are looked through.

        Returns:
            How many were moved.
        """
        moved = 0
        passed_over: list[MessageTypeDef] = []
        try:
            async for batch in self._batches(source, limit):
                chosen = [message for message in batch if ids is None or message["MessageId"] in ids]
                passed_over += [message for message in batch if message not in chosen]
                await self._move_batch(source, target, chosen)
                moved += len(chosen)
                if ids is not None and moved >= len(ids):
                    break
        finally:
            await self._release(source, passed_over)
        return moved

    async def purge(self, url: str) -> int:
        """Delete all of a queue's messages, and return about how many there were.

        Raises:
            PurgedJustNow: it was done within the last minute.
        """
        before = await self.depth(url)
        try:
            await self._sqs.purge_queue(QueueUrl=url)
        except self._sqs.exceptions.PurgeQueueInProgress:
            raise PurgedJustNow from None
        return before.total

    async def _attributes(self, url: str) -> dict[str, str]:
        found = await self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        return {str(name): value for name, value in found["Attributes"].items()}

    async def _batches(self, url: str, limit: int) -> "AsyncIterator[Sequence[MessageTypeDef]]":
        """Receive until there is nothing more, at most `limit` messages; each is hidden from others for a while."""
        left = limit
        while left > 0:
            received = await self._sqs.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=min(left, BATCH),
                VisibilityTimeout=HOLD_SECONDS,
                WaitTimeSeconds=LISTEN_SECONDS,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
            batch = received.get("Messages", [])
            if not batch:
                return
            left -= len(batch)
            yield batch

    async def _move_batch(self, source: str, target: str, messages: "Sequence[MessageTypeDef]") -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for message in messages:
                    group.create_task(self._move_one(source, target, message))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed  # an outage is told by its class

    async def _move_one(self, source: str, target: str, message: "MessageTypeDef") -> None:
        trace = message.get("Attributes", {}).get(TRACE)
        await self._sqs.send_message(
            QueueUrl=target,
            MessageBody=message["Body"],
            MessageAttributes=message.get("MessageAttributes", {}),
            MessageSystemAttributes={TRACE: {"DataType": "String", "StringValue": trace}} if trace else {},
        )
        await self._sqs.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])

    async def _release(self, url: str, messages: "Sequence[MessageTypeDef]") -> None:
        """Let others have at once what was received; what can't be released comes back by itself."""
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            await self._sqs.change_message_visibility_batch(
                QueueUrl=url,
                Entries=[
                    {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
                    for number, message in enumerate(batch)
                ],
            )


def _depth(attributes: dict[str, str]) -> Depth:
    counted = (int(attributes.get(f"ApproximateNumberOfMessages{which}", 0)) for which in ("", "NotVisible", "Delayed"))
    return Depth(*counted)


def get_queues(request: Request) -> Queues:
    """Return the application's access to its queues."""
    queues: Queues = request.app.state.queues
    return queues
