"""Whoever reads a document aloud loses nothing of it, whatever fails meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from subprocess import PIPE
from typing import Any
from uuid import UUID

import pytest
import webvtt
from playwright.async_api import Page, Request, expect

from server.aws.clients import open_clients
from server.aws.store import Address, Store
from server.configuration.services import Aws
from server.ffmpeg.binary import find_ffmpeg
from server.local.stack import Running
from server.recitals.files import prefix
from server.transcription.formats import clock
from tests.browser.guard import Guard
from tests.browser.network import SlowNetwork, UnreliableService
from tests.browser.people import SAME_ORIGIN, ask, person_of, reload, sign_in, until_clock
from tests.browser.texts import Texts
from tests.conftest import SAMPLE_WORDS

SENTENCES = (
    "And mister John Dashwood had then leisure to consider.",
    "How much there might be prudently in his power?",
    "To do for them!",
)
HEARD = set(SAMPLE_WORDS.partition("john ")[2].split())  # the first ones may be over when recording begins
HEBREW = ("בראשית ברא אלהים את השמים ואת הארץ.", "והארץ היתה תהו ובהו.", "ויאמר אלהים יהי אור.")
SEED = 42  # of the first ten requests three fail, one in each way
EXACT_MS = 100
PUBLISHED_SECONDS = 40
LOST = "No connection: kept on this device"


class Bucket:
    """Where the files of recitals lie for good."""

    def __init__(self, store: Store, name: str, folder: Path) -> None:
        self._store, self._name, self._folder = store, name, folder

    async def fetch(self, recital_id: str) -> dict[str, Path]:
        """Fetch whatever there is of a recital, by name."""
        start, found = prefix(UUID(recital_id)), {}
        async for page in self._store.pages(self._name, start):
            for listed in page:
                name = listed.address.key.removeprefix(start)
                found[name] = self._folder / name
                await self._store.fetch(Address(self._name, listed.address.key), found[name])
        return found


@pytest.fixture
async def bucket(running_stack: Running, tmp_path: Path) -> AsyncIterator[Bucket]:
    """The stack's bucket of content."""
    aws = Aws.model_validate(running_stack.backing.environment)
    async with open_clients(aws) as clients:
        yield Bucket(Store(clients), aws.content_bucket, tmp_path)


async def add(page: Page, title: str, text: str) -> None:
    """Add a document, and stay on its page."""
    await page.goto("/documents/new")
    await page.get_by_role("textbox", name="Text", exact=True).fill(text)
    await page.get_by_role("textbox", name="Title").fill(title)
    await page.get_by_role("combobox", name="Language").select_option("en")
    await page.get_by_role("main").get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


async def begin(page: Page, texts: Texts) -> None:
    """Try the microphone until it is found good, and begin to read."""
    await page.get_by_role("button", name=texts("recite:check.open")).click()
    await expect(page.get_by_role("status").get_by_text(texts("recite:advice.good"))).to_be_visible()
    await page.get_by_role("button", name=texts("recite:check.begin")).click()


async def see(page: Page, sentence: str) -> None:
    """See that a sentence is the one to be read."""
    await expect(page.locator("[aria-current=true]", has_text=sentence)).to_be_visible()


async def read(page: Page, sentence: str, key: str, *, until: int) -> None:
    """Read a sentence until as many seconds have been recorded, then press the key for the next."""
    await see(page, sentence)
    await until_clock(page, until)
    await page.keyboard.press(key)


async def ended_in(page: Page, path: str, status: str) -> dict[str, Any]:
    """Wait until something has come to its end, and return it."""
    async with asyncio.timeout(PUBLISHED_SECONDS):
        while (shown := await ask(page, path))["status"] != status:
            assert shown["error"] is None, shown
            await asyncio.sleep(0.2)
    return shown


async def length_ms(sound: Path) -> int:
    """Play a file to its end, with nothing wrong in it, and return how long it sounds."""
    form = ("-map", "0:a:0", "-ar", "8000", "-ac", "1", "-f", "s16le", "-")
    argv = ("-nostdin", "-xerror", "-loglevel", "error", "-i", sound, *form)
    ffmpeg = await asyncio.create_subprocess_exec(find_ffmpeg(None), *argv, stdout=PIPE, stderr=PIPE)
    played, complaints = await ffmpeg.communicate()
    assert (ffmpeg.returncode, complaints) == (0, b"")
    return len(played) // 16


def ends_told_by(page: Page) -> dict[int, int]:
    """Return where, in ms, the text segments end that a page sends, by their indices; they come as it sends them."""
    told: dict[int, int] = {}

    def note(request: Request) -> None:
        if request.url.endswith("/text-segments") and (segment := request.post_data_json):
            told[segment["index"]] = round(segment["seek_end"] * 1000)

    page.on("request", note)
    return told


async def test_recital_with_mishaps_is_whole(page: Page, guard: Guard, local: dict[str, Any], bucket: Bucket) -> None:
    """Requests fail, the page is reloaded, the network goes: what was read is there, to the millisecond."""
    told = ends_told_by(page)
    await sign_in(page, person_of(local, "speaker"))
    await add(page, "Leisure to consider", " ".join(SENTENCES))
    document_id = page.url.rpartition("/")[2]
    network = await SlowNetwork.of(page)
    service = await UnreliableService.behind(page, "**/api/v1/recitals/**", guard, seed=SEED)
    await page.get_by_role("link", name="Read aloud").click()
    await begin(page, Texts("en"))
    await read(page, SENTENCES[0], "Enter", until=3)
    await see(page, SENTENCES[1])
    await until_clock(page, 6)

    await reload(page)
    await page.get_by_role("button", name="Go on reading").click()
    again = await until_clock(page, 0)
    async with network.cut(guard):
        await read(page, SENTENCES[1], "ArrowDown", until=again + 4)
        await expect(page.get_by_role("status").get_by_text(LOST)).to_be_attached()
        await until_clock(page, again + 5)
    await read(page, SENTENCES[2], "ArrowRight", until=again + 9)
    await page.get_by_role("dialog", name="All of it is read").get_by_role("button", name="Save all").press("Enter")
    await expect(page.get_by_role("heading", name="Thank you. It is saved.")).to_be_visible(timeout=30_000)
    assert service.failed >= 3

    [begun] = (await ask(page, f"/recitals?document_id={document_id}"))["items"]
    recital = await ended_in(page, f"/recitals/{begun['id']}", "uploaded")
    check_segments(recital, told)
    result = await ended_in(page, f"/results/{recital['result_id']}", "completed")
    assert HEARD - words(result["text"]) == set()
    await check_files(recital, await bucket.fetch(recital["id"]))


def check_segments(recital: dict[str, Any], told: dict[int, int]) -> None:
    """See that each sentence was kept once, in order, as the page told of it, and that no sound is missing."""
    assert (recital["gaps"], recital["missing_sequences"], recital["error"]) == ([], [], None)
    assert recital["slice_count"] == recital["last_sequence"] + 1
    assert tuple(kept["text"] for kept in kept_of(recital)) == SENTENCES
    # The one that the reload broke off was read anew.
    assert [segment["kept"] for segment in recital["segments"]] == [True, False, True, True]
    ends = [told[index] for index in range(4)]
    assert [segment["end_ms"] for segment in recital["segments"]] == ends
    assert [segment["start_ms"] for segment in recital["segments"]] == [0, *ends[:-1]]


def kept_of(recital: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the segments of a recital that count."""
    return [segment for segment in recital["segments"] if segment["kept"]]


async def check_files(recital: dict[str, Any], files: dict[str, Path]) -> None:
    """See that there are the four files, each as long as was read, and the text with its very times."""
    end_ms = kept_of(recital)[-1]["end_ms"]
    assert set(files) == {"transcript.vtt", "source.webm", "main.webm", "light.m4a"}
    assert recital["duration_ms"] == pytest.approx(end_ms, abs=EXACT_MS)
    main_ms, light_ms, source_ms = [await length_ms(files[name]) for name in ("main.webm", "light.m4a", "source.webm")]
    assert main_ms == pytest.approx(end_ms, abs=EXACT_MS)
    assert light_ms == pytest.approx(end_ms, abs=EXACT_MS)
    assert source_ms >= main_ms
    cues = webvtt.from_string(files["transcript.vtt"].read_text()).captions
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (clock(kept["start_ms"], "."), clock(kept["end_ms"], "."), kept["text"]) for kept in kept_of(recital)
    ]


def words(text: str) -> set[str]:
    """Return the bare words of a text."""
    return {word.strip(".,;:!?") for word in text.lower().split()}


@pytest.fixture
async def hebrew(page: Page, local: dict[str, Any]) -> str:
    """The id of a document in Hebrew, whose owner is signed in."""
    await sign_in(page, person_of(local, "speaker"))
    wish = {"title": "בראשית", "language": "he", "text": " ".join(HEBREW)}
    answer = await page.context.request.post("/api/v1/documents", data=wish, headers=SAME_ORIGIN)
    assert answer.ok, await answer.text()
    return str((await answer.json())["id"])


async def test_hebrew_is_read_from_right_to_left(page: Page, hebrew: str) -> None:
    """A text in Hebrew runs its own way in pages of either direction, and the arrow to the left goes on in it."""
    for language in ("en", "he"):
        texts = Texts(language)
        await page.evaluate("language => localStorage.setItem('lectern.language', language)", language)
        await page.goto(f"/recite/{hebrew}")
        await begin(page, texts)
        await see(page, HEBREW[0])
        direction = await page.locator("[aria-current=true]").evaluate(
            "sentence => getComputedStyle(sentence).direction"
        )
        assert direction == "rtl"
        await until_clock(page, 1)
        await page.keyboard.press("ArrowLeft")
        await see(page, HEBREW[1])
        await page.keyboard.press("ArrowRight")
        await see(page, HEBREW[0])
        await page.get_by_role("button", name=texts("recite:finish.button")).click()
        await page.get_by_role("button", name=texts("recite:finish.discard")).click()
        sure = page.get_by_role("dialog", name=texts("recite:discard.title"))
        await sure.get_by_role("button", name=texts("recite:discard.confirm")).click()
        await expect(page.get_by_role("button", name=texts("recite:check.open"))).to_be_visible()
