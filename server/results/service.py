"""What may be done with a result."""

from uuid import UUID

from server.auth.principal import Principal
from server.aws.store import Store
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.pipeline.flow import advance
from server.problems import NotFound, Problem
from server.results.queries import newest_transcript, segments_of
from server.tasks import service as tasks
from server.transcription.engines.base import Segment, Word
from server.transcription.formats import Transcription
from server.unit_of_work import UnitOfWork

URL_SECONDS = 3600


class NotReady(Problem):
    """The text is not whole yet, or never will be."""

    status = 409
    code = "transcript_not_ready"

    def __init__(self, status: Status) -> None:
        super().__init__(f"This result is {status} and has no whole transcript. Its segments so far are in the result.")


async def transcript(work: UnitOfWork, viewer: Principal, result_id: UUID) -> Transcription:
    """Return the finished transcript of a result.

    Raises:
        NotFound: there is no such result, or it is another's.
        NotReady: it is not completed, or has no sound.
    """
    media = await _visible(work, viewer, result_id)
    newest = await newest_transcript(work, result_id)
    if media.status is not Status.COMPLETED or newest is None:
        raise NotReady(media.status)
    rows = await segments_of(work, newest.id)
    segments = [
        Segment(row.start_ms, row.end_ms, row.text, tuple(Word(**w) for w in row.words), row.confidence, row.speaker)
        for row in rows
    ]
    return Transcription(newest.language, media.duration_ms or 0, segments)


async def rendition_url(work: UnitOfWork, store: Store, viewer: Principal, result_id: UUID, name: str) -> str:
    """Return a short-lived address of one form of the content.

    Raises:
        NotFound: there is no such result or form, or it is another's.
    """
    media = await _visible(work, viewer, result_id)
    if name == "source":
        return await store.sign_get(media.source, seconds=URL_SECONDS, content_type=media.content_type)
    found = await MediaRepository(work).rendition(result_id, name)
    if found is None:
        raise NotFound("rendition")
    return await store.sign_get(found.address, seconds=URL_SECONDS, content_type=found.content_type)


async def delete(work: UnitOfWork, viewer: Principal, result_id: UUID) -> None:
    """Hide a result at once; a worker removes its objects and text.

    Raises:
        NotFound: there is no such result, or it is another's.
    """
    media = await _visible(work, viewer, result_id)
    await tasks.withdraw(work.session, media.id)  # before the item is locked: tasks come first, as in the runner
    await work.session.refresh(media, with_for_update=True)
    if media.status not in {Status.DELETING, Status.GONE}:
        media.become(Status.DELETING)
        await work.session.flush()
        await advance(work, media)


async def _visible(work: UnitOfWork, viewer: Principal, result_id: UUID) -> Media:
    media = await MediaRepository(work).visible(viewer, result_id)
    if media is None:
        raise NotFound("result")
    return media
