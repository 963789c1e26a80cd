"""What can go wrong with a picture; that it is the machine's fault is said as of any other file."""

from server.ffmpeg.failures import FfmpegFailure, Unreadable


class TooManyPixels(FfmpegFailure):
    """The picture claims more pixels than are allowed; none of them has been decoded."""

    code = "too_many_pixels"

    def __init__(self, megapixels: int, tail: str = "") -> None:
        super().__init__(
            f"The picture has more than {megapixels:,} million pixels. Export it smaller, and send that.", tail
        )


class UnreadablePicture(Unreadable):
    """The picture can't be opened: its header is broken, or of a variant that no decoder here knows."""

    def __init__(self, tail: str = "") -> None:
        super().__init__(
            "The picture can't be read: it is damaged, incomplete, or of an unusual variant of its format. "
            "Upload it again, or export it as JPEG or PNG and send that.",
            tail,
        )


class IncompletePicture(FfmpegFailure):
    """The picture could be opened, but its pixels are cut off or damaged."""

    code = "incomplete"

    def __init__(self, tail: str = "") -> None:
        super().__init__(
            "The picture ends early, or is damaged. Upload it again; if this is all there is, open it in a picture "
            "editor and send what that exports.",
            tail,
        )


class TooHeavy(FfmpegFailure):
    """Decoding the picture takes more memory or time than any of its kind should."""

    code = "too_complex"

    def __init__(self, tail: str = "") -> None:
        super().__init__("Reading the picture takes too much memory or time. Export it as JPEG, and send that.", tail)


class Polyglot(FfmpegFailure):
    """The file is a picture and something else at once, so that it could be taken for the other."""

    code = "polyglot"

    def __init__(self, other: str) -> None:
        super().__init__(f"The file is a picture and {other} in one. Export the picture alone, and send that.")
