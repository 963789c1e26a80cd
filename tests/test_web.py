"""Serving the built web client."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from server.application import create_app
from server.headers import page_headers
from server.settings import BUILT_HERE, Service, Settings

PAGE = "<!doctype html><title>Lectern</title>" + " " * 2000
SCRIPT = "export const speech = 1;" * 100
HASHED = "/assets/index-0aB1.js"
STORE = "https://s3.example"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client as the bundler leaves it: the script in both compressed forms, the first page in one."""
    folder = tmp_path_factory.mktemp("web") / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder.parent / "secret.txt").write_text("not to be served")
    for name, text in {"index.html": PAGE, HASHED[1:]: SCRIPT, "sw.js": "self.skipWaiting();"}.items():
        (folder / name).write_text(text)
    (folder / "index.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / f"{HASHED[1:]}.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / f"{HASHED[1:]}.br").write_bytes(b"what brotli would write")
    (folder / "manifest.webmanifest").write_text("{}")
    return folder


@pytest.fixture(scope="module")
async def app(settings: Settings, built: Path) -> AsyncIterator[FastAPI]:
    """The application with that client, running."""
    service = settings.service.model_copy(update={"web_client_folder": built})
    app = create_app(settings.model_copy(update={"service": service}))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """What asks for pages, taking no compressed answers unless it says so."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test") as client:
        client.headers["Accept-Encoding"] = "identity"
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/results", "/results/0199-7c", "/sign-in?to=%2Fresults", "/apiary"]
)
async def test_address_of_a_page_gives_the_first_page(browser: httpx.AsyncClient, path: str) -> None:
    """Which page it is, the client itself finds out; whether it is new, the browser asks each time."""
    answer = await browser.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/index-old.js", "/assets/gone", "/favicon.ico", "/assets/%00.js", f"/assets/{'a' * 300}.js"]
)
async def test_missing_file_is_no_page(browser: httpx.AsyncClient, path: str) -> None:
    """An old page that asks for a script of before is told so, and not given HTML for it."""
    answer = await browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/api/v2/results"])
async def test_unknown_paths_of_the_api_stay_its_own(browser: httpx.AsyncClient, path: str) -> None:
    """A program that errs in the address is not given a page."""
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_health_is_not_a_page(browser: httpx.AsyncClient) -> None:
    """What watches the service asks the service."""
    assert (await browser.get("/healthz")).json()["status"] == "ok"


@pytest.mark.parametrize("path", ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//secret.txt"])
async def test_nothing_else_is_served(browser: httpx.AsyncClient, path: str) -> None:
    """No way leads out of the folder."""
    answer = await browser.request("GET", f"http://lectern.test{path}")
    assert "not to be served" not in answer.text


async def test_hashed_files_are_kept_for_good(browser: httpx.AsyncClient) -> None:
    """Their names change with what is in them; all else is asked for anew."""
    kept = {
        path: (await browser.get(path)).headers["cache-control"] for path in (HASHED, "/sw.js", "/manifest.webmanifest")
    }
    assert kept == {
        HASHED: "public, max-age=31536000, immutable",
        "/sw.js": "no-cache",
        "/manifest.webmanifest": "no-cache",
    }


@pytest.mark.parametrize(
    ("path", "accepted", "encoding"),
    [
        (HASHED, "gzip, deflate, br", "br"),
        (HASHED, "gzip", "gzip"),
        (HASHED, "BR;q=1.0", "br"),
        (HASHED, "br;q=0, gzip", "gzip"),
        (HASHED, "br; q=0.0, gzip;q=0", None),
        (HASHED, "", None),
        ("/results", "gzip, br", "gzip"),
        ("/sw.js", "gzip, br", None),
    ],
)
async def test_the_smallest_form_that_is_taken(
    browser: httpx.AsyncClient, path: str, accepted: str, encoding: str | None
) -> None:
    """Files go out as they were compressed when they were built, under their own type."""
    async with browser.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.headers["content-type"].startswith("text/html" if path == "/results" else "text/javascript")
    assert len(body) == int(answer.headers["content-length"])


async def test_manifest_has_its_type(browser: httpx.AsyncClient) -> None:
    """Browsers install by it."""
    answer = await browser.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"


async def test_what_has_not_changed_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    """Each form has a tag of its own, and the answer repeats the policy, which browsers put in the place of the old."""
    first = await browser.get("/results")
    again = await browser.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    packed = await browser.get("/", headers={"If-None-Match": first.headers["etag"], "Accept-Encoding": "gzip"})
    assert packed.status_code == 200


async def test_head_is_a_get_without_its_body(browser: httpx.AsyncClient) -> None:
    """Watchers ask so."""
    answer = await browser.head("/results")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(PAGE)


async def test_pages_are_only_read(browser: httpx.AsyncClient) -> None:
    """A form that was posted beside the API is told where it errs."""
    answer = await browser.post("/results")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_policy_of_pages(browser: httpx.AsyncClient, settings: Settings) -> None:
    """Scripts are our own files and nothing else; sound comes from where uploads are signed for, and goes there."""
    store = settings.aws.endpoint_url
    answer = await browser.get("/")
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert {policy[kind] for kind in ("media-src", "img-src")} == {f"'self' blob: data: {store}"}
    assert policy["connect-src"] == f"'self' {store}"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin-allow-popups"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_google_is_let_in_only_where_it_is_offered() -> None:
    """Without a client id no page loads anything from Google."""
    without, with_it = (page_headers(STORE, google=google)["Content-Security-Policy"] for google in (False, True))
    assert "google" not in without
    assert "script-src 'self' https://accounts.google.com/gsi/client;" in with_it
    assert "frame-src https://accounts.google.com/gsi/" in with_it


def test_nothing_is_served_before_it_is_built(tmp_path: Path) -> None:
    """Without a setting it is the checkout's own client; a folder without a first page is none."""
    assert Service(web_client_folder=tmp_path).web_client is None
    assert Service().web_client == (BUILT_HERE if (BUILT_HERE / "index.html").exists() else None)


RESULT = "results/0199b3a0-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "cookie", "link"),
    [
        (RESULT, "lectern=x", f"</api/v1/{RESULT}>; rel=preload; as=fetch; crossorigin"),
        (RESULT, "lectern_sign_in=x", None),
        (f"{RESULT}?transcript=1", "lectern=x", None),
        ("results/0199-7c", "lectern=x", None),
        ("results", "lectern=x", None),
    ],
)
async def test_result_is_asked_for_ahead_by_the_signed_in(
    browser: httpx.AsyncClient, path: str, cookie: str, link: str | None
) -> None:
    """The page of a result names what it asks for first, to those who are given it."""
    answer = await browser.get(f"/{path}", headers={"Cookie": cookie})
    assert answer.headers.get("Link") == link
