"""What came of a run."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.chaos.rig import Rig

ATTEMPTS = "SELECT kind, attempt, count(*) AS number FROM tasks WHERE state = 'done' GROUP BY 1, 2 ORDER BY 1, 2"


@dataclass(frozen=True, slots=True)
class Report:
    """The counts, and what is wrong; nothing is in a good run.

    `attempts` counts the tasks that were done, by kind and by the attempt that did them.
    """

    seconds: float
    standing: Mapping[str, int]
    faults: Mapping[str, int]
    dead_letters: int
    attempts: Mapping[str, Mapping[int, int]]
    findings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        attempts = (f"  {kind:<12} {_counts(by_attempt)}" for kind, by_attempt in self.attempts.items())
        return "\n".join(
            (
                f"uploads: {_counts(self.standing)}",
                f"faults: {_counts(self.faults)}",
                f"dead letters, all poisoned: {self.dead_letters}" if not self.findings else "",
                "tasks done at attempt (attempt: tasks)",
                *attempts,
                f"{self.seconds:.0f} s",
                *(f"WRONG: {finding}" for finding in self.findings),
            )
        )


async def count_attempts(rig: Rig) -> dict[str, Counter[int]]:
    """Count the tasks that were done, by kind and by attempt."""
    counts: dict[str, Counter[int]] = {}
    for row in await rig.fetch(ATTEMPTS):
        counts.setdefault(row["kind"], Counter())[row["attempt"]] = row["number"]
    return counts


def _counts(counts: Mapping[str, int] | Mapping[int, int]) -> str:
    return ", ".join(f"{what}: {number}" for what, number in counts.items()) or "none"
