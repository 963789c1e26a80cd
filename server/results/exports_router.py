"""Many results as one file, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.aws.store import Store, get_store
from server.db.cursors import BadCursor
from server.exports import service
from server.exports.models import ExportKind
from server.exports.schemas import ExportPage, ExportShown
from server.exports.service import TooManyExports
from server.idempotency.service import IdempotencyKey, Keyed, KeyReused, once
from server.problems import NotFound, problems
from server.results import bundles
from server.results.bundles import ResultsMissing
from server.results.organising_schemas import BundleWish
from server.unit_of_work import Work

router = APIRouter(prefix="/results/exports", tags=["results"], responses=problems(Unauthenticated))

PATH = "/api/v1/results/exports"
CurrentStore = Annotated[Store, Depends(get_store)]


@router.post("", status_code=status.HTTP_202_ACCEPTED, responses=problems(ResultsMissing, TooManyExports, KeyReused))
async def export_results(
    wish: BundleWish, caller: CurrentCaller, work: Work, response: Response, key: IdempotencyKey = None
) -> ExportShown:
    """Have the texts of many results put into one zip file, each in the formats that you name."""

    async def ask() -> ExportShown:
        return ExportShown.of(await bundles.ask(work, caller, wish), url=None)

    asked = await once(work, Keyed(caller.user_id, key, wish), ExportShown, ask)
    response.headers["Location"] = f"{PATH}/{asked.id}"
    return asked


@router.get("", responses=problems(BadCursor))
async def list_result_exports(
    caller: CurrentCaller,
    work: Work,
    store: CurrentStore,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> ExportPage:
    """List the files of many results that you have asked for, newest first."""
    return await service.page(work, store, caller, ExportKind.RESULTS, limit, cursor)


@router.get("/{export_id}", responses=problems(NotFound))
async def show_result_export(export_id: UUID, caller: CurrentCaller, work: Work, store: CurrentStore) -> ExportShown:
    """Show how such a file stands, and where to fetch it once it is ready."""
    return await service.show(work, store, caller, ExportKind.RESULTS, export_id)
