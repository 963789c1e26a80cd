"""Reading the audit log."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select

from server.admin.audit_schemas import EntryPage, EntryShown
from server.audit.models import Action, AuditEntry
from server.db.cursors import read_cursor, write_cursor
from server.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Wanted:
    """What entries have in common; None is anything."""

    action: Action | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None


async def page(work: UnitOfWork, wanted: Wanted, limit: int, cursor: str | None) -> EntryPage:
    """Return `limit` entries, newest first, after the cursor.

    Raises:
        BadCursor: the cursor is none that we gave.
    """
    same = {name: value for name, value in asdict(wanted).items() if value is not None}
    query = select(AuditEntry).filter_by(**same).order_by(AuditEntry.id.desc()).limit(limit + 1)
    if cursor is not None:
        query = query.where(AuditEntry.id < read_cursor(cursor))
    rows = (await work.session.execute(query)).scalars().all()
    items = [EntryShown.model_validate(row) for row in rows[:limit]]
    return EntryPage(items=items, next_cursor=write_cursor(items[-1].id) if len(rows) > limit else None)
