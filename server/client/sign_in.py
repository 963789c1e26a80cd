"""Showing who is calling, on every request."""

import asyncio
import time
from collections.abc import AsyncGenerator
from http import HTTPStatus

import httpx
from pydantic import BaseModel, SecretStr, ValidationError

from server.client.problems import NotSignedIn
from server.client.retries import settled

SCOPE = "lectern/base"
ADMIN_SCOPE = "lectern/admin"
MARGIN_SECONDS = 60
TIMEOUT = httpx.Timeout(10.0)


class _Refusal(BaseModel):
    """RFC 6749, section 5.2."""

    error: str = "invalid_client"
    error_description: str = "The sign-in was refused. Look at the client's id and secret."


class _Granted(BaseModel):
    """RFC 6749, section 5.1."""

    access_token: SecretStr
    expires_in: int = 300


class BearerToken(httpx.Auth):
    """A token that the caller has from somewhere."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Show the token."""
        _show(request, self._token)
        yield request


class MachineSignIn(httpx.Auth):
    """A machine that signs in by its secret (RFC 6749, section 4.4), and again before its token ends."""

    def __init__(self, token_url: str, client_id: str, client_secret: SecretStr, scope: str = SCOPE) -> None:
        self._token_url = token_url
        self._credentials = httpx.BasicAuth(client_id, client_secret.get_secret_value())
        self._scope = scope
        self._lock = asyncio.Lock()
        self._token = SecretStr("")
        self._good_until = 0.0

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Show a token that lasts; when it is refused all the same, sign in anew, once.

        Raises:
            NotSignedIn: the id or the secret is wrong.
            Passing: the provider is away.
        """
        for _ in range(2):
            async with self._lock:  # many requests at once, one sign-in
                if time.monotonic() >= self._good_until:
                    answer = yield self._question()
                    await answer.aread()
                    self._keep(_read(answer))
                shown = self._token
            _show(request, shown)
            response = yield request
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                return
            if self._token is shown:
                self._good_until = 0.0

    def _question(self) -> httpx.Request:
        asked = httpx.Request(
            "POST",
            self._token_url,
            data={"grant_type": "client_credentials", "scope": self._scope},
            extensions={"timeout": TIMEOUT.as_dict()},
        )
        return next(self._credentials.auth_flow(asked))

    def _keep(self, granted: _Granted) -> None:
        self._token = granted.access_token
        self._good_until = time.monotonic() + max(granted.expires_in - MARGIN_SECONDS, granted.expires_in / 2)


def _read(answer: httpx.Response) -> _Granted:
    settled(answer)
    try:
        if answer.is_success:
            return _Granted.model_validate_json(answer.content)
        refusal = _Refusal.model_validate_json(answer.content)
    except ValidationError:
        refusal = _Refusal()
    raise NotSignedIn(answer.status_code, refusal.error, refusal.error_description)


def _show(request: httpx.Request, token: SecretStr) -> None:
    request.headers["Authorization"] = f"Bearer {token.get_secret_value()}"
