"""What is counted, and under which names: the only list of the durable counters.

Names and units follow https://prometheus.io/docs/practices/naming/.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

BUCKET_LABEL = "le"
"""Prometheus's name for the upper end of a histogram's bucket."""
BOUNDS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0)
"""In seconds: from a wake-up call's way to hours of speech."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount to be added to one counter."""

    name: str
    labels: Mapping[str, str]
    amount: float


@dataclass(frozen=True, slots=True)
class Counter:
    """Something that only grows; every label takes few values, for each set of them is a row."""

    name: str
    help: str
    labels: tuple[str, ...]

    def add(self, amount: float = 1.0, **labels: str) -> Entry:
        """Count `amount` more.

        Raises:
            ValueError: the labels are not those of this counter.
        """
        return Entry(self.name, _checked(self.labels, labels), amount)


@dataclass(frozen=True, slots=True)
class Histogram:
    """How long something takes: how often it ended within each bound, in seconds, and how long it took in all."""

    name: str
    help: str
    labels: tuple[str, ...]
    bounds: tuple[float, ...]

    @property
    def bucket(self) -> str:
        """The name of the rows that count, each one what lies between two bounds."""
        return f"{self.name}_bucket"

    @property
    def sum(self) -> str:
        """The name of the rows that add the seconds up."""
        return f"{self.name}_sum"

    @property
    def steps(self) -> tuple[str, ...]:
        """The upper ends of the buckets, as Prometheus writes them."""
        return (*map(str, self.bounds), "+Inf")

    def observe(self, seconds: float, **labels: str) -> tuple[Entry, Entry]:
        """Count one that took so long.

        Raises:
            ValueError: the labels are not those of this histogram.
        """
        known = _checked(self.labels, labels)
        step = self.steps[bisect_left(self.bounds, seconds)]
        return Entry(self.bucket, {**known, BUCKET_LABEL: step}, 1.0), Entry(self.sum, known, seconds)


def _checked(names: tuple[str, ...], labels: Mapping[str, str]) -> dict[str, str]:
    if set(labels) != set(names):
        raise ValueError(f"the labels are {', '.join(names)}, not {', '.join(labels)}")
    return {name: str(labels[name]) for name in names}


TASKS_ENDED = Counter("lectern_tasks_ended", "Tasks that came to their end, by how: done or failed.", ("kind", "state"))
FAILURES = Counter("lectern_failures", "Tasks that failed for good, by the reason's code.", ("kind", "code"))
SPEECH_SECONDS = Counter("lectern_speech_seconds", "Seconds of sound that were transcribed.", ("engine", "model"))
STAGE_SECONDS = Histogram(
    "lectern_stage_seconds",
    "How long one attempt at a task took, by its outcome.",
    ("kind", "outcome"),
    BOUNDS,
)
WAIT_SECONDS = Histogram(
    "lectern_task_wait_seconds",
    "How long a task had been due when a worker took it.",
    ("kind",),
    BOUNDS,
)
MESSAGE_AGE_SECONDS = Histogram(
    "lectern_message_age_seconds",
    "How old a message was when it was received.",
    ("queue",),
    BOUNDS,
)

COUNTERS = (TASKS_ENDED, FAILURES, SPEECH_SECONDS)
HISTOGRAMS = (STAGE_SECONDS, WAIT_SECONDS, MESSAGE_AGE_SECONDS)
