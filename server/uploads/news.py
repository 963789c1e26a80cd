"""What open pages are told when an upload is decided."""

from server.unit_of_work import UnitOfWork
from server.uploads.models import Upload
from server.uploads.schemas import UploadState


def announce(work: UnitOfWork, upload: Upload) -> None:
    """Tell the owner's open pages, once this is committed: `{type: upload, id, status, result_id, error, …}`."""
    work.publish(upload.owner_id, {"type": "upload"} | UploadState.of(upload).model_dump(mode="json"))
