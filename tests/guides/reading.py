"""The commands that the documentation tells people to type."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
)
"""All pages that people read, by their paths in the checkout."""

_PART = re.compile(
    r"^#+ (?P<heading>[^\n]+)$"
    r"|^(?:<!-- not run: (?P<reason>.+?) -->\n+)?^```sh\n(?P<text>.*?)^```$"
    r"|^```\w*\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Commands that stand together; `reason` is why no test types them, `heading` what they stand under."""

    page: str
    heading: str
    text: str
    reason: str | None

    @property
    def program(self) -> str:
        """The first line, without what is said about it."""
        return self.text.splitlines()[0].partition("#")[0].strip()


def blocks(page: str) -> Iterator[Block]:
    """Yield the commands of a page in their order."""
    heading = ""
    for part in _PART.finditer(text_of(page)):
        heading = part["heading"] or heading
        if part["text"] is not None:
            yield Block(page, heading, part["text"], part["reason"])


def headings(page: str) -> list[str]:
    """Return the headings of a page."""
    return [part["heading"] for part in _PART.finditer(text_of(page)) if part["heading"]]


def text_of(page: str) -> str:
    """Return a page as it is written."""
    return (ROOT / page).read_text()
