"""Tokens of an Amazon Cognito user pool.

Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
"""

from typing import Any

from server.auth.keys import KeySet
from server.auth.problems import InsufficientScope, Unauthenticated
from server.auth.provider_tokens import ADDRESS, LANGUAGE, NAME, read, told
from server.configuration.callers import Auth
from server.users.models import UserKind
from server.users.service import Claimed

REQUIRED = ("exp", "iat", "iss", "sub", "token_use")


class CognitoVerifier:
    """Says whom a token speaks for: a person (access or id token) or a machine (`client_credentials`)."""

    def __init__(self, settings: Auth, keys: KeySet) -> None:
        self._settings = settings
        self._keys = keys

    async def verify(self, token: str) -> tuple[Claimed, bool]:
        """Check a token wholly.

        Returns:
            Whom it speaks for, and whether it carries the admin scope of a machine.

        Raises:
            Unauthenticated: it is no token of ours, or no longer.
            InsufficientScope: a machine's token without one of our scopes.
            SignInUnavailable: the pool's keys can't be had.
        """
        claims = await read(token, self._keys, (self._settings.cognito_issuer,), REQUIRED)
        match claims.get("token_use"):
            case "id" if claims.get("aud") in self._settings.cognito_client_ids:
                return self._person(claims), False
            case "access" if "username" in claims and claims.get("client_id") in self._settings.cognito_client_ids:
                return self._person(claims), False
            case "access" if "username" not in claims and "client_id" in claims:
                return self._machine(claims)
            case _:
                raise Unauthenticated("The token was not made for this service. Sign in here and use that token.")

    def _person(self, claims: dict[str, Any]) -> Claimed:
        verified = claims.get("email_verified") in (True, "true")
        return Claimed(
            UserKind.PERSON,
            claims["iss"],
            claims["sub"],
            email=told(ADDRESS, claims.get("email")) if verified else None,
            name=told(NAME, claims.get("name")),
            language=told(LANGUAGE, claims.get("locale")),
        )

    def _machine(self, claims: dict[str, Any]) -> tuple[Claimed, bool]:
        prefix = f"{self._settings.cognito_resource_server}/"
        ours = {scope.removeprefix(prefix) for scope in claims.get("scope", "").split() if scope.startswith(prefix)}
        if not ours & {"base", "admin"}:
            raise InsufficientScope(f"The token needs the scope {prefix}base or {prefix}admin.")
        return Claimed(UserKind.MACHINE, claims["iss"], claims["client_id"]), "admin" in ours
