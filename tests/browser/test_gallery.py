"""Pictures are looked at, and videos are watched with what is said in them."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, Response, expect

from server.local.stack import Running
from tests.browser.conftest import Start
from tests.browser.guard import Guard
from tests.browser.people import WORKED_MS, bring, open_finished, person_of, sign_in
from tests.browser.test_barriers import DIRECTIONS, visiting
from tests.browser.test_barriers import sign_in as go_on_as
from tests.browser.watching import is_upright, lose_rendition, make_talk, turned_photo
from tests.end_to_end.foreign import result_of, send

SAID = """() => {
    const video = document.querySelector('video');
    const [track] = video.textTracks;
    return !video.paused && video.currentTime > 0.5 && [...(track?.activeCues ?? [])].some(({ text }) => text);
}"""
IS_PLAYED = "video => video.readyState > 0 && video.videoWidth === 640 && video.error === null"
IS_THERE = "picture => picture.complete && picture.naturalWidth > 0"


@pytest.fixture
async def talk(tmp_path: Path) -> Path:
    """A video with speech."""
    path = tmp_path / "A talk.mov"
    await make_talk(path)
    return path


async def test_video_is_watched_with_captions(
    page: Page, local: dict[str, Any], talk: Path, running_stack: Running
) -> None:
    """A video's text comes, then its picture; captions and words follow it, words lead through it, and it is kept."""
    await sign_in(page, person_of(local, "speaker"))
    await bring(page, talk)
    result_id = await open_finished(page, "A talk")
    await expect(page.get_by_role("region", name="Transcript")).to_contain_text("Dashwood")
    video = page.locator("video")
    await expect(video).to_be_visible(timeout=WORKED_MS)

    await page.get_by_role("button", name="Play", exact=True).click()
    await page.wait_for_function(SAID, timeout=WORKED_MS)
    await expect(page.locator("[data-lit]")).to_be_attached()
    await page.keyboard.press("Space")
    word = page.locator("[data-word]").filter(has_text="prudently")
    await word.click()
    await expect(word).to_have_attribute("data-lit", "")
    assert await video.evaluate("video => video.currentTime > 3 && video.videoWidth === 640")
    captions = page.get_by_role("button", name="Captions")
    await captions.click()
    await expect(captions).to_have_attribute("aria-pressed", "false")
    assert await video.evaluate("video => video.textTracks[0].mode") == "hidden"

    await lose_rendition(running_stack, result_id, "web")
    statuses = heard(page, f"/{result_id}/renditions/web")
    await page.reload()
    await wait_for(video, IS_PLAYED)
    assert 202 in statuses


async def test_pictures_are_looked_through(page: Page, local: dict[str, Any], running_stack: Running) -> None:
    """What was taken with a turned camera stands upright, small and large; what has expired comes back by itself."""
    await sign_in(page, person_of(local, "speaker"))
    await bring(page, turned_photo("A lighthouse.jpg"))
    result_id = await open_finished(page, "A lighthouse")
    picture = page.get_by_role("img", name="A lighthouse")
    await wait_for(picture, IS_THERE)
    assert await is_upright(picture)

    await lose_rendition(running_stack, result_id, "thumbnail")
    statuses = heard(page, f"/{result_id}/renditions/thumbnail")
    await page.get_by_role("link", name="Results").click()
    await page.get_by_role("link", name="Gallery").click()
    tile = page.get_by_role("link", name="A lighthouse").locator("img")
    await wait_for(tile, IS_THERE)
    assert await is_upright(tile)
    assert statuses[0] == 202
    await tile.click()
    await expect(page.get_by_role("heading", name="A lighthouse", level=1)).to_be_visible()


def heard(page: Page, address: str) -> list[int]:
    """Listen to what is answered at an address."""
    statuses: list[int] = []

    def note(answer: Response) -> None:
        if answer.url.endswith(address):
            statuses.append(answer.status)

    page.on("response", note)
    return statuses


async def wait_for(element: Locator, state: str) -> None:
    """Wait until something that loads is in a state; meanwhile another may take its place."""
    async with asyncio.timeout(WORKED_MS / 1000):
        while not await element.evaluate_all(f"found => found.some({state})"):
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("language", DIRECTIONS)
async def test_no_barrier_to_what_is_seen(
    language: str, browser: Browser, start: Start, guard: Guard, writer: httpx.AsyncClient, talk: Path
) -> None:
    """Axe finds nothing in the gallery, at a picture and at a video, in light and dark, from either side."""
    photo = turned_photo("A tower.jpg")
    film = {"filename": talk.name, "content_type": "video/quicktime"}
    still = {"filename": photo["name"], "content_type": photo["mimeType"]}
    video_id = await result_of(writer, await send(writer, talk.read_bytes(), complete=True, **film))
    photo_id = await result_of(writer, await send(writer, photo["buffer"], complete=True, **still))
    async with visiting(browser, start, guard, language) as visitor:
        await go_on_as(visitor, start, writer.cookies["lectern"])
        await visitor.open("/gallery", "gallery:title", "A tower")
        await visitor.page.goto(f"/results/{photo_id}")
        await expect(visitor.page.get_by_role("img", name="A tower")).to_be_visible(timeout=WORKED_MS)
        await visitor.look()
        await visitor.page.goto(f"/results/{video_id}")
        await expect(visitor.page.locator("video")).to_be_visible(timeout=WORKED_MS)
        await visitor.look()
    assert not visitor.barriers, "\n".join(visitor.barriers)
