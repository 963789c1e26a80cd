"""What goes out into the world when an item has come to its end: by mail, to other programs, and as a file.

Each is a task of its own, so that none of them holds up another, and none that fails undoes what was done.
"""

from uuid import UUID

from server.media.models import Media
from server.media.state import Status
from server.pipeline import hooks, owner_mail
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork


async def tell(work: UnitOfWork, media: Media) -> None:
    """Add what follows from an item's being completed or failed; again is fine, and tells nobody twice."""
    await hooks.tell_of_result(work, media)
    await owner_mail.post_news(work, media)
    if media.status is Status.COMPLETED and media.duration_ms is not None:
        await store_text(work, media.id, media.owner_id)


async def store_text(work: UnitOfWork, media_id: UUID, owner_id: UUID) -> None:
    """Have an item's text written to the bucket of content, as it is once this is committed."""
    await tasks.have_done(work, Kind.STORE_TEXT, media_id, owner_id=owner_id, queue=Queue.WORK)
