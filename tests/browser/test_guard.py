"""What goes wrong in the browser is noticed, whatever a test looks at."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.browser.guard import Guard

MISHAPS = """async () => {
    console.error('said');
    setTimeout(() => { throw new Error('thrown'); });
    await fetch('/api/v1/results');
    await fetch('/api/v1/away').catch(() => {});
}"""


async def test_guard_notices_every_kind_of_mishap(browser: Browser, local: dict[str, Any]) -> None:
    """A page may go wrong in four ways; a page that does not is no complaint."""
    guard = Guard(pool="http://elsewhere")
    async with await browser.new_context(base_url=local["base_url"], locale="en-GB") as context:
        guard.watch(context)
        page = await context.new_page()
        await page.goto("/")
        await expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
        guard.check()
        await page.route("**/away", lambda route: route.abort("connectionrefused"))
        await page.evaluate(MISHAPS)
        await page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    with pytest.raises(AssertionError) as told:
        guard.check()
    for mishap in ("said", "thrown", "answer /api/v1/results: GET: 401", "request /api/v1/away: GET: "):
        assert mishap in str(told.value)


async def test_guard_forgives_a_cut_network_while_it_is_cut(browser: Browser, local: dict[str, Any]) -> None:
    """What fails for want of a network is no complaint then, and is one at any other time."""
    guard = Guard(pool="http://elsewhere")
    async with await browser.new_context(base_url=local["base_url"], locale="en-GB") as context:
        guard.watch(context)
        page = await context.new_page()
        await page.goto("/")
        await expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
        await page.route("**/away", lambda route: route.abort("internetdisconnected"))
        with guard.cut():
            await page.evaluate("fetch('/away').catch(() => {})")
        guard.check()
        await page.evaluate("fetch('/away').catch(() => {})")
    with pytest.raises(AssertionError, match="/away: GET: net::ERR_INTERNET_DISCONNECTED"):
        guard.check()


async def test_guard_forgives_a_trouble_once(browser: Browser, local: dict[str, Any]) -> None:
    """What a test has broken on purpose is no complaint, but the same is one when it comes of itself."""
    guard = Guard(pool="http://elsewhere")
    async with await browser.new_context(base_url=local["base_url"], locale="en-GB") as context:
        guard.watch(context)
        page = await context.new_page()
        await page.goto("/")
        await expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
        guard.forgive(f"{local['base_url']}/away", "503")
        await page.route("**/away", lambda route: route.fulfill(status=503))
        await page.evaluate("fetch('/away')")
        guard.check()
        await page.evaluate("fetch('/away')")
        await page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    with pytest.raises(AssertionError) as told:
        guard.check()
    assert len(str(told.value).splitlines()) == 2
