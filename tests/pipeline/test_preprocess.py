"""A recording that another service prepares: from the message, by the answer, to the transcription."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr, ValidationError
from sqlalchemy import func, select, update

from server.aws.queues import Letter
from server.configuration.preprocessing import Where
from server.media.models import Media, Rendition
from server.media.state import Status
from server.pipeline.prepare import prepare
from server.pipeline.preprocess import ask
from server.pipeline.stages import stages
from server.preprocessing import answers, requests
from server.preprocessing.contract import completed, read
from server.preprocessing.models import PreprocessingRequest
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.webhooks.models import Delivery
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench
from tests.swapping import instead

PATH = "/audio-files/webhooks/preprocessing-result"
KEY = "key-of-the-other-service"
OTHERS = {"inference": "audio/flac", "short": "audio/mpeg"}


@dataclass
class Asking:
    """A deployment that has another service prepare its recordings, and a way to be that service."""

    bench: Bench
    http: httpx.AsyncClient
    queue_url: str

    async def run(self, kind: Kind, media: Media) -> Media:
        """Run a stage as a worker does, and read the item anew."""
        units = self.bench.tools.units
        queue = Queue.SENDING if kind is Kind.PREPROCESS else Queue.WORK
        async with units.begin() as work:
            await tasks.add(work, kind, media.id, owner_id=media.owner_id, queue=queue)
            await tasks.hasten(work, kind, media.id)
        await Runner(units, stages(self.bench.tools), timedelta(minutes=1), 2).run_one(queue, kind)
        return await self.bench.read(media.id)

    async def asked(self, folder: Path) -> tuple[Media, dict[str, Any]]:
        """Make an item that another service has been asked about, and return the message, too."""
        media = await self.bench.media(b"sound", folder, Status.TRANSCODING, duration_ms=1000)
        async with self.bench.tools.units.begin() as work:
            await ask(work, self.bench.tools, media)
        await self.run(Kind.PREPROCESS, media)
        return media, json.loads((await self.message()).body)

    async def message(self) -> Letter:
        """Take the message from the queue."""
        received = await self.bench.tools.store.clients.sqs.receive_message(
            QueueUrl=self.queue_url, MessageSystemAttributeNames=["All"]
        )
        [message] = received["Messages"]
        return Letter.of(message)

    async def answer(self, message: dict[str, Any], status: str = "completed", **more: Any) -> int:
        """Answer, and return the status."""
        keys = {name: value for name, value in message.items() if name != "callback_response"}
        answer = await self.http.post(PATH, json=keys | {"status": status} | more, headers={"X-Webhook-Api-Key": KEY})
        return answer.status_code


@pytest.fixture
async def asking(
    bench: Bench, http: httpx.AsyncClient, running_app: FastAPI, settings: Settings
) -> AsyncIterator[Asking]:
    """Such a deployment, whose queue is the test's own."""
    made = await bench.tools.store.clients.sqs.create_queue(QueueName=f"tests-{uuid4()}")
    own = bench.tools.settings
    own.preprocessing.where, own.aws.preprocessing_queue_url = Where.QUEUE, made["QueueUrl"]
    auth = settings.auth.model_copy(update={"webhook_keys": [SecretStr(KEY)]})
    with instead(running_app, settings=settings.model_copy(update={"auth": auth})):
        yield Asking(bench, http, made["QueueUrl"])


async def test_another_service_prepares_what_is_then_transcribed(asking: Asking, tmp_path: Path) -> None:
    """What we ask for is what we would make ourselves, were we asked; its answer, come twice, is acted upon once."""
    bench = asking.bench
    media = await bench.media(SAMPLE.read_bytes(), tmp_path)
    media = await asking.run(Kind.TRANSCODE, media)
    assert (media.status, await _names(bench, media)) == (Status.TRANSCODING, ["light", "main", "peaks"])
    media = await asking.run(Kind.PREPROCESS, media)
    assert (media.status, await bench.is_due(media.id, Kind.PREPROCESS)) == (Status.TRANSCODING, False)
    letter = await asking.message()
    await prepare(bench.tools, letter)
    async with bench.tools.units.begin() as work:
        [told] = (await work.session.execute(select(Delivery))).scalars()
    assert told.url == f"{bench.tools.settings.service.public_url}/api/v1{PATH}"
    for _ in range(2):
        answer = await asking.http.post(PATH, json=told.payload, headers={"X-Webhook-Api-Key": KEY})
        assert answer.status_code == 204
    assert await bench.is_due(media.id, Kind.PREPROCESS)
    media = await asking.run(Kind.PREPROCESS, media)
    assert (media.status, await bench.waiting(media.id)) == (Status.TRANSCRIBING, [Kind.TRANSCRIBE])
    made = {one.name: one for one in await _renditions(bench, media)}
    assert {name: made[name].content_type for name in OTHERS} == OTHERS
    for name in OTHERS:
        stored = await bench.tools.store.head(made[name].address)
        assert stored is not None
        assert stored.size == made[name].size


async def _renditions(bench: Bench, media: Media) -> list[Rendition]:
    async with bench.tools.units.begin() as work:
        found = select(Rendition).where(Rendition.media_id == media.id).order_by(Rendition.name)
        return list((await work.session.execute(found)).scalars())


async def _names(bench: Bench, media: Media) -> list[str]:
    return [one.name for one in await _renditions(bench, media)]


@pytest.mark.parametrize("how", ["preprocessing_failed", "preprocessing_incomplete", "preprocessing_timeout"])
async def test_service_that_does_not_do_it_fails_the_item(asking: Asking, tmp_path: Path, how: str) -> None:
    """It says that it can't, says it has and hasn't, or says nothing: the item fails with a reason, for good."""
    media, message = await asking.asked(tmp_path)
    error = {"code": "odd", "message": "It is \x00 odd."}
    if how == "preprocessing_failed":
        assert await asking.answer(message, "failed", error=error) == 204
    elif how == "preprocessing_incomplete":
        assert await asking.answer(message, duration_ms=1000) == 204
    else:
        minutes = asking.bench.tools.settings.preprocessing.give_up_minutes
        async with asking.bench.tools.units.begin() as work:
            sent = update(PreprocessingRequest).where(PreprocessingRequest.media_id == media.id)
            await work.session.execute(sent.values(sent_at=func.now() - timedelta(minutes=minutes)))
    media = await asking.run(Kind.PREPROCESS, media)
    assert (media.status, media.error_code) == (Status.FAILED, how)
    assert ("It is   odd." in str(media.error_message)) is (how == "preprocessing_failed")
    assert await asking.answer(message, duration_ms=1000) == 204  # too late, or a second time
    assert await asking.bench.waiting(media.id) == []
    assert (await asking.bench.read(media.id)).status is Status.FAILED


async def test_answers_to_nothing_are_refused(asking: Asking, tmp_path: Path) -> None:
    """One without a key, to no request, about other objects, or that says nothing changes nothing."""
    media, message = await asking.asked(tmp_path)
    keyless = await asking.http.post(PATH, json=message | {"status": "completed"})
    assert keyless.status_code == 401
    assert await asking.answer(message | {"request_id": str(uuid4())}) == 404
    assert await asking.answer(message | {"request_id": "4711"}) == 404
    for name in ("s3_key_temp", "s3_key_short", "s3_key_for_inference"):
        assert await asking.answer(message | {name: "s3://somebody-elses/object"}, duration_ms=1000) == 422
    assert await asking.answer(message, "failed") == 422
    assert not await asking.bench.is_due(media.id, Kind.PREPROCESS)


async def test_message_is_sent_once_unless_its_worker_died(asking: Asking, tmp_path: Path) -> None:
    """While the answer is awaited nothing more is sent; a retry of a failed item asks anew, under another id."""
    media, message = await asking.asked(tmp_path)
    await asking.run(Kind.PREPROCESS, media)
    async with asking.bench.tools.units.begin() as work:
        await work.session.execute(update(PreprocessingRequest).values(sent_at=None))
    await asking.run(Kind.PREPROCESS, media)
    assert json.loads((await asking.message()).body) == message
    async with asking.bench.tools.units.begin() as work:
        await ask(work, asking.bench.tools, media)
    await asking.run(Kind.PREPROCESS, media)
    assert json.loads((await asking.message()).body)["request_id"] != message["request_id"]


async def test_what_is_prepared_is_not_taken_for_rubbish(asking: Asking, tmp_path: Path) -> None:
    """What another service may just be putting is left alone, and so is what was put for others."""
    units = asking.bench.tools.units
    _, message = await asking.asked(tmp_path)
    bucket = asking.bench.tools.settings.aws.processed_bucket
    asked = [message[name].removeprefix(f"s3://{bucket}/") for name in ("s3_key_short", "s3_key_for_inference")]
    rubbish = ["a/b/c/short.mp3", f"a/b/{uuid4().hex}/short.mp3", "short.mp3"]
    async with units.begin() as work:
        assert await requests.awaited(work, [*asked, *rubbish]) == set(asked)
    assert await asking.answer(message, duration_ms=1000) == 204
    async with units.begin() as work:
        assert await requests.awaited(work, asked) == set()
    own = {"s3_key_temp": f"s3://{bucket}/a", "s3_key_short": f"s3://{bucket}/b", "s3_key_for_inference": "s3://x-y/c"}
    message_of_others = read(json.dumps(own))
    async with units.begin() as work:
        await answers.give(work, "message:1", message_of_others, completed(message_of_others, 1000))
        assert await answers.named(work, bucket, ["a", "b", "c", *rubbish]) == {"b"}
        await answers.forget_old(work, timedelta(days=-1))
        assert await answers.named(work, bucket, ["b"]) == set()


@pytest.mark.parametrize("missing", [{"aws": {"preprocessing_queue_url": None}}, {"auth": {"webhook_keys": []}}])
def test_asking_others_needs_the_way_there_and_back(settings: Settings, missing: dict[str, dict[str, Any]]) -> None:
    """A deployment that could not ask, or not be answered, does not start."""
    chosen = {"preprocessing": {"where": Where.QUEUE}, **missing}
    changed = {name: getattr(settings, name).model_copy(update=update) for name, update in chosen.items()}
    with pytest.raises(ValidationError, match="PREPROCESSING=queue needs PREPROCESSING_QUEUE_URL and WEBHOOK_API_KEY"):
        Settings(**dict(settings) | changed)
