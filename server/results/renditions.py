"""The forms of a result's content: where each is, and having those made that aren't there."""

from dataclasses import dataclass
from uuid import UUID

from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.media.file_names import ending_of, file_name
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media
from server.media.renditions import CAPTIONS, OF_PICTURES, OF_SOUND, SOURCE
from server.media.repository import MediaRepository
from server.pipeline.flow import remake
from server.problems import NotFound, Problem
from server.results.problems import SourceGone
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork

URL_SECONDS = 3600


class NotMade(Problem):
    """What was sent can't be shown."""

    status = 409
    code = "not_made"

    def __init__(self, media: Media) -> None:
        super().__init__(
            f"It could not be made: {media.pictures_error_message} Retry the result to have it tried again.",
            reason=media.pictures_error_code,
        )


@dataclass(frozen=True, slots=True)
class Renditions:
    """The forms of results that one viewer may see."""

    work: UnitOfWork
    store: Store
    viewer: Principal

    async def url(self, result_id: UUID, name: str, *, to_save: bool) -> str | None:
        """Return a short-lived address of one form, to be shown or played, or to be saved as a file.

        Returns:
            None when it isn't there; then it is being made.

        Raises:
            NotFound: there is no such result or form, or it is another's.
            NotMade: it could not be made.
            SourceGone: there is nothing any more that it could be made of.
        """
        media = await MediaRepository(self.work).visible(self.viewer, result_id)
        if media is None:
            raise NotFound("result")
        found = await self._find(media, name)
        if found is None:
            await self._have_made(media, name)
            return None
        address, kind = found
        save_as = file_name(media.title, ending_of(kind)) if to_save else None
        return await self.store.sign_get(address, seconds=URL_SECONDS, content_type=kind, save_as=save_as)

    async def _find(self, media: Media, name: str) -> tuple[Address, str] | None:
        """Return where a form lies and what it is; None when it has expired, or wasn't made yet."""
        if name == SOURCE:
            if await self.store.head(media.source) is None:
                raise SourceGone
            return media.source, media.content_type
        known = await MediaRepository(self.work).rendition(media.id, name)
        if known is None or await self.store.head(known.address) is None:
            return None
        return known.address, known.content_type

    async def _have_made(self, media: Media, name: str) -> None:
        if not await self._belongs(media, name):
            raise NotFound("rendition")
        if name in OF_PICTURES[media.kind] and media.pictures is Pictures.FAILED:
            raise NotMade(media)
        if name != CAPTIONS and await self.store.head(media.source) is None:
            raise SourceGone
        await remake(self.work, media, name)

    async def _belongs(self, media: Media, name: str) -> bool:
        """Say whether an item has, or will have, such a form."""
        if name == CAPTIONS:
            return media.kind is MediaKind.VIDEO and await TranscriptRepository(self.work).has_finished(media.id)
        return name in OF_PICTURES[media.kind] or (name in OF_SOUND and media.duration_ms is not None)
