"""The mail that goes out."""

from email.utils import parseaddr
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from server.configuration.base import Group


def _mailbox(text: str) -> str:
    """Return the address of a sender, with a name or without.

    Raises:
        ValueError: it is none.
    """
    address = parseaddr(text)[1]
    if not text.isprintable() or not address.isascii() or "@" not in address.strip("@"):
        raise ValueError("it is no address such as mail@example.org, or Lectern <mail@example.org>")
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

    @model_validator(mode="after")
    def _answers_have_a_question(self) -> Self:
        """Where no mail is sent, none is answered."""
        if self.reply_to is not None and self.sender is None:
            raise ValueError("MAIL_REPLY_TO is set without MAIL_FROM. Set both, or leave MAIL_REPLY_TO out.")
        return self
