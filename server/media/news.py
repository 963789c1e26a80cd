"""What open pages are told when a media item changes."""

from collections.abc import Collection

from server.media.models import Media
from server.media.renditions import OF_PICTURES
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


def announce_renditions(work: UnitOfWork, media: Media, names: Collection[str]) -> None:
    """Tell the owner's open pages which forms are ready, or why they are not, once this is committed.

    The event is `{type: "renditions", id, names, error}`; a reason is only told of what there is to be seen.
    """
    error = {"code": media.pictures_error_code, "message": media.pictures_error_message}
    is_failed = media.pictures_error_code is not None and not OF_PICTURES[media.kind].isdisjoint(names)
    work.publish(
        media.owner_id,
        {
            "type": "renditions",
            "id": str(media.id),
            "names": sorted(names),
            "error": error if is_failed else None,
        },
    )


def announce(work: UnitOfWork, media: Media) -> None:
    """Tell the owner's open pages, once this is committed."""
    work.publish(media.owner_id, describe(media))
