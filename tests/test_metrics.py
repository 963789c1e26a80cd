"""What Prometheus reads."""

from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families as untyped_parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from server.admin.message_queues import MessageQueues
from server.aws.clients import Clients
from server.aws.queues import Queues
from server.metrics import Metrics
from server.settings import Settings
from server.tallies import service as tallies
from server.tallies.measures import FAILURES, MESSAGE_AGE_SECONDS, SPEECH_SECONDS, STAGE_SECONDS
from server.tasks.models import Kind, Task
from server.tasks.queues import Queue
from server.unit_of_work import Units
from tests.swapping import instead

parse_openmetrics: Callable[[str], Iterable[Metric]] = untyped_parse_openmetrics
Read = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def messages(clients: Clients, settings: Settings) -> MessageQueues:
    """The queues of the local AWS."""
    return MessageQueues.named(Queues(clients), settings.aws)


@pytest.fixture
async def root(
    http: httpx.AsyncClient, running_app: FastAPI, units: Units, messages: MessageQueues
) -> AsyncIterator[httpx.AsyncClient]:
    """A client outside the API's prefix; nothing is kept from the test before."""
    http.base_url = httpx.URL("http://lectern.test")
    with instead(running_app, metrics=Metrics(units, messages)):
        yield http


async def read(root: httpx.AsyncClient) -> Read:
    """Read the metrics as Prometheus does."""
    answer = await root.get("/metrics")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    families = parse(answer.text)
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def of(values: Read, name: str, **labels: str) -> float:
    """Return one sample."""
    return values[name, frozenset(labels.items())]


async def test_counters_and_times(root: httpx.AsyncClient, units: Units) -> None:
    """What any process has counted is told: sums by label, and times in buckets that contain one another."""
    async with units.begin() as work:
        await tallies.add(
            work,
            SPEECH_SECONDS.add(12.5, engine="whisper", model="tiny.en"),
            FAILURES.add(kind="intake", code="not_media"),
            *STAGE_SECONDS.observe(0.2, kind="intake", outcome="done"),
            *STAGE_SECONDS.observe(2.0, kind="intake", outcome="done"),
            *STAGE_SECONDS.observe(99_999.0, kind="intake", outcome="done"),
            *MESSAGE_AGE_SECONDS.observe(0.01, queue="uploads"),
        )
    values = await read(root)
    assert of(values, "lectern_speech_seconds_total", engine="whisper", model="tiny.en") == 12.5
    assert of(values, "lectern_failures_total", kind="intake", code="not_media") == 1
    labels = {"kind": "intake", "outcome": "done"}
    below = [of(values, "lectern_stage_seconds_bucket", **labels, le=le) for le in ("0.1", "0.3", "3.0", "+Inf")]
    assert below == [0, 1, 2, 3]
    assert of(values, "lectern_stage_seconds_count", **labels) == 3
    assert of(values, "lectern_stage_seconds_sum", **labels) == pytest.approx(100_001.2)
    assert of(values, "lectern_message_age_seconds_bucket", queue="uploads", le="0.1") == 1


async def test_tasks_and_messages_that_wait(
    root: httpx.AsyncClient, units: Units, messages: MessageQueues, clients: Clients
) -> None:
    """How much waits, and for how long, in our own queues, in SQS and among the dead letters."""
    dead = await messages.queues.dead_letters(messages.urls["uploads"])
    assert dead is not None
    await clients.sqs.send_message(QueueUrl=dead, MessageBody="poison")
    due = datetime.now(UTC) - timedelta(seconds=60)
    async with units.begin() as work:
        work.session.add(Task(kind=Kind.ERASE, queue=Queue.WORK, subject_id=uuid4(), owner_id=uuid4(), run_after=due))
    values = await read(root)
    await messages.purge("uploads")
    erasing = {"queue": "lectern:work", "kind": "erase"}
    assert of(values, "lectern_tasks", **erasing, phase="due") == 1
    assert of(values, "lectern_task_oldest_due_seconds", **erasing) == pytest.approx(60, abs=5)
    assert of(values, "lectern_queue_messages", queue="uploads", state="dead_letters") == 1
    assert of(values, "lectern_queue_messages", queue="transcribe-events", state="waiting") >= 0
    assert 0 <= of(values, "lectern_dead_letter_oldest_seconds", queue="uploads") < 5
    assert [of(values, "lectern_up", part=part) for part in ("postgres", "sqs")] == [1, 1]


async def test_openmetrics_for_those_who_ask(root: httpx.AsyncClient) -> None:
    """A reader that prefers OpenMetrics gets it."""
    answer = await root.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    odd = await root.get("/metrics", headers={"Accept": "application/openmetrics-text; version=abc"})
    assert (odd.status_code, odd.headers["content-type"].partition(";")[0]) == (200, "text/plain")
    assert "lectern_up" in {family.name for family in parse_openmetrics(answer.text)}


async def test_what_is_away_is_said_and_the_rest_is_told(
    root: httpx.AsyncClient, running_app: FastAPI, units: Units, messages: MessageQueues
) -> None:
    """Without SQS or Postgres the other's metrics are there, and which is missing."""
    gone = MessageQueues(messages.queues, {"uploads": messages.urls["uploads"] + "-gone"})
    with instead(running_app, metrics=Metrics(units, gone)):
        values = await read(root)
    assert [of(values, "lectern_up", part=part) for part in ("postgres", "sqs")] == [1, 0]
    nowhere = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    without = Units(async_sessionmaker(nowhere), running_app.state.valkey)
    with instead(running_app, metrics=Metrics(without, messages)):
        values = await read(root)
    assert [of(values, "lectern_up", part=part) for part in ("postgres", "sqs")] == [0, 1]
    assert of(values, "lectern_queue_messages", queue="uploads", state="dead_letters") == 0


async def test_readers_share_an_answer(root: httpx.AsyncClient, units: Units) -> None:
    """For some seconds the same answer is given, so that readers are no burden."""
    before = (await root.get("/metrics")).content
    async with units.begin() as work:
        await tallies.add(work, FAILURES.add(kind="intake", code="not_media"))
    assert (await root.get("/metrics")).content == before


async def test_token_where_one_is_set(root: httpx.AsyncClient, running_app: FastAPI, settings: Settings) -> None:
    """With a token set, only who brings it may read."""
    guarded = settings.model_copy(deep=True)
    guarded.service.metrics_token = SecretStr("s3cret")
    with instead(running_app, settings=guarded):
        for given in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic s3cret"}):
            refused = await root.get("/metrics", headers=given)
            assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
        assert (await root.get("/metrics", headers={"Authorization": "Bearer s3cret"})).status_code == 200
