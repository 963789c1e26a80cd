"""API keys over HTTP."""

from uuid import UUID

from fastapi import APIRouter, status

from server.auth import api_keys
from server.auth.conditions import SignedIn, WithoutTool
from server.auth.dependencies import CurrentCaller
from server.auth.problems import AdminOnly, CrossSite, NotByTools, SignInRequired, TooManyKeys, Unauthenticated
from server.auth.schemas import KeyMade, Keys, KeyShown, KeyWish
from server.problems import NotFound, problems
from server.unit_of_work import Work

router = APIRouter(prefix="/auth/keys", tags=["auth"], responses=problems(Unauthenticated, CrossSite))


@router.post(
    "", status_code=status.HTTP_201_CREATED, responses=problems(AdminOnly, SignInRequired, NotByTools, TooManyKeys)
)
async def make_key(wish: KeyWish, caller: WithoutTool, work: Work) -> KeyMade:
    """Make an API key; it is shown this once."""
    key, secret = await api_keys.make(work, caller, wish.name, wish.scope, wish.expires_at)
    return KeyMade(**KeyShown.model_validate(key).model_dump(), key=secret)


@router.get("")
async def list_keys(caller: CurrentCaller, work: Work) -> Keys:
    """List the caller's keys."""
    return Keys(items=[KeyShown.model_validate(key) for key in await api_keys.list_of(work, caller)])


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound, SignInRequired))
async def revoke_key(key_id: UUID, caller: SignedIn, work: Work) -> None:
    """End a key."""
    await api_keys.revoke(work, caller, key_id)
