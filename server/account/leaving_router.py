"""My data gone, over HTTP."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response, status

from server.account import leaving
from server.account.leaving import NotLeaving
from server.account.leaving_schemas import Leaving
from server.auth.conditions import Person, SignedIn, Terms, WithoutTool
from server.auth.cookies import forget_session
from server.auth.dependencies import get_gate
from server.auth.gate import Gate
from server.auth.problems import CrossSite, NotByTools, PeopleOnly, SignInRequired, Unauthenticated
from server.problems import problems
from server.unit_of_work import Work
from server.users.roles import LastAdmin

REFUSALS = problems(Unauthenticated, CrossSite, PeopleOnly, SignInRequired)
router = APIRouter(prefix="/me", tags=["me"], responses=REFUSALS)


@router.delete("", status_code=status.HTTP_202_ACCEPTED, responses=problems(LastAdmin, NotByTools))
async def delete_me(
    person: Person,
    _: WithoutTool,
    work: Work,
    terms: Terms,
    response: Response,
    gate: Annotated[Gate, Depends(get_gate)],
) -> Leaving:
    """Have the account deleted with all that is in it, after some days in which one can still come back."""
    leaves_at = await leaving.leave(work, person, timedelta(days=terms.grace_days))
    forget_session(response, gate.origin)
    return Leaving(leaves_at=leaves_at)


@router.post("/stay", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotLeaving))
async def keep_me(person: Person, _: SignedIn, work: Work) -> None:
    """Keep the account after all."""
    await leaving.stay(work, person)
