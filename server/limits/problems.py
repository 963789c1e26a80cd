"""What is over a limit."""

from server.limits.rates import Standing
from server.problems import Problem


class TooManyRequests(Problem):
    """More is asked than there is room for (RFC 6585, section 4)."""

    status = 429
    code = "too_many_requests"

    def __init__(self, standing: Standing) -> None:
        rate, seconds = standing.rate, standing.wait_seconds
        super().__init__(
            f"There may be {rate.most:,} {rate.of} in {rate.seconds} seconds. Try again in {seconds}.",
            headers={"Retry-After": str(seconds)},
            rate=rate.name,
        )


class BodyTooLarge(Problem):
    """The body of a request is longer than any that is read."""

    status = 413
    code = "request_entity_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"A request has at most {limit:,} bytes. Files are sent to where POST /uploads says.", limit=limit
        )
