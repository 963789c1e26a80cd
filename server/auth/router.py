"""Sessions of pages over HTTP, and signing in on the user pool's page."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Query, Response, status
from fastapi.responses import RedirectResponse

from server.auth import signing_in
from server.auth.conditions import SignedIn
from server.auth.cookies import ATTEMPT, forget_attempt, forget_session, give_attempt, give_session
from server.auth.dependencies import CallerIfAny, CurrentCaller, CurrentGate
from server.auth.hosted import PATIENCE
from server.auth.problems import (
    CrossSite,
    NoSuchProvider,
    SignInFailed,
    SignInRequired,
    SignInUnavailable,
    Unauthenticated,
)
from server.auth.providers import Page
from server.auth.schemas import SessionShown
from server.auth.session_view import CurrentView
from server.problems import problems
from server.unit_of_work import Work

router = APIRouter(prefix="/auth", tags=["auth"], responses=problems(Unauthenticated, CrossSite))

PATH = "/api/v1/auth"
Then = Annotated[str, Query(max_length=500, description="A path of ours.", examples=["/results"])]


@router.get("/session")
async def show_session(caller: CallerIfAny, view: CurrentView) -> SessionShown:
    """Tell a page who is signed in, if anybody is, and how one could."""
    return await view.show(caller)


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
    sec_fetch_mode: Annotated[str, Header(max_length=50)] = "",
) -> RedirectResponse:
    """Take a browser back from the sign-in page, and begin its session; where that fails, people are told on a page."""
    try:
        attempt = page.resume(kept, state)
        token, session = await signing_in.come_back(work, gate.verifier, gate.sessions, page, attempt, code)
    except SignInFailed:
        if sec_fetch_mode != "navigate":
            raise
        return RedirectResponse("/sign-in?news=failed", status.HTTP_303_SEE_OTHER)
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


@router.post("/logout-all", status_code=status.HTTP_204_NO_CONTENT, responses=problems(SignInRequired))
async def log_out_everywhere(caller: SignedIn, work: Work, response: Response, gate: CurrentGate) -> None:
    """End every session of the caller, on every device."""
    await signing_in.end_all(work, caller)
    forget_session(response, gate.origin)
