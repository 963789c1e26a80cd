"""Delivering messages to the programs of callers: each run of the stage is one attempt.

A failure is an outcome like any other: when the next attempt is due, and whether there is one, is decided here and not
by the runner, which counts what goes wrong on our side.
"""

from datetime import UTC, datetime
from functools import partial

from cryptography.fernet import InvalidToken

from server.pipeline.tools import Tools
from server.tasks.models import Taken
from server.tasks.stage import Outcome, Unworkable
from server.unit_of_work import UnitOfWork
from server.webhooks import attempts
from server.webhooks.attempts import Answer, Attempt

UNREADABLE = "Its secret can't be read any more, because the keys of this service were changed. Make a new one."


async def deliver(tools: Tools, taken: Taken) -> Outcome:
    """Hand a message over, once; whoever gets it twice, because a worker died, knows it by its `webhook-id`."""
    url: str | None = None
    try:
        async with tools.units.begin() as work:
            parcel = await attempts.pick_up(work, tools.courier.seal, taken.subject_id)
    except InvalidToken:
        attempt = Attempt(datetime.now(UTC), 0, Answer(error=UNREADABLE))
    else:
        if parcel is None:
            return Outcome()
        attempt, url = await tools.courier.carry(parcel), parcel.url
    pauses = tools.settings.callbacks.pauses
    return Outcome(partial(attempts.note, delivery_id=taken.subject_id, attempt=attempt, pauses=pauses, url=url))


async def fail_delivery(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
    """Write down that it came to nothing through no fault of the receiver's; nothing else is touched by that."""
    await attempts.fail(work, taken.subject_id, reason.reason)
