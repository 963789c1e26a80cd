"""Invites as they go over the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from server.users.kinds import Role
from server.users.schemas import Email, GivenRole, Name

MOST_USES = 10_000
LONGEST = timedelta(days=366)


def _within_a_year(time: datetime) -> datetime:
    now = datetime.now(UTC)
    if not now < time <= now + LONGEST:
        raise ValueError("a time to come, within a year")
    return time


class InviteWish(BaseModel, extra="forbid"):
    """An invite to be made."""

    name: Name = Field(description="What admins know it by.", examples=["Choir of St. Anne"])
    role: GivenRole = Role.SPEAKER
    most_uses: int = Field(1, ge=1, le=MOST_USES, description="How many people may follow it.")
    expires_at: Annotated[AwareDatetime, AfterValidator(_within_a_year)] = Field(
        description="Within a year.", examples=["2027-01-31T00:00:00Z"]
    )
    email: Email | None = Field(None, description="Where the link is to be sent; it is shown here all the same.")


class InviteShown(BaseModel, from_attributes=True):
    """An invite, without its secret."""

    id: UUID
    name: str
    role: Role
    most_uses: int
    uses: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class InviteMade(InviteShown):
    """A new invite; its link is shown this once."""

    link: str = Field(examples=["https://lectern.example.org/invite#…"])


class InvitePage(BaseModel):
    """Some invites, the newest first."""

    items: list[InviteShown]
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")


class InviteSecret(BaseModel, extra="forbid"):
    """What stands in the link of an invite, behind the last slash."""

    secret: str = Field(min_length=1, max_length=100, examples=["cJ2kVn0mXw…"])


class InviteOffered(BaseModel):
    """What an invite gives, and until when."""

    role: Role
    expires_at: datetime


class InviteAccepted(BaseModel):
    """The role that the person has now."""

    role: Role
