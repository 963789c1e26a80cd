"""My data out, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from server.auth.dependencies import CurrentCaller
from server.auth.problems import CrossSite, Unauthenticated
from server.aws.store import Store, get_store
from server.db.cursors import BadCursor
from server.exports import service
from server.exports.models import ExportKind
from server.exports.schemas import ExportPage, ExportShown
from server.problems import NotFound, problems
from server.unit_of_work import Work

router = APIRouter(prefix="/me", tags=["me"], responses=problems(Unauthenticated))

PATH = "/api/v1/me/exports"
CurrentStore = Annotated[Store, Depends(get_store)]


@router.post("/export", status_code=status.HTTP_202_ACCEPTED, responses=problems(CrossSite))
async def ask_for_export(caller: CurrentCaller, work: Work, response: Response) -> ExportShown:
    """Have everything that is held about the caller put into one zip file; while that goes on, again is the same."""
    export = await service.ask(work, caller)
    response.headers["Location"] = f"{PATH}/{export.id}"
    return ExportShown.of(export, url=None)


@router.get("/exports", responses=problems(BadCursor))
async def list_exports(
    caller: CurrentCaller,
    work: Work,
    store: CurrentStore,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> ExportPage:
    """List the caller's exports, newest first."""
    return await service.page(work, store, caller, ExportKind.ACCOUNT, limit, cursor)


@router.get("/exports/{export_id}", responses=problems(NotFound))
async def show_export(export_id: UUID, caller: CurrentCaller, work: Work, store: CurrentStore) -> ExportShown:
    """Show how an export stands, and where to fetch it once it is ready."""
    return await service.show(work, store, caller, ExportKind.ACCOUNT, export_id)
