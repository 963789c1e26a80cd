"""All that is tried for a process, and trying it."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self

import httpx
from aiobotocore.config import AioConfig

from server.aws.clients import HASTY, Clients, open_clients
from server.checks import allowed, identity, machine, stores, wiring
from server.checks.findings import Finding, Subject, Trial, try_all
from server.checks.permissions import Service
from server.checks.refusals import CLOCK
from server.settings import Settings

ONE_ATTEMPT = HASTY.merge(AioConfig(retries={"mode": "standard", "total_max_attempts": 1}))
"""What fails is told, not tried again until it doesn't."""
TIMEOUT = httpx.Timeout(5.0)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What everything is tried with."""

    settings: Settings
    clients: Clients
    http: httpx.AsyncClient

    @classmethod
    @asynccontextmanager
    async def opened(cls, settings: Settings) -> AsyncIterator[Self]:
        """Open one for as long as the context lasts."""
        async with open_clients(settings.aws, ONE_ATTEMPT) as clients, httpx.AsyncClient(timeout=TIMEOUT) as http:
            yield cls(settings, clients, http)

    async def findings(self, services: Collection[Service], without: Collection[str] = ()) -> list[Finding]:
        """Try everything that these processes need, but what is about the things that are named."""
        return await try_all(trial for trial in self.trials(services) if trial.subject.about not in without)

    def trials(self, services: Collection[Service]) -> Iterator[Trial]:
        """Give every trial once, whichever processes need it."""
        settings, clients, http = self.settings, self.clients, self.http
        yield from stores.trials(settings.database, settings.valkey)
        yield Trial(CLOCK, partial(wiring.agrees, clients, http))
        yield from allowed.trials(services, settings, clients)
        for service in services:
            yield from wiring.trials(service, settings, clients, http)
        if Service.API in services:
            yield from identity.trials(settings.auth, clients, http)
        yield from _once(trial for service in services for trial in machine.trials(service, settings))


def _once(trials: Iterable[Trial]) -> Iterable[Trial]:
    by_subject: dict[Subject, Trial] = {}
    for trial in trials:
        by_subject.setdefault(trial.subject, trial)
    return by_subject.values()
