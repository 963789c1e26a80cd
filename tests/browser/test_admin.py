"""An admin lets people in; pages stand in Hebrew too."""

from typing import Any

from playwright.async_api import Page, ViewportSize, expect

from tests.browser.conftest import Visit
from tests.browser.people import WORKED_MS, Person, person_of, send_elsewhere, sign_in, sign_up

EDITH = Person("edith@example.com", "Correct-horse-8")
PHONE = ViewportSize(width=390, height=844)
# Pages by their address: their titles, and what is there once they have all that they show.
HEBREW = {
    "/": ("בית", "speech"),
    "/results": ("תמלולים", "speech"),
    "/account": ("החשבון שלי", "admin@example.com"),
    "/admin/people": ("אנשים", "speaker@example.com"),
    "/admin/results": ("כל התמלולים", "speech"),
    "/admin/queues": ("תורים", "עבודה כללית"),
    "/admin/audit": ("יומן ביקורת", "cognito"),
}


async def test_admin_approves_a_speaker(visit: Visit, local: dict[str, Any]) -> None:
    """Somebody new waits until an admin approves their address, and may record texts from then on."""
    newcomer, admin = await visit(), await visit()
    await sign_up(newcomer, EDITH, "Edith", local["token_url"])
    await sign_in(newcomer, EDITH)
    waiting = newcomer.get_by_text("an admin has yet to approve you")
    await expect(waiting).to_be_visible()

    await sign_in(admin, person_of(local, "admin"))
    await admin.get_by_role("link", name="Admin", exact=True).click()
    await admin.get_by_role("link", name="Approved ahead").click()
    await admin.get_by_label("E-mail address").fill(EDITH.email)
    await admin.get_by_role("button", name="Approve", exact=True).click()
    await expect(admin.get_by_role("status").get_by_text("is here already and now has the role")).to_be_attached()

    await newcomer.goto("/account")
    await expect(newcomer.get_by_role("region", name="Access")).to_contain_text("Speaker")
    await newcomer.get_by_role("link", name="Home", exact=True).click()
    await expect(newcomer.get_by_role("heading", name="Home", level=1)).to_be_attached()
    await expect(waiting).to_be_hidden()


async def test_hebrew_pages_fit_a_phone(page: Page, local: dict[str, Any]) -> None:
    """In Hebrew every page runs from right to left, and is no wider than a phone."""
    result_id = await send_elsewhere(local, "admin")
    await page.set_viewport_size(PHONE)
    await sign_in(page, person_of(local, "admin"))
    await page.get_by_role("button", name="Language").click()
    await page.get_by_role("menuitemradio", name="עברית").click()
    for path, (title, content) in {**HEBREW, f"/results/{result_id}": ("speech", "Dashwood")}.items():
        await page.goto(path)
        await check_fit(page, title, content)
    await page.get_by_role("button", name="חשבון").click()
    await page.get_by_role("menuitem", name="יציאה").click()
    await check_fit(page, "כניסה", "דוא״ל")


async def check_fit(page: Page, title: str, content: str) -> None:
    """See a page in Hebrew, in its direction, with nothing beside the screen."""
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_attached()
    await expect(page.get_by_role("main")).to_contain_text(content, timeout=WORKED_MS)
    await expect(page.locator("html[lang=he][dir=rtl]")).to_be_attached()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} px wide"
