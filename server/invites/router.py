"""Invites over HTTP: made by admins, followed by whoever has the link."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, status

from server.auth.conditions import Admin, Person, get_signed_in
from server.auth.dependencies import CurrentGate
from server.auth.problems import AdminOnly, CrossSite, PeopleOnly, SignInRequired, Unauthenticated
from server.db.cursors import BadCursor
from server.invites import service
from server.invites.schemas import InviteAccepted, InviteMade, InviteOffered, InvitePage, InviteSecret, InviteWish
from server.invites.service import NoSuchInvite
from server.mails.postbox import CurrentPostbox, MailOff
from server.problems import NotFound, problems
from server.unit_of_work import Work

admin = APIRouter(prefix="/admin/invites", tags=["admin"], responses=problems(Unauthenticated, AdminOnly))
router = APIRouter(prefix="/invites", tags=["invites"], responses=problems(NoSuchInvite))


@admin.post("", status_code=status.HTTP_201_CREATED, responses=problems(CrossSite, MailOff))
async def make_invite(
    wish: InviteWish, caller: Admin, work: Work, gate: CurrentGate, postbox: CurrentPostbox
) -> InviteMade:
    """Make an invite; its link is shown this once, and sent to an address if that is wished."""
    return await service.make(work, caller, gate.origin, wish, postbox)


@admin.get("", responses=problems(BadCursor))
async def list_invites(
    _: Admin,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> InvitePage:
    """List invites, newest first, those that have ended among them."""
    return await service.page(work, limit, cursor)


@admin.delete("/{invite_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound, CrossSite))
async def revoke_invite(invite_id: UUID, caller: Admin, work: Work) -> None:
    """End an invite; who has followed it keeps the role."""
    await service.revoke(work, caller, invite_id)


@router.post("/look")
async def look_at_invite(wish: InviteSecret, work: Work) -> InviteOffered:
    """Show, without a sign-in, what an invite gives and until when."""
    return await service.look(work, wish.secret)


@router.post(
    "/accept",
    dependencies=[Depends(get_signed_in, scope="function")],
    responses=problems(Unauthenticated, PeopleOnly, SignInRequired, CrossSite),
)
async def accept_invite(wish: InviteSecret, caller: Person, work: Work) -> InviteAccepted:
    """Follow an invite: its role is given, never less than the caller's own; each person counts once."""
    return await service.accept(work, caller, wish.secret)
