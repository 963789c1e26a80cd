"""Statistics of recitals over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.problems import problems
from server.recitals import statistics
from server.recitals.statistics_schemas import Amount, Day, Place, Totals
from server.unit_of_work import Work

router = APIRouter(prefix="/recitals/statistics", tags=["recitals"], responses=problems(Unauthenticated))


@router.get("/mine")
async def show_my_statistics(caller: CurrentCaller, work: Work) -> Amount:
    """Show how much you have read."""
    return await statistics.of_caller(work, caller)


@router.get("/totals")
async def show_totals(_: CurrentCaller, work: Work) -> Totals:
    """Show how much all have read together."""
    return await statistics.of_all(work)


@router.get("/days")
async def list_days(
    caller: CurrentCaller,
    work: Work,
    days: Annotated[int, Query(ge=1, le=366)] = 30,
    mine: Annotated[bool, Query(description="Count your own recitals alone.")] = False,  # noqa: FBT002 - a parameter
) -> list[Day]:
    """List how much was read on each of the last days of UTC, the oldest first."""
    return await statistics.by_day(work, days, of=caller if mine else None)


@router.get("/leaderboard")
async def show_leaderboard(
    caller: CurrentCaller, work: Work, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> list[Place]:
    """Show who has read longest, and at the end your own place if it is further down."""
    return await statistics.leaderboard(work, caller, limit)
