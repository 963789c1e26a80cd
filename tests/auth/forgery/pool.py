"""Tokens that seem to be of the user pool."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from tests.auth.forgery.base import NOW, Attempt, Forge, Forger, bearer
from tests.tokens import Pool

STRANGER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE_KEY = ec.generate_private_key(ec.SECP256R1())


def _by_pool(make: Callable[[Pool], str], **expected: Any) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        token = make(forger.pool)
        return Attempt(token, bearer(token), **expected)

    return forge


def _claiming(**changed: Any) -> Forge:
    return _by_pool(lambda pool: pool.sign(pool.claims(**changed)))


def _with_header(**header: Any) -> Forge:
    return _by_pool(lambda pool: pool.sign(pool.claims(), **header))


def _by_stranger(**header: Any) -> Forge:
    """Signed with a key of the forger's, which the header tells where to find."""
    return _by_pool(
        lambda pool: jwt.encode(pool.claims(), STRANGER_KEY, algorithm="RS256", headers={"kid": pool.key_id} | header)
    )


def _as_machine(scope: str | None) -> Forge:
    claims = {"username": None, "client_id": "machine-1", "sub": "machine-1", "scope": scope}
    return _by_pool(lambda pool: pool.sign(pool.claims(**claims)), status=403, code="insufficient_scope")


def hs256_with_public_key(pool: Pool) -> str:
    """The classic confusion: the public key, which everyone has, used as an HMAC secret."""
    pem = pool.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [_encoded(part) for part in ({"alg": "HS256", "kid": pool.key_id}, pool.claims())]
    signature = hmac.new(pem, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def _other_header(pool: Pool, header: dict[str, Any]) -> str:
    _, payload, signature = pool.sign(pool.claims()).split(".")
    return ".".join([_encoded(header).decode(), payload, signature])


def _other_payload(pool: Pool) -> str:
    header, _, signature = pool.sign(pool.claims()).split(".")
    return ".".join([header, _encoded(pool.claims(sub="admin")).decode(), signature])


def _encoded(part: Mapping[str, Any]) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")


OF_THE_POOL: dict[str, Forge] = {
    "alg none": _by_pool(lambda pool: jwt.encode(pool.claims(), "", algorithm="none", headers={"kid": pool.key_id})),
    "alg none in capitals": _by_pool(lambda pool: _other_header(pool, {"alg": "NONE", "kid": pool.key_id})),
    "HS256 with the public key": _by_pool(hs256_with_public_key),
    "ES256": _by_pool(lambda pool: jwt.encode(pool.claims(), CURVE_KEY, "ES256", headers={"kid": pool.key_id})),
    "RS512 under our id": _by_pool(
        lambda pool: jwt.encode(pool.claims(), pool.key, "RS512", headers={"kid": pool.key_id})
    ),
    "another's key under our id": _by_stranger(),
    "jku": _by_stranger(jku="https://evil.test/jwks.json"),
    "x5u": _by_stranger(x5u="https://evil.test/chain.pem"),
    "jwk": _by_stranger(jwk=RSAAlgorithm.to_jwk(STRANGER_KEY.public_key(), as_dict=True)),
    "critical header": _with_header(crit=["evil"], evil=1),
    "other payload": _by_pool(_other_payload),
    "unknown kid": _with_header(kid="key-2"),
    "kid that is a path": _with_header(kid="../../dev/null"),
    "kid that is an address": _with_header(kid="https://evil.test/jwks.json"),
    "kid that is a number": _by_pool(lambda pool: _other_header(pool, {"alg": "RS256", "kid": 1})),
    "no kid": _by_pool(lambda pool: jwt.encode(pool.claims(), pool.key, "RS256")),
    "expired": _claiming(exp=NOW - 60),
    "exp that is a word": _claiming(exp="never"),
    "not yet valid": _claiming(nbf=NOW + 600),
    "from the future": _claiming(iat=NOW + 600),
    "foreign issuer": _claiming(iss="https://evil.test/pool"),
    "issuer with a slash more": _claiming(iss=f"{Pool.issuer}/"),
    "foreign client": _claiming(client_id="another"),
    "id token for another app": _claiming(token_use="id", aud="another"),
    "id token with a list of audiences": _claiming(token_use="id", aud=["web-client"]),
    "id token as access": _claiming(client_id=None, aud="web-client"),
    "no token_use": _claiming(token_use=None),
    "refresh token": _claiming(token_use="refresh"),
    "no exp": _claiming(exp=None),
    "no iat": _claiming(iat=None),
    "no sub": _claiming(sub=None),
    "sub that is a number": _claiming(sub=7),
    "truncated": _by_pool(lambda pool: pool.sign(pool.claims())[:-20]),
    "two parts": _by_pool(lambda pool: ".".join(pool.sign(pool.claims()).split(".")[:2])),
    "no token": _by_pool(lambda _: "nonsense"),
    "far too long": _by_pool(lambda _: "a" * 100_000),
    "too long, and signed": _by_pool(lambda pool: pool.sign(pool.claims(filler="x" * 10_000))),
    "not ASCII": _by_pool(lambda _: "tök.en.ñ"),
    "machine without a scope": _as_machine(None),
    "machine of another service": _as_machine("other/base other/admin"),
    "machine with nearly our scope": _as_machine("lectern/basest"),
}
