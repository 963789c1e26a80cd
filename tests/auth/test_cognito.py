"""Tokens of the user pool."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.problems import MEDIA_TYPE
from server.settings import Settings
from tests.tokens import Pool

NOW = int(time.time())


def _hs256_with_public_key(pool: Pool) -> str:
    """The classic confusion: the public key, which everyone has, used as an HMAC secret."""
    pem = pool.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "kid": pool.key_id}, pool.claims())
    ]
    signature = hmac.new(pem, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def _other_key(pool: Pool) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(pool.claims(), key, algorithm="RS256", headers={"kid": pool.key_id})


FORGERIES: dict[str, Any] = {
    "alg none": lambda pool: jwt.encode(pool.claims(), "", algorithm="none", headers={"kid": pool.key_id}),
    "HS256 with the public key": _hs256_with_public_key,
    "another's key under our id": _other_key,
    "unknown kid": lambda pool: pool.sign(pool.claims(), kid="key-2"),
    "kid that is a path": lambda pool: pool.sign(pool.claims(), kid="../../dev/null"),
    "kid that is a number": lambda pool: _unsigned_header(pool, {"alg": "RS256", "kid": 1}),
    "expired": lambda pool: pool.sign(pool.claims(exp=NOW - 60)),
    "not yet valid": lambda pool: pool.sign(pool.claims(nbf=NOW + 600)),
    "from the future": lambda pool: pool.sign(pool.claims(iat=NOW + 600)),
    "foreign issuer": lambda pool: pool.sign(pool.claims(iss="https://evil.test/pool")),
    "issuer with a slash more": lambda pool: pool.sign(pool.claims(iss=pool.issuer + "/")),
    "foreign client": lambda pool: pool.sign(pool.claims(client_id="another")),
    "id token for another app": lambda pool: pool.sign(pool.claims(token_use="id", aud="another")),
    "id token with a list of audiences": lambda pool: pool.sign(pool.claims(token_use="id", aud=["web-client"])),
    "no token_use": lambda pool: pool.sign(pool.claims(token_use=None)),
    "no exp": lambda pool: pool.sign(pool.claims(exp=None)),
    "no sub": lambda pool: pool.sign(pool.claims(sub=None)),
    "refresh token": lambda pool: pool.sign(pool.claims(token_use="refresh")),
    "truncated": lambda pool: pool.sign(pool.claims())[:-20],
    "two parts": lambda pool: ".".join(pool.sign(pool.claims()).split(".")[:2]),
    "not a token": lambda _: "nonsense",
    "far too long": lambda _: "a" * 100_000,
    "not ASCII": lambda _: "tök.en.ñ",
}


def _unsigned_header(pool: Pool, header: dict[str, Any]) -> str:
    _, payload, signature = pool.sign(pool.claims()).split(".")
    return ".".join([base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("="), payload, signature])


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_forged_or_stale_tokens_are_refused(http: httpx.AsyncClient, pool: Pool, forgery: str) -> None:
    """Whatever is wrong with a token, the answer is 401 as problem+json, and never 500."""
    token = FORGERIES[forgery](pool)
    answer = await http.get("/results", headers={b"Authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] == "unauthenticated"
    assert token not in answer.text


@pytest.mark.parametrize("header", [None, "Basic dXNlcjpwYXNz", "Bearer", ""])
async def test_without_a_bearer_token_nobody_is_let_in(http: httpx.AsyncClient, header: str | None) -> None:
    """No credential, or one of another kind, is 401 too."""
    answer = await http.get("/results", headers={} if header is None else {"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("use", [{}, {"token_use": "id", "aud": "web-client", "client_id": None, "username": None}])
async def test_access_and_id_tokens_of_people_are_good(
    http: httpx.AsyncClient, pool: Pool, use: dict[str, Any]
) -> None:
    """A person may bring either token of the pool."""
    headers = {"Authorization": f"Bearer {pool.sign(pool.claims(**use))}"}
    assert (await http.get("/results", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("scope", "status"),
    [("lectern/base", 200), ("lectern/admin", 200), ("other/base", 403), ("lectern/basest", 403), ("", 403)],
)
async def test_machines_need_one_of_our_scopes(http: httpx.AsyncClient, pool: Pool, scope: str, status: int) -> None:
    """A machine's token counts by its scope; one without is 403, since it is known who it is."""
    answer = await http.get("/results", headers=pool.machine(scope))
    assert answer.status_code == status


async def test_a_machine_is_never_the_person_with_its_subject(http: httpx.AsyncClient, pool: Pool) -> None:
    """A machine whose client id equals a person's `sub` is an owner of its own."""
    wish = {"filename": "a.wav", "content_type": "audio/wav", "size": 10}
    made = await http.post("/uploads", json=wish, headers=pool.person("twin"))
    answer = await http.get(f"/uploads/{made.json()['id']}", headers=pool.machine(client_id="twin"))
    assert answer.status_code == 404


async def test_many_tokens_at_once_cause_one_request_for_keys(settings: Settings, pool: Pool) -> None:
    """However many callers come at once, the pool is asked for its keys once."""
    verifier, before = pool.verifier(settings.auth), pool.requests
    token = pool.sign(pool.claims())
    await asyncio.gather(*(verifier.verify(token) for _ in range(200)))
    assert pool.requests == before + 1
