"""Where the renditions of an item go."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from server.aws.store import Address
from server.media.models import Media
from server.pipeline.content import Content
from server.pipeline.tools import Tools
from server.recitals.files import File
from server.recitals.repository import RecitalRepository
from server.tasks.models import Taken
from server.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one attempt's renditions.

    Attributes:
        tools: where the objects are.
        prefix: of the keys that are this attempt's alone; what lies there may expire.
        content: where what is published of a recital lies for good; an upload has no such place.
    """

    tools: Tools
    prefix: str
    content: Content | None

    @classmethod
    async def find(cls, work: UnitOfWork, tools: Tools, taken: Taken, media: Media) -> Self:
        """Find those of an item."""
        recital_id = await RecitalRepository(work).of_media(media.id)
        return cls(tools, tools.output_prefix(media, taken), Content(tools, recital_id) if recital_id else None)

    @property
    def are_wanted_unheard(self) -> bool:
        """Whether there are to be renditions even where no engine can make a text of them."""
        return self.content is not None

    @property
    def has_already(self) -> frozenset[str]:
        """The names of what needs no making: a recital's source is its best rendition."""
        return frozenset({File.MAIN.value}) if self.content is not None else frozenset()

    def address(self, name: str) -> Address:
        """Return where a rendition goes, by the name of its file."""
        if self.content is not None and name.startswith(f"{File.LIGHT}."):
            return self.content.address(name)
        return self.tools.processed(self.prefix + name)

    async def clear(self, addresses: Iterable[Address]) -> None:
        """Remove what was made, because another attempt counts: of what is published that is the very same."""
        await self.tools.store.delete(address for address in addresses if address.key.startswith(self.prefix))
        if self.content is not None:
            await self.content.remove_if_discarded()
