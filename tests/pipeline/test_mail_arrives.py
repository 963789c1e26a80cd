"""Mail through a local SES to a mail server, as it arrives there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import update

from server.aws.clients import Clients, open_clients
from server.aws.store import Store
from server.local import aws
from server.local.backing import Options
from server.local.ports import LOOPBACK, Ports, choose
from server.local.supervisor import supervisor
from server.mails.message import MAIL_HEADER
from server.mails.models import MailStatus
from server.media.models import Media
from server.settings import Settings
from tests.pipeline.conftest import Bench
from tests.pipeline.posting import EMAIL, Desk, desk_of

EVIL = "Minutes\r\nBcc: all@example.com\r\n\r\n<script>"
SAID = ["שלום לכולם.", "1 < 2 & <b>3</b>", ".", "Ärger — emoji 🎙"]


@dataclass
class MailServer:
    """A mail server that keeps what arrives."""

    arrived: asyncio.Queue[Envelope] = field(default_factory=asyncio.Queue)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take a message."""
        self.arrived.put_nowait(envelope)
        return "250 OK"


@pytest.fixture
async def mail_server() -> AsyncIterator[tuple[MailServer, int]]:
    """A mail server, and its port."""
    kept = MailServer()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(kept), LOOPBACK, 0)
    async with server:
        yield kept, server.sockets[0].getsockname()[1]


@pytest.fixture
async def relayed(mail_server: tuple[MailServer, int], settings: Settings, tmp_path: Path) -> AsyncIterator[Clients]:
    """A local AWS that hands mail on to that server, and knows the sender."""
    port, secret, sender = (
        choose(Ports(), tmp_path / "ports.json").aws,
        settings.aws.secret_access_key,
        settings.mails.sender,
    )
    assert secret is not None
    assert sender is not None
    async with supervisor(tmp_path, lambda _: None) as supervising:
        relay = f"{LOOPBACK}:{mail_server[1]}"
        await aws.start(supervising, tmp_path / "aws", port, Options().aws_python, secret.get_secret_value(), relay)
        async with open_clients(settings.aws.model_copy(update={"endpoint_url": aws.address(port)})) as clients:
            await clients.ses.verify_email_identity(EmailAddress=parseaddr(sender)[1])
            yield clients


def part(message: EmailMessage, kind: str) -> str:
    """Return a message's content as plain text or as a page."""
    found = message.get_body((kind,))
    assert found is not None
    content: str = found.get_content()
    return content


async def test_text_arrives_and_brings_nothing_else(
    bench: Bench, mail_server: tuple[MailServer, int], relayed: Clients, tmp_path: Path
) -> None:
    """The transcript is there as text and as a page, to its owner alone, whatever the title and the name would add."""
    desk = await desk_of(bench)
    media, _ = await desk.heard(tmp_path, *SAID)
    await desk.change(name=EVIL, language="he-IL")
    async with desk.tools.units.begin() as work:
        await work.session.execute(update(Media).where(Media.id == media.id).values(title=EVIL))
    [told] = await desk.ended(media)
    desk = Desk(replace(desk.tools, store=Store(relayed)), desk.owner)
    assert (await desk.send(told.id)).status is MailStatus.SENT
    async with asyncio.timeout(10):
        envelope = await mail_server[0].arrived.get()
    assert envelope.rcpt_tos == [EMAIL]
    message = message_from_bytes(envelope.original_content or b"", policy=default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == "התמלול של ”Minutes Bcc: all@example.com <script>“"
    assert (message["Bcc"], message[MAIL_HEADER]) == (None, str(told.id))
    assert [address.addr_spec for address in message["To"].addresses] == [EMAIL]
    assert "\n\n".join(SAID) in part(message, "plain").replace("\r\n", "\n")
    for said in ("שלום לכולם.", "1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;", "Ärger — emoji 🎙", f"/results/{media.id}"):
        assert said in part(message, "html")
    assert "<script>" not in part(message, "html")
    assert mail_server[0].arrived.empty()
