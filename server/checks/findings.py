"""What a check finds, and how everything is tried at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

SECONDS = 10.0
"""How long one attempt may take."""


class State(StrEnum):
    """How it stands with something."""

    WELL = "well"
    UNTRIED = "untried"
    FAILING = "failing"


WORST = tuple(State)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tried: `about` is the thing, by its setting where it has one; `what`, what it must be or do."""

    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.about}: {self.what}"


@dataclass(frozen=True, slots=True)
class Finding:
    """How it stands with one thing: `says` is a fact, `remedy` what to do about it, a sentence; neither is secret."""

    subject: Subject
    state: State
    says: str = ""
    remedy: str = ""


class Fault(Exception):  # noqa: N818 - says how it stands
    """Something is not as it has to be.

    `subject` is what is at fault where that is more than what was tried: a service that is down fails everything that
    is asked of it, and is named once.
    """

    def __init__(self, says: str, remedy: str, subject: Subject | None = None) -> None:
        super().__init__(says)
        self.says, self.remedy, self.subject = says, remedy, subject


class Untried(Exception):  # noqa: N818 - says how it stands
    """It can't be told, or not without doing harm; the text says why."""


@dataclass(frozen=True, slots=True)
class Trial:
    """An attempt, harmless and short; it returns what it saw, or raises `Fault` or `Untried`."""

    subject: Subject
    attempt: Callable[[], Awaitable[str]]


async def try_all(trials: Iterable[Trial], seconds: float = SECONDS) -> list[Finding]:
    """Try everything at once, and tell of each thing once, in the order of the trials."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_try(trial, seconds)) for trial in trials]
    return _once(task.result() for task in tasks)


async def _try(trial: Trial, seconds: float) -> Finding:
    try:
        async with asyncio.timeout(seconds):
            return Finding(trial.subject, State.WELL, await trial.attempt())
    except Fault as fault:
        return Finding(fault.subject or trial.subject, State.FAILING, fault.says, fault.remedy)
    except Untried as reason:
        return Finding(trial.subject, State.UNTRIED, str(reason))
    except TimeoutError:
        says = f"no answer within {seconds:g} seconds"
        return Finding(
            trial.subject, State.FAILING, says, "See whether it is overloaded, and what lies on the way to it."
        )
    except Exception as error:  # noqa: BLE001 - one attempt that goes wrong in its own way must not hide the others
        # Its class alone: a text of somebody else's may hold an address with its password.
        return Finding(trial.subject, State.FAILING, type(error).__name__, "Try it by hand; this was not foreseen.")


def _once(findings: Iterable[Finding]) -> list[Finding]:
    worst: dict[Subject, Finding] = {}
    for finding in findings:
        known = worst.setdefault(finding.subject, finding)
        if WORST.index(finding.state) > WORST.index(known.state):
            worst[finding.subject] = finding
    return list(worst.values())
