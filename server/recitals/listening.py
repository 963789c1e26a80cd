"""Addresses under which a recital's files are read for a while."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.problems import NotFound
from server.recitals import files
from server.recitals.files import File
from server.recitals.models import Recital
from server.recitals.problems import RecitalNotReady
from server.recitals.repository import RecitalRepository
from server.recitals.schemas import CueShown, Preview
from server.recitals.segments import stretches
from server.recitals.state import RecitalStatus
from server.unit_of_work import UnitOfWork

URL_SECONDS = 3600
HAS_FILES = frozenset({RecitalStatus.AGGREGATED, RecitalStatus.UPLOADED})


async def preview(work: UnitOfWork, store: Store, viewer: Principal, recital_id: UUID) -> Preview:
    """Return where a recital is to be heard, and when its texts were read.

    Raises:
        NotFound: there is none, or it is another's.
        RecitalNotReady: its slices are not joined yet, or it was discarded.
    """
    recital = await _visible(work, viewer, recital_id)
    sound = await _sound(work, recital)
    if sound is None or recital.duration_ms is None:
        raise RecitalNotReady(recital.status)
    segments = await RecitalRepository(work).segments(recital_id)
    return Preview(
        sound_url=await store.sign_get(sound.address, seconds=URL_SECONDS, content_type=sound.content_type),
        expires_at=datetime.now(UTC) + timedelta(seconds=URL_SECONDS),
        content_type=sound.content_type,
        duration_ms=recital.duration_ms,
        cues=[
            CueShown(start_ms=stretch.start_ms, end_ms=stretch.end_ms, text=stretch.text)
            for stretch in stretches(segments, recital.discard_last)
            if stretch.is_kept
        ],
    )


async def file_url(  # noqa: PLR0913, PLR0917 - what it needs, who asks, and for what
    work: UnitOfWork, store: Store, bucket: str, viewer: Principal, recital_id: UUID, file: File
) -> str:
    """Return a short-lived address of one of a recital's files in the bucket of content.

    Raises:
        NotFound: there is no such recital, or it is another's.
        RecitalNotReady: the file is not made yet, or the recital was discarded.
    """
    recital = await _visible(work, viewer, recital_id)
    if recital.status not in HAS_FILES:
        raise RecitalNotReady(recital.status)
    async for page in store.pages(bucket, files.key(recital_id, file, "")):
        for listed in page:
            return await _signed(store, listed.address)
    raise RecitalNotReady(recital.status)


async def _signed(store: Store, address: Address) -> str:
    extension = address.key.rpartition(".")[2]
    return await store.sign_get(
        address, seconds=URL_SECONDS, content_type=files.TYPES.get(extension, "application/octet-stream")
    )


async def _sound(work: UnitOfWork, recital: Recital) -> Rendition | None:
    """Return what every player plays, once that is made, and until then what was recorded."""
    if recital.media_id is None:
        return None
    media = MediaRepository(work)
    return await media.rendition(recital.media_id, File.LIGHT) or await media.rendition(recital.media_id, File.MAIN)


async def _visible(work: UnitOfWork, viewer: Principal, recital_id: UUID) -> Recital:
    recital = await RecitalRepository(work).visible(viewer, recital_id)
    if recital is None:
        raise NotFound("recital")
    return recital
