"""Sending mail by Amazon SES.

The raw call takes a whole message, with the headers that it has: what is sent is what was written.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from botocore.exceptions import BotoCoreError, ClientError

from server.aws.clients import Clients

if TYPE_CHECKING:
    from types_aiobotocore_ses import SESClient

THROTTLING = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException", "LimitExceededException"})
"""Too many a second, or a day.
https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html"""
REFUSING = frozenset({"MessageRejected", "InvalidParameterValue", "ValidationError"})
"""It is the message, or whom it is to: no other attempt helps.
https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html#API_SendRawEmail_Errors"""


class Busy(Exception):  # noqa: N818 - says how it stands
    """SES takes no more for now."""


class Away(Exception):  # noqa: N818 - says how it stands
    """SES can't be reached, fails, or is not set up or allowed to send: it may be later, when somebody has seen to it.

    Whether a message was taken that was not answered nobody knows.
    """


class Refused(Exception):  # noqa: N818 - says how it stands
    """SES never takes this message."""


class _Named(TypedDict, total=False):
    ConfigurationSetName: str


@dataclass(frozen=True, slots=True)
class Mailer:
    """Hands messages to SES; `configuration_set` has it tell of what becomes of them."""

    clients: Clients
    configuration_set: str | None

    @property
    def _ses(self) -> "SESClient":
        return self.clients.ses

    async def send(self, message: bytes, recipient: str) -> str:
        """Send a message, and return SES's name for it.

        Raises:
            Busy: there are too many at once, or today.
            Away: it can't be sent now.
            Refused: it can't be sent ever.
        """
        named: _Named = {"ConfigurationSetName": self.configuration_set} if self.configuration_set else {}
        try:
            sent = await self._ses.send_raw_email(RawMessage={"Data": message}, Destinations=[recipient], **named)
        except ClientError as error:
            raise _kind(error)(f"{error.response['Error']['Code']}: {error.response['Error']['Message']}") from error
        except BotoCoreError as error:
            raise Away(str(error)) from error
        return sent["MessageId"]


def _kind(error: ClientError) -> type[Exception]:
    code = error.response["Error"]["Code"]
    if code in THROTTLING:
        return Busy
    return Refused if code in REFUSING else Away
