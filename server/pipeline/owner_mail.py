"""Mail to owners about how their items have ended."""

from sqlalchemy import select

from server.mails import service as mails
from server.mails.models import MailKind
from server.mails.recipients import find_person
from server.mails.service import NewMail
from server.media.models import Media
from server.media.state import Status
from server.transcription.models import Transcript
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork


async def post_news(work: UnitOfWork, media: Media) -> None:
    """Hand in the mail that tells an owner of a text, or of why there is none, where they wish for it.

    There is one for each transcript that is whole, and one for each failure, however often this is called.
    """
    owner = await find_person(work, media.owner_id)
    news = await _news(work, media) if owner is not None else None
    if owner is not None and news is not None and owner.wants(news.kind):
        await mails.post(work, news)


async def _news(work: UnitOfWork, media: Media) -> NewMail | None:
    if media.status is Status.FAILED:
        # The item changes when it fails, and not again before it is tried once more.
        failed_at = await work.session.scalar(select(Media.updated_at).where(Media.id == media.id))
        return _failure(media, f"{media.id}:{failed_at}", media.error_message)
    columns = select(Transcript.id, Transcript.finished_at, Transcript.error_message)
    query = columns.where(Transcript.media_id == media.id).order_by(Transcript.id.desc()).limit(1)
    newest = (await work.session.execute(query)).one_or_none()
    if newest is None:
        return None
    if newest.finished_at is not None:
        details = {"transcript_id": str(newest.id)}
        return NewMail(MailKind.TEXT, f"text:{newest.id}", media.owner_id, subject_id=media.id, details=details)
    # It was transcribed once more, in vain; a video without sound has no text, and that is no failure.
    has_text = await TranscriptRepository(work).has_finished(media.id)
    return _failure(media, str(newest.id), newest.error_message) if newest.error_message and has_text else None


def _failure(media: Media, which: str, error: str | None) -> NewMail:
    return NewMail(
        MailKind.FAILURE, f"failure:{which}", media.owner_id, subject_id=media.id, details={"error": error or ""}
    )
