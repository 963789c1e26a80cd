"""Sign-ins and keys over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response, status

from server.auth import api_keys, signing_in
from server.auth.cookies import forget_session
from server.auth.dependencies import CallerIfAny, CurrentCaller, get_gate
from server.auth.gate import Gate
from server.auth.problems import AdminOnly, CrossSite, Unauthenticated
from server.auth.schemas import KeyMade, Keys, KeyShown, KeyWish, SessionShown
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.users import service as users

router = APIRouter(prefix="/auth", tags=["auth"], responses=problems(Unauthenticated, CrossSite))

PROVIDERS = ["cognito"]
CurrentGate = Annotated[Gate, Depends(get_gate)]


@router.get("/session")
async def show_session(caller: CallerIfAny, work: Work, gate: CurrentGate) -> SessionShown:
    """Tell a page who is signed in, if anybody is, and how one could."""
    if caller is None:
        return SessionShown(providers=PROVIDERS)
    proof = gate.sessions.proof(caller.session) if caller.session else None
    return SessionShown.of(caller, await users.describe(work, caller.user_id), PROVIDERS, proof)


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
async def log_out(caller: CurrentCaller, work: Work, response: Response, gate: CurrentGate) -> None:
    """End this session: its cookie and its token hold no longer."""
    if caller.session is not None:
        await signing_in.end(work, caller.session)
    forget_session(response, gate.origin)


@router.post("/logout-all", status_code=status.HTTP_204_NO_CONTENT)
async def log_out_everywhere(caller: CurrentCaller, work: Work, response: Response, gate: CurrentGate) -> None:
    """End every session of the caller, on every device."""
    await signing_in.end_all(work, caller)
    forget_session(response, gate.origin)


@router.post("/keys", status_code=status.HTTP_201_CREATED, responses=problems(AdminOnly))
async def make_key(wish: KeyWish, caller: CurrentCaller, work: Work) -> KeyMade:
    """Make an API key; it is shown this once."""
    key, secret = await api_keys.make(work, caller, wish.name, wish.scope, wish.expires_at)
    return KeyMade(**KeyShown.model_validate(key).model_dump(), key=secret)


@router.get("/keys")
async def list_keys(caller: CurrentCaller, work: Work) -> Keys:
    """List the caller's keys."""
    return Keys(items=[KeyShown.model_validate(key) for key in await api_keys.list_of(work, caller)])


@router.delete("/keys/{key_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound))
async def revoke_key(key_id: UUID, caller: CurrentCaller, work: Work) -> None:
    """End a key."""
    await api_keys.revoke(work, caller, key_id)
