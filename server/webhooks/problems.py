"""What can be wrong with an endpoint or a callback."""

from server.problems import Problem


class TargetRefused(Problem):
    """Nothing may be sent there."""

    status = 422
    code = "target_refused"

    def __init__(self, why: str) -> None:
        super().__init__(f"Nothing can be sent there: {why}")


class TooManyEndpoints(Problem):
    """The caller has as many as one may have."""

    status = 409
    code = "too_many_endpoints"

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} endpoints, which is the most. Remove one that is not needed.")


class EndpointDisabled(Problem):
    """It is sent nothing."""

    status = 409
    code = "endpoint_disabled"

    def __init__(self) -> None:
        super().__init__("This endpoint is disabled. Enable it, then try again.")
