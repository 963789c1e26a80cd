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
