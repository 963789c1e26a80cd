"""What was said is found again among many results, and several of them are had as one file."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.people import SAME_ORIGIN, WORKED_MS, person_of, result
from tests.conftest import SAMPLE
from tests.end_to_end.foreign import result_of, send, sign_in_page, until

TITLES = ["Lighthouse", "Harbour", "Dunes"]
WORD_MS = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody has sent, and the session in which they have."""

    session: str
    ids: dict[str, str]
    """By title."""


@pytest.fixture(scope="module")
async def sent(local: dict[str, Any]) -> Sent:
    """Three results of somebody; in all of them the same is said."""
    base_url = f"{local['base_url']}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, headers=SAME_ORIGIN, timeout=30) as elsewhere:
        await sign_in_page(elsewhere, asdict(person_of(local, "speaker")))
        content = SAMPLE.read_bytes()
        uploads = [await send(elsewhere, content, complete=True, filename=title) for title in TITLES]
        ids = [await result_of(elsewhere, upload_id) for upload_id in uploads]
        for result_id in ids:
            await until(elsewhere, "completed", result_id=result_id)
        return Sent(elsewhere.cookies["lectern"], dict(zip(TITLES, ids, strict=True)))


async def open_list(page: Page, local: dict[str, Any], sent: Sent) -> None:
    """Open the list as who has sent them."""
    await page.context.add_cookies([{"name": "lectern", "value": sent.session, "url": local["base_url"]}])
    await page.goto("/results")


def row(page: Page, title: str) -> Locator:
    """Find the row of a result in the list."""
    titled = page.get_by_role("link", name=title, exact=True)
    return page.get_by_role("list", name="Results").get_by_role("article").filter(has=titled)


async def test_what_was_said_is_found_and_leads_there(page: Page, local: dict[str, Any], sent: Sent) -> None:
    """A phrase is marked where it is spoken; the result opens there, with its first word lit, and plays from there."""
    await open_list(page, local, sent)
    await page.get_by_role("searchbox").fill('"prudently in his power"')
    found = row(page, "Harbour")
    await expect(found.locator("mark")).to_have_text("prudently in his power")
    await found.get_by_role("list", name="Where it is spoken").get_by_role("link").click()

    await expect(page.get_by_role("heading", name="Harbour", level=1)).to_be_visible()
    at = int(parse_qs(urlsplit(page.url).query)["at"][0])
    words = (await result(page, sent.ids["Harbour"]))["words"]
    spoken = next(word for word in words if word["text"].strip().lower() == "prudently")
    assert abs(spoken["start_ms"] - at) <= WORD_MS
    await expect(page.locator("[data-lit]")).to_have_text("prudently")
    position = page.get_by_role("region", name="Player").get_by_role("slider", name="Position")
    await expect(position).to_have_attribute("aria-valuenow", str(at // 1000))
    await page.get_by_role("button", name="Play", exact=True).click()
    await expect(page.locator("[data-lit]")).to_have_text(re.compile(r"^(in|his|power|to|do|for|them\.)$"))


async def test_three_are_tagged_filtered_and_had_as_one_file(
    page: Page, local: dict[str, Any], sent: Sent, tmp_path: Path
) -> None:
    """Results that are chosen get a tag, are those that it filters, and come as one zip with their texts."""
    await open_list(page, local, sent)
    for title in TITLES:
        await row(page, title).get_by_role("checkbox").check()
    await expect(page.get_by_role("status").get_by_text("3 chosen")).to_be_visible()
    await page.get_by_role("button", name="Tags of what is chosen").click()
    await page.get_by_label("New tag").fill("seaside")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Save").click()
    await row(page, "Dunes").get_by_role("link", name="seaside").click()

    await expect(page.get_by_role("status").get_by_text("3 results")).to_be_visible()
    await expect(page.get_by_role("button", name="Take away the filter “seaside”")).to_be_visible()
    await page.get_by_role("checkbox", name="Choose all that are shown").check()
    await page.get_by_role("button", name="Export what is chosen").click()
    await page.get_by_role("checkbox", name="Subtitles (SRT)").check()
    await page.get_by_role("button", name="Make the file").click()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Download").click(timeout=WORKED_MS)
    bundle = tmp_path / "texts.zip"
    await (await coming.value).save_as(bundle)
    with ZipFile(bundle) as made:
        assert "Dashwood" in made.read("Dunes.txt").decode()
        told = json.loads(made.read("manifest.json"))["results"]
        assert {result["id"] for result in told} == set(sent.ids.values())
        assert {f"{title}.{form}" for title in TITLES for form in ("txt", "srt")} < set(made.namelist())
