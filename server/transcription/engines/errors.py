"""What can go wrong between a recording and its text."""

from collections.abc import Collection

from server.problems import Problem

_MANY = 5


class EngineFailed(Exception):  # noqa: N818 - read as a sentence: the engine failed
    """The engine gave up in the middle of a recording; it may well succeed when asked again."""


class EngineUnavailable(Exception):  # noqa: N818 - read as a sentence: the engine is unavailable
    """The engine can't start as it is configured; the message says what an operator has to do."""


class NoRoom(Exception):  # noqa: N818 - read as a sentence: there is no room
    """The engine takes no more work now; it will in a while."""


class AudioUnreadable(Problem):
    """The recording can't be decoded to its end."""

    status = 422
    code = "audio_unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The recording can't be decoded ({reason}). Check that it plays, and upload it again.")


class LanguageNotSupported(Problem):
    """The speech model doesn't know the language that the recording is declared to be in; `way_out` ends the advice."""

    status = 422
    code = "language_not_supported"

    def __init__(
        self,
        language: str,
        model: str,
        known: Collection[str],
        way_out: str = "ask the operator to set WHISPER_MODEL to a model that knows it",
    ) -> None:
        able = ", ".join(sorted(known)) if len(known) <= _MANY else f"{len(known)} languages, but not this one"
        super().__init__(
            f"The recording is declared as {language!r}; the speech model {model!r} understands {able}. "
            f"Declare another language, or {way_out}."
        )


class ModelNotAvailable(Problem):
    """No speech model of this name is among those that the service may use."""

    status = 422
    code = "model_not_available"

    def __init__(self, model: str, available: Collection[str]) -> None:
        super().__init__(
            f"There is no speech model {model!r} here. Choose {' or '.join(map(repr, available))}, or ask the operator "
            "to add it to WHISPER_OTHER_MODELS."
        )


class LanguageUnclear(Problem):
    """The language was not declared, and there is not enough speech to find it out."""

    status = 422
    code = "language_unclear"

    def __init__(self) -> None:
        super().__init__("There is too little speech to tell its language by. Declare the language, and try again.")


class TooLongForEngine(Problem):
    """The recording is longer than the engine takes."""

    status = 422
    code = "engine_too_long"

    def __init__(self, model: str, limit_s: float) -> None:
        super().__init__(
            f"{model!r} takes recordings of up to {limit_s / 3600:g} hours. Split it, or choose another engine."
        )


class TooShortForEngine(Problem):
    """The recording is shorter than the engine takes."""

    status = 422
    code = "engine_too_short"

    def __init__(self, model: str, limit_s: float) -> None:
        super().__init__(f"{model!r} takes recordings of {limit_s:g} seconds and more. Choose another engine.")


class TooLargeForEngine(Problem):
    """The recording has more bytes than the engine takes."""

    status = 422
    code = "engine_too_large"

    def __init__(self, model: str, limit: int) -> None:
        super().__init__(f"{model!r} takes recordings of up to {limit / 1e9:g} GB. Split it, or choose another engine.")


class OptionNotSupported(Problem):
    """The engine can't do what an option asks for, or not together with what else is asked for."""

    status = 422
    code = "option_not_supported"

    def __init__(self, option: str, condition: str) -> None:
        super().__init__(f"The option {option!r} {condition}, or leave the option out.")


class VocabularyUnknown(Problem):
    """The engine has no such vocabulary."""

    status = 422
    code = "vocabulary_unknown"

    def __init__(self) -> None:
        super().__init__(
            "The engine has no vocabulary of that name that is ready for use. "
            "Check the name, or ask the operator to create the vocabulary."
        )


class EngineRefused(Problem):
    """The engine doesn't take the recording, for a reason of its own."""

    status = 422
    code = "engine_refused"

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"{model!r} refused the recording: {reason.rstrip('. ')}. Try again, or choose another engine."
        )
