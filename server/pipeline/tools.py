"""What the stages work with."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from server.aws.store import Address, Store
from server.media.models import Media
from server.media.news import announce
from server.media.repository import MediaRepository
from server.media.state import Status
from server.settings import Settings
from server.tasks.models import Taken
from server.tasks.stage import Unworkable
from server.transcription.engines.base import Engine
from server.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything from outside that a stage may need; only the whisper worker has an engine."""

    units: Units
    store: Store
    settings: Settings
    ffmpeg: Path
    engine: Engine | None = None

    @asynccontextmanager
    async def workplace(self) -> AsyncIterator[Path]:
        """Give a private folder that is gone afterwards, whatever happens."""
        root = self.settings.work.folder
        await asyncio.to_thread(root.mkdir, mode=0o700, parents=True, exist_ok=True)
        folder = Path(await asyncio.to_thread(mkdtemp, dir=root))
        try:
            yield folder
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))

    def output_prefix(self, media: Media, taken: Taken) -> str:
        """Return where this attempt's renditions go: no two attempts ever write to the same key."""
        return f"{media.owner_id}/{media.id}/{taken.id.hex}-{taken.attempt}/"

    def processed(self, key: str) -> Address:
        """Return an address in the bucket of renditions."""
        return Address(self.settings.aws.processed_bucket, key)

    async def start_stage(self, media_id: UUID, status: Status, *, before: Status) -> Media | None:
        """Return the item in the stage `status`, moved there from `before` if need be; None when it is past that."""
        async with self.units.begin() as work:
            media = await MediaRepository(work).get_for_change(media_id)
            if media.status not in {status, before}:
                return None
            media.become(status)
            announce(work, media)
        return media


async def fail_media(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down on the item why its stage failed for good."""
    media = await MediaRepository(work).get_for_change(taken.subject_id)
    media.fail(reason.code, reason.reason)
    announce(work, media)
