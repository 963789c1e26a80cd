"""The ways to sign in that this deployment has, for routes to ask for."""

from typing import Annotated

from fastapi import Depends, Request

from server.auth.google import GoogleSignIn
from server.auth.hosted import HostedPage
from server.auth.problems import NoSuchProvider


def get_page(request: Request) -> HostedPage:
    """Return the way to the pool's sign-in page.

    Raises:
        NoSuchProvider: there is none.
    """
    page: HostedPage | None = request.app.state.hosted_page
    if page is None:
        raise NoSuchProvider("cognito")
    return page


def get_google(request: Request) -> GoogleSignIn:
    """Return the way to sign in by Google.

    Raises:
        NoSuchProvider: there is none.
    """
    google: GoogleSignIn | None = request.app.state.google
    if google is None:
        raise NoSuchProvider("google")
    return google


def get_providers(request: Request) -> list[str]:
    """Name the ways that there are."""
    state = request.app.state
    return [name for name, way in (("cognito", state.hosted_page), ("google", state.google)) if way is not None]


Page = Annotated[HostedPage, Depends(get_page)]
Google = Annotated[GoogleSignIn, Depends(get_google)]
Providers = Annotated[list[str], Depends(get_providers)]
