"""What a worker tells of the work that waits."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
import structlog
from structlog.testing import capture_logs

from server.tasks import service
from server.tasks.models import Kind
from server.tasks.queues import Queue
from server.unit_of_work import UnitOfWork, Units
from server.worker import backlog


async def add(work: UnitOfWork, *, since: timedelta) -> None:
    """Add a recording to be listened to that has been due for so long."""
    await service.add(work, Kind.TRANSCRIBE, uuid4(), owner_id=uuid4(), queue=Queue.WHISPER, delay=-since)


async def test_every_queue_is_told_of(units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each queue has the age of its oldest due task and how many are open; what comes later isn't told."""
    async with units.begin() as work:
        for minutes in (2, 5, -60):
            await add(work, since=timedelta(minutes=minutes))
    with capture_logs() as lines:
        monkeypatch.setattr(backlog, "log", structlog.get_logger())
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            telling = group.create_task(backlog.tell_backlog(units))
            while len(lines) < len(Queue):
                await asyncio.sleep(0.01)
            telling.cancel()
    assert {line["event"] for line in lines} == {backlog.LINE}
    told = {line["queue"]: line for line in lines}
    assert told[Queue.WHISPER]["oldest_due_seconds"] == pytest.approx(300, abs=5)
    assert told[Queue.WHISPER]["open"] == 2
    assert (told[Queue.WORK]["oldest_due_seconds"], told[Queue.WORK]["open"]) == (0, 0)
