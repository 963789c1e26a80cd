"""Reading the audit log."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from server.admin.audit_schemas import EntryPage, EntryShown
from server.audit.models import Action, AuditEntry
from server.db.cursors import newest_first, next_cursor
from server.unit_of_work import UnitOfWork
from server.users.models import User

ACTOR, SUBJECT = aliased(User), aliased(User)
ENTRIES = (
    select(
        *AuditEntry.__table__.columns,
        ACTOR.email.label("actor_email"),
        ACTOR.name.label("actor_name"),
        SUBJECT.email.label("subject_email"),
        SUBJECT.name.label("subject_name"),
    )
    # No foreign keys: who has left is named no more, and most subjects are no people.
    .outerjoin(ACTOR, ACTOR.id == AuditEntry.actor_id)
    .outerjoin(SUBJECT, SUBJECT.id == AuditEntry.subject_id)
)


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
    wished = [getattr(AuditEntry, name) == value for name, value in asdict(wanted).items() if value is not None]
    query = newest_first(ENTRIES.where(*wished), AuditEntry.id, limit, cursor)
    rows = (await work.session.execute(query)).all()
    items = [EntryShown.model_validate(row) for row in rows[:limit]]
    return EntryPage(items=items, next_cursor=next_cursor(rows, limit))
