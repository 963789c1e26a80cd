"""Receiving SQS messages: long poll, handle, delete.

Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from server.aws.clients import LONG_POLL_SECONDS
from server.aws.queues import Letter

if TYPE_CHECKING:
    from types_aiobotocore_sqs import SQSClient
    from types_aiobotocore_sqs.type_defs import MessageTypeDef

log = structlog.get_logger(__name__)

BATCH = 10
PAUSE_SECONDS = 2.0

Handler = Callable[[str, float], Awaitable[None]]
"""Takes a message's body and its age in seconds."""
LongHandler = Callable[[Letter], Awaitable[None]]
"""Takes a message, and its time over it."""
CanWork = Callable[[], Awaitable[bool]]


async def consume(sqs: "SQSClient", queue_url: str, handle: Handler, can_work: CanWork) -> None:
    """Hand each message's body to `handle`, and delete it once that has returned.

    A message that can't be handled stays, comes back after its visibility time, and after three
    receipts lies in the dead-letter queue. While `can_work` says no, nothing is received: good
    messages must not die of our own trouble.
    """

    async def take(message: "MessageTypeDef") -> None:
        await handle(message["Body"], _age(message))

    await _receive(_Received(sqs, queue_url, take), can_work, at_once=BATCH)


async def consume_long(
    sqs: "SQSClient", queue_url: str, handle: LongHandler, can_work: CanWork, *, hidden_seconds: int
) -> None:
    """Do the same with messages that take their time: one after the other, each hidden from others meanwhile.

    Args:
        sqs: the client.
        queue_url: the queue.
        handle: takes as long as it needs; what SQS allows is 12 hours.
        can_work: see `consume`.
        hidden_seconds: for how long a message stays hidden when its worker dies; told to SQS again and again.
    """

    async def take(message: "MessageTypeDef") -> None:
        async with _hidden(sqs, queue_url, message, hidden_seconds):
            await handle(Letter.of(message))

    await _receive(_Received(sqs, queue_url, take), can_work, at_once=1)


@dataclass(frozen=True, slots=True)
class _Received:
    """What is received from one queue, and who takes it."""

    sqs: "SQSClient"
    queue_url: str
    take: Callable[["MessageTypeDef"], Awaitable[None]]

    async def batch(self, at_once: int) -> None:
        received = await self.sqs.receive_message(
            QueueUrl=self.queue_url,
            MaxNumberOfMessages=at_once,
            WaitTimeSeconds=LONG_POLL_SECONDS,
            MessageSystemAttributeNames=["SentTimestamp", "ApproximateReceiveCount"],
        )
        for message in received.get("Messages", ()):
            await self._one(message)

    async def _one(self, message: "MessageTypeDef") -> None:
        with structlog.contextvars.bound_contextvars(message_id=message["MessageId"]):
            try:
                await self.take(message)
            except Exception as error:  # noqa: BLE001 - the message stays in the queue; the others go on
                log.warning("message left in its queue", error=str(error))
                return
            await self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])


async def _receive(received: _Received, can_work: CanWork, *, at_once: int) -> None:
    while True:
        try:
            if await can_work():
                await received.batch(at_once)
                continue
            log.warning("nothing received while the database is away")
        except Exception as error:  # noqa: BLE001 - SQS being away for a while must not end the worker
            log.warning("receiving failed", error=str(error))
        await asyncio.sleep(random.uniform(PAUSE_SECONDS / 2, PAUSE_SECONDS))  # noqa: S311 - jitter is no secret


@asynccontextmanager
async def _hidden(sqs: "SQSClient", queue_url: str, message: "MessageTypeDef", seconds: int) -> AsyncIterator[None]:
    """Keep a message from others while the block runs; one whose worker is told to stop is theirs at once.

    Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    """

    async def hide(seconds: int) -> None:
        try:
            await sqs.change_message_visibility(
                QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=seconds
            )
        except Exception as error:  # noqa: BLE001 - SQS being away for a moment is no reason to stop
            log.warning("message not hidden", seconds=seconds, error=str(error))

    async def beat() -> None:
        while True:
            await asyncio.sleep(seconds / 3)
            await hide(seconds)

    beating = asyncio.create_task(beat())
    try:
        yield
    except asyncio.CancelledError:
        await asyncio.shield(hide(0))
        raise
    finally:
        beating.cancel()
        await asyncio.wait({beating})


def _age(message: "MessageTypeDef") -> float:
    sent_ms = int(message.get("Attributes", {}).get("SentTimestamp", 0))
    return max(0.0, time.time() - sent_ms / 1000) if sent_ms else 0.0
