"""Removing what nobody needs: objects that no row names, parts that nobody joins, rows of long ago.

What a worker that was killed left behind is found here, and what came under an address that was still good
when its upload had been decided. Nothing is removed that is younger than a day, unless a deployment says so.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

import structlog

from server.auth import signing_in
from server.aws.store import Address
from server.aws.transfers import Multipart
from server.exports import service as exports
from server.idempotency import service as idempotency
from server.mails import service as mails
from server.media.repository import MediaRepository
from server.pipeline.flow import advance
from server.pipeline.leave import pick_up_leavers
from server.pipeline.reindex import reindex
from server.pipeline.store_text import item_of
from server.pipeline.tools import Tools
from server.preprocessing import answers, requests
from server.recitals import files, slices
from server.recitals.repository import RecitalRepository
from server.recitals.state import LIVING, RecitalStatus
from server.tasks import service as tasks
from server.tasks.models import Kind, Taken
from server.tasks.queues import Queue
from server.tasks.stage import Outcome, Unworkable
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork
from server.uploads import service as uploads
from server.uploads.repository import UploadRepository
from server.webhooks import deliveries

log = structlog.get_logger(__name__)

HOUSE = UUID(int=0)
"""The owner of work that is nobody's."""
SUBJECT = uuid5(HOUSE, "tidy")
STRANDED_MINUTES = 15
UNPUBLISHED = LIVING - {RecitalStatus.UPLOADED}
AT_ONCE = 500


async def tidy(tools: Tools, taken: Taken) -> Outcome:
    """Go through the buckets, page by page, and through what is left of the past."""
    before = datetime.now(UTC) - timedelta(minutes=tools.settings.work.orphan_minutes)
    for bucket, named in {
        tools.settings.aws.raw_bucket: _named_sources,
        tools.settings.aws.processed_bucket: _named_results,
        tools.settings.aws.content_bucket: _named_files,
    }.items():
        async for page in tools.store.pages(bucket):
            old = [listed.address for listed in page if listed.modified_at <= before]
            async with tools.units.begin() as work:
                await tasks.hold(work.session, taken)
                kept = await named(work, bucket, [address.key for address in old])
                kept |= await answers.named(work, bucket, [address.key for address in old])
            await _remove(tools, [address for address in old if address.key not in kept])
    await _abort_multiparts(tools, before)
    await reindex(tools, taken)
    return Outcome(partial(_forget, tools=tools))


async def leave(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Leave things as they are: the next round comes."""


async def _named_sources(work: UnitOfWork, bucket: str, keys: list[str]) -> set[str]:
    """Return the keys that are somebody's source, or may become one."""
    # Uploads before items: one that is taken in meanwhile is found as the one or as the other.
    waiting = await UploadRepository(work).by_keys(bucket, keys)
    wanted = {upload.key for upload in waiting if await uploads.still_wants(work, upload)}
    return wanted | await MediaRepository(work).named_sources(bucket, keys) | await _needed_slices(work, keys)


async def _needed_slices(work: UnitOfWork, keys: list[str]) -> set[str]:
    """Return the keys of slices, of recitals that are not published yet.

    Whether a row names them doesn't matter: the same slice may just be coming again.
    """
    owners = {key: recital_id for key in keys if (recital_id := slices.recital_of(key)) is not None}
    needing = await RecitalRepository(work).among(set(owners.values()), UNPUBLISHED)
    return {key for key, recital_id in owners.items() if recital_id in needing}


async def _named_files(work: UnitOfWork, _: str, keys: list[str]) -> set[str]:
    """Return the keys but those of files of recitals that were discarded, and of texts whose items are gone."""
    recitals = {key: recital_id for key in keys if (recital_id := files.recital_of(key)) is not None}
    items = {key: media_id for key in keys if (media_id := item_of(key)) is not None}
    living = await RecitalRepository(work).among(set(recitals.values()), LIVING)
    living |= await MediaRepository(work).living(items.values())
    owners = recitals | items
    return {key for key in keys if key not in owners or owners[key] in living}


async def _named_results(work: UnitOfWork, bucket: str, keys: list[str]) -> set[str]:
    """Return the keys that are renditions or exports, or that a task or job under way may make into some."""
    # What is under way before what is named: an attempt that ends meanwhile is found as the one or as the other.
    attempts = await tasks.held_attempts(work.session)
    open_transcripts = await TranscriptRepository(work).still_open(_ids(keys))
    awaited = await requests.awaited(work, keys)
    named = await MediaRepository(work).named_renditions(bucket, keys) | await exports.named(work, bucket, keys)
    return named | awaited | {key for key in keys if _attempt(key) in attempts or _transcript(key) in open_transcripts}


def _attempt(key: str) -> str:
    """Read `{task}-{attempt}` from `{owner}/…/{task}-{attempt}/{name}`."""
    return key.split("/")[-2] if key.count("/") > 2 else ""  # noqa: PLR2004 - as the pattern has it


def _transcript(key: str) -> UUID | None:
    """Read the transcript's id from `{owner}/{media}/{transcript}.json`, where Amazon Transcribe puts its results."""
    try:
        return UUID(key.rpartition("/")[2].removeprefix("redacted-").removesuffix(".json"))
    except ValueError:
        return None


def _ids(keys: Iterable[str]) -> list[UUID]:
    return [found for key in keys if (found := _transcript(key)) is not None]


async def _remove(tools: Tools, addresses: list[Address]) -> None:
    if addresses:
        await tools.store.delete(addresses)
        log.info("removed objects that no row names", count=len(addresses), first=addresses[0].key)


async def _abort_multiparts(tools: Tools, before: datetime) -> None:
    for bucket in (tools.settings.aws.raw_bucket, tools.settings.aws.processed_bucket):
        async for page in tools.transfers.multiparts(bucket):
            old = [multipart for multipart in page if multipart.begun_at <= before]
            async with tools.units.begin() as work:
                kept = await _awaited(work, bucket, old)
            for multipart in old:
                if multipart.id not in kept:
                    await tools.transfers.abort_multipart(multipart.address, multipart.id)


async def _awaited(work: UnitOfWork, bucket: str, multiparts: list[Multipart]) -> set[str]:
    """Return the ids of those that a pending upload or an attempt under way may still join."""
    attempts = await tasks.held_attempts(work.session)
    waiting = await UploadRepository(work).by_keys(bucket, [multipart.address.key for multipart in multiparts])
    pending = {upload.multipart_id for upload in waiting if upload.is_pending and upload.multipart_id}
    return pending | {multipart.id for multipart in multiparts if _attempt(multipart.address.key) in attempts}


async def _forget(work: UnitOfWork, tools: Tools) -> None:
    """Forget ended tasks, answered requests and what has expired, and pick up what no task works on."""
    await tasks.forget_ended(work.session, timedelta(days=tools.settings.work.keep_days))
    await idempotency.forget_old(work.session)
    await signing_in.forget_spent(work)
    await exports.expire(work)
    await mails.forget_old(work, timedelta(days=tools.settings.work.keep_days))
    await answers.forget_old(work, timedelta(days=tools.settings.work.keep_days))
    await deliveries.forget_ended(work, timedelta(days=tools.settings.work.keep_days))
    await pick_up_leavers(work)
    for recital in await RecitalRepository(work).unpurged(AT_ONCE):
        await tasks.add(work, Kind.PURGE, recital.id, owner_id=recital.owner_id, queue=Queue.WORK)
    for media in await MediaRepository(work).stranded(timedelta(minutes=STRANDED_MINUTES), AT_ONCE):
        log.warning("picking up an item that no task works on", media_id=str(media.id), status=media.status)
        await advance(work, media)
