"""The contract of the queue, as another service uses it: with boto3 and nothing of ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from server.pipeline.tools import Tools
from server.webhooks.kinds import DeliveryStatus
from server.webhooks.models import Delivery, DeliveryAttempt
from tests.outbound.serving import Answer, serving
from tests.preprocessing.conftest import DEAD_LETTERS, KEY, SECONDS, Foreign, consuming, tone, until

FINE: Answer = (200, {}, b"")


def header(request: str, name: str) -> str | None:
    """Return a header of a request, by its name."""
    fields = dict(line.split(": ", 1) for line in request.splitlines()[1:] if line)
    return {key.lower(): value for key, value in fields.items()}.get(name)


def http(url: str) -> dict[str, Any]:
    """Ask to be told by HTTP."""
    return {"callback_response": {"url": url, "type": "HTTP"}}


@pytest.mark.usefixtures("workers")
async def test_recording_is_prepared_and_told_by_http(foreign: Foreign) -> None:
    """Both files lie where they were wished, in the formats of their names; sent three times, it is told once."""
    await foreign.put("talk.wav", tone())
    async with serving(lambda _: FINE) as site:
        message = foreign.message("talk.wav", request_id=str(uuid4()), **http(site.url()))
        await asyncio.gather(*(foreign.send(message) for _ in range(3)))
        await until(lambda: site.bodies)
        await foreign.drained()
    [body], [request] = site.bodies, site.requests
    told = {name: value for name, value in message.items() if name != "callback_response"}
    assert json.loads(body) == told | {"status": "completed", "duration_ms": SECONDS * 1000, "error": None}
    assert header(request, "x-webhook-api-key") == KEY
    assert str(header(request, "webhook-id")).startswith("msg_")
    assert await foreign.sound(message["s3_key_short"]) == ("mp3", "mp3", 44_100, 1, 10)
    assert await foreign.sound(message["s3_key_for_inference"]) == ("flac", "flac", 16_000, 1, SECONDS)


async def test_recording_is_prepared_and_told_by_a_queue(foreign: Foreign, workers: Tools) -> None:
    """The same through a queue that is allowed; other extensions are other formats, and an id need not be given."""
    made = await asyncio.to_thread(foreign.sqs.create_queue, QueueName=f"tests-{foreign.folder}")
    workers.settings.callbacks.queues = [made["QueueUrl"]]
    await foreign.put("memo.wav", tone(3))
    callback = {"url": made["QueueUrl"], "type": "SQS"}
    message = foreign.message("memo.wav", "m4a", "wav", callback_response=callback, colour="blue")
    await foreign.send(message)
    await foreign.drained()
    async with asyncio.timeout(10):
        while not (got := await foreign.receive(made["QueueUrl"])):
            await asyncio.sleep(0.05)
    told = json.loads(got[0]["Body"])
    assert (told["status"], told["duration_ms"], told["request_id"]) == ("completed", 3000, None)
    assert got[0]["MessageAttributes"]["webhook-id"]["StringValue"].startswith("msg_")
    assert (await foreign.sound(message["s3_key_short"]))[1:] == ("aac", 44_100, 1, 3)
    assert await foreign.sound(message["s3_key_for_inference"]) == ("wav", "pcm_s16le", 16_000, 1, 3)


@pytest.mark.usefixtures("workers")
async def test_what_can_not_be_done_is_told(foreign: Foreign) -> None:
    """A foreign bucket, a missing object, a format nobody makes and what is no sound: each is told with its code."""
    await foreign.put("note.wav", b"not at all a recording")
    async with serving(lambda _: FINE) as site:
        wrong = {
            "bucket_not_allowed": foreign.message("note.wav") | {"s3_key_temp": "s3://somebody-elses/talk.wav"},
            "address_invalid": foreign.message("note.wav") | {"s3_key_short": f"s3://{foreign.bucket}/{'ש' * 600}.mp3"},
            "keys_collide": foreign.message("note.wav") | {"s3_key_short": foreign.key("note.wav")},
            "source_missing": foreign.message("missing.wav"),
            "format_unknown": foreign.message("note.wav") | {"s3_key_short": foreign.key("mp3")},
            "not_media": foreign.message("note.wav"),
        }
        for code, message in wrong.items():
            await foreign.send(message | {"request_id": code} | http(site.url()))
        await until(lambda: len(site.bodies) == len(wrong))
        await foreign.drained()
    answers = {told["request_id"]: told for told in map(json.loads, site.bodies)}
    assert {name: (told["status"], told["error"]["code"]) for name, told in answers.items()} == {
        code: ("failed", code) for code in wrong
    }
    assert all(told["error"]["message"] and told["duration_ms"] is None for told in answers.values())


async def test_queue_is_as_agreed(foreign: Foreign) -> None:
    """Messages are hidden for 5 minutes, kept for 4 days, of 256 KB, polled for 20 s, and die after 3 receipts."""
    found = await asyncio.to_thread(
        foreign.sqs.get_queue_attributes, QueueUrl=foreign.queue_url, AttributeNames=["All"]
    )
    names = "VisibilityTimeout", "MessageRetentionPeriod", "MaximumMessageSize", "ReceiveMessageWaitTimeSeconds"
    assert [int(found["Attributes"][name]) for name in names] == [300, 4 * 24 * 3600, 256 * 1024, 20]
    policy = json.loads(found["Attributes"]["RedrivePolicy"])
    assert int(policy["maxReceiveCount"]) == 3
    assert policy["deadLetterTargetArn"].endswith(f":{DEAD_LETTERS}")


async def test_what_can_be_told_to_nobody_lies_among_the_dead_letters(foreign: Foreign, workers: Tools) -> None:
    """What isn't understood, fails without a callback, or has one that is not allowed, ends there; nothing is made."""
    await foreign.put("fine.wav", tone(1))
    fine = foreign.message("fine.wav")
    wrong = [
        '{"s3_key_temp": ',
        "[]",
        {name: value for name, value in fine.items() if name != "s3_key_short"},
        fine | {"callback_response": {"url": "http://127.0.0.1", "type": "PIGEON"}},
        fine | {"s3_key_short": "".join(map(chr, range(0x4E00, 0x4E00 + 1_000)))},  # too long for an index, too
        foreign.message("missing.wav"),
        fine | http("http://169.254.169.254/latest/meta-data/"),
        fine | {"callback_response": {"url": foreign.queue_url, "type": "SQS"}},
    ]
    impatient = await foreign.impatient_queue()
    for message in wrong:
        await foreign.send(message, impatient)
    async with consuming(workers, impatient):
        await foreign.drained(impatient)
    assert await foreign.waiting(foreign.dead_url) == len(wrong)
    assert await foreign.read(fine["s3_key_short"]) is None


@asynccontextmanager
async def hanging() -> AsyncIterator[str]:
    """Give the address of a server that takes what it is sent, and never answers."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)  # until the other side has had enough
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def test_callback_in_trouble_undoes_nothing(foreign: Foreign, workers: Tools) -> None:
    """One that hangs, fails or sends elsewhere is told again and given up; the files are there, the message is done."""
    await foreign.put("call.wav", tone(1))
    asked: list[str] = []

    def answer(target: str) -> Answer:
        asked.append(target)
        if target == "/elsewhere":
            return 307, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""
        return (200 if asked.count(target) > 1 else 500), {}, b""

    async with serving(answer) as site, hanging() as hung:
        urls = [f"{site.url()}/failing", f"{site.url()}/elsewhere", hung]
        for number, url in enumerate(urls):
            await foreign.send(foreign.message("call.wav", request_id=f"trouble-{number}", **http(url)))
        await foreign.drained()
        ended = await _ended(workers, urls)
    assert [ended[url][0] for url in urls] == [DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, DeliveryStatus.FAILED]
    assert [ended[url][1] for url in urls] == [[500, 200], [307, 307], [None, None]]
    assert sorted(asked) == ["/elsewhere", "/elsewhere", "/failing", "/failing"]
    again = {header(request, "webhook-id") for request in site.requests if "/failing" in request}
    assert len(again) == 1
    assert await foreign.read(foreign.message("call.wav")["s3_key_short"])


async def _ended(tools: Tools, urls: list[str]) -> dict[str, tuple[DeliveryStatus, list[int | None]]]:
    """Wait until the deliveries to these have ended, and return how, and what each attempt was answered."""
    async with asyncio.timeout(20):
        while True:
            async with tools.units.begin() as work:
                found = select(Delivery).where(Delivery.url.in_(urls), Delivery.ended_at.is_not(None))
                ended = (await work.session.execute(found)).scalars().all()
                attempts = select(DeliveryAttempt).order_by(DeliveryAttempt.number)
                made = (await work.session.execute(attempts)).scalars().all()
            if len(ended) == len(urls):
                return {
                    one.url: (one.status, [attempt.status_code for attempt in made if attempt.delivery_id == one.id])
                    for one in ended
                }
            await asyncio.sleep(0.05)
