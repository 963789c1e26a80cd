"""From sign-up to sign-out in a real browser, through our pages and the pool's own."""

from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.browser.people import Person, bring, open_finished, send_elsewhere, sign_in, sign_up
from tests.conftest import SAMPLE

GRACE = Person("grace@example.com", "Correct-horse-7")


async def test_from_sign_up_to_sign_out(page: Page, local: dict[str, Any]) -> None:
    """Somebody new signs up, signs in on the pool's page, uploads, sees that alone, and signs out for good."""
    theirs = await send_elsewhere(local, "speaker")
    api = page.context.request
    assert (await api.get("/api/v1/results")).status == 401
    await sign_up(page, GRACE, "Grace", local["token_url"])
    await sign_in(page, GRACE)
    assert (await (await api.get("/api/v1/auth/session")).json())["email"] == GRACE.email
    [cookie] = [kept for kept in await page.context.cookies() if kept["name"] == "lectern"]
    assert (cookie["httpOnly"], cookie["sameSite"], await page.evaluate("document.cookie")) == (True, "Lax", "")

    assert (await (await api.get("/api/v1/results")).json())["items"] == []
    assert (await api.get(f"/api/v1/results/{theirs}")).status == 404
    await bring(page, SAMPLE)
    await open_finished(page, SAMPLE.stem)
    [mine] = (await (await api.get("/api/v1/results")).json())["items"]
    assert mine["id"] != theirs

    await page.get_by_role("button", name="Account").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("link", name="Continue with e-mail")).to_be_visible()
    await page.context.add_cookies([{"name": "lectern", "value": cookie["value"], "url": local["base_url"]}])
    await page.goto("/")
    await expect(page.get_by_role("link", name="Continue with e-mail")).to_be_visible()
    async with httpx.AsyncClient(base_url=f"{local['base_url']}/api/v1") as anyone:
        for old in ({"Cookie": f"lectern={cookie['value']}"}, {"Authorization": f"Bearer {cookie['value']}"}):
            assert (await anyone.get("/results", headers=old)).status_code == 401
