"""How much a user may bring in the days that quotas look back on.

Recitals stand above uploads and count like them; their tables are named here, not imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Select, Subquery, column, func, select, table, union_all

from server.auth.principal import Principal
from server.configuration.callers import Limits
from server.media.kinds import MediaKind
from server.media.models import Media
from server.problems import Problem
from server.settings import MEGABYTE
from server.unit_of_work import UnitOfWork
from server.uploads.models import Upload
from server.uploads.state import UploadStatus
from server.users.kinds import UserKind
from server.users.models import User

MS_PER_MINUTE = 60_000
COUNTING = (UploadStatus.PENDING, UploadStatus.UPLOADED)
RECITALS = table("recitals", column("id"), column("owner_id"), column("created_at"))
SLICES = table("recital_audio_segments", column("recital_id"), column("size"))


class Meter(BaseModel):
    """How much of something was used, and how much may be."""

    used: float = Field(examples=[12.5])
    limit: int | None = Field(description="None where there is no limit.", examples=[600])


class Usage(BaseModel):
    """What a user has brought in the last days; uploads that they have deleted since count too."""

    days: int = Field(examples=[30])
    minutes: Meter = Field(description="Minutes of recordings, as far as their length is known.")
    mb: Meter = Field(description="MiB of uploads that were not given up, and of recitals that were not taken back.")


class QuotaExceeded(Problem):
    """There is no room for more in these days."""

    status = 403
    code = "quota_exceeded"

    def __init__(self, unit: str, meter: Meter, days: int, free_at: datetime | None) -> None:
        hope = f"There is room again on {free_at:%Y-%m-%d at %H:%M} UTC." if free_at else "It is too much for any time."
        super().__init__(
            f"{meter.used:,.1f} of {meter.limit:,} {unit} in {days} days are used: there is no room for this. {hope}",
            unit=unit,
            used=meter.used,
            limit=meter.limit,
            days=days,
            free_at=free_at,
        )


@dataclass(frozen=True, slots=True)
class Quota:
    """So many units (`limit`; None is any number) in so many days; `rows` are what counts, with an `amount` each."""

    unit: str
    per_unit: int
    limit: int | None
    days: int
    rows: Subquery

    @property
    def used(self) -> Select[tuple[int]]:
        """The query for how much is used."""
        return select(func.coalesce(func.sum(self.rows.c.amount), 0))

    def meter(self, used: int) -> Meter:
        """Show how much is used, in units."""
        return Meter(used=round(used / self.per_unit, 2), limit=self.limit)

    def lacks(self, used: int, asked: int) -> int:
        """Return how much would have to be gone for there to be room for more."""
        return 0 if self.limit is None else used + asked - self.limit * self.per_unit


async def check(work: UnitOfWork, limits: Limits, caller: Principal, kind: MediaKind, size: int) -> None:
    """See that there is room for `size` bytes; nothing else of the user's is begun until the transaction ends.

    The length of a recording shows later, and so does the size of a recital: there is room for one while less than all
    is used, and one that turns out longer than what was left is kept.

    Raises:
        QuotaExceeded: there is none.
    """
    quotas = _quotas(limits, caller)
    if all(quota.limit is None for quota in quotas):
        return
    await work.session.execute(select(User.id).where(User.id == caller.user_id).with_for_update(key_share=True))
    used = await _used(work, quotas)
    least_ms = 0 if kind is MediaKind.IMAGE else 1
    for quota, amount, asked in zip(quotas, used, (least_ms, size), strict=True):
        if asked and quota.lacks(amount, asked) > 0:
            free_at = await _free_at(work, quota, amount, asked)
            raise QuotaExceeded(quota.unit, quota.meter(amount), quota.days, free_at)


async def usage(work: UnitOfWork, limits: Limits, caller: Principal) -> Usage:
    """Tell how much a user has brought, and how much they may."""
    quotas = _quotas(limits, caller)
    used = await _used(work, quotas)
    minutes, megabytes = (quota.meter(amount) for quota, amount in zip(quotas, used, strict=True))
    return Usage(days=limits.quota_days, minutes=minutes, mb=megabytes)


def _quotas(limits: Limits, caller: Principal) -> tuple[Quota, Quota]:
    days = limits.quota_days
    first = _first_id(datetime.now(UTC) - timedelta(days=days))
    recordings = select(Media.id, Media.created_at, Media.duration_ms.label("amount")).where(
        Media.owner_id == caller.user_id, Media.id >= first
    )
    uploads = select(Upload.id, Upload.created_at, Upload.size.label("amount")).where(
        Upload.owner_id == caller.user_id, Upload.id >= first, Upload.status.in_(COUNTING)
    )
    recitals = (
        select(RECITALS.c.id, RECITALS.c.created_at, func.sum(SLICES.c.size))
        .join_from(RECITALS, SLICES, SLICES.c.recital_id == RECITALS.c.id)
        .where(RECITALS.c.owner_id == caller.user_id, RECITALS.c.id >= first)
        .group_by(RECITALS.c.id, RECITALS.c.created_at)
    )
    return (
        Quota("minutes", MS_PER_MINUTE, _limit(limits.quota_minutes, caller), days, recordings.subquery()),
        Quota("MiB", MEGABYTE, _limit(limits.quota_mb, caller), days, union_all(uploads, recitals).subquery()),
    )


def _limit(by_role: Mapping[Any, int], caller: Principal) -> int | None:
    return by_role.get("machine" if caller.kind is UserKind.MACHINE else caller.role.value)


async def _used(work: UnitOfWork, quotas: tuple[Quota, Quota]) -> tuple[int, int]:
    minutes, megabytes = (quota.used.scalar_subquery() for quota in quotas)
    row = (await work.session.execute(select(minutes, megabytes))).one()
    return int(row[0]), int(row[1])


async def _free_at(work: UnitOfWork, quota: Quota, used: int, asked: int) -> datetime | None:
    """Return when enough of the oldest will be too old to count, or None when that would take more than all of it."""
    rows = quota.rows
    gone = select(rows.c.created_at, func.sum(rows.c.amount).over(order_by=rows.c.id).label("amount")).subquery()
    enough = select(func.min(gone.c.created_at)).where(gone.c.amount >= quota.lacks(used, asked))
    oldest: datetime | None = await work.session.scalar(enough)
    return oldest and oldest + timedelta(days=quota.days)


def _first_id(moment: datetime) -> UUID:
    """Return the lowest UUIDv7 of a moment: ids are indexed with their owners, and sorted by time (RFC 9562)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
