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


class AmbiguousCredentials(Problem):
    """There is more than one credential; which counts can't be guessed."""

    status = 400
    code = "ambiguous_credentials"


class UnknownPerson(Problem):
    """A tool acts for somebody who has never signed in."""

    status = 403
    code = "unknown_person"

    def __init__(self, header: str) -> None:
        super().__init__(f"Nobody here has the e-mail address in {header}. Have them sign in once, then act for them.")


class SignInFailed(Problem):
    """The way to the sign-in page and back did not end well."""

    status = 400
    code = "sign_in_failed"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Sign in again.")


class NoSuchProvider(Problem):
    """This deployment has no such way to sign in."""

    status = 404
    code = "no_such_provider"

    def __init__(self, provider: str) -> None:
        super().__init__(f"There is no sign-in by {provider} here. GET /auth/session lists those that there are.")


class CrossSite(Problem):
    """Another site's page had a browser send a request with its cookie."""

    status = 403
    code = "cross_site"

    def __init__(self) -> None:
        super().__init__("This does not come from a page of ours. Send the X-CSRF-Token of GET /auth/session along.")


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
