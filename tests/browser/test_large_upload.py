"""A large file arrives whole, whatever becomes of the network and the page meanwhile."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, Request, Response, expect

from server.ffmpeg.binary import find_ffmpeg
from server.uploads.multipart import part_lengths
from tests.browser.guard import Guard
from tests.browser.network import SlowNetwork
from tests.browser.people import bring, open_finished, person_of, result, sign_in
from tests.conftest import SAMPLE

LARGE = 300_000_000
BYTES_PER_S = 80_000_000  # slow enough to be met in the middle
FETCHED_MS = 90_000  # so much is joined, fetched and read first
RAW_VIDEO = "-map 0:a -map 1:v -c:a copy -c:v rawvideo -pix_fmt rgb48be"


class Parts:
    """Which parts of a file a page sends to the store, and which have arrived."""

    def __init__(self, page: Page) -> None:
        """Watch a page from now on."""
        self.arrived: set[int] = set()
        self.again: list[int] = []
        self._page = page
        page.on("request", self._sent)
        page.on("response", self._answered)

    async def until(self, count: int) -> None:
        """Wait until so many have arrived."""
        if len(self.arrived) < count:
            await self._page.wait_for_event("response", lambda _: len(self.arrived) >= count)

    def _sent(self, request: Request) -> None:
        if part_of(request) in self.arrived:
            self.again.append(part_of(request))

    def _answered(self, response: Response) -> None:
        if response.ok and (part := part_of(response.request)):
            self.arrived.add(part)


def part_of(request: Request) -> int:
    """Return which part of a file a request sends, 0 for any other request."""
    query = parse_qs(urlsplit(request.url).query)
    return int(query["partNumber"][0]) if request.method == "PUT" and "partNumber" in query else 0


@pytest.fixture(scope="module")
async def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample under seven seconds of pictures as large as can be."""
    film = tmp_path_factory.mktemp("film") / "Film.mov"
    pictures = ("-f", "lavfi", "-i", "testsrc=s=1280x720:d=7.1:r=8")
    argv = ("-nostdin", "-loglevel", "error", "-i", str(SAMPLE), *pictures, *RAW_VIDEO.split(), str(film))
    ffmpeg = await asyncio.create_subprocess_exec(find_ffmpeg(None), *argv)
    assert await ffmpeg.wait() == 0
    assert film.stat().st_size >= LARGE
    return film


async def test_cut_network_and_reload_send_no_finished_part_twice(
    page: Page, guard: Guard, local: dict[str, Any], film: Path
) -> None:
    """A film whose upload loses the network, and then its page, goes on where it was and becomes one result."""
    count = len(part_lengths(film.stat().st_size))
    await sign_in(page, person_of(local, "speaker"))
    network = await SlowNetwork.of(page, BYTES_PER_S)
    parts = Parts(page)
    await bring(page, film)
    row = page.get_by_role("region", name="In progress").get_by_role("listitem").filter(has_text="Film")
    await parts.until(count // 3)
    async with network.cut(guard):
        await expect(row).to_contain_text("No connection, goes on by itself")
    await expect(row).not_to_contain_text("No connection")
    await parts.until(count // 2)

    await page.reload()
    async with page.expect_file_chooser() as asked:
        await row.get_by_role("button", name="Choose the file again").click()
    await (await asked.value).set_files(film)
    result_id = await open_finished(page, "Film", FETCHED_MS)
    assert parts.again == []
    assert (await result(page, result_id))["size"] == film.stat().st_size
    await expect(page.get_by_role("region", name="Transcript")).to_contain_text("Dashwood")
    results = await (await page.context.request.get("/api/v1/results")).json()
    assert [shown["title"] for shown in results["items"]].count("Film.mov") == 1
