"""What may be done with a result."""

from uuid import UUID

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.aws.store import Store
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.repository import MediaRepository
from server.media.state import Status
from server.media.wishes import SpeechWish
from server.pipeline.flow import advance, await_pictures
from server.problems import NotFound
from server.recitals import service as recitals
from server.recitals.repository import RecitalRepository
from server.results.problems import NotFailed, NotReady, NotTranscribable, SourceGone
from server.results.queries import choose_transcript, transcripts_of
from server.results.schemas import TranscribeWish
from server.tasks import service as tasks
from server.transcription import service as transcription
from server.transcription.formats import Transcription
from server.transcription.offer import Offer
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork


async def transcript(work: UnitOfWork, viewer: Principal, result_id: UUID, wanted: UUID | None = None) -> Transcription:
    """Return a finished transcript of a result: the newest, or the one that is wanted.

    Raises:
        NotFound: there is no such result or transcript, or it is another's.
        NotReady: it is not finished, or has no sound.
    """
    media = await _visible(work, viewer, result_id)
    chosen = choose_transcript(await transcripts_of(work, result_id, wanted), wanted)
    if chosen is None and wanted is not None:
        raise NotFound("transcript")
    if chosen is None or chosen.finished_at is None:
        raise NotReady(media.status)
    segments = await TranscriptRepository(work).spoken(chosen.id)
    return Transcription(chosen.language, media.duration_ms or 0, segments, media.title)


async def retry(work: UnitOfWork, store: Store, offer: Offer, viewer: Principal, result_id: UUID) -> None:
    """Try again what failed, from the stage that failed; that may be what is to be seen of it.

    Raises:
        NotFound: there is no such result, or it is another's.
        NotFailed: there is nothing to try again.
        SourceGone: there is nothing to try it with.
        Problem: no engine may have the recording; see `Offer.choose`.
    """
    is_seen = await _see_again(work, viewer, result_id)
    media = await _lock(work, viewer, result_id)
    if media.status is Status.FAILED:
        failed = await TranscriptRepository(work).newest_of(media.id)
        if failed is not None:
            await transcription.ask(work, offer, media, failed.speech_wish, failed.asked_language)
        await _begin(work, store, media)
    elif not is_seen:
        raise NotFailed(media.status)
    elif await store.head(media.source) is None:
        raise SourceGone


async def _see_again(work: UnitOfWork, viewer: Principal, result_id: UUID) -> bool:
    """Have what is to be seen made once more, if that has failed, and say whether it has."""
    media = await _visible(work, viewer, result_id)
    if media.pictures is not Pictures.FAILED:
        return False
    await await_pictures(work, media.id, media.owner_id)
    media = await _lock(work, viewer, result_id)
    media.pictures = Pictures.UNDER_WAY
    media.pictures_error_code = media.pictures_error_message = None
    return True


async def transcribe(  # noqa: PLR0913, PLR0917 - what it needs, who asks, and for what
    work: UnitOfWork, store: Store, offer: Offer, viewer: Principal, result_id: UUID, wish: TranscribeWish
) -> None:
    """Make another transcript beside those that are there; they stay.

    Raises:
        NotFound: there is no such result, or it is another's.
        NotTranscribable: it has no sound, or is being worked on.
        SourceGone: its content is not there any more.
        Problem: no engine may have the recording; see `Offer.choose`.
    """
    media = await _lock(work, viewer, result_id)
    has_no_sound = media.kind is MediaKind.IMAGE or (media.status is Status.COMPLETED and media.duration_ms is None)
    if media.status not in {Status.COMPLETED, Status.FAILED} or has_no_sound:
        raise NotTranscribable(media.status)
    how = SpeechWish.model_validate(wish.model_dump(exclude={"language"}))
    await transcription.ask(work, offer, media, how, wish.language or media.language)
    await _begin(work, store, media)


async def _begin(work: UnitOfWork, store: Store, media: Media) -> None:
    """Begin with the transcription where there is what it needs, else with the source."""
    inference = await MediaRepository(work).rendition(media.id, "inference")
    if inference is not None and await store.head(inference.address) is not None:
        media.become(Status.TRANSCRIBING)
    elif await store.head(media.source) is not None:
        media.become(Status.RECEIVED)
    else:
        raise SourceGone
    await work.session.flush()
    await advance(work, media)


async def delete(work: UnitOfWork, viewer: Principal, result_id: UUID) -> None:
    """Hide a result at once; a worker removes its objects and text. With that of a recital, the recital is disavowed.

    Raises:
        NotFound: there is no such result, or it is another's.
    """
    media = await _visible(work, viewer, result_id)
    recital_id = await RecitalRepository(work).of_media(media.id)
    if recital_id is not None:
        await recitals.disavow(work, viewer, recital_id)
        return
    await tasks.withdraw(work.session, media.id)  # before the item is locked: tasks come first, as in the runner
    await work.session.refresh(media, with_for_update=True)
    if media.status not in {Status.DELETING, Status.GONE}:
        media.become(Status.DELETING)
        note(work, Action.RESULT_DELETED, actor_id=viewer.user_id, subject_id=media.id, tool=viewer.tool)
        await work.session.flush()
        await advance(work, media)


async def _lock(work: UnitOfWork, viewer: Principal, result_id: UUID) -> Media:
    media = await MediaRepository(work).visible(viewer, result_id, for_change=True)
    if media is None:
        raise NotFound("result")
    return media


async def _visible(work: UnitOfWork, viewer: Principal, result_id: UUID) -> Media:
    media = await MediaRepository(work).visible(viewer, result_id)
    if media is None:
        raise NotFound("result")
    return media
