"""Amazon Transcribe's news of ended jobs."""

import json
from typing import Any

import pytest

from server.transcription.events import EndedJob, NotUnderstood, read


def event(**changes: Any) -> str:
    """An event as EventBridge writes it."""
    detail = {"TranscriptionJobName": "lectern-1", "TranscriptionJobStatus": "COMPLETED"} | changes.pop("detail", {})
    written = {
        "version": "0",
        "id": "716ec160-afc3-9c77-0420-f5c52154c7f2",
        "detail-type": "Transcribe Job State Change",
        "source": "aws.transcribe",
        "account": "111122223333",
        "time": "2026-01-09T18:56:09Z",
        "region": "eu-west-2",
        "resources": [],
        "detail": detail,
    }
    return json.dumps(written | {name.replace("_", "-"): value for name, value in changes.items()})


@pytest.mark.parametrize("status", ["COMPLETED", "FAILED"])
def test_end_of_a_job(status: str) -> None:
    """The name is read with how it ended."""
    ended = read(event(detail={"TranscriptionJobStatus": status}))
    assert (ended.name, ended.status) == ("lectern-1", status)


def test_more_may_be_told() -> None:
    """What the event says beyond name and end is left."""
    assert read(event(detail={"FailureReason": "none", "LanguageCode": "en-US"})) == EndedJob("lectern-1", "COMPLETED")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "{}",
        event(source="aws.s3"),
        event(detail_type="Vocabulary State Change"),
        event(detail={"TranscriptionJobStatus": "IN_PROGRESS"}),
        event(detail={"TranscriptionJobName": ""}),
    ],
)
def test_anything_else_is_not_understood(body: str) -> None:
    """What speaks of no ended job is left for the dead letters."""
    with pytest.raises(NotUnderstood):
        read(body)
