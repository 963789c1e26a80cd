"""Signing in by Google: a credential of Google Identity Services, made for a nonce of ours.

Source: https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.auth.keys import KeySet
from server.auth.problems import SignInFailed, Unauthenticated
from server.auth.provider_tokens import ADDRESS, NAME, read, told
from server.auth.signer import Signer
from server.users.models import UserKind
from server.users.service import Claimed

AUDIENCE = "lectern/google"
PATIENCE = timedelta(minutes=10)
ISSUER = "https://accounts.google.com"
ISSUERS = (ISSUER, "accounts.google.com")
REQUIRED = ("exp", "iat", "iss", "aud", "sub", "email", "email_verified", "nonce")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom Google vouches for, in answer to which nonce of ours; that one is good until `expires_at`, and once."""

    claimed: Claimed
    nonce_id: UUID
    expires_at: datetime


class GoogleSignIn:
    """Begins sign-ins with Google, and reads what comes of them.

    Args:
        client_id: our own; a credential for another's is refused.
        login_uri: where the credential is to be posted.
        keys: Google's.
        signer: signs our nonces.
    """

    def __init__(self, client_id: str, login_uri: str, keys: KeySet, signer: Signer) -> None:
        self.client_id = client_id
        self.login_uri = login_uri
        self._keys = keys
        self._signer = signer

    def begin(self) -> str:
        """Make a nonce, which the credential is to carry.

        It is a token of ours, so that nothing has to be kept: neither by us nor, in a cookie that a post from Google's
        site would not bring along, by the browser.
        """
        return self._signer.sign(AUDIENCE, PATIENCE)

    async def verify(self, credential: str) -> Vouched:
        """Check a credential wholly; that its nonce was not used before is for the database to say.

        Raises:
            Unauthenticated: it is none of Google's, not for us, no longer good, or its e-mail address is not verified.
            SignInFailed: no nonce of ours is in it, or an expired one.
            SignInUnavailable: Google's keys can't be had.
        """
        claims = await read(credential, self._keys, ISSUERS, REQUIRED, audience=self.client_id)
        if claims["email_verified"] not in (True, "true"):
            raise Unauthenticated("Google has not verified this e-mail address. Verify it there, then sign in again.")
        # The subject alone says who it is: an address may pass to another person.
        email, name = told(ADDRESS, claims["email"]), told(NAME, claims.get("name"))
        claimed = Claimed(UserKind.PERSON, ISSUER, claims["sub"], email=email, name=name)
        return self._answering(str(claims["nonce"]), claimed)

    def _answering(self, nonce: str, claimed: Claimed) -> Vouched:
        try:
            ours = self._signer.read(AUDIENCE, nonce)
        except Unauthenticated:
            raise SignInFailed("This sign-in was not begun here, or took too long.") from None
        return Vouched(claimed, UUID(ours["jti"]), datetime.fromtimestamp(ours["exp"], UTC))


def check_double_submit(cookie: str | None, field: str) -> None:
    """Make sure that our own page had the browser post: another site's can't know what is in the cookie.

    Raises:
        SignInFailed: they are not the same, or not there.
    """
    if not cookie or not hmac.compare_digest(cookie.encode(), field.encode()):
        raise SignInFailed("The g_csrf_token of the form is not the one in the cookie.")
