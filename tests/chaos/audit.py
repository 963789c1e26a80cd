"""What must be true in the end, looked up where it lies: rows, objects, queues, processes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import psutil

from tests.chaos.ledger import Fate, Ledger
from tests.chaos.rig import WHISPERS, WORKERS, Rig

if TYPE_CHECKING:
    from types_aiobotocore_sqs.type_defs import MessageTypeDef

UPLOADS = """
SELECT u.id, u.status, u.error_code, u.media_id, m.status AS media, m.error_code AS media_error,
       (SELECT count(*) FROM transcripts t WHERE t.media_id = m.id AND t.finished_at IS NOT NULL) AS finished,
       (SELECT count(*) FROM transcripts t WHERE t.media_id = m.id AND t.finished_at IS NULL) AS unfinished,
       (SELECT string_agg(t.text, ' | ') FROM transcripts t WHERE t.media_id = m.id) AS text
FROM uploads u LEFT JOIN media m ON m.id = u.media_id
"""
OPEN = """
SELECT kind || ' ' || state AS what, count(*) AS number, max(error) AS error FROM tasks
WHERE state IN ('pending', 'running') AND kind <> 'tidy' GROUP BY 1
"""
DONE_TWICE = """
SELECT kind, subject_id, count(*) AS number FROM tasks
WHERE state = 'done' AND error IS NULL AND kind IN ('transcode', 'transcribe', 'erase')
GROUP BY kind, subject_id HAVING count(*) > 1
"""
UNSEEN = """
SELECT id, pictures, pictures_error_code FROM media
WHERE status = 'completed' AND pictures <> CASE kind WHEN 'audio' THEN 'none' ELSE 'ready' END
"""
PRESENT = {
    "RAW_BUCKET": "SELECT source_key AS key FROM media WHERE status <> 'gone'",
    "PROCESSED_BUCKET": "SELECT key FROM renditions",
    "CONTENT_STORAGE_S3_BUCKET": """
        SELECT format('%s/%s/text/%s.json', owner_id, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), id) AS key
        FROM media WHERE status = 'completed'
    """,
}
"""Which objects the rows of each bucket name."""

STANDING: dict[Fate, set[tuple[str, str | None]]] = {
    Fate.COMPLETED: {("uploaded", "completed")},
    Fate.REFUSED: {("rejected", None), ("uploaded", "failed")},
    Fate.ABORTED: {("aborted", None)},
    Fate.GONE: {("uploaded", "gone")},
    Fate.EXPIRED: {("expired", None)},
}
"""How an upload and its item may stand in the end."""


@dataclass(slots=True)
class Auditor:
    """Looks again and again; `dead_letters` is what it has taken out of there."""

    rig: Rig
    poison: list[str]
    standing: Counter[str] = field(default_factory=Counter)
    dead_letters: list[str] = field(default_factory=list)

    async def findings(self) -> list[str]:
        """Say what is not as it has to be in the end, each in a sentence."""
        return [finding async for finding in self._all()]

    async def look(self) -> None:
        """Count how the uploads stand."""
        self._count(await self.rig.fetch(UPLOADS))

    async def _all(self) -> AsyncIterator[str]:
        uploads = await self.rig.fetch(UPLOADS)
        self._count(uploads)
        for finding in _of_uploads(self.rig.ledger, uploads):
            yield finding
        await self._hear()
        for finding in self.rig.telling.findings(self.rig.ledger, uploads):
            yield finding
        for row in await self.rig.fetch(OPEN):
            yield f"{row['number']} tasks are open: {row['what']} ({row['error']})"
        for row in await self.rig.fetch(DONE_TWICE):
            yield f"{row['kind']} of {row['subject_id']} was done {row['number']} times"
        for row in await self.rig.fetch(UNSEEN):
            yield f"the pictures of {row['id']} are {row['pictures']} ({row['pictures_error_code']})"
        for bucket, query in PRESENT.items():
            async for finding in _of_objects(self.rig, bucket, query):
                yield finding
        async for finding in self._of_messages():
            yield finding
        for finding in await asyncio.to_thread(lambda: [*_of_processes(self.rig)]):
            yield finding

    def _count(self, uploads: list[asyncpg.Record]) -> None:
        self.standing = Counter(row["media"] or row["status"] for row in uploads)

    async def _of_messages(self) -> AsyncIterator[str]:
        url, outputs = self.rig.environment["UPLOADS_QUEUE_URL"], self.rig.running.backing.deployment.outputs
        answer = await self.rig.aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        counts = answer["Attributes"]
        waiting = int(counts["ApproximateNumberOfMessages"]) + int(counts["ApproximateNumberOfMessagesNotVisible"])
        if waiting:
            yield f"{waiting} messages lie in the queue of uploads"
        async for message in _drain(self.rig, outputs["UploadsDeadLetterQueueUrl"]):
            self.dead_letters.append(message["Body"])
        dead, poison = Counter(self.dead_letters), Counter(self.poison)
        for body in (dead - poison).elements():
            yield f"a good message lies among the dead letters: {body.strip()[:300]}"
        if missing := (poison - dead).total():
            yield f"{missing} poisonous messages are not among the dead letters"

    async def _hear(self) -> None:
        """Read what came through the queue for callbacks."""
        async for message in _drain(self.rig, self.rig.telling.queue_url):
            webhook_id = message["MessageAttributes"]["webhook-id"]["StringValue"]
            self.rig.telling.receivers.take_queued(webhook_id, message["Body"])


async def _drain(rig: Rig, url: str) -> AsyncIterator["MessageTypeDef"]:
    """Take every message out of a queue."""
    while messages := (
        await rig.aws.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0, MessageAttributeNames=["All"]
        )
    ).get("Messages"):
        for message in messages:
            yield message
            await rig.aws.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def _of_uploads(ledger: Ledger, uploads: list[asyncpg.Record]) -> Iterator[str]:
    known: dict[UUID, asyncpg.Record] = {row["id"]: row for row in uploads}
    for upload_id in ledger.fates.keys() - known.keys():
        yield f"upload {upload_id} was acknowledged and is unknown"
    for upload_id, row in known.items():
        # Begun by a request whose answer was lost, and so never sent.
        fate = ledger.fates.get(upload_id, Fate.EXPIRED)
        number = ledger.uploads[upload_id].number if upload_id in ledger.uploads else "unknown"
        told = f"upload {number} ({upload_id}) is {row['status']}, its item {row['media']}"
        if (row["status"], row["media"]) not in STANDING[fate]:
            yield f"{told}, and should be {fate}: {row['error_code'] or row['media_error']}"
        elif (row["finished"], row["unfinished"]) != (int(fate is Fate.COMPLETED), 0):
            yield f"{told}, and it has {row['finished']} transcripts and {row['unfinished']} unfinished ones"
        elif fate is Fate.COMPLETED and not ledger.uploads[upload_id].clip.is_said_in(row["text"]):
            yield f"{told}, and its text is {row['text']!r} where {ledger.uploads[upload_id].clip.words!r} was said"


async def _of_objects(rig: Rig, bucket: str, query: str) -> AsyncIterator[str]:
    """Compare in both directions; objects are listed before the rows are read, so that nothing new looks unnamed."""
    listed: set[str] = set()
    async for page in rig.aws.s3.get_paginator("list_objects_v2").paginate(Bucket=rig.environment[bucket]):
        listed.update(found["Key"] for found in page.get("Contents", ()))
    named = {row["key"] for row in await rig.fetch(query)}
    if unnamed := listed - named:
        yield f"{len(unnamed)} objects of {bucket} are named by no row, such as {min(unnamed)}"
    if missing := named - listed:
        yield f"{len(missing)} objects of {bucket} are named and not there, such as {min(missing)}"
    multiparts: dict[str, Any] = dict(await rig.aws.s3.list_multipart_uploads(Bucket=rig.environment[bucket]))
    if unfinished := multiparts.get("Uploads"):
        yield f"{len(unfinished)} unfinished multiparts lie in {bucket}"


def _of_processes(rig: Rig) -> Iterator[str]:
    for name in (*WORKERS, *WHISPERS):
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(rig.pid(name)).children(recursive=True):
                if child.name() == "sleep" or "ffmpeg" in child.name():
                    yield f"{name} still has a {child.name()} running"
    places = [path for path in rig.work_folder.glob("*/*") if path.name != "lock"]
    if places:
        yield f"{len(places)} folders of jobs are left behind, such as {places[0]}"
