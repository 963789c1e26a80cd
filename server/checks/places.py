"""Where what is ours on AWS is, by the settings."""

from dataclasses import dataclass

from server.checks.permissions import QUEUES, Resource
from server.settings import Settings

QUEUE_SETTINGS = {
    Resource.UPLOADS_QUEUE: "UPLOADS_QUEUE_URL",
    Resource.TRANSCRIBE_EVENTS_QUEUE: "TRANSCRIBE_EVENTS_QUEUE_URL",
    Resource.MAIL_EVENTS_QUEUE: "MAIL_EVENTS_QUEUE_URL",
    Resource.PREPROCESSING_QUEUE: "PREPROCESSING_QUEUE_URL",
}
SOURCES = {dead: queue for queue, dead in QUEUES.items()}
BUCKETS = frozenset({Resource.RAW_BUCKET, Resource.PROCESSED_BUCKET, Resource.CONTENT_BUCKET, Resource.FOREIGN_BUCKETS})


@dataclass(frozen=True, slots=True)
class Place:
    """One thing: `name` as people know it, `address` as AWS does.

    Attributes:
        address: a bucket's name, or a queue's URL; of dead letters the URL of the queue whose messages die there.
    """

    resource: Resource
    name: str
    address: str

    @property
    def arn(self) -> str:
        """What a role's policy names, as nearly as the settings tell."""
        if self.resource in BUCKETS:
            return f"arn:aws:s3:::{self.address}"
        return f"the queue {self.address.rpartition('/')[2]}" if "/" in self.address else self.name


def places(resource: Resource, settings: Settings) -> list[Place]:
    """Return what the settings name of a kind: usually one, none where it is not used, of others' things any number."""
    return [Place(resource, name, address) for name, address in _named(resource, settings) if address]


def _named(resource: Resource, settings: Settings) -> list[tuple[str, str | None]]:
    aws = settings.aws
    ours = {aws.raw_bucket, aws.processed_bucket, aws.content_bucket}
    source = SOURCES.get(resource, resource)
    of_source = f"dead letters of {QUEUE_SETTINGS[source]}" if resource in SOURCES else QUEUE_SETTINGS.get(resource, "")
    named: dict[Resource, list[tuple[str, str | None]]] = {
        Resource.RAW_BUCKET: [("RAW_BUCKET", aws.raw_bucket)],
        Resource.PROCESSED_BUCKET: [("PROCESSED_BUCKET", aws.processed_bucket)],
        Resource.CONTENT_BUCKET: [("CONTENT_STORAGE_S3_BUCKET", aws.content_bucket)],
        Resource.FOREIGN_BUCKETS: [
            (f"{Resource.FOREIGN_BUCKETS} {bucket}", bucket)
            for bucket in settings.preprocessing.buckets
            if bucket not in ours
        ],
        Resource.UPLOADS_QUEUE: [(of_source, aws.uploads_queue_url)],
        Resource.TRANSCRIBE_EVENTS_QUEUE: [(of_source, aws.transcribe_events_queue_url)],
        Resource.MAIL_EVENTS_QUEUE: [(of_source, aws.mail_events_queue_url)],
        Resource.PREPROCESSING_QUEUE: [(of_source, aws.preprocessing_queue_url)],
        Resource.CALLBACK_QUEUES: [
            (f"{Resource.CALLBACK_QUEUES} {url.rpartition('/')[2]}", url) for url in settings.callbacks.queues
        ],
        Resource.TRANSCRIPTION_JOBS: [("Amazon Transcribe", aws.processed_bucket)],
        Resource.MAIL: [("MAIL_FROM", settings.mails.sender)],
    }
    return named[source]
