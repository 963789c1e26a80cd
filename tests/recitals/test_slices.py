"""Slices of sound as browsers send them: twice, out of order, broken, at once."""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, insert, select
from starlette.types import Message

from server.recitals.models import AudioSlice
from server.settings import MEGABYTE
from server.tasks.models import Kind
from server.unit_of_work import Units
from tests.recitals.conftest import Reader, Shelves, reader
from tests.swapping import instead
from tests.tokens import Pool


def digest_of(content: bytes) -> str:
    """Return a `Content-Digest`."""
    return f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"


def name_of(sequence: int, content: bytes) -> str:
    """Return how the key of a slice ends."""
    return f"{sequence:06}-{hashlib.sha256(content).hexdigest()[:16]}"


async def test_slices_come_in_any_order_and_twice_until_all_is_whole(mine: Reader, shelves: Shelves) -> None:
    """The end names what is missing and is remembered: the slice that comes last ends the recital, once."""
    recital_id = await mine.begin()
    for sequence in (3, 0, 3, 1, 0):
        assert (await mine.send(recital_id, sequence, b"slice %d" % sequence)).status_code == 204
    assert (await mine.show(recital_id))["missing_sequences"] == [2]
    for _ in range(2):
        refused = await mine.end(recital_id, 5, discard_last_n_text_segments=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "slices_missing")
        assert (refused.json()["missing"], refused.json()["missing_count"]) == ([2, 4, 5], 3)
    assert (await mine.send(recital_id, 6, b"beyond the end")).json()["code"] == "recital_closed"
    for sequence in (5, 2, 2):
        await mine.send(recital_id, sequence, b"slice %d" % sequence)
    assert (await mine.show(recital_id))["status"] == "active"
    assert (await mine.send(recital_id, 4, b"slice 4", content_digest=digest_of(b"slice 4"))).status_code == 204
    ended = (await mine.end(recital_id, 5)).json()
    assert (ended["status"], ended["slice_count"], ended["missing_count"]) == ("ended", 6, 0)
    assert await mine.work_for(recital_id) == [Kind.AGGREGATE]
    assert (await mine.send(recital_id, 4, b"slice 4")).status_code == 204  # its first answer may have been lost
    contents = [b"slice %d" % sequence for sequence in range(6)]
    expected = {name_of(sequence, content): content for sequence, content in enumerate(contents)}
    assert await shelves.slices(mine, recital_id) == expected


async def test_other_bytes_under_the_same_number_are_refused(mine: Reader, shelves: Shelves) -> None:
    """What was acknowledged first stays."""
    recital_id = await mine.begin()
    await mine.send(recital_id, 0, b"first")
    refused = await mine.send(recital_id, 0, b"second")
    assert (refused.status_code, refused.json()["code"]) == (409, "slice_differs")
    assert await shelves.slices(mine, recital_id) == {name_of(0, b"first"): b"first"}


async def in_pieces(count: int, size: int) -> AsyncIterator[bytes]:
    """Give a body whose length nobody has told."""
    for _ in range(count):
        yield bytes(size)


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"sound", {"content_digest": digest_of(b"noise")}, 422, "digest_mismatch"),
        (b"sound", {"content_digest": "sha-512=:AA==:, sha-256=:AA==:"}, 422, "digest_mismatch"),
        (b"sound", {"content_digest": digest_of(b"sound").replace(":", "")}, 422, "digest_mismatch"),
        (b"sound", {"content_type": "video/webm"}, 415, "slice_type_not_accepted"),
        (bytes(5 * MEGABYTE + 1), {}, 413, "request_entity_too_large"),
        (in_pieces(6, MEGABYTE), {}, 413, "request_entity_too_large"),
    ],
)
async def test_bad_slices_leave_nothing(
    mine: Reader, shelves: Shelves, content: object, headers: dict[str, str], status: int, code: str
) -> None:
    """A slice that is not what it is said to be, or too much, is refused and not kept; a right one may follow."""
    recital_id = await mine.begin()
    refused = await mine.send(recital_id, 0, content, **headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await mine.show(recital_id))["slice_count"] == 0
    assert await shelves.slices(mine, recital_id) == {}
    assert (await mine.send(recital_id, 0, b"sound")).status_code == 204


async def test_largest_slice_is_whole(mine: Reader, shelves: Shelves) -> None:
    """Five MiB are taken, by the digest that the client names, whatever others it names beside it."""
    recital_id, content = await mine.begin(), b"12345678" * (5 * MEGABYTE // 8)
    sent = await mine.send(recital_id, 0, content, content_digest=f"sha-512=:AA==:, {digest_of(content)}")
    assert sent.status_code == 204
    assert await shelves.slices(mine, recital_id) == {name_of(0, content): content}


async def test_slice_that_breaks_off_is_not_kept(running_app: FastAPI, mine: Reader, shelves: Shelves) -> None:
    """Half a slice is none."""
    recital_id = await mine.begin()
    messages: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": b"half", "more_body": True},
    ]
    answers: list[Message] = []

    async def receive() -> Message:
        return messages.pop()

    async def send(message: Message) -> None:
        answers.append(message)

    fields = mine.headers | {"host": "lectern.test", "content-type": "audio/webm", "content-length": "8"}
    path = f"/api/v1/recitals/{recital_id}/audio/0"
    scope = {
        "type": "http",
        "method": "PUT",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in fields.items()],
        "client": ("127.0.0.1", 1),
        "server": ("lectern.test", 80),
        "state": {},
    }
    await running_app(scope, receive, send)
    assert answers[0]["status"] == 408
    assert await shelves.slices(mine, recital_id) == {}
    assert (await mine.show(recital_id))["slice_count"] == 0


async def test_those_who_come_at_once_are_as_one_after_the_other(
    running_app: FastAPI, separate_units: Units, pool: Pool, shelves: Shelves
) -> None:
    """Of different bytes under one number one wins, and lies in S3 unmixed; the same bytes are kept once."""
    transport = httpx.ASGITransport(running_app)
    with instead(running_app, units=separate_units):
        async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test/api/v1") as http:
            mine = await reader(http, separate_units, pool, "me")
            recital_id = await mine.begin()
            bodies = [bytes([number]) * 70_000 for number in (1, 2, 3)]
            sent = await asyncio.gather(*(mine.send(recital_id, 0, body) for body in bodies * 2))
            won = {body for body, answer in zip(bodies * 2, sent, strict=True) if answer.status_code == 204}
            assert len(won) == 1
            assert sorted(answer.status_code for answer in sent) == [204] * 2 + [409] * 4
            (winner,) = won
            async with separate_units.begin() as work:
                row = await work.session.get_one(AudioSlice, (UUID(recital_id), 0))
            assert (row.sha256, row.size) == (hashlib.sha256(winner).hexdigest(), len(winner))
            assert (await shelves.slices(mine, recital_id))[name_of(0, winner)] == winner
            await mine.end(recital_id, 3)
            rest = [await mine.send(recital_id, 1, b"1")]
            rest += await asyncio.gather(*(mine.send(recital_id, sequence, b"x") for sequence in (2, 3, 2, 3)))
            assert [answer.status_code for answer in rest] == [204] * 5
            assert (await mine.show(recital_id))["status"] == "ended"
            assert await mine.work_for(recital_id) == [Kind.AGGREGATE]


async def test_disavowed_while_a_slice_is_under_way(mine: Reader, shelves: Shelves) -> None:
    """Whoever was about to send hears that it is closed, and what they had sent to S3 already is removed."""
    recital_id = await mine.begin()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"half "
        assert (await mine.disavow(recital_id)).status_code == 204
        yield b"a slice"

    refused = await mine.send(recital_id, 0, slowly())
    assert (refused.status_code, refused.json()["code"]) == (409, "recital_closed")
    assert await shelves.slices(mine, recital_id) == {}
    async with mine.units.begin() as work:
        assert await work.session.scalar(select(func.count()).where(AudioSlice.recital_id == UUID(recital_id))) == 0


async def test_four_hours_of_slices_are_no_burden(mine: Reader) -> None:
    """Of 14,400 slices those that are missing are named at once, at most a thousand of them."""
    recital_id = await mine.begin()
    values = {"content_type": "audio/webm", "size": 1, "sha256": "0" * 64, "bucket": "b", "key": "k"}
    async with mine.units.begin() as work:
        rows = [{"recital_id": UUID(recital_id), "sequence": sequence} | values for sequence in range(0, 14_400, 2)]
        await work.session.execute(insert(AudioSlice), rows)
    refused = (await mine.end(recital_id, 14_399)).json()
    assert (refused["missing"], refused["missing_count"]) == ([*range(1, 2_000, 2)], 7_200)
    shown = await mine.show(recital_id)
    assert (shown["missing_sequences"], shown["missing_count"]) == (refused["missing"], 7_200)


async def test_s3_tells_of_uploads_and_not_of_slices(mine: Reader, shelves: Shelves) -> None:
    """Workers that wait for uploads are not called for every second of a recital."""
    aws, clients, recital_id = shelves.settings.aws, shelves.store.clients, await mine.begin()
    await mine.send(recital_id, 0, b"sound")
    uploaded = f"{mine.id}/{uuid4()}/source"
    await clients.s3.put_object(Bucket=aws.raw_bucket, Key=uploaded, Body=b"sound")
    told = ""
    async with asyncio.timeout(20):
        while uploaded not in told:
            received = await clients.sqs.receive_message(QueueUrl=aws.uploads_queue_url, MaxNumberOfMessages=10)
            for message in received.get("Messages", ()):
                told += message["Body"]
                await clients.sqs.delete_message(QueueUrl=aws.uploads_queue_url, ReceiptHandle=message["ReceiptHandle"])
    assert recital_id not in told
