"""What every stage that reads a source refuses, in the same words."""

from server.tasks.stage import Unworkable


def not_media() -> Unworkable:
    """Say that the bytes are of no known kind."""
    return Unworkable(
        "not_media", "The file is neither sound, video nor a picture that is known here. Convert it, or choose another."
    )


def check_digest(declared: str | None, actual: str) -> None:
    """Hold the bytes' SHA-256 against the declared one, if there is one.

    Raises:
        Unworkable: they differ.
    """
    if declared not in {None, actual}:
        raise Unworkable(
            "checksum_mismatch", "The file changed on its way: its SHA-256 is not the declared one. Upload it again."
        )
