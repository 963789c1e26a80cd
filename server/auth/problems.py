"""Why a caller is turned away."""

from datetime import datetime

from server.problems import Problem


class Unauthenticated(Problem):
    """There is no credential, or it does not hold (RFC 6750, section 3)."""

    status = 401
    code = "unauthenticated"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Stale(Unauthenticated):
    """The credential is one that we or the sign-in provider made, and holds no longer: nobody is guessing."""


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


class NoWebhooks(Problem):
    """This deployment has given nobody a key for its webhooks."""

    status = 404
    code = "no_webhooks"

    def __init__(self) -> None:
        super().__init__("Webhooks are closed here: WEBHOOK_API_KEY names no keys.")


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


class SpeakerRequired(Problem):
    """The caller is known, and nobody has made them a speaker."""

    status = 403
    code = "speaker_required"

    def __init__(self) -> None:
        super().__init__("Reading aloud is for speakers. Ask an admin to make you one, or for an invite.")


class TooManyKeys(Problem):
    """The owner has as many keys as one may have."""

    status = 409
    code = "too_many_keys"

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} API keys, and more are not allowed. Revoke one that nobody needs.")


class PeopleOnly(Problem):
    """The caller is a machine."""

    status = 403
    code = "people_only"

    def __init__(self) -> None:
        super().__init__("This is for people; a machine has no such thing.")


class SignInRequired(Problem):
    """The caller has shown an API key, and this takes more."""

    status = 403
    code = "sign_in_required"

    def __init__(self) -> None:
        super().__init__("An API key is not enough for this. Sign in, and use that session or token.")


class NotByTools(Problem):
    """A tool acts for the person, and this is for themselves to do."""

    status = 403
    code = "not_by_tools"

    def __init__(self) -> None:
        super().__init__("A tool can't do this for anybody. Have the person sign in, and do it themselves.")


class AgreementRequired(Problem):
    """The person has not agreed to the current terms."""

    status = 403
    code = "agreement_required"

    def __init__(self, version: str, url: str | None) -> None:
        where = f" at {url}" if url else ""
        detail = f"Read the terms{where}, then agree to them: POST /api/v1/me/agreement with version {version!r}."
        super().__init__(detail, version=version, url=url)


class AccountLeaving(Problem):
    """The person has asked to be forgotten; what they add now would go too."""

    status = 409
    code = "account_leaving"

    def __init__(self, leaves_at: datetime) -> None:
        detail = f"This account is deleted at {leaves_at:%Y-%m-%d %H:%M} UTC. To keep it: POST /api/v1/me/stay."
        super().__init__(detail, leaves_at=leaves_at)


class SignInUnavailable(Problem):
    """The provider's keys can't be had right now, so nobody can be told from anybody."""

    status = 503
    code = "sign_in_unavailable"

    def __init__(self) -> None:
        super().__init__("The sign-in provider does not answer. Try again shortly.", headers={"Retry-After": "10"})


class CodeRefused(Problem):
    """A code of the user pool's mail does not hold; which of the reasons it is would tell who has an account."""

    status = 400
    code = "code_refused"

    def __init__(self) -> None:
        super().__init__(
            "The code is wrong, expired or used, or was tried too often. Ask for another one, and use the newest."
        )


class PasswordRefused(Problem):
    """The user pool asks more of a password than we do."""

    status = 422
    code = "password_refused"

    def __init__(self, why: str) -> None:
        super().__init__(f"The user pool does not take this password: {why.rstrip('.')}. Choose another one.")


class SignUpRefused(Problem):
    """The user pool lets nobody in by themselves, or not this person."""

    status = 403
    code = "sign_up_refused"

    def __init__(self) -> None:
        super().__init__("The user pool refuses this sign-up. Check the address, or ask whoever runs this service.")


class TooManyTries(Problem):
    """The user pool is asked too much right now."""

    status = 429
    code = "too_many_tries"

    def __init__(self) -> None:
        super().__init__(
            "The sign-in provider is asked too often. Try again in a minute.", headers={"Retry-After": "60"}
        )
