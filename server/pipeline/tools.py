"""What the stages work with."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from server.aws.store import Address, Store
from server.aws.transfers import Transfers
from server.media.models import Media
from server.media.news import announce
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.disk import Disk
from server.settings import Settings
from server.tasks.models import Taken
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.base import Engine
from server.transcription.offer import Offer
from server.unit_of_work import Units
from server.webhooks.courier import Courier


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything from outside that a stage may need; only the whisper worker has an engine."""

    units: Units
    store: Store
    transfers: Transfers
    settings: Settings
    ffmpeg: Path
    disk: Disk
    offer: Offer
    amazon: AmazonTranscribe
    courier: Courier
    engine: Engine | None = None

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
