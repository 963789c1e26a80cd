"""Who a mail goes to at this moment, and whether they want it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from server.mails.models import LOWER_ADDRESS, Mail, MailKind
from server.unit_of_work import UnitOfWork
from server.users.kinds import Refusal, UserKind
from server.users.models import User

COLUMNS = (User.email, User.name, User.language, User.mails_texts, User.mails_failures, User.mail_refused_at)
IS_PERSON = User.kind == UserKind.PERSON


@dataclass(frozen=True, slots=True)
class Recipient:
    """A reader, known here or not; `refuses` says that a mail to them came back, or was called spam."""

    address: str
    name: str | None = None
    language: str | None = None
    mails_texts: bool = True
    mails_failures: bool = True
    refuses: bool = False

    def wants(self, kind: MailKind) -> bool:
        """Say whether they get mail of a kind; what is about their account they always get."""
        switches = {MailKind.TEXT: self.mails_texts, MailKind.FAILURE: self.mails_failures}
        return not self.refuses and switches.get(kind, True)


async def recipient_of(work: UnitOfWork, mail: Mail) -> Recipient | None:
    """Return a mail's reader, or None where there is nobody who could get one: a machine, or no address."""
    if mail.user_id is not None:
        return await find_person(work, mail.user_id)
    if mail.address is None:
        return None
    known = await _known(work, func.lower(User.email) == func.lower(mail.address))
    return known or Recipient(mail.address, refuses=await _has_refused(work, mail.address))


async def find_person(work: UnitOfWork, user_id: UUID) -> Recipient | None:
    """Return a person who has an address, or None."""
    return await _known(work, User.id == user_id)


async def _known(work: UnitOfWork, condition: ColumnElement[bool]) -> Recipient | None:
    query = select(*COLUMNS).where(condition, IS_PERSON, User.email.is_not(None))
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        return None
    email, name, language, mails_texts, mails_failures, refused_at = row
    return Recipient(email or "", name, language, mails_texts, mails_failures, refuses=refused_at is not None)


async def _has_refused(work: UnitOfWork, address: str) -> bool:
    """Say whether an address that is nobody's here refused a mail before, as far as that is remembered."""
    refused = exists().where(func.lower(address) == LOWER_ADDRESS, Mail.error_code.in_([*Refusal]))
    return bool(await work.session.scalar(select(refused)))
