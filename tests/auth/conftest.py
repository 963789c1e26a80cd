"""People who call."""

from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from server.audit.models import Action, AuditEntry
from server.auth import signing_in
from server.auth.gate import Gate
from server.unit_of_work import Units
from server.users import service as users
from server.users.models import Role, UserKind
from server.users.service import Claimed, Known


@dataclass(frozen=True)
class Town:
    """Makes people known, and reads what was written down about them."""

    units: Units
    gate: Gate

    async def person(self, email: str, role: Role = Role.NONE) -> Known:
        """Make a person known."""
        async with self.units.begin() as work:
            return await users.provision(work, claimed(email), role)

    async def session(self, email: str) -> str:
        """Sign a person in, and return the token."""
        async with self.units.begin() as work:
            token, _ = await signing_in.begin(work, self.gate.sessions, claimed(email), "test")
        return token

    async def log(self, action: Action) -> list[AuditEntry]:
        """Read what was written down of a kind."""
        async with self.units.begin() as work:
            query = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
            return list((await work.session.execute(query)).scalars())


def claimed(email: str, issuer: str = "https://issuer.test", subject: str | None = None) -> Claimed:
    """What a provider says of a person."""
    return Claimed(UserKind.PERSON, issuer, subject or email, email=email, name="A Person")


@pytest.fixture
def town(units: Units, running_app: FastAPI) -> Town:
    """The people of one test."""
    return Town(units, running_app.state.gate)


def bearer(token: str) -> dict[str, str]:
    """The header that brings a token."""
    return {"Authorization": f"Bearer {token}"}


async def who(http: httpx.AsyncClient, headers: dict[str, str]) -> UUID | None:
    """Ask the service who we are."""
    answer = (await http.get("/auth/session", headers=headers)).raise_for_status().json()
    return UUID(answer["user_id"]) if answer["user_id"] else None
