"""Our own session tokens: JSON Web Tokens (RFC 7519) that we sign ourselves."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
from pydantic import SecretStr

from server.auth.problems import Unauthenticated

ISSUER = AUDIENCE = "lectern"
ALGORITHM = "HS256"
LEEWAY_SECONDS = 10
CLAIMS = ("iss", "aud", "sub", "exp", "iat", "jti", "ver")


@dataclass(frozen=True, slots=True)
class Session:
    """A person's sign-in on one device.

    `version` is that of the person when it began: once they sign out everywhere, theirs is higher.
    """

    id: UUID
    user_id: UUID
    version: int
    expires_at: datetime


class Sessions:
    """Issues and reads session tokens.

    The first key signs; the others still hold, so that keys can be changed without signing anybody out.
    """

    def __init__(self, keys: Sequence[SecretStr], lifetime: timedelta) -> None:
        self._keys = [key.get_secret_value() for key in keys]
        self._lifetime = lifetime

    def issue(self, user_id: UUID, version: int) -> tuple[str, Session]:
        """Begin a session, and return its token."""
        now = datetime.now(UTC).replace(microsecond=0)
        session = Session(uuid4(), user_id, version, now + self._lifetime)
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "iat": now,
            "exp": session.expires_at,
            "jti": str(session.id),
            "ver": version,
        }
        return jwt.encode(claims, self._keys[0], algorithm=ALGORITHM), session

    def read(self, token: str) -> Session:
        """Check a token; whether its session was ended meanwhile is for the database to say.

        Raises:
            Unauthenticated: it is none of ours, or no longer.
        """
        claims = self._decode(token)
        try:
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
            return Session(UUID(claims["jti"]), UUID(claims["sub"]), int(claims["ver"]), expires_at)
        except (TypeError, ValueError, OverflowError):
            raise Unauthenticated("The session does not hold. Sign in again.") from None

    def proof(self, session: Session) -> str:
        """Return the secret that a page of ours can send along, and a foreign page can't know."""
        return _proof(self._keys[0], session)

    def is_proof(self, session: Session, given: str) -> bool:
        """Say whether it is this session's proof, in a time that tells nothing of it."""
        proofs = [_proof(key, session) for key in self._keys]
        return any(hmac.compare_digest(proof.encode(), given.encode()) for proof in proofs)

    def _decode(self, token: str) -> dict[str, Any]:
        for key in self._keys:
            try:
                return self._decode_with(token, key)
            except jwt.InvalidSignatureError:
                continue
            except jwt.ExpiredSignatureError:
                raise Unauthenticated("The session has expired. Sign in again.") from None
            except jwt.InvalidTokenError:
                break
        raise Unauthenticated("The session does not hold. Sign in again.")

    def _decode_with(self, token: str, key: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=LEEWAY_SECONDS,
            options={"require": list(CLAIMS)},
        )
        return claims


def _proof(key: str, session: Session) -> str:
    return hmac.new(key.encode(), f"proof:{session.id}".encode(), hashlib.sha256).hexdigest()


def is_ours(token: str) -> bool:
    """Say whether a token claims to be a session of ours; whether it holds is another question."""
    try:
        return jwt.get_unverified_header(token).get("alg") == ALGORITHM
    except jwt.InvalidTokenError:
        return False
