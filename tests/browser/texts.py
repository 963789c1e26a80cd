"""What the pages say, in each of their languages."""

import json
import re
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "web_client/src"
BLANK = re.compile(r"\\\{\\\{\w+\\\}\\\}")  # as `re.escape` leaves it


class Texts:
    """The texts of one language, by namespace and key, as in `transcript:actions.more`."""

    def __init__(self, language: str) -> None:
        """Read them from where the pages have them."""
        self._namespaces = {file.parents[1].name: _read(file) for file in SOURCES.rglob(f"texts/{language}.json")}

    def __call__(self, key: str) -> str:
        """Return a text as it is written, with its blanks."""
        namespace, _, path = key.partition(":")
        found: Any = self._namespaces[namespace]
        for step in path.split("."):
            found = found[step]
        return str(found)

    def whole(self, key: str) -> re.Pattern[str]:
        """Return what matches a whole text, whatever stands in its blanks."""
        return re.compile(f"^{BLANK.sub('.*', re.escape(self(key)))}$")


def _read(file: Path) -> dict[str, Any]:
    texts: dict[str, Any] = json.loads(file.read_text())
    return texts
