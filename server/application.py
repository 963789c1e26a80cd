"""The API as an ASGI application."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta

import httpx
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, HTTPClientError
from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from starlette.middleware.cors import CORSMiddleware

from server import api, health, metrics
from server.admin.message_queues import MessageQueues
from server.auth.cognito import CognitoVerifier
from server.auth.cookies import cookie_name
from server.auth.delegation import Tool
from server.auth.gate import Gate
from server.auth.google import GoogleSignIn
from server.auth.hosted import HostedPage
from server.auth.keys import KeySet
from server.auth.registration import Registration
from server.auth.sessions import Sessions
from server.auth.signer import Signer
from server.aws.clients import HASTY, open_clients
from server.aws.queues import Queues
from server.aws.store import Store
from server.aws.transfers import Transfers
from server.configuration.reading import stopping
from server.configuration.reciting import Recitals
from server.db.sessions import open_sessions
from server.documents.reading import Reader
from server.documents.service import Desk
from server.headers import SecurityHeaders, page_headers, policy_for
from server.limits.fields import POLICY_FIELD, STANDING_FIELD
from server.limits.limiter import open_limiter
from server.limits.middleware import BodyLimit, RateLimits
from server.metrics import Metrics
from server.observability.logging import configure_logging
from server.observability.requests import HEADER, QUIET, RequestLog
from server.outbound.client import open_outbound
from server.problems import add_problem_handlers
from server.settings import MEGABYTE, Service, Settings, start_settings
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.offer import Offer
from server.unit_of_work import Units
from server.users.kinds import Role
from server.valkey.broadcast import Hub
from server.valkey.connection import open_valkey
from server.web import WebClient

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

OUTBOUND = httpx.Timeout(5.0)
LARGEST_BODY = 256 * 1024
"""Bytes of a request; files go to S3 without passing through here, but for those that `larger_bodies` names."""
SIGN_INS = frozenset(
    f"{api.PREFIX}{path}"
    for path in (
        "/auth/login",
        "/auth/callback",
        "/auth/google",
        "/auth/sign-up",
        "/auth/confirm",
        "/auth/resend-code",
        "/auth/forgot-password",
        "/auth/reset-password",
        "/invites/look",
    )
)
"""What strangers may try, and try again."""
OUTAGES = (
    OSError,
    DBAPIError,
    SQLAlchemyTimeoutError,
    HTTPClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
)
"""How Postgres and AWS are missed."""


def create_app(settings: Settings) -> FastAPI:
    """Make the application; it connects to nothing before its lifespan begins."""
    app = make_routes(_lifespan(settings))
    _add_middleware(app, settings.service, larger_bodies(settings.recitals))
    return app


def make_routes(lifespan: Lifespan | None = None) -> FastAPI:
    """Make what answers, which is enough to describe it; to serve, it needs the lifespan."""
    app = FastAPI(
        title="Lectern",
        summary="Collects speech and turns it into text.",
        version="1",
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.include_router(api.router)
    app.add_route(f"{api.PREFIX}/docs", _reference, include_in_schema=False)
    return app


def larger_bodies(recitals: Recitals) -> Mapping[str, int]:
    """Return how many bytes may be sent to paths of these patterns: recorded slices and documents."""
    return {
        f"{api.PREFIX}/recitals/[^/]+/audio/[^/]+": recitals.max_slice_mb * MEGABYTE,
        f"{api.PREFIX}/documents(/[^/]+)?": recitals.max_document_mb * MEGABYTE,
    }


def _add_middleware(app: FastAPI, service: Service, larger: Mapping[str, int]) -> None:
    """Put around the routes what every request passes through, the innermost first."""
    app.add_middleware(BodyLimit, most=LARGEST_BODY, larger=larger)
    app.add_middleware(RateLimits, exempt=QUIET, sign_ins=SIGN_INS)
    if service.web_client is not None:  # outside of the rates: one page is dozens of files, and a class has one address
        session = cookie_name(service.public_url)
        app.add_middleware(
            WebClient, folder=service.web_client, own="/api", others=QUIET, api=api.PREFIX, session=session
        )
    add_problem_handlers(app, OUTAGES)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=service.cors_origins,
        allow_methods=["*"],
        allow_headers=["*"],
        allow_credentials="*" not in service.cors_origins,  # cookies come only from origins that somebody has named
        expose_headers=["ETag", "Location", "Retry-After", POLICY_FIELD, STANDING_FIELD, HEADER],
    )
    app.add_middleware(SecurityHeaders, public_url=service.public_url, private=api.PREFIX)
    app.add_middleware(RequestLog)


async def _reference(request: Request) -> Response:
    """Show the API to people, under a policy that lets this page do what it needs, and no more."""
    page = get_swagger_ui_html(openapi_url=request.app.openapi_url, title="Lectern", swagger_favicon_url="data:,")
    page.headers["Content-Security-Policy"] = policy_for(bytes(page.body).decode())
    return page


def make_gate(settings: Settings, verifier: CognitoVerifier) -> Gate:
    """Make what tells who is calling."""
    return Gate(
        verifier=verifier,
        sessions=Sessions(Signer(settings.auth.access_token_secret_keys), timedelta(hours=settings.auth.session_hours)),
        tools=[Tool.parse(text.get_secret_value()) for text in settings.auth.delegating_tools],
        origin=settings.service.public_url.rstrip("/"),
        lowest_role=Role.NONE if settings.people.speakers_need_approval else Role.SPEAKER,
    )


def make_hosted_page(settings: Settings, http: httpx.AsyncClient) -> HostedPage | None:
    """Make the way to the pool's sign-in page, where the deployment has one."""
    chosen = settings.auth
    if chosen.cognito_domain is None:
        return None
    callback = f"{settings.service.public_url.rstrip('/')}{api.PREFIX}/auth/callback"
    signer = Signer(chosen.access_token_secret_keys)
    return HostedPage(chosen.cognito_domain, chosen.cognito_client_ids[0], callback, signer, http)


def make_google(settings: Settings, http: httpx.AsyncClient) -> GoogleSignIn | None:
    """Make the way to sign in by Google, where the deployment has one."""
    chosen = settings.auth
    if chosen.google_client_id is None:
        return None
    login_uri = f"{settings.service.public_url.rstrip('/')}{api.PREFIX}/auth/google"
    keys = KeySet(chosen.google_jwks_url, http)
    return GoogleSignIn(chosen.google_client_id, login_uri, keys, Signer(chosen.access_token_secret_keys))


def _lifespan(settings: Settings) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.service.log_level, settings.service.log_format)
        state = app.state
        state.settings = settings
        async with AsyncExitStack() as opened:
            sessions = await opened.enter_async_context(open_sessions(settings.database))
            state.valkey = await opened.enter_async_context(open_valkey(settings.valkey))
            state.limiter = await opened.enter_async_context(open_limiter(settings.valkey, settings.limits))
            state.units = Units(sessions, state.valkey)
            state.clients = await opened.enter_async_context(open_clients(settings.aws, HASTY))
            stores = filter(None, (state.clients.s3_public.meta.endpoint_url, settings.aws.media_url))
            state.page_headers = page_headers(*stores, google=settings.auth.google_client_id is not None)
            state.store, state.transfers = Store(state.clients), Transfers(state.clients)
            state.offer = await asyncio.to_thread(Offer.of, settings, os.environ)
            state.queues = Queues(state.clients)
            state.metrics = Metrics(state.units, MessageQueues.named(state.queues, settings.aws))
            http = await opened.enter_async_context(httpx.AsyncClient(timeout=OUTBOUND))
            verifier = CognitoVerifier(settings.auth, KeySet(settings.auth.jwks_url, http))
            state.gate = make_gate(settings, verifier)
            state.hosted_page = make_hosted_page(settings, http)
            state.google = make_google(settings, http)
            state.registration = Registration(state.clients.cognito, settings.auth.cognito_client_ids[0])
            outbound = await opened.enter_async_context(open_outbound(settings.outbound, settings.service.public_url))
            state.desk = Desk(Reader(), outbound, settings.outbound.wikipedia_url)
            state.hub = Hub(state.valkey)
            await opened.enter_async_context(state.hub.running())
            yield

    return lifespan


def _operation_id(route: APIRoute) -> str:
    return route.name


def __getattr__(name: str) -> FastAPI:
    """Make `app` when a server asks for it, so that importing this module reads no settings (PEP 562)."""
    if name != "app":
        raise AttributeError(name)
    settings = start_settings()
    with stopping(EngineUnavailable):
        Offer.of(settings, os.environ)
    return create_app(settings)
