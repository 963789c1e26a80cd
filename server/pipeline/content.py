"""A recital's folder in the bucket of content, where its files have names that never change."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from server.aws.store import Address
from server.pipeline.tools import Tools
from server.recitals import files
from server.recitals.repository import RecitalRepository
from server.recitals.state import LIVING


@dataclass(frozen=True, slots=True)
class Content:
    """One recital's folder.

    Every attempt writes the same bytes under the same names, so that one that comes late does no harm, unless the
    recital has been discarded: then whoever finds it so removes what is there.
    """

    tools: Tools
    recital_id: UUID

    def address(self, name: str) -> Address:
        """Return where a file lies."""
        return Address(self.tools.settings.aws.content_bucket, files.prefix(self.recital_id) + name)

    async def put(self, folder: Path, types: Mapping[str, str]) -> None:
        """Copy files of a local folder, given by name with what they are.

        One after the other, for some parts of each are in memory while it is on its way.
        """
        try:
            for name, media_type in types.items():
                await self.tools.store.put(self.address(name), folder / name, media_type)
        except BaseException:
            await asyncio.shield(self.remove_if_discarded())
            raise

    async def remove_if_discarded(self) -> None:
        """Remove everything, if the recital is not to be, or is gone with its owner."""
        async with self.tools.units.begin() as work:
            is_living = await RecitalRepository(work).among({self.recital_id}, LIVING)
        if not is_living:
            await self.tools.store.delete_under(self.tools.settings.aws.content_bucket, files.prefix(self.recital_id))
