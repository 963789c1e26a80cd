"""Reading the tokens that a sign-in provider signs (JSON Web Tokens, RFC 7519)."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any

import jwt
from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from server.auth.keys import KeySet
from server.auth.problems import Stale, Unauthenticated
from server.users.schemas import Language, Name, one_line, unmistakable

ALGORITHM = "RS256"
LARGEST_TOKEN = 8_192
LEEWAY_SECONDS = 10

LANGUAGE: TypeAdapter[str] = TypeAdapter(Language)
NAME: TypeAdapter[str] = TypeAdapter(Name)
ADDRESS: TypeAdapter[str] = TypeAdapter(
    Annotated[
        str, StringConstraints(min_length=1, max_length=254), AfterValidator(unmistakable), AfterValidator(one_line)
    ]
)


async def read(
    token: str, keys: KeySet, issuers: Collection[str], required: Sequence[str], audience: str | None = None
) -> dict[str, Any]:
    """Check signature, issuer, times and audience of a token, and return its claims, the required ones among them.

    Args:
        token: as it was brought.
        keys: the provider's.
        issuers: how the provider may name itself.
        required: claims that it must have.
        audience: whom alone it must be for; None leaves that to the caller.

    Raises:
        Unauthenticated: it does not hold.
        SignInUnavailable: the provider's keys can't be had.
    """
    if len(token) > LARGEST_TOKEN:
        raise Unauthenticated("The token is too long to be one of ours.")
    try:
        header = jwt.get_unverified_header(token)
        key = await keys.find(str(header.get("kid", ""))) if header.get("alg") == ALGORITHM else None
        if key is None:
            raise Unauthenticated("The token is not signed by the sign-in provider of this service.")
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=issuers,
            audience=audience,
            leeway=LEEWAY_SECONDS,
            options={"require": list(required), "verify_aud": audience is not None, "strict_aud": audience is not None},
        )
    except jwt.ExpiredSignatureError:
        raise Stale("The token has expired. Sign in again.") from None
    except jwt.InvalidTokenError:
        raise Unauthenticated("The token does not hold. Sign in again.") from None
    return claims


def told(kind: TypeAdapter[str], claim: object) -> str | None:
    """Return what a provider says of a person, where it can be kept: people write some of it themselves."""
    try:
        return kind.validate_python(claim)
    except ValidationError:
        return None
