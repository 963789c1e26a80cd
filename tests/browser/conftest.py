"""The whole stack, and a browser before it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright, expect

from server.ffmpeg.binary import find_ffmpeg
from server.local.backing import Options
from server.local.stack import Running, stack
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.guard import Guard
from tests.browser.people import SAME_ORIGIN, person_of
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import result_of, send, sign_in_page

expect.set_options(timeout=10_000)  # on a busy machine a page is not there at once

Visit = Callable[[], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Start:
    """How to start a browser, and what its pages are to know."""

    browser: dict[str, Any]
    page: dict[str, Any]


@pytest.fixture(scope="session")
async def running_stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """Everything, as `lectern up` starts it."""
    async with stack(tmp_path_factory.mktemp("stack") / ".lectern", Options(say=lambda _: None)) as running:
        yield running


@pytest.fixture(scope="session")
def local(running_stack: Running) -> dict[str, Any]:
    """What `local.json` tells."""
    described: dict[str, Any] = json.loads(running_stack.local_json.read_text())
    return described


@pytest.fixture(scope="session")
async def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's microphone hears, from its opening on and again and again: the sample, then silence."""
    heard = tmp_path_factory.mktemp("microphone") / "heard.wav"
    # At other rates than this one Chromium plays it wrongly.
    form = ["-af", "apad=pad_dur=3", "-ar", "44100", "-ac", "1"]
    ffmpeg = await asyncio.create_subprocess_exec(
        find_ffmpeg(None), "-nostdin", "-loglevel", "error", "-i", SAMPLE, *form, heard
    )
    assert await ffmpeg.wait() == 0
    return heard


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    """What drives browsers."""
    async with async_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def start(spoken: Path, local: dict[str, Any]) -> Start:
    """How to start Chromium, as Debian has it, and what every page of it is to know."""
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={spoken}"]
    return Start({"executable_path": CHROMIUM, "args": flags}, {"base_url": local["base_url"], "locale": "en-GB"})


@pytest.fixture(scope="session")
async def browser(playwright: Playwright, start: Start) -> AsyncIterator[Browser]:
    """One browser for all that share one."""
    browser = await playwright.chromium.launch(**start.browser)
    yield browser
    await browser.close()


@pytest.fixture
def guard(local: dict[str, Any]) -> Iterator[Guard]:
    """Makes the test fail if anything went wrong in a context that it watches."""
    guard = Guard(urljoin(local["token_url"], "/").rstrip("/"))
    yield guard
    guard.check()


@pytest.fixture
async def visit(browser: Browser, start: Start, guard: Guard) -> AsyncIterator[Visit]:
    """Pages, each of a browser that nobody has used yet."""
    async with AsyncExitStack() as contexts:

        async def open_page() -> Page:
            context = await contexts.enter_async_context(await browser.new_context(**start.page))
            guard.watch(context)
            return await context.new_page()

        yield open_page


@pytest.fixture
async def page(visit: Visit) -> Page:
    """A page of a browser that nobody has used yet."""
    return await visit()


@pytest.fixture
async def writer(local: dict[str, Any]) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is signed in, by another program."""
    base_url = f"{local['base_url']}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, headers=SAME_ORIGIN, timeout=30) as client:
        await sign_in_page(client, asdict(person_of(local, "speaker")))
        yield client


@pytest.fixture
async def result_id(writer: httpx.AsyncClient) -> str:
    """A result of theirs, with its text."""
    return await result_of(writer, await send(writer, SAMPLE.read_bytes(), complete=True))
