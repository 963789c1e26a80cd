"""Addresses that refuse mail get no more of it: who goes on writing to them is soon heard by nobody."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from server.mails.addresses import spellings
from server.mails.events import RefusedMail
from server.mails.models import Mail, MailStatus
from server.unit_of_work import UnitOfWork
from server.users.kinds import UserKind
from server.users.models import User

REASONS = {
    "bounced": "The address does not take mail.",
    "complained": "The mail was called spam.",
}
NOTHING = {"mail_refused_at": None, "mail_refused_reason": None}
"""What is known of an address's refusing when mail to it is to be tried again."""


async def take_note(work: UnitOfWork, refused: RefusedMail) -> Sequence[str]:
    """Note who refuses mail from now on, and return their addresses; again is fine, and changes nothing.

    A person's is noted with the person, whose address it must still be; another's with the mail itself.
    """
    if not refused.addresses:
        return ()
    lowered = [func.lower(spelling) for address in refused.addresses for spelling in spellings(address)]
    values = {"mail_refused_at": func.now(), "mail_refused_reason": refused.reason}
    people = update(User).where(User.kind == UserKind.PERSON, func.lower(User.email).in_(lowered))
    await work.session.execute(people.where(User.mail_refused_at.is_(None)).values(values))
    of_event = select(Mail).where(Mail.message_id == refused.message_id).with_for_update()
    mail = (await work.session.execute(of_event)).scalar_one_or_none()
    if mail is not None and mail.status is MailStatus.SENT:
        mail.end(MailStatus.FAILED, refused.reason, REASONS[refused.reason])
    return refused.addresses
