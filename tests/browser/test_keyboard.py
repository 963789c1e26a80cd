"""What people come for can be done without a pointer."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.people import WORKED_MS, Person, person_of
from tests.conftest import SAMPLE

MOST_STEPS = 40


async def go_to(page: Page, there: Locator) -> None:
    """Press Tab until something has the focus."""
    await expect(there).to_be_visible()
    for _ in range(MOST_STEPS):
        await page.keyboard.press("Tab")
        if await there.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{there} is not to be reached within {MOST_STEPS} steps.")


async def press(page: Page, there: Locator) -> None:
    """Go to something, see that it shows its focus, and press Enter."""
    await go_to(page, there)
    outline = await there.evaluate("element => getComputedStyle(element).outline")
    assert re.search(r"solid [2-9]px", outline), outline
    await page.keyboard.press("Enter")


async def sign_in_by_keys(page: Page, person: Person) -> None:
    """Go by our page to the pool's, whose looks are not ours, and come back to home."""
    await page.goto("/")
    await press(page, page.get_by_role("link", name="Continue with e-mail"))
    for field, content in (("username", person.email), ("password", person.password)):
        await go_to(page, page.locator(f"input[name={field}]:visible"))
        await page.keyboard.type(content)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Home", level=1)).to_be_attached()


async def test_keyboard_alone_is_enough(page: Page, local: dict[str, Any], tmp_path: Path) -> None:
    """Who has no pointer signs in, uploads, plays and downloads, and sees where they are."""
    await sign_in_by_keys(page, person_of(local, "speaker"))
    async with page.expect_file_chooser() as asked:
        await press(page, page.get_by_role("button", name="Choose files"))
    speech = tmp_path / "By keys.wav"
    speech.write_bytes(SAMPLE.read_bytes())
    await (await asked.value).set_files(speech)
    finished = page.get_by_role("region", name="Finished lately").get_by_role("link", name="By keys")
    await expect(finished).to_be_visible(timeout=WORKED_MS)
    await press(page, finished)

    player = page.get_by_role("region", name="Player")
    await expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()
    await page.keyboard.press("Space")
    await expect(player.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    await expect(page.locator("[data-lit]")).to_be_attached()
    await page.keyboard.press("Space")
    await expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()

    await press(page, page.get_by_role("button", name="Download"))
    async with page.expect_download() as coming:
        await expect(page.get_by_role("menuitem", name="Text (TXT)")).to_be_focused()
        await page.keyboard.press("Enter")
    text = tmp_path / "text.txt"
    await (await coming.value).save_as(text)
    assert "Dashwood" in text.read_text()
