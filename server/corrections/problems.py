"""What can be wrong with a correction."""

from server.problems import Problem


class NotFinished(Problem):
    """The transcript is being written, or came to nothing."""

    status = 409
    code = "transcript_not_ready"

    def __init__(self) -> None:
        super().__init__("This transcript is not finished, or has failed. Only a finished one can be corrected.")


class _Refused(Problem):
    """An operation can't be applied; none of them is."""

    status = 422


class NoSuchSegment(_Refused):
    """The index is none of a segment."""

    code = "no_such_segment"

    def __init__(self, index: int, count: int) -> None:
        there = f"they count from 0 to {count - 1}" if count else "there is none left"
        super().__init__(f"There is no segment {index}: {there}. Nothing is changed.", segment=index)


class TimesOutOfOrder(_Refused):
    """A segment would end before it begins, begin before the one ahead of it, or lie outside of the recording."""

    code = "times_out_of_order"

    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"Segment {index} {why}. Nothing is changed.", segment=index)


class NothingLeft(_Refused):
    """A part of a segment that is split would be empty."""

    code = "nothing_left"

    def __init__(self, index: int) -> None:
        super().__init__(f"Segment {index} can't be split there: one part would have no text.", segment=index)


class TextTooLong(_Refused):
    """A segment would have more text than one may have."""

    code = "text_too_long"

    def __init__(self, index: int, most: int) -> None:
        super().__init__(f"Segment {index} would have more than {most:,} characters. Split it first.", segment=index)


class TooManyReplacements(_Refused):
    """A text stands there so often that replacing it is rather a mistake."""

    code = "too_many_replacements"

    def __init__(self, most: int) -> None:
        super().__init__(f"That stands there more than {most:,} times. Look for something longer.", most=most)


class EditTooLarge(_Refused):
    """The edit, or what it comes to, is more than anybody says in a recording."""

    code = "edit_too_large"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing is changed.")


REFUSALS: tuple[type[Problem], ...] = (
    NoSuchSegment,
    TimesOutOfOrder,
    NothingLeft,
    TextTooLong,
    TooManyReplacements,
    EditTooLarge,
)
"""How operations are refused, for the descriptions of routes."""
