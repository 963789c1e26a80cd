"""What a forger may have got hold of, and what comes of it."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import jwt

from server.auth.sessions import AUDIENCE
from server.auth.signer import Signer
from tests.auth.conftest import Town
from tests.tokens import Google, Pool

NOW = int(time.time())
HOUR = 3600
EMAIL = "ada@example.com"


@dataclass(frozen=True)
class Attempt:
    """A request with a credential that must not hold; `secret` is what may not be told or logged."""

    secret: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    cookies: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    path: str = "/results"
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    status: int = 401
    code: str = "unauthenticated"


@dataclass(frozen=True)
class Forger:
    """What a forger may have got hold of."""

    http: httpx.AsyncClient
    pool: Pool
    town: Town
    google: Google
    signer: Signer
    tool: str
    webhook_key: str

    def ours(self, **changed: Any) -> dict[str, Any]:
        """The claims of a good session; a changed one of None is left out."""
        whole = {"iss": "lectern", "aud": AUDIENCE, "sub": str(uuid4()), "iat": NOW, "exp": NOW + HOUR}
        whole |= {"jti": str(uuid4()), "ver": 0}
        return {name: value for name, value in (whole | changed).items() if value is not None}

    def session(self, key: str | None = None, algorithm: str = "HS256", **changed: Any) -> str:
        """Sign claims of a session, with our own key if none is given."""
        return jwt.encode(self.ours(**changed), self.signer.keys[0] if key is None else key, algorithm=algorithm)

    async def key(self) -> str:
        """A good API key."""
        headers = bearer(await self.town.session(EMAIL))
        answer = await self.http.post("/auth/keys", json={"name": "stolen"}, headers=dict(headers))
        key: str = answer.json()["key"]
        return key


Forge = Callable[[Forger], Awaitable[Attempt]]


def bearer(token: str) -> list[tuple[str, str]]:
    """The header that brings a token."""
    return [("Authorization", f"Bearer {token}")]
