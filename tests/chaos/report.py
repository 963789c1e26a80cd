"""What came of a run."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tests.chaos.rig import Rig

ATTEMPTS = "SELECT kind, attempt, count(*) AS number FROM tasks WHERE state = 'done' GROUP BY 1, 2 ORDER BY 1, 2"


@dataclass(frozen=True, slots=True)
class Report:
    """The counts, and what is wrong; nothing is, in a good run.

    Attributes:
        seconds: how long it took.
        standing: uploads, by how they stand.
        faults: what has gone wrong how often.
        dead_letters: how many there are.
        messages: that were taken by those who are told, mails among them.
        twice: how many of these came once more, under the same name.
        fenced: how often a worker came back to a task that was no longer its own, and wrote nothing.
        attempts: tasks that were done, by kind and by the attempt that did them.
        findings: what is wrong, each in a sentence.
    """

    seconds: float
    standing: Mapping[str, int]
    faults: Mapping[str, int]
    dead_letters: int
    messages: int
    twice: int
    fenced: int
    attempts: Mapping[str, Mapping[int, int]]
    findings: list[str]

    def __str__(self) -> str:
        """Put everything into lines for a person."""
        attempts = (f"  {kind:<12} {_counts(by_attempt)}" for kind, by_attempt in self.attempts.items())
        lines = (
            f"uploads: {_counts(self.standing)}",
            f"faults: {_counts(self.faults)}",
            f"dead letters: {self.dead_letters}; lost leases found out at the fence: {self.fenced}",
            f"messages and mails: {self.messages}; of them once more: {self.twice}",
            "tasks done, by the attempt that did them:",
            *attempts,
            f"{self.seconds:.0f} s",
            *(f"WRONG: {finding}" for finding in self.findings),
        )
        return "\n".join(lines)


async def count_attempts(rig: Rig) -> dict[str, Counter[int]]:
    """Count the tasks that were done, by kind and by attempt."""
    counts: dict[str, Counter[int]] = {}
    for row in await rig.fetch(ATTEMPTS):
        counts.setdefault(row["kind"], Counter())[row["attempt"]] = row["number"]
    return counts


def _counts(counts: Mapping[str, int] | Mapping[int, int]) -> str:
    return ", ".join(f"{what}: {number}" for what, number in counts.items()) or "none"
