"""Signing in on the user pool's own page: authorization code with PKCE (RFC 6749, 4.1; RFC 7636)."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import stamina
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from pydantic import BaseModel, ValidationError

from server.auth.problems import SignInFailed, SignInUnavailable, Unauthenticated
from server.auth.signer import Signer

AUDIENCE = "lectern/sign-in"
PATIENCE = timedelta(minutes=10)
SCOPES = "openid email profile"
VERIFIER_BYTES = 48


class Redeemed(BaseModel):
    """What the pool gives for a code, as far as we need it."""

    id_token: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to the sign-in page and back, as the browser keeps it; good for one return.

    `then` is the page of ours that it leads to.
    """

    id: UUID
    state: str
    verifier: str
    then: str
    expires_at: datetime


class HostedPage:
    """Sends people to the sign-in page, and takes them back.

    Args:
        domain: where the page and its token endpoint are.
        client_id: our own, of a client without a secret.
        callback: where the page sends people back to.
    """

    def __init__(self, domain: str, client_id: str, callback: str, signer: Signer, http: httpx.AsyncClient) -> None:
        self._domain = domain.rstrip("/")
        self._client_id = client_id
        self._callback = callback
        self._signer = signer
        self._http = http

    def begin(self, then: str) -> tuple[str, str]:
        """Return the address of the page, and what the browser keeps until it comes back."""
        state, verifier = secrets.token_urlsafe(), secrets.token_urlsafe(VERIFIER_BYTES)
        address: str = prepare_grant_uri(
            f"{self._domain}/oauth2/authorize",
            client_id=self._client_id,
            response_type="code",
            redirect_uri=self._callback,
            scope=SCOPES,
            state=state,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        kept = self._signer.sign(AUDIENCE, PATIENCE, state=state, verifier=verifier, then=own_page(then))
        return address, kept

    def resume(self, kept: str | None, state: str) -> Attempt:
        """Find the attempt that a return belongs to.

        Raises:
            SignInFailed: this browser began none, it took too long, or somebody else's return was slipped in.
        """
        try:
            claims = self._signer.read(AUDIENCE, kept or "", "state", "verifier", "then")
        except Unauthenticated:
            raise SignInFailed("This browser has not begun to sign in, or took too long.") from None
        if not hmac.compare_digest(claims["state"].encode(), state.encode()):
            raise SignInFailed("This is the end of another sign-in than the one that was begun.")
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
        return Attempt(UUID(claims["jti"]), claims["state"], claims["verifier"], claims["then"], expires_at)

    async def redeem(self, attempt: Attempt, code: str) -> str:
        """Exchange the code for an id token, which is yet to be checked.

        Raises:
            SignInFailed: the code does not hold, or was used before.
            SignInUnavailable: the pool does not answer.
        """
        form: str = prepare_token_request(
            "authorization_code",
            redirect_uri=self._callback,
            code=code,
            client_id=self._client_id,
            code_verifier=attempt.verifier,
        )
        try:
            answer = await self._send(form)
        except httpx.TransportError:
            raise SignInUnavailable from None
        if answer.is_server_error:
            raise SignInUnavailable
        try:
            return Redeemed.model_validate_json(answer.content).id_token
        except ValidationError:
            raise SignInFailed("The sign-in page's code does not hold.") from None

    @stamina.retry(on=httpx.ConnectError, attempts=3, wait_initial=0.1, wait_max=1.0, timeout=10.0)
    async def _send(self, form: str) -> httpx.Response:
        # Only what was certainly not received is sent again: a code holds once.
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._http.post(f"{self._domain}/oauth2/token", content=form, headers=headers)


def own_page(then: str) -> str:
    """Return the path of a page of ours, whatever is asked for; what a browser takes for another site's is none."""
    is_own = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    return then if is_own else "/"
