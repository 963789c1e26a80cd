"""The audit log over HTTP, for admins."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from server.admin import audit
from server.admin.audit import Wanted
from server.admin.audit_schemas import EntryPage
from server.audit.models import Action
from server.auth.conditions import Admin
from server.auth.problems import AdminOnly, Unauthenticated
from server.db.cursors import BadCursor
from server.problems import problems
from server.unit_of_work import Work

router = APIRouter(prefix="/admin/audit", tags=["admin"], responses=problems(Unauthenticated, AdminOnly))


@router.get("", responses=problems(BadCursor))
async def list_audit_entries(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    _: Admin,
    work: Work,
    action: Action | None = None,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> EntryPage:
    """List what was done by whom to whom, newest first."""
    return await audit.page(work, Wanted(action, actor_id, subject_id), limit, cursor)
