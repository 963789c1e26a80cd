"""Corrections over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response

from server.auth.conditions import CONTRIBUTING, Contributor
from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.corrections import reading, service
from server.corrections.finding import Named
from server.corrections.problems import REFUSALS, NotFinished
from server.corrections.schemas import Comparison, Edited, TranscriptText, VersionPage
from server.corrections.service import Condition
from server.corrections.wishes import EditWish
from server.db.cursors import BadCursor
from server.idempotency.service import IdempotencyKey, KeyReused
from server.limits.problems import BodyTooLarge
from server.preconditions import PreconditionNeeded, RevisionDiffers, Revisions, entity_tag
from server.problems import NotFound, problems
from server.unit_of_work import Work

router = APIRouter(
    prefix="/results/{result_id}/transcripts/{transcript_id}",
    tags=["corrections"],
    responses=problems(Unauthenticated, NotFound, NotFinished),
)

WRITING = (PreconditionNeeded, RevisionDiffers, KeyReused, *CONTRIBUTING)
VersionNumber = Annotated[int, Path(ge=0, lt=2**31, description="0: the engine's.")]


def get_named(result_id: UUID, transcript_id: UUID) -> Named:
    """Gather which transcript is meant."""
    return Named(result_id, transcript_id)


def get_condition(revisions: Revisions, key: IdempotencyKey = None) -> Condition:
    """Gather on what condition a transcript is changed."""
    return Condition(revisions, key)


NamedTranscript = Annotated[Named, Depends(get_named)]
CurrentCondition = Annotated[Condition, Depends(get_condition)]


@router.get("")
async def show_transcript(
    named: NamedTranscript, caller: CurrentCaller, work: Work, response: Response
) -> TranscriptText:
    """Show what a transcript says now; its ETag is needed to correct it."""
    shown = await reading.show(work, caller, named)
    response.headers["ETag"] = entity_tag(shown.version)
    return shown


@router.post("/edits", responses=problems(*WRITING, *REFUSALS, NotFound, NotFinished, BodyTooLarge))
async def correct_transcript(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    named: NamedTranscript,
    wish: EditWish,
    caller: Contributor,
    work: Work,
    condition: CurrentCondition,
    response: Response,
) -> Edited:
    """Correct a transcript: all operations or none, as one new version."""
    edited = await service.correct(work, caller, named, condition, wish)
    response.headers["ETag"] = entity_tag(edited.version)
    return edited


@router.get("/versions", responses=problems(BadCursor))
async def list_versions(
    named: NamedTranscript,
    caller: CurrentCaller,
    work: Work,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> VersionPage:
    """List the versions of a transcript, newest first, down to the engine's."""
    return await reading.list_versions(work, caller, named, limit, cursor)


@router.get("/versions/{number}")
async def show_version(
    number: VersionNumber, named: NamedTranscript, caller: CurrentCaller, work: Work
) -> TranscriptText:
    """Show what a version of a transcript says."""
    return await reading.show_version(work, caller, named, number)


@router.get("/versions/{number}/compare")
async def compare_versions(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    number: VersionNumber,
    named: NamedTranscript,
    caller: CurrentCaller,
    work: Work,
    other: Annotated[
        int | None,
        Query(alias="with", ge=0, lt=2**31, description="The version that came of it; by default the current."),
    ] = None,
    same: Annotated[bool, Query(description="Give also what is the same in both.")] = False,  # noqa: FBT002 - FastAPI's way
) -> Comparison:
    """Compare a version of a transcript with another one, segment by segment."""
    return await reading.compare(work, caller, named, (number, other), with_same=same)


@router.post("/versions/{number}/restore", responses=problems(*WRITING, NotFound, NotFinished))
async def restore_version(  # noqa: PLR0913, PLR0917 - each is one thing that the request brings
    number: VersionNumber,
    named: NamedTranscript,
    caller: Contributor,
    work: Work,
    condition: CurrentCondition,
    response: Response,
) -> Edited:
    """Bring a version back, as a new one; those in between stay."""
    edited = await service.restore(work, caller, named, condition, number)
    response.headers["ETag"] = entity_tag(edited.version)
    return edited
