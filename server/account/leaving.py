"""Leaving for good, and thinking better of it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from server.audit.models import Action
from server.audit.service import note
from server.auth.models import ApiKey
from server.auth.principal import Principal
from server.problems import Problem
from server.tasks import service as tasks
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork
from server.users import roles
from server.users.models import User

NOW = func.clock_timestamp()


class NotLeaving(Problem):
    """There is nothing to take back, or it is too late."""

    status = 409
    code = "not_leaving"

    def __init__(self) -> None:
        super().__init__("This account is not about to be deleted, or its deletion has begun.")


async def leave(work: UnitOfWork, person: Principal, grace: timedelta) -> datetime:
    """Have a person forgotten after a time of grace, and end at once what they are signed in by; again changes nothing.

    Returns:
        When it will be done.

    Raises:
        LastAdmin: nobody else could give roles any more.
    """
    await roles.keep_an_admin(work, person.user_id)  # locks admins in one order, so before the person's own row
    me = User.id == person.user_id
    decided = await work.session.scalar(select(User.leaves_at).where(me).with_for_update(key_share=True))
    if decided is not None:
        return decided
    leaves_at: datetime = (await work.session.execute(select(NOW))).scalar_one() + grace
    begun = update(User).where(me).values(leaves_at=leaves_at, session_version=User.session_version + 1)
    await work.session.execute(begun)
    held = ApiKey.revoked_at.is_(None)
    await work.session.execute(update(ApiKey).where(ApiKey.owner_id == person.user_id, held).values(revoked_at=NOW))
    await tasks.add(work, Kind.LEAVE, person.user_id, owner_id=person.user_id, queue=Queue.WORK, delay=grace)
    note(work, Action.LEAVING, actor_id=person.user_id, subject_id=person.user_id, tool=person.tool)
    return leaves_at


async def stay(work: UnitOfWork, person: Principal) -> None:
    """Take the leave back; keys and sessions that ended with it stay ended.

    Raises:
        NotLeaving: there is none, or its time is over: the time decides, under the lock of the person's row.
    """
    await tasks.withdraw(work.session, person.user_id)  # before the person is locked: tasks come first
    in_time = (User.id == person.user_id) & (User.leaves_at > NOW)
    stayed = await work.session.execute(update(User).where(in_time).values(leaves_at=None).returning(User.id))
    if stayed.first() is None:
        raise NotLeaving
    note(work, Action.STAYING, actor_id=person.user_id, subject_id=person.user_id, tool=person.tool)
