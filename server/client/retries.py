"""Trying again when that may help, and not for ever."""

import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import stamina

from server.client.problems import Unreachable

PASSING = frozenset({429, 502, 503, 504})
"""Answers that may be others in a moment."""

PASSING_AT_STORE = PASSING | {500}
"""S3 says it now and then, and asks to try again:
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList"""

OUR_OWN = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
"""Mistakes of the request itself; the same request makes them again."""

MOST_JITTER = 0.1
"""Share added to a pause that the server names, so that not all come back in the same instant."""


class Passing(Exception):  # noqa: N818 - what the trouble hopefully is
    """An answer that may be another in a moment."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"{response.status_code} from {response.url.host}")
        self.response = response


def settled(response: httpx.Response, passing: Collection[int] = PASSING) -> httpx.Response:
    """Pass a response on.

    Raises:
        Passing: it may be another in a moment.
    """
    if response.status_code in passing:
        raise Passing(response)
    return response


@dataclass(frozen=True, slots=True)
class Retries:
    """How often, and how long in between; pauses double up to the longest, with jitter.

    A `Retry-After` of the server counts instead, but for one over `patience_seconds`: then that was the last attempt.
    The service's own limits ask for a little over a minute at the most.
    """

    attempts: int = 6
    first_seconds: float = 0.2
    longest_seconds: float = 10.0
    patience_seconds: float = 90.0

    async def run(
        self, send: Callable[[], Awaitable[httpx.Response]], passing: Collection[int] = PASSING
    ) -> httpx.Response:
        """Send a request until it gets an answer that lasts, or the attempts are used up.

        `send` is called anew for each attempt and must be safe to repeat.

        Raises:
            Unreachable: the last attempt got no answer.
        """
        calling = stamina.AsyncRetryingCaller(
            attempts=self.attempts,
            timeout=None,  # a large part may take long; each attempt ends by the timeouts of its client
            wait_initial=self.first_seconds,
            wait_max=self.longest_seconds,
            wait_jitter=self.first_seconds,
        )

        async def attempt() -> httpx.Response:
            return settled(await send(), passing)

        try:
            return await calling(self._pause, attempt)
        except Passing as last:
            return last.response
        except httpx.TransportError as error:
            raise Unreachable(_host(error), error) from error

    def _pause(self, error: Exception) -> bool | float:
        if isinstance(error, Passing):
            wished = _retry_after(error.response)
            if wished is None:
                return True
            within = wished <= self.patience_seconds
            return within and wished * random.uniform(1, 1 + MOST_JITTER)  # noqa: S311 - nothing secret
        return isinstance(error, httpx.TransportError) and not isinstance(error, OUR_OWN)


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds that the server wants us to wait: RFC 9110, section 10.2.3."""
    value = response.headers.get("Retry-After", "")
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _host(error: httpx.TransportError) -> str:
    return f"{error.request.url.scheme}://{error.request.url.netloc.decode()}"
