"""How the processing of an item, or of a recital, ends: with a text, without one, or with a reason."""

from uuid import UUID

from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import HIDDEN, Status
from server.pipeline.flow import advance, await_pictures, hold_following
from server.recitals.news import announce
from server.recitals.repository import RecitalRepository
from server.recitals.state import RecitalStatus
from server.search import service as search
from server.tallies import service as tallies
from server.tallies.measures import SPEECH_SECONDS
from server.tasks.models import Kind, Taken
from server.tasks.stage import Unworkable
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork


async def complete(
    work: UnitOfWork, media_id: UUID, transcript: Transcript, *, text: str, language: str | None
) -> None:
    """Declare a transcript whole, and its item with it."""
    await TranscriptRepository(work).finish(transcript.id, content=text, language=language)
    await hold_following(work, media_id)
    media = await MediaRepository(work).get_for_change(media_id)
    media.become(Status.COMPLETED)
    await search.index(work, media_id)
    await advance(work, media)
    heard = SPEECH_SECONDS.add(media.heard_ms / 1000, engine=transcript.engine, model=transcript.model)
    await tallies.add(work, heard)


async def fail_media(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why an item's stage failed for good; an item that has a text already keeps it and stays completed."""
    await hold_following(work, taken.subject_id)
    if taken.kind is Kind.TRANSCODE:
        await _see_all_the_same(work, taken.subject_id)
    media = await MediaRepository(work).get_for_change(taken.subject_id)
    if media.status in HIDDEN:
        return
    transcripts = TranscriptRepository(work)
    if attempted := await transcripts.open_of(media.id):
        attempted.fail(reason.code, reason.reason)
        await work.session.flush()
    if await transcripts.has_finished(media.id):
        media.become(Status.COMPLETED)
    else:
        media.fail(reason.code, reason.reason)
    await advance(work, media)


async def _see_all_the_same(work: UnitOfWork, media_id: UUID) -> None:
    """Have the picture of a video made though nothing can be heard of it."""
    media = await MediaRepository(work).get(media_id)
    if media.kind is MediaKind.VIDEO and media.status not in HIDDEN:
        await await_pictures(work, media_id, media.owner_id)


async def fail_recital(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why a recital's stage failed for good; it stays where it is with all it has, to be tried again."""
    recital = await RecitalRepository(work).get_for_change(taken.subject_id)
    if recital.status in {RecitalStatus.ENDED, RecitalStatus.AGGREGATED}:
        recital.error_code, recital.error_message = reason.code, reason.reason
        announce(work, recital)


async def begin_again(work: UnitOfWork, media: Media) -> None:
    """Send an item back to its source, because its renditions are gone."""
    media.become(Status.RECEIVED)
    await advance(work, media)
