"""What Prometheus reads: one answer for all processes, from Postgres and SQS."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.admin import families
from server.admin.message_queues import MessageQueues
from server.auth.dependencies import bearer
from server.auth.problems import Unauthenticated
from server.problems import problems
from server.unit_of_work import Units

log = structlog.get_logger(__name__)

router = APIRouter(tags=["health"])

FRESH_SECONDS = 5.0
"""However many ask and however often, the services are asked no more than this."""
ANSWER_SECONDS = 3.0


class Metrics:
    """Gathers the metrics, and keeps them for five seconds; what doesn't answer is left out and said to be down."""

    def __init__(self, units: Units, messages: MessageQueues) -> None:
        self._parts: dict[str, Callable[[], Awaitable[list[Metric]]]] = {
            "postgres": lambda: families.of_tasks(units),
            "sqs": lambda: families.of_messages(messages),
        }
        self._lock = asyncio.Lock()
        self._kept: list[Metric] = []
        self._good_until = 0.0

    async def gather(self) -> list[Metric]:
        """Return every metric family."""
        async with self._lock:  # many at once, one question
            if time.monotonic() >= self._good_until:
                self._kept = await self._ask()
                self._good_until = time.monotonic() + FRESH_SECONDS
            return self._kept

    async def _ask(self) -> list[Metric]:
        async with asyncio.TaskGroup() as group:
            asked = {name: group.create_task(_answer(name, part)) for name, part in self._parts.items()}
        answers = {name: task.result() for name, task in asked.items()}
        up = GaugeMetricFamily("lectern_up", "Whether what the metrics come from answered.", labels=["part"])
        for name, answer in answers.items():
            up.add_metric([name], float(answer is not None))
        return [up, *(family for answer in answers.values() for family in answer or ())]


async def _answer(name: str, part: Callable[[], Awaitable[list[Metric]]]) -> list[Metric] | None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await part()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, it is down
        log.warning("no metrics", part=name, error=repr(error))
        return None


class _Gathered(Collector):
    def __init__(self, gathered: list[Metric]) -> None:
        self._gathered = gathered

    def collect(self) -> Iterable[Metric]:
        return self._gathered


def get_metrics(request: Request) -> Metrics:
    """Return the application's metrics."""
    metrics: Metrics = request.app.state.metrics
    return metrics


def check_token(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Let nobody through who lacks the token, where one is set.

    Raises:
        Unauthenticated: the token is missing or wrong.
    """
    wanted = request.app.state.settings.service.metrics_token
    if wanted is None:
        return
    given = credentials.credentials if credentials is not None else ""
    if not secrets.compare_digest(given.encode(), wanted.get_secret_value().encode()):
        raise Unauthenticated("The metrics need their own bearer token, the one in METRICS_TOKEN.")


@router.get(
    "/metrics", dependencies=[Depends(check_token)], responses=problems(Unauthenticated), response_class=Response
)
async def show_metrics(request: Request, metrics: Annotated[Metrics, Depends(get_metrics)]) -> Response:
    """Tell how everything fares, in Prometheus's text format or in OpenMetrics."""
    encode, content_type = _choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(_Gathered(await metrics.gather())), headers={"Content-Type": content_type})


def _choose_encoder(accept: str) -> tuple[Callable[[Collector], bytes], str]:
    try:
        return choose_encoder(accept)
    except (TypeError, ValueError):  # a version that is no number
        return choose_encoder("")
