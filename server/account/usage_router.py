"""How much of their quotas callers have used, over HTTP."""

from fastapi import APIRouter, Request

from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.problems import problems
from server.unit_of_work import Work
from server.uploads import quotas
from server.uploads.quotas import Usage

router = APIRouter(prefix="/me", tags=["me"], responses=problems(Unauthenticated))


@router.get("/usage")
async def show_usage(request: Request, caller: CurrentCaller, work: Work) -> Usage:
    """Show how much the caller has brought in the last days, and how much they may."""
    return await quotas.usage(work, request.app.state.settings.limits, caller)
