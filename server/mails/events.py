"""SES's news of mail that came back or was called spam, as EventBridge brings them.

Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from server.users.kinds import Refusal

PERMANENT = "Permanent"
"""Of the kinds of bounces, the one that another mail would meet as well."""
NO_SPAM = "not-spam"
"""Somebody has taken a mail out of the spam, and it is told as a complaint."""


class NotUnderstood(Exception):  # noqa: N818 - it says what happened
    """The message is no news of mail; it is left for the dead-letter queue."""


@dataclass(frozen=True, slots=True)
class RefusedMail:
    """A mail that was refused, by SES's name for it, and by whom and how; nobody, where another may well arrive."""

    message_id: str
    reason: Refusal
    addresses: Sequence[str]


class _Recipient(BaseModel):
    address: str = Field(alias="emailAddress")


class _Mail(BaseModel):
    message_id: str = Field(alias="messageId", min_length=1)


class _Bounce(BaseModel):
    kind: str = Field(alias="bounceType")
    recipients: list[_Recipient] = Field(alias="bouncedRecipients")


class _Complaint(BaseModel):
    kind: str | None = Field(None, alias="complaintFeedbackType")
    recipients: list[_Recipient] = Field(alias="complainedRecipients")


class _Bounced(BaseModel):
    event: Literal["Bounce"] = Field(alias="eventType")
    mail: _Mail
    bounce: _Bounce

    def told(self) -> RefusedMail:
        lasts = self.bounce.kind == PERMANENT
        return _refused(self.mail, Refusal.BOUNCED, self.bounce.recipients if lasts else [])


class _Complained(BaseModel):
    event: Literal["Complaint"] = Field(alias="eventType")
    mail: _Mail
    complaint: _Complaint

    def told(self) -> RefusedMail:
        is_meant = self.complaint.kind != NO_SPAM
        return _refused(self.mail, Refusal.COMPLAINED, self.complaint.recipients if is_meant else [])


class _Event(BaseModel, hide_input_in_errors=True):  # an error's text goes to the log; who gets mail must not
    source: Literal["aws.ses"]
    detail: Annotated[_Bounced | _Complained, Field(discriminator="event")]


_EVENT = TypeAdapter(_Event)


def read(body: str) -> RefusedMail:
    """Return what a message tells of a mail.

    Raises:
        NotUnderstood: it tells of something else.
    """
    try:
        return _EVENT.validate_json(body).detail.told()
    except ValidationError as error:
        raise NotUnderstood(str(error)) from error


def _refused(mail: _Mail, reason: Refusal, recipients: Sequence[_Recipient]) -> RefusedMail:
    return RefusedMail(mail.message_id, reason, [recipient.address for recipient in recipients])
