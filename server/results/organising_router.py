"""Titles, tags and notes over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.preconditions import PreconditionNeeded, RevisionDiffers, Revisions
from server.problems import NotFound, problems
from server.results import labels, tags
from server.results.organising_schemas import ResultEdit, ResultLabels, TagList, TagsChanged, TagsEdit
from server.results.tags import TooManyTags
from server.unit_of_work import Work
from server.users.schemas import one_line

Beginning = Annotated[str, AfterValidator(one_line)]

router = APIRouter(prefix="/results", tags=["results"], responses=problems(Unauthenticated))


@router.get("/tags")
async def list_tags(
    caller: CurrentCaller,
    work: Work,
    q: Annotated[Beginning | None, Query(min_length=1, max_length=50, description="How a tag begins.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> TagList:
    """List the tags of your results, the commonest first."""
    return await tags.commonest(work, caller, limit, q)


@router.post("/tags", responses=problems(TooManyTags, *CONTRIBUTING))
async def tag_results(wish: TagsEdit, caller: Contributor, work: Work) -> TagsChanged:
    """Add tags to many results, and remove others from them; results of others are as if they were not there."""
    return await tags.change(work, caller, wish)


@router.patch("/{result_id}", responses=problems(*CONTRIBUTING, NotFound, RevisionDiffers, PreconditionNeeded))
async def change_result(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    result_id: UUID, wish: ResultEdit, caller: Contributor, work: Work, revisions: Revisions, response: Response
) -> ResultLabels:
    """Change a result's title, its tags or your notes; for its owner and admins."""
    changed = await labels.change(work, caller, result_id, wish, revisions)
    response.headers["ETag"] = changed.etag
    return changed
