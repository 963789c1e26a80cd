"""Letters as messages for a mail server: MIME, text and page side by side."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from uuid import UUID

from server.mails.addresses import split
from server.mails.letter import Letter, in_one_line
from server.mails.page import write_page
from server.mails.plain import write_plain

MAIL_HEADER = "X-Lectern-Mail"
"""Names the mail, so that a reader can tell one that has come twice: it is sent at least once."""
POLICY = SMTP.clone(cte_type="7bit")  # whatever is on the way reads it
SPECIAL = re.compile(r'[()<>@,:;".\[\]\\]+')
"""What means something among addresses. It is left out of names: the library forgets the quotes around a long one when
it breaks the line (https://github.com/python/cpython/issues/80222), and then half of a name is an address."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom a letter goes to whom.

    Attributes:
        mail_id: the mail's own id.
        sender: an address, with a name or without; `reply_to` the same.
        name: what the reader is called, if it is known.
        address: the reader's.
        account_url: where mail is turned off.
    """

    mail_id: UUID
    sender: str
    reply_to: str | None
    name: str | None
    address: str
    account_url: str

    @property
    def recipient(self) -> Address:
        """The reader, as a header has it.

        Raises:
            Unaddressable: it is of a form that SES doesn't take.
        """
        username, domain = split(self.address)
        return Address(_plain(self.name or ""), username, domain)


def write_message(letter: Letter, envelope: Envelope) -> bytes:
    """Write a whole message, in seven bits; the mail server adds its id and date.

    Raises:
        Unaddressable: it can't be sent to that address.
    """
    message = EmailMessage(POLICY)
    message["From"] = _mailbox(envelope.sender)
    message["To"] = envelope.recipient
    if envelope.reply_to:
        message["Reply-To"] = _mailbox(envelope.reply_to)
    message["Subject"] = letter.subject
    message[MAIL_HEADER] = str(envelope.mail_id)
    message["List-Unsubscribe"] = f"<{envelope.account_url}>"  # RFC 2369, 3.2
    message["Auto-Submitted"] = "auto-generated"  # so that no absent reader answers: RFC 3834, 5
    message.set_content(write_plain(letter, envelope.account_url))
    message.add_alternative(write_page(letter, envelope.account_url), subtype="html")
    message["Content-Language"] = letter.wording.tag  # what begins so is taken for the parts' until they are there
    return message.as_bytes()


def _mailbox(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(_plain(name), addr_spec=address)


def _plain(name: str) -> str:
    return in_one_line(SPECIAL.sub(" ", name))
