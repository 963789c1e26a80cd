"""What a worker does beside its jobs, and how that ends."""

import asyncio
from uuid import uuid4

import pytest
from arq.connections import ArqRedis
from redis.asyncio.client import Pipeline

from server.dispatch.wake import Wake, send
from server.settings import Settings
from server.tasks.queues import Queue
from server.worker.settings import end, serving


@pytest.mark.parametrize("swallowed", [0, 1, 2])
async def test_duty_ends_though_a_library_swallows_its_cancellation(swallowed: int) -> None:
    """However often the news of its end is lost on the way, it is told again."""
    lost = 0

    async def work() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
                if lost > swallowed:
                    raise

    duty = asyncio.create_task(work())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await end(duty)
    assert duty.cancelled()
    assert lost == swallowed + 1


async def test_duty_that_has_failed_has_ended() -> None:
    """A worker ends all the same."""

    async def fail() -> None:
        raise RuntimeError("by accident")

    duty = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await end(duty)
    assert duty.exception()


class SlowReceivers:
    """In the place of a runner: all those that are sent to take their time."""

    def __init__(self, expected: int) -> None:
        self.waiting = 0
        self.ended = 0
        self.expected = expected
        self.all_wait = asyncio.Event()

    async def run_next(self, queue: Queue) -> bool:
        """Wait for ever."""
        assert queue is Queue.SENDING
        self.waiting += 1
        if self.waiting == self.expected:
            self.all_wait.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended += 1
        return True


@pytest.mark.filterwarnings("ignore:Call to deprecated close:DeprecationWarning")  # arq's own
async def test_slow_receivers_are_waited_for_side_by_side(settings: Settings, valkey: ArqRedis) -> None:
    """One that takes its time holds up no other, and a worker that is told to go lets go of all."""
    slow = SlowReceivers(settings.work.sending_concurrency)
    hasty = settings.model_copy(update={"work": settings.work.model_copy(update={"shutdown_seconds": 0})})
    async with serving(hasty, slow, Queue.SENDING), asyncio.timeout(20):  # type: ignore[arg-type] # of a runner it needs this much
        for _ in range(slow.expected):
            await send(valkey, Wake(Queue.SENDING, uuid4(), attempt=0))
        await slow.all_wait.wait()
    assert slow.ended == slow.expected


class QuickReceiver:
    """In the place of a runner: one that answers soon."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.answered = False

    async def run_next(self, _: Queue) -> bool:
        """Wait a moment."""
        self.begun.set()
        await asyncio.sleep(0.2)
        self.answered = True
        return True


@pytest.mark.filterwarnings("ignore:Call to deprecated close:DeprecationWarning")  # arq's own
async def test_sending_outlives_what_valkey_refuses(
    settings: Settings, valkey: ArqRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that arq's own loop ends at is not the end of the sending; and what is sent as it ends is not cut."""
    monkeypatch.setattr("server.worker.settings.BESIDE_PAUSE_SECONDS", 0.05)
    quick = QuickReceiver()
    await valkey.set(Queue.SENDING.value, "no queue")
    async with serving(settings, quick, Queue.SENDING), asyncio.timeout(10):  # type: ignore[arg-type] # of a runner it needs this much
        await asyncio.sleep(0.2)
        await valkey.delete(Queue.SENDING.value)
        await send(valkey, Wake(Queue.SENDING, uuid4(), attempt=0))
        await quick.begun.wait()
    assert quick.answered


@pytest.mark.filterwarnings("ignore:Call to deprecated close:DeprecationWarning")  # arq's own
async def test_place_of_a_job_that_valkey_dies_upon_is_free_again(
    settings: Settings, valkey: ArqRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that is lost between two looks at a job doesn't cost the only place there is for pictures."""
    monkeypatch.setattr("server.worker.settings.BESIDE_PAUSE_SECONDS", 0.05)
    watch = Pipeline.watch

    async def watch_and_die(pipe: Pipeline, *names: str) -> None:
        monkeypatch.setattr(Pipeline, "watch", watch)
        await watch(pipe, *names)
        await valkey.client_kill_filter(_id=str(await pipe.client_id()))

    await send(valkey, Wake(Queue.PICTURES, uuid4(), attempt=0))
    monkeypatch.setattr(Pipeline, "watch", watch_and_die)
    quick = QuickReceiver()
    async with serving(settings, quick, Queue.PICTURES), asyncio.timeout(10):  # type: ignore[arg-type] # of a runner it needs this much
        await quick.begun.wait()
    assert quick.answered
