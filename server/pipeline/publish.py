"""Declaring a recital published: once all its files are seen where they stay, its slices are needed no more."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from server.aws.store import Address
from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.media.state import HIDDEN, Status
from server.pipeline import hooks
from server.pipeline.content import Content
from server.pipeline.tools import Tools
from server.recitals.files import File
from server.recitals.news import announce
from server.recitals.repository import RecitalRepository
from server.recitals.state import RecitalStatus
from server.tasks.models import Taken
from server.tasks.stage import Failed, NotYet, Outcome, Unworkable
from server.unit_of_work import UnitOfWork

LOOK_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Publication:
    """What makes a recital published, and what it makes superfluous."""

    main: Rendition
    light: Rendition
    slices: Sequence[Address]


async def publish(tools: Tools, taken: Taken) -> Outcome:
    """Look for the four files of a recital, and only then let its slices go."""
    async with tools.units.begin() as work:
        found = await _find(work, taken)
    if found is None:
        return Outcome()
    await _check(tools, Content(tools, taken.subject_id), found)
    return Outcome(partial(_write, taken=taken), after=partial(tools.store.delete, found.slices))


async def _find(work: UnitOfWork, taken: Taken) -> Publication | None:
    """Find what there is of a recital; None when it is past this stage.

    Raises:
        Unworkable: its renditions could not be made, and why.
        NotYet: they are being made.
    """
    recital = await RecitalRepository(work).get(taken.subject_id)
    if recital.status is not RecitalStatus.AGGREGATED or recital.media_id is None:
        return None
    media = await MediaRepository(work).get(recital.media_id)
    if media.status in HIDDEN:
        return None
    main, light = [await MediaRepository(work).rendition(media.id, name) for name in (File.MAIN, File.LIGHT)]
    if main is not None and light is not None:
        slices = await RecitalRepository(work).slices(recital.id)
        return Publication(main, light, [slice_.address for slice_ in slices])
    if media.status is Status.FAILED:
        raise Unworkable(media.error_code or "unreadable", media.error_message or "It could not be processed.")
    raise NotYet("the renditions are being made", LOOK_AGAIN)


async def _check(tools: Tools, content: Content, found: Publication) -> None:
    """See with our own eyes that the files are there.

    Raises:
        Failed: one is not, or is not whole.
    """
    extension = found.main.key.rpartition(".")[2]  # the source's too: both are made in one run
    sizes = {
        content.address(f"{File.TRANSCRIPT}.vtt"): None,
        content.address(f"{File.SOURCE}.{extension}"): None,
        found.main.address: found.main.size,
        found.light.address: found.light.size,
    }
    stored = await asyncio.gather(*(tools.store.head(address) for address in sizes))
    for (address, size), object_ in zip(sizes.items(), stored, strict=True):
        if object_ is None or object_.size != (size or object_.size) or not object_.size:
            raise Failed("file_missing", f"{address.key} is not there, or not whole. Aggregate the recital again.")


async def _write(work: UnitOfWork, taken: Taken) -> None:
    recital = await RecitalRepository(work).get_for_change(taken.subject_id)
    if recital.status is not RecitalStatus.AGGREGATED:
        return
    recital.become(RecitalStatus.UPLOADED)
    recital.error_code = recital.error_message = None
    announce(work, recital)
    await hooks.tell_of_recital(work, recital)
