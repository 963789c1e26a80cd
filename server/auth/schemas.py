"""What is told of sign-ins and keys."""

from datetime import UTC, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from server.auth.models import Scope
from server.auth.principal import Principal
from server.users.models import Role
from server.users.schemas import Name
from server.users.service import Described

LAST = datetime(9999, 12, 31, tzinfo=UTC)
"""What is later can't be said in every time zone."""


def _to_come(time: datetime) -> datetime:
    if not datetime.now(UTC) < time < LAST:
        raise ValueError("a time to come")
    return time


class SessionShown(BaseModel):
    """Who is signed in on this page, and how one could."""

    user_id: UUID | None = None
    name: str | None = None
    email: str | None = None
    role: Role | None = None
    expires_at: datetime | None = None
    csrf_token: str | None = Field(
        None, description="To be sent as X-CSRF-Token with what changes something, by browsers without Fetch Metadata."
    )
    providers: list[str] = Field(description="The ways to sign in: `cognito`, `google`.")

    @classmethod
    def of(cls, caller: Principal, person: Described, providers: list[str], proof: str | None) -> Self:
        """Tell of a caller."""
        return cls(
            user_id=caller.user_id,
            name=person.name,
            email=person.email,
            role=caller.role,
            expires_at=caller.session.expires_at if caller.session else None,
            csrf_token=proof,
            providers=providers,
        )


class GoogleOffer(BaseModel):
    """What Google's sign-in button is to be made with."""

    client_id: str = Field(description="`data-client_id`.", examples=["0123-abc.apps.googleusercontent.com"])
    nonce: str = Field(description="`data-nonce`: good for one sign-in, within ten minutes.")
    login_uri: str = Field(
        description="`data-login_uri`, where the credential is posted.",
        examples=["https://lectern.example/api/v1/auth/google"],
    )


class KeyWish(BaseModel, extra="forbid"):
    """A key to be made."""

    name: Name = Field(examples=["nightly upload"])
    scope: Scope = Scope.BASE
    expires_at: Annotated[AwareDatetime, AfterValidator(_to_come)] | None = Field(
        None, description="Without, it holds until it is revoked."
    )


class KeyShown(BaseModel, from_attributes=True):
    """A key, without its secret."""

    id: UUID
    name: str
    prefix: str
    scope: Scope
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class KeyMade(KeyShown):
    """A new key; its secret is shown this once."""

    key: str = Field(examples=["lk_0123456789ab_…"])


class Keys(BaseModel):
    """A caller's keys, the newest first."""

    items: list[KeyShown]
