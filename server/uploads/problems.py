"""What can be wrong with an upload session."""

from server.problems import Problem
from server.uploads.state import Method, UploadStatus


class UploadIncomplete(Problem):
    """Not all bytes have arrived."""

    status = 409
    code = "upload_incomplete"

    def __init__(self, arrived: int, size: int, missing: list[int]) -> None:
        named = f" Missing parts begin with: {', '.join(map(str, missing[:20]))}." if missing else ""
        super().__init__(
            f"{arrived:,} of {size:,} bytes have arrived.{named} Send the rest, then complete again.",
            missing_parts=missing[:1_000],
        )


class UploadClosed(Problem):
    """The session takes nothing more."""

    status = 409
    code = "upload_closed"

    def __init__(self, status: UploadStatus) -> None:
        super().__init__(f"This upload is {status}. Begin a new one; to remove what was uploaded, delete its result.")


class WrongMethod(Problem):
    """What was asked belongs to the other way of sending."""

    status = 409
    code = "wrong_upload_method"

    def __init__(self, method: Method) -> None:
        super().__init__(f"This upload is sent by {method}: it has no parts to sign or list.")


class NoSuchPart(Problem):
    """The file has fewer parts."""

    status = 422
    code = "no_such_part"

    def __init__(self, count: int) -> None:
        super().__init__(f"This file has parts 1 to {count}.")
