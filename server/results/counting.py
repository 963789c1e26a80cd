"""How many results there are of each sort."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CTE, CompoundSelect, Select, Text, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.principal import Principal
from server.db.plans import planned_with_care
from server.media.models import Media
from server.results.filters import Dimension, Filters
from server.results.finding import matching
from server.results.schemas import ResultCounts
from server.search.asking import Asked, ask

MOST_COUNTED = 10_000
MOST_VALUES = 50
"""Of one dimension, the commonest."""

COLUMNS = {
    Dimension.STATUS: Media.status,
    Dimension.KIND: Media.kind,
    Dimension.LANGUAGE: Media.base_language,
    Dimension.ENGINE: Media.engine,
    Dimension.ORIGIN: Media.origin,
    Dimension.TAG: Media.tags,
    Dimension.FLAG: Media.flags,
}
LISTS = frozenset({Dimension.TAG, Dimension.FLAG})
TOTAL = "total"


async def count(session: AsyncSession, viewer: Principal, wish: Filters) -> ResultCounts:
    """Count what a viewer may see of the results that are wanted, by every dimension with its own filter left out.

    Raises:
        TooBroad: too much has to be looked through.
    """
    async with planned_with_care(session):
        asked = await ask(session, wish.wanted_words) if wish.wanted_words else None
        counts = {TOTAL: {"": 0}} if asked and asked.is_empty else await _counts(session, viewer, wish, asked)
    total = counts[TOTAL][""]
    return ResultCounts(
        total=min(total, MOST_COUNTED),
        is_capped=total > MOST_COUNTED,
        **{dimension.value: counts.get(dimension.value, {}) for dimension in Dimension},
    )


async def _counts(
    session: AsyncSession, viewer: Principal, wish: Filters, asked: Asked | None
) -> dict[str, dict[str, int]]:
    narrowed = [dimension for dimension in Dimension if wish.narrows(dimension)]
    shared = [dimension for dimension in Dimension if dimension not in narrowed]
    counts = await _count(session, _newest(wish, viewer, asked), shared)
    for dimension in narrowed:
        alone = await _count(session, _newest(wish, viewer, asked, dimension), [dimension])
        counts[dimension.value] = alone.get(dimension.value, {})
    return counts


def _newest(wish: Filters, viewer: Principal, asked: Asked | None, without: Dimension | None = None) -> CTE:
    """Select one result more than are counted, the newest first, with what they are counted by."""
    query = matching(wish, viewer, asked, without=without).with_only_columns(Media.id, *COLUMNS.values())
    return query.order_by(Media.id.desc()).limit(MOST_COUNTED + 1).cte("newest").prefix_with("MATERIALIZED")


async def _count(session: AsyncSession, newest: CTE, dimensions: Iterable[Dimension]) -> dict[str, dict[str, int]]:
    counted = select(newest).order_by(newest.c.id.desc()).limit(MOST_COUNTED).cte("counted")
    total = select(literal(TOTAL), literal(""), func.count()).select_from(newest)
    counting: CompoundSelect[*tuple[Any, ...]] = union_all(
        total, *(_by(counted, dimension) for dimension in dimensions)
    )
    counts: dict[str, dict[str, int]] = {}
    for name, value, number in (await session.execute(counting)).all():
        counts.setdefault(name, {})[value] = number
    return counts


def _by(counted: CTE, dimension: Dimension) -> Select[Any]:
    column = counted.c[COLUMNS[dimension].key]
    value = func.unnest(column) if dimension in LISTS else column
    each = select(cast(value, Text).label("value")).subquery()
    by_value = select(literal(dimension.value), each.c.value, func.count()).where(each.c.value.is_not(None))
    return by_value.group_by(each.c.value).order_by(func.count().desc()).limit(MOST_VALUES)
