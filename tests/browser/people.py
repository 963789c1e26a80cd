"""What people do on any day: sign up, sign in, find what has become of their speech."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from playwright.async_api import Dialog, FilePayload, Page, expect

from tests.conftest import SAMPLE
from tests.end_to_end.foreign import result_of, send, sign_in_page

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
WORKED_MS = 30_000  # a short recording, from the last byte to the last word, on a busy machine


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in."""

    email: str
    password: str


def person_of(local: dict[str, Any], role: str) -> Person:
    """Return the one who comes along with the local stack."""
    found = next(person for person in local["people"] if person["role"] == role)
    return Person(found["email"], found["password"])


async def sign_up(page: Page, person: Person, name: str, token_url: str) -> None:
    """Make an account on our pages, and confirm it by the code that was mailed."""
    await page.goto("/sign-up")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("E-mail address").fill(person.email)
    await page.get_by_label("Password", exact=True).fill(person.password)
    await page.get_by_role("button", name="Sign up").click()
    await page.wait_for_url("**/confirm*")
    await page.get_by_label("Code from the mail").fill(await mailed_code(person.email, token_url))
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_role("status").get_by_text("Your address is confirmed")).to_be_visible()


async def mailed_code(email: str, token_url: str) -> str:
    """Read the newest mail to somebody."""
    async with httpx.AsyncClient() as anyone:
        box = (await anyone.get(urljoin(token_url, "/_ministack/ses/messages"))).json()
    [mails] = box["messages"].values()
    return next(re.sub(r"\D", "", mail["BodyText"]) for mail in reversed(mails) if email in mail["To"])


async def sign_in(page: Page, person: Person) -> None:
    """Go to the pool's page by ours, fill it in, and come back to home."""
    await page.goto("/")
    await page.get_by_role("link", name="Continue with e-mail").click()
    await page.locator("input[name=username]:visible").fill(person.email)
    await page.locator("input[name=password]:visible").fill(person.password)
    await page.locator("[type=submit]:visible").first.click()
    await expect(page.get_by_role("heading", name="Home", level=1)).to_be_attached()


async def bring(page: Page, file: Path | FilePayload) -> None:
    """Choose a file to upload, on home."""
    await page.locator("section input[type=file]").set_input_files(file)


async def open_finished(page: Page, title: str, within_ms: int = WORKED_MS) -> str:
    """Wait on home until something is finished, open it, and return the result's id."""
    finished = page.get_by_role("region", name="Finished lately").get_by_role("link", name=title)
    await finished.click(timeout=within_ms)
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    return page.url.rpartition("/")[2]


async def until_clock(page: Page, seconds: int) -> int:
    """Wait until as many seconds have been recorded, and return how many it are then."""
    clock = page.get_by_role("timer")
    while (recorded := _seconds_of(await clock.inner_text())) < seconds:
        await asyncio.sleep(0.1)
    return recorded


def _seconds_of(clock: str) -> int:
    """Read a clock such as 1:05."""
    minutes, seconds = clock.split(":")
    return int(minutes) * 60 + int(seconds)


async def reload(page: Page) -> None:
    """Reload a page that records, and be asked whether that is meant."""
    asked: list[str] = []

    async def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    page.once("dialog", agree)
    await page.reload()
    assert asked == ["beforeunload"]


async def result(page: Page, result_id: str) -> dict[str, Any]:
    """Ask the API for a result, as the page may."""
    return await ask(page, f"/results/{result_id}")


async def ask(page: Page, path: str) -> dict[str, Any]:
    """Ask the API for something, as the page may."""
    answer = await page.context.request.get(f"/api/v1{path}")
    assert answer.ok, await answer.text()
    shown: dict[str, Any] = await answer.json()
    return shown


async def send_elsewhere(local: dict[str, Any], role: str) -> str:
    """Have somebody who comes along with the local stack send speech by another program, and return the result's id."""
    person = next(person for person in local["people"] if person["role"] == role)
    base_url = f"{local['base_url']}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, headers=SAME_ORIGIN, timeout=30) as other:
        await sign_in_page(other, person)
        return await result_of(other, await send(other, SAMPLE.read_bytes(), complete=True))
