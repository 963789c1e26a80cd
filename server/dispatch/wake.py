"""The one job that arq carries; the state of the work itself lies in Postgres."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from arq.connections import ArqRedis

JOB = "look"
"""The name of arq's job; its only argument is a task's id."""


@dataclass(frozen=True, slots=True)
class Wake:
    """A call to look at one task.

    `attempt` makes the job's id new after each attempt, because arq refuses an id while its job exists.
    """

    queue: str
    task_id: UUID
    attempt: int
    at: datetime | None = None

    @property
    def job_id(self) -> str:
        """What arq tells doubles by."""
        return f"task:{self.task_id}:{self.attempt}"


async def send(valkey: ArqRedis, wake: Wake) -> None:
    """Put the call into its queue; a call that is there already is left alone.

    Raises:
        RedisError: Valkey can't be reached; the sweeper will call later.
    """
    await valkey.enqueue_job(JOB, str(wake.task_id), _job_id=wake.job_id, _queue_name=wake.queue, _defer_until=wake.at)
