"""The only task list: what each kind of worker runs, as arq wants to be told.

`arq server.worker.settings.WorkerSettings` does everything but speech recognition;
`WhisperWorkerSettings` does that, one recording at a time on one model.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from arq import func
from arq.connections import ArqRedis
from arq.worker import Function

from server.aws.clients import Clients
from server.dispatch.wake import JOB
from server.observability.logging import configure_logging
from server.settings import Settings, get_settings
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.unit_of_work import Units
from server.valkey.connection import deserialize, make_patient, serialize
from server.worker.consumers import database_answers, take_in_job_event, take_in_s3_event
from server.worker.opening import open_runner
from server.worker.sqs import consume
from server.worker.sweeper import sweep_regularly

Context = dict[str, Any]

LONGEST_JOB = timedelta(hours=25)
"""Above every stage's own limit: arq must not be the one that ends a job."""
POLL_SECONDS = 0.05
CANCEL_SECONDS = 0.5


@dataclass(frozen=True)
class ArqSettings:
    """What arq reads of a worker's settings; the names are arq's."""

    queue_name: str
    health_check_key: str
    functions: list[Function]
    redis_pool: ArqRedis
    on_startup: Callable[[Context], Awaitable[None]]
    on_shutdown: Callable[[Context], Awaitable[None]]
    max_jobs: int
    job_completion_wait: int  # seconds, after SIGTERM; what is not done then is cancelled and handed back
    job_serializer: Callable[[Context], bytes] = serialize
    job_deserializer: Callable[[bytes], Context] = deserialize
    poll_delay: float = POLL_SECONDS
    keep_result: int = 0  # an id is refused while its result is kept
    health_check_interval: int = 30


async def look(ctx: Context, *_: object) -> None:
    """Do the task whose turn it is; the call came for another, perhaps, whose call then serves this one."""
    runner: Runner = ctx["runner"]
    await runner.run_next(ctx["queue"])


async def open_worker(ctx: Context, *, settings: Settings, queue: Queue) -> None:
    """Open what jobs work with; the general worker begins to receive messages and to sweep, too."""
    configure_logging(settings.service.log_level, settings.service.log_format)
    opened = ctx["opened"] = AsyncExitStack()
    running = await opened.enter_async_context(open_runner(settings, with_engine=queue is Queue.WHISPER))
    tools = running.tools
    ctx["queue"], ctx["units"], ctx["runner"] = queue, tools.units, running.runner
    if queue is Queue.WORK:
        for duty in _duties(settings, tools.units, tools.store.clients):
            opened.push_async_callback(end, asyncio.create_task(duty))


def _duties(settings: Settings, units: Units, clients: Clients) -> Iterator[Coroutine[None, None, None]]:
    """Give what a general worker does beside its jobs, for as long as it runs."""
    answers = partial(database_answers, units)
    yield sweep_regularly(units, settings)
    yield consume(clients.sqs, settings.aws.uploads_queue_url, partial(take_in_s3_event, units), answers)
    if settings.aws.transcribe_events_queue_url:
        yield consume(clients.sqs, settings.aws.transcribe_events_queue_url, partial(take_in_job_event, units), answers)


async def close_worker(ctx: Context) -> None:
    """Stop receiving and close what was opened."""
    opened: AsyncExitStack = ctx["opened"]
    await opened.aclose()


async def end(duty: asyncio.Task[None]) -> None:
    """Cancel a duty until it has ended.

    Once may not do: a cancellation that meets the end of a `wait_for` in some library is swallowed there before Python
    3.12 (https://github.com/python/cpython/issues/81839), and the duty would go on and keep the worker from ending.
    """
    while not duty.done():
        duty.cancel()
        await asyncio.wait({duty}, timeout=CANCEL_SECONDS)


def _worker(settings: Settings, queue: Queue, *, max_jobs: int) -> ArqSettings:
    return ArqSettings(
        queue_name=queue.value,
        health_check_key=queue.sign_of_life,
        functions=[func(look, name=JOB, keep_result=0, timeout=LONGEST_JOB)],
        redis_pool=make_patient(settings.valkey),
        on_startup=partial(open_worker, settings=settings, queue=queue),
        on_shutdown=close_worker,
        max_jobs=max_jobs,
        job_completion_wait=settings.work.shutdown_seconds,
    )


def __getattr__(name: str) -> ArqSettings:
    """Make a worker's settings when arq asks for them, so that importing reads no environment (PEP 562)."""
    if name == "WorkerSettings":
        settings = get_settings()
        return _worker(settings, Queue.WORK, max_jobs=settings.work.concurrency)
    if name == "WhisperWorkerSettings":
        return _worker(get_settings(), Queue.WHISPER, max_jobs=1)
    raise AttributeError(name)
