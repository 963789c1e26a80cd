"""The only task list: what each kind of worker runs, as arq wants to be told.

`arq server.worker.settings.WorkerSettings` does everything but speech recognition;
`WhisperWorkerSettings` does that, one recording at a time on one model.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from arq import func
from arq.connections import RedisSettings
from arq.worker import Function

from server.aws.clients import open_clients
from server.aws.store import Store
from server.db.sessions import open_sessions
from server.dispatch.wake import JOB
from server.ffmpeg.binary import find_ffmpeg
from server.observability.logging import configure_logging
from server.pipeline.stages import stages
from server.pipeline.tools import Tools
from server.settings import Settings, Whisper, get_settings
from server.tasks.queues import Queue
from server.tasks.runner import Runner
from server.transcription.engines.speech_model import choose_model
from server.transcription.engines.whisper import WhisperEngine
from server.transcription.engines.whisper_process import Setup
from server.unit_of_work import Units
from server.valkey.connection import arq_address, deserialize, open_valkey, serialize
from server.worker.consumers import database_answers, take_in_s3_event
from server.worker.sqs import consume
from server.worker.sweeper import sweep_regularly

Context = dict[str, Any]

LONGEST_JOB = timedelta(hours=25)
"""Above every stage's own limit: arq must not be the one that ends a job."""
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class ArqSettings:
    """What arq reads of a worker's settings; the names are arq's."""

    queue_name: str
    health_check_key: str
    functions: list[Function]
    redis_settings: RedisSettings
    on_startup: Callable[[Context], Awaitable[None]]
    on_shutdown: Callable[[Context], Awaitable[None]]
    max_jobs: int
    job_serializer: Callable[[Context], bytes] = serialize
    job_deserializer: Callable[[bytes], Context] = deserialize
    poll_delay: float = POLL_SECONDS
    keep_result: int = 0  # an id is refused while its result is kept
    health_check_interval: int = 30


async def look(ctx: Context, task_id: str) -> None:
    """Look at one task and do it if it is due."""
    runner: Runner = ctx["runner"]
    await runner.run(UUID(task_id))


async def open_worker(ctx: Context, *, settings: Settings, with_engine: bool) -> None:
    """Open what jobs work with; the general worker begins to receive messages and to sweep, too."""
    configure_logging(settings.service.log_level, settings.service.log_format)
    opened = ctx["opened"] = AsyncExitStack()
    sessions = await opened.enter_async_context(open_sessions(settings.database))
    valkey = await opened.enter_async_context(open_valkey(settings.valkey))
    clients = await opened.enter_async_context(open_clients(settings.aws))
    ffmpeg = find_ffmpeg(settings.work.ffmpeg)
    engine = await opened.enter_async_context(_whisper(settings.whisper, ffmpeg)) if with_engine else None
    units = ctx["units"] = Units(sessions, valkey)
    tools = Tools(units, Store(clients), settings, ffmpeg, engine)
    lease = timedelta(seconds=settings.work.lease_seconds)
    ctx["runner"] = Runner(units, stages(tools), lease, settings.work.max_attempts)
    if not with_engine:
        receiving = consume(
            clients.sqs,
            settings.aws.uploads_queue_url,
            partial(take_in_s3_event, units),
            partial(database_answers, units),
        )
        for duty in (receiving, sweep_regularly(units, valkey, settings.work.sweep_seconds)):
            opened.push_async_callback(_end, asyncio.create_task(duty))


async def close_worker(ctx: Context) -> None:
    """Stop receiving and close what was opened."""
    opened: AsyncExitStack = ctx["opened"]
    await opened.aclose()


def _whisper(settings: Whisper, ffmpeg: Path) -> WhisperEngine:
    return WhisperEngine(Setup(model=choose_model(settings.model), ffmpeg=ffmpeg, threads=settings.threads))


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _worker(settings: Settings, queue: Queue, *, max_jobs: int, with_engine: bool) -> ArqSettings:
    return ArqSettings(
        queue_name=queue.value,
        health_check_key=queue.sign_of_life,
        functions=[func(look, name=JOB, keep_result=0, timeout=LONGEST_JOB)],
        redis_settings=arq_address(settings.valkey),
        on_startup=partial(open_worker, settings=settings, with_engine=with_engine),
        on_shutdown=close_worker,
        max_jobs=max_jobs,
    )


def __getattr__(name: str) -> ArqSettings:
    """Make a worker's settings when arq asks for them, so that importing reads no environment (PEP 562)."""
    if name == "WorkerSettings":
        settings = get_settings()
        return _worker(settings, Queue.WORK, max_jobs=settings.work.concurrency, with_engine=False)
    if name == "WhisperWorkerSettings":
        return _worker(get_settings(), Queue.WHISPER, max_jobs=1, with_engine=True)
    raise AttributeError(name)
