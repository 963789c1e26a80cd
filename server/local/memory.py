"""Steps that need not be taken a second time."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from server.local.private import write_private


@dataclass(frozen=True, slots=True)
class Memory:
    """The outcome of a step, in a file of mode 0600; it holds as long as what the step depends on is the same."""

    file: Path

    def recall(self, *depends_on: str) -> str | None:
        """Return the outcome, or None when the step must be taken."""
        if not self.file.exists():
            return None
        kept: dict[str, str] = json.loads(self.file.read_text())
        return kept["outcome"] if kept["depends_on"] == _digest(depends_on) else None

    def keep(self, outcome: str, *depends_on: str) -> None:
        """Note the outcome of a step that was taken."""
        write_private(self.file, json.dumps({"depends_on": _digest(depends_on), "outcome": outcome}))


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
