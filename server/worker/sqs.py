"""Receiving SQS messages: long poll, handle, delete.

Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import structlog

from server.aws.clients import LONG_POLL_SECONDS

if TYPE_CHECKING:
    from types_aiobotocore_sqs import SQSClient
    from types_aiobotocore_sqs.type_defs import MessageTypeDef

log = structlog.get_logger(__name__)

BATCH = 10
PAUSE_SECONDS = 2.0

Handler = Callable[[str, float], Awaitable[None]]
"""Takes a message's body and its age in seconds."""


async def consume(sqs: "SQSClient", queue_url: str, handle: Handler, can_work: Callable[[], Awaitable[bool]]) -> None:
    """Hand each message's body to `handle`, and delete it once that has returned.

    A message that can't be handled stays, comes back after its visibility time, and after three
    receipts lies in the dead-letter queue. While `can_work` says no, nothing is received: good
    messages must not die of our own trouble.
    """
    while True:
        try:
            if await can_work():
                await _consume_batch(sqs, queue_url, handle)
                continue
            log.warning("nothing received while the database is away")
        except Exception as error:  # noqa: BLE001 - SQS being away for a while must not end the worker
            log.warning("receiving failed", error=str(error))
        await asyncio.sleep(random.uniform(PAUSE_SECONDS / 2, PAUSE_SECONDS))  # noqa: S311 - jitter is no secret


async def _consume_batch(sqs: "SQSClient", queue_url: str, handle: Handler) -> None:
    received = await sqs.receive_message(
        QueueUrl=queue_url,
        MaxNumberOfMessages=BATCH,
        WaitTimeSeconds=LONG_POLL_SECONDS,
        MessageSystemAttributeNames=["SentTimestamp"],
    )
    for message in received.get("Messages", ()):
        await _consume_one(sqs, queue_url, handle, message)


async def _consume_one(sqs: "SQSClient", queue_url: str, handle: Handler, message: "MessageTypeDef") -> None:
    with structlog.contextvars.bound_contextvars(message_id=message["MessageId"]):
        try:
            await handle(message["Body"], _age(message))
        except Exception as error:  # noqa: BLE001 - the message stays in the queue; the others go on
            log.warning("message left in its queue", error=str(error))
            return
        await sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


def _age(message: "MessageTypeDef") -> float:
    sent_ms = int(message.get("Attributes", {}).get("SentTimestamp", 0))
    return max(0.0, time.time() - sent_ms / 1000) if sent_ms else 0.0
