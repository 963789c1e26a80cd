"""The order of stages: the only place that knows which work follows from where an item stands.

An upload whose bytes have arrived enters by an intake task, which makes the item. From there:
received → transcode → transcribe → completed. A model of our own listens in one stage; a job of
Amazon Transcribe is submitted by one and collected by another. Where another service prepares
recordings, preprocess waits for it in between. Pictures are complete once they have their
renditions; a video's are made beside all this, once its sound is.

A recital that has ended enters by an aggregate task, which makes the item; its source is published
already. Once the renditions are there: publish. Once there is a text, or will be none: assess.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from server.configuration.processing import EngineName
from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.news import announce
from server.media.renditions import CAPTIONS, OF_PICTURES
from server.media.repository import MediaRepository
from server.media.state import ENDED, Status
from server.pipeline import outgoing
from server.recitals.models import Recital
from server.recitals.repository import RecitalRepository
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

FOLLOWING: dict[Status, tuple[Kind, Queue]] = {
    Status.RECEIVED: (Kind.TRANSCODE, Queue.WORK),
    Status.TRANSCODING: (Kind.TRANSCODE, Queue.WORK),
    Status.DELETING: (Kind.ERASE, Queue.WORK),
}
PICTURED: dict[Status, tuple[Kind, Queue]] = {
    Status.RECEIVED: (Kind.PICTURES, Queue.PICTURES),
    Status.TRANSCODING: (Kind.PICTURES, Queue.PICTURES),
    Status.DELETING: (Kind.ERASE, Queue.WORK),
}
"""What follows for a picture, which has no sound."""
RECITED: dict[Status, tuple[Kind, ...]] = {
    Status.TRANSCRIBING: (Kind.PUBLISH,),
    Status.COMPLETED: (Kind.ASSESS,),
    Status.FAILED: (Kind.PUBLISH, Kind.ASSESS),  # a text there may never be, but renditions; or why there are none
}
"""What follows for the recital that an item was made of."""
LISTENING: dict[EngineName, tuple[Kind, Queue]] = {
    EngineName.WHISPER: (Kind.TRANSCRIBE, Queue.WHISPER),
    EngineName.AWS: (Kind.SUBMIT, Queue.WORK),
}


async def advance(work: UnitOfWork, media: Media) -> None:
    """Tell the item's owner where it stands now, and add the work that follows from that."""
    announce(work, media)
    following = (PICTURED if media.kind is MediaKind.IMAGE else FOLLOWING).get(media.status)
    if media.status is Status.TRANSCRIBING:
        following = await _listening(work, media)
    if following is not None:
        kind, queue = following
        await tasks.add(work, kind, media.id, owner_id=media.owner_id, queue=queue)
    if kinds := RECITED.get(media.status):
        await _advance_recital(work, media, kinds)
    if media.status in ENDED:
        await outgoing.tell(work, media)


async def aggregate_again(work: UnitOfWork, recital: Recital) -> None:
    """Have the slices of a recital that has ended joined anew, because more of it has come."""
    await tasks.add(work, Kind.AGGREGATE, recital.id, owner_id=recital.owner_id, queue=Queue.WORK)


async def hold_following(work: UnitOfWork, media_id: UUID) -> None:
    """Lock what follows from an item's end, be it under way or new, before the item is locked: tasks come first."""
    if await TranscriptRepository(work).has_finished(media_id):
        media = await MediaRepository(work).get(media_id)
        await outgoing.store_text(work, media_id, media.owner_id)
    recital_id = await RecitalRepository(work).of_media(media_id)
    if recital_id is not None:
        await tasks.hasten(work, Kind.ASSESS, recital_id)


async def await_job(work: UnitOfWork, media: Media, seconds: float) -> None:
    """Have the result of a submitted job collected: when its event comes, or else after a while."""
    delay = timedelta(seconds=seconds)
    await tasks.add(work, Kind.COLLECT, media.id, owner_id=media.owner_id, queue=Queue.WORK, delay=delay)


async def await_pictures(work: UnitOfWork, media_id: UUID, owner_id: UUID) -> None:
    """Have what is missing to be seen of an item made; before the item is locked, for tasks come first."""
    await tasks.have_done(work, Kind.PICTURES, media_id, owner_id=owner_id, queue=Queue.PICTURES)


async def remake(work: UnitOfWork, media: Media, name: str) -> None:
    """Have a rendition made again that has expired; while it is being made, nothing is added."""
    if name == CAPTIONS:
        await outgoing.store_text(work, media.id, media.owner_id)
    elif media.status in {Status.RECEIVED, Status.TRANSCODING}:
        return  # it comes in its turn: a video's picture after its sound
    elif name in OF_PICTURES[media.kind]:
        await tasks.add(work, Kind.PICTURES, media.id, owner_id=media.owner_id, queue=Queue.PICTURES)
    else:
        await tasks.add(work, Kind.REMAKE, media.id, owner_id=media.owner_id, queue=Queue.WORK)


async def await_answer(work: UnitOfWork, media: Media) -> None:
    """Have another service asked to prepare an item, and its answer acted upon."""
    await tasks.add(work, Kind.PREPROCESS, media.id, owner_id=media.owner_id, queue=Queue.SENDING)


async def _advance_recital(work: UnitOfWork, media: Media, kinds: Iterable[Kind]) -> None:
    recital_id = await RecitalRepository(work).of_media(media.id)
    if recital_id is not None:
        for kind in kinds:
            await tasks.have_done(work, kind, recital_id, owner_id=media.owner_id, queue=Queue.WORK)


async def _listening(work: UnitOfWork, media: Media) -> tuple[Kind, Queue] | None:
    transcript = await TranscriptRepository(work).open_of(media.id)
    return LISTENING[EngineName(transcript.engine)] if transcript else None
