"""What may come in, and what is made of it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_settings import NoDecode

from server.configuration.base import CommaList, Group, split


class EngineName(StrEnum):
    """The engines that transcribe."""

    WHISPER = "whisper"
    AWS = "aws"


class Device(StrEnum):
    """What a speech model is computed on."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class Uploads(Group):
    """What may be uploaded, and for how long an address is good."""

    max_audio_mb: int = Field(100, alias="MAX_AUDIO_MB", ge=1, description="Largest sound file, in MiB.")
    max_video_mb: int = Field(5000, alias="MAX_VIDEO_MB", ge=1, description="Largest video file, in MiB.")
    max_image_mb: int = Field(50, alias="MAX_IMAGE_MB", ge=1, description="Largest image file, in MiB.")
    max_image_megapixels: int = Field(
        100,
        alias="MAX_IMAGE_MEGAPIXELS",
        ge=1,
        description="Most pixels of an image, in millions; decoding one takes about 16 MB of memory for each.",
    )
    url_expiration_minutes: int = Field(
        30,
        alias="UPLOAD_URL_EXPIRATION_MINUTES",
        ge=1,
        le=720,
        description="How long an upload's addresses are good.",
    )


class Transcription(Group):
    """Which engine listens, and how much is asked of Amazon Transcribe."""

    engine: EngineName = Field(
        EngineName.WHISPER,
        alias="TRANSCRIPTION_ENGINE",
        description="whisper: a model on our own machines. aws: Amazon Transcribe.",
    )
    engines: Annotated[list[EngineName], NoDecode, BeforeValidator(split)] = Field(
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

    @model_validator(mode="after")
    def _engines_agree(self) -> Self:
        """What is given to recordings of itself may be asked for, and what can't do it does not stand in for itself."""
        lines = []
        if self.engine not in self.engines:
            lines.append(f"TRANSCRIPTION_ENGINE={self.engine} is not among TRANSCRIPTION_ENGINES. Add it there.")
        if self.fallback is self.engine:
            lines.append("TRANSCRIPTION_FALLBACK is TRANSCRIPTION_ENGINE. Name the other engine, or leave it out.")
        if lines:
            raise ValueError("\n".join(lines))
        return self


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
    sending_concurrency: int = Field(
        10,
        alias="SENDING_CONCURRENCY",
        ge=1,
        description="Messages and mails that one worker sends at a time, beside its jobs.",
    )
    pictures_concurrency: int = Field(
        1,
        alias="PICTURES_CONCURRENCY",
        ge=1,
        description="Pictures and videos that one worker makes ready at a time, beside its jobs.",
    )
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
