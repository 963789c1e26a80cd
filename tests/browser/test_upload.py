"""A file that is dropped becomes text to read and to keep."""

import base64
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.people import open_finished, person_of, sign_in
from tests.conftest import SAMPLE

HOLD = """([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const held = new DataTransfer();
    held.items.add(new File([bytes], name, { type: 'audio/wav' }));
    return held;
}"""


async def drop(page: Page, name: str, content: bytes) -> None:
    """Drag a file over the page, see that it may be let go there, and let it go."""
    held = await page.evaluate_handle(HOLD, [name, base64.b64encode(content).decode()])
    await page.dispatch_event("main", "dragenter", {"dataTransfer": held})
    await expect(page.get_by_text("Let go to upload")).to_be_visible()
    await page.dispatch_event("main", "drop", {"dataTransfer": held})


async def test_dropped_file_becomes_text(page: Page, local: dict[str, Any], tmp_path: Path) -> None:
    """A dropped file shows how far it is, becomes a result with its words, and the text can be downloaded."""
    await sign_in(page, person_of(local, "speaker"))
    await drop(page, "Dropped.wav", SAMPLE.read_bytes())
    under_way = page.get_by_role("region", name="In progress")
    await expect(under_way.get_by_role("progressbar", name="Dropped").first).to_be_visible()
    await open_finished(page, "Dropped")
    await expect(page.get_by_role("region", name="Transcript")).to_contain_text("Dashwood")

    await page.get_by_role("button", name="Download").click()
    async with page.expect_download() as coming:
        await page.get_by_role("menuitem", name="Text (TXT)").click()
    text = tmp_path / "text.txt"
    await (await coming.value).save_as(text)
    assert "Dashwood" in text.read_text()
