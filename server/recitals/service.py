"""Beginning recitals, and taking them back."""

from uuid import UUID

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.configuration.callers import Limits
from server.media.kinds import MediaKind
from server.media.news import announce as announce_result
from server.media.repository import MediaRepository
from server.media.state import HIDDEN, Status
from server.problems import NotFound
from server.recitals.models import Recital
from server.recitals.news import announce
from server.recitals.problems import DocumentArchived
from server.recitals.repository import RecitalRepository
from server.recitals.state import RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.uploads import quotas

LEAST_BYTES = 1
"""How large a recital becomes shows later."""
DISAVOWED = ("disavowed", "It was taken back, and what was recorded is removed.")


async def begin(work: UnitOfWork, limits: Limits, speaker: Principal, document_id: UUID) -> Recital:
    """Begin to read a document aloud.

    Raises:
        NotFound: there is no such document, or it is another's private one.
        DocumentArchived: it is offered to nobody any more.
        QuotaExceeded: the speaker has brought too much lately.
    """
    recitals = RecitalRepository(work)
    document = await recitals.document(speaker, document_id)
    if document is None:
        raise NotFound("document")
    if document.archived_at is not None:
        raise DocumentArchived
    await quotas.check(work, limits, speaker, MediaKind.AUDIO, LEAST_BYTES)
    recital = Recital(
        owner_id=speaker.user_id, document_id=document.id, title=document.title, language=document.language
    )
    await recitals.add(recital)
    announce(work, recital)
    return recital


async def disavow(work: UnitOfWork, caller: Principal, recital_id: UUID) -> None:
    """Take a recital back, however far it has come; doing it again changes nothing.

    Raises:
        NotFound: there is none, or it is another's.
    """
    recital = await RecitalRepository(work).visible(caller, recital_id)
    if recital is None:
        raise NotFound("recital")
    if await discard(work, recital_id, *DISAVOWED):
        note(work, Action.RECITAL_DISAVOWED, actor_id=caller.user_id, subject_id=recital_id, tool=caller.tool)


async def discard(work: UnitOfWork, recital_id: UUID, code: str, message: str) -> bool:
    """Discard a recital for a reason, with what was made of it; whoever works on it finds the fence closed.

    Returns:
        Whether it was not discarded yet.
    """
    media_id = await _withdraw(work, recital_id)
    recital = await RecitalRepository(work).get_for_change(recital_id)
    if recital.status is RecitalStatus.DISCARDED:
        return False
    recital.discard(code, message)
    recital.media_id = None
    await tasks.add(work, Kind.PURGE, recital_id, owner_id=recital.owner_id, queue=Queue.WORK)
    announce(work, recital)
    if media_id is not None:
        await _delete_item(work, media_id)
    return True


async def _withdraw(work: UnitOfWork, recital_id: UUID) -> UUID | None:
    """End the work on a recital and on the item that was made of it, and return that item's id."""
    recitals = RecitalRepository(work)
    media_id = await recitals.media_of(recital_id)
    # Tasks before their subjects, as in the runner; and the item before the recital, because whoever holds an item adds
    # work on its recital.
    if media_id is not None:
        await tasks.withdraw(work.session, media_id)
        await MediaRepository(work).get_for_change(media_id)
    await tasks.withdraw(work.session, recital_id)
    # From here on no item is made of the recital any more: one that was made just now is found.
    if media_id is None and (media_id := await recitals.media_of(recital_id)) is not None:
        await tasks.withdraw(work.session, media_id)
    return media_id


async def _delete_item(work: UnitOfWork, media_id: UUID) -> None:
    media = await MediaRepository(work).get_for_change(media_id)
    if media.status not in HIDDEN:
        media.become(Status.DELETING)
        announce_result(work, media)
        await tasks.add(work, Kind.ERASE, media_id, owner_id=media.owner_id, queue=Queue.WORK)
