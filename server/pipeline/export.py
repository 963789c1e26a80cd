"""Everything that is held about a person, as one zip file: what is known as JSON, and what they sent as they sent it.

`profile.json`, `audit.json`, `uploads.json`, `mails.json`, `deliveries.json`, and a folder for each result,
`results/{id}/` with `result.json`, `text.json` as it is stored, `transcripts/{id}.json|txt|vtt`, with `{id}.edits.json`
where it was corrected, and `source/{file name}`, for each document, `documents/{id}/` with `document.json` and
`text.txt`, and for each recital, `recitals/{id}/` with `recital.json`, its files, and `slices/` until it has those.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import func, select

from server.aws.store import Address
from server.exports.models import Export
from server.media.file_names import safe_name
from server.media.models import Media
from server.pipeline import holdings
from server.pipeline.archive import Archive
from server.pipeline.holdings import Row
from server.pipeline.packing import add_texts, pack
from server.pipeline.store_text import text_key
from server.pipeline.tools import Tools
from server.recitals import files, slices
from server.tasks.models import Taken
from server.tasks.stage import Outcome
from server.transcription.formats import Transcription
from server.transcription.repository import TranscriptRepository

AS_FILES = ("json", "txt", "vtt")


async def export(tools: Tools, taken: Taken) -> Outcome:
    """Put everything that is held about a person into one object."""
    async with tools.units.begin() as work:
        expected = await work.session.scalar(select(func.sum(Media.size)).where(Media.owner_id == taken.owner_id))

    async def fill(archive: Archive, wanted: Export) -> None:
        await Filling(tools, archive, wanted.owner_id).fill()

    return await pack(tools, taken, fill, expected=int(expected or 0))


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
        await self.archive.add("mails.json", _array(holdings.mails(units, self.person_id)))
        await self.archive.add("deliveries.json", _array(holdings.deliveries(units, self.person_id)))
        async for page in holdings.results(units, self.person_id):
            async with units.begin() as work:
                ids = [row["id"] for row in page]
                transcripts, shares = await holdings.transcripts(work, ids), await holdings.shares(work, ids)
            for row in page:
                await self._add_result(row, transcripts[row["id"]], shares[row["id"]])
        async for page in holdings.documents(units, self.person_id):
            for row in page:
                await self._add_document(row)
        async for page in holdings.recitals(units, self.person_id):
            for row in page:
                await self._add_recital(row)

    async def _add_result(self, row: Row, transcripts: list[Row], shares: list[Row]) -> None:
        folder = f"results/{row['id']}"
        source = Address(row.pop("source_bucket"), row.pop("source_key"))
        await self._add_json(f"{folder}/result.json", row | {"transcripts": transcripts, "shares": shares})
        for transcript in transcripts:
            if transcript["finished_at"] is not None:
                await self._add_texts(f"{folder}/transcripts/{transcript['id']}", row, transcript)
        stored = text_key(row["owner_id"], row["created_at"], row["id"])
        await self._add_object(f"{folder}/text.json", Address(self.tools.settings.aws.content_bucket, stored))
        await self._add_object(f"{folder}/source/{safe_name(row['filename'] or row['title'])}", source)

    async def _add_document(self, row: Row) -> None:
        async with self.tools.units.begin() as work:
            text = await holdings.document_text(work, row["id"])
        await self._add_json(f"documents/{row['id']}/document.json", row)
        await self.archive.add_whole(f"documents/{row['id']}/text.txt", text.encode())

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
        await add_texts(self.archive, stem, text, AS_FILES)
        if transcript["version"]:
            await self.archive.add(f"{stem}.edits.json", _array(holdings.edits(self.tools.units, transcript["id"])))

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
        await self.archive.add_whole(name, to_json(content, indent=1))


async def _array(pages: AsyncIterator[list[Row]]) -> AsyncIterator[bytes]:
    """Write rows as a JSON array, a page at a time."""
    before = b"[\n"
    async for page in pages:
        yield before + b",\n".join(to_json(row) for row in page)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
