"""A caller's own account as it goes over the wire."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from server.media.wishes import Language
from server.users.kinds import Refusal, Role, Sex, UserKind
from server.users.schemas import Name

EARLIEST_BIRTH = 1900


def _not_to_come(year: int) -> int:
    if year > datetime.now(UTC).year:
        raise ValueError("a year that has begun")
    return year


BirthYear = Annotated[int, Field(ge=EARLIEST_BIRTH, examples=[1988]), AfterValidator(_not_to_come)]


class AgreementShown(BaseModel):
    """The current terms, and whether the person has agreed to them."""

    version: str
    url: str | None = Field(description="Where they can be read.")
    agreed_at: datetime | None = Field(description="null: not yet; until then nothing can be added.")


class Me(BaseModel):
    """Who is calling, with what is held about them."""

    id: UUID
    kind: UserKind
    email: str | None
    name: str | None
    role: Role
    language: str | None = Field(description="The language that they speak, for whoever looks for speakers.")
    birth_year: int | None
    sex: Sex | None
    mails_texts: bool = Field(description="Mail when a text is there.")
    mails_failures: bool = Field(description="Mail when a recording has failed.")
    mail_refused_at: datetime | None = Field(
        description="Since when the address gets no mail, because it refused one; turn mail on again to try once more."
    )
    mail_refused_reason: Refusal | None = Field(description="How it refused: the mail came back, or was called spam.")
    created_at: datetime
    last_login_at: datetime
    leaves_at: datetime | None = Field(description="When the account is deleted, if that is wished.")
    agreement: AgreementShown | None = Field(description="null: there are no terms, or the caller is a machine.")


class MeChange(BaseModel, extra="forbid"):
    """What is to change; what is left out stays, and null empties a field."""

    name: Name | None = Field(None, examples=["Ada Lovelace"])
    language: Language | None = None
    birth_year: BirthYear | None = None
    sex: Sex | None = Field(None, examples=["female"])
    mails_texts: bool = Field(True, description="Mail when a text is there.")  # noqa: FBT003 - pydantic's default
    mails_failures: bool = Field(True, description="Mail when a recording has failed.")  # noqa: FBT003 - the same


class AgreementWish(BaseModel, extra="forbid"):
    """The terms that a person agrees to."""

    version: str = Field(min_length=1, max_length=100, description="The current one.", examples=["2026-11"])
