"""Trials of who vouches for people: the user pool, its sign-in page, and Google."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from uuid import uuid4

import httpx
from botocore.exceptions import ClientError

from server.aws.clients import Clients
from server.checks.findings import Fault, Subject, Trial
from server.checks.refusals import answers, code_of, translated
from server.configuration.callers import Auth

KEYS = "keys"


def trials(settings: Auth, clients: Clients, http: httpx.AsyncClient) -> Iterator[Trial]:
    """Give the trials of what the API asks; all of it is called unsigned."""
    yield Trial(Subject("COGNITO_ISSUER", KEYS), partial(_has_keys, http, settings.jwks_url, "COGNITO_ISSUER"))
    yield Trial(Subject("COGNITO_CLIENT_IDS", "is known"), partial(_knows_us, clients, settings.cognito_client_ids[0]))
    if settings.cognito_domain:
        yield Trial(answers("COGNITO_DOMAIN"), partial(_has_page, http, settings.cognito_domain))
    if settings.google_client_id:
        yield Trial(
            Subject("GOOGLE_JWKS_URL", KEYS), partial(_has_keys, http, settings.google_jwks_url, "GOOGLE_JWKS_URL")
        )


async def _has_keys(http: httpx.AsyncClient, url: str, setting: str) -> str:
    remedy = f"Let this process reach {url}, or correct {setting}."
    try:
        answer = await http.get(url)
        keys = answer.raise_for_status().json()["keys"]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Fault(f"can't be had ({type(error).__name__})", remedy) from None
    except (ValueError, KeyError, TypeError):
        raise Fault("what is there is no set of keys", remedy) from None
    if not keys:
        raise Fault("there are none", remedy)
    return f"{len(keys)}"


async def _knows_us(clients: Clients, client_id: str) -> str:
    """Confirm somebody who is not there, with a code that nobody has."""
    with translated("Cognito"):
        try:
            await clients.cognito.confirm_sign_up(
                ClientId=client_id, Username=f"lectern-check-{uuid4()}", ConfirmationCode="000000"
            )
        except ClientError as error:
            _check_known(error)
    return ""


def _check_known(error: ClientError) -> None:
    """Raise what is wrong with the client: that there is no such person is well, and told in several ways."""
    if code_of(error) == "ResourceNotFoundException":
        remedy = "Set COGNITO_CLIENT_IDS to the stack's output WebClientId, and AWS_REGION to where it is."
        raise Fault("the pool knows no such client", remedy) from None
    if "secret" in error.response["Error"].get("Message", "").casefold():
        raise Fault("the client has a secret", "Name a client first that was made without a secret.") from None


async def _has_page(http: httpx.AsyncClient, domain: str) -> str:
    remedy = "Set COGNITO_DOMAIN to the stack's output SignInUrl, and let this process reach it."
    try:
        answer = await http.get(f"{domain.rstrip('/')}/login")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Fault(f"can't be reached ({type(error).__name__})", remedy) from None
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Fault(f"answers {answer.status_code}", remedy)
    return ""
