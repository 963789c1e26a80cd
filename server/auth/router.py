"""Sign-ins and keys over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Cookie, Depends, Query, Request, Response, status
from fastapi.responses import RedirectResponse

from server.auth import api_keys, signing_in
from server.auth.cookies import ATTEMPT, forget_attempt, forget_session, give_attempt, give_session
from server.auth.dependencies import CallerIfAny, CurrentCaller, get_gate
from server.auth.gate import Gate
from server.auth.hosted import PATIENCE, HostedPage
from server.auth.problems import (
    AdminOnly,
    CrossSite,
    NoSuchProvider,
    SignInFailed,
    SignInUnavailable,
    Unauthenticated,
)
from server.auth.schemas import KeyMade, Keys, KeyShown, KeyWish, SessionShown
from server.problems import NotFound, problems
from server.unit_of_work import Work
from server.users import service as users

router = APIRouter(prefix="/auth", tags=["auth"], responses=problems(Unauthenticated, CrossSite))

PATH = "/api/v1/auth"
CurrentGate = Annotated[Gate, Depends(get_gate)]
Then = Annotated[str, Query(max_length=500, description="A path of ours.", examples=["/results"])]


def get_page_if_any(request: Request) -> HostedPage | None:
    """Return the way to the pool's sign-in page, where there is one."""
    page: HostedPage | None = request.app.state.hosted_page
    return page


MaybePage = Annotated[HostedPage | None, Depends(get_page_if_any)]


def get_page(page: MaybePage) -> HostedPage:
    """Return the way to the pool's sign-in page.

    Raises:
        NoSuchProvider: there is none.
    """
    if page is None:
        raise NoSuchProvider("cognito")
    return page


Page = Annotated[HostedPage, Depends(get_page)]


@router.get("/session")
async def show_session(caller: CallerIfAny, work: Work, gate: CurrentGate, page: MaybePage) -> SessionShown:
    """Tell a page who is signed in, if anybody is, and how one could."""
    providers = ["cognito"] if page else []
    if caller is None:
        return SessionShown(providers=providers)
    proof = gate.sessions.proof(caller.session) if caller.session else None
    return SessionShown.of(caller, await users.describe(work, caller.user_id), providers, proof)


@router.get("/login", status_code=status.HTTP_303_SEE_OTHER, responses=problems(NoSuchProvider))
async def go_to_sign_in(page: Page, gate: CurrentGate, then: Then = "/") -> RedirectResponse:
    """Send a browser to the user pool's sign-in page; it comes back to the page named by `then`."""
    address, kept = page.begin(then)
    answer = RedirectResponse(address, status.HTTP_303_SEE_OTHER)
    give_attempt(answer, gate.origin, kept, PATH, PATIENCE.total_seconds())
    return answer


@router.get(
    "/callback",
    status_code=status.HTTP_303_SEE_OTHER,
    responses=problems(NoSuchProvider, SignInFailed, SignInUnavailable),
)
async def come_back_from_sign_in(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    work: Work,
    page: Page,
    gate: CurrentGate,
    kept: Annotated[str | None, Cookie(alias=ATTEMPT)] = None,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=2000)] = "",
) -> RedirectResponse:
    """Take a browser back from the sign-in page, and begin its session."""
    attempt = page.resume(kept, state)
    token, session = await signing_in.come_back(work, gate.verifier, gate.sessions, page, attempt, code)
    answer = RedirectResponse(attempt.then, status.HTTP_303_SEE_OTHER)
    give_session(answer, gate.origin, token, session)
    forget_attempt(answer, gate.origin, PATH)
    return answer


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
