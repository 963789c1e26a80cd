"""The order of stages: the only place that knows which work follows from where an item stands.

An upload whose bytes have arrived enters by an intake task, which makes the item. From there:
received → transcode → transcribe → completed. Pictures have no sound and are complete on arrival.
"""

from server.media.models import Media
from server.media.news import announce
from server.media.state import Status
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

FOLLOWING: dict[Status, tuple[Kind, Queue]] = {
    Status.RECEIVED: (Kind.TRANSCODE, Queue.WORK),
    Status.TRANSCRIBING: (Kind.TRANSCRIBE, Queue.WHISPER),
    Status.DELETING: (Kind.ERASE, Queue.WORK),
}


async def advance(work: UnitOfWork, media: Media) -> None:
    """Tell the item's owner where it stands now, and add the work that follows from that."""
    announce(work, media)
    following = FOLLOWING.get(media.status)
    if following is not None:
        kind, queue = following
        await tasks.add(work, kind, media.id, queue=queue)
