"""Stages on real parts: Postgres, S3 and ffmpeg."""

import asyncio
import hashlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update
from uuid_utils.compat import uuid7

from server.aws.store import Address, Store
from server.aws.transfers import Transfers
from server.configuration.processing import EngineName
from server.ffmpeg.binary import find_ffmpeg
from server.media.kinds import MediaKind
from server.media.models import Media, Rendition
from server.media.state import Status
from server.pipeline.disk import open_disk
from server.pipeline.tools import Tools
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import IS_OPEN, Kind, Taken, Task
from server.tasks.queues import Queue
from server.tasks.service import DUE
from server.tasks.stage import Outcome
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.base import Heard, Segment, Word
from server.transcription.models import Transcript
from server.transcription.offer import Offer
from server.unit_of_work import UnitOfWork, Units
from server.uploads.models import Upload
from server.uploads.state import Method
from server.users import service as users
from server.users.models import UserKind
from server.users.service import Claimed
from server.webhooks.courier import open_courier


class FakeEngine:
    """An engine at the outermost edge: it hears what it is told to."""

    name = "fake"
    model = "none"

    def __init__(self) -> None:
        self.texts = ["Good", "morning"]
        self.error: Exception | None = None
        self.asked: list[tuple[str | None, str | None]] = []

    async def transcribe(
        self, audio: Path, *, duration_ms: int | None, language: str | None, model: str | None = None
    ) -> AsyncGenerator[Heard, None]:
        """Hear each text in turn."""
        assert audio.exists()
        self.asked.append((language, model))
        for index, said in enumerate(self.texts):
            start_ms, end_ms = index * 100, index * 100 + 100
            yield Heard(end_ms, language or "en", Segment(start_ms, end_ms, said, (Word(start_ms, end_ms, said, 0.9),)))
        if self.error is not None:
            raise self.error
        yield Heard(duration_ms or 0, language or "en")


class Bench:
    """Puts things in front of a stage, runs it, and writes its outcome as the runner would."""

    def __init__(self, tools: Tools, owner: UUID) -> None:
        self.tools, self.owner = tools, owner

    async def put(self, content: bytes, key: str, folder: Path, bucket: str | None = None) -> Address:
        """Put bytes into a bucket, by default the raw one."""
        file = folder / uuid4().hex
        file.write_bytes(content)
        address = Address(bucket or self.tools.settings.aws.raw_bucket, key)
        await self.tools.store.put(address, file, "application/octet-stream")
        return address

    async def take(self, kind: Kind, subject: UUID) -> Taken:
        """Make sure that there is such a task, and take it."""
        async with self.tools.units.begin() as work:
            await tasks.add(work, kind, subject, owner_id=self.owner, queue=Queue.WORK)
            queue = await work.session.scalar(
                select(Task.queue).where(Task.subject_id == subject, Task.kind == kind, IS_OPEN)
            )
        assert queue is not None
        async with self.tools.units.begin() as work:
            await tasks.hasten(work, kind, subject)
            others = update(Task).where((Task.subject_id != subject) | (Task.kind != kind), Task.state == "pending")
            await work.session.execute(others.values(run_after=func.now() + timedelta(days=1)))
            taken = await tasks.take(work.session, queue, timedelta(minutes=1))
        assert taken is not None
        assert (taken.kind, taken.subject_id) == (kind, subject)
        return taken

    async def write(self, taken: Taken, outcome: Outcome) -> None:
        """Finish the task with its outcome."""
        async with self.tools.units.begin() as work:
            await tasks.finish(work.session, taken)
            await outcome.write(work)
        await outcome.after()

    async def upload(self, content: bytes, folder: Path, **changed: object) -> Upload:
        """Make an upload whose bytes have arrived."""
        upload = await self.announced(len(content), **changed)
        await self.put(content, upload.key, folder)
        return upload

    async def announced(self, announced_size: int, **changed: object) -> Upload:
        """Make an upload whose bytes have not arrived."""
        upload_id = uuid7()
        upload = Upload(
            id=upload_id,
            owner_id=self.owner,
            kind=MediaKind.AUDIO,
            filename="a.wav",
            content_type="audio/wav",
            size=announced_size,
            title="A",
            bucket=self.tools.settings.aws.raw_bucket,
            key=f"{self.owner}/{upload_id}/source",
            method=Method.POST,
            expires_at=datetime.now(UTC) + timedelta(hours=1),
        )
        for name, value in changed.items():
            setattr(upload, name, value)
        async with self.tools.units.begin() as work:
            work.session.add(upload)
        return upload

    async def media(self, content: bytes, folder: Path, status: Status = Status.RECEIVED, **changed: object) -> Media:
        """Make an item whose source is in the raw bucket."""
        media_id = uuid7()
        address = await self.put(content, f"{self.owner}/{media_id}/source", folder)
        media = Media(
            id=media_id,
            owner_id=self.owner,
            kind=MediaKind.AUDIO,
            status=status,
            title="A",
            content_type="audio/wav",
            source_bucket=address.bucket,
            source_key=address.key,
            size=len(content),
            etag=hashlib.md5(content, usedforsecurity=False).hexdigest(),
            progress=0.0,
            heard_ms=0,
        )
        for name, value in changed.items():
            setattr(media, name, value)
        async with self.tools.units.begin() as work:
            work.session.add(media)
        return media

    async def rendition(self, media: Media, folder: Path, name: str = "inference") -> Rendition:
        """Give an item a rendition."""
        bucket, content = self.tools.settings.aws.processed_bucket, b"fLaC"
        address = await self.put(content, f"{media.owner_id}/{media.id}/{uuid4().hex}-1/{name}.flac", folder, bucket)
        rendition = Rendition(
            media_id=media.id,
            name=name,
            bucket=address.bucket,
            key=address.key,
            content_type="audio/flac",
            size=len(content),
        )
        async with self.tools.units.begin() as work:
            work.session.add(rendition)
        return rendition

    async def asked(self, media: Media, engine: EngineName = EngineName.WHISPER, **changed: object) -> Transcript:
        """Ask for a transcript of an item."""
        transcript = Transcript(media_id=media.id, engine=engine.value, model="tiny.en", text="")
        for name, value in changed.items():
            setattr(transcript, name, value)
        async with self.tools.units.begin() as work:
            work.session.add(transcript)
        return transcript

    async def unheard(
        self, folder: Path, engine: EngineName = EngineName.WHISPER, content: bytes = b"sound", **changed: object
    ) -> Transcript:
        """Make an item that waits to be transcribed, and return what is asked for."""
        media = await self.media(content, folder, Status.TRANSCRIBING, duration_ms=1000)
        await self.rendition(media, folder)
        return await self.asked(media, engine, **changed)

    async def transcripts(self, media_id: UUID) -> list[Transcript]:
        """Read an item's transcripts anew, the oldest first."""
        async with self.tools.units.begin() as work:
            query = select(Transcript).where(Transcript.media_id == media_id).order_by(Transcript.id)
            return list((await work.session.execute(query)).scalars())

    async def read_upload(self, upload_id: UUID) -> Upload:
        """Read an upload anew."""
        async with self.tools.units.begin() as work:
            return await work.session.get_one(Upload, upload_id)

    async def read(self, media_id: UUID) -> Media:
        """Read an item anew."""
        async with self.tools.units.begin() as work:
            return await work.session.get_one(Media, media_id)

    async def waiting(self, subject: UUID) -> list[Kind]:
        """Name the tasks that wait for a subject."""
        async with self.tools.units.begin() as work:
            query = select(Task.kind).where(Task.subject_id == subject, Task.state == "pending")
            return list((await work.session.execute(query)).scalars())

    async def is_due(self, subject: UUID, kind: Kind) -> bool:
        """Say whether such a task could be taken now."""
        async with self.tools.units.begin() as work:
            wanted = select(Task.id).where(Task.subject_id == subject, Task.kind == kind, DUE)
            return (await work.session.execute(wanted)).first() is not None


async def wait_for_locks(work: UnitOfWork, count: int = 1) -> None:
    """Wait until so many others wait for each other or for this transaction."""
    async with asyncio.timeout(10):
        while await work.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")) != count:
            await asyncio.sleep(0.01)


@pytest.fixture
def engine_at_hand() -> FakeEngine:
    """An engine that hears what it is told to."""
    return FakeEngine()


@cache
def authorities() -> ssl.SSLContext:
    """Trust the usual authorities, which are read once."""
    return ssl.create_default_context()


@pytest.fixture
async def bench(
    units: Units, store: Store, settings: Settings, engine_at_hand: FakeEngine, tmp_path: Path
) -> AsyncIterator[Bench]:
    """A bench with real tools and its own owner."""
    settings = settings.model_copy(deep=True)
    settings.work.folder = tmp_path / "work"
    async with units.begin() as work:
        owner = await users.recognise(work, Claimed(UserKind.MACHINE, "tests", uuid4().hex))
    settings.outbound.allowed_hosts = ["127.0.0.1"]  # where the tests' own receivers are
    async with AsyncExitStack() as opened:
        tools = Tools(
            units=units,
            store=store,
            transfers=Transfers(store.clients),
            settings=settings,
            ffmpeg=find_ffmpeg(None),
            disk=opened.enter_context(open_disk(settings.work.folder, None)),
            offer=Offer.of(settings, {}),
            amazon=AmazonTranscribe(store.clients, store),
            courier=await opened.enter_async_context(open_courier(settings, store.clients, authorities())),
            engine=engine_at_hand,
        )
        yield Bench(tools, owner.id)


@pytest.fixture
async def committing(separate_units: Units, bench: Bench) -> Bench:
    """The same with transactions that really commit, so that one can wait for another."""
    async with separate_units.begin() as work:
        owner = await users.recognise(work, Claimed(UserKind.MACHINE, "tests", uuid4().hex))
    return Bench(replace(bench.tools, units=separate_units), owner.id)
