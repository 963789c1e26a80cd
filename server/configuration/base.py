"""What a group of settings is, and how values of several parts are written."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def split(value: object) -> object:
    """Read a list by commas."""
    return _parts(value) if isinstance(value, str) else value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _by_name(value: object) -> object:
    return dict(part.partition("=")[::2] for part in _parts(value)) if isinstance(value, str) else value


CommaList = Annotated[list[str], NoDecode, BeforeValidator(split)]

SigningKey = Annotated[SecretStr, Field(min_length=32)]
"""As long as what HS256 makes of it (RFC 7518, 3.2)."""

Secret = Annotated[SecretStr, Field(min_length=24)]
"""Too long to be guessed."""

Quota = Annotated[
    dict[Literal["none", "speaker", "admin", "machine"], Annotated[int, Field(ge=0)]],
    NoDecode,
    BeforeValidator(_by_name),
]
"""By role; who is not named has no limit."""


class Group(BaseSettings):
    """Settings of one concern; an empty value counts as unset."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True)
