"""Files that one attempt made of an item, on their way to be its renditions."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import UUID

from server.aws.store import Address
from server.ffmpeg.render import Output
from server.media.models import Rendition
from server.media.repository import MediaRepository
from server.pipeline.places import Places
from server.pipeline.tools import Tools
from server.unit_of_work import UnitOfWork


async def missing(tools: Tools, media_id: UUID, names: Iterable[str]) -> set[str]:
    """Return those of the renditions that an item doesn't have, or whose objects have expired."""
    async with tools.units.begin() as work:
        known = {rendition.name: rendition.address for rendition in await MediaRepository(work).renditions(media_id)}
    lacking = set(names) - known.keys()
    there = [name for name in names if name in known]
    heads = await asyncio.gather(*(tools.store.head(known[name]) for name in there))
    return lacking | {name for name, head in zip(there, heads, strict=True) if head is None}


@dataclass
class Rendered:
    """The files of one attempt; each output's stem is its rendition's name."""

    places: Places
    media_id: UUID
    outputs: Sequence[Output]
    made: list[Rendition] = field(default_factory=list)
    replaced: list[Address] = field(default_factory=list)

    async def put(self, folder: Path) -> None:
        """Copy the files to their places: all of them, or none that is this attempt's alone."""
        try:
            await self._put(folder)
        except BaseException:
            await asyncio.shield(self.remove())
            raise

    async def _put(self, folder: Path) -> None:
        puts = []
        for output in self.outputs:
            file, address = folder / output.name, self.places.address(output.name)
            self.made.append(self._rendition(file.stem, address, output.media_type, file.stat().st_size))
            puts.append(self.places.tools.store.put(address, file, output.media_type))
        # To their ends, also when one fails: what is broken off may come into being after it was removed.
        for result in await asyncio.gather(*puts, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def put_small(self, name: str, content: bytes, content_type: str) -> None:
        """Put one more file in its place, which is so small that it is at hand."""
        address, digest = self.places.address(name), hashlib.sha256(content).hexdigest()
        self.made.append(self._rendition(Path(name).stem, address, content_type, len(content)))
        await self.places.tools.store.put_checked(address, BytesIO(content), content_type, sha256=digest)

    def _rendition(self, name: str, address: Address, content_type: str, size: int) -> Rendition:
        return Rendition(
            media_id=self.media_id,
            name=name,
            bucket=address.bucket,
            key=address.key,
            content_type=content_type,
            size=size,
        )

    async def replace(self, work: UnitOfWork) -> None:
        """Write down that the item has these renditions now."""
        self.replaced = await MediaRepository(work).replace_renditions(self.media_id, self.made)

    async def remove_replaced(self) -> None:
        """Remove the objects of the renditions that were there before, unless they have been overwritten."""
        made = {rendition.address for rendition in self.made}
        await self.places.tools.store.delete(address for address in self.replaced if address not in made)

    async def remove(self) -> None:
        """Remove everything again: another attempt's renditions count."""
        await self.places.clear(rendition.address for rendition in self.made)
