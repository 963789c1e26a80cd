"""What the operators' commands of the command line do at a server."""

from collections.abc import Awaitable, Callable, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table

from server.admin.schemas import MessageQueueShown, TaskQueueShown
from server.client.batch import Outcome
from server.client.client import Client
from server.client.finding import Server
from server.client.problems import ApiProblem, NotSignedIn, Unreachable

Act = Callable[[Client], Awaitable[RenderableType]]


async def operate(server: Server, act: Act, output: Console, errors: Console) -> Outcome:
    """Do one thing at a server, and print what came of it."""
    try:
        async with Client.connect(server.url, server.auth) as client:
            shown = await act(client)
    except (Unreachable, NotSignedIn, ApiProblem) as refusal:
        errors.print(str(refusal), markup=False, highlight=False, soft_wrap=True)
        return Outcome.SOME_FAILED if _is_refusal(refusal) else Outcome.NO_SERVER
    output.print(shown, markup=False, highlight=False, soft_wrap=True)
    return Outcome.DONE


MOST_IDS = 100
"""That one request names."""


async def queues(client: Client) -> RenderableType:
    """Show how full every queue is."""
    shown = await client.queues()
    return Group(_messages(shown.messages), "", _tasks(shown.tasks))


async def redrive(client: Client, queue: str, ids: Sequence[str]) -> str:
    """Send dead letters back to where they died, and say how many there were."""
    named = [ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS)]
    moves = [await client.redrive(queue, some) for some in named or [()]]
    moved, total = moves[-1], sum(move.redriven for move in moves)
    while not ids and moved.redriven and moved.left:  # one request moves only so many
        moved = await client.redrive(queue)
        total += moved.redriven
    return f"{total:,} redriven, {moved.left:,} left"


async def sweep(client: Client) -> str:
    """Have done now what is done regularly, and say what there was to do."""
    begun = await client.sweep()
    return f"{begun.due:,} tasks called for, {begun.overdue:,} uploads overdue"


def _is_refusal(error: Exception) -> bool:
    return isinstance(error, ApiProblem) and not isinstance(error, NotSignedIn)


def _messages(queues: Sequence[MessageQueueShown]) -> Table:
    table = _table("messages", "waiting", "in flight", "delayed", "dead letters")
    for queue in queues:
        dead = "-" if queue.dead_letters is None else f"{queue.dead_letters:,}"
        table.add_row(queue.name, f"{queue.waiting:,}", f"{queue.in_flight:,}", f"{queue.delayed:,}", dead)
    return table


def _tasks(queues: Sequence[TaskQueueShown]) -> Table:
    table = _table("tasks", "due", "later", "running", "failed", "oldest due")
    for queue in queues:
        oldest = "-" if queue.oldest_due_seconds is None else f"{queue.oldest_due_seconds:,.0f} s"
        table.add_row(queue.name, *(f"{n:,}" for n in (queue.due, queue.later, queue.running, queue.failed)), oldest)
    return table


def _table(name: str, *numbers: str) -> Table:
    table = Table(name, box=None, pad_edge=False)
    for number in numbers:
        table.add_column(number, justify="right")
    return table
