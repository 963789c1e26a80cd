"""The transcription jobs that are asked of Amazon Transcribe."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from server.aws.store import Address
from server.media.wishes import SpeechWish
from server.transcription.engines.amazon_languages import language_code

if TYPE_CHECKING:
    from types_aiobotocore_transcribe.literals import LanguageCodeType
    from types_aiobotocore_transcribe.type_defs import SettingsTypeDef, StartTranscriptionJobRequestTypeDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One recording to transcribe, under a name that is the same however often it is asked for.

    Attributes:
        name: `[0-9a-zA-Z._-]{1,200}`, unique in the AWS account.
        audio: where the inference rendition lies, 16 kHz mono FLAC.
        output: where the result is to be written; a redacted one goes beside it, see `Ended.output`.
        size: of the audio, in bytes.
        language: a BCP-47 tag, or None to have it found out.
    """

    name: str
    audio: Address
    output: Address
    duration_ms: int
    size: int
    language: str | None
    wish: SpeechWish


def request_of(job: Job) -> "StartTranscriptionJobRequestTypeDef":
    """Put a job into Amazon's words; it has passed `amazon_limits.check`.

    Source: https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
    """
    request: StartTranscriptionJobRequestTypeDef = {
        "TranscriptionJobName": job.name,
        "Media": {"MediaFileUri": f"s3://{job.audio.bucket}/{job.audio.key}"},
        "MediaFormat": "flac",
        "OutputBucketName": job.output.bucket,
        "OutputKey": job.output.key,
    }
    if job.language is None:
        request["IdentifyLanguage"] = True
    else:
        request["LanguageCode"] = cast("LanguageCodeType", language_code(job.language))
    if settings := _settings(job.wish):
        request["Settings"] = settings
    if job.wish.redact:
        request["ContentRedaction"] = {"RedactionType": "PII", "RedactionOutput": "redacted"}
    return request


def _settings(wish: SpeechWish) -> "SettingsTypeDef":
    settings: SettingsTypeDef = {}
    if wish.speakers:
        settings |= {"ShowSpeakerLabels": True, "MaxSpeakerLabels": wish.speakers}
    if wish.vocabulary:
        settings |= {"VocabularyName": wish.vocabulary}
    return settings
