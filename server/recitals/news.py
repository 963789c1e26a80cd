"""What open pages are told when a recital changes."""

from server.recitals.models import Recital
from server.unit_of_work import UnitOfWork


def announce(work: UnitOfWork, recital: Recital) -> None:
    """Tell the owner's open pages, once this is committed: `{type: recital, id, status, result_id, flags, error}`."""
    error = {"code": recital.error_code, "message": recital.error_message} if recital.error_code else None
    event = {
        "type": "recital",
        "id": str(recital.id),
        "status": recital.status.value,
        "result_id": str(recital.media_id) if recital.media_id else None,
        "flags": list(recital.flags),
        "error": error,
    }
    work.publish(recital.owner_id, event)
