"""Our own session tokens."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr

from server.auth.problems import Unauthenticated
from server.auth.sessions import Sessions
from server.auth.signer import Signer, is_ours

KEY, OLDER, FOREIGN = (letter * 64 for letter in "abc")
LIFETIME = timedelta(hours=1)
Forge = Callable[..., str]


@pytest.fixture
def sessions() -> Sessions:
    """Sessions of two keys, of which the first signs."""
    return Sessions(Signer([SecretStr(KEY), SecretStr(OLDER)]), LIFETIME)


def claims(**changed: Any) -> dict[str, Any]:
    """The claims of a good token; a changed one of None is left out."""
    now = int(time.time())
    whole = {"iss": "lectern", "aud": "lectern", "sub": str(uuid4()), "iat": now, "exp": now + 60}
    whole |= {"jti": str(uuid4()), "ver": 0}
    return {name: value for name, value in (whole | changed).items() if value is not None}


def signed(key: str = KEY, algorithm: str = "HS256", **changed: Any) -> str:
    """Sign claims."""
    return jwt.encode(claims(**changed), key, algorithm=algorithm)


def without(name: str) -> str:
    """Sign all claims but one."""
    return jwt.encode(claims(**{name: None}), KEY, algorithm="HS256")


def test_token_says_whose_session_it_is(sessions: Sessions) -> None:
    """What was issued is read again, and lasts as long as is set."""
    user = uuid4()
    token, session = sessions.issue(user, 3)
    assert sessions.read(token) == session
    assert (session.user_id, session.version) == (user, 3)
    assert timedelta(0) < session.expires_at - datetime.now(UTC) <= LIFETIME
    assert is_ours(token)


def test_older_key_still_holds(sessions: Sessions) -> None:
    """Changing the key signs nobody out, and new tokens are signed with the new one."""
    sessions.read(signed(OLDER))
    token, _ = sessions.issue(uuid4(), 0)
    jwt.decode(token, KEY, algorithms=["HS256"], audience="lectern")


PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PAST, FUTURE = int(time.time()) - 3600, int(time.time()) + 3600


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        signed()[:-4],
        signed()[:40],
        signed() + "x" * 10_000,
        signed(FOREIGN),
        signed("", "none"),
        jwt.encode(claims(), KEY, algorithm="HS512"),
        jwt.encode(claims(), PRIVATE, algorithm="RS256"),
        signed(exp=PAST),
        signed(iat=FUTURE),
        signed(nbf=FUTURE),
        signed(iss="another"),
        signed(aud="another"),
        *(without(name) for name in ("iss", "aud", "sub", "exp", "iat", "jti", "ver")),
        signed(sub="someone"),
        signed(jti="1"),
        signed(ver="many"),
        signed(exp="soon"),
    ],
)
def test_forged_and_stale_tokens_do_not_hold(sessions: Sessions, token: str) -> None:
    """Whatever is wrong with it, it is refused in one way."""
    with pytest.raises(Unauthenticated):
        sessions.read(token)


def test_proof_is_of_one_session(sessions: Sessions) -> None:
    """A page's secret proves its own session only, and one made with an older key still does."""
    (_, mine), (_, other) = sessions.issue(uuid4(), 0), sessions.issue(uuid4(), 0)
    assert sessions.is_proof(mine, sessions.proof(mine))
    assert sessions.is_proof(mine, Sessions(Signer([SecretStr(OLDER)]), LIFETIME).proof(mine))
    for wrong in (sessions.proof(other), "", "é", sessions.proof(mine)[:-1]):
        assert not sessions.is_proof(mine, wrong)
