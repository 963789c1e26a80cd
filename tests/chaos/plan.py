"""What is sent, and what goes wrong when: all of it drawn from one seed."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from server.webhooks.kinds import Transport
from tests.chaos.clips import FORMS, ORDERS, Clip

Choice = TypeVar("Choice")


class Intent(StrEnum):
    """What its sender is up to with an upload."""

    SPEECH = "speech"
    NOISE = "noise"
    NOTES = "notes"
    ABORT = "abort"
    DELETE = "delete"
    ABANDON = "abandon"


class News(StrEnum):
    """How S3's news of an upload fares on its way."""

    ONCE = "once"
    TWICE = "twice"
    LATE = "late"
    LOST = "lost"


class Kind(StrEnum):
    """What can go wrong around us."""

    KILL_WORKER = "kill -9 of a worker"
    KILL_WHISPER = "kill -9 of a whisper worker"
    KILL_MODEL = "kill -9 of a whisper worker's model"
    STOP_WORKER = "worker told to go"
    STOP_WHISPER = "whisper worker told to go"
    PAUSE_WORKER = "worker paused past its lease"
    PAUSE_WHISPER = "whisper worker paused past its lease"
    RESTART_POSTGRES = "Postgres restarted"
    FLUSH_VALKEY = "Valkey flushed"
    RESTART_VALKEY = "Valkey restarted"
    FREEZE_AWS = "local AWS frozen"
    RESTART_AWS = "local AWS restarted"
    FFMPEG_KILLED = "ffmpeg killed"
    FFMPEG_DISK_FULL = "ffmpeg out of disk"
    FFMPEG_HANGS = "ffmpeg hangs"


@dataclass(frozen=True, slots=True)
class PlannedUpload:
    """One upload: whose, when it begins, what its sender does, and how the news of it fares.

    `completes` says that the sender tells the service of the last byte; else only S3 does. `pause_seconds` goes by
    before the sender's second thoughts (`ABORT`, `DELETE`), and before news that is late. `callback` is how its end is
    to be told, besides to the owner's program and by mail.
    """

    number: int
    owner: int
    at_seconds: float
    intent: Intent
    clip: Clip
    completes: bool
    news: News
    pause_seconds: float
    callback: Transport | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; `victim` chooses among the processes of a kind."""

    kind: Kind
    at_seconds: float
    victim: int


@dataclass(frozen=True, slots=True)
class Poison:
    """A message that nobody can understand."""

    body: str
    at_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything there is.

    Attributes:
        seconds: over which uploads, faults and poison are spread.
        often: how many times each fault happens.
        freeze_seconds: how long the local AWS stands still.
        late_seconds: the most by which news, and second thoughts, are late.
    """

    uploads: int
    owners: int
    seconds: float
    often: dict[Kind, int]
    poison: int
    freeze_seconds: float
    late_seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is going to happen."""

    seed: int
    size: Size
    uploads: list[PlannedUpload]
    faults: list[Fault]
    poison: list[Poison]


FULL = {
    Kind.KILL_WORKER: 4,
    Kind.KILL_WHISPER: 3,
    Kind.KILL_MODEL: 2,
    Kind.STOP_WORKER: 2,
    Kind.STOP_WHISPER: 2,
    Kind.PAUSE_WORKER: 3,
    Kind.PAUSE_WHISPER: 2,
    Kind.RESTART_POSTGRES: 3,
    Kind.FLUSH_VALKEY: 2,
    Kind.RESTART_VALKEY: 2,
    Kind.FREEZE_AWS: 1,
    Kind.RESTART_AWS: 1,
    Kind.FFMPEG_KILLED: 4,
    Kind.FFMPEG_DISK_FULL: 2,
    Kind.FFMPEG_HANGS: 3,
}
"""How often each thing goes wrong in a full run."""

SHORT = {
    Kind.KILL_WORKER: 1,
    Kind.KILL_WHISPER: 1,
    Kind.KILL_MODEL: 1,
    Kind.STOP_WORKER: 1,
    Kind.PAUSE_WORKER: 1,
    Kind.RESTART_POSTGRES: 1,
    Kind.FLUSH_VALKEY: 1,
    Kind.RESTART_VALKEY: 1,
    Kind.FREEZE_AWS: 1,
    Kind.FFMPEG_KILLED: 1,
    Kind.FFMPEG_HANGS: 1,
}
"""How often in a short one."""

INTENTS = {
    Intent.SPEECH: 75,
    Intent.DELETE: 7,
    Intent.ABORT: 6,
    Intent.NOISE: 4,
    Intent.NOTES: 4,
    Intent.ABANDON: 4,
}
NEWS = {News.ONCE: 50, News.TWICE: 20, News.LATE: 20, News.LOST: 10}
HONEST = 0.5
"""Share of the senders who say when they are done."""
UNKNOWN_VERSION = {"Records": [{"eventVersion": "9.0", "eventName": "ObjectCreated:Put", "s3": {}}]}


def make_plan(seed: int, size: Size) -> Plan:
    """Draw a plan; the same seed and size make the same."""
    chance = random.Random(seed)  # noqa: S311 - must be repeatable
    intents, news = _share_out(chance, INTENTS, size.uploads), _share_out(chance, NEWS, size.uploads)
    uploads = [_upload(chance, size, *drawn) for drawn in zip(range(size.uploads), intents, news, strict=True)]
    kinds = [kind for kind, times in size.often.items() for _ in range(times)]
    chance.shuffle(kinds)
    faults = [
        Fault(kind, at, chance.randrange(2))
        for kind, at in zip(kinds, _spread(chance, len(kinds), size.seconds), strict=True)
    ]
    poison = [
        Poison(_poisonous(chance), at)
        for at in _spread(chance, size.poison, size.seconds / 2)  # three receipts take their time
    ]
    return Plan(seed, size, uploads, faults, poison)


def _upload(chance: random.Random, size: Size, number: int, intent: Intent, news: News) -> PlannedUpload:
    if news is News.LOST and intent is not Intent.SPEECH:
        news = News.LATE  # nobody waits with second thoughts until an address has run out
    return PlannedUpload(
        number=number,
        owner=chance.randrange(size.owners),
        at_seconds=chance.uniform(0, size.seconds),
        intent=intent,
        clip=Clip(chance.choice(ORDERS), round(chance.uniform(0.5, 1.5), 6), chance.choice([*FORMS])),
        completes=news is not News.LOST and chance.random() < HONEST,
        news=news,
        pause_seconds=chance.uniform(0, size.late_seconds),
        callback=chance.choice([None, *Transport]),
    )


def _share_out(chance: random.Random, weights: dict[Choice, int], count: int) -> list[Choice]:
    """Draw by the weights, yet at least one of each where there is room."""
    rest = chance.choices([*weights], [*weights.values()], k=max(0, count - len(weights)))
    drawn = [*weights, *rest][:count]
    chance.shuffle(drawn)
    return drawn


def _spread(chance: random.Random, count: int, seconds: float) -> Iterator[float]:
    """Yield times that are random, and yet leave no long peace."""
    for number in range(count):
        yield (number + chance.random()) * seconds / count


def _poisonous(chance: random.Random) -> str:
    body = chance.choice(
        ["neither JSON nor anything", "<Records/>", "[]", '{"Records": [{}]}', json.dumps(UNKNOWN_VERSION)]
    )
    return f"{body}{' ' * chance.randrange(1, 1_000)}"
