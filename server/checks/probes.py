"""One call for each permission, which changes nothing where it is allowed.

What can be asked of a thing that does not exist is asked of one: who may do it is told that there is none, who may not
is told that. Where that is not to be had, it is something that the service takes of nobody.
"""

import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import md5
from typing import TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import ClientError

from server.aws.clients import Clients
from server.aws.mailing import Away, Busy, Mailer, Refused
from server.checks.findings import Fault, Subject, Untried
from server.checks.permissions import Action
from server.checks.places import Place
from server.checks.refusals import code_of, is_denied
from server.configuration.mailing import Mailing
from server.recitals import files

if TYPE_CHECKING:
    from types_aiobotocore_transcribe.type_defs import StartTranscriptionJobRequestTypeDef

NOBODY = "lectern-check"
SIMULATOR = "success@simulator.amazonses.com"
"""Takes mail and throws it away: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html"""
OF_OTHER_BYTES = b64encode(md5(b"", usedforsecurity=False).digest()).decode()
"""Who may write is told when the bytes are there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html"""
NO_RECEIPT = "lectern-check"
TOO_MANY = 11
"""SQS gives ten messages at most: asked for more it refuses, and no message's receipts are counted up."""
UNSENDABLE = "\x00"
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html"""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a probe asks with, and of what."""

    clients: Clients
    mails: Mailing
    place: Place


def new_key() -> str:
    """Return a key that nothing else has, of an object that no row names, so that tidying removes it in any bucket."""
    return f"{files.prefix(uuid4())}{files.File.SOURCE}.check"


async def get_object(probe: Probe) -> None:
    """Read an object that is not there; S3 says so only to those who may list, too."""
    try:
        await probe.clients.s3.get_object(Bucket=probe.place.address, Key=new_key())
    except ClientError as error:
        if is_denied(error) and await _may_not_list(probe):
            raise Untried("S3 tells nothing of objects to those who may not list the bucket") from None
        _pass_over(error, "NoSuchKey", "404")


async def put_object(probe: Probe) -> None:
    """Write an object whose bytes are not those that were announced; a store that takes it has it removed again."""
    key, bucket = new_key(), probe.place.address
    try:
        await probe.clients.s3.put_object(Bucket=bucket, Key=key, Body=b"check", ContentMD5=OF_OTHER_BYTES)
    except ClientError as error:
        _pass_over(error, "BadDigest")
        return
    with suppress(ClientError):
        await probe.clients.s3.delete_object(Bucket=bucket, Key=key)


async def delete_object(probe: Probe) -> None:
    """Delete an object that is not there."""
    await probe.clients.s3.delete_object(Bucket=probe.place.address, Key=new_key())


async def list_bucket(probe: Probe) -> None:
    """List one key at most."""
    await probe.clients.s3.list_objects_v2(Bucket=probe.place.address, MaxKeys=1)


async def list_multiparts(probe: Probe) -> None:
    """List one upload in parts at most."""
    await probe.clients.s3.list_multipart_uploads(Bucket=probe.place.address, MaxUploads=1)


async def list_parts(probe: Probe) -> None:
    """List the parts of an upload that is not there."""
    try:
        await probe.clients.s3.list_parts(Bucket=probe.place.address, Key=new_key(), UploadId=NOBODY)
    except ClientError as error:
        _pass_over(error, "NoSuchUpload")


async def abort_multipart(probe: Probe) -> None:
    """Abort an upload that is not there."""
    try:
        await probe.clients.s3.abort_multipart_upload(Bucket=probe.place.address, Key=new_key(), UploadId=NOBODY)
    except ClientError as error:
        _pass_over(error, "NoSuchUpload")


async def get_notification(probe: Probe) -> None:
    """Read what the bucket tells of; whether that is right is looked at elsewhere."""
    await probe.clients.s3.get_bucket_notification_configuration(Bucket=probe.place.address)


async def receive_message(probe: Probe) -> None:
    """Ask for more messages than SQS gives: a real receipt would bring a message nearer to the dead letters."""
    try:
        await probe.clients.sqs.receive_message(QueueUrl=probe.place.address, MaxNumberOfMessages=TOO_MANY)
    except ClientError as error:
        _pass_over(error, "InvalidParameterValue", "InvalidParameterValueException", "ReadCountOutOfRange")


async def delete_message(probe: Probe) -> None:
    """Delete a message that nobody has received."""
    try:
        await probe.clients.sqs.delete_message(QueueUrl=probe.place.address, ReceiptHandle=NO_RECEIPT)
    except ClientError as error:
        _pass_over(error, "ReceiptHandleIsInvalid", "InvalidParameterValue")


async def change_visibility(probe: Probe) -> None:
    """Give back a message that nobody has received."""
    try:
        await probe.clients.sqs.change_message_visibility(
            QueueUrl=probe.place.address, ReceiptHandle=NO_RECEIPT, VisibilityTimeout=0
        )
    except ClientError as error:
        _pass_over(error, "ReceiptHandleIsInvalid", "InvalidParameterValue")


async def send_message(probe: Probe) -> None:
    """Send what no message may contain."""
    if probe.place.address.endswith("*"):
        raise Untried("which queues these are is known when one is named")
    try:
        await probe.clients.sqs.send_message(QueueUrl=probe.place.address, MessageBody=UNSENDABLE)
    except ClientError as error:
        _pass_over(error, "InvalidMessageContents")


async def get_queue_attributes(probe: Probe) -> None:
    """Read what a queue is like."""
    await attributes(probe)


async def get_queue_url(probe: Probe) -> None:
    """Look a queue up by its name."""
    await probe.clients.sqs.get_queue_url(QueueName=probe.place.address.rpartition("/")[2])


async def purge_queue(_: Probe) -> None:
    """Leave a queue as it is.

    Raises:
        Untried: always.
    """
    raise Untried("trying it would delete the dead letters")


async def start_job(probe: Probe) -> None:
    """Start a job for a recording that is not there; should it be taken all the same, it goes again."""
    name = _job_name()
    wish: StartTranscriptionJobRequestTypeDef = {
        "TranscriptionJobName": name,
        "Media": {"MediaFileUri": f"s3://{probe.place.address}/{new_key()}"},
        "LanguageCode": "en-US",
        "OutputBucketName": probe.place.address,
        "OutputKey": new_key(),
    }
    try:
        await probe.clients.transcribe.start_transcription_job(**wish)
    except ClientError as error:
        _pass_over(error, "BadRequestException", "LimitExceededException")
        return
    with suppress(ClientError):
        await probe.clients.transcribe.delete_transcription_job(TranscriptionJobName=name)


async def get_job(probe: Probe) -> None:
    """Ask after a job that is not there."""
    try:
        await probe.clients.transcribe.get_transcription_job(TranscriptionJobName=_job_name())
    except ClientError as error:
        _pass_over(error, "BadRequestException", "NotFoundException")


async def delete_job(probe: Probe) -> None:
    """Delete a job that is not there."""
    try:
        await probe.clients.transcribe.delete_transcription_job(TranscriptionJobName=_job_name())
    except ClientError as error:
        _pass_over(error, "BadRequestException", "NotFoundException")


async def send_mail(probe: Probe) -> None:
    """Send a mail to the address at Amazon that throws it away.

    Raises:
        Fault: SES does not know the sender, or the configuration set.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = probe.place.address, SIMULATOR, "lectern check"
    message.set_content("Nobody reads this.")
    try:
        await Mailer(probe.clients, probe.mails.configuration_set).send(message.as_bytes(), SIMULATOR)
    except (Away, Busy, Refused) as failure:
        cause = failure.__cause__ or failure
        if isinstance(cause, ClientError):
            _check_known(cause)
        raise cause from None


def _check_known(error: ClientError) -> None:
    if code_of(error) == "ConfigurationSetDoesNotExist":
        remedy = "Set SES_CONFIGURATION_SET to the stack's output MailConfigurationSet, or leave it out."
        raise Fault("SES has none of that name", remedy, Subject("SES_CONFIGURATION_SET", "is there")) from None
    if code_of(error) in {"MessageRejected", "MailFromDomainNotVerifiedException"}:
        remedy = "Verify the address, or its domain, as an identity of SES in this region."
        raise Fault("SES does not know this sender", remedy, Subject("MAIL_FROM", "is verified")) from None


PROBES: dict[Action, Callable[[Probe], Awaitable[None]]] = {
    Action.GET_OBJECT: get_object,
    Action.PUT_OBJECT: put_object,
    Action.DELETE_OBJECT: delete_object,
    Action.LIST_PARTS: list_parts,
    Action.ABORT_MULTIPART: abort_multipart,
    Action.LIST_BUCKET: list_bucket,
    Action.LIST_MULTIPARTS: list_multiparts,
    Action.GET_NOTIFICATION: get_notification,
    Action.RECEIVE_MESSAGE: receive_message,
    Action.DELETE_MESSAGE: delete_message,
    Action.CHANGE_VISIBILITY: change_visibility,
    Action.SEND_MESSAGE: send_message,
    Action.GET_QUEUE_ATTRIBUTES: get_queue_attributes,
    Action.GET_QUEUE_URL: get_queue_url,
    Action.PURGE_QUEUE: purge_queue,
    Action.START_JOB: start_job,
    Action.GET_JOB: get_job,
    Action.DELETE_JOB: delete_job,
    Action.SEND_MAIL: send_mail,
}


async def attributes(probe: Probe) -> dict[str, str]:
    """Read all that SQS tells of a queue."""
    answer = await probe.clients.sqs.get_queue_attributes(QueueUrl=probe.place.address, AttributeNames=["All"])
    return {str(name): value for name, value in answer.get("Attributes", {}).items()}


def redrive_of(described: dict[str, str]) -> tuple[str, int] | None:
    """Return the name of the queue that messages die into, and after how many receipts; None when they don't."""
    policy = json.loads(described.get("RedrivePolicy") or "{}")
    if "deadLetterTargetArn" not in policy:
        return None
    return policy["deadLetterTargetArn"].rpartition(":")[2], int(policy.get("maxReceiveCount", 0))


async def _may_not_list(probe: Probe) -> bool:
    try:
        await list_bucket(probe)
    except ClientError as error:
        return is_denied(error)
    return False


def _job_name() -> str:
    return f"{NOBODY}-{uuid4()}"


def _pass_over(error: ClientError, *expected: str) -> None:
    if code_of(error) not in expected:
        raise error
