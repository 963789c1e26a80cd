"""The tokens by which a page's sign-in is known."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server.auth.problems import Unauthenticated
from server.auth.signer import Signer

AUDIENCE = "lectern"


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
    """Issues and reads session tokens."""

    def __init__(self, signer: Signer, lifetime: timedelta) -> None:
        self._signer = signer
        self._lifetime = lifetime

    def issue(self, user_id: UUID, version: int) -> tuple[str, Session]:
        """Begin a session, and return its token."""
        token = self._signer.sign(AUDIENCE, self._lifetime, sub=str(user_id), ver=version)
        return token, self.read(token)

    def read(self, token: str) -> Session:
        """Check a token; whether its session was ended meanwhile is for the database to say.

        Raises:
            Unauthenticated: it is none of ours, or no longer.
        """
        claims = self._signer.read(AUDIENCE, token, "sub", "ver")
        try:
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
            return Session(UUID(claims["jti"]), UUID(claims["sub"]), int(claims["ver"]), expires_at)
        except (TypeError, ValueError, OverflowError):
            raise Unauthenticated("The session does not hold. Sign in again.") from None

    def proof(self, session: Session) -> str:
        """Return the secret that a page of ours can send along, and a foreign page can't know."""
        return _proof(self._signer.keys[0], session)

    def is_proof(self, session: Session, given: str) -> bool:
        """Say whether it is this session's proof, in a time that tells nothing of it."""
        proofs = [_proof(key, session) for key in self._signer.keys]
        return any(hmac.compare_digest(proof.encode(), given.encode()) for proof in proofs)


def _proof(key: str, session: Session) -> str:
    return hmac.new(key.encode(), f"proof:{session.id}".encode(), hashlib.sha256).hexdigest()
