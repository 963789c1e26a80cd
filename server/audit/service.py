"""Writing the audit log."""

from uuid import UUID

from server.audit.models import Action, AuditEntry
from server.unit_of_work import UnitOfWork


def note(
    work: UnitOfWork,
    action: Action,
    *,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    tool: str | None = None,
    **details: str | int | None,
) -> None:
    """Write down what is done, in the transaction that does it; never a secret, nor what was said or written."""
    work.session.add(AuditEntry(action=action, actor_id=actor_id, subject_id=subject_id, tool=tool, details=details))
