"""Where a request hands in mail that somebody asks for by name, or that carries a secret."""

from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Depends, Request

from server.auth.sealing import Seal
from server.problems import Problem
from server.settings import Settings

PURPOSE = "mail"


class MailOff(Problem):
    """Mail is asked for where none is sent."""

    status = 409
    code = "mail_off"

    def __init__(self) -> None:
        super().__init__("This service sends no mail. Leave the address out, and pass the link on yourself.")


@dataclass(frozen=True, slots=True)
class Postbox:
    """Whether mail goes out at all, and what seals the secrets in it until then."""

    is_open: bool
    seal: Seal

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Make that of a deployment."""
        return cls(settings.mails.sender is not None, Seal(settings.auth.access_token_secret_keys, PURPOSE))

    def close(self, secret: str) -> str:
        """Seal what a mail is to tell.

        Raises:
            MailOff: it would never be sent.
        """
        if not self.is_open:
            raise MailOff
        return self.seal.close(secret)


def get_postbox(request: Request) -> Postbox:
    """Return that of the application."""
    return Postbox.of(request.app.state.settings)


CurrentPostbox = Annotated[Postbox, Depends(get_postbox)]
