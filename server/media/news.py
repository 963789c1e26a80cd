"""What open pages are told when a media item changes."""

from server.media.models import Media
from server.unit_of_work import UnitOfWork
from server.valkey.broadcast import Event


def describe(media: Media) -> Event:
    """Return the state of an item as an event: `{type, id, status, progress, heard_ms, duration_ms, error}`."""
    error = {"code": media.error_code, "message": media.error_message} if media.error_code else None
    return {
        "type": "result",
        "id": str(media.id),
        "status": media.status.value,
        "progress": media.progress,
        "heard_ms": media.heard_ms,
        "duration_ms": media.duration_ms,
        "error": error,
    }


def announce(work: UnitOfWork, media: Media) -> None:
    """Tell the owner's open pages, once this is committed."""
    work.publish(media.owner_id, describe(media))
