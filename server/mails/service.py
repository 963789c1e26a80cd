"""Handing in mail, and what becomes of it: it is sent by a task of its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from server.mails.models import Mail, MailKind, MailStatus
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork

NOBODY = UUID(int=0)
"""The owner of a mail's task where its reader is not known here."""
NOW = func.clock_timestamp()


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be handed in: to a user, or to an address where nobody is known by it; the rest as a `Mail` has it."""

    kind: MailKind
    dedupe: str
    user_id: UUID | None = None
    address: str | None = None
    subject_id: UUID | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    sealed: str | None = None


async def post(work: UnitOfWork, mail: NewMail) -> bool:
    """Have a mail sent once this is committed, unless the same was handed in before.

    Returns:
        Whether it was not.
    """
    values = asdict(mail) | {"id": uuid7(), "status": MailStatus.PENDING}
    added = insert(Mail).values(values).on_conflict_do_nothing(index_elements=["dedupe"]).returning(Mail.id)
    mail_id = await work.session.scalar(added)
    if mail_id is None:
        return False
    return await tasks.add(work, Kind.MAIL, mail_id, owner_id=mail.user_id or NOBODY, queue=Queue.SENDING)


async def find(work: UnitOfWork, mail_id: UUID, *, for_change: bool = False) -> Mail | None:
    """Return a mail, or None when it is gone with its reader; for a change its row is locked."""
    return await work.session.get(Mail, mail_id, with_for_update=for_change, populate_existing=for_change)


async def forget_old(work: UnitOfWork, age: timedelta) -> None:
    """Remove the mails that came to an end so long ago."""
    await work.session.execute(delete(Mail).where(Mail.ended_at < NOW - age))
