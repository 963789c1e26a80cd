"""Another service, which has boto3 and the name of the queue; and workers of ours on that queue."""

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import av
import boto3
import numpy as np
import pytest
from arq.connections import ArqRedis
from botocore.config import Config
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from server.aws.store import Store
from server.aws.transfers import Transfers
from server.ffmpeg.binary import find_ffmpeg
from server.local.backing import Backing
from server.models import Base
from server.pipeline.disk import open_disk
from server.pipeline.stages import stages
from server.pipeline.tools import Tools
from server.settings import Settings
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.offer import Offer
from server.unit_of_work import Units
from server.webhooks.courier import open_courier
from server.worker.consumers import database_answers, take_in_preprocessing
from server.worker.settings import end
from server.worker.sqs import consume_long

QUEUE = "audio-preprocessing-queue"
DEAD_LETTERS = "audio-preprocessing-dead-letters"
KEY: Final = "key-of-the-other-service"
SECONDS = 12


def tone(seconds: int = SECONDS) -> bytes:
    """Make a WAV file of 8 kHz."""
    samples = (8000 * np.sin(np.arange(8_000 * seconds) / 3)).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8_000)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


class Foreign:
    """A client that shares nothing with us but the contract."""

    def __init__(self, environment: dict[str, str]) -> None:
        session = boto3.Session(
            environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"], region_name="us-east-1"
        )
        where = {"endpoint_url": environment["AWS_ENDPOINT_URL"], "config": Config(proxies={})}
        self.s3, self.sqs = session.client("s3", **where), session.client("sqs", **where)
        self.bucket = environment["CONTENT_STORAGE_S3_BUCKET"]
        self.queue_url: str = self.sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
        self.dead_url: str = self.sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]
        self.folder = uuid4().hex

    def close(self) -> None:
        """Let go of the connections."""
        self.s3.close()
        self.sqs.close()

    def key(self, name: str) -> str:
        """Return the address of an object of this client's."""
        return f"s3://{self.bucket}/{self.folder}/{name}"

    def message(self, name: str, short: str = "mp3", inference: str = "flac", **more: object) -> dict[str, Any]:
        """Write a message about one of the objects."""
        return {
            "s3_key_temp": self.key(name),
            "s3_key_short": self.key(f"{name}/short.{short}"),
            "s3_key_for_inference": self.key(f"{name}/inference.{inference}"),
            **more,
        }

    async def put(self, name: str, body: bytes) -> None:
        """Put an object."""
        await asyncio.to_thread(self.s3.put_object, Bucket=self.bucket, Key=f"{self.folder}/{name}", Body=body)

    async def read(self, address: str) -> bytes | None:
        """Read an object, or return None where there is none."""
        key = address.removeprefix(f"s3://{self.bucket}/")
        try:
            found = await asyncio.to_thread(self.s3.get_object, Bucket=self.bucket, Key=key)
        except self.s3.exceptions.NoSuchKey:
            return None
        body: bytes = await asyncio.to_thread(found["Body"].read)
        return body

    async def impatient_queue(self) -> str:
        """Make a queue like ours whose messages come back at once, and return its URL; its dead letters are ours."""
        dead = await asyncio.to_thread(
            self.sqs.get_queue_attributes, QueueUrl=self.dead_url, AttributeNames=["QueueArn"]
        )
        policy = {"deadLetterTargetArn": dead["Attributes"]["QueueArn"], "maxReceiveCount": 3}
        attributes = {"VisibilityTimeout": "0", "RedrivePolicy": json.dumps(policy)}
        made = await asyncio.to_thread(
            self.sqs.create_queue, QueueName=f"impatient-{self.folder}", Attributes=attributes
        )
        return str(made["QueueUrl"])

    async def send(self, message: object, url: str | None = None) -> None:
        """Send a message, as it is or as JSON."""
        body = message if isinstance(message, str) else json.dumps(message)
        await asyncio.to_thread(self.sqs.send_message, QueueUrl=url or self.queue_url, MessageBody=body)

    async def receive(self, url: str) -> list[dict[str, Any]]:
        """Take what is in a queue now, a few messages at the most."""
        got = await asyncio.to_thread(
            self.sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return list(got.get("Messages", []))

    async def waiting(self, url: str) -> int:
        """Count the messages of a queue, those too that somebody has."""
        found = await asyncio.to_thread(self.sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["All"])
        counted = found["Attributes"]
        return sum(int(counted[f"ApproximateNumberOfMessages{which}"]) for which in ("", "NotVisible"))

    async def drained(self, url: str | None = None) -> None:
        """Wait until our workers are done with every message."""
        async with asyncio.timeout(20):
            while await self.waiting(url or self.queue_url):
                await asyncio.sleep(0.05)

    async def sound(self, address: str) -> tuple[str, str, int, int, int]:
        """Say what a file is: its container, codec, rate, channels and, rounded, seconds."""
        body = await self.read(address)
        assert body is not None
        with av.open(io.BytesIO(body), "r") as file:
            stream = file.streams.audio[0]
            heard = [frame.samples / frame.sample_rate for frame in file.decode(stream)]
            context = stream.codec_context
            name = context.codec.canonical_name
            return file.format.name, name, context.sample_rate, context.channels, round(sum(heard))


@pytest.fixture(scope="module")
def foreign(services: Backing) -> Iterator[Foreign]:
    """The other service."""
    client = Foreign(services.environment)
    yield client
    client.close()


@pytest.fixture(scope="module")
async def tools(
    engine: AsyncEngine, valkey: ArqRedis, store: Store, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Tools]:
    """What workers work with, whose callbacks are tried twice, at once; all rows are removed after."""
    settings = settings.model_copy(deep=True)
    settings.outbound.allowed_hosts = ["127.0.0.1"]
    settings.callbacks.seconds, settings.callbacks.pauses = 0.3, [0]
    settings.preprocessing.callback_key = SecretStr(KEY)
    folder: Path = tmp_path_factory.mktemp("prepared") / "work"
    with open_disk(folder, None) as disk:
        async with open_courier(settings, store.clients) as courier:
            yield Tools(
                units=Units(async_sessionmaker(engine, expire_on_commit=False), valkey),
                store=store,
                transfers=Transfers(store.clients),
                settings=settings,
                ffmpeg=find_ffmpeg(None),
                disk=disk,
                offer=Offer.of(settings, {}),
                amazon=AmazonTranscribe(store.clients, store),
                courier=courier,
            )
    async with engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {', '.join(table.name for table in Base.metadata.sorted_tables)}"))


@asynccontextmanager
async def consuming(tools: Tools, url: str) -> AsyncIterator[None]:
    """Have a worker on a queue while the block lasts."""
    answers, take = partial(database_answers, tools.units), partial(take_in_preprocessing, tools)
    duty = asyncio.create_task(consume_long(tools.store.clients.sqs, url, take, answers, hidden_seconds=60))
    yield
    await end(duty)


@pytest.fixture(scope="module")
async def workers(tools: Tools, foreign: Foreign) -> AsyncIterator[Tools]:
    """Two workers on the queue, and one that delivers."""
    runner = Runner(tools.units, stages(tools), timedelta(minutes=1), max_failures=2)

    async def deliver() -> None:
        while True:
            if not await runner.run_next(Queue.SENDING):
                await asyncio.sleep(0.02)

    delivering = asyncio.create_task(deliver())
    async with consuming(tools, foreign.queue_url), consuming(tools, foreign.queue_url):
        yield tools
    await end(delivering)


async def until(found: Callable[[], object]) -> None:
    """Wait until something is there."""
    async with asyncio.timeout(20):
        while not found():
            await asyncio.sleep(0.02)
