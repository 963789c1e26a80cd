"""What Amazon Transcribe is known to refuse, so that it need not be asked.

Source: https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html
"""

from server.media.wishes import SpeechWish
from server.transcription.engines.amazon_jobs import Job
from server.transcription.engines.amazon_languages import CODES, REDACTABLE, language_code
from server.transcription.engines.errors import (
    LanguageNotSupported,
    OptionNotSupported,
    TooLargeForEngine,
    TooLongForEngine,
    TooShortForEngine,
)

MODEL = "amazon-transcribe"
LONGEST_S = 4 * 60 * 60
SHORTEST_S = 0.5
LARGEST = 2_000_000_000  # "2 GB": the smaller of its two meanings is safe


def check(job: Job) -> None:
    """Let a job pass that Amazon Transcribe takes, as far as that can be known.

    Raises:
        TooShortForEngine, TooLongForEngine, TooLargeForEngine: another engine may take the recording.
        LanguageNotSupported: the declared language is not among Amazon's.
        OptionNotSupported: an option doesn't go with the declared language, or needs one.
    """
    check_length(job.duration_ms)
    if job.size > LARGEST:
        raise TooLargeForEngine(MODEL, LARGEST)
    check_wish(job.wish, job.language)


def check_length(duration_ms: int) -> None:
    """Let a recording pass that is neither too short nor too long.

    Raises:
        TooShortForEngine, TooLongForEngine: another engine may take the recording.
    """
    if duration_ms < SHORTEST_S * 1000:
        raise TooShortForEngine(MODEL, SHORTEST_S)
    if duration_ms > LONGEST_S * 1000:
        raise TooLongForEngine(MODEL, LONGEST_S)


def check_wish(wish: SpeechWish, language: str | None) -> None:
    """Let a wish pass, for a recording that is declared to be in a language or not.

    Raises:
        LanguageNotSupported: the declared language is not among Amazon's.
        OptionNotSupported: an option doesn't go with the declared language, or needs one.
    """
    code = language_code(language) if language else None
    if language and code is None:
        raise LanguageNotSupported(language, MODEL, CODES, "choose another engine")
    # With the language to be found out, a vocabulary has to be named for each of two to five candidates, which we
    # don't have, and redaction is not to be had at all.
    if wish.vocabulary and code is None:
        raise OptionNotSupported("vocabulary", "needs to know the language: declare it")
    if wish.redact and code not in REDACTABLE:
        able = ", ".join(sorted(REDACTABLE))
        raise OptionNotSupported("redact", f"works for recordings declared as {able}: declare one of them")
