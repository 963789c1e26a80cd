"""How much has been read: by one, by all, day by day, and by whom most. Each is one query."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, cast, func, or_, select

from server.auth.naming import name_for
from server.auth.principal import Principal
from server.recitals.kept import first_discarded
from server.recitals.models import Recital, TextSegment
from server.recitals.state import RecitalStatus
from server.recitals.statistics_schemas import Amount, Day, Place, Totals
from server.unit_of_work import UnitOfWork
from server.users.models import User

COUNTED = Recital.status.in_((RecitalStatus.AGGREGATED, RecitalStatus.UPLOADED))
"""What there is a recording of."""

DURATION = func.coalesce(func.sum(Recital.duration_ms), 0).label("duration_ms")


async def of_caller(work: UnitOfWork, caller: Principal) -> Amount:
    """Return how much the caller has read."""
    row = (await work.session.execute(_amount(Recital.owner_id == caller.user_id))).one()
    return Amount.model_validate(row, from_attributes=True)


async def of_all(work: UnitOfWork) -> Totals:
    """Return how much all have read together."""
    speakers = func.count(Recital.owner_id.distinct()).label("speaker_count")
    row = (await work.session.execute(_amount().add_columns(speakers))).one()
    return Totals.model_validate(row, from_attributes=True)


async def by_day(work: UnitOfWork, days: int, *, of: Principal | None = None) -> list[Day]:
    """Return how much was read on each of the last days of UTC, today included; the oldest first.

    Args:
        work: the transaction.
        days: how many; one on which nobody read is there, too.
        of: whose recitals count; None for all.
    """
    midnight = datetime.combine(datetime.now(UTC), time(), UTC)
    dates = [(midnight - timedelta(days=ago)).date() for ago in range(days - 1, -1, -1)]
    read_on = cast(func.timezone("UTC", Recital.created_at), Date)
    query = (
        select(read_on.label("date"), func.count().label("recital_count"), DURATION)
        .where(COUNTED, Recital.created_at >= midnight - timedelta(days=days - 1))
        .group_by(read_on)
    )
    if of is not None:
        query = query.where(Recital.owner_id == of.user_id)
    counted = {row.date: row for row in await work.session.execute(query)}
    nothing = {"recital_count": 0, "duration_ms": 0}
    return [
        Day.model_validate({"date": date} | (counted[date]._asdict() if date in counted else nothing)) for date in dates
    ]


async def leaderboard(work: UnitOfWork, viewer: Principal, limit: int) -> list[Place]:
    """Return who has read longest, and the viewer's own place, wherever that is.

    Those who have read as long share a rank.
    """
    places = _places()
    is_me = (places.c.owner_id == viewer.user_id).label("is_me")
    query = (
        select(places.c.rank, name_for(viewer).label("name"), is_me, places.c.duration_ms, places.c.sentence_count)
        .join(User, User.id == places.c.owner_id)
        .where(or_(places.c.row <= limit, is_me))
        .order_by(places.c.row)
    )
    return [Place.model_validate(row, from_attributes=True) for row in await work.session.execute(query)]


def _amount(*whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    sentences = _sentences(*whose)
    return (
        select(
            func.count(Recital.id).label("recital_count"),
            func.coalesce(func.sum(sentences.c.count), 0).label("sentence_count"),
            func.coalesce(func.sum(sentences.c.characters), 0).label("character_count"),
            DURATION,
        )
        .select_from(Recital)
        .outerjoin(sentences, sentences.c.recital_id == Recital.id)
        .where(COUNTED, *whose)
    )


def _places() -> Subquery:
    sentences = _sentences()
    duration = func.coalesce(func.sum(Recital.duration_ms), 0)
    return (
        select(
            Recital.owner_id,
            func.rank().over(order_by=duration.desc()).label("rank"),
            func.row_number().over(order_by=(duration.desc(), Recital.owner_id)).label("row"),
            duration.label("duration_ms"),
            func.coalesce(func.sum(sentences.c.count), 0).label("sentence_count"),
        )
        .outerjoin(sentences, sentences.c.recital_id == Recital.id)
        .where(COUNTED)
        .group_by(Recital.owner_id)
        .subquery()
    )


def _sentences(*whose: ColumnElement[bool]) -> Subquery:
    """Count the kept sentences of each recital, so that its length is not added up once for each of them."""
    counted = select(Recital.id, first_discarded().label("first_discarded")).where(COUNTED, *whose)
    # Materialized, since Postgres would else look for the first discarded one anew for each segment.
    recitals = counted.cte("recitals_counted").prefix_with("MATERIALIZED")
    return (
        select(
            TextSegment.recital_id,
            func.count().label("count"),
            func.sum(func.char_length(TextSegment.text)).label("characters"),
        )
        .join(recitals, recitals.c.id == TextSegment.recital_id)
        .where(~TextSegment.does_not_count, TextSegment.index < recitals.c.first_discarded)
        .group_by(TextSegment.recital_id)
        .subquery()
    )
