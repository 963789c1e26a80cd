"""Who may call, and how much they may ask."""

from ipaddress import ip_network
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from server.configuration.base import CommaList, Group, Quota, Secret, SigningKey, WebAddress, split

SHORTEST_SECRET = 24


def _tool(written: SecretStr) -> SecretStr:
    """Take what `auth.delegation.Tool` reads; its own errors would show a part of a secret that has an @ in it."""
    named, *networks = written.get_secret_value().split("@")
    if len(named.rpartition(":")[2]) < SHORTEST_SECRET:
        raise ValueError(f"a secret there has less than {SHORTEST_SECRET} characters")
    try:
        for network in networks:
            ip_network(network)
    except ValueError:
        raise ValueError("what stands behind an @ there is no network such as 10.0.0.0/8") from None
    return written


DelegationSecret = Annotated[SecretStr, AfterValidator(_tool)]


class Auth(Group):
    """Who is calling."""

    cognito_issuer: WebAddress = Field(
        alias="COGNITO_ISSUER", description="The `iss` of the user pool's tokens, to the letter."
    )
    cognito_jwks_url: WebAddress | None = Field(
        None, alias="COGNITO_JWKS_URL", description="The pool's keys; by default below the issuer."
    )
    cognito_client_ids: CommaList = Field(
        alias="COGNITO_CLIENT_IDS", min_length=1, description="App clients, by commas, whose tokens people may bring."
    )
    cognito_resource_server: str = Field(
        "lectern", alias="COGNITO_RESOURCE_SERVER", description="What stands before /base and /admin in machine scopes."
    )
    cognito_domain: WebAddress | None = Field(
        None,
        alias="COGNITO_DOMAIN",
        description="Where the pool's sign-in page is; without, pages can't sign in by it.",
    )
    google_client_id: str | None = Field(
        None, alias="GOOGLE_CLIENT_ID", description="Client id of Google sign-in; without, there is none."
    )
    google_jwks_url: WebAddress = Field(
        "https://www.googleapis.com/oauth2/v3/certs", alias="GOOGLE_JWKS_URL", description="Google's keys."
    )
    access_token_secret_keys: Annotated[list[SigningKey], NoDecode, BeforeValidator(split)] = Field(
        alias="ACCESS_TOKEN_SECRET_KEY",
        min_length=1,
        description="Signs our own session tokens, 32 characters at least; by commas, older ones that still hold.",
    )
    session_hours: int = Field(24 * 14, alias="SESSION_HOURS", ge=1, description="How long a sign-in on a page lasts.")
    delegating_tools: Annotated[list[DelegationSecret], NoDecode, BeforeValidator(split)] = Field(
        default_factory=list,
        alias="DELEGATED_IDENTITY_SECRET_KEY",
        description="Tools that may act for people, by commas: secret, name:secret, or name:secret@network@network.",
    )

    webhook_keys: Annotated[list[Secret], NoDecode, BeforeValidator(split)] = Field(
        default_factory=list,
        alias="WEBHOOK_API_KEY",
        description="What those who call our webhooks bring, 24 characters at least; several by commas.",
    )

    @property
    def jwks_url(self) -> str:
        """Where the pool's keys are."""
        return self.cognito_jwks_url or f"{self.cognito_issuer}/.well-known/jwks.json"


class People(Group):
    """What is asked of people, and what becomes of them."""

    speakers_need_approval: bool = Field(
        True,  # noqa: FBT003 - pydantic's way to name a default
        alias="SPEAKERS_NEED_APPROVAL",
        description="false: whoever signs in is a speaker. true: an admin or an invite makes speakers.",
    )
    agreement_version: str | None = Field(
        None,
        alias="AGREEMENT_VERSION",
        description="The terms that people must have agreed to before they upload or recite; without, there are none.",
    )
    agreement_url: str | None = Field(
        None, alias="AGREEMENT_URL", description="Where these terms can be read; goes with AGREEMENT_VERSION."
    )
    grace_days: int = Field(
        14,
        alias="ACCOUNT_GRACE_DAYS",
        ge=0,
        le=365,
        description="How long somebody who deletes their account can come back.",
    )
    export_days: int = Field(
        7,
        alias="EXPORT_KEEP_DAYS",
        ge=1,
        le=30,  # the bucket forgets after that
        description="How long an export can be fetched; 30 at most.",
    )

    @model_validator(mode="after")
    def _terms_have_a_version(self) -> Self:
        """Terms that nobody is asked to agree to are shown nowhere."""
        if self.agreement_url is not None and self.agreement_version is None:
            raise ValueError("AGREEMENT_URL is set without AGREEMENT_VERSION. Set both, or leave both out.")
        return self


class Limits(Group):
    """How much anybody may ask; 0 is no limit."""

    per_caller: int = Field(
        600, alias="RATE_LIMIT_PER_MINUTE", ge=0, description="Requests a minute of one person or machine."
    )
    per_address: int = Field(
        1200, alias="RATE_LIMIT_PER_ADDRESS", ge=0, description="Requests a minute from one network address."
    )
    sign_ins: int = Field(
        20,
        alias="RATE_LIMIT_SIGN_INS",
        ge=0,
        description="Sign-ins, sign-ups, codes and refused credentials a minute from one network address.",
    )
    quota_days: int = Field(
        30, alias="QUOTA_DAYS", ge=1, le=3650, description="The days that quotas look back on; 3650 at most."
    )
    quota_minutes: Quota = Field(
        default_factory=dict,
        alias="QUOTA_MINUTES",
        description="Minutes of recordings in these days, such as none=600,speaker=6000; also admin and machine.",
    )
    quota_mb: Quota = Field(
        default_factory=dict,
        alias="QUOTA_MB",
        description="MiB of uploads and recitals in these days, in the same form.",
    )
