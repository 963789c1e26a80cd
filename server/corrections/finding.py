"""Finding a transcript that somebody may read or correct."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from server.auth.principal import Principal
from server.corrections.problems import NotFinished
from server.media.models import Media
from server.media.repository import MediaRepository
from server.pipeline import outgoing
from server.problems import NotFound
from server.transcription.models import Transcript
from server.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Named:
    """Which transcript is meant."""

    result_id: UUID
    transcript_id: UUID


async def readable(work: UnitOfWork, viewer: Principal, named: Named) -> Transcript:
    """Return a transcript that stays as it is until the transaction ends, so that what is read of it belongs together.

    Raises:
        NotFound: there is no such transcript, or it is another's.
        NotFinished: it is not finished.
    """
    if await MediaRepository(work).visible(viewer, named.result_id) is None:
        raise NotFound("result")
    return await _finished(work, named, read=True)


async def editable(work: UnitOfWork, editor: Principal, named: Named) -> tuple[Media, Transcript]:
    """Return a transcript that nobody else corrects, and whose item nobody deletes, until the transaction ends.

    Its file is written anew after that.

    Raises:
        NotFound: there is no such transcript, or it is another's.
        NotFinished: it is not finished.
    """
    media_repository = MediaRepository(work)
    media = await media_repository.visible(editor, named.result_id)
    if media is None:
        raise NotFound("result")
    # Its file is to be written anew, and tasks come before what they are about, as in the runner and where one deletes.
    await outgoing.store_text(work, media.id, media.owner_id)
    media = await media_repository.visible(editor, named.result_id, for_change=True)
    if media is None:
        raise NotFound("result")
    return media, await _finished(work, named, read=False)


async def _finished(work: UnitOfWork, named: Named, *, read: bool) -> Transcript:
    query = select(Transcript).where(Transcript.id == named.transcript_id, Transcript.media_id == named.result_id)
    query = query.with_for_update(read=read).execution_options(populate_existing=True)
    transcript = (await work.session.execute(query)).scalar_one_or_none()
    if transcript is None:
        raise NotFound("transcript")
    if transcript.finished_at is None:
        raise NotFinished
    return transcript
