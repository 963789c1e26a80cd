"""The services that ours stands on."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from server.configuration.base import CommaList, Group, RsaKey, WebAddress, is_address_of


def _postgres(url: SecretStr) -> SecretStr:
    if not is_address_of(url.get_secret_value(), "postgresql+asyncpg"):
        raise ValueError(
            "it does not begin with postgresql+asyncpg://, or its password has signs that are to be escaped"
        )
    return url


def _redis(url: SecretStr) -> SecretStr:
    if not is_address_of(url.get_secret_value(), "redis", "rediss"):
        raise ValueError(
            "it does not begin with redis:// or rediss://, or its password has signs that are to be escaped"
        )
    return url


def _articles(url: str) -> str:
    try:
        is_address = is_address_of(url.format(edition="en"), "http", "https")
    except (LookupError, ValueError):  # other braces
        is_address = False
    if not is_address or "{edition}" not in url:
        raise ValueError("it is no address with {edition} in it")
    return url


BucketName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""


class Database(Group):
    """Postgres."""

    url: Annotated[SecretStr, AfterValidator(_postgres)] = Field(
        alias="DB_CONNECTION_STR",
        description="Postgres 15 or later, as postgresql+asyncpg://user:password@host:port/name.",
    )
    pool_size: int = Field(10, alias="DB_POOL_SIZE", ge=1, description="Connections kept by each process.")


class Valkey(Group):
    """Valkey or Redis: wakes workers and carries live events; holds nothing that can't be lost."""

    url: Annotated[SecretStr, AfterValidator(_redis)] = Field(
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
    endpoint_url: WebAddress | None = Field(
        None, alias="AWS_ENDPOINT_URL", description="Another address than AWS's own, for a local or compatible service."
    )
    s3_endpoint_url: WebAddress | None = Field(
        None, alias="AWS_ENDPOINT_URL_S3", description="The same for S3 alone; goes before AWS_ENDPOINT_URL."
    )
    sqs_endpoint_url: WebAddress | None = Field(
        None, alias="AWS_ENDPOINT_URL_SQS", description="The same for SQS alone; goes before AWS_ENDPOINT_URL."
    )
    s3_public_endpoint_url: WebAddress | None = Field(
        None, alias="S3_PUBLIC_ENDPOINT_URL", description="The S3 address as browsers reach it, where it differs."
    )
    media_url: Annotated[str, AfterValidator(lambda url: url.rstrip("/"))] | None = Field(
        None,
        alias="MEDIA_URL",
        pattern="^https://[^/]+/?$",
        description="Where CloudFront stands before the processed bucket; without, S3 itself is read from.",
    )
    media_key_pair_id: str | None = Field(
        None, alias="MEDIA_KEY_PAIR_ID", description="The id of its public key; goes with MEDIA_URL."
    )
    media_private_key: RsaKey | None = Field(
        None, alias="MEDIA_PRIVATE_KEY", description="The RSA key that addresses there are signed with, as PEM."
    )
    raw_bucket: BucketName = Field(alias="RAW_BUCKET", description="Sources, as they came.")
    processed_bucket: BucketName = Field(
        alias="PROCESSED_BUCKET", description="Renditions; may expire and be made again."
    )
    content_bucket: BucketName = Field(
        alias="CONTENT_STORAGE_S3_BUCKET", description="Published recitals and texts; kept for good."
    )
    uploads_queue_url: WebAddress = Field(
        alias="UPLOADS_QUEUE_URL", description="The SQS queue that S3 tells of new objects."
    )
    transcribe_events_queue_url: WebAddress | None = Field(
        None,
        alias="TRANSCRIBE_EVENTS_QUEUE_URL",
        description="The SQS queue that EventBridge tells of ended Transcribe jobs; without, they are only polled.",
    )
    mail_events_queue_url: WebAddress | None = Field(
        None,
        alias="MAIL_EVENTS_QUEUE_URL",
        description="The SQS queue that EventBridge tells of mail that came back or was called spam.",
    )
    preprocessing_queue_url: WebAddress | None = Field(
        None,
        alias="PREPROCESSING_QUEUE_URL",
        description="The SQS queue by which recordings are prepared, for others or by them; without, there is none.",
    )

    @property
    def s3_address(self) -> str | None:
        """Where S3 is for us, if not at AWS's own address."""
        return self.s3_endpoint_url or self.endpoint_url

    @property
    def s3_public_address(self) -> str | None:
        """Where S3 is for browsers, if not at AWS's own address."""
        return self.s3_public_endpoint_url or self.s3_address

    @model_validator(mode="after")
    def _media_are_whole(self) -> Self:
        """An address at CloudFront needs all three parts."""
        parts = {
            "MEDIA_URL": self.media_url,
            "MEDIA_KEY_PAIR_ID": self.media_key_pair_id,
            "MEDIA_PRIVATE_KEY": self.media_private_key,
        }
        missing = [name for name, value in parts.items() if value is None]
        if missing and len(missing) < len(parts):
            given = ", ".join(name for name in parts if name not in missing)
            raise ValueError(f"{given} without {', '.join(missing)}: set all three, or none to read from S3 itself")
        return self

    @model_validator(mode="after")
    def _keys_are_pairs(self) -> Self:
        """A key's id and its secret are one thing."""
        if (self.access_key_id is None) is not (self.secret_access_key is None):
            raise ValueError(
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: set both, or none to use a role."
            )
        return self

    @model_validator(mode="after")
    def _each_has_its_own(self) -> Self:
        """What is thrown away in one bucket is kept in another; what one queue tells, the readers of others lose."""
        buckets = {
            "RAW_BUCKET": self.raw_bucket,
            "PROCESSED_BUCKET": self.processed_bucket,
            "CONTENT_STORAGE_S3_BUCKET": self.content_bucket,
        }
        queues = {
            "UPLOADS_QUEUE_URL": self.uploads_queue_url,
            "TRANSCRIBE_EVENTS_QUEUE_URL": self.transcribe_events_queue_url,
            "MAIL_EVENTS_QUEUE_URL": self.mail_events_queue_url,
            "PREPROCESSING_QUEUE_URL": self.preprocessing_queue_url,
        }
        lines = [*_shared(buckets, "bucket"), *_shared(queues, "queue")]
        if lines:
            raise ValueError("\n".join(lines))
        return self


def _shared(named: Mapping[str, str | None], kind: str) -> Iterator[str]:
    users: dict[str, list[str]] = {}
    for name, value in named.items():
        if value is not None:
            users.setdefault(value, []).append(name)
    for names in users.values():
        if len(names) > 1:
            yield f"{' and '.join(names)} name the same {kind}. Give each one of its own."


class Outbound(Group):
    """Requests to addresses that people name: articles, and whoever wants to be told."""

    allowed_hosts: CommaList = Field(
        default_factory=list,
        alias="OUTBOUND_ALLOWED_HOSTS",
        description="Names, addresses or networks, by commas, that may be called though they are not public.",
    )
    wikipedia_url: Annotated[str, AfterValidator(_articles)] = Field(
        "https://{edition}.wikipedia.org",
        alias="WIKIPEDIA_URL",
        description="Where articles are fetched from; {edition} stands for the language.",
    )
