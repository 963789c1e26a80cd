"""The caller of a request, for routes to ask for."""

from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from server.audit.models import Action
from server.audit.service import note
from server.auth.cookies import cookie_name
from server.auth.gate import Gate, Presented
from server.auth.principal import Principal
from server.auth.problems import AdminOnly, Stale, Unauthenticated
from server.limits.counting import count_caller, count_refusal
from server.unit_of_work import Work

bearer = HTTPBearer(
    auto_error=False,
    description="An access or id token of the user pool, a machine's token, a session's token, or an API key.",
)


def get_gate(request: Request) -> Gate:
    """Return the application's gate."""
    gate: Gate = request.app.state.gate
    return gate


CurrentGate = Annotated[Gate, Depends(get_gate)]


async def get_caller(
    request: Request,
    work: Work,
    gate: CurrentGate,
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Principal:
    """Tell who is calling; see `Gate.admit` for what it raises.

    Raises:
        TooManyRequests: this caller asks too much, or too many credentials from there never held. One that holds is
            let in whatever others have tried: they are too long to guess, and not to be shut out by a neighbour's.
    """
    presented = Presented.by(request, cookie_name(gate.origin))
    try:
        caller = await gate.admit(work, presented)
    except Unauthenticated as refused:
        if presented.is_anything and not isinstance(refused, Stale):
            await count_refusal(request.scope)
        raise
    await count_caller(request.scope, caller.user_id)
    if caller.tool is not None:
        note(work, Action.DELEGATED, actor_id=caller.user_id, tool=caller.tool, path=quote(request.url.path))
    if caller.tool is not None or caller.by_key:
        # It was used, whatever becomes of the request; by a transaction of its own it would ask for a second connection
        # while it has one, and many at once would wait for each other.
        await work.session.commit()
    structlog.contextvars.bind_contextvars(user_id=str(caller.user_id))
    return caller


async def get_caller_if_any(request: Request, work: Work, gate: CurrentGate) -> Principal | None:
    """Tell who is calling, or None when nobody is signed in, or no longer."""
    try:
        return await get_caller(request, work, gate, None)
    except Unauthenticated:
        return None


CallerIfAny = Annotated[Principal | None, Depends(get_caller_if_any, scope="function")]
CurrentCaller = Annotated[Principal, Depends(get_caller, scope="function")]


async def get_admin(caller: CurrentCaller) -> Principal:
    """Tell which admin is calling.

    Raises:
        AdminOnly: the caller is none.
    """
    if not caller.sees_all:
        raise AdminOnly
    return caller
