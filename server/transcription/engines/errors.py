"""What can go wrong between a recording and its text."""

from collections.abc import Collection

from server.problems import Problem

_MANY = 5


class EngineFailed(Exception):  # noqa: N818 - read as a sentence: the engine failed
    """The engine gave up in the middle of a recording; it may well succeed when asked again."""


class EngineUnavailable(Exception):  # noqa: N818 - read as a sentence: the engine is unavailable
    """The engine can't start as it is configured; the message says what an operator has to do."""


class AudioUnreadable(Problem):
    """The recording can't be decoded to its end."""

    status = 422
    code = "audio_unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The recording can't be decoded ({reason}). Check that it plays, and upload it again.")


class LanguageNotSupported(Problem):
    """The speech model doesn't know the language that the recording is declared to be in."""

    status = 422
    code = "language_not_supported"

    def __init__(self, language: str, model: str, known: Collection[str]) -> None:
        able = ", ".join(sorted(known)) if len(known) <= _MANY else f"{len(known)} languages, but not this one"
        super().__init__(
            f"The recording is declared as {language!r}; the speech model {model!r} understands {able}. "
            "Declare another language, or ask the operator to set WHISPER_MODEL to a model that knows it."
        )
