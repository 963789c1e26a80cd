"""Everything that can be set from outside, read once at the edge and passed on from there.

The names are those of the environment; `.env.example` is made from the descriptions here.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEGABYTE = 1024 * 1024


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


CommaList = Annotated[list[str], NoDecode, BeforeValidator(_split)]


SigningKey = Annotated[SecretStr, Field(min_length=32)]
"""As long as what HS256 makes of it (RFC 7518, 3.2)."""


class EngineName(StrEnum):
    """The engines that transcribe."""

    WHISPER = "whisper"
    AWS = "aws"


class Device(StrEnum):
    """What a speech model is computed on."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class Group(BaseSettings):
    """Settings of one concern; an empty value counts as unset."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True)


class Database(Group):
    """Postgres."""

    url: SecretStr = Field(
        alias="DB_CONNECTION_STR",
        description="Postgres 15 or later, as postgresql+asyncpg://user:password@host:port/name.",
    )
    pool_size: int = Field(10, alias="DB_POOL_SIZE", ge=1, description="Connections kept by each process.")


class Valkey(Group):
    """Valkey or Redis: wakes workers and carries live events; holds nothing that can't be lost."""

    url: SecretStr = Field(
        alias="VALKEY_URL", description="redis:// or rediss:// address of a Valkey or Redis that is not sharded."
    )


class Aws(Group):
    """Where the AWS services are, and what is ours there."""

    region: str = Field("us-east-1", alias="AWS_REGION", description="The region of every AWS service.")
    access_key_id: str | None = Field(
        None, alias="AWS_ACCESS_KEY_ID", description="Leave empty on AWS: the role of the container is used."
    )
    secret_access_key: SecretStr | None = Field(
        None, alias="AWS_SECRET_ACCESS_KEY", description="Goes with AWS_ACCESS_KEY_ID."
    )
    endpoint_url: str | None = Field(
        None, alias="AWS_ENDPOINT_URL", description="Another address than AWS's own, for a local or compatible service."
    )
    s3_public_endpoint_url: str | None = Field(
        None, alias="S3_PUBLIC_ENDPOINT_URL", description="The S3 address as browsers reach it, where it differs."
    )
    raw_bucket: str = Field(alias="RAW_BUCKET", description="Sources, as they came.")
    processed_bucket: str = Field(alias="PROCESSED_BUCKET", description="Renditions; may expire and be made again.")
    content_bucket: str = Field(
        alias="CONTENT_STORAGE_S3_BUCKET", description="Published recitals and texts; kept for good."
    )
    uploads_queue_url: str = Field(alias="UPLOADS_QUEUE_URL", description="The SQS queue that S3 tells of new objects.")
    transcribe_events_queue_url: str | None = Field(
        None,
        alias="TRANSCRIBE_EVENTS_QUEUE_URL",
        description="The SQS queue that EventBridge tells of ended Transcribe jobs; without, they are only polled.",
    )


class Uploads(Group):
    """What may be uploaded, and for how long an address is good."""

    max_audio_mb: int = Field(100, alias="MAX_AUDIO_MB", ge=1, description="Largest sound file, in MiB.")
    max_video_mb: int = Field(5000, alias="MAX_VIDEO_MB", ge=1, description="Largest video file, in MiB.")
    max_image_mb: int = Field(50, alias="MAX_IMAGE_MB", ge=1, description="Largest image file, in MiB.")
    url_expiration_minutes: int = Field(
        30,
        alias="UPLOAD_URL_EXPIRATION_MINUTES",
        ge=1,
        le=720,
        description="How long an upload's addresses are good.",
    )


class Auth(Group):
    """Who is calling."""

    cognito_issuer: str = Field(
        alias="COGNITO_ISSUER", description="The `iss` of the user pool's tokens, to the letter."
    )
    cognito_jwks_url: str | None = Field(
        None, alias="COGNITO_JWKS_URL", description="The pool's keys; by default below the issuer."
    )
    cognito_client_ids: CommaList = Field(
        alias="COGNITO_CLIENT_IDS", description="App clients, by commas, whose tokens people may bring."
    )
    cognito_resource_server: str = Field(
        "lectern", alias="COGNITO_RESOURCE_SERVER", description="What stands before /base and /admin in machine scopes."
    )
    cognito_domain: str | None = Field(
        None,
        alias="COGNITO_DOMAIN",
        description="Where the pool's sign-in page is; without, pages can't sign in by it.",
    )
    google_client_id: str | None = Field(
        None, alias="GOOGLE_CLIENT_ID", description="Client id of Google sign-in; reserved, not read yet."
    )
    access_token_secret_keys: Annotated[list[SigningKey], NoDecode, BeforeValidator(_split)] = Field(
        alias="ACCESS_TOKEN_SECRET_KEY",
        min_length=1,
        description="Signs our own session tokens, 32 characters at least; by commas, older ones that still hold.",
    )
    session_hours: int = Field(24 * 14, alias="SESSION_HOURS", ge=1, description="How long a sign-in on a page lasts.")
    delegating_tools: Annotated[list[SecretStr], NoDecode, BeforeValidator(_split)] = Field(
        default_factory=list,
        alias="DELEGATED_IDENTITY_SECRET_KEY",
        description="Tools that may act for people, by commas: secret, name:secret, or name:secret@network@network.",
    )

    @property
    def jwks_url(self) -> str:
        """Where the pool's keys are."""
        return self.cognito_jwks_url or f"{self.cognito_issuer}/.well-known/jwks.json"


class Transcription(Group):
    """Which engine listens, and how much is asked of Amazon Transcribe."""

    engine: EngineName = Field(
        EngineName.WHISPER,
        alias="TRANSCRIPTION_ENGINE",
        description="whisper: a model on our own machines. aws: Amazon Transcribe.",
    )
    engines: Annotated[list[EngineName], NoDecode, BeforeValidator(_split)] = Field(
        default_factory=lambda: list(EngineName),
        alias="TRANSCRIPTION_ENGINES",
        description="The engines, by commas, that may be asked for by name.",
    )
    fallback: EngineName | None = Field(
        None,
        alias="TRANSCRIPTION_FALLBACK",
        description="The engine that takes what the first can't: too long, another language; without, it is refused.",
    )
    max_jobs: int = Field(
        200, alias="TRANSCRIBE_MAX_JOBS", ge=1, description="Transcribe jobs at once; an account has 250 by default."
    )
    poll_seconds: int = Field(
        300,
        alias="TRANSCRIBE_POLL_SECONDS",
        ge=1,
        description="A Transcribe job without an event for this long is asked after.",
    )
    give_up_hours: float = Field(
        24, alias="TRANSCRIBE_GIVE_UP_HOURS", gt=0, description="A Transcribe job that takes longer has failed."
    )


class Whisper(Group):
    """The speech models that run on our own machines."""

    model: str | None = Field(
        None, alias="WHISPER_MODEL", description="Path or hub name; by default the English one that comes along."
    )
    other_models: CommaList = Field(
        default_factory=list,
        alias="WHISPER_OTHER_MODELS",
        description="More models, by commas, that a recording may be transcribed with when asked for by name.",
    )
    device: Device = Field(
        Device.AUTO, alias="WHISPER_DEVICE", description="auto: a graphics card where there is one; cpu; cuda."
    )
    threads: int = Field(2, alias="WHISPER_THREADS", ge=1, description="Processor threads of one model.")


class Work(Group):
    """How workers go about their work."""

    folder: Path = Field(
        Path("/tmp/lectern"),  # noqa: S108 - only the default; each job gets a private folder (0700) below it
        alias="WORK_FOLDER",
        description="Where jobs keep their files while they run.",
    )
    ffmpeg: str | None = Field(
        None, alias="FFMPEG", description="The ffmpeg to run; by default the one on PATH, else the bundled one."
    )
    concurrency: int = Field(2, alias="WORKER_CONCURRENCY", ge=1, description="Jobs that one worker runs at a time.")
    lease_seconds: int = Field(
        30, alias="TASK_LEASE_SECONDS", ge=3, description="A worker silent for this long loses its task to another."
    )
    max_attempts: int = Field(5, alias="TASK_MAX_ATTEMPTS", ge=1, description="Then a task has failed for good.")
    sweep_seconds: int = Field(
        10, alias="SWEEP_SECONDS", ge=1, le=60, description="How often due and overdue tasks are looked for."
    )
    shutdown_seconds: int = Field(
        10,
        alias="SHUTDOWN_SECONDS",
        ge=0,
        description="How long a worker told to stop may finish its jobs; it hands back the rest.",
    )
    stall_seconds: int = Field(
        60, alias="FFMPEG_STALL_SECONDS", ge=1, description="An ffmpeg that gets nothing done for this long is killed."
    )
    disk_mb: int | None = Field(
        None,
        alias="WORK_DISK_MB",
        ge=1,
        description="The most that a worker's jobs may keep on disk, in MiB; by default what is free there.",
    )
    orphan_minutes: int = Field(
        24 * 60, alias="ORPHAN_MINUTES", ge=0, description="Objects that no row names are removed at this age."
    )
    tidy_minutes: int = Field(
        6 * 60, alias="TIDY_MINUTES", ge=1, description="How often objects and rows are looked for that nobody needs."
    )
    keep_days: int = Field(30, alias="TASK_KEEP_DAYS", ge=1, description="How long ended tasks are remembered.")
    max_media_hours: float = Field(
        12, alias="MAX_MEDIA_HOURS", gt=0, description="Longest recording that is transcribed."
    )


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


class Settings(BaseModel):
    """All groups together."""

    service: Service = Field(default_factory=Service)
    database: Database = Field(default_factory=Database)
    valkey: Valkey = Field(default_factory=Valkey)
    aws: Aws = Field(default_factory=Aws)
    uploads: Uploads = Field(default_factory=Uploads)
    auth: Auth = Field(default_factory=Auth)
    transcription: Transcription = Field(default_factory=Transcription)
    whisper: Whisper = Field(default_factory=Whisper)
    work: Work = Field(default_factory=Work)


@cache
def get_settings() -> Settings:
    """Read the environment and `.env` once.

    Raises:
        pydantic.ValidationError: naming every setting that is missing or wrong.
    """
    return Settings()
