"""Queues, tasks and counters as Prometheus's metric families."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from server.admin import tasks
from server.admin.message_queues import MessageQueues
from server.admin.tasks import OpenTasks, Phase
from server.tallies import service as tallies
from server.tallies.measures import BUCKET_LABEL, COUNTERS, HISTOGRAMS, Counter, Entry, Histogram
from server.unit_of_work import Units

PEEKED = 10
"""Dead letters that are looked at for the oldest; SQS has no number for their age."""


async def of_tasks(units: Units) -> list[Metric]:
    """Tell of the open tasks, and of all that was ever counted."""
    async with units.begin() as work:
        counted = await tasks.count_open(work)
        entries = await tallies.read(work)
    return [
        *_open_tasks(counted),
        *(_counter(one, entries) for one in COUNTERS),
        *(_histogram(one, entries) for one in HISTOGRAMS),
    ]


async def of_messages(messages: MessageQueues) -> list[Metric]:
    """Tell of the SQS queues and their dead letters."""
    depth = GaugeMetricFamily("lectern_queue_messages", "Messages in SQS, by state.", labels=["queue", "state"])
    age = GaugeMetricFamily(
        "lectern_dead_letter_oldest_seconds", "The age of the oldest dead letter seen.", labels=["queue"]
    )
    for queue in await messages.show():
        for state in ("waiting", "in_flight", "delayed", "dead_letters"):
            depth.add_metric([queue.name, state], getattr(queue, state) or 0)
        if queue.dead_letters:
            seen = (await messages.dead_letters(queue.name, PEEKED)).items
            sent = min((letter.sent_at for letter in seen), default=datetime.now(UTC))
            age.add_metric([queue.name], (datetime.now(UTC) - sent).total_seconds())
    return [depth, age]


def _open_tasks(counted: Sequence[OpenTasks]) -> tuple[Metric, Metric]:
    count = GaugeMetricFamily(
        "lectern_tasks", "Tasks that have not ended, by phase.", labels=["queue", "kind", "phase"]
    )
    age = GaugeMetricFamily(
        "lectern_task_oldest_due_seconds",
        "For how long the oldest task that waits for a worker has been due.",
        labels=["queue", "kind"],
    )
    for one in counted:
        count.add_metric([one.queue, one.kind, one.phase], one.count)
        if one.phase is Phase.DUE:
            age.add_metric([one.queue, one.kind], one.waited)
    return count, age


def _counter(counter: Counter, entries: Sequence[Entry]) -> Metric:
    family = CounterMetricFamily(counter.name, counter.help, labels=counter.labels)
    for entry in entries:
        if entry.name == counter.name:
            family.add_metric([entry.labels.get(name, "") for name in counter.labels], entry.amount)
    return family


def _histogram(histogram: Histogram, entries: Sequence[Entry]) -> Metric:
    family = HistogramMetricFamily(histogram.name, histogram.help, labels=histogram.labels)
    sums: dict[tuple[str, ...], float] = {}
    counts: defaultdict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for entry in entries:
        if entry.name in {histogram.bucket, histogram.sum}:
            labels = tuple(entry.labels.get(name, "") for name in histogram.labels)
            if entry.name == histogram.sum:
                sums[labels] = entry.amount
            else:
                counts[labels][entry.labels[BUCKET_LABEL]] = entry.amount
    for labels, total in sums.items():
        # We store what lies between two bounds; Prometheus wants what lies below each.
        below = accumulate(counts[labels].get(step, 0.0) for step in histogram.steps)
        family.add_metric(labels, list(zip(histogram.steps, below, strict=True)), total)
    return family
