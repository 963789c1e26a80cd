"""Answering what others ask: each request once, in the transaction that remembers it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, func, select, union_all
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from server.aws.store import Address
from server.preprocessing.addresses import written
from server.preprocessing.contract import Answer, Message
from server.preprocessing.kinds import Status
from server.preprocessing.models import Preprocessing
from server.unit_of_work import UnitOfWork
from server.webhooks import deliveries
from server.webhooks.deliveries import Target
from server.webhooks.kinds import Proof

EVENT = "preprocessing"
"""Begins the name of the event that a delivery tells."""


def identity(message: Message, message_id: str) -> str:
    """Tell a request from all others.

    By its `request_id` and its keys, so that it may be sent any number of times; without a `request_id` by the id that
    the queue gave the message, so that at least its second delivery is known.
    """
    if message.request_id is None:
        return f"message:{message_id}"
    named = json.dumps([message.request_id, message.s3_key_temp, message.s3_key_short, message.s3_key_for_inference])
    return f"request:{hashlib.sha256(named.encode()).hexdigest()}"


async def is_answered(work: UnitOfWork, name: str) -> bool:
    """Say whether a request of this identity has been answered."""
    return bool(await work.session.scalar(select(exists().where(Preprocessing.identity == name))))


async def give(work: UnitOfWork, name: str, message: Message, answer: Answer) -> None:
    """Remember what became of a request, and have its callback told; nothing, where another has answered meanwhile."""
    error = answer.error
    values = {
        "id": uuid7(),
        "identity": name,
        **answer.model_dump(exclude={"status", "error"}),
        "status": Status(answer.status),
        "error_code": error.code if error else None,
        "error_message": error.message if error else None,
    }
    added = insert(Preprocessing).values(values).on_conflict_do_nothing(index_elements=["identity"])
    answered = (await work.session.execute(added.returning(Preprocessing.id))).scalar_one_or_none()
    callback = message.callback_response
    if answered is None or callback is None:
        return
    told = deliveries.Message(f"{EVENT}.{answer.status}", answer.model_dump(mode="json"), subject_id=answered)
    target = Target(callback.url, callback.type, Proof.API_KEY)
    await deliveries.send(work, target, told, owner_id=None, dedupe=f"{EVENT}:{answered}")


async def named(work: UnitOfWork, bucket: str, keys: Sequence[str]) -> set[str]:
    """Return those of the keys under which lies what we have made for others, as long as that is remembered."""
    sought = {written(Address(bucket, key)): key for key in keys}
    made = [Preprocessing.s3_key_short, Preprocessing.s3_key_for_inference]
    found = union_all(*(select(column).where(column.in_(sought)) for column in made))
    return {sought[address] for address in (await work.session.execute(found)).scalars()}


async def forget_old(work: UnitOfWork, age: timedelta) -> None:
    """Forget what was answered that long ago: its message is neither in the queue nor among the dead letters."""
    await work.session.execute(delete(Preprocessing).where(Preprocessing.created_at < func.now() - age))
