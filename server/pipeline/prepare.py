"""Preparing a recording for others: its beginning, and what speech engines listen to, where the message says."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from server.aws.queues import Letter
from server.aws.store import Address, ObjectMissing, Store, StoredObject
from server.ffmpeg import audio
from server.ffmpeg.allowance import allowance, disk_for_speech
from server.ffmpeg.completeness import check_complete
from server.ffmpeg.failures import FfmpegFailure, MachineTrouble, NoSound
from server.ffmpeg.probe import probe
from server.ffmpeg.render import Output, render
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Tap
from server.pipeline.disk import Disk
from server.pipeline.sources import source_of
from server.pipeline.tools import Tools
from server.pipeline.transcode import SHORT_SECONDS, longest_ms
from server.preprocessing import answers
from server.preprocessing.addresses import Places, Target, places
from server.preprocessing.contract import Message, completed, failed, read
from server.settings import MEGABYTE, Settings
from server.tasks.stage import NotYet, Unworkable
from server.webhooks import targets

LONGEST_SECONDS = 4 * 3600.0
MOST_RECEIPTS = 3
"""After these a message goes to the dead letters, as the queue's redrive policy has it."""


async def prepare(tools: Tools, letter: Letter) -> None:
    """Do what a message asks for, unless it has been done, and have its callback told how that went.

    What is our own trouble, or can be told to nobody, raises, so that the message comes back, and in the end lies among
    the dead letters.

    Raises:
        NotUnderstood: the message is none of the contract.
        TargetRefused: nothing can be sent to its callback; nothing is done then.
        Unworkable: it can't be done, and has no callback.
    """
    message = read(letter.body)
    callback = message.callback_response
    if callback is not None:
        targets.check(callback.url, callback.type, tools.settings.outbound, tools.settings.callbacks)
    name = answers.identity(message, letter.id)
    async with tools.units.begin() as work:
        if await answers.is_answered(work, name):
            return
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            answer = completed(message, await _make(tools, message, is_last=letter.receipts >= MOST_RECEIPTS))
    except Unworkable as reason:
        if callback is None:
            raise
        answer = failed(message, reason.code, reason.reason)
    async with tools.units.begin() as work:
        await answers.give(work, name, message, answer)


async def _make(tools: Tools, message: Message, *, is_last: bool) -> int:
    """Make both files, and return how long the whole sound is, in milliseconds."""
    found = places(message, _buckets(tools.settings))
    stored = await _look(tools, found.source)
    async with _workplace(tools.disk, disk_for_speech(stored.size, longest_ms=longest_ms(tools))) as folder:
        try:
            await tools.store.fetch(stored.address, folder / "source", etag=stored.etag)
            outputs, duration_ms = await _render(tools, found, await source_of(folder / "source"), stored.size)
        except ObjectMissing as missing:
            raise _source_missing() from missing
        except FfmpegFailure as failure:
            # What may have been a hiccup is tried again; at the last time it is taken for the file's doing.
            if failure.final or (is_last and not isinstance(failure, MachineTrouble)):
                raise Unworkable(failure.code, str(failure)) from failure
            raise
        await _put(tools.store, zip((found.short, found.inference), outputs, strict=True), folder)
    return duration_ms


async def _put(store: Store, made: Iterable[tuple[Target, Output]], folder: Path) -> None:
    try:
        async with asyncio.TaskGroup() as putting:
            for target, output in made:
                putting.create_task(store.put(target.address, folder / output.name, output.media_type))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed  # it says which bucket lets nobody in


def _buckets(settings: Settings) -> Sequence[str]:
    own = (settings.aws.raw_bucket, settings.aws.processed_bucket, settings.aws.content_bucket)
    return settings.preprocessing.buckets or own


async def _look(tools: Tools, source: Address) -> StoredObject:
    stored = await tools.store.head(source)
    if stored is None:
        raise _source_missing()
    most = tools.settings.uploads.max_video_mb * MEGABYTE
    if stored.size > most:
        raise Unworkable(
            "source_too_large", f"The object at s3_key_temp has {stored.size:,} bytes; {most:,} are taken."
        )
    return stored


def _source_missing() -> Unworkable:
    return Unworkable("source_missing", "There is no object at s3_key_temp. Put it there first, then ask.")


@asynccontextmanager
async def _workplace(disk: Disk, needed: int) -> AsyncIterator[Path]:
    """Wait for room on the disk: a message that is put back too often dies."""
    async with AsyncExitStack() as opened:
        while True:
            try:
                folder = await opened.enter_async_context(disk.workplace(needed))
                break
            except NotYet as reason:
                await asyncio.sleep(reason.delay.total_seconds())
        yield folder


async def _render(tools: Tools, found: Places, source: Source, size: int) -> tuple[list[Output], int]:
    probed, longest = await probe(source), longest_ms(tools)
    stream = probed.sound()
    outputs = [
        audio.beginning("short", stream, found.short.form, seconds=SHORT_SECONDS),
        audio.speech("inference", stream, found.inference.form),
    ]
    made = await render(
        tools.ffmpeg,
        source,
        outputs,
        source.path.parent,
        allowance(probed, size, longest_ms=longest),
        tap=Tap(audio.samples(stream), _count, longest),
        stall_seconds=tools.settings.work.stall_seconds,
    )
    if made.duration_ms is None:
        raise NoSound
    await check_complete(source, probed, made.duration_ms)
    return outputs, made.duration_ms


def _count(_: bytes) -> None:
    """Do nothing with the samples: that they are counted on their way is all that is wanted."""
