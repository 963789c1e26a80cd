"""The mail that goes out."""

from email.utils import parseaddr
from typing import Annotated

from pydantic import AfterValidator, Field

from server.configuration.base import Group


def _mailbox(text: str) -> str:
    """Return the address of a sender, with a name or without.

    Raises:
        ValueError: it is none.
    """
    address = parseaddr(text)[1]
    if not text.isprintable() or not address.isascii() or "@" not in address.strip("@"):
        raise ValueError("an address such as mail@example.org, or Lectern <mail@example.org>")
    return text


Mailbox = Annotated[str, AfterValidator(_mailbox)]


class Mailing(Group):
    """What mail comes from, and how SES is to treat it."""

    sender: Mailbox | None = Field(
        None,
        alias="MAIL_FROM",
        description="What mail comes from, as Lectern <mail@example.org>; SES knows it. Without, no mail is sent.",
    )
    reply_to: Mailbox | None = Field(None, alias="MAIL_REPLY_TO", description="Where answers go, if elsewhere.")
    configuration_set: str | None = Field(
        None, alias="SES_CONFIGURATION_SET", description="The SES configuration set that tells of bounces."
    )
