"""Asking for exports, and fetching them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.db.cursors import newest_first, next_cursor
from server.exports.models import Export, ExportStatus
from server.exports.schemas import ExportPage, ExportShown
from server.problems import NotFound
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.users.models import User

CONTENT_TYPE = "application/zip"
URL_SECONDS = 3600
NOW = func.clock_timestamp()
IS_READY = and_(Export.status == ExportStatus.READY, Export.expires_at > NOW)


async def ask(work: UnitOfWork, caller: Principal) -> Export:
    """Ask for everything that is held about the caller; while that is being put together, it is not begun again."""
    # The caller's row is the lock, so that two who ask at once find one another.
    await work.session.execute(select(User.id).where(User.id == caller.user_id).with_for_update(key_share=True))
    pending = select(Export).where(Export.owner_id == caller.user_id, Export.status == ExportStatus.PENDING)
    export = (await work.session.execute(pending)).scalar_one_or_none()
    if export is None:
        export = await _add(work, caller)
    await tasks.add(work, Kind.EXPORT, export.id, owner_id=export.owner_id, queue=Queue.WORK)
    return export


async def show(work: UnitOfWork, store: Store, caller: Principal, export_id: UUID) -> ExportShown:
    """Show an export of the caller's; admins, too, see only their own.

    Raises:
        NotFound: there is none, or it is another's.
    """
    query = select(Export).where(Export.id == export_id, Export.owner_id == caller.user_id)
    export = (await work.session.execute(query)).scalar_one_or_none()
    if export is None:
        raise NotFound("export")
    return await _shown(store, export)


async def page(work: UnitOfWork, store: Store, caller: Principal, limit: int, cursor: str | None) -> ExportPage:
    """Return `limit` of the caller's exports, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = newest_first(select(Export).where(Export.owner_id == caller.user_id), Export.id, limit, cursor)
    found = (await work.session.execute(query)).scalars().all()
    items = [await _shown(store, export) for export in found[:limit]]
    return ExportPage(items=items, next_cursor=next_cursor(found, limit))


async def finish(work: UnitOfWork, export_id: UUID, address: Address, size: int, *, days: int) -> None:
    """Let an export be fetched, for so many days; it takes the place of those before it."""
    owner = select(Export.owner_id).where(Export.id == export_id).scalar_subquery()
    await _end(work, and_(Export.owner_id == owner, Export.status == ExportStatus.READY))
    values = {"bucket": address.bucket, "key": address.key, "size": size, "expires_at": NOW + timedelta(days=days)}
    await _set(work, export_id, status=ExportStatus.READY, **values)


async def fail(work: UnitOfWork, export_id: UUID) -> None:
    """Give an export up, so that another can be asked for."""
    error = "It could not be put together, through no fault of yours. Ask for another one."
    await _set(work, export_id, status=ExportStatus.FAILED, error=error)


async def named(work: UnitOfWork, bucket: str, keys: Sequence[str]) -> set[str]:
    """Return those of the keys that are exports which can be fetched."""
    query = select(Export.key).where(IS_READY, Export.bucket == bucket, Export.key.in_(keys))
    return {key for key in (await work.session.execute(query)).scalars() if key}


async def expire(work: UnitOfWork) -> None:
    """Write down which can't be fetched any more."""
    await _end(work, and_(Export.status == ExportStatus.READY, ~IS_READY))


async def _end(work: UnitOfWork, over: ColumnElement[bool]) -> None:
    """Forget where files are: what no row names is removed."""
    await work.session.execute(update(Export).where(over).values(status=ExportStatus.EXPIRED, bucket=None, key=None))


async def _add(work: UnitOfWork, caller: Principal) -> Export:
    export = Export(owner_id=caller.user_id, status=ExportStatus.PENDING)
    work.session.add(export)
    await work.session.flush()
    note(work, Action.EXPORT_ASKED, actor_id=caller.user_id, subject_id=export.id, tool=caller.tool)
    return export


async def _set(work: UnitOfWork, export_id: UUID, **values: object) -> None:
    pending = and_(Export.id == export_id, Export.status == ExportStatus.PENDING)
    await work.session.execute(update(Export).where(pending).values(**values))


async def _shown(store: Store, export: Export) -> ExportShown:
    return ExportShown.of(export, await _url(store, export))


async def _url(store: Store, export: Export) -> str | None:
    """Sign an address that is good for an hour, or for as long as the export is, whichever is shorter."""
    if export.address is None or export.expires_at is None:
        return None
    left = int((export.expires_at - datetime.now(UTC)).total_seconds())
    name = f"lectern-{export.created_at:%Y-%m-%d}.zip"
    return await store.sign_get(
        export.address, content_type=CONTENT_TYPE, seconds=max(1, min(URL_SECONDS, left)), save_as=name
    )
