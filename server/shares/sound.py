"""Where the sound of a share can be heard, for a while."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from server.aws.store import Store
from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.shares.schemas import SharedSound
from server.unit_of_work import UnitOfWork

URL_SECONDS = 3600


async def sound_of(work: UnitOfWork, store: Store, media_id: UUID, *, until: datetime | None) -> SharedSound | None:
    """Sign addresses that are good for an hour, or until then where that is sooner; None when the sound has expired."""
    seconds = _seconds(until)
    found = [await MediaRepository(work).rendition(media_id, name) for name in ("light", "peaks")]
    async with asyncio.TaskGroup() as group:
        light, peaks = [group.create_task(_url(store, rendition, seconds)) for rendition in found]
    signed = light.result()
    return None if signed is None else SharedSound(light=signed, peaks=peaks.result())


def _seconds(until: datetime | None) -> int:
    left = URL_SECONDS if until is None else int((until - datetime.now(UTC)).total_seconds())
    return max(1, min(URL_SECONDS, left))


async def _url(store: Store, rendition: Rendition | None, seconds: int) -> str | None:
    if rendition is None or await store.head(rendition.address) is None:
        return None
    return await store.sign_get(rendition.address, content_type=rendition.content_type, seconds=seconds)
