"""The caller of a request, for routes to ask for."""

from typing import Annotated

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from server.auth.cognito import CognitoVerifier
from server.auth.principal import Principal
from server.auth.problems import AdminOnly, Unauthenticated
from server.unit_of_work import Work
from server.users import service
from server.users.models import Role, UserKind

bearer = HTTPBearer(auto_error=False, description="An access or id token of the user pool, or a machine's token.")


def get_verifier(request: Request) -> CognitoVerifier:
    """Return the application's verifier of tokens."""
    verifier: CognitoVerifier = request.app.state.verifier
    return verifier


async def get_caller(
    work: Work,
    verifier: Annotated[CognitoVerifier, Depends(get_verifier)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Principal:
    """Tell who is calling.

    Raises:
        Unauthenticated: nobody that we know of.
        InsufficientScope: a machine without one of our scopes.
    """
    if credentials is None:
        raise Unauthenticated("This needs a bearer token: Authorization: Bearer …")
    claimed, admin_scope = await verifier.verify(credentials.credentials)
    known = await service.recognise(work, claimed)
    structlog.contextvars.bind_contextvars(user_id=str(known.id))
    is_admin = known.role is Role.ADMIN if known.kind is UserKind.PERSON else admin_scope
    return Principal(known.id, sees_all=is_admin)


CurrentCaller = Annotated[Principal, Depends(get_caller, scope="function")]


async def get_admin(caller: CurrentCaller) -> Principal:
    """Tell which admin is calling.

    Raises:
        AdminOnly: the caller is none.
    """
    if not caller.sees_all:
        raise AdminOnly
    return caller
