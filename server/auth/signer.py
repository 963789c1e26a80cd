"""Tokens that we sign and read ourselves (JSON Web Tokens, RFC 7519)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
from pydantic import SecretStr

from server.auth.problems import Stale, Unauthenticated

ISSUER = "lectern"
ALGORITHM = "HS256"
LEEWAY_SECONDS = 10
REQUIRED = ("iss", "aud", "exp", "iat", "jti")


class Signer:
    """Signs with the first key and reads what any of them has signed, so that keys can be changed without a break."""

    def __init__(self, keys: Sequence[SecretStr]) -> None:
        self.keys = [key.get_secret_value() for key in keys]

    def sign(self, audience: str, lifetime: timedelta, **claims: str | int) -> str:
        """Make a token for one purpose, which is its audience."""
        now = datetime.now(UTC).replace(microsecond=0)
        whole = {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + lifetime, "jti": str(uuid4())} | claims
        return jwt.encode(whole, self.keys[0], algorithm=ALGORITHM)

    def read(self, audience: str, token: str, *required: str) -> dict[str, Any]:
        """Check a token and return its claims, the required ones among them.

        Raises:
            Unauthenticated: it is none of ours, not for this purpose, or no longer good.
        """
        for key in self.keys:
            try:
                return _decode(audience, token, key, (*REQUIRED, *required))
            except jwt.InvalidSignatureError:
                continue
            except jwt.ExpiredSignatureError:
                raise Stale("The session has expired. Sign in again.") from None
            except jwt.InvalidTokenError:
                break
        raise Unauthenticated("The session does not hold. Sign in again.")


def _decode(audience: str, token: str, key: str, required: Sequence[str]) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=audience,
        leeway=LEEWAY_SECONDS,
        options={"require": list(required)},
    )
    return claims


def is_ours(token: str) -> bool:
    """Say whether a token claims to be one of ours; whether it holds is another question."""
    try:
        return jwt.get_unverified_header(token).get("alg") == ALGORITHM
    except jwt.InvalidTokenError:
        return False
