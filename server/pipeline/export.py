"""Everything that is held about a person, as one zip file: what is known as JSON, and what they sent as they sent it.

`profile.json`, `audit.json`, `uploads.json`, and a folder for each result, `results/{id}/` with `result.json`,
`transcripts/{id}.json|txt|vtt` and `source/{file name}`, for each document, `documents/{id}/` with `document.json` and
`text.txt`, and for each recital, `recitals/{id}/` with `recital.json`, its files, and `slices/` until it has those.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import func, select

from server.aws.growing import growing
from server.aws.store import Address
from server.exports import service as exports
from server.exports.models import Export, ExportStatus
from server.media.models import Media
from server.pipeline import holdings
from server.pipeline.archive import Archive
from server.pipeline.holdings import Row
from server.pipeline.tools import Tools
from server.recitals import files, slices
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.transcription.formats import FORMATS, Transcription
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

FILE = "lectern.zip"
AS_FILES = ("json", "txt", "vtt")
LONGEST_NAME = 255
"""Bytes, on most file systems."""
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""This and the above is what some system takes for more than a name:
https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""


async def export(tools: Tools, taken: Taken) -> Outcome:
    """Put everything that is held about a person into one object, under a key that is this attempt's alone."""
    async with tools.units.begin() as work:
        wanted = await work.session.get(Export, taken.subject_id)
        expected = await work.session.scalar(select(func.sum(Media.size)).where(Media.owner_id == taken.owner_id))
    if wanted is None or wanted.status is not ExportStatus.PENDING:
        return Outcome()
    attempt = f"{taken.id.hex}-{taken.attempt}"
    address = tools.processed(f"{wanted.owner_id}/exports/{wanted.id}/{attempt}/{FILE}")
    async with growing(tools.store.clients, address, exports.CONTENT_TYPE, int(expected or 0)) as target:
        archive = Archive(target.write, datetime.now(UTC))
        await Filling(tools, archive, wanted.owner_id).fill()
        await archive.end()
    days = tools.settings.people.export_days
    write = partial(exports.finish, export_id=wanted.id, address=address, size=target.size, days=days)
    return Outcome(write, discard=partial(tools.store.delete, [address]))


async def fail_export(work: UnitOfWork, taken: Taken, _: Unworkable) -> None:
    """Say that it came to nothing, so that the person can ask again; why is in the log."""
    await exports.fail(work, taken.subject_id)


@dataclass(frozen=True, slots=True)
class Filling:
    """One person's archive while it is filled."""

    tools: Tools
    archive: Archive
    person_id: UUID

    async def fill(self) -> None:
        """Write every file."""
        units = self.tools.units
        async with units.begin() as work:
            profile = await holdings.profile(work, self.person_id)
        await self._add_json("profile.json", profile)
        await self.archive.add("audit.json", _array(holdings.audit(units, self.person_id)))
        await self.archive.add("uploads.json", _array(holdings.uploads(units, self.person_id)))
        async for page in holdings.results(units, self.person_id):
            async with units.begin() as work:
                transcripts = await holdings.transcripts(work, [row["id"] for row in page])
            for row in page:
                await self._add_result(row, transcripts[row["id"]])
        async for page in holdings.documents(units, self.person_id):
            for row in page:
                await self._add_document(row)
        async for page in holdings.recitals(units, self.person_id):
            for row in page:
                await self._add_recital(row)

    async def _add_result(self, row: Row, transcripts: list[Row]) -> None:
        folder = f"results/{row['id']}"
        source = Address(row.pop("source_bucket"), row.pop("source_key"))
        await self._add_json(f"{folder}/result.json", row | {"transcripts": transcripts})
        for transcript in transcripts:
            if transcript["finished_at"] is not None:
                await self._add_texts(f"{folder}/transcripts/{transcript['id']}", row, transcript)
        await self._add_object(f"{folder}/source/{safe_name(row['filename'] or row['title'])}", source)

    async def _add_document(self, row: Row) -> None:
        async with self.tools.units.begin() as work:
            text = await holdings.document_text(work, row["id"])
        await self._add_json(f"documents/{row['id']}/document.json", row)
        await self.archive.add(f"documents/{row['id']}/text.txt", _whole(text.encode()))

    async def _add_recital(self, row: Row) -> None:
        folder, aws = f"recitals/{row['id']}", self.tools.settings.aws
        async with self.tools.units.begin() as work:
            segments = await holdings.text_segments(work, row["id"])
        await self._add_json(f"{folder}/recital.json", row | {"segments": segments})
        await self._add_objects(folder, aws.content_bucket, files.prefix(row["id"]))
        await self._add_objects(f"{folder}/slices", aws.raw_bucket, slices.prefix(self.person_id, row["id"]))

    async def _add_texts(self, stem: str, row: Row, transcript: Row) -> None:
        async with self.tools.units.begin() as work:
            segments = await TranscriptRepository(work).spoken(transcript["id"])
        text = Transcription(transcript["language"], row["duration_ms"] or 0, segments)
        for extension in AS_FILES:
            whole = await asyncio.to_thread(b"".join, FORMATS[extension].write(text))
            await self.archive.add(f"{stem}.{extension}", _whole(whole))

    async def _add_objects(self, folder: str, bucket: str, prefix: str) -> None:
        async for page in self.tools.store.pages(bucket, prefix):
            for listed in page:
                await self._add_object(f"{folder}/{listed.address.key.removeprefix(prefix)}", listed.address)

    async def _add_object(self, name: str, address: Address) -> None:
        """Write what was sent, or made of it, unless it is gone: a deployment may keep sources for a while only."""
        stored = await self.tools.store.head(address)
        if stored is None:
            return
        async with self.tools.store.reading(address, etag=stored.etag) as pieces:
            await self.archive.add(name, pieces, stored.size)

    async def _add_json(self, name: str, content: object) -> None:
        await self.archive.add(name, _whole(to_json(content, indent=1)))


def safe_name(name: str) -> str:
    """Return a name that every system takes for one of a file in this very folder, as close to the given as can be."""
    plain = NOT_IN_NAMES.sub("_", name).strip(". ") or "source"
    plain = f"_{plain}" if DEVICE.match(plain) else plain
    # Of a long one the beginning and the end, where its kind is; a character has up to four bytes.
    return plain if len(plain.encode()) <= LONGEST_NAME else f"{plain[:40]}…{plain[-19:]}"


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _array(pages: AsyncIterator[list[Row]]) -> AsyncIterator[bytes]:
    """Write rows as a JSON array, a page at a time."""
    before = b"[\n"
    async for page in pages:
        yield before + b",\n".join(to_json(row) for row in page)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
