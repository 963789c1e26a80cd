"""What Amazon Transcribe says of its jobs."""

import pytest
from types_aiobotocore_transcribe.type_defs import TranscriptionJobTypeDef

from server.aws.store import Address
from server.problems import Problem
from server.transcription.engines.amazon_states import Ended, Lost, Refused, State, Underway, state_of
from server.transcription.engines.errors import (
    EngineRefused,
    LanguageUnclear,
    TooLargeForEngine,
    TooShortForEngine,
    VocabularyUnknown,
)

AWS = "https://s3.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    ("job", "state"),
    [
        ({"TranscriptionJobStatus": "QUEUED"}, Underway()),
        ({"TranscriptionJobStatus": "IN_PROGRESS"}, Underway()),
        (
            {
                "TranscriptionJobStatus": "COMPLETED",
                "LanguageCode": "pt-BR",
                "Transcript": {"TranscriptFileUri": f"{AWS}/processed/a/b/result.json"},
            },
            Ended("pt", Address("processed", "a/b/result.json")),
        ),
        (
            {
                "TranscriptionJobStatus": "COMPLETED",
                "Transcript": {
                    "TranscriptFileUri": f"{AWS}/processed/a/result.json",
                    "RedactedTranscriptFileUri": f"{AWS}/processed/a/redacted-result.json",
                },
            },
            Ended(None, Address("processed", "a/redacted-result.json")),
        ),
        (
            {"TranscriptionJobStatus": "FAILED", "FailureReason": "Internal Failure. Please try your request again."},
            Lost("Internal Failure. Please try your request again."),
        ),
    ],
)
def test_state(job: TranscriptionJobTypeDef, state: State) -> None:
    """The result is where Amazon says it is; where there is a redacted one, no other is read."""
    assert state_of(job) == state


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("The input media file length is too small. Minimum audio duration is 0.500000 seconds.", TooShortForEngine),
        ("Invalid file size: file size too large.", TooLargeForEngine),
        ("Your audio file must have a speech segment long enough in duration to perform it.", LanguageUnclear),
        ("The requested vocabulary couldn't be found.", VocabularyUnknown),
        ("The data in your input media file isn't valid.", EngineRefused),
    ],
)
def test_reasons_become_problems(reason: str, problem: type[Problem]) -> None:
    """A failure that comes of the recording says what to do."""
    state = state_of({"TranscriptionJobStatus": "FAILED", "FailureReason": reason})
    assert isinstance(state, Refused)
    assert type(state.problem) is problem
