"""Credentials of Google's that are not for us, or not in answer to us."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
from pydantic import SecretStr

from server.auth.google import AUDIENCE
from server.auth.signer import Signer
from tests.auth.forgery.base import HOUR, NOW, Attempt, Forge, Forger
from tests.tokens import Google

CSRF = "a-double-submit"


def _attempt(credential: str, *, cookie: str | None = CSRF, field: str = CSRF, **expected: Any) -> Attempt:
    form = {"credential": credential, "g_csrf_token": field}
    cookies = {"g_csrf_token": cookie} if cookie is not None else {}
    return Attempt(credential, cookies=cookies, method="POST", path="/auth/google", form=form, **expected)


def _claiming(**changed: Any) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        claims = {"nonce": forger.signer.sign(AUDIENCE, timedelta(minutes=1))} | changed
        return _attempt(forger.google.sign(forger.google.claims(**claims)))

    return forge


def _signing(sign: Callable[[dict[str, Any], Google], str]) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        nonce = forger.signer.sign(AUDIENCE, timedelta(minutes=1))
        return _attempt(sign(forger.google.claims(nonce=nonce), forger.google))

    return forge


def _answering(make: Callable[[Signer], str]) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        credential = forger.google.sign(forger.google.claims(nonce=make(forger.signer)))
        return _attempt(credential, status=400, code="sign_in_failed")

    return forge


def _posted(cookie: str | None, field: str = CSRF) -> Forge:
    async def forge(forger: Forger) -> Attempt:
        nonce = forger.signer.sign(AUDIENCE, timedelta(minutes=1))
        credential = forger.google.sign(forger.google.claims(nonce=nonce))
        return _attempt(credential, cookie=cookie, field=field, status=400, code="sign_in_failed")

    return forge


async def _replayed(forger: Forger) -> Attempt:
    nonce = forger.signer.sign(AUDIENCE, timedelta(minutes=1))
    credential = forger.google.sign(forger.google.claims(nonce=nonce))
    attempt = _attempt(credential, status=400, code="sign_in_failed")
    forger.http.cookies.update(dict(attempt.cookies))
    (await forger.http.post(attempt.path, data=dict(attempt.form))).raise_for_status()
    return attempt


OF_GOOGLE: dict[str, Forge] = {
    "Google's token for another app": _claiming(aud="0123-another.apps.googleusercontent.com"),
    "Google's token for two apps": _claiming(aud=[Google.client_id, "0123-another.apps.googleusercontent.com"]),
    "Google's token for no app": _claiming(aud=None),
    "issuer that begins as Google": _claiming(iss="https://accounts.google.com.evil.example"),
    "issuer that is nearly Google": _claiming(iss="accounts.google"),
    "no issuer, by Google's key": _claiming(iss=None),
    "Google's expired token": _claiming(exp=NOW - HOUR, iat=NOW - 2 * HOUR),
    "Google's token without end": _claiming(exp=None),
    "Google's token from the future": _claiming(iat=NOW + HOUR),
    "Google's token not yet valid": _claiming(nbf=NOW + HOUR),
    "Google's token of nobody": _claiming(sub=None),
    "Google's token without address": _claiming(email=None),
    "unverified e-mail": _claiming(email_verified=False),
    "unverified e-mail, in words": _claiming(email_verified="false"),
    "e-mail of which nothing is said": _claiming(email_verified=None),
    "Google's token without nonce": _claiming(nonce=None),
    "HS256 as Google": _signing(lambda claims, _: jwt.encode(claims, "s" * 64, algorithm="HS256")),
    "alg none as Google": _signing(lambda claims, _: jwt.encode(claims, "", algorithm="none")),
    "another's key as Google": _signing(lambda claims, _: Google().sign(claims)),
    "kid that is a path, as Google": _signing(lambda claims, google: google.sign(claims, kid="../../keys")),
    "truncated Google's token": _signing(lambda claims, google: google.sign(claims)[:-6]),
    "oversize Google's token": _signing(lambda claims, google: google.sign(claims | {"filler": "x" * 9000})),
    "foreign nonce": _answering(lambda _: Signer([SecretStr("x" * 64)]).sign(AUDIENCE, timedelta(minutes=1))),
    "expired nonce": _answering(lambda signer: signer.sign(AUDIENCE, timedelta(minutes=-1))),
    "session as nonce": _answering(lambda signer: signer.sign("lectern", timedelta(minutes=1))),
    "made up nonce": _answering(lambda _: "0123456789abcdef"),
    "replayed credential": _replayed,
    "post without the cookie": _posted(None),
    "post with an empty cookie": _posted(""),
    "post with another cookie": _posted("other"),
    "post with another field": _posted(CSRF, "é"),
}
