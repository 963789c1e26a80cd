"""Amazon Transcribe's refusals, read as ours."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from botocore.exceptions import ClientError

from server.problems import Problem
from server.transcription.engines.amazon_limits import LARGEST, LONGEST_S, MODEL, SHORTEST_S
from server.transcription.engines.errors import (
    EngineRefused,
    EngineUnavailable,
    LanguageUnclear,
    NoRoom,
    TooLargeForEngine,
    TooLongForEngine,
    TooShortForEngine,
    VocabularyUnknown,
)

# Too many jobs and a file that is too long come under the same code, LimitExceededException; only the sentence tells,
# and where it speaks of both, as the reference does, we know that the file is not:
# https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
_CROWDED = {"LimitExceededException", "ThrottlingException", "TooManyRequestsException"}
_SHUT = {"AccessDeniedException", "SubscriptionRequiredException", "UnrecognizedClientException"}
_WRONG = "BadRequestException"
_TOO_MANY = re.compile("(?i)too many (jobs|requests)")
_NO_SUCH_JOB = re.compile("(?i)requested job couldn't be found")
_OWN_FAULT = re.compile("(?i)internal (failure|error)|service unavailable")

_Problems = dict[re.Pattern[str], Callable[[], Problem]]
_EXTENTS: _Problems = {
    re.compile("(?i)length is too small|minimum audio duration"): partial(TooShortForEngine, MODEL, SHORTEST_S),
    re.compile("(?i)size too large|maximum file size"): partial(TooLargeForEngine, MODEL, LARGEST),
    re.compile("(?i)too long|maximum (audio )?(duration|length)"): partial(TooLongForEngine, MODEL, LONGEST_S),
}
_OTHERS: _Problems = {
    re.compile("(?i)vocabulary"): VocabularyUnknown,
    re.compile("(?i)speech segment long enough"): LanguageUnclear,
}


class NoSuchJob(Exception):  # noqa: N818 - it says what is
    """Amazon Transcribe has no job of that name."""


def problem_of(reason: str) -> Problem:
    """Read the sentence that a recording is refused with.

    Source of the sentences:
    https://docs.aws.amazon.com/transcribe/latest/APIReference/API_TranscriptionJob.html
    """
    return _first(_EXTENTS | _OTHERS, reason) or EngineRefused(MODEL, reason)


def is_own_fault(reason: str) -> bool:
    """Whether a job failed for a reason that has nothing to do with its recording."""
    return _OWN_FAULT.search(reason) is not None


@contextmanager
def translated() -> Iterator[None]:
    """Let the service's errors come out as ours, and those of the network as they are.

    Raises:
        NoRoom: it is to be asked later.
        NoSuchJob: it has no job of that name.
        Problem: it will never take this; see `problem_of`.
        EngineUnavailable: we may not use it.
    """
    try:
        yield
    except ClientError as error:
        fault = _fault(error)
        if fault is None:
            raise
        raise fault from error


def _fault(error: ClientError) -> Exception | None:
    told = error.response["Error"]
    code, sentence = told["Code"], told.get("Message") or ""
    if _TOO_MANY.search(sentence):
        return NoRoom(sentence)  # before 2019 it came as a BadRequestException, too
    if code in _CROWDED:
        return _first(_EXTENTS, sentence) or NoRoom(sentence)
    if code in _SHUT:
        return EngineUnavailable(f"Amazon Transcribe answers {code}: {sentence}")
    if code == "NotFoundException" or (code == _WRONG and _NO_SUCH_JOB.search(sentence)):
        return NoSuchJob(sentence)
    return problem_of(sentence) if code == _WRONG else None


def _first(kinds: _Problems, sentence: str) -> Problem | None:
    return next((make() for pattern, make in kinds.items() if pattern.search(sentence)), None)
