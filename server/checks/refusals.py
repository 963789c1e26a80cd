"""What AWS says when something can't be done: that it is not allowed, not there, not reached, or not believed."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.exceptions import ConnectionError as UnreachableError

from server.checks.findings import Fault, Subject

DENIED = frozenset({"AccessDenied", "AccessDeniedException", "AuthorizationError", "403"})
UNBELIEVED = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
ELSEWHERE = frozenset(
    {"301", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect"}
)
LATE = frozenset({"RequestExpired", "RequestTimeTooSkewed"})
SERVER_ERROR = 500

CREDENTIALS = Subject("AWS", "credentials")
CLOCK = Subject("clock", "agrees with AWS")
NO_CREDENTIALS = (NoCredentialsError, PartialCredentialsError, CredentialRetrievalError)
SET_CLOCK = "Set the clock of this machine by NTP; signatures and tokens hold for minutes."


def answers(service: str) -> Subject:
    """Return what is at fault when a service can't be reached."""
    return Subject(service, "answers")


def unreachable(service: str, why: str) -> Fault:
    """Make the fault of a service of AWS's that can't be reached."""
    remedy = f"Let this process reach {service}, by a route or an endpoint in its network, or correct AWS_ENDPOINT_URL."
    return Fault(f"can't be reached ({why})", remedy, answers(service))


@contextmanager
def translated(service: str) -> Iterator[None]:
    """Raise what is no matter of the one call as a `Fault` of the service, the credentials, the region or the clock.

    What is left as it came is botocore's `ClientError`, with the code that the caller knows best.
    """
    try:
        yield
    except NO_CREDENTIALS as error:
        remedy = "Give the task a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        raise Fault(f"there are none ({type(error).__name__})", remedy, CREDENTIALS) from None
    except (HTTPClientError, UnreachableError) as error:
        raise unreachable(service, type(error).__name__) from None
    except BotoCoreError as error:
        raise unreachable(service, f"{type(error).__name__}: its answer is none of AWS's") from None
    except ClientError as error:
        _raise_beyond(service, code_of(error), error.response["ResponseMetadata"]["HTTPStatusCode"])
        raise


def code_of(error: ClientError) -> str:
    """Return what an error is called."""
    return error.response["Error"]["Code"]


def is_denied(error: ClientError) -> bool:
    """Say whether we are not allowed to."""
    return code_of(error) in DENIED


def _raise_beyond(service: str, code: str, status: int) -> None:
    if code in UNBELIEVED:
        remedy = "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or leave both out where a role is given."
        raise Fault(f"not believed ({code})", remedy, CREDENTIALS) from None
    if code in LATE:
        raise Fault(f"AWS refuses our time ({code})", SET_CLOCK, CLOCK) from None
    if code in ELSEWHERE:
        raise Fault(f"it is in another region ({code})", "Set AWS_REGION to the region of the deployment.") from None
    if status >= SERVER_ERROR:
        remedy = f"Wait for {service} to recover; the AWS Health Dashboard tells of it."
        raise Fault(f"fails by itself ({code})", remedy, answers(service)) from None
