"""What the workers have written down of themselves."""

import json
from collections import Counter
from collections.abc import Iterator

from tests.chaos.rig import WHISPERS, WORKERS, Rig

DONE = "task done"
FENCED = "task lost to another worker, nothing written"


def tasks_done_twice(rig: Rig) -> Iterator[str]:
    """Name the tasks that the workers say to have done more than once."""
    for task, times in Counter(_tasks(rig, DONE)).items():
        if times > 1:
            yield f"task {task} was done {times} times"


def count_fenced(rig: Rig) -> int:
    """Count how often a worker came back to a task that was no longer its own."""
    return sum(1 for _ in _tasks(rig, FENCED))


def _tasks(rig: Rig, event: str) -> Iterator[str]:
    for name in (*WORKERS, *WHISPERS):
        with rig.log_of(name).open(errors="replace") as log:
            yield from (json.loads(line)["task_id"] for line in log if f'"event": "{event}"' in line)
