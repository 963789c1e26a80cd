"""What the service says, as it goes over the wire."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

UPLOAD_ID = UUID("01a1fd7a-4dbb-7690-9b4a-6188694f8c25")
RESULT_ID = UUID("01a1fd7a-4ecc-76ad-ad59-37e5b1e054a7")


def upload(**changes: object) -> dict[str, object]:
    """Show an upload."""
    now = datetime.now(UTC)
    return {
        "id": str(UPLOAD_ID),
        "status": "pending",
        "kind": "audio",
        "filename": "talk.wav",
        "content_type": "audio/wav",
        "size": 10,
        "title": "talk.wav",
        "language": None,
        "created_at": now.isoformat(),
        "expires_at": (now + timedelta(minutes=30)).isoformat(),
        "result_id": None,
        "error": None,
    } | changes


def by_form(url: str, **changes: object) -> dict[str, object]:
    """Show an upload with its form."""
    ticket = {"method": "post", "url": url, "fields": {"key": "a/b/source", "policy": "signed"}}
    return upload() | ticket | changes


def in_parts(**changes: object) -> dict[str, object]:
    """Show an upload that is sent in parts."""
    return upload() | {"method": "multipart", "url": "-", "headers": {"X-Part": "yes"}, "part_size": 4} | changes


def news(**changes: object) -> dict[str, object]:
    """Tell about a result."""
    return {
        "type": "result",
        "id": str(RESULT_ID),
        "status": "transcribing",
        "progress": 0.5,
        "heard_ms": 5_000,
        "duration_ms": 10_000,
        "error": None,
    } | changes


def result(**changes: object) -> dict[str, object]:
    """Show a result with its text."""
    segment = {"index": 0, "start_ms": 0, "end_ms": 61_250, "text": "Hello.", "speaker": None, "confidence": 0.9}
    return {
        "id": str(RESULT_ID),
        "title": "talk.wav",
        "kind": "audio",
        "status": "completed",
        "progress": 1.0,
        "heard_ms": 10_000,
        "duration_ms": 10_000,
        "language": "en",
        "content_type": "audio/wav",
        "size": 10,
        "created_at": datetime.now(UTC).isoformat(),
        "error": None,
        "origin": "upload",
        "tags": [],
        "flags": [],
        "confidence": 0.9,
        "revision": 0,
        "owner": None,
        "excerpt": None,
        "width": None,
        "height": None,
        "pictures": "none",
        "pictures_error": None,
        "notes": "",
        "transcript_id": None,
        "version": 0,
        "transcripts": [],
        "engine": "whisper",
        "model": "tiny.en",
        "text": "Hello.",
        "segments": [segment],
        "words": [],
        "renditions": [],
    } | changes
