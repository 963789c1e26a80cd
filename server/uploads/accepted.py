"""Which types of file are taken, and how large they may be."""

from server.configuration.processing import Uploads
from server.media.kinds import MediaKind
from server.problems import Problem
from server.settings import MEGABYTE

TYPES: dict[str, MediaKind] = dict.fromkeys(
    (
        "audio/3gpp",
        "audio/aac",
        "audio/aacp",
        "audio/aiff",
        "audio/amr",
        "audio/basic",
        "audio/flac",
        "audio/m4a",
        "audio/mp3",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/opus",
        "audio/vnd.wave",
        "audio/vorbis",
        "audio/wav",
        "audio/wave",
        "audio/webm",
        "audio/x-aiff",
        "audio/x-caf",
        "audio/x-flac",
        "audio/x-m4a",
        "audio/x-matroska",
        "audio/x-ms-wma",
        "audio/x-wav",
        "application/ogg",
    ),
    MediaKind.AUDIO,
)
TYPES |= dict.fromkeys(
    (
        "video/3gpp",
        "video/mp2t",
        "video/mp4",
        "video/mpeg",
        "video/ogg",
        "video/quicktime",
        "video/webm",
        "video/x-flv",
        "video/x-m4v",
        "video/x-matroska",
        "video/x-ms-asf",
        "video/x-ms-wmv",
        "video/x-msvideo",
    ),
    MediaKind.VIDEO,
)
TYPES |= dict.fromkeys(
    ("image/avif", "image/gif", "image/heic", "image/heif", "image/jpeg", "image/png", "image/tiff", "image/webp"),
    MediaKind.IMAGE,
)


class TypeNotAccepted(Problem):
    """Files of this type are not taken."""

    status = 422
    code = "upload_type_not_accepted"

    def __init__(self, content_type: str) -> None:
        super().__init__(
            f"{content_type!r} is not taken. Send sound, video or a picture in one of: {', '.join(TYPES)}."
        )


class TooLarge(Problem):
    """The declared size exceeds the limit of its kind."""

    status = 422
    code = "upload_too_large"

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"{size:,} bytes is over the limit of {limit:,}. Split the recording, or ask for a higher limit.",
            limit=limit,
        )


def kind_of(content_type: str) -> MediaKind:
    """Return what a file of this type is.

    Raises:
        TypeNotAccepted: such files are not taken.
    """
    kind = TYPES.get(content_type)
    if kind is None:
        raise TypeNotAccepted(content_type)
    return kind


def check_size(settings: Uploads, kind: MediaKind, size: int) -> None:
    """Hold the declared size, in bytes, against the limit of its kind.

    Raises:
        TooLarge: it is over the limit.
    """
    limit = (
        MEGABYTE
        * {
            MediaKind.AUDIO: settings.max_audio_mb,
            MediaKind.VIDEO: settings.max_video_mb,
            MediaKind.IMAGE: settings.max_image_mb,
        }[kind]
    )
    if size > limit:
        raise TooLarge(size, limit)
