"""Lists of results: filtered, sorted, searched, with where it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import Float, Row, Select, cast, func, select, true, tuple_

from server.auth.principal import Principal
from server.db.cursors import LONGEST, BadCursor, Place, read_place, write_place
from server.db.plans import planned_with_care
from server.media.models import Media
from server.results.excerpt import NEWEST, cut_at_a_word
from server.results.filters import Dimension, Filters
from server.results.marking import hits_of, marked_titles
from server.results.queries import FACTS, facts_of, visible
from server.results.schemas import ResultPage, ResultSummary
from server.results.sorting import Sort, Sorted, page
from server.search.asking import Asked, ask
from server.search.models import IS_WHOLE, SearchText
from server.unit_of_work import UnitOfWork

MOST_RANKED = 1_000
"""Of what answers a question, so many of the newest are ranked: that takes long, and nobody reads further."""

Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, Field(max_length=LONGEST)]


class Listing(Filters):
    """Which results are wanted, and which page of them in which order."""

    sort: Sort | None = Field(
        None, description="By default the newest come first; with `q`, what answers it best, of the newest 1,000."
    )
    limit: Limit = 20
    cursor: Cursor | None = None

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if self.sort is Sort.RELEVANCE and not self.wanted_words:
            raise ValueError("nothing is more relevant than another without q")
        return self

    @property
    def order(self) -> Sort:
        """How the results are sorted."""
        return self.sort or (Sort.RELEVANCE if self.wanted_words else Sort.NEWEST)

    @property
    def name(self) -> str:
        """What this list has in its cursors, so that no other takes them."""
        wanted = self.model_dump_json(exclude={"sort", "limit", "cursor"})
        return blake2b(f"{self.order} {wanted}".encode(), digest_size=9).hexdigest()

    @property
    def after(self) -> Place | None:
        """After which row the list goes on; None at the beginning.

        Raises:
            BadCursor: the cursor is none that we gave, or another list's.
        """
        return None if self.cursor is None else read_place(self.cursor, self.name)


@dataclass(frozen=True, slots=True)
class Finder:
    """What one viewer may find of results."""

    work: UnitOfWork
    viewer: Principal

    async def page(self, wish: Listing) -> ResultPage:
        """Return one page of a list.

        Raises:
            BadCursor: the cursor is none that we gave for this list.
            TooBroad: too much has to be looked through.
        """
        after = wish.after
        async with planned_with_care(self.work.session):
            asked = await ask(self.work.session, wish.wanted_words) if wish.wanted_words else None
            if asked is not None and asked.is_empty:
                return ResultPage(items=[], next_cursor=None)
            if asked is not None and wish.order is Sort.RELEVANCE:
                found, newest = await self._most_relevant(wish, asked, after)
            else:
                query = matching(wish, self.viewer, asked)
                found, newest = await page(self.work.session, query, wish.order, wish.limit + 1, after), None
            items = await self._summaries([result_id for result_id, _ in found[: wish.limit]], asked)
        return ResultPage(items=items, next_cursor=_next(wish, found, newest))

    async def _most_relevant(
        self, wish: Listing, asked: Asked, after: Place | None
    ) -> tuple[Sequence[Sorted], UUID | None]:
        """Return a page of what answers best, and the newest of all: what comes later is not ranked with it."""
        query = matching(wish, self.viewer, asked).add_columns(SearchText.vector)
        if after is not None:
            if after.newest is None or not isinstance(after.value, float):
                raise BadCursor
            query = query.where(Media.id <= after.newest)
        newest = query.order_by(Media.id.desc()).limit(MOST_RANKED).cte("newest").prefix_with("MATERIALIZED")
        rank = cast(asked.relevance(newest.c.vector), Float(53))
        ranked = select(newest.c.id, rank.label("rank")).cte("ranked").prefix_with("MATERIALIZED")
        first = func.first_value(ranked.c.id).over(order_by=ranked.c.id.desc()).label("first")
        best = select(ranked.c.id, ranked.c.rank, first).order_by(ranked.c.rank.desc(), ranked.c.id.desc())
        if after is not None:
            place = tuple_(after.value, after.id, types=[Float(53), Media.id.type])
            best = best.where(tuple_(ranked.c.rank, ranked.c.id) < place)
        rows = (await self.work.session.execute(best.limit(wish.limit + 1))).all()
        begun_with = after.newest if after else rows[0].first if rows else None
        return [(row.id, row.rank) for row in rows], begun_with

    async def _summaries(self, result_ids: Sequence[UUID], asked: Asked | None) -> list[ResultSummary]:
        columns = (*FACTS, Media.engine, Media.base_language, *NEWEST.c)
        query = visible(select(*columns).outerjoin_from(Media, NEWEST, true()), self.viewer)
        rows = {row.id: row for row in await self.work.session.execute(query.where(Media.id.in_(result_ids)))}
        shown = [rows[result_id] for result_id in result_ids if result_id in rows]
        if asked is None:
            return [_summary(row) for row in shown]
        hits = await hits_of(self.work.session, asked, shown)
        titles = await marked_titles(self.work.session, asked, shown)
        return [_summary(row, hits=hits.get(row.id, []), title_snippet=titles.get(row.id)) for row in shown]


def matching(
    wish: Filters, viewer: Principal, asked: Asked | None, *, without: Dimension | None = None
) -> Select[UUID]:
    """Select the ids of all results that are wanted and that the viewer may see; one filter may be left out."""
    query = select(Media.id).where(*wish.conditions(viewer, without=without))
    if asked is None:
        return query
    query = query.join(SearchText, SearchText.media_id == Media.id).where(IS_WHOLE, asked.is_answered)
    owner = wish.owner_of(viewer)
    return query if owner is None else query.where(SearchText.owner_id == owner)


def _next(wish: Listing, found: Sequence[Sorted], newest: UUID | None) -> str | None:
    if len(found) <= wish.limit:
        return None
    last, value = found[wish.limit - 1]
    return write_place(Place(listing=wish.name, value=value, id=last, newest=newest))


def _summary(row: Row[Any], **marked: object) -> ResultSummary:
    told = {"excerpt": cut_at_a_word(row.excerpt), "language": row.heard or row.language}
    return ResultSummary.model_validate(facts_of(row) | told | marked)
