"""Queues, dead letters and tasks as they go over the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

LONGEST_BODY = 2_000


class MessageQueueShown(BaseModel):
    """How an SQS queue stands; the counts are as near as SQS knows them."""

    name: str = Field(examples=["uploads"])
    waiting: int = Field(description="Messages that can be received now.")
    in_flight: int = Field(description="Messages that were received and not yet deleted.")
    delayed: int = Field(description="Messages that can be received later.")
    dead_letters: int | None = Field(description="Messages that were received too often; null where none are kept.")


class TaskQueueShown(BaseModel):
    """How the tasks of one kind of worker stand."""

    name: str = Field(examples=["lectern:work"])
    due: int = Field(description="Tasks that wait for a worker, those of lost workers among them.")
    later: int = Field(description="Tasks that are to be looked at later.")
    running: int
    failed: int = Field(description="Tasks that have failed for good and are still remembered.")
    oldest_due_seconds: float | None = Field(description="For how long the oldest due task has waited.")


class QueuesShown(BaseModel):
    """Every queue there is."""

    messages: list[MessageQueueShown]
    tasks: list[TaskQueueShown]


class DeadLetterShown(BaseModel):
    """A message that was received too often."""

    id: str
    body: str = Field(description=f"Its first {LONGEST_BODY:,} characters.")
    sent_at: datetime
    received: int = Field(description="How often it was received, by looking at it here too.")


class DeadLettersShown(BaseModel):
    """Some of a queue's dead letters, the oldest first."""

    items: list[DeadLetterShown]


class RedriveWish(BaseModel):
    """Which dead letters are to go back."""

    ids: list[str] | None = Field(None, min_length=1, max_length=100, description="By default all.")


class Redriven(BaseModel):
    """How many dead letters went back."""

    redriven: int
    left: int = Field(description="About how many are still there.")


class Purged(BaseModel):
    """How many dead letters were deleted."""

    purged: int


class SweepBegun(BaseModel):
    """What a sweep found to do."""

    due: int = Field(description="Tasks that workers were called for.")
    overdue: int = Field(description="Uploads whose addresses have run out, to be looked at now.")


class TaskShown(BaseModel):
    """A piece of background work."""

    id: UUID
    kind: str = Field(examples=["transcribe"])
    queue: str = Field(examples=["lectern:whisper"])
    state: str = Field(examples=["failed"])
    subject_id: UUID = Field(description="The upload or result that it is for.")
    attempts: int = Field(description="How often a worker took it.")
    failures: int = Field(description="How many of those went wrong.")
    error: str | None = Field(examples=["processing_failed: The work was given up because it failed 5 times."])
    created_at: datetime
    run_after: datetime
    finished_at: datetime | None


class TaskPage(BaseModel):
    """Some tasks, newest first."""

    items: list[TaskShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
