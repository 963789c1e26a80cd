"""Sending one mail: it is written when it is sent, so that it says what is true then, to whom it then may go.

SES has no way to be asked twice for the same: a worker that dies between its yes and our writing that down sends the
mail once more. What lies between the two is kept short, and every message names its mail.
"""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

from server.aws.mailing import Away, Busy, Mailer, Refused
from server.mails import service as mails
from server.mails.addresses import Unaddressable
from server.mails.letter import Letter
from server.mails.message import Envelope, write_message
from server.mails.models import Mail, MailStatus
from server.mails.recipients import Recipient, recipient_of
from server.mails.wording import wording_for
from server.pipeline.letters import Writing, page
from server.pipeline.tools import Tools
from server.tasks import service as tasks
from server.tasks.models import Taken
from server.tasks.stage import NotYet, Outcome, Unworkable
from server.unit_of_work import UnitOfWork

TURN = "mail"
"""What mails wait for while SES takes no more."""
ADMITTED = 2
"""How many of those go on when one was sent: twice as many each time, until SES says again that it is enough."""
PACES = {Busy: timedelta(seconds=1), Away: timedelta(seconds=15)}
"""How long all that wait leave between two attempts, whoever makes them. One a second is what SES takes at first."""
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP = timedelta(days=3)


class Unwanted(StrEnum):
    """Why a mail is not sent after all."""

    MAIL_OFF = "mail_off"
    NO_ADDRESS = "no_address"
    NOT_WANTED = "not_wanted"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a mail says now, and to whom."""

    letter: Letter
    envelope: Envelope


async def mail(tools: Tools, taken: Taken) -> Outcome:
    """Write a mail and send it, unless it is not wanted any more.

    Raises:
        NotYet: SES takes no more now, or can't be reached.
        Unworkable: SES never takes it, or it has waited too long.
    """
    async with tools.units.begin() as work:
        await tasks.hold(work.session, taken)  # a last look, right before it goes out
        asked = await mails.find(work, taken.subject_id)
        if asked is None or asked.status is not MailStatus.PENDING:
            return Outcome()
        draft = await _draft(work, tools, asked)
    if isinstance(draft, Unwanted):
        return Outcome(partial(_suppress, taken=taken, why=draft))
    message_id = await _send(tools, asked, draft)
    return Outcome(partial(_note_sent, taken=taken, message_id=message_id))


async def fail_mail(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down why a mail was not sent; what it tells of stays as it is."""
    failed = await mails.find(work, taken.subject_id, for_change=True)
    if failed is not None and failed.status is MailStatus.PENDING:
        failed.end(MailStatus.FAILED, reason.code, reason.reason)


async def _draft(work: UnitOfWork, tools: Tools, asked: Mail) -> Draft | Unwanted:
    sender, recipient = tools.settings.mails.sender, await recipient_of(work, asked)
    if sender is None:
        return Unwanted.MAIL_OFF
    if recipient is None:
        return Unwanted.NO_ADDRESS
    if not recipient.wants(asked.kind):
        return Unwanted.NOT_WANTED
    letter = await Writing(work, tools.settings, asked, wording_for(recipient.language)).write()
    if letter is None:
        return Unwanted.GONE
    return Draft(letter, _envelope(tools, asked, recipient, sender))


def _envelope(tools: Tools, asked: Mail, recipient: Recipient, sender: str) -> Envelope:
    return Envelope(
        mail_id=asked.id,
        sender=sender,
        reply_to=tools.settings.mails.reply_to,
        name=recipient.name,
        address=recipient.address,
        account_url=page(tools.settings, "/account"),
    )


async def _send(tools: Tools, asked: Mail, draft: Draft) -> str:
    mailer = Mailer(tools.store.clients, tools.settings.mails.configuration_set)
    try:
        message = await asyncio.to_thread(write_message, draft.letter, draft.envelope)
        return await mailer.send(message, draft.envelope.recipient.addr_spec)
    except Unaddressable as error:
        raise Unworkable("mail_unaddressable", f"Mail can't be sent to {error}. Use another address.") from error
    except Refused as error:
        raise Unworkable("mail_refused", str(error)) from error
    except (Busy, Away) as error:
        age = datetime.now(UTC) - asked.created_at
        if age > GIVE_UP:
            raise Unworkable("mail_overdue", f"It could not be sent for {GIVE_UP.days} days: {error}") from error
        raise NotYet(str(error), await _delay(tools, PACES[type(error)], age), TURN) from error


async def _delay(tools: Tools, pace: timedelta, age: timedelta) -> timedelta:
    """Return when to look again: the later, the more wait for the same, and the longer this one has."""
    async with tools.units.begin() as work:
        waiting = await tasks.count_waiting(work.session, TURN)
    delay = min(max(pace * (1 + waiting), age / 10), LONGEST_DELAY)
    return delay * random.uniform(0.5, 1.5)  # noqa: S311 - jitter is no secret


async def _suppress(work: UnitOfWork, taken: Taken, why: Unwanted) -> None:
    asked = await mails.find(work, taken.subject_id, for_change=True)
    if asked is not None:
        asked.end(MailStatus.SUPPRESSED, why)


async def _note_sent(work: UnitOfWork, taken: Taken, message_id: str) -> None:
    sent = await mails.find(work, taken.subject_id, for_change=True)
    if sent is not None:
        sent.end(MailStatus.SENT)
        sent.message_id = message_id
    await tasks.admit(work, TURN, ADMITTED)
