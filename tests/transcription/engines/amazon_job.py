"""Jobs for Amazon Transcribe."""

from typing import Any

from server.aws.store import Address
from server.media.wishes import SpeechWish
from server.transcription.engines.amazon_jobs import Job


def make_job(*, wish: dict[str, Any] | None = None, **changes: Any) -> Job:
    """A job that Amazon takes, but for what is changed."""
    well: dict[str, Any] = {
        "name": "lectern-1",
        "audio": Address("processed", "a/inference.flac"),
        "output": Address("processed", "a/result.json"),
        "duration_ms": 60_000,
        "size": 1_000_000,
        "language": "en",
    }
    return Job(**(well | changes), wish=SpeechWish(**(wish or {})))
