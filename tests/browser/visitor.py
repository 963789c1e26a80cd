"""Somebody who looks at everything a page shows, for barriers to those who see, hear or move otherwise than most."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Locator, Page, expect

from tests.browser.people import WORKED_MS
from tests.browser.texts import Texts

AXE = Path(__file__).parents[2] / "web_client/node_modules/axe-core/axe.min.js"
# Source: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
EVERY_RULE = {"resultTypes": ["violations"]}
RULES_OF_COLOUR = EVERY_RULE | {"runOnly": ["color-contrast", "link-in-text-block"]}
RUN = """async ([within, options]) => {
    const { violations } = await axe.run(within, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""

OPENED = "dialog[open], [role=menu]"

Pressed = Literal["button", "link", "menuitem"]


class Visitor:
    """Goes from page to page in one language, and notes every barrier in light and in dark."""

    def __init__(self, page: Page, language: str) -> None:
        """Begin on a page whose context speaks that language, and has `AXE` in every page."""
        self.page = page
        self.texts = Texts(language)
        self.barriers: list[str] = []

    async def open(self, address: str, title: str, content: str = "") -> None:
        """Open a page, wait until it shows what it has, and look."""
        await self.page.goto(address)
        await expect(self.page.get_by_role("heading", name=self.texts.whole(title), level=1)).to_be_attached()
        await expect(self.page.get_by_role("main")).to_contain_text(content, timeout=WORKED_MS)
        await self.look()

    async def press(self, key: str, role: Pressed = "button") -> None:
        """Press what has that text."""
        await self.named(key, role).click()

    def named(self, key: str, role: Pressed = "button") -> Locator:
        """Find the first that has that text."""
        return self.page.get_by_role(role, name=self.texts.whole(key)).first

    async def look_into(self, *keys: str) -> None:
        """Look at what opens by a button, or by an item of the menu that it opens; then put it away."""
        roles: tuple[Pressed, ...] = ("button", "menuitem")
        for key, role in zip(keys, roles, strict=False):
            await self.press(key, role)
        await expect(self.page.locator(OPENED)).to_be_visible()  # some come when they are asked for
        await self.look(OPENED)
        await self.page.keyboard.press("Escape")

    async def look(self, within: str = "html") -> None:
        """Note the barriers of what is there now."""
        await self.page.emulate_media(color_scheme="light")
        await self._note("light", within, EVERY_RULE)
        await self.page.emulate_media(color_scheme="dark")
        await self._note("dark", within, RULES_OF_COLOUR)

    async def _note(self, theme: str, within: str, options: Mapping[str, Any]) -> None:
        found = await self.page.evaluate(RUN, [within, options])
        self.barriers += [f"{self.page.url}, {theme}: {barrier}" for barrier in found]
