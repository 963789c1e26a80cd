"""Where the sound of a share can be heard, for a while."""

import asyncio
from datetime import UTC, datetime

from server.aws.store import Store
from server.media.models import Media, Rendition
from server.media.repository import MediaRepository
from server.shares.schemas import SharedSound
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

URL_SECONDS = 3600


async def sound_of(work: UnitOfWork, store: Store, media: Media, *, until: datetime | None) -> SharedSound | None:
    """Sign addresses that are good for an hour, or until then where that is sooner.

    Returns:
        None when the sound has expired; then it is made again, and there for whoever looks later.
    """
    seconds = _seconds(until)
    found = [await MediaRepository(work).rendition(media.id, name) for name in ("light", "peaks")]
    async with asyncio.TaskGroup() as group:
        light, peaks = [group.create_task(_url(store, rendition, seconds)) for rendition in found]
    signed = light.result()
    if signed is None and await store.head(media.source) is not None:
        await tasks.add(work, Kind.REMAKE, media.id, owner_id=media.owner_id, queue=Queue.WORK)
    return SharedSound(light=signed, peaks=peaks.result()) if signed is not None else None


def _seconds(until: datetime | None) -> int:
    left = URL_SECONDS if until is None else int((until - datetime.now(UTC)).total_seconds())
    return max(1, min(URL_SECONDS, left))


async def _url(store: Store, rendition: Rendition | None, seconds: int) -> str | None:
    if rendition is None or await store.head(rendition.address) is None:
        return None
    return await store.sign_get(rendition.address, content_type=rendition.content_type, seconds=seconds)
