"""The way of S3's news, through hands that double, delay, swap and lose it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from botocore.exceptions import BotoCoreError, ClientError

from server.uploads.events import read
from tests.chaos.ledger import Ledger
from tests.chaos.plan import News, PlannedUpload, Poison
from tests.chaos.rig import Rig

if TYPE_CHECKING:
    from types_aiobotocore_sqs import SQSClient

QUEUE = "intercepted-news"
RETRY_SECONDS = 0.5
WAIT_SECONDS = 1
VISIBILITY_SECONDS = 3600
"""News is taken out once: what comes again shall be of our own making."""
TROUBLE = (BotoCoreError, ClientError, OSError)


@dataclass(frozen=True, slots=True)
class Postman:
    """Carries what S3 says from a queue of its own to ours."""

    sqs: "SQSClient"
    intercepted: str
    uploads: str
    ledger: Ledger

    async def carry(self) -> None:
        """Carry until cancelled; what was taken up is delivered as planned, whatever is away meanwhile."""
        async with asyncio.TaskGroup() as rounds:
            while True:
                try:
                    received = await self.sqs.receive_message(
                        QueueUrl=self.intercepted, MaxNumberOfMessages=10, WaitTimeSeconds=WAIT_SECONDS
                    )
                except TROUBLE:
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                for message in received.get("Messages", ()):
                    rounds.create_task(self._deliver(message["Body"]))
                    with suppress(*TROUBLE):
                        await self.sqs.delete_message(QueueUrl=self.intercepted, ReceiptHandle=message["ReceiptHandle"])

    async def poison(self, poison: Poison) -> None:
        """Slip in a message that nobody can understand, at its time."""
        await asyncio.sleep(poison.at_seconds)
        await self._post(poison.body)

    async def _deliver(self, body: str) -> None:
        planned = self._planned(body)
        if planned is None:
            return await self._post(body)
        if planned.news is News.LOST:
            return None
        if planned.news is News.LATE:
            await asyncio.sleep(planned.pause_seconds)
        await self._post(body)
        if planned.news is News.TWICE:
            await asyncio.sleep(planned.pause_seconds)
            await self._post(body)
        return None

    def _planned(self, body: str) -> PlannedUpload | None:
        addresses = read(body)
        return self.ledger.uploads.get(UUID(addresses[0].key.split("/")[1])) if addresses else None

    async def _post(self, body: str) -> None:
        while True:
            try:
                await self.sqs.send_message(QueueUrl=self.uploads, MessageBody=body)
            except TROUBLE:
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return


@asynccontextmanager
async def intercepting(rig: Rig) -> AsyncIterator[Postman]:
    """Let S3 tell the postman instead of us, who carries for as long as the context lasts."""
    bucket, sqs = rig.environment["RAW_BUCKET"], rig.aws.sqs
    created = await sqs.create_queue(
        QueueName=QUEUE, Attributes={"Policy": _from_s3(), "VisibilityTimeout": str(VISIBILITY_SECONDS)}
    )
    described = await sqs.get_queue_attributes(QueueUrl=created["QueueUrl"], AttributeNames=["QueueArn"])
    await rig.aws.s3.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": described["Attributes"]["QueueArn"], "Events": ["s3:ObjectCreated:*"]}]
        },
    )
    postman = Postman(sqs, created["QueueUrl"], rig.environment["UPLOADS_QUEUE_URL"], rig.ledger)
    carrying = asyncio.create_task(postman.carry())
    try:
        yield postman
    finally:
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying


def _from_s3() -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
