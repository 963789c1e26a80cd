"""Sweeping now and then: what nobody was told of, or nobody heard."""

import asyncio

import structlog

from server.pipeline.repair import sweep
from server.settings import Settings
from server.unit_of_work import Units

log = structlog.get_logger(__name__)


async def sweep_regularly(units: Units, settings: Settings) -> None:
    """Sweep now and then, until cancelled.

    Not one of arq's cron jobs: those wait for a free place among the jobs, and a worker that has
    none is just the one whose neighbours may have died.
    """
    while True:
        try:
            async with units.begin() as work:
                await sweep(work, settings)
        except Exception as error:  # noqa: BLE001 - Postgres or Valkey being away for a while must not end the sweeping
            log.warning("sweep failed", error=str(error))
        await asyncio.sleep(settings.work.sweep_seconds)
