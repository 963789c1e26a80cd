"""A result is shared by a link, and read and heard by somebody who has no account."""

import httpx
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Start
from tests.browser.guard import Guard

WITHIN_MS = 15_000


async def made_link(page: Page) -> str:
    """Make a link with sound to the result that a page shows."""
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Share…").click()
    await page.get_by_role("checkbox", name="With the sound").check()
    await page.get_by_role("button", name="Make a link").click()
    link = await page.get_by_label("Link", exact=True).input_value()
    await page.get_by_role("button", name="I have it").click()
    return link


async def test_whoever_has_the_link_reads_and_hears(
    page: Page, browser: Browser, start: Start, guard: Guard, writer: httpx.AsyncClient, result_id: str
) -> None:
    """Without an account, until the link is withdrawn."""
    origin = str(writer.base_url.join("/"))
    await page.context.add_cookies([{"name": "lectern", "value": writer.cookies["lectern"], "url": origin}])
    await page.goto(f"/results/{result_id}")
    link = await made_link(page)
    async with await browser.new_context(**start.page) as context:
        guard.watch(context)
        reader = await context.new_page()
        await reader.goto(link)
        await expect(reader.get_by_role("main")).to_contain_text("Dashwood", timeout=WITHIN_MS)
        player = reader.get_by_role("region", name="Player")
        await player.get_by_role("button", name="Play", exact=True).click()
        await expect(reader.locator("[data-lit]")).to_have_count(1, timeout=WITHIN_MS)
        await reader.get_by_role("button", name="Download").click()
        async with reader.expect_download() as downloading:
            await reader.get_by_role("menuitem", name="Subtitles (SRT)").click()
        saved = await (await downloading.value).path()
        assert " --> " in saved.read_text()

    await page.get_by_role("button", name="Withdraw the link").click()
    await page.get_by_role("button", name="Withdraw", exact=True).last.click()
    await expect(page.get_by_text("withdrawn", exact=True)).to_be_visible()
    secret = link.partition("#")[2]
    answer = await writer.post("/shared/look", json={"secret": secret})
    assert answer.status_code == 404
