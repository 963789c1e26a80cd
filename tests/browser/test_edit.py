"""A text is corrected in place, by one or by two at once, and nothing of it is lost."""

import httpx
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.guard import Guard
from tests.browser.people import result

ADDRESSES = "**/api/v1/results/*/transcripts/**"  # of texts, and of what is done to them
SAVED_MS = 20_000  # of typing, its pause and the way there, on a busy machine


async def open_editor(page: Page, writer: httpx.AsyncClient, result_id: str) -> Locator:
    """Have somebody open a text to correct it, and return its lines."""
    origin = str(writer.base_url.join("/"))
    await page.context.add_cookies([{"name": "lectern", "value": writer.cookies["lectern"], "url": origin}])
    await page.goto(f"/results/{result_id}")
    await page.get_by_role("link", name="Edit", exact=True).click()
    lines = page.get_by_role("region", name="Correct the transcript").get_by_role("textbox", name="Text from")
    await expect(lines.first).to_contain_text("Dashwood")
    return lines


async def put_caret(page: Page, line: Locator, before: str) -> None:
    """Put the caret before a text in a line, by keys alone."""
    text = await line.inner_text()
    await line.focus()
    await page.keyboard.press("Control+Home")
    for _ in range(text.index(before)):
        await page.keyboard.press("ArrowRight")


async def until_saved(page: Page) -> None:
    """Have sent what there is, and wait for it."""
    await page.keyboard.press("Control+s")
    bar = page.get_by_role("region", name="Correcting")
    await expect(bar.locator("[aria-hidden]").get_by_text("Saved", exact=True)).to_be_visible(timeout=SAVED_MS)


async def test_text_is_corrected_in_place(page: Page, writer: httpx.AsyncClient, result_id: str) -> None:
    """While it plays it is corrected, parted, joined, undone, done again, replaced, compared and brought back."""
    lines = await open_editor(page, writer, result_id)
    count = await lines.count()
    heard = await lines.first.inner_text()
    player = page.get_by_role("region", name="Player")
    await put_caret(page, lines.first, "Dashwood")
    await page.keyboard.press("Control+Space")
    await expect(player.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    await page.keyboard.type("Henry ")
    await expect(lines.first).to_have_text(heard.replace("Dashwood", "Henry Dashwood"))
    await page.keyboard.press("Control+Space")
    await expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()

    await page.keyboard.press("Enter")
    await expect(lines).to_have_count(count + 1)
    await expect(lines.nth(1)).to_be_focused()
    await page.keyboard.press("Backspace")
    await expect(lines).to_have_count(count)
    await page.keyboard.press("Control+z")
    await expect(lines).to_have_count(count + 1)
    for _ in range(2):
        await page.keyboard.press("Control+z")
    await expect(lines.first).to_have_text(heard)
    for _ in range(2):
        await page.keyboard.press("Control+Shift+z")
    await expect(lines.nth(1)).to_have_text(heard[heard.index("Dashwood") :])

    await lines.nth(1).click()
    await page.get_by_label("Speaker").fill("Jane")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Control+f")
    await page.get_by_label("Find", exact=True).fill("dashwood")
    await expect(page.get_by_text("1 of 1")).to_be_visible()
    await page.get_by_label("Replace with").fill("Willoughby")
    await page.get_by_role("button", name="Replace all").click()
    await expect(page.get_by_text("Replaced once")).to_be_visible()
    await expect(lines.nth(1)).to_contain_text("Willoughby")
    await until_saved(page)

    await page.get_by_role("button", name="Done").click()
    text = page.get_by_role("region", name="Transcript", exact=True)
    await expect(text).to_contain_text("Henry")
    shown = await result(page, result_id)
    assert "Willoughby" in shown["text"]
    assert shown["segments"][1]["speaker"] == "Jane"
    await bring_back(page)
    await expect(text).to_contain_text("John Dashwood")
    assert (await result(page, result_id))["segments"][0]["text"] == heard


async def bring_back(page: Page) -> None:
    """Compare the engine's version with what it has become, and bring it back."""
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Versions…").click()
    first = page.get_by_role("listitem").filter(has_text="As it was transcribed")
    await first.get_by_role("button", name="Compare").click()
    await expect(page.get_by_role("deletion").filter(has_text="Dashwood").first).to_be_visible()
    await expect(page.get_by_role("insertion").filter(has_text="Willoughby").first).to_be_visible()
    await page.get_by_role("button", name="Back to the versions").click()
    await first.get_by_role("button", name="Restore version 0").click()
    await page.get_by_role("button", name="Bring it back", exact=True).click()
    await expect(page.get_by_role("status").get_by_text("The version is back.")).to_be_attached()
    await page.keyboard.press("Escape")


async def test_second_of_two_loses_nothing(
    visit: Visit, guard: Guard, writer: httpx.AsyncClient, result_id: str
) -> None:
    """Who saves second gets what the first has saved, keeps their own beside it, and chooses where both wrote."""
    first, second = await visit(), await visit()
    theirs, mine = await open_editor(first, writer, result_id), await open_editor(second, writer, result_id)
    with guard.cut():
        await second.route(ADDRESSES, lambda asked: asked.abort("internetdisconnected"))
        await mine.first.fill("Mine.")
        await mine.nth(1).fill("Mine as well.")
        unsaved = second.get_by_role("region", name="Correcting").get_by_text("Not saved: there is no connection.")
        await expect(unsaved.last).to_be_visible()
        await theirs.first.fill("Theirs.")
        await until_saved(first)
        transcript = (await result(first, result_id))["transcript_id"]
        guard.forgive(f"{writer.base_url}results/{result_id}/transcripts/{transcript}/edits", "412")
        await second.unroute(ADDRESSES)
        await second.evaluate("dispatchEvent(new Event('online'))")
    asked = second.get_by_role("dialog", name="Somebody else has changed this too")
    await expect(asked.get_by_role("radio", name="Yours")).to_be_checked(timeout=SAVED_MS)
    await expect(asked.get_by_role("radio", name="Theirs")).to_be_visible()
    await expect(asked).to_contain_text("Theirs.")
    await asked.get_by_role("button", name="Keep what is chosen").click()
    await until_saved(second)
    assert [segment["text"] for segment in (await result(first, result_id))["segments"][:2]] == [
        "Mine.",
        "Mine as well.",
    ]
    await expect(theirs.first).to_have_text("Mine.")
    await second.keyboard.press("Control+z")
    await expect(mine.first).to_have_text("Theirs.")
