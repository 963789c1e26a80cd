"""Where the mail of all owners arrives."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from uuid import UUID

from aiosmtpd.smtp import SMTP, Envelope, Session

from server.mails.message import MAIL_HEADER
from tests.chaos.receivers import HOST

LINK = re.compile(r"/results/([0-9a-f-]{36})")


@dataclass
class Mailbox:
    """A mail server; `mails` counts how often each mail came, by the result that it tells of and by its own name."""

    port: int = 0
    mails: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd looks for it
        """Take a mail."""
        mail = message_from_bytes(envelope.original_content or b"", policy=default)
        text = mail.get_body(("plain",))
        if text is not None and (linked := LINK.search(text.get_content())):
            self.mails[UUID(linked[1]), str(mail[MAIL_HEADER])] += 1
        return "250 Taken"


@asynccontextmanager
async def mailbox() -> AsyncIterator[Mailbox]:
    """Take mail for as long as the context lasts."""
    box = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, hostname=HOST, loop=loop), HOST, 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box
