"""The only task list: what each kind of worker runs, as arq wants to be told.

`arq server.worker.settings.WorkerSettings` does everything but speech recognition;
`WhisperWorkerSettings` does that, one recording at a time on one model.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from arq import func
from arq.connections import ArqRedis
from arq.worker import Function, Worker

from server.configuration.reading import stopping
from server.dispatch.wake import JOB
from server.ffmpeg.binary import FfmpegMissing, find_ffmpeg
from server.observability.logging import configure_logging
from server.pipeline.tools import Tools
from server.settings import Settings, start_settings
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.offer import Offer
from server.valkey.connection import deserialize, make_patient, serialize
from server.worker.backlog import tell_backlog
from server.worker.consumers import (
    database_answers,
    take_in_job_event,
    take_in_mail_event,
    take_in_preprocessing,
    take_in_s3_event,
)
from server.worker.liveness import show_life
from server.worker.opening import open_runner
from server.worker.sqs import consume, consume_long
from server.worker.sweeper import sweep_regularly

log = structlog.get_logger(__name__)

Context = dict[str, Any]

LONGEST_JOB = timedelta(hours=25)
"""Above every stage's own limit: arq must not be the one that ends a job."""
POLL_SECONDS = 0.05
BESIDE_POLL_SECONDS = 0.25
"""Messages and pictures are not waited for as texts are, and each look costs."""
BESIDE_PAUSE_SECONDS = 1.0
BESIDE_FINISH_SECONDS = 2.0
"""How long a worker that is about to end waits for answers to what it has sent, and for pictures."""
CANCEL_SECONDS = 0.5
HIDDEN_SECONDS = 300
"""For how long nobody else sees a recording that is being prepared, once its worker is dead; as the queue has it."""


@dataclass(frozen=True)
class ArqSettings:
    """What arq reads of a worker's settings; the names are arq's."""

    queue_name: str
    health_check_key: str
    functions: list[Function]
    redis_pool: ArqRedis
    on_startup: Callable[[Context], Awaitable[None]] | None
    on_shutdown: Callable[[Context], Awaitable[None]] | None
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
    with stopping(EngineUnavailable):  # a card or a model that is not here
        running = await opened.enter_async_context(open_runner(settings, with_engine=queue is Queue.WHISPER))
    tools = running.tools
    ctx["queue"], ctx["units"], ctx["runner"] = queue, tools.units, running.runner
    showing = show_life(settings.work.folder, queue.name.lower())
    opened.push_async_callback(end, asyncio.create_task(showing))
    if queue is Queue.WORK:
        for beside in (Queue.SENDING, Queue.PICTURES):
            await opened.enter_async_context(serving(settings, running.runner, beside))
        for duty in _duties(settings, tools):
            opened.push_async_callback(end, asyncio.create_task(duty))


class _Beside(Worker):
    """One of arq's that may begin anew after it broke off."""

    async def start_jobs(self, job_ids: list[bytes]) -> None:
        """Begin jobs. One that Valkey dies upon has been counted by then; arq would keep its place for ever."""
        try:
            await super().start_jobs(job_ids)
        except Exception:
            self._release_sem_dec_counter_on_complete()
            raise


@asynccontextmanager
async def serving(settings: Settings, runner: Runner, queue: Queue) -> AsyncIterator[None]:
    """Do beside all else, for as long as the context lasts, what must not hold up other work: messages, or pictures."""
    offered = _worker(settings, queue, max_jobs=_most_beside(settings, queue), opens=False)
    offered = replace(offered, poll_delay=BESIDE_POLL_SECONDS)
    arq = _Beside(**vars(offered), handle_signals=False, ctx={"queue": queue, "runner": runner})
    served = asyncio.create_task(_serve(arq))
    try:
        yield
    finally:
        arq.allow_pick_jobs = False
        if under_way := list(arq.tasks.values()):  # what is cut short is sent twice, or made from the beginning
            await asyncio.wait(under_way, timeout=min(BESIDE_FINISH_SECONDS, settings.work.shutdown_seconds))
        await end(served)
        # It hands back what is not done; a job that had hardly begun makes it fail, as if it were itself cancelled.
        await asyncio.wait({asyncio.create_task(arq.close())})


def _most_beside(settings: Settings, queue: Queue) -> int:
    return settings.work.pictures_concurrency if queue is Queue.PICTURES else settings.work.sending_concurrency


async def _serve(arq: Worker) -> None:
    """Have calls taken, until cancelled; an answer of Valkey's that ends arq's own loop must not end the serving."""
    while True:
        try:
            await arq.async_run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker lives on, and its messages must go out
            log.warning("serving broke off, beginning anew", queue=arq.queue_name, error=str(error))
        await asyncio.sleep(BESIDE_PAUSE_SECONDS)


def _duties(settings: Settings, tools: Tools) -> Iterator[Coroutine[None, None, None]]:
    """Give what a general worker does beside its jobs, for as long as it runs."""
    units, sqs = tools.units, tools.store.clients.sqs
    answers = partial(database_answers, units)
    yield sweep_regularly(units, settings)
    yield tell_backlog(units)
    yield consume(sqs, settings.aws.uploads_queue_url, partial(take_in_s3_event, units), answers)
    if settings.aws.transcribe_events_queue_url:
        yield consume(sqs, settings.aws.transcribe_events_queue_url, partial(take_in_job_event, units), answers)
    if settings.aws.mail_events_queue_url:
        yield consume(sqs, settings.aws.mail_events_queue_url, partial(take_in_mail_event, units), answers)
    if settings.aws.preprocessing_queue_url and settings.preprocessing.takes_messages:
        take = partial(take_in_preprocessing, tools)
        yield consume_long(sqs, settings.aws.preprocessing_queue_url, take, answers, hidden_seconds=HIDDEN_SECONDS)


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


def _worker(settings: Settings, queue: Queue, *, max_jobs: int, opens: bool = True) -> ArqSettings:
    return ArqSettings(
        queue_name=queue.value,
        health_check_key=queue.sign_of_life,
        functions=[func(look, name=JOB, keep_result=0, timeout=LONGEST_JOB)],
        redis_pool=make_patient(settings.valkey),
        on_startup=partial(open_worker, settings=settings, queue=queue) if opens else None,
        on_shutdown=close_worker if opens else None,
        max_jobs=max_jobs,
        job_completion_wait=settings.work.shutdown_seconds,
    )


def _start() -> Settings:
    """Return the settings, after a look at what they name on this machine."""
    settings = start_settings()
    with stopping(FfmpegMissing, EngineUnavailable):
        find_ffmpeg(settings.work.ffmpeg)
        Offer.of(settings, os.environ)
    return settings


def __getattr__(name: str) -> ArqSettings:
    """Make a worker's settings when arq asks for them, so that importing reads no environment (PEP 562)."""
    if name == "WorkerSettings":
        settings = _start()
        return _worker(settings, Queue.WORK, max_jobs=settings.work.concurrency)
    if name == "WhisperWorkerSettings":
        return _worker(_start(), Queue.WHISPER, max_jobs=1)
    raise AttributeError(name)
