"""A program is made known on the page, and what it was sent is told there."""

import httpx
from playwright.async_api import Page, expect

WITHIN_MS = 20_000
URL = "https://receiver.invalid/lectern"  # a host that never is: RFC 6761, 6.4


async def test_program_is_made_known_tried_and_removed(page: Page, writer: httpx.AsyncClient) -> None:
    """Its secret is shown once, a test of it is in the log with why it failed, and it can go again."""
    origin = str(writer.base_url.join("/"))
    await page.context.add_cookies([{"name": "lectern", "value": writer.cookies["lectern"], "url": origin}])
    await page.goto("/account")
    await page.get_by_role("link", name="Endpoints and what they were sent").click()
    await page.get_by_role("button", name="Add an endpoint").click()
    await page.get_by_label("Address").fill(URL)
    await page.get_by_role("button", name="Add it").click()
    assert (await page.get_by_label("Secret").input_value()).startswith("whsec_")
    await page.get_by_role("button", name="I have kept it").click()

    await page.get_by_role("button", name=f"What to do with {URL}").click()
    await page.get_by_role("menuitem", name="Send a test").click()
    row = page.get_by_role("button", name="A test")
    await expect(row).to_contain_text("1 attempt", timeout=WITHIN_MS)
    await row.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("has no address")
    await expect(dialog.get_by_role("button", name="Send again")).to_be_enabled()
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name=f"What to do with {URL}").click()
    await page.get_by_role("menuitem", name="Remove…").click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    await expect(page.get_by_text("None yet")).to_be_visible()
    await expect(page.get_by_role("button", name="A test")).to_have_count(0)
