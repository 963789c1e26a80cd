"""Everything that can be set from outside, read once at the edge and passed on from there.

The names are those of the environment; `.env.example` is made from the descriptions of the groups.
"""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr

from server.configuration.base import CommaList, Group
from server.configuration.callers import Auth, Limits, People
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


@cache
def get_settings() -> Settings:
    """Read the environment and `.env` once.

    Raises:
        pydantic.ValidationError: naming every setting that is missing or wrong.
    """
    return Settings()
