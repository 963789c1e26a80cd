"""Recitals that have ended, with their slices in a real bucket."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from server.auth.principal import Principal
from server.aws.store import Address
from server.media.models import Media, Rendition
from server.recitals import texts
from server.recitals.models import AudioSlice, Recital, TextSegment
from server.recitals.repository import RecitalRepository
from server.recitals.schemas import TextSegmentWish
from server.recitals.slices import prefix
from server.recitals.state import RecitalStatus
from tests.pipeline.conftest import Bench
from tests.recorder import cut, record

SENTENCES = (("And Mr. <John> Dashwood", 3000), ("had then --> leisure", 5000))


@dataclass(frozen=True, slots=True)
class Lectern:
    """Where recitals are read, and looked at later."""

    bench: Bench
    folder: Path

    async def ended(
        self,
        slices: Mapping[int, bytes] | None = None,
        sentences: Sequence[tuple[str, int]] = SENTENCES,
        **changed: Any,
    ) -> UUID:
        """Make a recital that has ended, by default one of the sample in seven slices, and return its id."""
        sounds = dict(enumerate(cut(record(), 7))) if slices is None else slices
        recital = Recital(owner_id=self.bench.owner, title="A walk", language="en", status=RecitalStatus.ENDED)
        recital.last_sequence = max(sounds, default=-1)
        for name, value in changed.items():
            setattr(recital, name, value)
        async with self.bench.tools.units.begin() as work:
            work.session.add(recital)
            await work.session.flush()
            work.session.add_all(
                TextSegment(recital_id=recital.id, index=index, text=text, end_ms=end_ms)
                for index, (text, end_ms) in enumerate(sentences)
            )
        for sequence, content in sounds.items():
            await self.bring(recital.id, sequence, content)
        return recital.id

    async def bring(self, recital_id: UUID, sequence: int, content: bytes) -> None:
        """Take in a slice as the API does."""
        sha256 = hashlib.sha256(content).hexdigest()
        key = f"{prefix(self.bench.owner, recital_id)}{sequence:06}-{sha256[:16]}"
        address = await self.bench.put(content, key, self.folder)
        slice_ = AudioSlice(
            recital_id=recital_id,
            sequence=sequence,
            content_type="audio/webm",
            size=len(content),
            sha256=sha256,
            bucket=address.bucket,
            key=address.key,
        )
        async with self.bench.tools.units.begin() as work:
            work.session.add(slice_)
            await RecitalRepository(work).note_life(recital_id)

    async def say(self, recital_id: UUID, index: int, *, does_not_count: bool = False) -> None:
        """Take in a text segment, or what is said of it later, as the API does."""
        text, end_ms = SENTENCES[index]
        wish = TextSegmentWish(index=index, seek_end=end_ms / 1000, text=text, does_not_count=does_not_count)
        async with self.bench.tools.units.begin() as work:
            await texts.take_in(work, Principal(self.bench.owner, sees_all=False), recital_id, wish)

    async def read(self, recital_id: UUID) -> Recital:
        """Read a recital anew."""
        async with self.bench.tools.units.begin() as work:
            return await work.session.get_one(Recital, recital_id)

    async def item(self, recital_id: UUID) -> Media:
        """Read the item that was made of a recital."""
        media_id = (await self.read(recital_id)).media_id
        assert media_id is not None
        return await self.bench.read(media_id)

    async def renditions(self, media_id: UUID) -> dict[str, Address]:
        """Return where an item's renditions lie, by their names."""
        async with self.bench.tools.units.begin() as work:
            rows = await work.session.execute(select(Rendition).where(Rendition.media_id == media_id))
            return {rendition.name: rendition.address for rendition in rows.scalars()}

    async def published(self, recital_id: UUID) -> set[str]:
        """Name the files in the recital's folder of the bucket of content."""
        return await self._names(self.bench.tools.settings.aws.content_bucket, f"{recital_id}/")

    async def slices(self, recital_id: UUID) -> set[str]:
        """Name the slices that lie in the raw bucket."""
        return await self._names(self.bench.tools.settings.aws.raw_bucket, prefix(self.bench.owner, recital_id))

    async def fetch(self, recital_id: UUID, name: str) -> Path:
        """Fetch a published file."""
        address = Address(self.bench.tools.settings.aws.content_bucket, f"{recital_id}/{name}")
        target = self.folder / f"{uuid4().hex}-{name}"
        await self.bench.tools.store.fetch(address, target)
        return target

    async def _names(self, bucket: str, start: str) -> set[str]:
        pages = self.bench.tools.store.pages(bucket, start)
        return {listed.address.key.removeprefix(start) async for page in pages for listed in page}
