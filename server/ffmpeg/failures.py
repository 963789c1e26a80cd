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


class RenderTimedOut(FfmpegFailure):
    """The work took longer than its limit, because of the file or because the machine is busy."""

    code = "timed_out"
    final = False


class MachineTrouble(FfmpegFailure):
    """The child failed for a reason outside the file: killed, disk full, out of descriptors."""

    code = "machine_trouble"
    final = False
