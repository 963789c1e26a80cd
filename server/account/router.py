"""A caller's own account over HTTP."""

from fastapi import APIRouter

from server.account import service
from server.account.schemas import AgreementWish, Me, MeChange
from server.account.service import NotCurrent
from server.auth.conditions import Person, Terms
from server.auth.dependencies import CurrentCaller
from server.auth.problems import CrossSite, PeopleOnly, Unauthenticated
from server.problems import problems
from server.unit_of_work import Work

router = APIRouter(prefix="/me", tags=["me"], responses=problems(Unauthenticated))


@router.get("")
async def show_me(caller: CurrentCaller, work: Work, terms: Terms) -> Me:
    """Show who is calling, and what is held about them."""
    return await service.show(work, caller, terms)


@router.patch("", responses=problems(PeopleOnly, CrossSite))
async def change_me(wish: MeChange, caller: Person, work: Work, terms: Terms) -> Me:
    """Change what is given; null empties a field."""
    return await service.change(work, caller, terms, wish)


@router.post("/agreement", responses=problems(PeopleOnly, CrossSite, NotCurrent))
async def agree_to_terms(wish: AgreementWish, caller: Person, work: Work, terms: Terms) -> Me:
    """Agree to the current terms; again is fine."""
    return await service.agree(work, caller, terms, wish.version)
