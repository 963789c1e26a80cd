"""What can go wrong with a file, and whether trying again could help."""

from typing import ClassVar


class FfmpegFailure(Exception):  # noqa: N818 - the failure is often the file's, not the program's
    """A file was not probed or rendered.

    The first argument is a sentence for the person whose file it is; `tail` is the end of what the child
    said on stderr, for the log. `final` tells whether another attempt would end the same, `code` is the
    word for programs.
    """

    final: ClassVar[bool] = True
    code: ClassVar[str]

    def __init__(self, sentence: str, tail: str = "") -> None:
        super().__init__(sentence)
        self.tail = tail


class Unreadable(FfmpegFailure):
    """The file is broken, or not of the container that it was taken for."""

    code = "unreadable"


class NoSound(FfmpegFailure):
    """The file has no audio that could be decoded."""

    code = "no_sound"

    def __init__(self) -> None:
        super().__init__(
            "The file has no sound. Check that the microphone or the right track was on, and send it again."
        )


class NoPicture(FfmpegFailure):
    """The file has no moving picture that could be decoded."""

    code = "no_picture"

    def __init__(self) -> None:
        super().__init__("The file has no picture.")


class TooLong(FfmpegFailure):
    """The sound goes on beyond the longest that is allowed."""

    code = "too_long"

    def __init__(self, longest_ms: int) -> None:
        super().__init__(
            f"The recording is longer than {longest_ms / 3_600_000:g} hours. Split it, and send the parts."
        )


class OutputTooLarge(FfmpegFailure):
    """One of the outputs outgrew its limit: the file unpacks to far more than its header told."""

    code = "unpacks_too_large"

    def __init__(self, tail: str = "") -> None:
        super().__init__("The file unpacks to far more than it announces. Export it again, and send that.", tail)


class RenderFailed(Unreadable):
    """The container could be opened, but its content could not be decoded or written."""

    code = "undecodable"


class Crashed(RenderFailed):
    """The program fell over what it was given: most likely the file's doing, but it may have been a hiccup."""

    final = False


class TooComplex(FfmpegFailure):
    """The file has more streams than are allowed, or needs more memory."""

    code = "too_complex"

    def __init__(self, streams: int, tail: str = "") -> None:
        super().__init__(
            f"The file has more than {streams} streams, or needs too much memory. Export its sound alone, and send it.",
            tail,
        )


class Incomplete(FfmpegFailure):
    """The sound ends long before the file's own index or header says."""

    code = "incomplete"

    def __init__(self, decoded_ms: int, declared_ms: int) -> None:
        super().__init__(
            f"The recording ends early: {_clock(decoded_ms)} of {_clock(declared_ms)} could be read. Upload it again; "
            "if this is all there is, open it in an audio editor and send what that exports."
        )


class RenderTimedOut(FfmpegFailure):
    """The work took longer than its limit, because of the file or because the machine is busy."""

    code = "timed_out"
    final = False


class Stalled(FfmpegFailure):
    """Nothing came of the work for too long: the program hangs, or what it waits for does."""

    code = "stalled"
    final = False


class MachineTrouble(FfmpegFailure):
    """The child failed for a reason outside the file: killed, disk full, out of descriptors."""

    code = "machine_trouble"
    final = False


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
