"""Programs that call our webhooks, known by a key that the deployment has given them."""

import hmac
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader
from pydantic import SecretStr

from server.auth.problems import AmbiguousCredentials, NoWebhooks, Unauthenticated
from server.limits.counting import count_refusal

HEADER = "X-Webhook-Api-Key"

key_header = APIKeyHeader(name=HEADER, auto_error=False, description="A key of the setting `WEBHOOK_API_KEY`.")


async def check_webhook_key(request: Request, _: Annotated[str | None, Depends(key_header)]) -> None:
    """Let those in who have a key.

    Raises:
        NoWebhooks: the deployment has given none.
        AmbiguousCredentials: several keys are brought.
        Unauthenticated: none is brought, or it doesn't hold.
        TooManyRequests: too many credentials from there don't hold.
    """
    keys: list[SecretStr] = request.app.state.settings.auth.webhook_keys
    if not keys:
        raise NoWebhooks
    given = request.headers.getlist(HEADER)
    if len(given) > 1:
        raise AmbiguousCredentials(f"Send {HEADER} once.")
    if not given:
        raise Unauthenticated(f"This needs {HEADER}.")
    if not holds(keys, given[0]):
        await count_refusal(request.scope)
        raise Unauthenticated(f"The {HEADER} does not hold.")


def holds(keys: list[SecretStr], given: str) -> bool:
    """Say whether a header's value is one of the keys.

    All are compared, each by `hmac.compare_digest`: the time tells neither how much of one was right nor which.
    """
    brought = given.encode("latin-1")  # as it came: https://asgi.readthedocs.io/en/latest/specs/www.html
    matches = [hmac.compare_digest(key.get_secret_value().encode(), brought) for key in keys]
    return any(matches)
