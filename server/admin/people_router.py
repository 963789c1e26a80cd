"""People and their roles over HTTP, for admins."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, status
from pydantic import AfterValidator

from server.admin import people
from server.admin.people_schemas import ApprovalMade, ApprovalPage, ApprovalWish, PeoplePage, PersonShown, RoleWish
from server.auth.conditions import Admin
from server.auth.problems import AdminOnly, CrossSite, Unauthenticated
from server.db.cursors import BadCursor
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.users.models import Role
from server.users.roles import LastAdmin
from server.users.schemas import Email, one_line

router = APIRouter(prefix="/admin", tags=["admin"], responses=problems(Unauthenticated, AdminOnly))

Limit = Annotated[int, Query(ge=1, le=100)]
Beginning = Annotated[
    Annotated[str, AfterValidator(one_line)] | None,
    Query(max_length=254, description="How the e-mail address or the name begins; its case doesn't matter."),
]


@router.get("/people", responses=problems(BadCursor))
async def list_people(
    _: Admin,
    work: Work,
    query: Beginning = None,
    role: Role | None = None,
    limit: Limit = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> PeoplePage:
    """List people, newest first; machines are none."""
    return await people.page(work, query, role, limit, cursor)


@router.get("/people/{person_id}", responses=problems(NotFound))
async def show_person(person_id: UUID, _: Admin, work: Work) -> PersonShown:
    """Show a person."""
    return await people.show(work, person_id)


@router.patch("/people/{person_id}", responses=problems(NotFound, LastAdmin, CrossSite))
async def change_role(person_id: UUID, wish: RoleWish, caller: Admin, work: Work) -> PersonShown:
    """Give a person another role; it counts from their next request on."""
    return await people.change_role(work, caller, person_id, wish.role)


@router.post("/approvals", responses=problems(CrossSite))
async def approve_person(wish: ApprovalWish, caller: Admin, work: Work) -> ApprovalMade:
    """Give a role to whoever has an e-mail address, now or from the first sign-in on; who is here has no less by it."""
    return await people.approve(work, caller, wish)


@router.get("/approvals")
async def list_approvals(
    _: Admin, work: Work, limit: Limit = 20, cursor: Annotated[Email | None, Query()] = None
) -> ApprovalPage:
    """List what waits for people who haven't come yet, by their addresses."""
    return await people.approvals(work, limit, cursor)


@router.delete("/approvals/{email}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound, CrossSite))
async def withdraw_approval(email: Email, caller: Admin, work: Work) -> None:
    """Take back what an e-mail address was approved for; who has come already keeps it."""
    await people.withdraw(work, caller, email)
