"""Doing something once for each `Idempotency-Key`.

Source: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.idempotency.models import IdempotencyRecord
from server.problems import Problem
from server.unit_of_work import UnitOfWork

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Any unique text; within two days, the same request with it is done once and answered the same.",
    ),
]

REMEMBERED = timedelta(days=2)
Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A wish, who has it, and the key that the client gave it, if any."""

    owner_id: UUID
    key: str | None
    wish: BaseModel

    @property
    def fingerprint(self) -> str:
        """A digest of what is wished for."""
        return hashlib.sha256(f"{type(self.wish).__name__}{self.wish.model_dump_json()}".encode()).hexdigest()


class KeyReused(Problem):
    """The key was used for a different request."""

    status = 422
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for a different request. Choose a new one.")


async def once(
    work: UnitOfWork,
    request: Keyed,
    kind: type[Answer],
    create: Callable[[], Awaitable[Answer]],
) -> Answer:
    """Create something, or return what was answered the first time.

    A second request that comes while the first is under way waits for it: the row of the key is
    the lock.

    Raises:
        KeyReused: the key belongs to another wish.
    """
    if request.key is None:
        return await create()
    mine = (IdempotencyRecord.owner_id == request.owner_id) & (IdempotencyRecord.key == request.key)
    added = await work.session.execute(
        insert(IdempotencyRecord)
        .values(owner_id=request.owner_id, key=request.key, fingerprint=request.fingerprint)
        .on_conflict_do_nothing()
        .returning(IdempotencyRecord.key)
    )
    if added.first() is not None:
        answer = await create()
        kept = answer.model_dump(mode="json")
        await work.session.execute(update(IdempotencyRecord).where(mine).values(answer=kept))
        return answer
    found = (await work.session.execute(select(IdempotencyRecord).where(mine))).scalar_one()
    return _answer(found, request, kind)


async def answered(work: UnitOfWork, request: Keyed, kind: type[Answer]) -> Answer | None:
    """Return what was answered the first time, or None when nothing was yet: for those whom `once` would cost much.

    Raises:
        KeyReused: the key belongs to another wish.
    """
    if request.key is None:
        return None
    found = await work.session.get(IdempotencyRecord, (request.owner_id, request.key))
    return None if found is None else _answer(found, request, kind)


def _answer(found: IdempotencyRecord, request: Keyed, kind: type[Answer]) -> Answer:
    if found.fingerprint != request.fingerprint:
        raise KeyReused
    return kind.model_validate(found.answer)


async def forget_old(session: AsyncSession) -> None:
    """Forget answers that no client will ask for again."""
    await session.execute(delete(IdempotencyRecord).where(IdempotencyRecord.created_at < func.now() - REMEMBERED))
