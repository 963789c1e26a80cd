"""Putting an export together: one zip file, under a key that is one attempt's alone."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from server.aws.growing import growing
from server.exports import service as exports
from server.exports.models import Export, ExportStatus
from server.pipeline.archive import Archive
from server.pipeline.tools import Tools
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.formats import FORMATS, Transcription
from server.unit_of_work import UnitOfWork

FILE = "lectern.zip"
PACKED = frozenset({"docx"})
"""Formats that are compressed themselves."""


async def pack(
    tools: Tools, taken: Taken, fill: Callable[[Archive, Export], Awaitable[None]], *, expected: int = 0
) -> Outcome:
    """Make the file of an export that waits for one.

    Args:
        tools: what there is to work with.
        taken: the task, of which the export is the subject.
        fill: writes the files into the archive.
        expected: how many bytes these are, give or take half.
    """
    async with tools.units.begin() as work:
        wanted = await work.session.get(Export, taken.subject_id)
    if wanted is None or wanted.status is not ExportStatus.PENDING:
        return Outcome()
    attempt = f"{taken.id.hex}-{taken.attempt}"
    address = tools.processed(f"{wanted.owner_id}/exports/{wanted.id}/{attempt}/{FILE}")
    async with growing(tools.store.clients, address, exports.CONTENT_TYPE, expected) as target:
        archive = Archive(target.write, datetime.now(UTC))
        await fill(archive, wanted)
        await archive.end()
    days = tools.settings.people.export_days
    write = partial(exports.finish, export_id=wanted.id, address=address, size=target.size, days=days)
    return Outcome(write, discard=partial(tools.store.delete, [address]))


async def fail_export(work: UnitOfWork, taken: Taken, _: Unworkable) -> None:
    """Say that it came to nothing, so that the person can ask again; why is in the log."""
    await exports.fail(work, taken.subject_id)


async def add_texts(archive: Archive, stem: str, text: Transcription, extensions: Iterable[str]) -> list[str]:
    """Write a text in each of these formats.

    Returns:
        What the files are called.
    """
    names = []
    for extension in extensions:
        whole = await asyncio.to_thread(b"".join, FORMATS[extension].write(text))
        names.append(f"{stem}.{extension}")
        await archive.add_whole(names[-1], whole, is_packed=extension in PACKED)
    return names
