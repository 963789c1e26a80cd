"""The services that ours stands on."""

from pydantic import Field, SecretStr

from server.configuration.base import CommaList, Group


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
    mail_events_queue_url: str | None = Field(
        None,
        alias="MAIL_EVENTS_QUEUE_URL",
        description="The SQS queue that EventBridge tells of mail that came back or was called spam.",
    )
    preprocessing_queue_url: str | None = Field(
        None,
        alias="PREPROCESSING_QUEUE_URL",
        description="The SQS queue by which recordings are prepared, for others or by them; without, there is none.",
    )


class Outbound(Group):
    """Requests to addresses that people name: articles, and whoever wants to be told."""

    allowed_hosts: CommaList = Field(
        default_factory=list,
        alias="OUTBOUND_ALLOWED_HOSTS",
        description="Names, addresses or networks, by commas, that may be called though they are not public.",
    )
    wikipedia_url: str = Field(
        "https://{edition}.wikipedia.org",
        alias="WIKIPEDIA_URL",
        description="Where articles are fetched from; {edition} stands for the language.",
    )
