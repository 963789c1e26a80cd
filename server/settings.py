"""Everything that can be set from outside, read once at the edge and passed on from there.

The names are those of the environment; `.env.example` is made from the descriptions of the groups.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import NoDecode

from server.configuration.base import Group, Origin, split
from server.configuration.callbacks import Callbacks
from server.configuration.callers import Auth, Limits, People
from server.configuration.mailing import Mailing
from server.configuration.preprocessing import Preprocessing, Where
from server.configuration.processing import Transcription, Uploads, Whisper, Work
from server.configuration.reading import SettingsWrong, explain, read_groups, stop
from server.configuration.reciting import Quality, Recitals
from server.configuration.services import Aws, Database, Outbound, Valkey

MEGABYTE = 1024 * 1024
BUILT_HERE = Path(__file__).parents[1] / "web_client" / "dist"


def _caller(origin: str) -> str:
    """Take an origin as browsers write it: https://fetch.spec.whatwg.org/#origin-header."""
    address = urlsplit(origin)
    if origin != "*" and (origin != f"{address.scheme}://{address.netloc}" or address.scheme not in {"http", "https"}):
        raise ValueError("one of them is not as browsers write an origin: https://example.org, without a slash")
    return origin


class Service(Group):
    """The process itself."""

    log_level: str = Field(
        "INFO",
        alias="LOG_LEVEL",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="DEBUG, INFO, WARNING or ERROR.",
    )
    log_format: str = Field(
        "json", alias="LOG_FORMAT", pattern="^(json|console)$", description="json for machines, console for people."
    )
    metrics_token: SecretStr | None = Field(
        None,
        alias="METRICS_TOKEN",
        description="The bearer token that /metrics asks for; without, whoever reaches it may read it.",
    )
    public_url: Origin = Field(
        "http://127.0.0.1:8000", alias="PUBLIC_URL", description="Where people reach this service, without a path."
    )
    cors_origins: Annotated[list[Annotated[str, AfterValidator(_caller)]], NoDecode, BeforeValidator(split)] = Field(
        default_factory=list, alias="CORS_ORIGINS", description="Other origins, by commas, that may call the API."
    )
    web_client_folder: Path | None = Field(
        None,
        alias="WEB_CLIENT_FOLDER",
        description="Where the built web client lies; by default web_client/dist of the checkout, if it is there.",
    )

    @property
    def web_client(self) -> Path | None:
        """The folder of a web client that has been built."""
        folder = self.web_client_folder or BUILT_HERE
        return folder if (folder / "index.html").is_file() else None


class Settings(BaseModel):
    """All groups together."""

    service: Service = Field(default_factory=Service)
    database: Database = Field(default_factory=Database)
    valkey: Valkey = Field(default_factory=Valkey)
    aws: Aws = Field(default_factory=Aws)
    uploads: Uploads = Field(default_factory=Uploads)
    auth: Auth = Field(default_factory=Auth)
    people: People = Field(default_factory=People)
    limits: Limits = Field(default_factory=Limits)
    transcription: Transcription = Field(default_factory=Transcription)
    whisper: Whisper = Field(default_factory=Whisper)
    work: Work = Field(default_factory=Work)
    recitals: Recitals = Field(default_factory=Recitals)
    quality: Quality = Field(default_factory=Quality)
    outbound: Outbound = Field(default_factory=Outbound)
    callbacks: Callbacks = Field(default_factory=Callbacks)
    mails: Mailing = Field(default_factory=Mailing)
    preprocessing: Preprocessing = Field(default_factory=Preprocessing)

    @model_validator(mode="after")
    def _they_agree(self) -> Self:
        """Refuse what contradicts itself across groups."""
        lines = [*self._contradictions()]
        if lines:
            raise ValueError("\n".join(lines))
        return self

    def _contradictions(self) -> Iterator[str]:
        preprocessing, queue = self.preprocessing, self.aws.preprocessing_queue_url
        if preprocessing.where is Where.QUEUE and not (queue and self.auth.webhook_keys):
            # The way there, and the way back.
            yield ("PREPROCESSING=queue needs PREPROCESSING_QUEUE_URL and WEBHOOK_API_KEY. Set them, or leave it out.")
        if preprocessing.consumes and not queue:
            yield "PREPROCESSING_CONSUME=true needs PREPROCESSING_QUEUE_URL. Set it, or leave the other out."
        store = urlsplit(self.aws.s3_public_address or "")
        if (
            self.service.public_url.startswith("https:")
            and store.scheme == "http"
            and store.hostname not in OF_BROWSERS
        ):
            yield (
                "PUBLIC_URL is https and the address of S3 is not, which browsers refuse. Set S3_PUBLIC_ENDPOINT_URL to"
                " one with https."
            )


OF_BROWSERS = frozenset({"127.0.0.1", "::1", "localhost"})
"""What they trust without TLS: https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy."""


def read_settings(given: Mapping[str, str] | None = None) -> Settings:
    """Read everything anew; what is given goes before the environment and `.env`.

    Raises:
        SettingsWrong: with everything that is missing, malformed or contradictory.
    """
    kinds = {name: field.annotation for name, field in Settings.model_fields.items()}
    groups = read_groups({name: kind for name, kind in kinds.items() if isinstance(kind, type)}, given)
    try:
        return Settings.model_validate(groups)
    except ValidationError as error:
        raise SettingsWrong(explain(error, Settings)) from None


@cache
def get_settings() -> Settings:
    """Read the environment and `.env` once.

    Raises:
        SettingsWrong: with everything that is missing, malformed or contradictory.
    """
    return read_settings()


def start_settings() -> Settings:
    """Return the settings to a process that begins; when something is wrong with them, end it and say what."""
    try:
        return get_settings()
    except SettingsWrong as wrong:
        stop(wrong.lines)
