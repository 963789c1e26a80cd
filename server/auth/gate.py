"""Who is calling: the one place where credentials become a principal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from fastapi import Request

from server.auth import api_keys
from server.auth.cognito import CognitoVerifier
from server.auth.delegation import EMAIL_HEADER, SECRET_HEADER, Tool, find_tool
from server.auth.principal import Principal
from server.auth.problems import AmbiguousCredentials, CrossSite, Unauthenticated, UnknownPerson
from server.auth.sessions import Sessions
from server.auth.signer import is_ours
from server.auth.signing_in import find_session
from server.unit_of_work import UnitOfWork
from server.users import service as users
from server.users.models import Role, UserKind

PROOF_HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request brings to say who is calling, and what its browser says of where it comes from."""

    authorizations: Sequence[str]
    cookie: str | None
    secrets: Sequence[str]
    emails: Sequence[str]
    address: str | None
    is_safe: bool
    site: str | None
    origin: str | None
    proof: str

    @classmethod
    def by(cls, request: Request, cookie: str) -> Self:
        """Read a request."""
        headers = request.headers
        return cls(
            authorizations=headers.getlist("authorization"),
            cookie=request.cookies.get(cookie),
            secrets=_as_sent(headers.getlist(SECRET_HEADER)),
            emails=_as_sent(headers.getlist(EMAIL_HEADER)),
            address=request.client.host if request.client else None,
            is_safe=request.method in SAFE,
            site=headers.get("sec-fetch-site"),
            origin=headers.get("origin"),
            proof=headers.get(PROOF_HEADER, ""),
        )

    @property
    def is_anything(self) -> bool:
        """Whether there is a credential at all, good or bad."""
        return bool(self.authorizations or self.cookie or self.secrets or self.emails)


def _as_sent(values: Sequence[str]) -> Sequence[str]:
    """Read fields as UTF-8, which Starlette has taken for Latin-1."""
    return [value.encode("latin-1").decode(errors="replace") for value in values]


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets callers in, by exactly one credential.

    Attributes:
        lowest_role: what every person has at least, whatever their row says.
    """

    verifier: CognitoVerifier
    sessions: Sessions
    tools: Sequence[Tool]
    origin: str
    lowest_role: Role = Role.NONE

    async def admit(self, work: UnitOfWork, presented: Presented) -> Principal:
        """Tell who is calling.

        Raises:
            Unauthenticated: nobody that we know of.
            AmbiguousCredentials: somebody, but one can't say who.
            InsufficientScope: a machine without one of our scopes.
            UnknownPerson: a tool acts for somebody who isn't here.
            CrossSite: another site's page had the browser ask.
        """
        return (await self._admit(work, presented)).with_at_least(self.lowest_role)

    async def _admit(self, work: UnitOfWork, presented: Presented) -> Principal:
        if presented.secrets or presented.emails:
            return await self._delegated(work, presented)
        match presented.authorizations:
            case [authorization]:
                return await self._bearer(work, authorization)
            case [_, *_]:
                raise AmbiguousCredentials("Send one Authorization header, not several.")
        if presented.cookie is None:
            raise Unauthenticated("This needs a bearer token: Authorization: Bearer …")
        return await self._page(work, presented, presented.cookie)

    async def _bearer(self, work: UnitOfWork, authorization: str) -> Principal:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("This needs a bearer token: Authorization: Bearer …")
        if token.startswith(api_keys.MARK):
            return await api_keys.use(work, token)
        if is_ours(token):
            return await find_session(work, self.sessions.read(token))
        claimed, admin_scope = await self.verifier.verify(token)
        known = await users.recognise(work, claimed)
        is_admin = known.role is Role.ADMIN if known.kind is UserKind.PERSON else admin_scope
        return Principal(known.id, is_admin, known.kind, known.role)

    async def _page(self, work: UnitOfWork, presented: Presented, cookie: str) -> Principal:
        session = self.sessions.read(cookie)
        if not (presented.is_safe or self._is_same_site(presented) or self.sessions.is_proof(session, presented.proof)):
            raise CrossSite
        return await find_session(work, session)

    def _is_same_site(self, presented: Presented) -> bool:
        """Say whether a page of ours asks, as the browser tells (Fetch Metadata; older ones only name the origin).

        Source: https://web.dev/articles/fetch-metadata
        """
        if presented.site is not None:
            return presented.site == "same-origin"
        return presented.origin == self.origin

    async def _delegated(self, work: UnitOfWork, presented: Presented) -> Principal:
        if presented.authorizations:
            raise AmbiguousCredentials("Send a delegation secret or an Authorization header, not both.")
        if len(presented.secrets) > 1 or len(presented.emails) > 1:
            raise AmbiguousCredentials("Send each delegation header once.")
        secret, email = "".join(presented.secrets), "".join(presented.emails).strip()
        tool = find_tool(self.tools, secret, presented.address)
        if tool is None:
            raise Unauthenticated(f"The {SECRET_HEADER} does not hold.")
        known = await users.find_person(work, email) if email else None
        if known is None:
            raise UnknownPerson(EMAIL_HEADER)
        return Principal(known.id, known.role is Role.ADMIN, known.kind, known.role, tool=tool.name)
