"""Which results are wanted: what a list is asked for, as conditions on media items."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import ColumnElement, TextClause

from server.auth.principal import Principal
from server.configuration.processing import EngineName
from server.media.kinds import MediaKind, Origin
from server.media.models import IS_SHOWN, Media
from server.media.state import Status
from server.media.wishes import Language
from server.search.questions import MOST_CHARACTERS
from server.search.stems import base_language

MOST_VALUES = 50
"""Of one filter."""
SKEW = timedelta(hours=1)
"""How much the clock that an id is made by may differ from the database's."""

Words = Annotated[
    str,
    Field(
        max_length=MOST_CHARACTERS,
        pattern=r"^[^\x00]*$",
        description='Words of titles and texts: `all of these`, `"one after the other"`, `this or that`, `-without`.',
        examples=['"prudently in his power" -leisure'],
    ),
]
Tag = Annotated[str, Field(pattern=r"^[^\x00]{1,50}$")]
Flag = Annotated[str, Field(pattern=r"^[a-z_]{1,50}$")]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(9000, 1, 1, tzinfo=UTC))]
Length = Annotated[int, Field(ge=0, le=2**53)]


class Dimension(StrEnum):
    """A filter by which results are also counted."""

    STATUS = "status"
    KIND = "kind"
    LANGUAGE = "language"
    ENGINE = "engine"
    ORIGIN = "origin"
    TAG = "tag"
    FLAG = "flag"


class Filters(BaseModel, extra="forbid"):
    """Which results are wanted: those that all filters let through; one that is given twice takes either."""

    q: Words | None = None
    status: list[Status] = Field([], max_length=MOST_VALUES)
    kind: list[MediaKind] = Field([], max_length=MOST_VALUES)
    language: list[Language] = Field([], max_length=MOST_VALUES, description="What was heard, or else declared.")
    engine: list[EngineName] = Field([], max_length=MOST_VALUES, description="That of the newest finished text.")
    tag: list[Tag] = Field([], max_length=MOST_VALUES)
    flag: list[Flag] = Field([], max_length=MOST_VALUES, examples=[["low_confidence"]])
    origin: Origin | None = None
    created_from: Moment | None = Field(None, description="From this moment on.")
    created_to: Moment | None = Field(None, description="Before this moment.")
    shortest_ms: Length | None = None
    longest_ms: Length | None = None
    owner: Literal["me"] | UUID | None = Field(
        None, description="Leave out others', which admins see as well; or, for those, all but one person's."
    )

    @property
    def wanted_words(self) -> str:
        """What is searched for; empty when nothing is."""
        return (self.q or "").strip()

    def conditions(
        self, viewer: Principal, *, without: Dimension | None = None
    ) -> Iterator[ColumnElement[bool] | TextClause]:
        """Give the conditions on media items, but for what is searched for; one filter may be left out."""
        yield IS_SHOWN
        if not viewer.sees_all:
            yield Media.owner_id == viewer.user_id
        if (owner := self.owner_of(viewer)) is not None:
            yield Media.owner_id == owner
        yield from self._ranges()
        for dimension in Dimension:
            if dimension is not without and (condition := self._narrowed(dimension)) is not None:
                yield condition

    def owner_of(self, viewer: Principal) -> UUID | None:
        """Return whose results are wanted; None for everybody's."""
        if self.owner is None:
            return None if viewer.sees_all else viewer.user_id
        return viewer.user_id if self.owner == "me" else self.owner

    def narrows(self, dimension: Dimension) -> bool:
        """Say whether the filter of a dimension is set."""
        return self._narrowed(dimension) is not None

    def _ranges(self) -> Iterator[ColumnElement[bool]]:
        if self.created_from is not None:
            yield Media.id >= first_id(self.created_from - SKEW)  # what an index is ordered by
            yield Media.created_at >= self.created_from
        if self.created_to is not None:
            yield Media.id < first_id(self.created_to + SKEW)
            yield Media.created_at < self.created_to
        if self.shortest_ms is not None:
            yield Media.duration_ms >= self.shortest_ms
        if self.longest_ms is not None:
            yield Media.duration_ms <= self.longest_ms

    def _narrowed(self, dimension: Dimension) -> ColumnElement[bool] | None:
        wanted = getattr(self, dimension)
        return NARROWED[dimension](wanted) if wanted else None


NARROWED: dict[Dimension, Callable[[Any], ColumnElement[bool]]] = {
    Dimension.STATUS: Media.status.in_,
    Dimension.KIND: Media.kind.in_,
    Dimension.LANGUAGE: lambda tags: Media.base_language.in_([base_language(tag) for tag in tags]),
    Dimension.ENGINE: Media.engine.in_,
    Dimension.ORIGIN: lambda origin: Media.origin == origin,
    Dimension.TAG: Media.tags.overlap,
    Dimension.FLAG: Media.flags.overlap,
}
"""The condition that the filter of each dimension is, of what it wants."""


def first_id(moment: datetime) -> UUID:
    """Return the lowest UUIDv7 of a moment: 48 bits of milliseconds come first (RFC 9562, section 5.7)."""
    since = max(0, int(moment.timestamp() * 1000))
    return UUID(int=since << 80)
