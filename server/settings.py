"""Everything that can be set from outside, read once at the edge and passed on from there.

The names are those of the environment; `.env.example` is made from the descriptions of the groups.
"""

from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, Field, SecretStr, model_validator

from server.configuration.base import CommaList, Group
from server.configuration.callbacks import Callbacks
from server.configuration.callers import Auth, Limits, People
from server.configuration.mailing import Mailing
from server.configuration.preprocessing import Preprocessing, Where
from server.configuration.processing import Transcription, Uploads, Whisper, Work
from server.configuration.reciting import Quality, Recitals
from server.configuration.services import Aws, Database, Outbound, Valkey

MEGABYTE = 1024 * 1024
BUILT_HERE = Path(__file__).parents[1] / "web_client" / "dist"


class Service(Group):
    """The process itself."""

    log_level: str = Field("INFO", alias="LOG_LEVEL", description="DEBUG, INFO, WARNING or ERROR.")
    log_format: str = Field(
        "json", alias="LOG_FORMAT", pattern="^(json|console)$", description="json for machines, console for people."
    )
    metrics_token: SecretStr | None = Field(
        None,
        alias="METRICS_TOKEN",
        description="The bearer token that /metrics asks for; without, whoever reaches it may read it.",
    )
    public_url: str = Field(
        "http://127.0.0.1:8000", alias="PUBLIC_URL", description="Where people reach this service, without a path."
    )
    cors_origins: CommaList = Field(
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
    def _others_can_be_asked(self) -> Self:
        """Whoever has another service prepare recordings needs the way there, and the way back."""
        has_ways = self.aws.preprocessing_queue_url and self.auth.webhook_keys
        if self.preprocessing.where is Where.QUEUE and not has_ways:
            raise ValueError("PREPROCESSING=queue needs PREPROCESSING_QUEUE_URL and WEBHOOK_API_KEY")
        return self


@cache
def get_settings() -> Settings:
    """Read the environment and `.env` once.

    Raises:
        pydantic.ValidationError: naming every setting that is missing or wrong.
    """
    return Settings()
