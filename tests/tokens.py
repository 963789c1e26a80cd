"""A user pool of the tests' own: real keys and real signatures, without a server."""

import time
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from server.auth.cognito import CognitoVerifier
from server.auth.keys import KeySet
from server.configuration.callers import Auth


class Pool:
    """Makes tokens as Cognito makes them, and answers for its keys as Cognito does."""

    issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_tests"
    jwks_url = f"{issuer}/.well-known/jwks.json"
    client_id = "web-client"
    key_id = "key-1"

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.requests = 0
        self.is_down = False

    def _answer(self, _: httpx.Request) -> httpx.Response:
        self.requests += 1
        if self.is_down:
            return httpx.Response(503)
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return httpx.Response(200, json={"keys": [public | {"kid": self.key_id, "alg": "RS256", "use": "sig"}]})

    def keys(self) -> KeySet:
        """A fresh set of this pool's keys."""
        return KeySet(self.jwks_url, httpx.AsyncClient(transport=httpx.MockTransport(self._answer)))

    def verifier(self, settings: Auth) -> CognitoVerifier:
        """A verifier that trusts this pool."""
        return CognitoVerifier(settings, self.keys())

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """Sign any claims with the pool's key."""
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.key_id} | header)

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of a person's access token; a changed claim of None is left out."""
        now = int(time.time())
        whole = {
            "sub": "person-1",
            "iss": self.issuer,
            "client_id": self.client_id,
            "token_use": "access",
            "username": "person-1",
            "iat": now,
            "exp": now + 3600,
        }
        return {name: value for name, value in (whole | changed).items() if value is not None}

    def person(self, subject: str = "person-1") -> dict[str, str]:
        """The headers of a signed-in person."""
        return _bearer(self.sign(self.claims(sub=subject, username=subject)))

    def machine(self, scope: str = "lectern/base", client_id: str = "machine-1") -> dict[str, str]:
        """The headers of a machine."""
        return _bearer(self.sign(self.claims(sub=client_id, client_id=client_id, username=None, scope=scope)))


class Google(Pool):
    """Makes credentials as Google Identity Services does, and answers for Google's keys."""

    issuer = "https://accounts.google.com"
    jwks_url = "https://www.googleapis.com/oauth2/v3/certs"
    client_id = "0123-ours.apps.googleusercontent.com"

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of a credential; a changed claim of None is left out."""
        now = int(time.time())
        whole: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.client_id,
            "azp": self.client_id,
            "sub": "1180",
            "jti": "x",
        }
        whole |= {"email": "ada@example.com", "name": "Ada", "iat": now, "nbf": now, "exp": now + 3600} | {
            "email_verified": True
        }
        return {name: value for name, value in (whole | changed).items() if value is not None}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
