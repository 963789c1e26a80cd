"""Where in one result something was said."""

from hashlib import blake2b
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from server.auth.principal import Principal
from server.db.cursors import LONGEST, BadCursor, Place, read_place, write_place
from server.media.repository import MediaRepository
from server.problems import NotFound
from server.results.filters import Words
from server.results.queries import choose_transcript, transcripts_of
from server.results.schemas import HitPage, HitShown
from server.search.asking import ask_in
from server.search.stems import base_language
from server.search.within import hits_within
from server.unit_of_work import UnitOfWork


class HitsWish(BaseModel, extra="forbid"):
    """What is looked for in one text, and which page of the hits."""

    q: Words
    transcript_id: UUID | None = Field(
        None, description="One of the result's `transcripts`; by default the newest finished one."
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: Annotated[str | None, Field(max_length=LONGEST)] = None


async def find_hits(work: UnitOfWork, viewer: Principal, result_id: UUID, wish: HitsWish) -> HitPage:
    """Find where something was said in a result: in the newest finished text, or the one that is named.

    Raises:
        NotFound: there is no such result or transcript, or it is another's.
        BadCursor: the cursor is none that we gave for this question and text.
    """
    media = await MediaRepository(work).visible(viewer, result_id)
    if media is None:
        raise NotFound("result")
    wanted = wish.transcript_id
    chosen = choose_transcript(await transcripts_of(work, result_id, wanted), wanted)
    if chosen is None and wanted is not None:
        raise NotFound("transcript")
    if chosen is None:
        return HitPage(items=[], next_cursor=None)
    name = blake2b(f"{chosen.id} {wish.q}".encode(), digest_size=9).hexdigest()
    after = _after(wish, name)
    language = base_language(chosen.language or media.language)
    asked = await ask_in(work.session, wish.q, language)
    found = await hits_within(work.session, asked, chosen.id, language, after=after, limit=wish.limit + 1)
    items = [HitShown.model_validate(hit, from_attributes=True) for hit in found[: wish.limit]]
    is_more = len(found) > wish.limit
    place = Place(listing=name, value=items[-1].segment, id=chosen.id) if is_more else None
    return HitPage(items=items, next_cursor=write_place(place) if place else None)


def _after(wish: HitsWish, name: str) -> int:
    """Return the segment after which the list goes on, -1 at the beginning."""
    if wish.cursor is None:
        return -1
    place = read_place(wish.cursor, name)
    if not isinstance(place.value, int):
        raise BadCursor
    return place.value
