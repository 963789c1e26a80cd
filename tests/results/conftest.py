"""Results where the API finds them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.aws.store import Address, Store
from server.media.kinds import MediaKind
from server.media.models import Media, Rendition
from server.media.state import Status
from server.settings import Settings
from server.tasks.models import Kind, State, Task
from server.transcription.models import Transcript, TranscriptSegment
from server.unit_of_work import UnitOfWork, Units
from server.users import service as users
from server.users.models import Role, UserKind
from server.users.service import Claimed
from tests.tokens import Pool

WORDS = [{"start_ms": 0, "end_ms": 400, "text": "Good", "confidence": 0.9}]


class Shelf:
    """Puts results where the API finds them."""

    def __init__(self, units: Units, store: Store, settings: Settings, owner: UUID) -> None:
        self.units, self.store, self.settings, self.owner = units, store, settings, owner

    async def add(self, status: Status = Status.COMPLETED, **changed: Any) -> str:
        """Put one result."""
        media_id = uuid7()
        media = Media(
            id=media_id,
            owner_id=self.owner,
            kind=MediaKind.AUDIO,
            status=status,
            title="Morning",
            content_type="audio/wav",
            source_bucket=self.settings.aws.raw_bucket,
            source_key=f"{self.owner}/{media_id}/source",
            size=4,
            etag="e",
            duration_ms=1000,
            progress=1.0,
            heard_ms=1000,
        )
        for name, value in changed.items():
            setattr(media, name, value)
        async with self.units.begin() as work:
            work.session.add(media)
        return str(media_id)

    async def add_transcript(
        self, result_id: str, *texts: str, finished: bool = True, error: str | None = None, **changed: Any
    ) -> str:
        """Give a result a text: a whole one, one under way, or one that failed."""
        transcript_id = uuid7()
        transcript = Transcript(
            id=transcript_id,
            media_id=UUID(result_id),
            engine="whisper",
            model="tiny.en",
            language="en",
            text=" ".join(texts),
            finished_at=datetime.now(UTC) if finished and error is None else None,
            error_code=error,
            error_message=error and "Choose another engine.",
        )
        for name, value in changed.items():
            setattr(transcript, name, value)
        async with self.units.begin() as work:
            work.session.add(transcript)
            await work.session.flush()
            await self._add_segments(work, transcript_id, texts)
        return str(transcript_id)

    async def _add_segments(self, work: UnitOfWork, transcript_id: UUID, texts: Sequence[str]) -> None:
        work.session.add_all(
            TranscriptSegment(
                transcript_id=transcript_id,
                index=index,
                start_ms=index * 500,
                end_ms=index * 500 + 500,
                text=text,
                confidence=0.9,
                words=WORDS,
            )
            for index, text in enumerate(texts)
        )

    async def put_source(self, result_id: str) -> None:
        """Put the source's bytes where the result says that they are."""
        async with self.units.begin() as work:
            source = (await work.session.get_one(Media, UUID(result_id))).source
        await self._put(source, b"sound")

    async def put_rendition(self, result_id: str, name: str, content: bytes, content_type: str) -> None:
        """Give a result a rendition, with its bytes."""
        address = Address(self.settings.aws.processed_bucket, f"{self.owner}/{result_id}/{name}")
        rendition = Rendition(
            media_id=UUID(result_id),
            name=name,
            bucket=address.bucket,
            key=address.key,
            content_type=content_type,
            size=len(content),
        )
        async with self.units.begin() as work:
            work.session.add(rendition)
        await self._put(address, content)

    async def _put(self, address: Address, content: bytes) -> None:
        await self.store.clients.s3.put_object(Bucket=address.bucket, Key=address.key, Body=content)

    async def work_for(self, result_id: str) -> list[Kind]:
        """Name what is to be done for a result."""
        async with self.units.begin() as work:
            query = select(Task.kind).where(Task.subject_id == UUID(result_id), Task.state == State.PENDING)
            return list((await work.session.execute(query)).scalars())


async def know(units: Units, pool: Pool, subject: str, role: Role = Role.NONE) -> UUID:
    """Make sure that a person exists."""
    async with units.begin() as work:
        claimed = Claimed(UserKind.PERSON, pool.issuer, subject)
        return (await users.provision(work, claimed, role)).id


@pytest.fixture
async def shelf(units: Units, store: Store, pool: Pool, settings: Settings) -> Shelf:
    """My results."""
    return Shelf(units, store, settings, await know(units, pool, "me"))


@pytest.fixture
def mine(pool: Pool) -> dict[str, str]:
    """Me."""
    return pool.person("me")
