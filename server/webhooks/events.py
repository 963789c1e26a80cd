"""What messages say: the payloads of events, as Standard Webhooks has them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from server.media.kinds import MediaKind
from server.media.models import Media
from server.media.state import Status
from server.webhooks.kinds import Event

Payload = dict[str, Any]


def payload(event: Event, **data: object) -> Payload:
    """Return what is told of an event that happens now."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": event.value, "timestamp": now, "data": data}


def of_result(media: Media, *, language: str | None, upload_id: UUID | None) -> Payload:
    """Return what is told of a result that has ended; never what was said in it."""
    is_completed = media.status is Status.COMPLETED
    has_text = is_completed and media.kind is not MediaKind.IMAGE
    return payload(
        Event.RESULT_COMPLETED if is_completed else Event.RESULT_FAILED,
        id=str(media.id),
        title=media.title,
        status=media.status.value,
        kind=media.kind.value,
        language=language,
        duration_ms=media.duration_ms,
        text_url=f"/api/v1/results/{media.id}/transcript.txt" if has_text else None,
        error=error(media.error_code, media.error_message),
        upload_id=str(upload_id) if upload_id else None,
    )


def error(code: str | None, message: str | None) -> dict[str, str | None] | None:
    """Return why something came to nothing, or None when it didn't."""
    return {"code": code, "message": message} if code else None


def whole(told: Mapping[str, Any], public_url: str) -> Payload:
    """Return a payload as it is sent: what it says of a path of ours becomes an address."""
    data = told.get("data")
    if not isinstance(data, Mapping) or not data.get("text_url"):
        return dict(told)
    return {**told, "data": {**data, "text_url": f"{public_url.rstrip('/')}{data['text_url']}"}}
