"""What admins can see and do, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, status

from server.admin import tasks
from server.admin.message_queues import MessageQueues, get_message_queues
from server.admin.schemas import DeadLettersShown, Purged, QueuesShown, Redriven, RedriveWish, SweepBegun, TaskPage
from server.auth.dependencies import get_admin
from server.auth.problems import AdminOnly, Unauthenticated
from server.aws.queues import PurgedJustNow
from server.db.cursors import BadCursor
from server.pipeline import repair
from server.problems import NotFound, problems
from server.settings import Settings
from server.tasks.models import Kind, State
from server.unit_of_work import Work

router = APIRouter(
    prefix="/admin",
    tags=["admin"],
    dependencies=[Depends(get_admin, scope="function")],
    responses=problems(Unauthenticated, AdminOnly),
)

Messages = Annotated[MessageQueues, Depends(get_message_queues)]
QueueName = Annotated[str, Path(max_length=80, examples=["uploads"])]


def get_settings(request: Request) -> Settings:
    """Return the application's settings."""
    settings: Settings = request.app.state.settings
    return settings


@router.get("/queues")
async def show_queues(work: Work, messages: Messages) -> QueuesShown:
    """Show how full every queue is, and how old what waits there."""
    return QueuesShown(messages=await messages.show(), tasks=await tasks.show_queues(work))


@router.get("/queues/{name}/dead-letters", responses=problems(NotFound))
async def list_dead_letters(
    name: QueueName, messages: Messages, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> DeadLettersShown:
    """Look at messages that were received too often; they stay where they are."""
    return await messages.dead_letters(name, limit)


@router.post("/queues/{name}/redrive", responses=problems(NotFound))
async def redrive_dead_letters(name: QueueName, messages: Messages, wish: RedriveWish | None = None) -> Redriven:
    """Send dead letters back to where they died, a thousand at most; nothing is lost when it breaks off."""
    return await messages.redrive(name, wish.ids if wish is not None else None)


@router.delete("/queues/{name}/dead-letters", responses=problems(NotFound, PurgedJustNow))
async def purge_dead_letters(name: QueueName, messages: Messages) -> Purged:
    """Delete a queue's dead letters."""
    return await messages.purge(name)


@router.post("/sweep", status_code=status.HTTP_202_ACCEPTED)
async def begin_sweep(work: Work, settings: Annotated[Settings, Depends(get_settings)]) -> SweepBegun:
    """Do now what is done regularly: call workers for what is due, expire uploads, remove objects that nobody needs."""
    swept = await repair.sweep(work, settings, thoroughly=True)
    return SweepBegun(due=swept.due, overdue=swept.overdue)


@router.get("/tasks", responses=problems(BadCursor))
async def list_tasks(
    work: Work,
    state: State = State.FAILED,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> TaskPage:
    """List tasks, newest first: by default those that have failed for good, with the reason."""
    return await tasks.page(work, state, kind, limit, cursor)
