"""The whole stack, and a browser before it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from server.local.backing import Options
from server.local.stack import Running, stack

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",  # it has nothing but our own pages to show
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
async def browser() -> AsyncIterator[Browser]:
    """Chromium, as Debian has it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, local: dict[str, Any]) -> AsyncIterator[Page]:
    """A page of a browser that nobody has used yet.

    The service has no pages of its own yet that would send requests, and what it shows instead may send none: their
    content policy is put aside, so that one can act from there as from a page of ours.
    """
    async with await browser.new_context(base_url=local["base_url"], bypass_csp=True) as context:
        yield await context.new_page()
