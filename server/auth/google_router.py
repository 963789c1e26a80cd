"""Signing in by Google over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Form, Header, Response, status
from fastapi.responses import JSONResponse, RedirectResponse

from server.auth import signing_in
from server.auth.cookies import give_session
from server.auth.dependencies import CurrentGate
from server.auth.google import check_double_submit
from server.auth.problems import NoSuchProvider, SignInFailed, SignInUnavailable, Unauthenticated
from server.auth.providers import Google
from server.auth.schemas import GoogleOffer, SessionShown
from server.auth.session_view import CurrentView
from server.problems import problems
from server.unit_of_work import Work

router = APIRouter(prefix="/auth/google", tags=["auth"], responses=problems(NoSuchProvider))

Credential = Annotated[str, Form(max_length=16_384, description="An id token of Google's, with our nonce.")]
DoubleSubmit = Annotated[str, Form(max_length=500, description="The same as in the cookie of this name.")]
# Google names further fields, and may name more: what isn't asked for here is not looked at.


@router.get("")
async def offer_google(google: Google) -> GoogleOffer:
    """Begin a sign-in by Google: what its button is to be made with."""
    return GoogleOffer(client_id=google.client_id, nonce=google.begin(), login_uri=google.login_uri)


@router.post(
    "",
    response_model=SessionShown,
    responses=problems(SignInFailed, Unauthenticated, SignInUnavailable)
    | {303: {"description": "For a form that the browser itself posts: back to the first page, signed in."}},
)
async def sign_in_by_google(  # noqa: PLR0913, PLR0917 - FastAPI hands each in by its name
    work: Work,
    google: Google,
    gate: CurrentGate,
    view: CurrentView,
    credential: Credential,
    g_csrf_token: DoubleSubmit,
    kept: Annotated[str | None, Cookie(alias="g_csrf_token")] = None,
    sec_fetch_mode: Annotated[str, Header(max_length=50)] = "",
) -> Response:
    """Sign in by a credential of Google Identity Services, as its button posts it."""
    check_double_submit(kept, g_csrf_token)
    token, session = await signing_in.come_by_google(work, gate.sessions, google, credential)
    caller = (await signing_in.find_session(work, session)).with_at_least(gate.lowest_role)
    answer: Response
    if sec_fetch_mode == "navigate":
        answer = RedirectResponse("/", status.HTTP_303_SEE_OTHER)
    else:
        answer = JSONResponse((await view.show(caller)).model_dump(mode="json"))
    give_session(answer, gate.origin, token, session)
    return answer
