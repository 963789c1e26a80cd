"""Speech into the microphone becomes words that are lit as they are heard."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import Page, Playwright, expect

from tests.browser.conftest import Start
from tests.browser.guard import Guard
from tests.browser.people import open_finished, person_of, reload, result, sign_in, until_clock

FRAMES_MS = 100  # what a busy machine may be behind
BRIDGED_MS = 300  # so long a word stays lit in the pause after it
ENCODING_MS = 100  # what of a second is still in the encoder when it hands the second over

# Which word is lit, and where in the sound that is, frame by frame.
WATCH = """untilSecond => new Promise((resolve) => {
    const sound = document.querySelector('audio');
    const seen = [];
    const look = () => {
        const lit = document.querySelector('[data-lit]');
        if (lit) seen.push([sound.currentTime * 1000, Number(lit.dataset.word)]);
        if (sound.ended || sound.currentTime > untilSecond) resolve(seen);
        else requestAnimationFrame(look);
    };
    look();
})"""


async def record(page: Page, seconds: int) -> int:
    """Begin to record, see that something is heard, wait for so many seconds, and return how many there are then."""
    await page.get_by_role("button", name="Record", exact=True).click()
    loud = re.compile(r"^([2-9]\d|100)$")
    await expect(page.get_by_role("meter", name="Loudness")).to_have_attribute("aria-valuenow", loud)
    return await until_clock(page, seconds)


async def send_recording(page: Page, title: str) -> None:
    """Give the recording that is offered a title, and send it."""
    offered = page.get_by_role("form", name="Recording not sent yet")
    await offered.get_by_label("Title").fill(title)
    await offered.get_by_role("button", name="Send").click()
    await expect(offered).to_be_hidden()


def is_heard(words: list[dict[str, Any]], index: int, ms: float) -> bool:
    """Say whether a word is spoken at a time, or was just before and no other is yet."""
    until = words[index]["end_ms"] + BRIDGED_MS
    if index + 1 < len(words):
        until = min(until, words[index + 1]["start_ms"])
    return bool(words[index]["start_ms"] - FRAMES_MS <= ms <= until + FRAMES_MS)


async def test_recorded_words_are_lit_as_they_are_heard(page: Page, local: dict[str, Any]) -> None:
    """Who records a sentence reads it a little later, and sees each word lit while it is played."""
    await sign_in(page, person_of(local, "speaker"))
    await record(page, 8)
    await page.get_by_role("button", name="Stop").click()
    await send_recording(page, "From the microphone")
    result_id = await open_finished(page, "From the microphone")
    await expect(page.get_by_role("region", name="Transcript")).to_contain_text("Dashwood")

    words = (await result(page, result_id))["words"]
    await page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    seen = await page.evaluate(WATCH, 3)
    assert [(ms, index) for ms, index in seen if not is_heard(words, index, ms)] == []
    lit = [index for _, index in seen]
    assert len(set(lit)) >= 4
    assert all(before <= after for before, after in pairwise(lit))


def kill(profile: Path) -> None:
    """Kill the browser that has a profile."""
    [browser] = [
        process
        for process in psutil.Process().children(recursive=True)
        if f"--user-data-dir={profile}" in (line := command_of(process)) and not any("--type=" in part for part in line)
    ]
    browser.kill()


def command_of(process: psutil.Process) -> list[str]:
    """Return what a process was started with; nothing when it has ended, as those of a browser do at any moment."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # and its kind for those whose parent hasn't heard of it yet
        return []


async def test_reload_and_crash_lose_nothing_but_the_last_second(
    playwright: Playwright, start: Start, guard: Guard, local: dict[str, Any], tmp_path: Path
) -> None:
    """A recording that was broken off by a reload, or by the browser's end, is offered afterwards and can be sent."""
    recorded: dict[str, int] = {}
    profile, options = tmp_path / "profile", start.browser | start.page
    async with await playwright.chromium.launch_persistent_context(profile, **options) as context:
        guard.watch(context)
        page = await context.new_page()
        await sign_in(page, person_of(local, "speaker"))
        recorded["Reloaded"] = await record(page, 4)
        await reload(page)
        await send_recording(page, "Reloaded")
        recorded["Killed"] = await record(page, 4)
        async with context.expect_event("close"):
            kill(profile)

    async with await playwright.chromium.launch_persistent_context(profile, **options) as context:
        guard.watch(context)
        page = await context.new_page()
        await context.clear_cookies()  # browsers keep them a little later, so that they may be lost or not
        await sign_in(page, person_of(local, "speaker"))
        await send_recording(page, "Killed")
        for title, seconds in recorded.items():
            result_id = await open_finished(page, title)
            await expect(page.get_by_role("region", name="Transcript")).to_contain_text("Dashwood")
            assert (await result(page, result_id))["duration_ms"] >= (seconds - 1) * 1000 - ENCODING_MS
            await page.get_by_role("link", name="Home", exact=True).click()
