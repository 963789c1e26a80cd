"""The engines on offer over HTTP."""

from fastapi import APIRouter

from server.auth.dependencies import CurrentCaller
from server.auth.problems import Unauthenticated
from server.problems import problems
from server.transcription.menu import show
from server.transcription.offer import CurrentOffer
from server.transcription.offer_schemas import EnginesShown

router = APIRouter(prefix="/transcription", tags=["transcription"], responses=problems(Unauthenticated))


@router.get("/engines")
async def list_engines(_: CurrentCaller, offer: CurrentOffer) -> EnginesShown:
    """List the engines that recordings can be transcribed with, and what each of them can do."""
    return show(offer)
