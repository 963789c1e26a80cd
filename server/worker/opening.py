"""Opening what stages work with."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from server.aws.clients import Clients, open_clients
from server.aws.store import Store
from server.aws.transfers import Transfers
from server.db.sessions import open_sessions
from server.ffmpeg.binary import find_ffmpeg
from server.pipeline.disk import open_disk
from server.pipeline.stages import stages
from server.pipeline.tools import Tools
from server.settings import MEGABYTE, Settings
from server.tasks.runner import Runner
from server.transcription.engines.amazon import AmazonTranscribe
from server.transcription.engines.whisper import open_engine
from server.transcription.offer import Offer
from server.unit_of_work import Units
from server.valkey.connection import open_valkey
from server.webhooks.courier import open_courier


@dataclass(frozen=True, slots=True)
class Opened:
    """What does tasks, and what it does them with."""

    tools: Tools
    runner: Runner


@asynccontextmanager
async def open_runner(settings: Settings, *, with_engine: bool = False) -> AsyncIterator[Opened]:
    """Open everything for as long as the context lasts; a speech model only where it is asked for."""
    async with AsyncExitStack() as opened:
        sessions = await opened.enter_async_context(open_sessions(settings.database))
        valkey = await opened.enter_async_context(open_valkey(settings.valkey))
        clients = await opened.enter_async_context(open_clients(settings.aws))
        units = Units(sessions, valkey)
        tools = await _open_tools(opened, settings, units, clients, with_engine=with_engine)
        lease = timedelta(seconds=settings.work.lease_seconds)
        yield Opened(tools, Runner(units, stages(tools), lease, settings.work.max_attempts))


async def _open_tools(
    opened: AsyncExitStack, settings: Settings, units: Units, clients: Clients, *, with_engine: bool
) -> Tools:
    ffmpeg = find_ffmpeg(settings.work.ffmpeg)
    store = Store(clients)
    most = settings.work.disk_mb * MEGABYTE if settings.work.disk_mb else None
    stall_s = settings.work.stall_seconds
    engine = open_engine(settings.whisper, ffmpeg, os.environ, stall_s=stall_s) if with_engine else None
    return Tools(
        units=units,
        store=store,
        transfers=Transfers(clients),
        settings=settings,
        ffmpeg=ffmpeg,
        disk=opened.enter_context(open_disk(settings.work.folder, most)),
        offer=Offer.of(settings, os.environ),
        amazon=AmazonTranscribe(clients, store),
        courier=await opened.enter_async_context(open_courier(settings, clients)),
        engine=await opened.enter_async_context(engine) if engine else None,
    )
