"""One transaction, and what the world is told once it is committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

import structlog
from arq.connections import ArqRedis
from fastapi import Depends, Request
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.sessions import Sessions
from server.dispatch.wake import Wake, send
from server.valkey.broadcast import Event, publish

log = structlog.get_logger(__name__)

TELL_SECONDS = 2.0
"""A Valkey that hangs must not hold up whoever waits for the answer."""


class UnitOfWork:
    """A session and the news that depend on its commit."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.wakes: list[Wake] = []
        self.news: list[tuple[UUID, Event]] = []

    def wake(self, wake: Wake) -> None:
        """After the commit, call a worker."""
        self.wakes.append(wake)

    def publish(self, audience: UUID, event: Event) -> None:
        """After the commit, tell the open pages of `audience`."""
        self.news.append((audience, event))


class Units:
    """Makes units of work over one database and one Valkey."""

    def __init__(self, sessions: Sessions, valkey: ArqRedis) -> None:
        self._sessions = sessions
        self._valkey = valkey

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Open a transaction; commit when the block ends, roll back when it raises."""
        async with self._sessions() as session:
            work = UnitOfWork(session)
            yield work
            await session.commit()
        await self._tell(work)

    async def _tell(self, work: UnitOfWork) -> None:
        # What is committed stays true whether or not Valkey hears of it: the sweeper
        # calls for tasks again, and pages ask anew when they reconnect.
        try:
            async with asyncio.timeout(TELL_SECONDS):
                for wake in work.wakes:
                    await send(self._valkey, wake)
                for audience, event in work.news:
                    await publish(self._valkey, audience, event)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("valkey unreachable, the sweeper will call", error=str(error))


def get_units(request: Request) -> Units:
    """Return the application's maker of units of work."""
    units: Units = request.app.state.units
    return units


async def get_work(units: Annotated[Units, Depends(get_units)]) -> AsyncIterator[UnitOfWork]:
    """Give a request its transaction; it is committed before the response is sent."""
    async with units.begin() as work:
        yield work


Work = Annotated[UnitOfWork, Depends(get_work, scope="function")]
