"""The one job that arq carries; the state of the work itself lies in Postgres."""

import time
from dataclasses import dataclass
from uuid import UUID

from arq.connections import ArqRedis
from arq.constants import in_progress_key_prefix

JOB = "look"
"""The name of arq's job; it has no arguments."""


@dataclass(frozen=True, slots=True)
class Wake:
    """A call for one task; whoever hears it does the task whose turn it is, and so each call has its worker.

    `attempt` makes the job's id new after each attempt, because arq refuses an id while its job exists.
    """

    queue: str
    task_id: UUID
    attempt: int

    @property
    def job_id(self) -> str:
        """What arq tells doubles by."""
        return f"task:{self.task_id}:{self.attempt}"


async def send(valkey: ArqRedis, wake: Wake) -> None:
    """Put the call into its queue; a call that waits there already is left alone.

    A call that a worker has accepted is another matter: if that worker died before it took the
    task, arq holds the call's id for as long as the longest job may run. So another goes out,
    at most one a minute; should the worker live after all, only one of them gets the task.

    Raises:
        RedisError: Valkey can't be reached; the sweeper will call later.
    """
    if await _enqueue(valkey, wake, wake.job_id):
        return
    if await valkey.exists(in_progress_key_prefix + wake.job_id):
        await _enqueue(valkey, wake, f"{wake.job_id}:{int(time.time()) // 60}")


async def _enqueue(valkey: ArqRedis, wake: Wake, job_id: str) -> bool:
    job = await valkey.enqueue_job(JOB, _job_id=job_id, _queue_name=wake.queue)
    return job is not None
