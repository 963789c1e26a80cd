"""Why a caller is turned away."""

from server.problems import Problem


class Unauthenticated(Problem):
    """There is no credential, or it does not hold (RFC 6750, section 3)."""

    status = 401
    code = "unauthenticated"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class InsufficientScope(Problem):
    """The token is good, but not for this (RFC 6750, section 3.1)."""

    status = 403
    code = "insufficient_scope"


class AdminOnly(Problem):
    """The caller is known, and is no admin."""

    status = 403
    code = "admin_only"

    def __init__(self) -> None:
        super().__init__("This is for admins: people in that role, and machines whose token has the admin scope.")


class SignInUnavailable(Problem):
    """The provider's keys can't be had right now, so nobody can be told from anybody."""

    status = 503
    code = "sign_in_unavailable"

    def __init__(self) -> None:
        super().__init__("The sign-in provider does not answer. Try again shortly.", headers={"Retry-After": "10"})
