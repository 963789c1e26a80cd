"""A client that knows nothing of our code: HTTP, JSON and the address in `local.json`."""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx


@asynccontextmanager
async def machine(local: dict[str, Any], scope: str = "lectern/base") -> AsyncIterator[httpx.AsyncClient]:
    """Sign in as the machine of the local stack."""
    async with httpx.AsyncClient() as anyone:
        form = {"grant_type": "client_credentials", "scope": scope}
        secret = (local["machine_client_id"], local["machine_client_secret"])
        answer = await anyone.post(local["token_url"], data=form, auth=secret)
    async with signed_in(local, answer.raise_for_status().json()["access_token"]) as client:
        yield client


@asynccontextmanager
async def signed_in(local: dict[str, Any], token: str) -> AsyncIterator[httpx.AsyncClient]:
    """Call the API with a token."""
    headers = {"Authorization": f"Bearer {token}"}
    base_url = f"{local['base_url']}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, headers=headers, timeout=30) as client:
        yield client


async def sign_in_person(local: dict[str, Any], client_id: str, callback: str, role: str) -> dict[str, str]:
    """Sign a person in on the pool's own page: authorization code with PKCE (RFC 7636)."""
    person = next(person for person in local["people"] if person["role"] == role)
    token_url = local["token_url"]
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": callback,
        "scope": "openid email profile",
        "state": secrets.token_urlsafe(),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    async with httpx.AsyncClient(follow_redirects=False) as browser:
        back = await fill_in(browser, f"{urljoin(token_url, 'authorize')}?{urlencode(query)}", person)
        code = parse_qs(urlsplit(back).query)["code"][0]
        grant = {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "redirect_uri": callback,
            "code": code,
            "code_verifier": verifier,
        }
        tokens: dict[str, str] = (await browser.post(token_url, data=grant)).raise_for_status().json()
    return tokens


async def fill_in(browser: httpx.AsyncClient, address: str, person: dict[str, str]) -> str:
    """Fill in the form of the pool's page, and return where it sends the browser."""
    page = await browser.get(address, follow_redirects=True)
    form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    action = urljoin(str(page.url), unescape(form[1])) if form else str(page.url)
    hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
    answers = {name: unescape(value) for name, value in hidden.items()}
    answers |= {"username": person["email"], "password": person["password"]}
    return str((await browser.post(action, data=answers)).headers["location"])


async def sign_in_page(browser: httpx.AsyncClient, person: dict[str, str]) -> None:
    """Sign a browser in as our own pages do: we send it to the pool's page, and take it back."""
    away = await browser.get("/auth/login", params={"then": "/"})
    back = await browser.get(await fill_in(browser, away.headers["location"], person))
    assert back.status_code == httpx.codes.SEE_OTHER, back.text


async def send(client: httpx.AsyncClient, content: bytes, *, complete: bool = False, **wish: object) -> str:
    """Upload a file through its form and return the upload's id; without `complete`, S3 alone tells of it."""
    asked = {"filename": "speech.wav", "content_type": "audio/wav", "size": len(content)} | wish
    session = (await client.post("/uploads", json=asked)).raise_for_status().json()
    async with httpx.AsyncClient(timeout=30) as store:
        sent = await store.post(session["url"], data=session["fields"], files={"file": content})
    sent.raise_for_status()
    if complete:
        (await client.post(f"/uploads/{session['id']}/complete")).raise_for_status()
    return str(session["id"])


async def until(client: httpx.AsyncClient, *statuses: str, result_id: str) -> dict[str, Any]:
    """Follow the caller's events until a result has one of these states."""
    async with client.stream("GET", "/events", timeout=60) as events:
        async for line in events.aiter_lines():
            if line.startswith("data:"):
                result: dict[str, Any] = (await client.get(f"/results/{result_id}")).raise_for_status().json()
                if result["status"] in statuses:
                    return result
    raise EOFError("the stream of events ended")


async def result_of(client: httpx.AsyncClient, upload_id: str) -> str:
    """Follow the caller's events until an upload was accepted, and return its result's id."""
    async with client.stream("GET", "/events", timeout=60) as events:
        async for line in events.aiter_lines():
            if line.startswith("data:"):
                upload = (await client.get(f"/uploads/{upload_id}")).raise_for_status().json()
                if upload["status"] != "pending":
                    assert upload["status"] == "uploaded", json.dumps(upload)
                    return str(upload["result_id"])
    raise EOFError("the stream of events ended")
