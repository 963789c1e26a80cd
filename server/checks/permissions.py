"""Which of our processes does what to which of our things on AWS: the one list that roles and checks are made from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from server.configuration.preprocessing import Where
from server.configuration.processing import EngineName
from server.settings import Settings


class Service(StrEnum):
    """Our processes, each with a role of its own."""

    API = "api"
    WORKER = "worker"
    WHISPER = "whisper"


class Resource(StrEnum):
    """What is ours on AWS, named as `infra/template.yaml` names it where it is made there."""

    RAW_BUCKET = "RawBucket"
    PROCESSED_BUCKET = "ProcessedBucket"
    CONTENT_BUCKET = "ContentBucket"
    UPLOADS_QUEUE = "UploadsQueue"
    UPLOADS_DEAD_LETTERS = "UploadsDeadLetters"
    TRANSCRIBE_EVENTS_QUEUE = "TranscribeEventsQueue"
    TRANSCRIBE_EVENTS_DEAD_LETTERS = "TranscribeEventsDeadLetters"
    MAIL_EVENTS_QUEUE = "MailEventsQueue"
    MAIL_EVENTS_DEAD_LETTERS = "MailEventsDeadLetters"
    PREPROCESSING_QUEUE = "PreprocessingQueue"
    PREPROCESSING_DEAD_LETTERS = "PreprocessingDeadLetters"
    FOREIGN_BUCKETS = "PREPROCESSING_BUCKETS"
    """Of others: those of that setting that are not our own three."""
    CALLBACK_QUEUES = "CALLBACK_QUEUES"
    """Of others: what that setting names."""
    TRANSCRIPTION_JOBS = "TranscriptionJobs"
    MAIL = "Mail"
    """The identity of the sender, and the configuration set where one is used: SES asks for both."""


class Action(StrEnum):
    """What is done, as IAM names it.

    A head is a get to IAM, and all of a multipart upload but its end is a put. Without `s3:ListBucket`, S3 says of an
    object that is not there that it may not be read: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    Signing in and up is no matter of roles: the user pool takes those calls unsigned.
    """

    GET_OBJECT = "s3:GetObject"
    PUT_OBJECT = "s3:PutObject"
    DELETE_OBJECT = "s3:DeleteObject"
    LIST_PARTS = "s3:ListMultipartUploadParts"
    ABORT_MULTIPART = "s3:AbortMultipartUpload"
    LIST_BUCKET = "s3:ListBucket"
    LIST_MULTIPARTS = "s3:ListBucketMultipartUploads"
    GET_NOTIFICATION = "s3:GetBucketNotification"
    RECEIVE_MESSAGE = "sqs:ReceiveMessage"
    DELETE_MESSAGE = "sqs:DeleteMessage"
    CHANGE_VISIBILITY = "sqs:ChangeMessageVisibility"
    SEND_MESSAGE = "sqs:SendMessage"
    GET_QUEUE_ATTRIBUTES = "sqs:GetQueueAttributes"
    GET_QUEUE_URL = "sqs:GetQueueUrl"
    PURGE_QUEUE = "sqs:PurgeQueue"
    START_JOB = "transcribe:StartTranscriptionJob"
    GET_JOB = "transcribe:GetTranscriptionJob"
    DELETE_JOB = "transcribe:DeleteTranscriptionJob"
    SEND_MAIL = "ses:SendRawEmail"


ON_BUCKETS = frozenset({Action.LIST_BUCKET, Action.LIST_MULTIPARTS, Action.GET_NOTIFICATION})
"""What is asked of a bucket itself; all else of S3 is of the objects in it (`/*`)."""

Condition = Callable[[Settings], bool]


def _always(_: Settings) -> bool:
    return True


def _transcribes(settings: Settings) -> bool:
    chosen = settings.transcription
    return EngineName.AWS in {chosen.engine, chosen.fallback, *chosen.engines}


def _sends_mail(settings: Settings) -> bool:
    return settings.mails.sender is not None


def _prepares_for_others(settings: Settings) -> bool:
    return settings.aws.preprocessing_queue_url is not None and settings.preprocessing.takes_messages


def _has_others_prepare(settings: Settings) -> bool:
    return settings.preprocessing.where is Where.QUEUE


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that one process has to be allowed; `when` says of settings whether it is needed with these."""

    service: Service
    resource: Resource
    action: Action
    when: Condition = _always


def _of(
    service: Service, resource: Resource, actions: Iterable[Action], when: Condition = _always
) -> Iterator[Permission]:
    for action in actions:
        yield Permission(service, resource, action, when)


QUEUES = {
    Resource.UPLOADS_QUEUE: Resource.UPLOADS_DEAD_LETTERS,
    Resource.TRANSCRIBE_EVENTS_QUEUE: Resource.TRANSCRIBE_EVENTS_DEAD_LETTERS,
    Resource.MAIL_EVENTS_QUEUE: Resource.MAIL_EVENTS_DEAD_LETTERS,
    Resource.PREPROCESSING_QUEUE: Resource.PREPROCESSING_DEAD_LETTERS,
}
"""Where the messages of each queue die."""

READING = (Action.GET_OBJECT, Action.LIST_BUCKET)
KEEPING = (*READING, Action.PUT_OBJECT, Action.DELETE_OBJECT, Action.LIST_MULTIPARTS, Action.ABORT_MULTIPART)
UPLOADING = (*READING, Action.PUT_OBJECT, Action.DELETE_OBJECT, Action.LIST_PARTS, Action.ABORT_MULTIPART)
CONSUMING = (Action.RECEIVE_MESSAGE, Action.DELETE_MESSAGE)
REDRIVING = (Action.GET_QUEUE_ATTRIBUTES, Action.SEND_MESSAGE)
BURYING = (
    Action.GET_QUEUE_URL,
    Action.GET_QUEUE_ATTRIBUTES,
    Action.RECEIVE_MESSAGE,
    Action.CHANGE_VISIBILITY,
    Action.DELETE_MESSAGE,
    Action.PURGE_QUEUE,
)

PERMISSIONS: tuple[Permission, ...] = (
    # What the API signs for others is done in its name.
    *_of(Service.API, Resource.RAW_BUCKET, UPLOADING),
    *_of(Service.API, Resource.PROCESSED_BUCKET, READING),
    *_of(Service.API, Resource.CONTENT_BUCKET, READING),
    *(permission for queue in QUEUES for permission in _of(Service.API, queue, REDRIVING)),
    *(permission for queue in QUEUES.values() for permission in _of(Service.API, queue, BURYING)),
    # Uploads in parts whose client never came back are joined, which is a put.
    *_of(Service.WORKER, Resource.RAW_BUCKET, (*KEEPING, Action.LIST_PARTS)),
    *_of(Service.WORKER, Resource.RAW_BUCKET, [Action.GET_NOTIFICATION]),  # for the check alone
    *_of(Service.WORKER, Resource.PROCESSED_BUCKET, KEEPING),  # Amazon Transcribe reads and writes there in our name
    *_of(Service.WORKER, Resource.CONTENT_BUCKET, KEEPING),
    *_of(Service.WORKER, Resource.FOREIGN_BUCKETS, (*READING, Action.PUT_OBJECT), _prepares_for_others),
    *_of(Service.WORKER, Resource.UPLOADS_QUEUE, CONSUMING),
    *_of(Service.WORKER, Resource.TRANSCRIBE_EVENTS_QUEUE, CONSUMING),
    *_of(Service.WORKER, Resource.MAIL_EVENTS_QUEUE, CONSUMING),
    *_of(Service.WORKER, Resource.PREPROCESSING_QUEUE, (*CONSUMING, Action.CHANGE_VISIBILITY), _prepares_for_others),
    *_of(Service.WORKER, Resource.PREPROCESSING_QUEUE, [Action.SEND_MESSAGE], _has_others_prepare),
    *_of(Service.WORKER, Resource.CALLBACK_QUEUES, [Action.SEND_MESSAGE]),
    *_of(
        Service.WORKER, Resource.TRANSCRIPTION_JOBS, (Action.START_JOB, Action.GET_JOB, Action.DELETE_JOB), _transcribes
    ),
    *_of(Service.WORKER, Resource.MAIL, [Action.SEND_MAIL], _sends_mail),
    *_of(Service.WHISPER, Resource.PROCESSED_BUCKET, READING),
)


def needed(service: Service, settings: Settings) -> list[Permission]:
    """Return what a process needs with these settings."""
    return [one for one in PERMISSIONS if one.service is service and one.when(settings)]
