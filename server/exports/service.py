"""Asking for exports, and fetching them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarResult, Select, and_, func, select, update

from server.audit.models import Action
from server.audit.service import note
from server.auth.principal import Principal
from server.aws.store import Address, Store
from server.db.cursors import newest_first, next_cursor
from server.exports.models import Export, ExportKind, ExportStatus
from server.exports.schemas import ExportPage, ExportShown
from server.problems import NotFound, Problem
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.users.models import User

CONTENT_TYPE = "application/zip"
URL_SECONDS = 3600
MOST_PENDING = 5
NOW = func.clock_timestamp()
IS_READY = and_(Export.status == ExportStatus.READY, Export.expires_at > NOW)
WORK = {ExportKind.ACCOUNT: Kind.EXPORT, ExportKind.RESULTS: Kind.BUNDLE}
NOTED = {ExportKind.ACCOUNT: Action.EXPORT_ASKED, ExportKind.RESULTS: Action.RESULTS_EXPORTED}


class TooManyExports(Problem):
    """As many are being made as may be."""

    status = 409
    code = "too_many_exports"

    def __init__(self) -> None:
        super().__init__(f"{MOST_PENDING} exports of yours are being made. Wait until one of them is ready.")


async def ask(work: UnitOfWork, caller: Principal) -> Export:
    """Ask for everything that is held about the caller; while that is being put together, it is not begun again."""
    pending = (await _pending(work, caller, ExportKind.ACCOUNT)).one_or_none()
    return await _begin(work, caller, pending or Export(owner_id=caller.user_id, kind=ExportKind.ACCOUNT))


async def ask_for_results(
    work: UnitOfWork, caller: Principal, wanted: Sequence[UUID], formats: Sequence[str]
) -> Export:
    """Ask for the texts of results that the caller may see, each in these formats.

    Raises:
        TooManyExports: the caller has to wait for others.
    """
    if len((await _pending(work, caller, ExportKind.RESULTS)).all()) >= MOST_PENDING:
        raise TooManyExports
    export = Export(owner_id=caller.user_id, kind=ExportKind.RESULTS, wanted=list(wanted), formats=list(formats))
    return await _begin(work, caller, export)


async def show(work: UnitOfWork, store: Store, caller: Principal, kind: ExportKind, export_id: UUID) -> ExportShown:
    """Show an export of the caller's; admins, too, see only their own.

    Raises:
        NotFound: there is none, or it is another's.
    """
    query = _own(caller, kind).where(Export.id == export_id)
    export = (await work.session.execute(query)).scalar_one_or_none()
    if export is None:
        raise NotFound("export")
    return await _shown(store, export)


async def page(  # noqa: PLR0913, PLR0917 - what it needs, whose, and which page
    work: UnitOfWork, store: Store, caller: Principal, kind: ExportKind, limit: int, cursor: str | None
) -> ExportPage:
    """Return `limit` of the caller's exports, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    query = newest_first(_own(caller, kind), Export.id, limit, cursor)
    found = (await work.session.execute(query)).scalars().all()
    items = [await _shown(store, export) for export in found[:limit]]
    return ExportPage(items=items, next_cursor=next_cursor(found, limit))


async def finish(work: UnitOfWork, export_id: UUID, address: Address, size: int, *, days: int) -> None:
    """Let an export be fetched, for so many days; one of an account takes the place of those before it."""
    of_account = Export.kind == ExportKind.ACCOUNT
    owner = select(Export.owner_id).where(Export.id == export_id, of_account).scalar_subquery()
    await _end(work, and_(Export.owner_id == owner, of_account, Export.status == ExportStatus.READY))
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


def _own(caller: Principal, kind: ExportKind) -> Select[Export]:
    return select(Export).where(Export.owner_id == caller.user_id, Export.kind == kind)


async def _pending(work: UnitOfWork, caller: Principal, kind: ExportKind) -> ScalarResult[Export]:
    """Find what is being put together for the caller; who asks at the same time waits until this is committed."""
    await work.session.execute(select(User.id).where(User.id == caller.user_id).with_for_update(key_share=True))
    query = _own(caller, kind).where(Export.status == ExportStatus.PENDING)
    return (await work.session.execute(query)).scalars()


async def _begin(work: UnitOfWork, caller: Principal, export: Export) -> Export:
    """Have it put together, and write down who asks for how many results; again is fine."""
    if export not in work.session:
        work.session.add(export)
        await work.session.flush()
        count = {"results": len(export.wanted)} if export.kind is ExportKind.RESULTS else {}
        note(work, NOTED[export.kind], actor_id=caller.user_id, subject_id=export.id, tool=caller.tool, **count)
    await tasks.add(work, WORK[export.kind], export.id, owner_id=export.owner_id, queue=Queue.WORK)
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
    return await store.sign_get(
        export.address,
        content_type=CONTENT_TYPE,
        seconds=max(1, min(URL_SECONDS, left)),
        save_as=export.file_name,
    )
