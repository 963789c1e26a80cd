"""Stages on real parts: Postgres, S3 and ffmpeg."""

import hashlib
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.aws.store import Address, Store
from server.ffmpeg.binary import find_ffmpeg
from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.pipeline.tools import Tools
from server.settings import Settings
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken, Task
from server.tasks.queues import Queue
from server.tasks.stage import Outcome
from server.transcription.engines.base import Heard, Segment, Word
from server.unit_of_work import Units
from server.uploads.models import Upload
from server.uploads.state import Method
from server.users import service as users
from server.users.models import UserKind
from server.users.service import Claimed


class FakeEngine:
    """An engine at the outermost edge: it hears what it is told to."""

    name = "fake"
    model = "none"

    def __init__(self) -> None:
        self.texts = ["Good", "morning"]
        self.error: Exception | None = None

    async def transcribe(
        self, audio: Path, *, duration_ms: int | None, language: str | None
    ) -> AsyncGenerator[Heard, None]:
        """Hear each text in turn."""
        assert audio.exists()
        for index, text in enumerate(self.texts):
            start_ms, end_ms = index * 100, index * 100 + 100
            yield Heard(end_ms, language or "en", Segment(start_ms, end_ms, text, (Word(start_ms, end_ms, text, 0.9),)))
        if self.error is not None:
            raise self.error
        yield Heard(duration_ms or 0, language or "en")


class Bench:
    """Puts things in front of a stage, runs it, and writes its outcome as the runner would."""

    def __init__(self, tools: Tools, owner: UUID) -> None:
        self.tools, self.owner = tools, owner

    async def put(self, content: bytes, key: str, folder: Path) -> Address:
        """Put bytes into the raw bucket."""
        file = folder / uuid4().hex
        file.write_bytes(content)
        address = Address(self.tools.settings.aws.raw_bucket, key)
        await self.tools.store.put(address, file, "application/octet-stream")
        return address

    async def take(self, kind: Kind, subject: UUID) -> Taken:
        """Make sure that there is such a task, and take it."""
        async with self.tools.units.begin() as work:
            await tasks.add(work, kind, subject, queue=Queue.WORK)
        async with self.tools.units.begin() as work:
            open_task = select(Task.id).where(Task.subject_id == subject, Task.kind == kind).order_by(Task.id.desc())
            task_id = (await work.session.execute(open_task.limit(1))).scalar_one()
            taken = await tasks.take(work.session, task_id, timedelta(minutes=1))
        assert taken is not None
        return taken

    async def write(self, taken: Taken, outcome: Outcome) -> None:
        """Finish the task with its outcome."""
        async with self.tools.units.begin() as work:
            await tasks.finish(work.session, taken)
            await outcome.write(work)
        await outcome.after()

    async def upload(self, content: bytes, folder: Path, **changed: object) -> Upload:
        """Make an upload whose bytes have arrived."""
        upload_id = uuid7()
        address = await self.put(content, f"{self.owner}/{upload_id}/source", folder)
        upload = Upload(
            id=upload_id,
            owner_id=self.owner,
            kind=MediaKind.AUDIO,
            filename="a.wav",
            content_type="audio/wav",
            size=len(content),
            title="A",
            bucket=address.bucket,
            key=address.key,
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

    async def read(self, media_id: UUID) -> Media:
        """Read an item anew."""
        async with self.tools.units.begin() as work:
            return await work.session.get_one(Media, media_id)

    async def waiting(self, subject: UUID) -> list[Kind]:
        """Name the tasks that wait for a subject."""
        async with self.tools.units.begin() as work:
            query = select(Task.kind).where(Task.subject_id == subject, Task.state == "pending")
            return list((await work.session.execute(query)).scalars())


@pytest.fixture
def engine_at_hand() -> FakeEngine:
    """An engine that hears what it is told to."""
    return FakeEngine()


@pytest.fixture
async def bench(units: Units, store: Store, settings: Settings, engine_at_hand: FakeEngine, tmp_path: Path) -> Bench:
    """A bench with real tools and its own owner."""
    settings = settings.model_copy(deep=True)
    settings.work.folder = tmp_path / "work"
    async with units.begin() as work:
        owner = await users.recognise(work, Claimed(UserKind.MACHINE, "tests", uuid4().hex))
    return Bench(Tools(units, store, settings, find_ffmpeg(None), engine_at_hand), owner.id)
