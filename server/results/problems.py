"""Why something can't be done with a result now."""

from server.media.state import Status
from server.problems import Problem


class NotReady(Problem):
    """The text is not whole yet, or never will be."""

    status = 409
    code = "transcript_not_ready"

    def __init__(self, status: Status) -> None:
        super().__init__(f"This result is {status} and has no whole transcript. Its segments so far are in the result.")


class NotFailed(Problem):
    """Only what has failed can be tried again."""

    status = 409
    code = "not_failed"

    def __init__(self, status: Status) -> None:
        super().__init__(f"This result is {status}. Only a failed one is tried again; for another text, transcribe it.")


class NotTranscribable(Problem):
    """It is being worked on, or has nothing to listen to."""

    status = 409
    code = "not_transcribable"

    def __init__(self, status: Status) -> None:
        super().__init__(f"This result is {status}. It takes a completed or failed one that has sound; wait, or retry.")


class SourceGone(Problem):
    """Neither the renditions nor the source are there."""

    status = 409
    code = "source_gone"

    def __init__(self) -> None:
        super().__init__("The content of this result is not there any more. Upload it again.")
