"""From sign-up to sign-out in a real browser, through the pool's own page."""

import asyncio
import base64
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx
from playwright.async_api import Page

from tests.conftest import SAMPLE
from tests.end_to_end.foreign import result_of, send, sign_in_page

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
EMAIL, PASSWORD = "grace@example.com", "Correct-horse-7"
SESSION = "/api/v1/auth/session"

FETCH = """async ([method, path, body]) => {
    const headers = body === null ? {} : {"Content-Type": "application/json"};
    const answer = await fetch(path, {method, headers, body: body === null ? null : JSON.stringify(body)});
    const text = await answer.text();
    return {status: answer.status, body: text ? JSON.parse(text) : null};
}"""
POST_FORM = """async ([url, fields, base64]) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    form.append("file", new Blob([bytes], {type: "audio/wav"}), "speech.wav");
    return (await fetch(url, {method: "POST", body: form})).status;
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request of the page got."""

    status: int
    body: Any


async def fetch(page: Page, method: str, path: str, body: object = None) -> Answer:
    """Have the page send a request, with whatever the browser keeps for us."""
    return Answer(**await page.evaluate(FETCH, [method, f"/api/v1{path}", body]))


async def sign_up(page: Page, token_url: str) -> None:
    """Make an account and confirm it by the code that was mailed, as a page of ours would."""
    account = {"email": EMAIL, "password": PASSWORD, "name": "Grace"}
    assert (await fetch(page, "POST", "/auth/sign-up", account)).status == 202
    async with httpx.AsyncClient() as anyone:
        box = (await anyone.get(urljoin(token_url, "/_ministack/ses/messages"))).json()
    [mails] = box["messages"].values()
    code = next(re.sub(r"\D", "", mail["BodyText"]) for mail in reversed(mails) if EMAIL in mail["To"])
    confirmation = {"email": EMAIL, "code": code}
    assert (await fetch(page, "POST", "/auth/confirm", confirmation)).status == 204


async def sign_in(page: Page) -> None:
    """Go to the pool's page, fill it in, and come back."""
    await page.goto(f"/api/v1/auth/login?then={SESSION}")
    await page.locator("input[name=username]:visible").fill(EMAIL)
    await page.locator("input[name=password]:visible").fill(PASSWORD)
    await page.locator("[type=submit]:visible").first.click()
    await page.wait_for_url(f"**{SESSION}")


async def upload(page: Page) -> str:
    """Send the sample from the page, straight to the store, and return the upload's id."""
    content = SAMPLE.read_bytes()
    wish = {"filename": "speech.wav", "content_type": "audio/wav", "size": len(content)}
    begun = await fetch(page, "POST", "/uploads", wish)
    assert begun.status == 201, begun.body
    sent = await page.evaluate(POST_FORM, [begun.body["url"], begun.body["fields"], base64.b64encode(content).decode()])
    assert sent in {200, 201, 204}
    done = await fetch(page, "POST", f"/uploads/{begun.body['id']}/complete")
    assert done.status in {200, 202}, done.body
    return str(begun.body["id"])


async def anothers_result(local: dict[str, Any]) -> str:
    """Have another person send something, and return its result's id."""
    person = next(person for person in local["people"] if person["role"] == "speaker")
    base_url = f"{local['base_url']}/api/v1"
    async with httpx.AsyncClient(base_url=base_url, headers=SAME_ORIGIN, timeout=30) as other:
        await sign_in_page(other, person)
        return await result_of(other, await send(other, SAMPLE.read_bytes(), complete=True))


async def accepted(page: Page, upload_id: str) -> str:
    """Wait until an upload has become a result, and return the result's id."""
    async with asyncio.timeout(30):
        while (state := (await fetch(page, "GET", f"/uploads/{upload_id}")).body)["status"] == "pending":
            await asyncio.sleep(0.1)
    assert state["status"] == "uploaded", state
    return str(state["result_id"])


async def test_from_sign_up_to_sign_out(page: Page, local: dict[str, Any]) -> None:
    """Somebody new signs up, signs in on the pool's page, sends speech, sees only their own, and signs out for good."""
    theirs = await anothers_result(local)
    await page.goto(SESSION)
    assert (await fetch(page, "GET", "/auth/session")).body["user_id"] is None
    assert (await fetch(page, "GET", "/results")).status == 401
    await sign_up(page, local["token_url"])
    await sign_in(page)
    assert (await fetch(page, "GET", "/auth/session")).body["email"] == EMAIL
    [cookie] = [kept for kept in await page.context.cookies() if kept["name"] == "lectern"]
    assert (cookie["httpOnly"], cookie["sameSite"], await page.evaluate("document.cookie")) == (True, "Lax", "")

    upload_id = await upload(page)
    mine = await accepted(page, upload_id)
    listed = (await fetch(page, "GET", "/results")).body["items"]
    assert [result["id"] for result in listed] == [mine]
    assert (await fetch(page, "GET", f"/results/{theirs}")).status == 404

    assert (await fetch(page, "POST", "/auth/logout")).status == 204
    assert (await fetch(page, "GET", "/auth/session")).body["user_id"] is None
    await page.context.add_cookies([{"name": "lectern", "value": cookie["value"], "url": local["base_url"]}])
    assert (await fetch(page, "GET", "/results")).status == 401
    async with httpx.AsyncClient(base_url=f"{local['base_url']}/api/v1") as anyone:
        old = {"Authorization": f"Bearer {cookie['value']}"}
        assert (await anyone.get("/results", headers=old)).status_code == 401
