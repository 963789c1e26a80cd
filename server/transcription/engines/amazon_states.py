"""What has become of a transcription job at Amazon Transcribe."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from server.aws.store import Address
from server.problems import Problem
from server.transcription.engines.amazon_faults import is_own_fault, problem_of
from server.transcription.engines.amazon_languages import language_tag

if TYPE_CHECKING:
    from types_aiobotocore_transcribe.type_defs import TranscriptionJobTypeDef, TranscriptTypeDef


@dataclass(frozen=True, slots=True)
class Underway:
    """It waits, or is worked on."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The result is written.

    Attributes:
        language: the BCP-47 primary language, declared or found.
        output: where the result is: a redacted one is at `redacted-` and the name that was asked for.
    """

    language: str | None
    output: Address


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no such job, or it failed through no fault of its recording: forget it, and start it again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The recording can't be transcribed as it was asked for."""

    problem: Problem


State = Underway | Ended | Lost | Refused


def state_of(job: "TranscriptionJobTypeDef") -> State:
    """Read the service's description of a job."""
    match job["TranscriptionJobStatus"]:
        case "COMPLETED":
            return Ended(_language(job), _output(job["Transcript"]))
        case "FAILED":
            reason = job.get("FailureReason", "no reason is given")
            return Lost(reason) if is_own_fault(reason) else Refused(problem_of(reason))
        case _:
            return Underway()


def _language(job: "TranscriptionJobTypeDef") -> str | None:
    code = job.get("LanguageCode")
    return language_tag(code) if code else None


def _output(transcript: "TranscriptTypeDef") -> Address:
    """Find the object that a path-style address names, as in `https://s3.us-east-1.amazonaws.com/bucket/key`."""
    address = transcript.get("RedactedTranscriptFileUri") or transcript["TranscriptFileUri"]
    bucket, _, key = unquote(urlsplit(address).path).lstrip("/").partition("/")
    return Address(bucket, key)
